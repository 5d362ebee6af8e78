"""Reading a case file: every fault at once and at its place, and scalars that stay the text they were."""

from __future__ import annotations

import copy
import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from reading import plain_data

import rupture
from rupture.case.field_path import DEEPEST
from rupture.loading.yaml_reader import read

if TYPE_CHECKING:
    from rupture.errors import Problem

#: A whole case, line by line, in which one thing at a time is broken.
GOOD = """\
locale: fr-FR
date: 2026-11-20
end: {date: 2027-01-31}
sender:
  name: Atelier Nord
  signatories: [{name: Claire Martin}]
  address: {lines: [12 rue des Tanneurs], postcode: 01000, town: Bourg, country: FR}
  email: claire@atelier-nord.example
recipient:
  organisation: Boréal SARL
relationship:
  since: 2021-03
  service: l'entretien de votre site
invoices:
  - {number: F-1, amount: 980.00 EUR, due: 2026-03-31, paid: 2026-05-15}
  - {number: F-2, amount: 450.00 EUR, due: 2026-12-15}
reasons:
  - reason: late-payment
    facts: [{invoice: F-1}]
goodwill: {gesture: waive-invoice, invoice: F-2}
"""


@dataclass(frozen=True)
class Broken:
    """One broken case: what is replaced in the good one, and what is said about it."""

    old: str
    new: str
    line: int
    column: int
    path: str
    said: str


BROKEN = {
    "missing key": Broken("  name: Atelier Nord\n", "", 5, 3, "sender.name", "missing"),
    "missing section": Broken(
        "relationship:\n  since: 2021-03\n  service: l'entretien de votre site\n", "", 1, 1, "relationship", "missing"
    ),
    "nothing where text is wanted": Broken(
        "name: Atelier Nord", "name:", 5, 8, "sender.name", "found nothing, expected a text"
    ),
    "only spaces": Broken("name: Atelier Nord", 'name: "  "', 5, 9, "sender.name", "some text"),
    "text where keys are wanted": Broken(
        "end: {date: 2027-01-31}", "end: 2027-01-31", 3, 6, "end", "expected keys of its own"
    ),
    "keys where text is wanted": Broken(
        "name: Atelier Nord", "name: {a: b}", 5, 9, "sender.name", "found keys (a), expected a text"
    ),
    "text where a list is wanted": Broken(
        "[{name: Claire Martin}]", "Claire", 6, 16, "sender.signatories", "found 'Claire', expected a list"
    ),
    "empty list": Broken("[{name: Claire Martin}]", "[]", 6, 16, "sender.signatories", "at least 1"),
    "unknown key": Broken(
        "  organisation:", "  organization:", 10, 3, "recipient.organization", "did you mean 'organisation'?"
    ),
    "unknown key at top": Broken("goodwill:", "goodwil:", 20, 1, "goodwil", "did you mean 'goodwill'?"),
    "unknown key far from all": Broken("  email:", "  zzz:", 8, 3, "sender.zzz", "known here: name, signatories"),
    "unknown choice": Broken(
        "gesture: waive-invoice", "gesture: waive-invoise", 20, 21, "goodwill.gesture", "did you mean 'waive-invoice'?"
    ),
    "unknown locale": Broken("locale: fr-FR", "locale: fr-fr", 1, 9, "locale", "did you mean 'fr-FR'?"),
    "unknown reason": Broken(
        "reason: late-payment", "reason: late-payments", 18, 13, "reasons[0].reason", "did you mean 'late-payment'?"
    ),
    "unknown invoice": Broken(
        "{invoice: F-1}",
        "{invoice: F-3}",
        19,
        23,
        "reasons[0].facts[0].invoice",
        "no invoice F-3 in invoices, did you mean 'F-",
    ),
    "invoice listed twice": Broken(
        "due: 2026-12-15}",
        "due: 2026-12-15}\n  - {number: F-2, amount: 1 EUR, due: 2026-12-15}",
        17,
        14,
        "invoices[2].number",
        "F-2 is listed twice",
    ),
    "date in words": Broken(
        "date: 2027-01-31", "date: 31 janvier 2027", 3, 13, "end.date", "expected a full date, written year-month-day"
    ),
    "date of another order": Broken("date: 2027-01-31", "date: 31/01/2027", 3, 13, "end.date", "expected a full date"),
    "time of day": Broken("date: 2027-01-31", "date: 2027-01-31T10:00", 3, 13, "end.date", "expected a full date"),
    "no such day": Broken(
        "date: 2027-01-31", "date: 2027-02-30", 3, 13, "end.date", "there is no such day as 2027-02-30"
    ),
    "no such month": Broken("since: 2021-03", "since: 2021-13", 12, 10, "relationship.since", "no such month"),
    "ambiguous amount": Broken(
        "amount: 980.00 EUR", "amount: '1,250 EUR'", 15, 27, "invoices[0].amount", "cannot read '1,250' as an amount"
    ),
    "amount without currency": Broken(
        "amount: 980.00 EUR", "amount: 980.00", 15, 27, "invoices[0].amount", "with its currency"
    ),
    "unknown currency": Broken(
        "amount: 980.00 EUR", "amount: 980.00 EUX", 15, 27, "invoices[0].amount", "EUX is not a currency code"
    ),
    "amount of nothing": Broken("amount: 980.00 EUR", "amount: 0 EUR", 15, 27, "invoices[0].amount", "more than 0"),
    "bad e-mail": Broken(
        "claire@atelier-nord.example", "claire at atelier-nord", 8, 10, "sender.email", "not an e-mail address"
    ),
    "bad country": Broken("country: FR}", "country: France}", 7, 82, "sender.address.country", "two capitals"),
    "line break": Broken(
        "name: Atelier Nord", 'name: "Atelier\\nNord"', 5, 9, "sender.name", "line break is not allowed here"
    ),
    "several lines": Broken(
        "name: Atelier Nord", "name: |\n    Atelier\n    Nord", 5, 9, "sender.name", "line break is not allowed here"
    ),
    "control character": Broken(
        "name: Atelier Nord", 'name: "Atelier\\aNord"', 5, 9, "sender.name", "control character U+0007 at position 8"
    ),
    "raw control character": Broken("Atelier Nord", "Atelier\x07Nord", 5, 16, "", "control character"),
    "noncharacter": Broken(
        "name: Atelier Nord", 'name: "Nord\\ufdd0"', 5, 9, "sender.name", "noncharacter U+FDD0 at position 5"
    ),
    "overlong word": Broken("Atelier Nord", "A" * 201, 5, 9, "sender.name", "a word of 201 characters (at most 200)"),
    "overlong text": Broken("Atelier Nord", "ab " * 7000, 5, 9, "sender.name", "characters (at most 20000)"),
    "too many accents": Broken(
        "Atelier Nord", "Zalgo" + "\u0300\u0323" * 5, 5, 9, "sender.name", "more than 8 accents"
    ),
    "nothing to be seen": Broken("name: Atelier Nord", 'name: "\\u200b"', 5, 9, "sender.name", ""),
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
    "not YAML": Broken("[{name: Claire Martin}]", "[{name: Claire Martin", 7, 10, "", "not readable as YAML"),
    "a tab as indent": Broken("  name: Atelier Nord", "\tname: Atelier Nord", 5, 1, "", "not readable as YAML"),
    "empty file": Broken(GOOD, "", 1, 1, "", "the file is empty"),
    "only a remark": Broken(GOOD, "# nothing yet\n", 1, 1, "", "the file is empty"),
    "list at top": Broken(GOOD, "- locale: fr-FR\n", 1, 1, "", "expected keys such as locale:"),
    "text at top": Broken(GOOD, "locale fr-FR\n", 1, 1, "", "expected keys such as locale:"),
    "two shapes of fact": Broken(
        "{invoice: F-1}",
        "{date: 2026-05-01, what: x, request: y}",
        19,
        13,
        "reasons[0].facts[0]",
        "found request and what",
    ),
    "an event without a date": Broken(
        "{invoice: F-1}", "{medium: email}", 19, 13, "reasons[0].facts[0]", "a date is missing"
    ),
    "shape of another reason": Broken(
        "{invoice: F-1}",
        "{date: 2026-05-01, meeting: le point}",
        19,
        41,
        "reasons[0].facts[0].meeting",
        "late-payment takes invoice or what",
    ),
    "gesture without invoice": Broken(
        "{gesture: waive-invoice, invoice: F-2}", "{gesture: refund}", 20, 11, "goodwill", "refund needs invoice"
    ),
    "nobody to write to": Broken(
        "  organisation: Boréal SARL", "  email: b@boreal.example", 10, 3, "recipient", "nobody to write to"
    ),
    "four reasons": Broken(
        "  - reason: late-payment\n    facts: [{invoice: F-1}]",
        "  - {reason: late-payment}\n" * 4,
        18,
        3,
        "reasons",
        "at most 3",
    ),
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


def problems_of(path) -> tuple[Problem, ...]:
    with pytest.raises(rupture.CaseError) as caught:
        rupture.load(path, today=dt.date(2026, 11, 20))
    assert caught.value.problems
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]
    return caught.value.problems


@pytest.fixture
def written(tmp_path):
    def write(content: str | bytes, name: str = "case.yaml"):
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
        return path

    return write


class TestGood:
    """The case that the table breaks is itself a good one."""

    def test_loads(self, written):
        case = rupture.load(written(GOOD))
        assert case.sender.address.postcode == "01000"

    def test_examples_load_without_a_note(self, example):
        assert rupture.load(example)._origin.notes == ()  # noqa: SLF001  what the review reads


class TestBroken:
    """A broken case is refused with the file, the line, the column, the field and what is wrong."""

    @pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
    def test_yaml(self, written, broken):
        assert GOOD.count(broken.old) == 1, "the table replaces exactly one place"
        path = written(GOOD.replace(broken.old, broken.new))
        problems = problems_of(path)
        assert [problem.path for problem in problems] == [broken.path]
        problem = problems[0]
        assert broken.said in problem.message
        assert (problem.file, problem.line, problem.column) == (str(path), broken.line, broken.column)
        assert str(problem).startswith(f"{path}:{broken.line}:{broken.column}: ")

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

    @pytest.mark.parametrize(
        ("raw", "line"),
        [(b"locale: fr-FR\nplace: Qu\xe9bec\n", 2), ("locale: fr-FR\n".encode("utf-16"), 1), (b"\xff", 1)],
    )
    def test_not_utf8(self, written, raw, line):
        (problem,) = problems_of(written(raw))
        assert (problem.line, problem.message) == (line, "not UTF-8 text: save the file as UTF-8")

    def test_no_such_file(self, tmp_path):
        with pytest.raises(rupture.InputError, match=r"nowhere\.yaml: cannot be read: No such file"):
            rupture.load(tmp_path / "nowhere.yaml")

    def test_a_folder(self, tmp_path):
        with pytest.raises(rupture.InputError, match="cannot be read"):
            rupture.load(tmp_path)

    def test_all_problems_at_once_in_the_order_of_the_file(self, written):
        wrong = (
            GOOD.replace("fr-FR", "fr-fr")
            .replace("2027-01-31", "2027-02-30")
            .replace("claire@", "claire at ")
            .replace("organisation", "organization")
            .replace("980.00 EUR", "980")
        )
        problems = problems_of(written(wrong))
        paths = [problem.path for problem in problems if problem.path != "recipient"]
        assert paths == ["locale", "end.date", "sender.email", "recipient.organization", "invoices[0].amount"]
        assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)

    def test_the_order_of_the_file_is_not_that_of_the_model(self, written):
        head, rest = GOOD.split("sender:\n")
        turned = "sender:\n" + rest + head
        wrong = (
            turned.replace("fr-FR", "fr-fr").replace("claire@", "claire at ").replace("gesture: waive", "gesture: wave")
        )
        problems = problems_of(written(wrong))
        assert [problem.path for problem in problems] == ["sender.email", "goodwill.gesture", "locale"]

    def test_contradictions_all_at_once(self, written):
        wrong = GOOD.replace("{invoice: F-1}", "{invoice: F-9}").replace("invoice: F-2}", "invoice: F-8}")
        assert [problem.path for problem in problems_of(written(wrong))] == [
            "reasons[0].facts[0].invoice",
            "goodwill.invoice",
        ]

    def test_a_mapping_has_no_place_but_its_field(self, minimal):
        with pytest.raises(rupture.CaseError) as caught:
            rupture.load(minimal(locale="xx"))
        (problem,) = caught.value.problems
        assert (problem.path, problem.file, problem.line) == ("locale", "", 0)
        assert str(problem).startswith("locale: found 'xx'")

    def test_the_file_is_named_as_it_was_given(self, written, monkeypatch, tmp_path):
        written(GOOD.replace("fr-FR", "fr"), "a.yaml")
        monkeypatch.chdir(tmp_path)
        assert problems_of("a.yaml")[0].file == "a.yaml"
        assert problems_of(tmp_path / "a.yaml")[0].file == str(tmp_path / "a.yaml")


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
    """What was changed or looks odd is remarked at its place, without being an error."""

    def test_a_value_that_looks_cut(self):
        _, origin = read("case.yaml", "place: Lyon\nname: Atelier #1\n")
        (note,) = origin.notes
        assert (note.path, note.line, note.column) == ("name", 2, 7)
        assert "'#1'" in note.message

    @pytest.mark.parametrize(
        "text", ["name: Nord  # a remark\n", "name: 'Nord #1'\n", "name: Nord#1\n", "#1\nname: x\n"]
    )
    def test_a_remark_is_none(self, text):
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

    def test_the_review_says_it(self, written):
        path = written(GOOD.replace("Boréal SARL", "Boréal #2"))
        hints = [finding for finding in rupture.review(rupture.load(path)) if finding.code == "text.changed"]
        assert [(hint.path, hint.line, hint.column, hint.file) for hint in hints] == [
            ("recipient.organisation", 10, 17, str(path))
        ]


class TestChanges:
    """`changes` replace single fields, and leave the caller's own mapping alone."""

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ("end.date=2027-03-31", lambda case: case.end.date == dt.date(2027, 3, 31)),
            ("sender.signatories[0].name=Ève = Roy", lambda case: case.sender.signatories[0].name == "Ève = Roy"),
            ("register=cordial", lambda case: case.register_ == "cordial"),
            ("place=Lyon", lambda case: case.place == "Lyon"),
            ("thanks.for=votre accueil", lambda case: case.thanks and case.thanks.for_ == "votre accueil"),
            ("alternatives=none", lambda case: case.alternatives == ()),
            (
                "recipient.person.name=Jean Dupont",
                lambda case: case.recipient.person and case.recipient.person.name == "Jean Dupont",
            ),
        ],
    )
    def test_change(self, written, change, field):
        path = written(GOOD)
        assert not field(rupture.load(path))
        assert field(rupture.load(path, changes=[change]))

    @pytest.mark.parametrize(
        "change",
        [
            "",
            "end.date",
            "=x",
            "end..date=x",
            "end[0]=x",
            "sender.signatories[7].name=x",
            "locale.name=x",
            "a b=c",
            "sender.signatories[-1].name=x",
            "sender.signatories.0.name=x",
        ],
    )
    def test_refused(self, written, change):
        with pytest.raises(rupture.InputError):
            rupture.load(written(GOOD), changes=[change])

    def test_wrong_value_is_placed_at_the_field(self, written):
        with pytest.raises(rupture.CaseError, match=r"end\.date: found 'soon'"):
            rupture.load(written(GOOD), changes=["end.date=soon"])

    def test_the_mapping_stays_as_it_was(self, minimal):
        data = minimal()
        before = copy.deepcopy(data)
        case = rupture.load(data, changes=["sender.name=Sud", "end.date=2027-03-31", "place=Lyon"])
        assert case.sender.name == "Sud"
        assert data == before


class TestToday:
    """The letter's date is today's where the case gives none."""

    def test_given_day(self, minimal):
        data = minimal()
        del data["date"]
        assert rupture.load(data, today=dt.date(2026, 12, 1)).date == dt.date(2026, 12, 1)
        assert rupture.load(data).date == dt.date.today()  # noqa: DTZ011  the writer's own calendar day

    def test_the_case_s_own_date_wins(self, minimal):
        assert rupture.load(minimal(), today=dt.date(2026, 12, 1)).date == dt.date(2026, 11, 20)
