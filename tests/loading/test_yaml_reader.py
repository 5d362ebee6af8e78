"""YAML and JSON to plain data: scalars stay the text they were, and what a case file must not use is refused."""

from __future__ import annotations

import json

import pytest
from broken import GOOD, Broken, check, problems_of
from reading import plain_data

import rupture
from rupture.case.field_path import DEEPEST
from rupture.loading.yaml_reader import read

BROKEN = {
    "raw control character": Broken("Atelier Nord", "Atelier\x07Nord", 5, 16, "", "control character"),
    "alias": Broken("country: FR}", "country: *a}", 7, 82, "sender.address.country", "anchors and aliases"),
    "anchor": Broken("name: Atelier Nord", "name: &a Atelier Nord", 5, 9, "sender.name", "anchors and aliases"),
    "tag": Broken("name: Atelier Nord", "name: !!str Atelier Nord", 5, 9, "sender.name", "tags such as"),
    "local tag": Broken("name: Atelier Nord", "name: !secret Nord", 5, 9, "sender.name", "tags such as !secret"),
    "duplicate key": Broken("  email:", "  name: Sud\n  email:", 8, 3, "sender.name", "'name' stands here twice"),
    "key that is a list": Broken(
        "locale: fr-FR", "? [a, b]\n: c\nlocale: fr-FR", 1, 3, "", "a key must be a plain word"
    ),
    "two documents": Broken(GOOD, GOOD + "---\nlocale: fr-FR\n", 21, 1, "", "one case per file"),
    "too deep": Broken(
        "country: FR}",
        "country: " + "[" * 30 + "]" * 30 + "}",
        7,
        100,
        "sender.address.country" + "[0]" * (DEEPEST - 2),
        "nested more than 20 levels",
    ),
    "a comma that cuts a phrase in braces": Broken(
        "{do: remettre les clés, on",
        "{do: remettre les clés, contre reçu, on",
        20,
        29,
        "matters[0].contre reçu",
        'put the phrase in quotes, do: "remettre les clés, contre reçu"',
    ),
    "a comma that leaves the name of a key": Broken(
        "{do: remettre les clés, on",
        "{do: remettre les clés, about, on",
        20,
        29,
        "matters[0].about",
        'put the phrase in quotes, do: "remettre les clés, about"',
    ),
    "a colon inside a phrase": Broken(
        "name: Atelier Nord", "name: Atelier: Nord", 5, 16, "", "put a value with a colon"
    ),
    "an apostrophe that ends a quote": Broken(
        "name: Atelier Nord", "name: 'L'atelier'", 5, 12, "", "look for a quote that ends too early"
    ),
    "not YAML": Broken("[{name: Claire Martin}]", "[{name: Claire Martin", 7, 10, "", "not readable as YAML"),
    "a tab as indent": Broken("  name: Atelier Nord", "\tname: Atelier Nord", 5, 1, "", "not readable as YAML"),
    "empty file": Broken(GOOD, "", 1, 1, "", "the file is empty"),
    "only a comment": Broken(GOOD, "# nothing yet\n", 1, 1, "", "the file is empty"),
    "list at top": Broken(GOOD, "- locale: fr-FR\n", 1, 1, "", "expected keys such as locale:"),
    "text at top": Broken(GOOD, "locale fr-FR\n", 1, 1, "", "expected keys such as locale:"),
}

BROKEN_JSON = {
    "NaN": ('{"locale": NaN}', 1, 12, "locale", "NaN is not a number"),
    "Infinity": ('{"locale":\n -Infinity}', 2, 2, "locale", "-Infinity is not a number"),
    "duplicate key": ('{"locale": "fr-FR",\n "locale": "fr-CH"}', 2, 2, "locale", "stands here twice"),
    "not closed": ('{"locale": "fr-FR"\n', 2, 1, "", "not readable"),
    "list at top": ("[1]", 1, 1, "", "expected keys"),
    "too deep": ('{"place": ' + "[" * 5000, 1, 31, "place" + "[0]" * DEEPEST, "nested more than 20 levels"),
    "bare word as text": ('{"date": today}', 1, 10, "date", "expected a full date"),
}


class TestBroken:
    """What is not a case file is refused at its line and column."""

    @pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
    def test_yaml(self, tmp_path, broken):
        check(broken, tmp_path / "case.yaml")

    @pytest.mark.parametrize("broken", BROKEN_JSON.values(), ids=BROKEN_JSON)
    def test_json(self, written, broken):
        text, line, column, path, said = broken
        problem = next(problem for problem in problems_of(written(text, "case.json")) if said in problem.message)
        assert (problem.line, problem.column, problem.path) == (line, column, path)
        assert "YAML" not in problem.message, "the file is JSON"

    @pytest.mark.parametrize("half", ["\\ud83d", "\\udf89", "\\udf89\\ud83d"])
    def test_half_a_surrogate_pair(self, written, half):
        problems = problems_of(written(f'{{\n"place": "a{half}b"}}', "case.json"))
        assert {2} == {problem.line for problem in problems if problem.path in {"", "place"} and problem.line > 1}


class TestScalars:
    """A scalar is the text that stands in the file, whatever YAML would make of it."""

    @pytest.mark.parametrize(
        "text",
        [
            "01000",
            "no",
            "yes",
            "on",
            "True",
            "14:30",
            "1.10",
            "012345",
            "1_000",
            "0x1F",
            "1e3",
            ".inf",
            "2026-01-01",
            "=",
            "<<",
        ],
    )
    def test_plain(self, text):
        assert plain_data("case.yaml", f"place: {text}\n") == {"place": text}

    @pytest.mark.parametrize("text", ["", "~", "null"])
    def test_nothing(self, text):
        assert plain_data("case.yaml", f"place: {text}\n") == {"place": None}

    @pytest.mark.parametrize(("text", "value"), [("'null'", "null"), ('"~"', "~"), ("''", ""), ("Null", "Null")])
    def test_quoted_nothing_is_text(self, text, value):
        assert plain_data("case.yaml", f"place: {text}\n") == {"place": value}

    def test_keys_are_text_too(self):
        assert plain_data("case.yaml", "no: a\n1.10: b\n") == {"no": "a", "1.10": "b"}

    def test_block_scalar_loses_its_last_line_break_only(self, written):
        case = rupture.load(written(GOOD.replace("name: Atelier Nord", "name: >\n    Atelier\n    Nord\n")))
        assert case.sender.name == "Atelier Nord"

    @pytest.mark.parametrize("start", ["\ufeff", "# remark\n", "---\n", "%YAML 1.1\n---\n"])
    def test_beginnings(self, written, start):
        assert rupture.load(written(start + GOOD)).locale == "fr-FR"

    def test_windows_line_ends(self, written):
        assert rupture.load(written(GOOD.replace("\n", "\r\n"))).sender.name == "Atelier Nord"


class TestJson:
    """JSON is read by the same reader, with its own escapes."""

    def test_same_case(self, written):
        data = plain_data("case.yaml", GOOD)
        assert rupture.load(written(json.dumps(data), "case.json")) == rupture.load(written(GOOD))
        assert rupture.load(written(json.dumps(data, indent="\t"), "tabs.json")) == rupture.load(written(GOOD))

    def test_json_without_its_ending(self, written):
        data = plain_data("case.yaml", GOOD)
        assert rupture.load(written("\n" + json.dumps(data, indent=1), "case.txt")).locale == "fr-FR"

    @pytest.mark.parametrize("text", ["🎉 𝒳", "é\u202f!", 'a "b" \\ c', "a/b", "a # b", "{{ x }}", "\u00a0x"])
    @pytest.mark.parametrize("ascii_only", [True, False])
    def test_escapes(self, text, ascii_only):
        assert plain_data("case.json", json.dumps({"place": text}, ensure_ascii=ascii_only)) == {"place": text}

    def test_escaped_slash(self):
        assert plain_data("case.json", '{"place": "a\\/b"}') == {"place": "a/b"}

    @pytest.mark.parametrize(
        ("text", "value"), [("01000", "01000"), ("1.10", "1.10"), ("true", "true"), ("null", None)]
    )
    def test_other_scalars(self, text, value):
        assert plain_data("case.json", f'{{"place": {text}}}') == {"place": value}


class TestNotes:
    """What was changed or looks odd is noted at its place, without being an error."""

    def test_a_value_that_looks_cut(self):
        _, origin = read("case.yaml", "place: Lyon\nname: Atelier #1\n")
        (note,) = origin.notes
        assert (note.path, note.line, note.column) == ("name", 2, 7)
        assert "'#1'" in note.message

    @pytest.mark.parametrize(
        "text", ["name: Nord  # a remark\n", "name: 'Nord #1'\n", "name: Nord#1\n", "#1\nname: x\n"]
    )
    def test_a_comment_is_not_noted(self, text):
        assert read("case.yaml", text)[1].notes == ()

    @pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\u00ad", "\ufeff", "\u2066", "\U000e0041"])
    def test_invisible_characters(self, written, sign):
        case = rupture.load(written(GOOD.replace("Atelier Nord", f"Atelier{sign} Nord")))
        assert case.sender.name == "Atelier Nord"
        (note,) = case._origin.notes  # noqa: SLF001  as above
        assert (note.path, note.line, note.column) == ("sender.name", 5, 9)
        assert "invisible" in note.message

    @pytest.mark.parametrize("sign", ["\u200c", "\u200d"])
    def test_joiners_stay(self, written, sign):
        assert rupture.load(written(GOOD.replace("Atelier", f"Ate{sign}lier"))).sender.name == f"Ate{sign}lier Nord"

    def test_the_review_shows_it(self, written):
        path = written(GOOD.replace("Boréal SARL", "Boréal #2"))
        hints = [finding for finding in rupture.review(rupture.load(path)) if finding.code == "text.changed"]
        assert [(hint.path, hint.line, hint.column, hint.file) for hint in hints] == [
            ("recipient.organisation", 10, 17, str(path))
        ]
