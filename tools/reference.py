"""Write the reference pages from the code. The pages under docs/reference/python are built by Sphinx instead.

usage: python tools/reference.py [--check]

With --check, list the pages that differ from what the code gives, write nothing, and exit with 1 if there are any.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from click.testing import CliRunner

import rupture
from rupture.case import catalogue
from rupture.case.model import Case
from rupture.cli.main import COMMANDS, command
from rupture.law import table
from rupture.resources import articles
from rupture.reviewing import rulefiles
from rupture.reviewing.reports.json import REPORT_SCHEMA, VERSION
from rupture.reviewing.rules.registry import all_rules
from rupture.reviewing.tone.rulebook import rulebook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rupture.reviewing.facts import FactRule

FOLDER: Final = Path(__file__).parent.parent / "docs" / "reference"
MARK: Final = "<!-- Written by tools/reference.py from the code. Change the code, then run `make reference`. -->"
#: Columns of the help texts, instead of those of the terminal.
COLUMNS: Final = 100


def main(arguments: list[str]) -> int:
    """Write the stale pages, or list them with ``--check``; return the exit code."""
    pages = {FOLDER / name: f"{MARK}\n\n{make().rstrip()}\n" for name, make in PAGES.items()}
    stale = [path for path, text in pages.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if arguments == ["--check"]:
        for path in stale:
            print(f"stale: {path.relative_to(FOLDER.parent.parent)}; run `make reference`")
        return 1 if stale else 0
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in stale:
        path.write_text(pages[path], encoding="utf-8")
        print(f"wrote {path.relative_to(FOLDER.parent.parent)}")
    return 0


# ---------------------------------------------------------------- case.md


def case_page() -> str:
    """Return the page on the keys of a case file, from its JSON Schema."""
    schema = rupture.schema()
    definitions = schema["$defs"]
    places = _places(schema)
    top = schema | {"title": "Case", "description": Case.__doc__}
    parts = [
        "# The case file",
        "Every key of a case file, from the JSON Schema that `rupture schema` prints.",
        *_section(top, definitions, "The keys at the top of the file."),
    ]
    for name in places:
        used = ", ".join(f"`{place}`" for place in places[name])
        parts += _section(definitions[name], definitions, f"Used at {used}.")
    return "\n\n".join(parts)


def _places(schema: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return where each definition is used in a case file, in the order of the file."""
    found: dict[str, list[str]] = {}

    def walk(part: Mapping[str, Any], path: str) -> None:
        for name, field in part.get("properties", {}).items():
            below = f"{path}.{name}" if path else name
            for reference, many in _references(field):
                place = f"{below}[]" if many else below
                found.setdefault(reference, []).append(place)
                if name not in path:  # a definition may hold entries of itself
                    walk(_object(schema["$defs"][reference]), place)

    walk(schema, "")
    return found


def _references(field: Mapping[str, Any], *, many: bool = False) -> Iterator[tuple[str, bool]]:
    if "$ref" in field:
        yield field["$ref"].rpartition("/")[2], many
    for choice in field.get("anyOf", ()):
        yield from _references(choice, many=many)
    if "items" in field:
        yield from _references(field["items"], many=True)


def _object(definition: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the branch of a definition that has keys, since some steps can also be declined with one word."""
    branches = (definition, *definition.get("anyOf", ()))
    return next((branch for branch in branches if "properties" in branch), definition)


def _section(definition: Mapping[str, Any], definitions: Mapping[str, Any], where: str) -> list[str]:
    shape = _object(definition)
    name = shape["title"]
    described = definition.get("description") or shape.get("description") or ""
    words, _ = _split_docstring(described)
    parts = [f"## {name}", _markdown(words), where]
    if shape is not definition:
        declined = [_type(branch, definitions) for branch in definition["anyOf"] if branch is not shape]
        parts.append(f"May also be {' or '.join(declined)} instead of the keys below.")
    if "properties" not in shape:
        return [*parts, f"Written as {_type(shape, definitions)}."]
    required = shape.get("required", ())
    rows = [
        (f"`{key}`", _type(field, definitions), _default(field, required=key in required), _meaning(field))
        for key, field in shape["properties"].items()
    ]
    return [*parts, _table(("key", "value", "default", "meaning"), rows)]


def _meaning(field: Mapping[str, Any]) -> str:
    """Return what a field means, with examples of what to write."""
    given = field.get("examples", ())
    examples = [str(each) if isinstance(each, str | int | float) else json.dumps(each) for each in given]
    shown = f" For example {' or '.join(f'`{each}`' for each in examples)}." if examples else ""
    return field.get("description", "") + shown


def _type(field: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    """Return what a field takes, in plain words."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "oneOf" in field:
        return f"{_type(field['oneOf'][0], definitions)}, or one for each language"
    if "anyOf" in field:
        choices = (_type(choice, definitions) for choice in field["anyOf"] if choice.get("type") != "null")
        return " or ".join(dict.fromkeys(choices))
    if "additionalProperties" in field and isinstance(field["additionalProperties"], dict):
        return f"names with their values, each {_type(field['additionalProperties'], definitions)}"
    if field.get("type") == "array":
        return f"list of {_type(field['items'], definitions)}{_bounds(field)}"
    return _plain_type(field)


def _plain_type(field: Mapping[str, Any]) -> str:
    if choices := field.get("enum", [field["const"]] if "const" in field else []):
        *first, last = (f"`{choice}`" for choice in choices)
        return f"{', '.join(first)} or {last}" if first else last
    if field.get("format") == "date":
        return "date (`2027-01-31`)"
    if field.get("examples"):
        return f"text, such as {' or '.join(f'`{example}`' for example in field['examples'])}"
    kind = field.get("type")
    if isinstance(kind, list):  # a text that YAML may write without quotes, as a number
        kind = kind[0]
    if kind in _PLAIN:
        return _PLAIN[kind]
    raise ValueError(f"no plain words for the schema {field}: add them here")


_PLAIN: Final = {
    "string": "text",
    "boolean": "`true` or `false`",
    "integer": "whole number",
    "number": "number",
    "object": "keys",
}


def _bounds(field: Mapping[str, Any]) -> str:
    low, high = field.get("minItems"), field.get("maxItems")
    if low and high:
        return f", {low} to {high}"
    if high:
        return f", at most {high}"
    return f", at least {low}" if low else ""


def _default(field: Mapping[str, Any], *, required: bool) -> str:
    if required:
        return "required"
    default = field.get("default")
    if default is None or isinstance(default, dict):
        return "left out"
    if default in ([], ()):
        return "empty list"
    return f"`{default if isinstance(default, str) else json.dumps(default)}`"


# ---------------------------------------------------------------- command.md


def command_page() -> str:
    """Return the page on the command line, from the help of each command."""
    parts = ["# The command", "What `rupture --help` prints, and what each command prints with `--help`."]
    parts += _help("rupture", ())
    for name in sorted(COMMANDS):
        parts += _help(f"rupture {name}", (name,))
        found = command.get_command(click.Context(command), name)
        for each in sorted(getattr(found, "commands", ())):
            parts += _help(f"rupture {name} {each}", (name, each))
    return "\n\n".join(parts)


def _help(title: str, arguments: tuple[str, ...]) -> list[str]:
    result = CliRunner().invoke(
        command, [*arguments, "--help"], prog_name="rupture", terminal_width=COLUMNS, max_content_width=COLUMNS
    )
    if result.exit_code:
        raise RuntimeError(f"{title} --help ended with {result.exit_code}: {result.output}")
    return [f"## {title}", f"```text\n{_lines(result.output)}\n```"]


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


# ---------------------------------------------------------------- reasons.md


def reasons_page() -> str:
    """Return the page on the reasons, from the catalogue."""
    explained = _arguments(inspect.getdoc(catalogue.ReasonEntry) or "")
    entries = catalogue.reasons().values()
    usual = {field.name: field.default for field in dataclasses.fields(catalogue.ReasonEntry)}
    shown = [name for name in usual if name not in {"slug", "title"}]
    parts = [
        "# The reasons",
        "The values of `reasons[].reason` in a case. Each has a catalogue entry and one template per language.",
        _table(("field", "meaning"), [(name, _markdown(explained.get(name, ""))) for name in shown]),
        _table(("reason", "in short"), [(f"[`{entry.slug}`](#{entry.slug})", entry.title) for entry in entries]),
    ]
    for entry in entries:
        values = {name: getattr(entry, name) for name in shown if getattr(entry, name) != usual[name]}
        rows = [(name, articles.with_titles(_value(value))) for name, value in values.items()]
        parts += [f"## {entry.slug}", f"{entry.title}.", _table(("field", "value"), rows)]
    return "\n\n".join(parts)


def _value(value: object) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value)) or "none"
    return {True: "yes", False: "no"}.get(value, str(value))


# ---------------------------------------------------------------- docstrings

_HEADING: Final = re.compile(r"^(Args|Attributes|Raises|Returns|Yields):$", re.MULTILINE)


def _split_docstring(text: str) -> tuple[str, dict[str, dict[str, str]]]:
    """Return the words before the first section, and each section's entries by name."""
    words, *rest = _HEADING.split(inspect.cleandoc(text))
    return words.strip(), {heading: _entries(body) for heading, body in zip(rest[::2], rest[1::2], strict=True)}


def _entries(body: str) -> dict[str, str]:
    entries = re.sub(r"\n\s+", " ", inspect.cleandoc(body)).splitlines()
    pairs = (entry.partition(":") for entry in entries if entry)
    return {name.strip(): text.strip() for name, _, text in pairs}


def _arguments(text: str) -> dict[str, str]:
    return _split_docstring(text)[1].get("Args", {})


def _markdown(text: str) -> str:
    """Return the words of a docstring as Markdown, paragraphs on one line each."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    return "\n\n".join(paragraphs).replace("``", "`")


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *(tuple(map(_cell, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


# ---------------------------------------------------------------- findings.md


_FINDINGS: Final = """\
# The findings

What `rupture check` may find, by its code. An error holds the letter back; a warning or a hint does not.
[How to read, waive and extend them](../how-to/review.md).

## Facts, steps, dates, page

{facts}

## Law

Checked where the case is (`jurisdiction`, by default the place of the locale). They inform and cite; they are not
advice. *Seen*: the wording was read in the source; *secondary*: in a summary of it.

{law}

## Tone

Read in the sender's own words and in the letter. The French rules have the same codes and their own patterns, in
`templates/<language>/review/tone/`, each with sentences it must catch and must leave alone.

{tone}

## JSON

`rupture check --format json` prints version {version} of this schema, which `rupture schema --findings` gives:

```json
{schema}
```
"""


def findings_page() -> str:
    """Return the page on what the review finds, from its rules."""
    checks = table.law().checks
    legal = {check.code for check in checks}
    facts = [
        (f"`{rule.code}`", rule.severity, rule.holds, _source(rule)) for rule in all_rules() if rule.code not in legal
    ]
    holds = {rule.code: rule.holds for rule in all_rules()}
    law = [
        (f"`{c.code}`", c.severity, holds[c.code], ", ".join(c.where), c.client or "any", c.source, c.confidence)
        for c in checks
    ]
    tone = [
        (f"`{rule.code}`", rule.severity, rule.catches, articles.with_titles(rule.source))
        for rule in rulebook("en").rules
    ]
    return _FINDINGS.format(
        facts=_table(("Code", "Severity", "What must hold", "Source"), facts),
        law=_table(("Code", "Severity", "What must hold", "Where", "Client", "Source", "Confidence"), law),
        tone=_table(("Code", "Severity", "Catches", "Source"), tone),
        version=VERSION,
        schema=json.dumps(REPORT_SCHEMA, indent=2),
    )


def _source(rule: FactRule) -> str:
    return articles.with_titles(rulefiles.review_texts("en")[rule.code]["source"])


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "case.md": case_page,
    "command.md": command_page,
    "reasons.md": reasons_page,
    "findings.md": findings_page,
}

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
