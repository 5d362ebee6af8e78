"""What a call of the library says of an argument of the wrong kind: always a typed error, and what it expects."""

from __future__ import annotations

from pathlib import Path

import pytest

import rupture

#: Values that are none of a case, a path, a mapping, a text or a list of texts.
STRANGE = (3, b"case.yaml", object(), 1.5, True)
CALLS = {
    "compose": rupture.compose,
    "review": rupture.review,
    "render": lambda case: rupture.render(case, "txt"),
}


@pytest.fixture(name="case")
def _case(minimal):
    return rupture.load(minimal())


class TestCases:
    """Where a case is wanted, anything else is refused by name, with the way to a case."""

    @pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
    @pytest.mark.parametrize("wrong", [{"locale": "fr-FR"}, "case.yaml", Path("case.yaml")])
    def test_what_load_takes(self, call, wrong):
        with pytest.raises(rupture.InputError, match=r"found an? \w+: pass it to rupture\.load first"):
            call(wrong)

    @pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
    @pytest.mark.parametrize("wrong", [*STRANGE, None, []])
    def test_anything_else(self, call, wrong):
        with pytest.raises(rupture.InputError, match=r"expected a case, as rupture\.load returns it; found "):
            call(wrong)

    def test_what_is_not_a_list(self, case):
        for cases in (case, {"locale": "fr-FR"}, None):
            with pytest.raises(rupture.InputError, match="cases: expected a list"):
                next(rupture.render_many(cases, ["txt"]))
        with pytest.raises(rupture.InputError, match="formats: expected a list of texts"):
            next(rupture.render_many([case], "txt"))
        with pytest.raises(rupture.InputError, match="expected a case"):
            rupture.warm_up(None, ["txt"])

    def test_many(self, case):
        first, second, third = rupture.render_many([{"locale": "fr-FR"}, case, None], ["txt"])
        assert first.error.endswith("found a dict: pass it to rupture.load first")
        assert second.files
        assert third.error.endswith("found None")


class TestSources:
    """`load` and `assess` take a path or a mapping."""

    @pytest.mark.parametrize("call", [rupture.load, rupture.assess])
    @pytest.mark.parametrize("wrong", [*STRANGE, None, ["case.yaml"]])
    def test_refused(self, call, wrong):
        with pytest.raises(rupture.InputError, match="expected the path of a file, or a mapping"):
            call(wrong)

    @pytest.mark.parametrize("path", ["", "no\0where", "half \ud800"])
    def test_a_name_that_cannot_be_a_file(self, path):
        with pytest.raises(rupture.InputError, match="cannot be read"):
            rupture.load(path)

    @pytest.mark.parametrize("changes", ["place=Lyon", [3], None, {"place": "Lyon"}])
    def test_changes(self, minimal, changes):
        with pytest.raises(rupture.InputError, match="changes: expected a list of texts"):
            rupture.load(minimal(), changes=changes)


class TestOptions:
    """An option of the wrong kind is named."""

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({"output": None}, "expected a format such as pdf, found None"),
            ({"output": ["pdf"]}, "expected a format such as pdf, found a list"),
            ({"output": "PDF"}, "unknown format 'PDF'"),
            ({"output": "eml", "attach": "pdf"}, "attach: expected a list of texts, found a str"),
            ({"output": "eml", "attach": [None]}, "attach: expected a list of texts, found None in it"),
            ({"output": "txt", "templates": 3}, "templates: expected the path of a folder, found an int"),
            ({"output": "txt", "templates": "no\0where"}, "cannot be read"),
        ],
    )
    def test_render(self, case, options, said):
        with pytest.raises(rupture.InputError, match=said):
            rupture.render(case, **options)

    @pytest.mark.parametrize(
        ("text", "locale", "said"),
        [
            (None, "fr", "expected a text, found None"),
            ("un mot", None, "unknown locale 'None'"),
            ("un mot", "fr-ZZ", "unknown locale 'fr-ZZ', did you mean 'fr-"),
            ("un mot", "de", "unknown locale 'de'"),
            ("un mot", "", "unknown locale ''"),
            ("un mot " * 1_500_000, "fr", r"10,500,000 characters \(at most 50,000\)"),
        ],
    )
    def test_review_text(self, text, locale, said):
        with pytest.raises(rupture.InputError, match=said):
            rupture.review_text(text, locale)

    @pytest.mark.parametrize(
        ("letters", "said"),
        [
            (None, "letters: expected a list, found None"),
            (b"%PDF", "letters: expected a list, found bytes"),
            ([3], "letter 1: expected its bytes or its path, found an int"),
            (["nowhere.pdf"], "nowhere.pdf: cannot be read"),
        ],
    )
    def test_combine(self, letters, said):
        with pytest.raises(rupture.InputError, match=said):
            rupture.combine(letters)
