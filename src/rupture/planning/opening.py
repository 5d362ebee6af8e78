"""The first paragraphs: a kindness where one is given, what is decided or proposed, and from when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rupture.case.field_path import TOP, FieldPath
from rupture.law.notice import notice_end
from rupture.planning import money
from rupture.planning.plan import Item, Paragraph
from rupture.planning.reading import SEPARATION, is_warm, trust_is_gone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.model import Case
    from rupture.planning.tasks import Tasks

_END: Final = FieldPath(("end",))
_THANKS: Final = FieldPath(("thanks",))
_CONTRACT: Final = FieldPath(("relationship", "contract"))
_WEEK: Final = 7


def paragraphs(case: Case, tasks: Tasks) -> Iterator[Paragraph]:
    """Yield the paragraphs before the reasons.

    Args:
        case: the facts.
        tasks: what the reader has to do.
    """
    kindness = tuple(_kindness(case)) if is_warm(case) else ()
    told = _separation(case, bool(kindness)) if case.message == SEPARATION else _announcement(case)
    news = (*told, *money.announced(case, tasks))
    apart = len(kindness) > 1
    if apart:
        yield Paragraph("opening", kindness)
    yield Paragraph("opening", news if apart else (*kindness, *news))


def _kindness(case: Case) -> Iterator[Item]:
    """Yield what may be said before the news: a pleasure and a memory, or else what the case gives thanks for."""
    thanks = case.thanks
    if thanks is None or thanks == "none":
        return
    if thanks.enjoyed:
        yield Item("enjoyed", "enjoyed", "gratitude", ("thanks.enjoyed",), _THANKS)
    elif thanks.for_:
        yield thanks_item("open")
    if thanks.memory:
        yield Item("memory", "memory", "gratitude", ("thanks.memory",), _THANKS)


def thanks_item(position: str) -> Item:
    """Return the thanks, at the beginning or at the end of a letter."""
    return Item("thanks", "thanks", "gratitude", ("thanks.for",), TOP, {"position": position})


def closing_thanks(case: Case) -> Iterator[Item]:
    """Yield the thanks that stand at the end: those not said at the beginning."""
    thanks = case.thanks
    if thanks == "none":
        return
    unsaid = thanks is None or not (thanks.for_ or thanks.enjoyed)
    if unsaid and case.message == SEPARATION and not trust_is_gone(case):
        yield Item("thanks", "thanks", "gratitude", ("relationship.service",), TOP, {"position": "close"})
    if thanks is None:
        return
    said = {item.name for item in _kindness(case)} if is_warm(case) else set()
    if thanks.for_ and "thanks" not in said:
        yield thanks_item("close")
    if thanks.enjoyed and "enjoyed" not in said:
        yield Item("enjoyed", "enjoyed", "gratitude", ("thanks.enjoyed",), _THANKS)
    if thanks.memory and "memory" not in said:
        yield Item("memory", "memory", "gratitude", ("thanks.memory",), _THANKS)


def _separation(case: Case, after_kindness: bool) -> Iterator[Item]:  # noqa: FBT001  one of a pair
    end = case.end
    if end is None:
        return
    around = {"after_kindness": after_kindness, "today": end.date == case.date, "over": end.date < case.date}
    yield Item("decision", "decision", "framing", ("end.date", "relationship.service"), _END, around)
    if notice := _notice(case):
        yield Item("notice", "notice", "framing", ("relationship.contract.notice",), _CONTRACT, notice)
    if end.because:
        yield Item("end_because", "end_because", "framing", ("end.because",), _END)
    if end.final:
        yield Item("final", "final", "framing", ("end.final",), _END)
    if not case.reasons and case.not_about:
        yield Item("not_about", "not_about", "framing", ("not_about",))


def _notice(case: Case) -> dict[str, Any]:
    """Return how the time that is left compares with the notice owed, or nothing where the case says neither."""
    contract, end = case.relationship.contract, case.end
    if not (contract and contract.notice and end) or end.how in {"immediate", "mutual"} or end.date < case.date:
        return {}
    days = (end.date - case.date).days
    left = {"days": days, "weeks": 0 if days % _WEEK else days // _WEEK}
    if contract.notice == "none":
        return {"state": "none-owed", **left}
    counted = notice_end(case, contract.notice)
    if counted is None:
        return {}
    exact = contract.notice.unit == "day" and contract.notice.count == days
    state = "given" if exact or counted.end == end.date else "short" if counted.end > end.date else "more"
    return {"state": state, **left}


#: The part of the case that the announcement of a message is about; the whole case for the others.
_ABOUT: Final = {"decline": "request", "refer-project": "request", "conversation": "meeting"}


def _announcement(case: Case) -> Iterator[Item]:
    """Yield the one sentence or two that say what another message than a separation is about."""
    key = _ABOUT.get(case.message)
    of, source = (FieldPath((key,)), key) if key else (TOP, "relationship.service")
    yield Item("announcement", case.message, "framing", (source,), of)
