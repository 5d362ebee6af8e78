"""Sums of a case that do not add up, and what a sum cannot be said without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rupture.case.field_path import FieldPath

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.faults import Fault
    from rupture.case.model import Case
    from rupture.case.money import MoneyItem
    from rupture.case.written import Money


def sums(case: Case) -> Iterator[Fault]:
    """Yield (field, message) for every sum that cannot be right."""
    for index, item in enumerate(case.money):
        path = FieldPath(("money", index))
        if len({money.currency for money in _amounts(item)}) > 1:
            yield path, "one account in two currencies: give each its own entry of money"
        else:
            yield from _sum(item, path)


def _amounts(item: MoneyItem) -> Iterator[Money]:
    yield from (money for money in (item.amount, item.was, item.each) if money)
    for less in item.less:
        yield from _amounts(less)


def _sum(item: MoneyItem, path: FieldPath) -> Iterator[Fault]:
    for index, less in enumerate(item.less):
        if not less.left:
            yield path / "less" / index, "what is taken off needs its amount"
            return
    yield from _counted(item, path)
    yield from _left(item, path)
    yield from _compared(item, path)


def _counted(item: MoneyItem, path: FieldPath) -> Iterator[Fault]:
    if item.each and not item.count:
        yield path / "each", "each needs count: how many there are"
    if not (item.count and item.each):
        return
    product = item.count * item.each.amount
    whole = item.was if item.less or item.was else item.amount
    if whole and whole.amount != product:
        key = "was" if whole is item.was else "amount"
        yield path / key, f"{item.count} times {_written(item.each)} is {product:.2f}, not {whole.amount:.2f}"


def _left(item: MoneyItem, path: FieldPath) -> Iterator[Fault]:
    if item.less and not item.was and not (item.count and item.each):
        yield path / "less", "less needs was: from what it is taken"
    whole = item.whole
    if whole is None or not item.less:
        return
    taken = sum(each.left.amount for each in item.less if each.left)
    if taken > whole.amount:
        yield path / "less", f"{taken:.2f} is taken from {whole.amount:.2f}: more than there is"
    elif item.amount and item.amount.amount != whole.amount - taken:
        left = whole.amount - taken
        yield path / "amount", f"{whole.amount:.2f} less {taken:.2f} leaves {left:.2f}, not {item.amount.amount:.2f}"


def _compared(item: MoneyItem, path: FieldPath) -> Iterator[Fault]:
    if not (item.was and item.amount) or item.less:
        return
    if item.state == "reduced" and item.amount.amount >= item.was.amount:
        yield path / "amount", f"{_written(item.amount)} is not less than was, {_written(item.was)}"
    if item.state == "refund" and item.amount.amount > item.was.amount:
        yield path / "amount", f"{_written(item.amount)} is more than was, {_written(item.was)}"
    if item.state == "price" and item.amount.amount == item.was.amount:
        yield path / "amount", f"the price before was the same, {_written(item.was)}"


def _written(money: Money) -> str:
    return f"{money.amount:.2f} {money.currency}"
