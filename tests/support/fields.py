"""The text fields of a case, as its schema names them, and what of a written letter is structure."""

from __future__ import annotations

import copy
import re
from collections import Counter
from functools import cache, lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from jsonschema.validators import validator_for
from reading import bare, docx_paragraphs, plain_data

import rupture
from rupture.case.cleaning import clean_line
from rupture.language import languages
from rupture.letter import parts
from rupture.letter.blocks import runs_of

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

PLAIN = "plain words"
#: Fields that hold an infinitive, as `abstract` names them, and what is put in front of any words there.
INFINITIVES = frozenset(
    {
        *("relationship.do", "thanks.enjoyed", "regret", "people[].for"),
        *(f"{part}.{key}" for part in ("request", "meeting", "reasons[]", "matters[]") for key in ("do", "did")),
    }
)
VERBS = {"fr": "payer", "en": "pay"}


# ---------------------------------------------------------------- the text fields of a case


@cache
def schema() -> dict:
    """Return the schema of a case, made once: to make it takes as long as twenty letters."""
    return rupture.schema()


@cache
def validator() -> Validator:
    """Return the validator of `schema`, which is checked against its own dialect once."""
    found = validator_for(schema())
    found.check_schema(schema())
    return found(schema())


def _schemas_at(node: dict, step: str | int) -> list[dict]:
    """Return the schemas that a key or an entry of something of schema ``node`` can have."""
    found = []
    for branch in _branches(node):
        resolved = _resolved(branch)
        if resolved is not branch and {"anyOf", "oneOf"} & set(resolved):
            found += _schemas_at(resolved, step)
        inner = resolved.get("items") if isinstance(step, int) else _property(resolved, step)
        found += [inner] if inner else []
    return found


def _property(node: dict, step: str) -> dict | None:
    return node.get("properties", {}).get(step) or node.get("additionalProperties") or None


def _branches(node: dict) -> list[dict]:
    return [node, *(inner for key in ("anyOf", "oneOf") for branch in node.get(key, ()) for inner in _branches(branch))]


def _lines_in(nodes: list[dict], data: object, path: tuple = ()) -> list[tuple]:
    """Return the path of every value that the schema calls a line of text."""
    if isinstance(data, str):
        branches = [branch for node in nodes for branch in _branches(node)]
        return [path] if any(branch.get("x-kind") == "line" for branch in branches) else []
    steps = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    return [
        found
        for step in steps
        for found in _lines_in(
            [inner for node in nodes for inner in _schemas_at(node, step)], data[step], (*path, step)
        )
    ]


def name_of(path: tuple) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def with_values(data: dict, values: dict[tuple, str]) -> dict:
    """Return the case with other texts, each behind a verb where the field wants one; money follows its matter."""
    changed = copy.deepcopy(data)
    for path, value in values.items():
        here = changed
        for step in path[:-1]:
            here = here[step]
        here[path[-1]] = verbed(path, value, data["locale"][:2])
    abouts = [matter.get("about") for matter in data.get("matters", ())]
    for item in changed.get("money", ()):
        if item.get("about") and item["about"] in abouts:
            item["about"] = copy.deepcopy(changed["matters"][abouts.index(item["about"])]["about"])
    return changed


def verbed(path: tuple, value: str, language: str) -> str:
    """Return words as a field takes them: behind a verb where it holds an infinitive."""
    wants = abstract(path).removesuffix(".*") in INFINITIVES and acceptable(value)
    return f"{VERBS.get(path[-1], VERBS[language])} {value}" if wants else value


def acceptable(value: str) -> bool:
    """Return whether a line of a case may hold that text."""
    try:
        return bool(clean_line(value))
    except ValueError:
        return False


def in_part(path: tuple) -> bool:
    """Return whether a letter may say only a part of that field: the given name or the surname of a person."""
    return path[0] in {"recipient", "sender"} and len(path) > 2 and path[-1] in {"name", "given", "surname"}


@lru_cache(maxsize=32)
def example_of(path) -> tuple[dict, tuple[tuple, ...]]:
    """Return an example and its free text fields: those that take any words and cite nothing."""
    data = plain_data(path.name, path.read_text(encoding="utf-8"))
    free = []
    for field in _lines_in([schema()], data):
        try:
            rupture.load(with_values(data, {field: PLAIN}))
        except rupture.CaseError:
            continue  # an e-mail address, a slug: not free text
        free.append(field)
    return data, tuple(free)


# ---------------------------------------------------------------- what a letter holds


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag, attrs):
        kept = [(name, value) for name, value in attrs if name != "alt"]  # which holds words
        self.seen.append(f"{tag}{kept if tag != 'meta' else ''}")

    def handle_endtag(self, tag):
        self.seen.append(f"/{tag}")


def structure(written: bytes, kind: str) -> object:
    """Return what of a file is structure: tags, styles of paragraphs, headers; nothing for plain text."""
    if kind == "html":
        reader = _Tags()
        reader.feed(re.sub("</strong><strong>", "", written.decode()))  # a stop behind a label that has none
        return reader.seen
    if kind == "docx":
        return [style for style, _ in docx_paragraphs(written)]
    return re.findall(rb"(?m)^([A-Z][\w-]+): ", written.partition(b"\r\n\r\n")[0]) if kind == "eml" else None


def sources_of(document: rupture.Document, kind: str = "") -> Counter:
    """Return how often each field stands in a document, or in a file of it of that kind."""
    kept = [part for letter in document.letters for part in letter.parts if kind != "eml" or _in_email(part.name)]
    return Counter(run.source for run in runs_of(tuple(kept)) if run.source)


def _in_email(name: str) -> bool:
    """Return whether an e-mail has that part: in its text, as its subject, or at its foot."""
    return parts.of(name).in_email or name in {parts.SUBJECT, parts.SENDER}


def forms_of(value: str, language: str) -> set[str]:
    """Return the forms a value may take in a letter: whole, or with its article contracted."""
    forms = {value}
    for particle in languages.get(language).particles.values():
        forms |= {value.removeprefix(article) for article in particle.contractions if value.startswith(article)}
    return {bare(form) for form in forms}


# ---------------------------------------------------------------- every text field that the schema knows


@cache
def lines_of_schema() -> frozenset[str]:
    """Return the path of every line of text that a case can hold, as ``matters[].about``."""
    found: set[str] = set()

    def walk(node: dict, path: str, inside: frozenset[str]) -> None:
        for branch in _branches(node):
            if "$ref" in branch and branch["$ref"] not in inside:  # a sum is made of sums
                walk(_resolved(branch), path, inside | {branch["$ref"]})
            if branch.get("x-kind") == "line":
                found.add(path)
            if "items" in branch:
                walk(branch["items"], f"{path}[]", inside)
            for key, inner in branch.get("properties", {}).items():
                walk(inner, f"{path}.{key}" if path else key, inside)
            if branch.get("additionalProperties"):
                walk(branch["additionalProperties"], f"{path}.*", inside)

    walk(schema(), "", frozenset())
    return frozenset(found)


def lines_in(data: dict) -> list[tuple]:
    """Return the path of every line of text that this case holds."""
    return _lines_in([schema()], data)


def abstract(path: tuple) -> str:
    """Return a path as `lines_of_schema` names it."""
    path = (path[0], "*", *path[2:]) if path[0] in {"say", "waive"} else path
    named = "".join("[]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")
    named = re.sub(r"(\.less\[\])+", "", named)  # a sum is made of sums
    return re.sub(r"\.(?:fr|en)$", ".*", named)


# ---------------------------------------------------------------- cases that hold every text field


_VALUES = {"date": "2027-01-15", "pattern": "10.00 EUR", "integer": 10, "boolean": True, "number": 10}


def _resolved(node: dict) -> dict:
    return schema()["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node


def _smallest(node: dict, path: str) -> object:
    """Return the smallest value that a schema allows, with the words `path` where it wants a line."""
    node = _resolved(node)
    if node.get("x-kind") == "line":
        return f"{PLAIN} {abs(hash(path)) % 1000}"
    for key in ("const", "examples", "enum"):
        if key in node:
            return node[key] if key == "const" else node[key][0]
    if "anyOf" in node or "oneOf" in node:
        branches = [*node.get("anyOf", ()), *node.get("oneOf", ())]
        return _smallest(next(each for each in branches if each.get("type") != "null"), path)
    if node.get("type") == "array":
        return [_smallest(node["items"], path)]
    if "properties" in node:
        return {key: _smallest(node["properties"][key], f"{path}.{key}") for key in node.get("required", ())}
    return _VALUES.get(node.get("format") or "", _VALUES.get(node.get("type", ""), "22:40"))


def grown(data: dict, wanted: str) -> dict:
    """Return a case that holds the line ``wanted``, as ``not_about[]``, with what must stand beside it."""
    changed = copy.deepcopy(data)
    here: object = changed
    nodes = [schema()]
    steps = re.findall(r"\[\]|[^.\[\]]+", wanted)
    for index, step in enumerate(steps):
        key = 0 if step == "[]" else step
        nodes = [inner for node in nodes for inner in _schemas_at(node, key)]
        missing = (key == 0 and not here) if isinstance(here, list) else key not in here
        ends = index == len(steps) - 1
        if missing or (not ends and not isinstance(here[key], dict | list)):
            following = steps[index + 1] if not ends else ""
            fitting = [n for n in nodes for n in _branches(n) if _holds(_resolved(n), following)]
            value = _smallest(fitting[0], wanted)
            here.append(value) if isinstance(here, list) and not here else here.__setitem__(key, value)
        here = here[key]
    return changed


def _holds(node: dict, step: str) -> bool:
    if not step:
        return node.get("x-kind") == "line"
    return "items" in node if step == "[]" else step in node.get("properties", {})


def in_both_languages(data: dict) -> dict:
    """Return the same case as a twin letter: its own words once for each language."""
    changed = copy.deepcopy(data)
    known = lines_of_schema()
    for path in sorted(lines_in(changed), key=len, reverse=True):
        if f"{abstract(path)}.*" in known and path[-1] not in {"fr", "en"}:
            here = changed
            for step in path[:-1]:
                here = here[step]
            here[path[-1]] = {"fr": f"{here[path[-1]]} fr", "en": f"{here[path[-1]]} en"}
    return {**changed, "twin": "en-GB" if changed["locale"].startswith("fr") else "fr-FR"}
