"""The law-aware checks: each row of ``law.toml`` names one of these tests of the case.

They read the facts of the case, not only what the letter tells. They inform and cite; they never advise.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from rupture.case.own_words import Translations, prose_fields
from rupture.case.written import Notice
from rupture.language.plain import plain
from rupture.law import table
from rupture.law.notice import jurisdiction
from rupture.reviewing.observation import Observation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rupture.case.model import Case
    from rupture.case.relationship import End
    from rupture.letter.tree import Document
    from rupture.reviewing.observation import Value

#: A test yields (field path, values for the wording).
Seen: TypeAlias = "tuple[str, dict[str, Value]]"
Test: TypeAlias = "Callable[[Case, End, Document], Iterator[Seen]]"

#: Months of notice from which nobody may claim that it was too short (C. com. L442-1, II).
_MONTHS_BEYOND_CLAIM: Final = 18
#: What is due for a late payment by the size of the debt: below, GBP (1998 Act, s. 5A).
_BANDS: Final = ((1_000, 40), (10_000, 70), (None, 100))
_PENALTY: Final = re.compile(
    r"penalites? de retard|interets? de retard|indemnite forfaitaire|frais de recouvrement"
    r"|late (?:payment )?(?:fees?|penalt|interest|charges?)|interest on late"
)
_POUNDS: Final = r"£\s?([\d,]+(?:\.\d+)?)"
_COMPENSATION: Final = re.compile(
    rf"(?:late payment|compensation|recovery)[^.]{{0,60}}?{_POUNDS}|{_POUNDS}[^.]{{0,60}}?late payment"
)
_DATA: Final = re.compile(r"donnees|data|effacement|suppression|erasure|delet")
_CHOICE: Final = re.compile(r"choix|choisi|restitu|effac|suppr|choice|choose|return|eras|delet")


def law_aware(case: Case, document: Document) -> Iterator[Observation]:
    """Every check of ``law.toml`` that is asked where the case is; they are about the end of a contract."""
    if not case.end:
        return
    place = jurisdiction(case)
    for check in table.law().checks:
        if place in check.where and check.client in {"", case.relationship.client}:
            for path, values in TESTS[check.test](case, case.end, document):
                yield Observation(check.code, check.severity, path, values, source=check.source)  # type: ignore[arg-type]  # data


def fixed_term_cut(case: Case, end: End, document: Document) -> Iterator[Seen]:
    """A fixed term runs to its end, but by a clause, a documented breach or mutual consent."""
    del document
    contract = case.relationship.contract
    if not contract or not isinstance(contract.term, dt.date) or contract.clause:
        return
    breach = any(reason.facts for reason in case.reasons)
    if end.date < contract.term and end.how in {"notice", "immediate"} and not breach:
        yield "end.date", {"end": end.date, "term": contract.term}


def immediate_without_facts(case: Case, end: End, document: Document) -> Iterator[Seen]:
    """An immediate end has a reason with dated facts."""
    del document
    if end.how == "immediate" and not any(reason.facts for reason in case.reasons):
        yield "end.how", {}


def established_relationship(case: Case, end: End, document: Document) -> Iterator[Seen]:
    """The length of an established relationship stands beside that of the notice."""
    del document
    since = case.relationship.since
    if not since or end.how not in {"notice", "non-renewal"}:
        return
    years = (case.date - since.earliest()).days // 365
    beyond = Notice(count=_MONTHS_BEYOND_CLAIM, unit="month").after(case.date)
    if years >= 1 and end.date < beyond:
        yield "end.date", {"years": years, "days": (end.date - case.date).days}


def no_notice(case: Case, end: End, document: Document) -> Iterator[Seen]:
    """An open-ended contract ends with the agreed notice, else with a reasonable one."""
    del document
    contract = case.relationship.contract
    if contract and contract.term == "open-ended" and not contract.notice and end.how == "notice":
        yield "relationship.contract", {"days": (end.date - case.date).days}


def no_reason(case: Case, end: End, document: Document) -> Iterator[Seen]:
    """The case holds a reason, disclosed or not."""
    del document
    if not case.reasons and end.how in {"notice", "immediate"}:
        yield "reasons", {}


def waived_and_charged(case: Case, end: End, document: Document) -> Iterator[Seen]:
    """A waived invoice and a charge for its late payment contradict each other."""
    del end, document
    if not case.goodwill or case.goodwill.gesture != "waive-invoice":
        return
    for path, text in _prose(case):
        if _PENALTY.search(plain(text)):
            yield path, {"invoice": case.goodwill.invoice or ""}


def outside_the_bands(case: Case, end: End, document: Document) -> Iterator[Seen]:
    """A fixed sum asked for a late payment is that of the size of a debt of the case."""
    del end, document
    due = {next(sum_ for below, sum_ in _BANDS if below is None or i.amount.amount < below) for i in case.invoices}
    for path, text in _prose(case):
        for match in _COMPENSATION.finditer(text.casefold()):
            asked = Decimal((match[1] or match[2]).replace(",", ""))
            if due and asked <= _BANDS[-1][1] and asked not in due:
                yield path, {"asked": f"{asked:f}", "due": " / ".join(map(str, sorted(due)))}


def sent_by_email(case: Case, end: End, document: Document) -> Iterator[Seen]:
    """An ordinary e-mail is no registered one."""
    del end, document
    if case.delivery == "email" and case.relationship.contract:
        yield "delivery", {}


def critical_date_near(case: Case, end: End, document: Document) -> Iterator[Seen]:
    """The end does not come at a moment when the client depends on the service."""
    del document
    for index, critical in enumerate(case.known.critical_dates):
        if abs((critical.date - end.date).days) <= table.law().near:
            yield f"known.critical_dates[{index}]", {"what": critical.what, "date": critical.date, "end": end.date}


def no_next_steps(case: Case, end: End, document: Document) -> Iterator[Seen]:
    """Something is said of what is handed over, and when."""
    del document
    if not case.next_steps and not case.help and end.how != "declined-offer":
        yield "next_steps", {}


def english_only(case: Case, end: End, document: Document) -> Iterator[Seen]:
    """A client in Québec is written to in French."""
    del end
    if all(letter.locale.startswith("en") for letter in document.letters):
        yield "locale", {"locale": case.locale}


def facts_beside_apology(case: Case, end: End, document: Document) -> Iterator[Seen]:
    """What is said beside the apology holds no statement of fact."""
    del end, document
    for index, paragraph in enumerate(case.paragraphs):
        if paragraph.after == "apology" and any(character.isdigit() for character in _both(paragraph.text)):
            yield f"paragraphs[{index}].text", {}


def personal_data_without_choice(case: Case, end: End, document: Document) -> Iterator[Seen]:
    """The client chooses, by a date, between the return and the erasure of personal data."""
    del end, document
    asked = any(
        step.who == "you" and _DATA.search(text := plain(_both(step.what))) and _CHOICE.search(text)
        for step in case.next_steps
    )
    if case.known.personal_data and not asked:
        yield "next_steps" if case.next_steps else "known.personal_data", {}


def _both(text: str | Translations) -> str:
    return text if isinstance(text, str) else " ".join(text.root.values())


def _prose(case: Case) -> Iterator[tuple[str, str]]:
    return ((str(path), _both(text)) for path, text in prose_fields(case))


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
        english_only,
        facts_beside_apology,
        personal_data_without_choice,
    )
}
RULES: Final = (law_aware,)
