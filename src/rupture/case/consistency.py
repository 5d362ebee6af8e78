"""Contradictions within a case, and what its message needs; checked once every field is valid."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from rupture.case import catalogue
from rupture.case.field_path import FieldPath
from rupture.case.own_words import prose_fields
from rupture.resources.locales import locales
from rupture.resources.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rupture.case.model import Case
    from rupture.case.reasons import Fact

#: A field, and what is wrong with it.
Fault: TypeAlias = tuple[FieldPath, str]

_CENT: Final = Decimal("0.01")
_INVOICES: Final = FieldPath(("invoices",))
_GOODWILL: Final = FieldPath(("goodwill",))
_PRONOUN: Final = FieldPath(("pronoun",))


def faults(case: Case) -> Iterator[Fault]:
    """Yield (field, message) for everything that is wrong with a case whose fields are each valid."""
    for check in _CHECKS:
        yield from check(case)


# ---------------------------------------------------------------- invoices, facts and dates


def _listed_once(case: Case) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, invoice in enumerate(case.invoices):
        if invoice.number in seen:
            yield _INVOICES / index / "number", f"{invoice.number} is listed twice"
        seen.add(invoice.number)


def _cited_invoices(case: Case) -> Iterator[Fault]:
    numbers = dict.fromkeys(invoice.number for invoice in case.invoices)
    cited = [(path / "invoice", fact.invoice) for path, fact in _facts(case)]
    if case.goodwill:
        cited.append((_GOODWILL / "invoice", case.goodwill.invoice))
    for path, number in cited:
        if number and number not in numbers:
            yield path, f"no invoice {number} in invoices{did_you_mean(number, numbers)}"


def _facts(case: Case) -> Iterator[tuple[FieldPath, Fact]]:
    """Yield each fact of the reasons with its path."""
    for r, reason in enumerate(case.reasons):
        for f, fact in enumerate(reason.facts):
            yield FieldPath(("reasons", r, "facts", f)), fact


def _dates_of_facts(case: Case) -> Iterator[Fault]:
    since = case.relationship.since
    for path, fact in _facts(case):
        if fact.date and fact.date > case.date:
            yield path / "date", f"{fact.date} comes after the letter's own date, {case.date}"
        if fact.date and since and fact.date < since.earliest():
            yield path / "date", f"{fact.date} comes before the relationship began, {since.earliest()}"
        for n, reminder in enumerate(fact.reminders):
            if (fact.date and reminder < fact.date) or reminder > case.date:
                yield path / "reminders" / n, f"{reminder} is not between the fact and the letter's date"


def _late_invoices(case: Case) -> Iterator[Fault]:
    listed = {invoice.number: invoice for invoice in reversed(case.invoices)}  # the first of two alike
    for path, fact in _facts(case):
        if (invoice := listed.get(fact.invoice or "")) and not invoice.days_late(case.date):
            yield path / "invoice", f"invoice {invoice.number} was not late on {case.date}"


def _shapes_of_facts(case: Case) -> Iterator[Fault]:
    for path, fact in _facts(case):
        reason = case.reasons[int(path.steps[1])].reason
        shapes = catalogue.reasons()[reason].shapes
        if fact.shape not in shapes:
            yield path / fact.shape, f"{reason} takes {' or '.join(shapes)}, not {fact.shape}"


def _gesture(case: Case) -> Iterator[Fault]:
    gesture = case.goodwill
    listed = {invoice.number: invoice for invoice in case.invoices}
    if gesture is None or (invoice := listed.get(gesture.invoice or "")) is None:
        return
    number, whole = invoice.number, invoice.amount
    if gesture.gesture in {"waive-invoice", "discount"} and invoice.paid:
        yield _GOODWILL / "invoice", f"invoice {number} was paid on {invoice.paid}: refund it, or name another"
    if gesture.gesture == "refund" and not invoice.paid:
        yield _GOODWILL / "invoice", f"invoice {number} is not paid yet: waive it, or refund another"
    off = whole.amount * (gesture.percent or 50) / 100
    if not _CENT / 2 < off < whole.amount - _CENT / 2:
        yield _GOODWILL / "percent", f"{gesture.percent} % of invoice {number} is less than a cent, or all of it"
    if gesture.amount and gesture.amount.currency != whole.currency:
        yield _GOODWILL / "amount", f"expected {whole.currency}, the currency of invoice {number}"
    elif gesture.amount and gesture.amount.amount > whole.amount:
        yield _GOODWILL / "amount", f"more than invoice {number} itself"


# ---------------------------------------------------------------- forms of address and languages


def _forms_of_address(case: Case) -> Iterator[Fault]:
    if case.pronoun == "tu" and case.register_ == "formal":
        yield _PRONOUN, "tu does not go with register: formal; say vous, or register: cordial"
    if case.pronoun == "tu" and case.delivery != "email":
        yield _PRONOUN, "tu belongs to an e-mail between people who already use it; say vous, or delivery: email"
    if case.alternatives and case.nobody_after:
        yield FieldPath(("nobody_after",)), "alternatives names somebody: leave one of the two out"


def _languages(case: Case) -> Iterator[Fault]:
    """Each letter needs the sender's own words in its language; two letters need them once for each."""
    wanted = list(dict.fromkeys(locales()[locale] for locale in (case.locale, case.twin) if locale))
    if case.twin and len(wanted) == 1:
        yield FieldPath(("twin",)), f"{case.twin} is the language of the letter itself; a twin is in another language"
    for path, value in prose_fields(case):
        if not isinstance(value, str):
            yield from ((path / name, f"missing: the text in {name}") for name in wanted if name not in value.root)
        elif len(wanted) > 1:
            both = ", ".join(f"{name}: ..." for name in wanted)
            yield path, f"a twin letter needs each language: {{{both}}}; found only {value[:40]!r}"


# ---------------------------------------------------------------- the message and the review


def _needs(case: Case) -> Iterator[Fault]:
    for key in catalogue.messages()[case.message].needs:
        if not getattr(case, key):
            yield FieldPath((key,)), f"is missing: message {case.message} needs it"


def _steps_of_paragraphs(case: Case) -> Iterator[Fault]:
    steps = catalogue.messages()[case.message].steps
    for index, paragraph in enumerate(case.paragraphs):
        if paragraph.after not in steps:
            message = f"{case.message} has no step {paragraph.after!r}; there are {', '.join(steps)}"
            yield FieldPath(("paragraphs", index, "after")), message


def _due_invoices(case: Case) -> Iterator[Fault]:
    due = any(not invoice.paid and invoice.due < case.date for invoice in case.invoices)
    if case.message == "reminder" and case.invoices and not due:
        yield _INVOICES, "no invoice is past its due date and unpaid: there is nothing to remind of"


def _waivers(case: Case) -> Iterator[Fault]:
    """Refuse to waive what is never found; codes of a sender's own rules begin with ``own.``."""
    for index, waiver in enumerate(case.waive):
        if not waiver.code.startswith("own.") and waiver.code not in catalogue.finding_codes():
            near = did_you_mean(waiver.code, catalogue.finding_codes())
            message = f"no finding has the code {waiver.code!r}{near}; `rupture check` prints them"
            yield FieldPath(("waive", index, "code")), message


_CHECKS: Final[tuple[Callable[[Case], Iterator[Fault]], ...]] = (
    _listed_once,
    _cited_invoices,
    _dates_of_facts,
    _late_invoices,
    _gesture,
    _forms_of_address,
    _languages,
    _shapes_of_facts,
    _waivers,
    _needs,
    _steps_of_paragraphs,
    _due_invoices,
)
