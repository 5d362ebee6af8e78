"""The law-aware checks: each row of ``law.toml`` names one of these tests of the case.

They read the facts of the case, not only what the letter tells. They inform and cite; they never advise.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from rupture.language.plain import plain
from rupture.law import table
from rupture.law.notice import months_after
from rupture.law.places import jurisdiction
from rupture.reviewing.observation import Observation
from rupture.reviewing.ownwords import own_words, wordings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rupture.case.model import Case
    from rupture.case.own_words import Translations
    from rupture.case.relationship import End
    from rupture.letter.tree import Document
    from rupture.reviewing.observation import Value


class Ending(NamedTuple):
    """What a law-aware test looks at.

    Args:
        case: the facts.
        end: that of the case.
        document: the letter.
        given: the figures and words of the check.
    """

    case: Case
    end: End
    document: Document
    given: Mapping[str, Any]


#: What a test yields: the field, and the values for the wording.
Seen: TypeAlias = "tuple[str, dict[str, Value]]"
Test: TypeAlias = "Callable[[Ending], Iterator[Seen]]"


def law_aware(case: Case, document: Document) -> Iterator[Observation]:
    """Every check of ``law.toml`` that is asked where the case is; they are about the end of a contract."""
    if not case.end:
        return
    place = jurisdiction(case)
    for check in table.law().checks:
        if place in check.where and check.client in {"", case.relationship.client}:
            for path, values in TESTS[check.test](Ending(case, case.end, document, check.given)):
                yield Observation(check.code, check.severity, path, values, source=check.source)  # type: ignore[arg-type]  # data


def fixed_term_cut(ending: Ending) -> Iterator[Seen]:
    """A fixed term runs to its end, except by a clause, a documented breach or mutual consent."""
    case, end, *_ = ending
    contract = case.relationship.contract
    if not contract or not isinstance(contract.term, dt.date) or contract.clause:
        return
    if end.date < contract.term and end.how in {"notice", "immediate"} and not _documented(case):
        yield "end.date", {"end": end.date, "term": contract.term}


def immediate_without_facts(ending: Ending) -> Iterator[Seen]:
    """An immediate end has a reason with dated facts."""
    if ending.end.how == "immediate" and not _documented(ending.case):
        yield "end.how", {}


def _documented(case: Case) -> bool:
    return any(reason.facts for reason in case.reasons)


def established_relationship(ending: Ending) -> Iterator[Seen]:
    """An established relationship ends with a notice that takes its length into account."""
    case, end, *_ = ending
    since = case.relationship.since
    if not since or end.how not in {"notice", "non-renewal"}:
        return
    years = (case.date - since.earliest()).days // 365
    if years >= 1 and case.date <= end.date < months_after(case.date, ending.given["months"]):
        yield "end.date", {"years": years, "days": (end.date - case.date).days}


def no_notice(ending: Ending) -> Iterator[Seen]:
    """An open-ended contract ends with the agreed notice, or else with a reasonable one."""
    case, end, *_ = ending
    contract = case.relationship.contract
    open_ended = contract and contract.term == "open-ended" and not contract.notice
    if open_ended and end.how == "notice" and case.date <= end.date:
        yield "relationship.contract", {"days": (end.date - case.date).days}


def no_reason(ending: Ending) -> Iterator[Seen]:
    """The case holds a reason, disclosed or not."""
    if not ending.case.reasons and ending.end.how in {"notice", "immediate"}:
        yield "reasons", {}


def waived_and_charged(ending: Ending) -> Iterator[Seen]:
    """A waived invoice is not charged for its late payment."""
    goodwill = ending.case.goodwill
    if not goodwill or goodwill.gesture != "waive-invoice":
        return
    for path, text, _ in own_words(ending.case):
        if re.search(ending.given["charges"], plain(text)):
            yield path, {"invoice": goodwill.invoice or ""}


def outside_the_bands(ending: Ending) -> Iterator[Seen]:
    """A fixed sum asked for a late payment is that of the size of a debt of the case."""
    bands = ending.given["bands"]
    due = {_due(invoice.amount.amount, bands) for invoice in ending.case.invoices}
    for path, text, _ in own_words(ending.case):
        for match in re.finditer(ending.given["asked"], text.casefold()):
            asked = Decimal((match[1] or match[2]).replace(",", ""))
            if due and asked <= bands[-1]["due"] and asked not in due:
                yield path, {"asked": f"{asked:f}", "due": " / ".join(map(str, sorted(due)))}


def _due(debt: Decimal, bands: Sequence[Mapping[str, int]]) -> int:
    return next(band["due"] for band in bands if "below" not in band or debt < band["below"])


def sent_by_email(ending: Ending) -> Iterator[Seen]:
    """The end of a contract is not sent as an ordinary e-mail."""
    if ending.case.delivery == "email" and ending.case.relationship.contract:
        yield "delivery", {}


def critical_date_near(ending: Ending) -> Iterator[Seen]:
    """The end does not come at a moment when the client depends on the service."""
    end = ending.end.date
    for index, critical in enumerate(ending.case.known.critical_dates):
        if abs((critical.date - end).days) <= ending.given["days"]:
            yield f"known.critical_dates[{index}]", {"what": critical.what, "date": critical.date, "end": end}


def no_next_steps(ending: Ending) -> Iterator[Seen]:
    """The letter says what is handed over, and when."""
    case, end, *_ = ending
    if not case.next_steps and not case.help and end.how != "declined-offer":
        yield "next_steps", {}


def not_in_its_language(ending: Ending) -> Iterator[Seen]:
    """A letter, or the one joined to it, is in the language in which clients of the place are served."""
    if all(letter.locale.partition("-")[0] != ending.given["language"] for letter in ending.document.letters):
        yield "locale", {}


def facts_beside_apology(ending: Ending) -> Iterator[Seen]:
    """The paragraph beside the apology states no fact."""
    for index, paragraph in enumerate(ending.case.paragraphs):
        if paragraph.after == "apology" and any(map(str.isdigit, _all_of(paragraph.text))):
            yield f"paragraphs[{index}].text", {}


def personal_data_without_choice(ending: Ending) -> Iterator[Seen]:
    """The client chooses, by a date, between the return and the erasure of personal data."""
    steps = (plain(_all_of(step.what)) for step in ending.case.next_steps if step.who == "you")
    asked = any(all(re.search(ending.given[words], step) for words in ("data", "choice")) for step in steps)
    if ending.case.known.personal_data and not asked:
        yield "next_steps" if ending.case.next_steps else "known.personal_data", {}


def _all_of(text: str | Translations) -> str:
    """Return a text in all its languages at once."""
    return " ".join(words for _, words in wordings(text))


TESTS: Final[dict[str, Test]] = {
    test.__name__: test
    for test in (
        fixed_term_cut,
        immediate_without_facts,
        established_relationship,
        no_notice,
        no_reason,
        waived_and_charged,
        outside_the_bands,
        sent_by_email,
        critical_date_near,
        no_next_steps,
        not_in_its_language,
        facts_beside_apology,
        personal_data_without_choice,
    )
}
RULES: Final = (law_aware,)
