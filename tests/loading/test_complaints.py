"""Complaints about fields that the model refuses: where they stand, what was found and what is expected."""

from __future__ import annotations

import re
import tomllib
from typing import ClassVar

import pytest
from broken import GOOD, Broken, check, problems_of
from fields import schema
from reading import ROOT

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
    "unknown key at top": Broken("matters:", "maters:", 19, 1, "maters", "did you mean 'matters'?"),
    "unknown key far from all": Broken("  email:", "  zzz:", 8, 3, "sender.zzz", "known here: name, trade"),
    "unknown choice": Broken("state: paid", "state: payed", 15, 55, "money[0].state", "did you mean 'paid'?"),
    "unknown locale": Broken("locale: fr-FR", "locale: fr-fr", 1, 9, "locale", "did you mean 'fr-FR'?"),
    "unknown reason": Broken(
        "reason: late-payment", "reason: late-payments", 18, 13, "reasons[0].reason", "did you mean 'late-payment'?"
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
        "amount: 980.00 EUR", "amount: '1.250 EUR'", 15, 36, "money[0].amount", "cannot read '1.250' as a number"
    ),
    "amount in words": Broken("amount: 980.00 EUR", "amount: a lot", 15, 36, "money[0].amount", "with its currency"),
    "unknown currency": Broken(
        "amount: 980.00 EUR", "amount: 980.00 EUX", 15, 36, "money[0].amount", "EUX is not a currency code"
    ),
    "amount of nothing": Broken("amount: 980.00 EUR", "amount: 0 EUR", 15, 36, "money[0].amount", "more than 0"),
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
    "two sayings": Broken(
        "do: remettre les clés", "do: x, fact: y", 20, 5, "matters[0]", "give only one of do, did, fact, used, reason"
    ),
    "hours used, and nothing to compare with": Broken(
        "{do: remettre les clés,", "{used: {2026-08: 31},", 20, 5, "matters[0]", "used needs included"
    ),
    "words where a quantity is wanted": Broken(
        "{do: remettre les clés,",
        "{used: {2026-08: many}, included: 24 heures,",
        20,
        22,
        "matters[0].used.2026-08",
        "cannot read 'many'",
    ),
    "unknown title": Broken(
        "{name: Claire Martin}",
        "{name: Claire Martin, title: Sir}",
        6,
        46,
        "sender.signatories[0].title",
        "expected mr, mrs, ms, mx, dr, prof or me",
    ),
    "a person and people": Broken(
        "  organisation: Boréal SARL",
        "  person: {name: A B}\n  people: [{name: C D}]",
        10,
        3,
        "recipient",
        "give person or people, not both",
    ),
    "a step that is neither declined nor filled": Broken(
        "money:",
        "thanks: no\nmoney:",
        14,
        9,
        "thanks",
        "found 'no', expected keys of its own below it; or found 'no', expected none",
    ),
    "nobody to write to": Broken(
        "  organisation: Boréal SARL", "  email: b@boreal.example", 10, 3, "recipient", "nobody to write to"
    ),
    "a list where a mapping is wanted": Broken(
        "money:", "waive: [{code: x}]\nmoney:", 14, 8, "waive", "below it: Findings you let stand, by code, each with a"
    ),
    "too many reasons": Broken(
        "  - reason: late-payment", "  - {reason: late-payment}\n" * 21, 18, 3, "reasons", "at most 20"
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
            .replace("980.00 EUR", "much")
        )
        problems = problems_of(written(wrong))
        paths = [problem.path for problem in problems if problem.path != "recipient"]
        assert paths == ["locale", "end.date", "sender.email", "recipient.organization", "money[0].amount"]
        assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)

    def test_the_order_of_the_file_is_not_that_of_the_model(self, written):
        head, rest = GOOD.split("sender:\n")
        turned = "sender:\n" + rest + head
        wrong = turned.replace("fr-FR", "fr-fr").replace("claire@", "claire at ").replace("state: paid", "state: payed")
        problems = problems_of(written(wrong))
        assert [problem.path for problem in problems] == ["sender.email", "money[0].state", "locale"]

    def test_contradictions_all_at_once(self, written):
        wrong = GOOD.replace("do: remettre", "from: 2027-02-01, by: 2027-01-01, do: remettre")
        wrong = wrong.replace("450.00 EUR", "450.00 EUR, count: 3, each: 100 EUR")
        assert [problem.path for problem in problems_of(written(wrong))] == ["money[1].amount", "matters[0].by"]

    def test_no_more_than_a_person_reads(self, written):
        keys = "".join(f"unknown{number}: x\n" for number in range(MOST_PROBLEMS + 30))
        *_, last = problems_of(written(GOOD + keys))
        assert last.message == "and 30 more problems"


class TestMoved:
    """A key of the model before says where its content goes, to a key that there is."""

    OLD: ClassVar = tomllib.loads((ROOT / "src/rupture/loading/moved.toml").read_text("utf-8"))

    @pytest.mark.parametrize(
        "moved",
        [
            Broken("matters:", "next_steps:", 19, 1, "next_steps", "an entry of matters"),
            Broken("matters:", "goodwill: none\nmatters:", 19, 1, "goodwill", "with gift: true"),
            Broken("money:", "invoices:", 14, 1, "invoices", "an entry of money"),
            Broken("money:", "register: cordial\nmoney:", 14, 1, "register", "tone"),
            Broken("money:", "pronoun: tu\nmoney:", 14, 1, "pronoun", "tone: friend"),
            Broken("money:", "known: {held: [keys]}\nmoney:", 14, 1, "known", "matters"),
            Broken("money:", "alternatives: none\nmoney:", 14, 1, "alternatives", "now: people"),
            Broken(
                "reason: late-payment", "reason: late-payment\n    facts: []", 19, 5, "reasons[0].facts", "each fact"
            ),
        ],
    )
    def test_told(self, tmp_path, moved):
        check(moved, tmp_path / "case.yaml")
        (problem,) = problems_of(tmp_path / "case.yaml")
        assert "is no longer a key; now: " in problem.message

    def test_of_parts_that_there_are_and_keys_that_there_are_not(self):
        parts = {"Case": schema(), **schema()["$defs"]}
        assert set(self.OLD) <= set(parts)
        assert all("properties" in part or "anyOf" in part for part in map(parts.get, self.OLD))
        assert not [key for part, keys in self.OLD.items() for key in keys if key in parts[part].get("properties", {})]

    def test_to_keys_that_there_are(self):
        known = {key for part in (schema(), *schema()["$defs"].values()) for key in part.get("properties", {})}
        named = {word for keys in self.OLD.values() for text in keys.values() for word in re.findall(r"(\w+): ", text)}
        assert named - {"nothing"} <= known


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
