"""Fact rules about the law: each row of ``law.toml`` names one of these tests.

They read the facts of the case, whether or not the letter mentions them. They inform and cite; they never advise.
"""

from __future__ import annotations

import datetime as dt
import inspect
import re
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from rupture.case.written import PartialDate
from rupture.language.plain import plain
from rupture.law import table
from rupture.law.notice import months_after
from rupture.law.places import jurisdiction
from rupture.resources import locales
from rupture.reviewing.facts import Count, FactRule, Observation, fact_rule
from rupture.reviewing.ownwords import wordings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rupture.case.model import Case
    from rupture.case.own_words import Translations
    from rupture.case.relationship import End
    from rupture.law.table import LegalCheck
    from rupture.letter.tree import Document
    from rupture.reviewing.facts import Seen


class Ending(NamedTuple):
    """What a law-aware test looks at.

    Args:
        case: the facts.
        end: that of the case.
        document: the letter.
        own_words: each text in the sender's own words, from `Seen`.
        given: the figures and words of the check.
    """

    case: Case
    end: End
    document: Document
    own_words: Sequence[tuple[str, str, str]]
    given: Mapping[str, Any]


Test: TypeAlias = "Callable[[Ending], Iterator[Observation]]"

#: The tests by their names in ``law.toml``.
TESTS: Final[dict[str, Test]] = {}


def law_test(test: Test) -> Test:
    """Let the rows of ``law.toml`` name a test."""
    TESTS[test.__name__] = test
    return test


def rules() -> Iterator[FactRule]:
    """Yield a rule for each row of ``law.toml``."""
    for check in table.law().checks:
        holds = inspect.getdoc(TESTS[check.test]) or ""
        yield FactRule(check.code, check.severity, partial(_ask, check), holds, check.source)


def _ask(check: LegalCheck, seen: Seen) -> Iterator[Observation]:
    """Yield what a check finds, where its law applies: at the end of a contract, in its places, to its clients."""
    case, end = seen.case, seen.case.end
    if end and jurisdiction(case) in check.where and check.client in {"", case.relationship.client}:
        yield from TESTS[check.test](Ending(case, end, seen.document, seen.own_words, check.given))


@fact_rule("law.unknown", "hint")
def no_law_known(seen: Seen) -> Iterator[Observation]:
    """The law of the place where a relationship ends is known to the review."""
    if seen.case.end and not jurisdiction(seen.case):
        yield Observation("locale", {"locale": seen.case.locale, "places": ", ".join(table.law().places)})


@law_test
def fixed_term_cut(ending: Ending) -> Iterator[Observation]:
    """A fixed term runs to its end, except by a clause, a documented breach or mutual consent."""
    case, end, *_ = ending
    contract = case.relationship.contract
    if not contract or not isinstance(contract.term, dt.date) or contract.clause:
        return
    if end.date < contract.term and end.how in {"notice", "immediate"} and not _documented(case):
        yield Observation("end.date", {"end": end.date, "term": contract.term})


@law_test
def immediate_without_facts(ending: Ending) -> Iterator[Observation]:
    """An immediate end has a reason with dated facts."""
    if ending.end.how == "immediate" and not _documented(ending.case):
        yield Observation("end.how")


def _documented(case: Case) -> bool:
    """Return whether a reason is more than its name, or a sum of the case was late."""
    return any(point.says != "reason" for point in case.reasons) or any(
        item.days_late(case.date) for item in case.money
    )


@law_test
def established_relationship(ending: Ending) -> Iterator[Observation]:
    """An established relationship ends with a notice that takes its length into account."""
    case, end, *_ = ending
    since = case.relationship.since
    if not isinstance(since, PartialDate) or end.how not in {"notice", "non-renewal"}:
        return
    years = (case.date - since.earliest()).days // 365
    if years >= 1 and case.date <= end.date < months_after(case.date, ending.given["months"]):
        yield Observation("end.date", {"years": Count(years, "year"), "days": _days_left(ending)})


@law_test
def no_notice(ending: Ending) -> Iterator[Observation]:
    """An open-ended contract ends with the agreed notice, or else with a reasonable one."""
    case, end, *_ = ending
    contract = case.relationship.contract
    open_ended = contract and contract.term == "open-ended" and not contract.notice
    if open_ended and end.how == "notice" and case.date <= end.date:
        yield Observation("relationship.contract", {"days": _days_left(ending)})


def _days_left(ending: Ending) -> Count:
    return Count((ending.end.date - ending.case.date).days, "day")


@law_test
def no_reason(ending: Ending) -> Iterator[Observation]:
    """The case holds a reason."""
    if not ending.case.reasons and ending.end.how in {"notice", "immediate"}:
        yield Observation("reasons")


@law_test
def waived_and_charged(ending: Ending) -> Iterator[Observation]:
    """A sum that is given up is not charged for its late payment."""
    waived = next((item for item in ending.case.money if item.state == "waived"), None)
    for path, text, _ in ending.own_words if waived else ():
        if waived and re.search(ending.given["charges"], plain(text)):
            yield Observation(path, {"what": _all_of(waived.what)})


@law_test
def outside_the_bands(ending: Ending) -> Iterator[Observation]:
    """A fixed sum asked for a late payment is that of the size of a debt of the case."""
    bands = ending.given["bands"]
    due = {_due(item.amount.amount, bands) for item in ending.case.money if item.amount and item.due}
    for path, text, _ in ending.own_words:
        for match in re.finditer(ending.given["asked"], text.casefold()):
            asked = Decimal((match[1] or match[2]).replace(",", ""))
            if due and asked <= bands[-1]["due"] and asked not in due:
                yield Observation(path, {"asked": f"{asked:f}", "due": " / ".join(map(str, sorted(due)))})


def _due(debt: Decimal, bands: Sequence[Mapping[str, int]]) -> int:
    return next(band["due"] for band in bands if "below" not in band or debt < band["below"])


@law_test
def sent_by_email(ending: Ending) -> Iterator[Observation]:
    """The end of a contract is not sent as an ordinary e-mail."""
    if ending.case.delivery == "email" and ending.case.relationship.contract:
        yield Observation("delivery")


@law_test
def nothing_handed_over(ending: Ending) -> Iterator[Observation]:
    """The letter says what is handed over, and when."""
    if not ending.case.matters and ending.end.how != "declined-offer":
        yield Observation("matters")


@law_test
def not_in_its_language(ending: Ending) -> Iterator[Observation]:
    """A letter, or the one joined to it, is in the language in which clients of the place are served."""
    if ending.given["language"] not in {locales.locales()[letter.locale] for letter in ending.document.letters}:
        yield Observation("locale")


#: Where a sender's own words of regret stand.
_REGRET: Final = ("regret", "say.regret", "say.after regret")


@law_test
def facts_beside_apology(ending: Ending) -> Iterator[Observation]:
    """The sender's own words of regret state no fact."""
    for path, text, _ in ending.own_words:
        if path.startswith(_REGRET) and any(map(str.isdigit, text)):
            yield Observation(path)


@law_test
def personal_data_without_choice(ending: Ending) -> Iterator[Observation]:
    """The client chooses, by a date, between the return and the erasure of personal data."""
    case = ending.case
    asked = (plain(_all_of(point.do)) for point in case.matters if point.by_whom == "you" and point.do)
    chosen = any(all(re.search(ending.given[words], text) for words in ("data", "choice")) for text in asked)
    if case.relationship.personal_data and not chosen:
        yield Observation("matters" if case.matters else "relationship.personal_data")


def _all_of(text: str | Translations) -> str:
    """Return a text in all its languages at once."""
    return " ".join(words for _, words in wordings(text))
