"""The law-aware rules: each row of ``law.toml`` found and not found, in its places and nowhere else."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args

import pytest
from reading import ROOT, fold, plain_data

import rupture
from rupture.case.written import Notice
from rupture.law import places, table
from rupture.law.notice import notice_end
from rupture.loading.starter import starter_case
from rupture.planning.planner import plan
from rupture.resources import locales
from rupture.reviewing.facts import Seen
from rupture.reviewing.findings import Severity
from rupture.reviewing.rules import law, registry

if TYPE_CHECKING:
    from rupture.case.model import Case
    from rupture.reviewing.findings import Finding

PLACES = tuple(table.law().places)
ROWS = {check.code: check for check in table.law().checks}
RULES = {rule.code: rule for rule in registry.all_rules()}

SERVICE = {"service": "the upkeep of your website"}
NO_FACTS = [{"reason": "capacity"}]
FACTS = [{"fact": "the site was changed by others", "on": "2026-10-01"}]
EARLY = {"date": "2027-01-31"}
INVOICE = {"what": "invoice F-001", "amount": "90.00 GBP", "due": "2026-09-06"}
WAIVED = [{"what": "la facture F-002", "state": "waived", "amount": "90.00 EUR"}]
LATE = [{"what": "invoice F-001", "state": "paid", "amount": "90.00 GBP", "due": "2026-09-06", "paid": "2026-10-18"}]


def starter_data(locale: str = "en-GB", **changes: object) -> dict:
    """Return the starter of that locale as `rupture new` writes it on a Friday, with these keys replaced."""
    written = starter_case(locale, (), "schema.json", "starter.yaml", today=dt.date(2026, 11, 20))
    return plain_data("starter.yaml", written) | changes


def contract(since: str | None = None, client: str = "business", **terms: str) -> dict:
    """Return a relationship under a contract of these terms."""
    return {**SERVICE, "since": since, "client": client, "contract": terms or None}


def found(data: dict, code: str) -> list[Finding]:
    return [finding for finding in rupture.review(rupture.load(data)) if finding.code == code]


def asked(case: Case, code: str) -> list[str]:
    """Return the fields of what one rule finds in a case."""
    return [each.path for each in RULES[code].find(Seen(case, rupture.compose(case)))]


@dataclass(frozen=True)
class Row:
    """What a row of ``law.toml`` finds, in which field, and what it leaves alone."""

    seen: dict
    path: str
    near_misses: dict[str, dict]
    locale: str = "en-GB"
    expected: tuple[str, ...] = field(default=())


def _how(words: str, money: list) -> dict:
    """Return an account that is to be paid in this way."""
    return {"money": [*money, {"what": "the last invoice", "state": "billed", "how": words}]}


def _personal_data(who: str, do: str) -> dict:
    return {
        "relationship": SERVICE | {"personal_data": True},
        "matters": [{"who": who, "do": do, "by": "2027-01-15"}],
    }


TERM = contract(term="2027-12-31")
OPEN = contract(term="open-ended", name="our agreement")

TABLE = {
    "term.cut": Row(
        {"relationship": TERM, "reasons": NO_FACTS, "money": [], "end": EARLY},
        "end.date",
        {
            "a clause allows it": {"relationship": contract(term="2027-12-31", clause="section 7")},
            "a fact": {"reasons": FACTS},
            "a sum that was paid late": {"money": LATE},
            "mutual consent": {"end": EARLY | {"how": "mutual"}},
            "on the last day of the term": {"end": {"date": "2027-12-31"}},
            "an open-ended contract": {"relationship": OPEN},
            "no contract": {"relationship": SERVICE},
        },
        expected=("31 December 2027", "31 January 2027"),
    ),
    "end.immediate": Row(
        {"end": {"date": "2026-11-27", "how": "immediate"}, "reasons": NO_FACTS, "money": []},
        "end.how",
        {"a fact": {"reasons": FACTS}, "with notice": {"end": EARLY}},
    ),
    "notice.established": Row(
        {"relationship": contract("2021-03-15"), "end": EARLY},
        "end.date",
        {
            "a year less a day": {"relationship": contract("2025-11-21")},
            "no known beginning": {"relationship": contract()},
            "a beginning in words": {"relationship": contract("the first site")},
            "eighteen months of notice": {"end": {"date": "2028-05-20"}},
            "mutual consent": {"end": EARLY | {"how": "mutual"}},
        },
        expected=("5 year", "72 days"),
    ),
    "notice.missing": Row(
        {"relationship": OPEN, "end": EARLY},
        "relationship.contract",
        {
            "a notice": {"relationship": contract(term="open-ended", notice="60 days")},
            "none is owed": {"relationship": contract(term="open-ended", notice="none")},
            "a fixed term": {"relationship": TERM},
            "no contract": {"relationship": SERVICE},
            "not by notice": {"end": EARLY | {"how": "mutual"}},
        },
        expected=("72 days",),
    ),
    "reason.required": Row(
        {"reasons": [], "relationship": contract(client="consumer")},
        "reasons",
        {
            "a reason without a fact": {"reasons": NO_FACTS},
            "the client is a business": {"relationship": contract()},
            "mutual consent": {"end": EARLY | {"how": "mutual"}},
        },
    ),
    "reason.serious": Row(
        {"reasons": []},
        "reasons",
        {
            "a reason without a fact": {"reasons": NO_FACTS},
            "not renewed": {"end": EARLY | {"how": "non-renewal"}},
        },
    ),
    "goodwill.penalties": Row(
        _how("par virement, avec les pénalités de retard", WAIVED),
        "money[1].how",
        {
            "nothing charged": _how("par virement, sans retard", WAIVED),
            "nothing waived": _how("par virement, avec les pénalités de retard", LATE),
        },
        locale="fr-FR",
        expected=("la facture F-002",),
    ),
    "late.bands": Row(
        _how("by transfer, with the late payment compensation of £70", LATE),
        "money[1].how",
        {
            "the sum of the band": _how("by transfer, with the late payment compensation of £40", LATE),
            "its pence": _how("by transfer, with the late payment compensation of £40.00", LATE),
            "an amount of something else": _how("by transfer, £70 each month", LATE),
            "no debt": _how("by transfer, with the late payment compensation of £70", []),
            "the debt itself": _how("by transfer, now that the late payment of £1,250.00 is settled", LATE),
        },
        expected=("£70", "£40"),
    ),
    "delivery.electronic": Row(
        {"relationship": OPEN, "delivery": "email"},
        "delivery",
        {"a registered letter": {"delivery": "registered"}, "no contract": {"relationship": SERVICE}},
    ),
    "handover.missing": Row(
        {"matters": []},
        "matters",
        {
            "a matter": {"matters": [{"do": "send you the access codes"}]},
            "an offer declined": {"end": EARLY | {"how": "declined-offer"}},
        },
    ),
    "language.french": Row(
        {}, "locale", {"in French": {"locale": "fr-CA", "matters": [], "regret": None}}, locale="en-CA"
    ),
    "apology.facts": Row(
        {"regret": "wait for a site that was down on 3 May"},
        "regret",
        {
            "no figure": {"regret": "wait for a site that was down"},
            "elsewhere": {"regret": "wait for a site", "thanks": {"memory": "The site of 3 May was a pleasure."}},
            "said otherwise": {"regret": None, "say": {"wish": "All the best for 2027."}},
        },
    ),
    "data.choice": Row(
        _personal_data("us", "erase the personal data, or return it, at your choice"),
        "matters",
        {
            "the client chooses": _personal_data("you", "choose between the return and the erasure of the data"),
            "in French": _personal_data("you", "faire le choix entre la restitution et l’effacement des données"),
            "no personal data": {"relationship": SERVICE},
        },
    ),
}


def case_of(code: str, miss: dict | None = None) -> Case:
    """Return the case in which a row finds something, or a near miss of it."""
    row = TABLE[code]
    return rupture.load(starter_data(row.locale, jurisdiction=ROWS[code].where[0], **row.seen) | (miss or {}))


class TestRows:
    """Each row is asked in its places, of its clients, and nowhere else."""

    def test_every_row_is_here(self):
        assert sorted(TABLE) == sorted(ROWS)
        assert len(ROWS) == len(table.law().checks), "two rows of one code"

    @pytest.mark.parametrize("code", TABLE)
    def test_found(self, code):
        row = TABLE[code]
        (finding,) = found(starter_data(row.locale, jurisdiction=ROWS[code].where[0], **row.seen), code)
        assert (finding.path, finding.severity, finding.source) == (row.path, ROWS[code].severity, ROWS[code].source)
        assert all(expected in fold(finding.message) for expected in row.expected), finding.message

    @pytest.mark.parametrize("code", TABLE)
    def test_where(self, code):
        case = case_of(code)
        where = [place for place in PLACES if asked(case.model_copy(update={"jurisdiction": place}), code)]
        assert where == [place for place in PLACES if place in ROWS[code].where]

    @pytest.mark.parametrize("code", TABLE)
    def test_near_misses(self, code):
        assert asked(case_of(code), code) == [TABLE[code].path]
        assert {name: asked(case_of(code, miss), code) for name, miss in TABLE[code].near_misses.items()} == {
            name: [] for name in TABLE[code].near_misses
        }

    @pytest.mark.parametrize("code", [code for code, check in ROWS.items() if check.client])
    def test_of_the_other_kind_of_client(self, code):
        case = case_of(code)
        other = "consumer" if ROWS[code].client == "business" else "business"
        relationship = case.relationship.model_copy(update={"client": other})
        assert asked(case, code)
        assert asked(case.model_copy(update={"relationship": relationship}), code) == []

    def test_a_twin_in_french(self, minimal):
        both = {"fr": "l'entretien de votre site", "en": "the upkeep of your website"}
        data = minimal("en-CA", jurisdiction="QC", relationship={"service": both})
        assert found(data, "language.french")
        assert found(data | {"twin": "fr-CA"}, "language.french") == []

    def test_where_no_step_asks_for_the_choice(self):
        data = starter_data(jurisdiction="GB", relationship=SERVICE | {"personal_data": True}, matters=[])
        assert asked(rupture.load(data), "data.choice") == ["relationship.personal_data"]

    def test_a_sentence_of_ones_own_in_place_of_the_regret(self):
        for name in ("regret", "after regret"):
            data = starter_data(jurisdiction="QC", say={name: "I am sorry for 3 May."}, regret="wait for a site")
            assert asked(rupture.load(data), "apology.facts") == [f"say.{name}"]

    @pytest.mark.parametrize(
        ("debt", "due"), [("999.99", 40), ("1000.00", 70), ("9999.99", 70), ("10000.00", 100), ("250000.00", 100)]
    )
    def test_bands_of_a_late_debt(self, debt, due):
        money = [LATE[0] | {"amount": f"{debt} GBP"}]
        for sum_ in (40, 70, 100):
            case = rupture.load(starter_data(**_how(f"by transfer, £{sum_} being due for late payment", money)))
            assert len(asked(case, "late.bands")) == (sum_ != due), sum_

    @pytest.mark.parametrize(
        ("sent", "since", "end", "seen"),
        [
            ("2026-11-20", "2025-11-20", "2027-01-31", True),
            ("2026-11-20", "2025-11-21", "2027-01-31", False),
            ("2026-11-20", "2021", "2028-05-19", True),
            ("2026-11-20", "2021", "2028-05-20", False),
            ("2026-11-30", "2021", "2028-05-01", True),
            ("2026-11-20", "2021", "2026-11-19", False),  # that is end.past already
        ],
    )
    def test_an_established_relationship_and_eighteen_months(self, sent, since, end, seen):
        data = starter_data(date=sent, relationship=contract(since), end={"date": end}, jurisdiction="FR")
        assert bool(asked(rupture.load(data), "notice.established")) is seen


class TestFile:
    """Every row of the file can be used."""

    def test_every_test_is_named_and_there(self):
        assert {check.test for check in ROWS.values()} == set(law.TESTS)

    @pytest.mark.parametrize("check", ROWS.values(), ids=list(ROWS))
    def test_row(self, check):
        assert check.severity in get_args(Severity)
        assert check.where
        assert set(check.where) <= set(PLACES)
        assert check.client in {"", "business", "consumer"}
        assert check.confidence.startswith(("seen", "secondary"))

    def test_all_of_it_is_read(self):
        data = tomllib.loads((ROOT / "src/rupture/law/law.toml").read_text(encoding="utf-8"))
        assert len(data["check"]) == len(ROWS)
        assert {check["given"]["language"] for check in data["check"] if "language" in check.get("given", {})} <= set(
            locales.languages()
        )


class TestNoticeTooShort:
    """The finding shows how the day was counted, and a notice kept to the day is none."""

    @pytest.mark.parametrize(
        ("locale", "expected"),
        [
            (
                "fr-FR",
                ("20 novembre 2026", "23 novembre 2026", "3 jours après", "60 jours", "22 janvier 2027", "21 janvier"),
            ),
            (
                "en-GB",
                ("20 November 2026", "23 November 2026", "3 days later", "60 days", "22 January 2027", "21 January"),
            ),
            (
                "en-US",
                ("November 20, 2026", "November 23, 2026", "3 days later", "January 22, 2027", "January 21, 2027"),
            ),
        ],
    )
    def test_the_message_holds_the_calculation(self, locale, expected):
        agreed = contract(notice="60 days", notice_from="receipt")
        data = starter_data(locale, relationship=agreed, end={"date": "2027-01-21"}, delivery="registered")
        (finding,) = found(data, "notice.short")
        assert (finding.path, finding.severity) == ("end.date", "error")
        assert all(part in fold(finding.message) for part in expected), finding.message

    @pytest.mark.parametrize(
        ("notice", "expected"),
        [
            ("1 month", "of 1 month ends"),
            ("15 business days", "of 15 business days ends"),
            ("2 weeks", "of 2 weeks ends"),
        ],
    )
    def test_the_message_says_the_unit(self, notice, expected):
        data = starter_data(relationship=contract(notice=notice), end={"date": "2026-11-27"})
        (finding,) = found(data, "notice.short")
        assert expected in fold(finding.message)

    @pytest.mark.parametrize(
        ("end", "how", "seen"),
        [
            ("2027-01-21", "notice", True),
            ("2027-01-22", "notice", False),
            ("2027-01-21", "non-renewal", True),
            ("2027-01-21", "mutual", False),
            ("2027-01-21", "immediate", False),
            ("2027-01-21", "declined-offer", False),
            ("2026-11-20", "notice", True),
            ("2026-11-19", "notice", False),  # that is end.past already
        ],
    )
    def test_to_the_day(self, end, how, seen):
        agreed = contract(notice="60 days", notice_from="receipt")
        data = starter_data(relationship=agreed, end={"date": end, "how": how})
        assert bool(found(data, "notice.short")) is seen

    @pytest.mark.parametrize(
        ("end", "runs", "code"),
        [
            ("2027-01-18", None, "notice.short"),
            ("2027-01-19", None, "notice.receipt"),
            ("2027-01-21", None, "notice.receipt"),
            ("2027-01-22", None, ""),
            ("2027-01-18", "letter", "notice.short"),
            ("2027-01-19", "letter", ""),
            ("2027-01-21", "receipt", "notice.short"),
            ("2027-01-22", "receipt", ""),
            ("2027-01-28", "month-end", "notice.short"),
            ("2027-01-29", "month-end", ""),
        ],
    )
    def test_an_error_only_however_it_is_counted(self, end, runs, code):
        agreed = contract(notice="60 days", **({"notice_from": runs} if runs else {}))
        data = starter_data(relationship=agreed, end={"date": end}, delivery="registered")
        codes = {finding.code for finding in rupture.review(rupture.load(data))}
        assert codes & {"notice.short", "notice.receipt"} == ({code} if code else set())

    @pytest.mark.parametrize("runs", [None, "receipt", "letter", "month-end"])
    def test_the_plan_does_not_call_it_kept(self, runs):
        agreed = contract(notice="60 days", **({"notice_from": runs} if runs else {}))
        data = starter_data(relationship=agreed, delivery="registered")
        count = notice_end(rupture.load(data), Notice.model_validate("60 days"))
        for end, kept in ((count.end - dt.timedelta(days=1), False), (count.end, True)):
            case = rupture.load(data | {"end": {"date": str(end)}})
            (notice,) = (item for item in plan(case).items if item.name == "notice")
            assert (notice.context["state"] != "short") is kept
            codes = {finding.code for finding in rupture.review(case)}
            assert bool(codes & {"notice.short", "notice.receipt"}) is not kept

    def test_the_plan_counts_business_days_as_the_review_does(self):
        agreed = contract(notice="15 business days", notice_from="letter")
        data = starter_data(date="2026-12-10", relationship=agreed, matters=[])
        for end, kept in (("2027-01-04", False), ("2027-01-05", True)):  # Boxing Day, on the Monday
            case = rupture.load(data | {"end": {"date": end}})
            (notice,) = (item for item in plan(case).items if item.name == "notice")
            assert (notice.context["state"] != "short") is kept
            assert bool(found(data | {"end": {"date": end}}, "notice.short")) is not kept

    @pytest.mark.parametrize("relationship", [SERVICE, contract(name="our agreement")])
    def test_no_notice_agreed(self, relationship):
        assert found(starter_data(relationship=relationship, end={"date": "2026-11-21"}), "notice.short") == []


class TestUnknown:
    """Where the law or the public holidays are not known, the review says so, and nothing is guessed."""

    @pytest.fixture
    def elsewhere(self, monkeypatch):
        """Let no place of the law table have the locale en-GB, as if it were new."""
        known = dict(table.law().places)
        monkeypatch.delitem(known, "GB")
        law_without = table.Law(known, table.law().receipt, table.law().checks)
        monkeypatch.setattr(table, "law", lambda: law_without)
        places.public_holidays.cache_clear()
        yield
        places.public_holidays.cache_clear()

    @pytest.mark.usefixtures("elsewhere")
    def test_a_locale_of_no_known_place(self):
        data = starter_data(reasons=[], relationship=contract(term="open-ended"), delivery="email")
        findings = {finding.code: finding for finding in rupture.review(rupture.load(data))}
        assert findings["law.unknown"].path == "locale"
        assert "en-GB" in findings["law.unknown"].message
        assert set(findings) & set(ROWS) == set()

    @pytest.mark.usefixtures("elsewhere")
    def test_business_days_there(self):
        data = starter_data(relationship=contract(notice="15 business days"), end={"date": "2026-11-27"})
        findings = {finding.code: finding for finding in rupture.review(rupture.load(data))}
        assert findings["notice.uncounted"].path == "relationship.contract.notice"
        assert "15 business days" in findings["notice.uncounted"].message
        assert "notice.short" not in findings
        assert "notice" not in {item.name for item in plan(rupture.load(data)).items}

    def test_where_all_is_known(self):
        data = starter_data(relationship=contract(notice="15 business days"), end={"date": "2026-11-27"})
        findings = {finding.code for finding in rupture.review(rupture.load(data))}
        assert "notice.short" in findings
        assert not findings & {"law.unknown", "notice.uncounted"}

    @pytest.mark.usefixtures("elsewhere")
    def test_a_message_that_ends_nothing(self, minimal):
        data = minimal("en-GB", message="reminder", money=[INVOICE])
        del data["end"]
        assert found(data, "law.unknown") == []
