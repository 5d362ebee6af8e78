"""Whatever a person writes in a field stays words: it neither becomes structure nor gets lost."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import pytest
from fields import PLAIN, acceptable, example_of, forms_of, in_part, name_of, sources_of, structure, with_values
from fontTools.ttLib import TTFont
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from reading import all_text, bare, shape_of

import rupture
import rupture.writing.formats
from conftest import EXAMPLES
from rupture.case.cleaning import clean_line
from rupture.page import faces

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

pytestmark = pytest.mark.usefixtures("first_wordings")

OTHERS = tuple(kind for kind in rupture.writing.formats.WRITERS if kind != "pdf")


# ---------------------------------------------------------------- what must hold


def check(data: dict, values: dict[tuple, str], kinds: tuple[str, ...]) -> int:
    """Check that these values stay words in every one of the formats; return how many of them the letter holds."""
    plain_words = {path: f"{PLAIN} {index}" for index, path in enumerate(values)}
    plain_case, case = (rupture.load(with_values(data, changed)) for changed in (plain_words, values))
    plain, document = rupture.compose(plain_case), rupture.compose(case)
    assert shape_of(document) == shape_of(plain)
    cleaned = {path: clean_line(value) for path, value in values.items()}
    shown = [path for path in values if name_of(path) in sources_of(plain)]
    for kind in kinds:
        written = rupture.writing.formats.write(document, kind)
        assert structure(written, kind) == structure(rupture.writing.formats.write(plain, kind), kind), kind
        text = bare(all_text(written, kind))
        for path in (path for path in shown if name_of(path) in sources_of(plain, kind)):
            forms = forms_of(cleaned[path], case.language)
            forms |= set(map(bare, cleaned[path].split())) if in_part(path) else set()
            assert any(form in text for form in forms), f"{name_of(path)}: {cleaned[path]!r} is lost from {kind}"
    return len(shown)


@lru_cache(maxsize=1)
def face_letters() -> str:
    """Return the characters of the text face that stand for themselves alone."""
    points = TTFont(faces.files()["regular"]).getBestCmap()
    return "".join(
        chr(point)
        for point in sorted(points)
        if unicodedata.category(chr(point))[0] in "LNPS" and unicodedata.normalize("NFKC", chr(point)) == chr(point)
    )


def texts(pieces: tuple[str, ...], **alphabet: object) -> st.SearchStrategy[str]:
    letters = st.text(st.characters(**alphabet), min_size=1, max_size=12)
    return st.lists(st.one_of(st.sampled_from(pieces), letters), min_size=1, max_size=4).map("".join)


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


#: How many times each example is tried, so that a field that all have has had every hostile text at the end.
TURNS = -(-len(HOSTILE + HOSTILE_BEYOND_THE_FACE) // len(EXAMPLES))


def turn(fields: tuple[tuple, ...], number: int) -> dict[tuple, str]:
    """Return a hostile text for each field, each time another."""
    texts = HOSTILE + HOSTILE_BEYOND_THE_FACE
    starts = [sum(name_of(path).encode()) for path in fields]  # the same for a field of that name in every example
    return {
        path: f"{texts[(number + start) % len(texts)]} q{start}q" for path, start in zip(fields, starts, strict=True)
    }


class TestEveryFieldAtOnce:
    """With a hostile text in every field of a case, the letter keeps its shape and every word."""

    def test_other_formats_than_pdf(self, example):
        data, fields = example_of(example)
        for number in range(TURNS):
            values = turn(fields, EXAMPLES.index(example) * TURNS + number)
            assert check(data, values, OTHERS) > len(fields) / 2

    def test_every_field_has_every_text(self):
        tried = {}
        for place, example in enumerate(EXAMPLES):
            for number in range(TURNS):
                for path, value in turn(example_of(example)[1], place * TURNS + number).items():
                    tried.setdefault(path, set()).add(value.rpartition(" ")[0])
        assert tried["sender", "name"] == set(HOSTILE + HOSTILE_BEYOND_THE_FACE)

    def test_pdf(self, example):
        """In front of the field's own words and behind them, each in every second example."""
        data, fields = example_of(example)
        behind = EXAMPLES.index(example) % 2
        values = {}
        for index, path in enumerate(fields):
            hostile, own = HOSTILE[index % len(HOSTILE)], f"q{index}q"
            values[path] = f"{own} {hostile}" if behind else f"{hostile} {own}"
        assert check(data, values, ("pdf",)) > len(fields) / 2


class TestAnyText:
    """No text in any field changes the number or kind of blocks, or is lost from a format."""

    @given(data=st.data())
    def test_other_formats_than_pdf(self, data):
        case, fields = example_of(data.draw(st.sampled_from(EXAMPLES), label="example"))
        path = data.draw(st.sampled_from(fields), label="field")
        value = data.draw(
            texts(HOSTILE + HOSTILE_BEYOND_THE_FACE, exclude_categories=("Cs", "Cc")).filter(acceptable), label="value"
        )
        check(case, {path: value}, OTHERS)

    @settings(max_examples=settings.default.max_examples // 5)
    @given(data=st.data())
    def test_pdf(self, data):
        case, fields = example_of(data.draw(st.sampled_from(EXAMPLES), label="example"))
        path = data.draw(st.sampled_from(fields), label="field")
        value = data.draw(texts(HOSTILE, codec=None, categories=(), include_characters=face_letters()), label="value")
        assume(acceptable(value))
        check(case, {path: value}, ("pdf",))
