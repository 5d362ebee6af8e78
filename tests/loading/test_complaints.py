"""Complaints about fields that the model refuses: where they stand, what was found and what is expected."""

from __future__ import annotations

import pytest
from broken import GOOD, Broken, check, problems_of

from rupture.loading.complaints import MOST_PROBLEMS, shown

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
    "noncharacter": Broken(
        "name: Atelier Nord", 'name: "Nord\\ufdd0"', 5, 9, "sender.name", "noncharacter U+FDD0 at position 5"
    ),
    "overlong word": Broken("Atelier Nord", "A" * 201, 5, 9, "sender.name", "a word of 201 characters (at most 200)"),
    "overlong text": Broken("Atelier Nord", "ab " * 7000, 5, 9, "sender.name", "characters (at most 20000)"),
    "too many accents": Broken(
        "Atelier Nord", "Zalgo" + "\u0300\u0323" * 5, 5, 9, "sender.name", "more than 8 accents"
    ),
    "nothing to be seen": Broken("name: Atelier Nord", 'name: "\\u200b"', 5, 9, "sender.name", ""),
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


class TestBroken:
    """One broken field gives one complaint, at its place."""

    @pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
    def test_yaml(self, tmp_path, broken):
        check(broken, tmp_path / "case.yaml")


class TestSeveral:
    """Every fault is found at once, in the order of the file."""

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

    def test_no_more_than_a_person_reads(self, written):
        keys = "".join(f"unknown{number}: x\n" for number in range(MOST_PROBLEMS + 30))
        *_, last = problems_of(written(GOOD + keys))
        assert last.message == "and 30 more problems"


class TestShown:
    """A value is shown shortly, whatever it is."""

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (None, "nothing"),
            ({"a": 1, "b": 2}, "keys (a, b)"),
            (["x", "y"], "a list of 2"),
            ("text", "'text'"),
            (12, "'12'"),
            ("x" * 61, f"'{'x' * 57}...'"),
        ],
    )
    def test_shown(self, value, text):
        assert shown(value) == text
