"""Which facts of a case contradict each other, and what a message cannot do without."""

from __future__ import annotations

import pytest

import rupture
from rupture.case import catalogue


def reason(**point: object) -> dict:
    return {"reasons": [point]}


def matter(**point: object) -> dict:
    return {"matters": [{"do": "remettre les clés"} | point]}


def money(**item: object) -> dict:
    return {"money": [{"what": "l'acompte"} | item]}


def less(amount: object) -> list[dict]:
    return [{"what": "la visite", "amount": amount}]


CONTRADICTIONS = {
    # sums
    "listed twice": ({"money": [{"what": "a", "amount": 1}, {"what": "a", "amount": 2}]}, "money[1].what", "twice"),
    "what is left": (money(was=300, less=less(85), amount=200), "money[0].amount", "300.00 less 85.00 leaves 215.00"),
    "more than there is": (money(was=300, less=less(301)), "money[0].less", "more than there is"),
    "taken from nothing": (money(less=less(1)), "money[0].less", "less needs was"),
    "nothing taken": (money(was=300, less=[{"what": "x"}]), "money[0].less[0]", "needs its amount"),
    "count times each": (money(count=4, each=25, amount=90), "money[0].amount", "4 times 25.00 EUR is 100.00"),
    "count times each that was": (money(count=4, each=25, was=90), "money[0].was", "is 100.00, not 90.00"),
    "each without count": (money(each=25), "money[0].each", "each needs count"),
    "a refund of more": (money(state="refund", was=1, amount=2), "money[0].amount", "2.00 EUR is more than was"),
    "a reduction that is none": (money(state="reduced", was=2, amount=2), "money[0].amount", "not less than was"),
    "a price that stays": (money(state="price", was=2, amount=2), "money[0].amount", "was the same"),
    "two currencies": (money(was="300 EUR", amount="200 CHF"), "money[0]", "two currencies"),
    "two currencies deeper": (money(was=300, less=less("5 CHF")), "money[0]", "two currencies"),
    "waived and paid": (money(state="waived", paid="2026-10"), "money[0].state", "refund it"),
    "due and paid": (money(amount=1, paid="2026-10"), "money[0].state", "state: paid"),
    "nothing due, and how much": (money(state="none", amount=1), "money[0].amount", "leave the amount out"),
    "money about nothing": (
        matter(about="Le gaz") | money(about="Le gas", amount=1),
        "money[0].about",
        "did you mean 'Le gaz'?",
    ),
    # times
    "done after the letter": (reason(did="écrire", on="2026-11-21"), "reasons[0].on[0]", "use do for what is to come"),
    "done after the month": (
        reason(did="écrire", on=["2026-10", "2026-12"]),
        "reasons[0].on[1]",
        "2026-12 comes after",
    ),
    "before the relationship": (
        reason(did="écrire", on="2021-02"),
        "reasons[0].on[0]",
        "before the relationship began",
    ),
    "by before from": (matter(**{"from": "2027-01-02", "by": "2027-01-01"}), "matters[0].by", "comes before from"),
    "until before from": (
        matter(**{"from": "2027-02", "until": "2027-01"}),
        "matters[0].until",
        "before from, 2027-02",
    ),
    "until before since": (matter(since="2026-02", until="2026-01-30"), "matters[0].until", "before since"),
    "paid after the letter": (money(state="paid", paid="2026-12"), "money[0].paid", "after the letter's own date"),
    "an answer to what is to come": (
        {"end": {"date": "2027-01-31", "answers": "2026-11-21"}},
        "end.answers",
        "after the letter's own date",
    ),
    "an end before the beginning": ({"end": {"date": "2021-02-28"}}, "end.date", "before the relationship began"),
    # points and people
    "an entry that says nothing": ({"matters": [{"about": "x"}]}, "matters[0]", "says nothing: give do, did, fact"),
    "a request about nothing": ({"request": {"on": "2026-11-02"}}, "request", "a noun phrase in about"),
    "a reason among the matters": (
        {"matters": [{"reason": "capacity"}]},
        "matters[0].reason",
        "a reason without a fact belongs to reasons",
    ),
    "friend of a firm": ({"tone": "friend"}, "tone", "friend is between people"),
    "several people and one title": (
        {"recipient": {"people": [{"name": "Anne Roy", "title": "Mme"}, {"name": "Luc Roy"}]}},
        "recipient.people[1]",
        "Luc Roy has no title, Anne Roy has one",
    ),
    "a finding that there is not": ({"waive": {"dats.past": "x"}}, "waive.dats.past", "no finding has the code"),
}

AGREEING = {
    "what is left": money(was=300, less=less(85), amount=215),
    "what is left, not said": money(was=300, less=less(85)),
    "count times each": money(count=4, each=25, amount=100),
    "a count alone": money(count=4),
    "a refund of all": money(state="refund", was=2, amount=2),
    "money about a matter": matter(about="Le gaz") | money(about="le gaz", amount=1),
    "one thing in two states": {"money": [{"what": "a", "state": "paid"}, {"what": "a", "state": "refund"}]},
    "done on the day of the letter": reason(did="écrire", on="2026-11-20"),
    "done in its month": reason(did="écrire", on="2026-11"),
    "a fact before the relationship": reason(fact="il pleut", on="2020"),
    "a fact to come": reason(fact="nous déménageons", on="2027-01"),
    "in the first month": reason(did="écrire", on="2021-03"),
    "in the first year": reason(did="écrire", on="2021"),
    "words for a time": reason(did="écrire", on=["au printemps", "avant l'été"]),
    "a matter before the relationship": matter(note="Reçues avec le bail.", on="2020"),
    "from and by on one day": matter(**{"from": "2027-01-02", "by": "2027-01-02"}),
    "from a day of the last month": matter(**{"from": "2027-01-20", "until": "2027-01"}),
    "a request by its subject": {"request": {"about": "la boutique"}},
    "a reason alone": reason(reason="capacity"),
    "several people without titles": {"recipient": {"people": [{"name": "Anne Roy"}, {"name": "Luc Roy"}]}},
    "a rule of one's own": {"waive": {"own.rule": "x"}},
}


@pytest.fixture
def facts(minimal):
    def make(more: dict) -> dict:
        data = minimal(**more)
        data["relationship"]["since"] = "2021-03"
        return data

    return make


class TestContradictions:
    """Two facts of a case that cannot both be true are refused at the field to look at."""

    @pytest.mark.parametrize(("more", "path", "said"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
    def test_refused(self, facts, more, path, said):
        with pytest.raises(rupture.CaseError) as caught:
            rupture.load(facts(more))
        (problem,) = caught.value.problems
        assert problem.path == path
        assert said in problem.message

    @pytest.mark.parametrize("more", AGREEING.values(), ids=AGREEING)
    def test_the_nearest_that_agrees(self, facts, more):
        assert rupture.load(facts(more))


class TestLanguages:
    """Each letter needs the sender's own words in its language."""

    @pytest.mark.parametrize(
        ("more", "path", "message"),
        [
            ({"twin": "en-GB"}, "relationship.service", "a twin letter needs each language: {fr: ..., en: ...}"),
            (
                {"twin": "en-GB", "relationship": {"service": {"fr": "le site"}}},
                "relationship.service.en",
                "missing: the text in en",
            ),
            ({"relationship": {"service": {"en": "the site"}}}, "relationship.service.fr", "missing: the text in fr"),
            ({"twin": "fr-CA"}, "twin", "a twin is in another language"),
        ],
    )
    def test_refused(self, minimal, more, path, message):
        with pytest.raises(rupture.CaseError) as caught:
            rupture.load(minimal(**more))
        (problem,) = caught.value.problems
        assert problem.path == path
        assert message in problem.message

    @pytest.mark.parametrize(
        "more",
        [
            {"relationship": {"service": {"fr": "le site"}}},
            {"relationship": {"service": {"fr": "le site", "en": "the site"}}},
            {
                "twin": "en-GB",
                "relationship": {"service": {"fr": "le site", "en": "the site"}, "since": "2021"},
                "matters": [{"who": "you", "do": {"fr": "rendre", "en": "return"}, "answer": "none"}],
                "regret": "none",
            },
        ],
    )
    def test_enough(self, minimal, more):
        assert rupture.load(minimal(**more))


DUE = {"what": "x", "amount": 1, "due": "2026-10-31"}
NEEDED = {
    "separation": ({"end": {"date": "2027-01-31"}}, "end", "the last day"),
    "conversation": ({"meeting": {"about": "la suite", "on": "2026-12-01"}}, "meeting", "the talk"),
    "decline": ({"request": {"about": "la boutique"}}, "request", "what the client asked for"),
    "refer-project": ({"request": {"about": "la boutique"}}, "request", "what the client asked for"),
    "price-increase": ({"money": [{"what": "le forfait", "state": "price", "amount": 2}]}, "money", "the new price"),
    "reminder": ({"money": [DUE]}, "money", "what is still open"),
    "limits": (matter(), "matters", "what holds from now on"),
    "expectations": (matter(), "matters", "what holds from now on"),
    "extra-effort": (matter(gift=True), "matters", "gift: true"),
}


class TestMessages:
    """A message has what it cannot do without."""

    def test_each_is_tested(self):
        assert set(NEEDED) == set(catalogue.messages())

    @pytest.mark.parametrize("message", NEEDED)
    def test_needed(self, minimal, message):
        more, path, said = NEEDED[message]
        assert rupture.load(minimal(message=message, **{"end": None} | more))
        with pytest.raises(rupture.CaseError) as caught:
            rupture.load(minimal(message=message, end=None))
        (problem,) = caught.value.problems
        assert problem.path == path
        assert problem.message.startswith(f"message {message} needs ")
        assert said in problem.message

    @pytest.mark.parametrize(
        "item", [DUE | {"due": "2026-11-20"}, DUE | {"state": "paid", "paid": "2026-11-02"}, {"what": "x", "amount": 1}]
    )
    def test_nothing_to_remind_of(self, minimal, item):
        with pytest.raises(rupture.CaseError, match="message reminder needs what is still open"):
            rupture.load(minimal(message="reminder", money=[item]))

    def test_a_gift_of_money_is_an_effort(self, minimal):
        gift = {"what": "l'acompte", "state": "refund", "gift": True}
        assert rupture.load(minimal(message="extra-effort", money=[gift]))
