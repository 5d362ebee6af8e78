"""English sentences: the user's words in their places, each with its time where it attaches to the right word."""

from __future__ import annotations

from typing import Any

import pytest
from reading import plain_data

import rupture
from rupture.composing.compose import sentences

CASE = """
locale: en-GB
date: 2026-11-24
sender:
  {name: Fern & Co, trade: gardener, signatories: [{name: Ann Fern}], phone: 01747 496010, email: ann@fern.example,
   address: {lines: [1 Elm Lane], town: Leeds, postcode: LS1 4DY, country: GB}}
recipient:
  {person: {name: Owen Carr, title: Mr}, address: {lines: [2 Oak Lane], town: Leeds, postcode: LS1 4DZ, country: GB}}
relationship: {service: the care of your garden, do: look after your garden, since: 2020}
end: {date: 2027-01-31}
"""
MATTER, REASON, MONEY = "matters[0]", "reasons[0]", "money[0]"


def said(name: str, **changes: Any) -> tuple[str, ...]:
    """Return every wording of one sentence of a letter."""
    found = sentences(rupture.load(plain_data("case.yaml", CASE) | changes))[name].wordings
    return tuple(text.replace("\u00a0", " ") for text in found if text)


class TestPoints:
    """What is to be done, what was done and what is so."""

    @pytest.mark.parametrize(
        ("point", "text"),
        [
            ({"do": "leave the key", "on": "2026-12-11"}, "We will leave the key on 11 December 2026."),
            ({"do": "can ship them", "gift": True}, "We can ship them, free of charge."),
            ({"do": "not bill the extra hours"}, "We will not bill the extra hours."),
            ({"do": "return our key", "who": "you", "by": "2026-12-04"}, "Please return our key by 4 December 2026."),
            ({"do": "not use the gate", "who": "you"}, "Please do not use the gate."),
            ({"do": "can keep the pots", "who": "you"}, "You are welcome to keep the pots."),
            ({"do": "must sign the form", "who": "you"}, "You will need to sign the form."),
            ({"do": "must check the wall", "who": "the next gardener"}, "The next gardener must check the wall."),
            ({"do": "prune the pear", "if": "it stays dry"}, "If it stays dry, we will prune the pear."),
            (
                {
                    "do": "send us proof if you book another visit",
                    "who": "you",
                    "by": "2026-12-04",
                    "otherwise": "ours stays",
                },
                "By 4 December 2026, please send us proof if you book another visit; otherwise, ours stays.",
            ),
            ({"fact": "the lease runs out", "on": "2026-12-06"}, "The lease runs out on 6 December 2026."),
            (
                {"fact": "the wall is on props, and they must stay", "since": "2026-10-16"},
                "Since 16 October, the wall is on props, and they must stay.",
            ),
        ],
    )
    def test_matter(self, point, text):
        assert text in said(MATTER, matters=[point])

    @pytest.mark.parametrize(
        ("point", "text"),
        [
            ({"fact": "the gate has been locked", "since": "summer"}, "Since summer, the gate has been locked."),
            ({"did": "write to you"}, "We have written to you."),
            (
                {"did": "ask for a key", "on": ["2026-08", "2026-10-09"], "answer": "unchanged"},
                "We asked for a key in August and again on 9 October, but nothing has changed.",
            ),
            (
                {"did": "send you a list", "on": "2026-10-05", "answer": "none"},
                "On 5 October, we sent you a list and have not heard back.",
            ),
            (
                {"used": {"2026-08": 31, "2026-09": 34}, "included": "24 hours a month"},
                "Our agreement includes 24 hours a month; the work took 31 hours in August and 34 in September.",
            ),
            ({"reason": "capacity"}, "The reason is a full calendar."),
        ],
    )
    def test_reason(self, point, text):
        assert text in said(REASON, reasons=[point])


class TestMoney:
    """Sums are told with what is done with them."""

    @pytest.mark.parametrize(
        ("entry", "text"),
        [
            (
                {
                    "what": "the prepaid visits",
                    "state": "refund",
                    "count": 4,
                    "each": 25,
                    "how": "by cheque",
                    "by": "2026-12-18",
                },
                (
                    "Four of the prepaid visits will be left over, £25 each, and we will refund the £100 by cheque "
                    "no later than 18 December 2026."
                ),
            ),
            (
                {"what": "your float", "state": "refund", "was": 300, "less": [{"what": "the seeds", "amount": 85}]},
                "From your float (£300), we will take off £85 for the seeds; that leaves £215, which we will pay back.",
            ),
            ({"what": "an exit fee", "state": "none"}, "We will not charge an exit fee."),
            ({"what": "the hours on top", "state": "waived"}, "We are waiving the hours on top."),
            (
                {"what": "December", "state": "billed", "amount": 750, "tax": "plus VAT"},
                "We will bill December at £750 plus VAT.",
            ),
            (
                {"what": "a visit", "state": "price", "was": 90, "amount": 104, "from": "2027-02-01"},
                "From 1 February 2027, a visit will cost £104 instead of £90.",
            ),
        ],
    )
    def test_sentence(self, entry, text):
        assert text in said(MONEY, money=[entry])

    def test_due_by_the_same_day(self):
        sums = [{"what": f"the {month} invoice", "amount": 100, "by": "2026-12-15"} for month in ("July", "August")]
        text = (
            "Please pay the July invoice (£100) and the August invoice (£100) by 15 December 2026; that is £200 in all."
        )
        assert text in said(MONEY, money=sums)


class TestFrame:
    """The decision, the notice and what stands behind the practical matters."""

    @pytest.mark.parametrize(
        ("end", "text"),
        [
            ({}, "We have decided to stop looking after your garden, and our last day will be Sunday 31 January 2027."),
            (
                {"how": "mutual", "answers": "2026-11-10"},
                "As we agreed on 10 November, the care of your garden will end",
            ),
            (
                {"how": "declined-offer"},
                "We have decided not to take up your offer, and the care of your garden will end",
            ),
            ({"date": "2026-10-31"}, "This letter confirms that the care of your garden ended on 31 October 2026."),
        ],
    )
    def test_decision(self, end, text):
        assert any(wording.startswith(text) for wording in said("decision", end={"date": "2027-01-31"} | end))

    @pytest.mark.parametrize(
        ("notice", "text"),
        [
            ("2 months", "This letter is the two months’ notice that our agreement asks for."),
            ("1 month", "Our agreement asks for one month’s notice; this letter gives you more than two months."),
            ("30 days", "Our agreement asks for 30 days’ notice; this letter gives you 68 days."),
        ],
    )
    def test_notice(self, notice, text):
        relationship = plain_data("case.yaml", CASE)["relationship"] | {"contract": {"notice": notice}}
        assert text in said("notice", relationship=relationship)

    def test_somebody_recommended(self):
        person = {
            "name": "Bo Land",
            "what": "a gardener",
            "from": "2027-02",
            "contact": "01747 496011",
            "asked": "told",
        }
        text = "Bo Land, a gardener, has space from February 2027; you can ring 01747 496011."
        assert f"{text} We have mentioned you there." in said("people[0]", people=[person])

    def test_thanks_name_no_work_of_ours_as_theirs(self):
        relationship = {"service": "our monthly work", "since": 2020}
        assert said("thanks", relationship=relationship) == ("Thank you for working with us since 2020.",)
