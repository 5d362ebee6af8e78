"""Whatever a person writes in a field stays words: it neither becomes structure nor gets lost."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections import Counter
from functools import lru_cache
from html.parser import HTMLParser

import pytest
from fontTools.ttLib import TTFont
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import rupture
import rupture.writers
from conftest import EXAMPLES
from reading import all_text, bare, docx_paragraphs, plain_data, shape_of
from rupture import catalog
from rupture.document import runs_of
from rupture.text import clean_line

#: What means something to HTML, Jinja, XML, Markdown, YAML, mail or a typesetter, and nothing to a reader.
HOSTILE = (
    "<b>bold</b>",
    "</p></div><p>",
    '<data value="sender.name">x</data>',
    "{{ case.end }}",
    "{% if x %}",
    "{# note #}",
    "&amp; &lt; &#233;",
    "]]>",
    "<!-- x -->",
    "<![CDATA[",
    "- item",
    "# title",
    "* star",
    "1. one",
    "> quoted",
    "From here on",
    "-- ",
    ".",
    "...",
    "....",
    "'single' \"double\"",
    "«guillemets» “quotes”",
    "a : b ; c ! d ?",
    "100 % 5 €",
    "le site et l'été",
    "C:\\new\\table",
    "\\u0041 %s {0} $x",
    "=?utf-8?q?a=0d=0aBcc:x?=",
    "https://example.org/?a=1&b=2",
    "a@b.example:14:30",
    "e\u0301\u0323 ﬁ ½ ß œ",
    "  two  spaces\tand a tab ",
    "\u00a0no break\u202fhere",
    "none",
    "null",
)
#: As above, where the text face has no letters for it.
HOSTILE_BEYOND_THE_FACE = ("ŉ", "אבג 123", "مرحبا!", "日本語 事務所", "👩\u200d👩\u200d👧 🎉", "नमस्ते", "\u0301alone")

PLAIN = "plain words"
OTHERS = tuple(kind for kind in rupture.writers.WRITERS if kind != "pdf")


# ---------------------------------------------------------------- the text fields of a case


def _schemas_at(schema: dict, node: dict, step: str | int) -> list[dict]:
    """Return the schemas that a key or an entry of something of schema ``node`` can have."""
    found = []
    for branch in (node, *node.get("anyOf", ())):
        resolved = schema["$defs"][branch["$ref"].rpartition("/")[2]] if "$ref" in branch else branch
        if resolved is not node and "anyOf" in resolved:
            found += _schemas_at(schema, resolved, step)
        inner = resolved.get("items") if isinstance(step, int) else resolved.get("properties", {}).get(step)
        found += [inner] if inner else []
    return found


def _branches(node: dict) -> list[dict]:
    return [node, *(inner for key in ("anyOf", "oneOf") for branch in node.get(key, ()) for inner in _branches(branch))]


def _lines_in(schema: dict, nodes: list[dict], data: object, path: tuple = ()) -> list[tuple]:
    """Return the path of every value that the schema calls a line of text."""
    if isinstance(data, str):
        branches = [branch for node in nodes for branch in _branches(node)]
        return [path] if any(branch.get("x-kind") == "line" for branch in branches) else []
    steps = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    return [
        found
        for step in steps
        for found in _lines_in(
            schema, [inner for node in nodes for inner in _schemas_at(schema, node, step)], data[step], (*path, step)
        )
    ]


def name_of(path: tuple) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def with_values(data: dict, values: dict[tuple, str]) -> dict:
    """Return the case with other texts; an invoice that gets another number is cited by that number."""
    changed = copy.deepcopy(data)
    renamed = {}
    for path, value in values.items():
        here = changed
        for step in path[:-1]:
            here = here[step]
        if path[0] == "invoices" and path[-1] == "number":
            renamed[here[path[-1]]] = value
        here[path[-1]] = value
    for holder in _holders(changed):
        if holder.get("invoice") in renamed:
            holder["invoice"] = renamed[holder["invoice"]]
    return changed


def _holders(data: object) -> list[dict]:
    if isinstance(data, list):
        return [found for item in data for found in _holders(item)]
    return [data, *(found for value in data.values() for found in _holders(value))] if isinstance(data, dict) else []


@lru_cache(maxsize=32)
def example_of(path) -> tuple[dict, tuple[tuple, ...]]:
    """Return an example and its free text fields: those that take any words and cite nothing."""
    data = plain_data(path.name, path.read_text(encoding="utf-8"))
    schema = rupture.schema()
    free = []
    for field in _lines_in(schema, [schema], data):
        if field[-1] == "invoice":
            continue
        try:
            rupture.load(with_values(data, {field: PLAIN}))
        except rupture.CaseError:
            continue  # an e-mail address, a slug: not free text
        free.append(field)
    return data, tuple(free)


# ---------------------------------------------------------------- what must hold


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append(f"{tag}{attrs if tag != 'meta' else ''}")

    def handle_endtag(self, tag):
        self.seen.append(f"/{tag}")


def structure(written: bytes, kind: str) -> object:
    """Return what of a file is structure: tags, styles of paragraphs, headers; nothing for plain text."""
    if kind == "html":
        reader = _Tags()
        reader.feed(written.decode())
        return reader.seen
    if kind == "docx":
        return [style for style, _ in docx_paragraphs(written)]
    return re.findall(rb"(?m)^([A-Z][\w-]+): ", written.partition(b"\r\n\r\n")[0]) if kind == "eml" else None


def sources_of(document: rupture.Document) -> Counter:
    return Counter(run.source for letter in document.letters for run in runs_of(letter.parts) if run.source)


def told_forms(value: str, language: str) -> set[str]:
    """Return a value as a letter may tell it: whole, or with its article melted into a particle."""
    forms = {value}
    for particle in catalog.language(language).particles.values():
        forms |= {value.removeprefix(article) for article in particle.contractions if value.startswith(article)}
    return {bare(form) for form in forms}


def check(data: dict, values: dict[tuple, str], kinds: tuple[str, ...]) -> int:
    """Check that these values stay words in every one of the formats; return how many of them the letter tells."""
    plain_words = {path: f"{PLAIN} {index}" for index, path in enumerate(values)}
    plain_case, case = (rupture.load(with_values(data, changed)) for changed in (plain_words, values))
    plain, document = rupture.compose(plain_case), rupture.compose(case)
    assert shape_of(document) == shape_of(plain)
    cleaned = {path: clean_line(value) for path, value in values.items()}
    told = [path for path in values if name_of(path) in sources_of(plain)]
    for kind in kinds:
        written = rupture.writers.write(document, kind)
        assert structure(written, kind) == structure(rupture.writers.write(plain, kind), kind), kind
        text = bare(all_text(written, kind))
        for path in told:
            forms = told_forms(cleaned[path], case.language)
            assert any(form in text for form in forms), f"{name_of(path)}: {cleaned[path]!r} is lost from {kind}"
    return len(told)


@lru_cache(maxsize=1)
def face_letters() -> str:
    """Return the characters of the text face that stand for themselves alone."""
    points = TTFont(catalog.face()["regular"]).getBestCmap()
    return "".join(
        chr(point)
        for point in sorted(points)
        if unicodedata.category(chr(point))[0] in "LNPS" and unicodedata.normalize("NFKC", chr(point)) == chr(point)
    )


def texts(pieces: tuple[str, ...], **alphabet: object) -> st.SearchStrategy[str]:
    letters = st.text(st.characters(**alphabet), min_size=1, max_size=12)
    return st.lists(st.one_of(st.sampled_from(pieces), letters), min_size=1, max_size=4).map("".join)


def acceptable(value: str) -> bool:
    try:
        return bool(clean_line(value))
    except ValueError:
        return False


class TestFields:
    """The fields that are tried are those that the schema calls lines of text."""

    def test_there_are_many_in_every_example(self, example):
        data, fields = example_of(example)
        names = {name_of(path) for path in fields}
        assert {"sender.name", "relationship.service", "sender.signatories[0].name"} <= names
        assert len(fields) >= 12
        assert not {name for name in names if name.endswith((".email", ".reason", ".country"))}
        assert data["sender"]["name"] != PLAIN

    def test_the_check_bites(self):
        data, _ = example_of(EXAMPLES[0])
        case = rupture.load(with_values(data, {("sender", "name"): "<b>x</b>"}))
        spoilt = rupture.render(case, "html").replace(b"&lt;b&gt;", b"<b>")
        assert structure(spoilt, "html") != structure(rupture.render(case, "html"), "html")
        assert bare("<b>x</b>") not in bare(all_text(spoilt, "html"))


class TestEveryFieldAtOnce:
    """With the same hostile text in every field of a case, the letter keeps its shape and every word."""

    @pytest.mark.parametrize("hostile", HOSTILE + HOSTILE_BEYOND_THE_FACE)
    def test_other_formats_than_pdf(self, example, hostile):
        data, fields = example_of(example)
        values = {path: f"{hostile} q{index}q" for index, path in enumerate(fields)}
        assert check(data, values, OTHERS) > len(fields) / 2

    def test_pdf(self, example):
        data, fields = example_of(example)
        values = {path: f"{HOSTILE[index % len(HOSTILE)]} q{index}q" for index, path in enumerate(fields)}
        assert check(data, values, ("pdf",)) > len(fields) / 2

    def test_pdf_the_other_way_round(self, example):
        data, fields = example_of(example)
        values = {path: f"q{index}q {HOSTILE[-index % len(HOSTILE)]}" for index, path in enumerate(fields)}
        assert check(data, values, ("pdf",)) > len(fields) / 2


class TestAnyText:
    """No text in any field changes the number or kind of blocks, or is lost from a format."""

    @settings(max_examples=settings.default.max_examples * 6)
    @given(data=st.data())
    def test_other_formats_than_pdf(self, data):
        case, fields = example_of(data.draw(st.sampled_from(EXAMPLES), label="example"))
        path = data.draw(st.sampled_from(fields), label="field")
        value = data.draw(
            texts(HOSTILE + HOSTILE_BEYOND_THE_FACE, exclude_categories=("Cs", "Cc")).filter(acceptable), label="value"
        )
        assume(not (path[-1] == "number" and clean_line(value) in {entry["number"] for entry in case["invoices"]}))
        check(case, {path: value}, OTHERS)

    @settings(max_examples=40)
    @given(data=st.data())
    def test_pdf(self, data):
        case, fields = example_of(data.draw(st.sampled_from(EXAMPLES), label="example"))
        path = data.draw(st.sampled_from(fields), label="field")
        value = data.draw(texts(HOSTILE, codec=None, categories=(), include_characters=face_letters()), label="value")
        assume(acceptable(value))
        check(case, {path: value}, ("pdf",))
