"""Money, all of it in one place, but for what belongs to one matter; each sum once, with its arithmetic."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from rupture.case.field_path import FieldPath
from rupture.case.written import Money
from rupture.planning.plan import Item, Paragraph
from rupture.planning.reading import announced_money, deadline, late_invoices, subject_of, subjects
from rupture.planning.sources import money_sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.model import Case
    from rupture.case.money import MoneyItem
    from rupture.planning.plan import Role
    from rupture.planning.tasks import Tasks

_MONEY: Final = FieldPath(("money",))
#: The order in which the states of money are told.
_ORDER: Final = ("price", "due", "billed", "reduced", "refund", "waived", "kept", "paid", "none")
#: From how many deductions on a sum is set out line by line, and what makes a letter one of many facts.
_LINES: Final = 2
_MANY_FACTS: Final = 8


def paragraphs(case: Case, tasks: Tasks) -> Iterator[Paragraph]:
    """Yield the paragraph of the money that belongs to no single matter, and its accounts."""
    known = subjects(case)
    said = _said_elsewhere(case, tasks)
    free = [n for n, item in enumerate(case.money) if subject_of(item) not in known and n not in said]
    yield from _told(case, free, tasks)


def announced(case: Case, tasks: Tasks) -> tuple[Item, ...]:
    """Return the items of the money that the whole message is about.

    Args:
        case: the facts.
        tasks: what the reader has to do.
    """
    return tuple(_items(case, _ordered(case, announced_money(case)), tasks))


def items_about(case: Case, about: str, tasks: Tasks) -> tuple[Item, ...]:
    """Return the items of the money that belongs to a matter.

    Args:
        case: the facts.
        about: what `subject_of` gives of the matter.
        tasks: what the reader has to do.
    """
    said = _said_elsewhere(case, tasks)
    mine = [n for n, item in enumerate(case.money) if subject_of(item) == about and n not in said]
    return tuple(_items(case, _ordered(case, mine), tasks, tabled=False))


def _said_elsewhere(case: Case, tasks: Tasks) -> frozenset[int]:
    """Return which entries stand in the first paragraph, or among the reader's tasks alone."""
    listed = (index for index in range(len(case.money)) if str(_MONEY / index) in tasks.only_listed)
    return frozenset((*announced_money(case), *listed))


def _told(case: Case, indexes: list[int], tasks: Tasks) -> Iterator[Paragraph]:
    late = frozenset(late_invoices(case))
    ordered = [index for index in _ordered(case, indexes) if not (index in late and case.money[index].by is None)]
    ordered.sort(key=lambda index: is_tabled(case, case.money[index]))  # its arithmetic follows
    yield Paragraph("money", tuple(_items(case, ordered, tasks)), label=":money")
    for index in ordered:
        if is_tabled(case, case.money[index]):
            yield Paragraph("money", (_account(case, index),), form="account")


def _ordered(case: Case, indexes: list[int]) -> list[int]:
    def key(index: int) -> tuple[int, dt.date]:
        item = case.money[index]
        return _ORDER.index(item.state), deadline(item) or dt.date.max

    return sorted(indexes, key=key)


def is_tabled(case: Case, item: MoneyItem) -> bool:
    """Return whether there is arithmetic to follow line by line: some deductions, or one in a letter of many facts."""
    many = len(case.matters) + len(case.money) >= _MANY_FACTS and case.tone != "friend"
    return item.was is not None and len(item.less) >= (1 if many else _LINES)


def _items(case: Case, indexes: list[int], tasks: Tasks, *, tabled: bool = True) -> Iterator[Item]:
    """Yield the items of some money; what is due by the same day is asked for once."""
    for _, group in groupby(indexes, lambda index: _asked_with(case.money[index]) or index):
        first, *others = group
        if others:
            yield _together(case, (first, *others), tasks)
        else:
            yield _item(case, first, tasks, tabled=tabled and is_tabled(case, case.money[first]))


def _asked_with(entry: MoneyItem) -> str:
    """Return by when a sum is due that can be asked for together with others, or nothing."""
    alone = entry.state != "due" or entry.by is None or entry.because or entry.note
    return "" if alone else str(entry.by)


def _together(case: Case, indexes: tuple[int, ...], tasks: Tasks) -> Item:
    paths, entries = [_MONEY / index for index in indexes], [case.money[index] for index in indexes]
    late = late_invoices(case)
    context = {
        "sums": tuple(paths),
        "left": _sum(entries),
        "late": all(entry.due and entry.due < case.date for entry in entries),
        "in_tasks": str(paths[0]) in tasks.names,
        "told": all(index in late for index in indexes),
    }
    sources = tuple(source for path, entry in zip(paths, entries, strict=True) for source in money_sources(path, entry))
    return Item(str(paths[0]), "money-dues", "practical", sources, paths[0], context)


def _sum(entries: list[MoneyItem]) -> Money | None:
    """Return the sum of some entries, or None where it would mix currencies or taxes."""
    amounts = [amount for entry in entries if (amount := entry.left)]
    alike = len({amount.currency for amount in amounts}) == len({str(entry.tax) for entry in entries}) == 1
    if not alike or len(amounts) < len(entries):
        return None
    return Money(amount=sum((amount.amount for amount in amounts), Decimal(0)), currency=amounts[0].currency)


def _item(case: Case, index: int, tasks: Tasks, *, tabled: bool) -> Item:
    path, entry = _MONEY / index, case.money[index]
    context = {
        "left": entry.left,
        "tabled": tabled,
        "in_tasks": str(path) in tasks.names,
        "told": index in late_invoices(case),
    }
    role: Role = "goodwill" if entry.gift or entry.state == "waived" else "practical"
    return Item(str(path), f"money-{entry.state}", role, money_sources(path, entry), path, context)


def _account(case: Case, index: int) -> Item:
    path, entry = _MONEY / index, case.money[index]
    context: dict[str, Any] = {"left": entry.left}
    return Item(f"{path}.account", "account", "practical", (f"{path}.less",), path, context)
