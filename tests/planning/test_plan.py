"""What a letter says, and where: the plan, before any language puts it into words."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import pytest

from rupture.loading.load import load
from rupture.planning.planner import plan

DATE = "2026-11-20"
B = {"on": "2026-09-01", "fact": "b"}


def planned(**more):
    """Return the plan of a small separation with these keys added or replaced."""
    return plan(
        load(
            {
                "locale": "en-GB",
                "date": DATE,
                "end": {"date": "2027-01-31"},
                "sender": {"name": "Ousegate", "signatories": [{"name": "Helen Marsh"}], "phone": "01632 960144"},
                "recipient": {"organisation": "Larkspur Ltd", "person": {"name": "Jo Firth"}},
                "relationship": {"service": "your payroll"},
                **more,
            }
        )
    )


def names(found, paragraph=None):
    return [item.name for each in found.paragraphs if paragraph in {None, each.name} for item in each.items]


def names_of(paragraph):
    return [item.name for item in paragraph.items]


def labels(found):
    return [each.label for each in found.paragraphs if each.label]


class TestOrder:
    """One subject in one place, danger first, then in time."""

    def test_the_frame_stands_around_the_body(self):
        found = names(planned())
        assert (found[:2], found[-1]) == (["subject", "salutation"], "close")

    def test_reasons_in_time(self):
        found = planned(reasons=[B, {"since": "2026-03", "fact": "a"}, {"fact": "so c"}])
        assert names(found, "reasons") == ["reasons[1]", "reasons[0]", "reasons[2]"]

    def test_what_follows_from_a_fact_stays_behind_it(self):
        found = planned(reasons=[B, {"fact": "so c"}, {"on": "2026-03-01", "fact": "a"}])
        assert names(found, "reasons") == ["reasons[2]", "reasons[0]", "reasons[1]"]

    def test_one_subject_in_one_place(self):
        matters = [
            {"about": "Keys", "do": "return the keys", "on": "2026-12-20"},
            {"about": "Files", "do": "send the files", "on": "2026-12-21"},
            {"about": "keys", "do": "return the badge", "on": "2026-12-22"},
        ]
        assert names(planned(matters=matters), "matters") == ["matters[0]", "matters[2]", "matters[1]"]

    def test_danger_first(self):
        keys = {"do": "return the keys", "on": "2026-12-01"}
        found = planned(matters=[keys, {"about": "The wall", "urgent": True, "fact": "it leans"}])
        assert [each.name for each in found.paragraphs][2:5] == ["opening", "urgent", "matters"]

    def test_money_beside_its_thing(self):
        found = planned(
            matters=[{"about": "Spring shoot", "fact": "it will not take place"}],
            money=[
                {"what": "the deposit", "state": "refund", "amount": 600, "about": "Spring shoot"},
                {"what": "the October invoice", "amount": 100},
            ],
        )
        assert names(found, "matters") == ["matters[0]", "money[0]", "money[1]"]  # short: it joins

    def test_money_about_nothing_is_beside_no_thing(self):
        matters = [{"about": "None", "fact": "it is left", "note": "Nothing else is."}, {"fact": "a"}]
        found = planned(matters=matters, money=[{"what": "the October invoice", "amount": 100}])
        told = [name for name in names(found) if name.endswith("]")]
        assert told == ["matters[0]", "matters[1]", "money[0]"]

    def test_a_subject_named_like_a_group_of_ours(self):
        matters = [{"fact": "a"}, {"about": "Keys", "fact": "b"}, {"about": ":until", "fact": "c"}]
        assert names(planned(matters=matters), "matters") == ["matters[0]", "matters[1]", "matters[2]"]

    def test_an_account_follows_its_refund(self):
        less = [{"what": "the gas check", "amount": 85}, {"what": "postage", "amount": 10}]
        found = planned(money=[{"what": "your float", "state": "refund", "was": 300, "less": less}])
        assert [each.form for each in found.paragraphs if each.name == "money"] == ["sentences", "account"]
        (refund, account) = (item for each in found.paragraphs if each.name == "money" for item in each.items)
        assert refund.context["left"].amount == account.context["left"].amount == 205


class TestKindness:
    """A kindness stands before the news between people who know each other, and behind it in a formal letter."""

    @pytest.mark.parametrize(("tone", "first"), [("plain", "enjoyed"), ("formal", "decision")])
    def test_where(self, tone, first):
        assert names(planned(tone=tone, thanks={"enjoyed": "work with you"}), "opening")[0] == first

    def test_said_once(self):
        thanks = {"for": "your care", "enjoyed": "work with you", "memory": "You sang."}
        for tone in ("formal", "plain", "friend"):
            found = names(planned(tone=tone, thanks=thanks))
            assert sorted(set(found) & {"thanks", "enjoyed", "memory"}) == ["enjoyed", "memory", "thanks"]
            assert len(found) == len(set(found))

    def test_declined(self):
        assert "thanks" not in names(planned(thanks="none"))

    def test_none_where_it_would_ring_false(self):
        reasons = [{"reason": "staff-mistreatment", "fact": "our staff were insulted"}]
        assert "thanks" not in names(planned(reasons=reasons))


class TestTasks:
    """Three tasks or more of the reader's stand together, the nearest first, payments among them."""

    TASKS = (
        {"who": "you", "do": "send the drawings", "by": "2027-01-22", "note": "Only the owner can."},
        {"who": "you", "do": "sign the form", "by": "2026-12-01"},
        {"who": "you", "do": "can collect the boxes", "until": "2026-12-05"},
    )

    def test_in_the_order_of_their_days(self):
        money = [{"what": "the October invoice", "amount": 100, "by": "2026-12-15"}]
        found = planned(matters=list(self.TASKS), money=money)
        assert names(found, "tasks") == ["tasks", "matters[1]", "money[0]", "matters[0]"]
        assert names(found, "matters") == ["matters[2]"]
        assert names(found, "money") == []

    def test_a_danger_is_told_in_its_place_too(self):
        urgent = {"who": "you", "do": "prop up the wall", "by": "2026-12-02", "urgent": True}
        found = planned(matters=[*self.TASKS, urgent])
        assert names(found, "urgent") == ["matters[3]"]
        assert "tasks.matters[3]" in names(found, "tasks")

    def test_two_stay_where_they_are(self):
        assert names(planned(matters=list(self.TASKS[:2])), "tasks") == []

    def test_no_list_between_friends(self):
        money = [{"what": "the October invoice", "amount": 100, "by": "2026-12-15"}]
        assert names(planned(tone="friend", matters=list(self.TASKS), money=money), "tasks") == []


class TestLabels:
    """Labels head subjects of two sentences or more, where there are four subjects; never between friends."""

    MATTERS = tuple(
        {"about": about, "do": f"send {n} pages", "on": f"2026-12-0{day}"}
        for day, about in enumerate(("Keys", "Files", "Photos", "Archive"), 1)
        for n in ("two", "three")
    )

    def test_of_the_users_own(self):
        assert labels(planned(matters=list(self.MATTERS))) == [f"matters[{n}].about" for n in (0, 2, 4, 6)]

    def test_three_subjects_need_none(self):
        assert labels(planned(matters=list(self.MATTERS[:6]))) == []

    def test_not_between_friends(self):
        assert labels(planned(tone="friend", matters=list(self.MATTERS))) == []

    def test_one_sentence_has_no_label(self):
        single = [{"about": "Badge", "do": "return the badge"}, {"about": "Car", "do": "return the car"}]
        found = planned(matters=[*self.MATTERS, *single])
        assert [each.label for each in found.paragraphs if names_of(each) == ["matters[8]", "matters[9]"]] == [""]


class TestNotice:
    """How the time that is left compares with the notice owed; the days are counted, not typed."""

    @pytest.mark.parametrize(
        ("notice", "end", "state"),
        [("72 days", "2027-01-31", "given"), ("30 days", "2027-01-31", "more"), ("90 days", "2027-01-31", "short")],
    )
    def test_state(self, notice, end, state):
        contract = {"notice": notice, "notice_from": "letter"}
        found = planned(end={"date": end}, relationship={"service": "your payroll", "contract": contract})
        (item,) = (item for item in found.items if item.kind == "notice")
        days = (dt.date(2027, 1, 31) - dt.date(2026, 11, 20)).days
        assert (item.context["state"], item.context["days"]) == (state, days)

    def test_none_owed(self):
        found = planned(relationship={"service": "your payroll", "contract": {"notice": "none"}})
        assert [item.context["state"] for item in found.items if item.kind == "notice"] == ["none-owed"]


class TestNothingIsDropped:
    """Each fact has its item, or stands among what is left out, with the reason."""

    def test_a_reason_named_by_its_facts(self):
        found = planned(reasons=[{"reason": "scope-creep"}, {"reason": "scope-creep", "fact": "reels were added"}])
        assert names(found, "reasons") == ["reasons[1]"]
        assert found.left_out == ()

    def test_what_has_no_place_in_a_message(self):
        found = planned(request={"about": "the new site"})
        assert [(each.path, each.why) for each in found.left_out] == [("request", "no-place")]

    def test_a_talk_beside_the_farewell(self):
        assert "meeting" in names(planned(meeting={"about": "the handover", "on": "2026-12-01"}), "closing")

    def test_late_invoices_are_told_once_among_the_reasons(self):
        money = [{"what": "invoice 7", "amount": 100, "due": "2026-08-01", "paid": "2026-08-20", "state": "paid"}]
        found = planned(reasons=[{"reason": "late-payment"}], money=money)
        assert names(found, "reasons") == ["late"]
        assert names(found, "money") == []
        assert found.left_out == ()


class TestTogether:
    """What we do on one day is one sentence; what needs a sentence of its own keeps it."""

    @staticmethod
    def kinds(*points, **more):
        return [
            (item.kind, item.name) for item in planned(matters=list(points), **more).items if "matters" in item.name
        ]

    ONE: ClassVar = {"do": "return the key", "on": "2026-12-20"}
    TWO: ClassVar = {"do": "send the files", "on": "2026-12-20"}

    def test_one_day(self):
        assert self.kinds(self.ONE, self.TWO) == [("acts", "matters[0]")]

    @pytest.mark.parametrize(
        "more", [{"note": "It is new."}, {"if": "you agree"}, {"gift": True}, {"who": "you"}, {"on": "2026-12-21"}]
    )
    def test_a_sentence_of_its_own(self, more):
        assert [kind for kind, _ in self.kinds(self.ONE, {**self.TWO, **more})] == ["act", "act"]

    def test_own_words(self):
        kinds = self.kinds(self.ONE, self.TWO, say={"matters[1]": "The files are yours."})
        assert [kind for kind, _ in kinds] == ["act", "act"]


class TestAroundPoints:
    """A sentence knows whether the one before has named its day, or an earlier one."""

    @staticmethod
    def around(*points):
        found = planned(
            matters=[{"about": "Keys", "do": "return a key", "note": "Thank you.", **point} for point in points]
        )
        return [(item.context["same_day"], item.context["later"]) for item in found.items if item.kind == "act"]

    def test_the_same_day(self):
        assert self.around({"on": "2026-12-20", "at": "14:00"}, {"on": "2026-12-20"}) == [(False, False), (True, False)]

    def test_an_hour_of_its_own(self):
        assert self.around({"on": "2026-12-20"}, {"on": "2026-12-20", "at": "14:00"})[1] == (False, False)

    def test_a_later_day(self):
        assert self.around({"on": "2026-12-20"}, {"on": "2026-12-21"})[1] == (False, True)

    def test_no_one_day(self):
        assert self.around({"on": "2026-12"}, {"on": "2026-12"}, {"by": "2026-12-21"})[1:] == [(False, False)] * 2
