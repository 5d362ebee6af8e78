"""Which facts of a case contradict each other, and what a message cannot do without."""

from __future__ import annotations

import pytest

import rupture

INVOICES = [
    {"number": "late", "amount": "100.00 EUR", "due": "2026-03-01", "paid": "2026-04-01"},
    {"number": "open", "amount": "100.00 EUR", "due": "2026-12-15"},
    {"number": "overdue", "amount": "100.00 EUR", "due": "2026-06-15"},
]


def with_fact(**fact: object) -> dict:
    reason = "late-payment" if "invoice" in fact else "unresponsive"
    return {"reasons": [{"reason": reason, "facts": [fact]}]}


CONTRADICTIONS = {
    "invoice listed twice": ({"invoices": [*INVOICES, INVOICES[0]]}, "invoices[3].number", "listed twice"),
    "unknown invoice of a fact": (with_fact(invoice="lost"), "reasons[0].facts[0].invoice", "no invoice lost"),
    "unknown invoice of a gesture": (
        {"goodwill": {"gesture": "refund", "invoice": "lat"}},
        "goodwill.invoice",
        "did you mean 'late'",
    ),
    "fact after the letter": (
        with_fact(date="2026-11-21", request="x"),
        "reasons[0].facts[0].date",
        "after the letter's own date",
    ),
    "fact before the relationship": (
        with_fact(date="2020-12-31", request="x"),
        "reasons[0].facts[0].date",
        "before the relationship began",
    ),
    "reminder before the fact": (
        with_fact(date="2026-05-02", request="x", reminders=["2026-05-01"]),
        "reasons[0].facts[0].reminders[0]",
        "not between",
    ),
    "reminder after the letter": (
        with_fact(date="2026-05-02", request="x", reminders=["2026-05-03", "2026-11-21"]),
        "reasons[0].facts[0].reminders[1]",
        "not between",
    ),
    "invoice that was not late": (
        with_fact(invoice="open"),
        "reasons[0].facts[0].invoice",
        "was not late on 2026-11-20",
    ),
    "waiving what was paid": (
        {"goodwill": {"gesture": "waive-invoice", "invoice": "late"}},
        "goodwill.invoice",
        "was paid on 2026-04-01",
    ),
    "refunding what was not paid": (
        {"goodwill": {"gesture": "refund", "invoice": "open"}},
        "goodwill.invoice",
        "is not paid yet",
    ),
    "refund in another currency": (
        {"goodwill": {"gesture": "refund", "invoice": "late", "amount": "10 CHF"}},
        "goodwill.amount",
        "expected EUR",
    ),
    "refund of more than was paid": (
        {"goodwill": {"gesture": "refund", "invoice": "late", "amount": "100.01 EUR"}},
        "goodwill.amount",
        "more than invoice late itself",
    ),
}

AGREEING = {
    "reminders on the edges": with_fact(date="2026-05-02", request="x", reminders=["2026-05-02", "2026-11-20"]),
    "fact on the day of the letter": with_fact(date="2026-11-20", request="x"),
    "fact on the first day": with_fact(date="2021-03-01", request="x"),
    "unpaid and overdue": with_fact(invoice="overdue"),
    "the whole refunded": {"goodwill": {"gesture": "refund", "invoice": "late", "amount": "100.00 EUR"}},
}


@pytest.fixture
def facts(minimal):
    def make(more: dict) -> dict:
        data = minimal(**({"invoices": INVOICES} | more))
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
        assert rupture.compose(rupture.load(facts(more)))


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
            {"twin": "en-GB", "relationship": {"service": {"fr": "le site", "en": "the site"}}},
        ],
    )
    def test_enough(self, minimal, more):
        assert rupture.compose(rupture.load(minimal(**more)))


class TestMessages:
    """A message has what it needs, and own paragraphs follow a step that it has."""

    @pytest.mark.parametrize(
        ("more", "path", "message"),
        [
            ({"end": None}, "end", "is missing: message separation needs it"),
            ({"message": "limits"}, "working", "is missing: message limits needs it"),
            (
                {"message": "reminder", "pay_by": "2026-12-20", "invoices": [INVOICES[0], INVOICES[1]]},
                "invoices",
                "no invoice is past its due date and unpaid",
            ),
            (
                {"paragraphs": [{"after": "price", "text": "x"}]},
                "paragraphs[0].after",
                "separation has no step 'price'; there are gratitude, ",
            ),
            (
                {"waive": [{"code": "dats.past", "because": "x"}]},
                "waive[0].code",
                "no finding has the code 'dats.past'",
            ),
        ],
    )
    def test_refused(self, minimal, more, path, message):
        with pytest.raises(rupture.CaseError) as caught:
            rupture.load(minimal(**more))
        assert [problem.path for problem in caught.value.problems] == [path]
        assert message in caught.value.problems[0].message

    def test_a_rule_of_ones_own_may_be_waived(self, minimal):
        assert rupture.load(minimal(waive=[{"code": "own.rule", "because": "x"}]))
