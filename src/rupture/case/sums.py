"""Sums of a case that do not add up, and states of money that contradict themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rupture.case.field_path import FieldPath
from rupture.resources.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.faults import Fault
    from rupture.case.model import Case
    from rupture.case.money import MoneyItem
    from rupture.case.written import Money


def sums(case: Case) -> Iterator[Fault]:
    """Yield (field, message) for every sum that cannot be right."""
    yield from _listed_once(case)
    yield from _about_a_matter(case)
    for index, item in enumerate(case.money):
        path = FieldPath(("money", index))
        yield from _state(item, path)
        if len({money.currency for money in _amounts(item)}) > 1:
            yield path, "one account in two currencies: give each its own entry of money"
        else:
            yield from _sum(item, path)


def _listed_once(case: Case) -> Iterator[Fault]:
    seen = set()
    for index, item in enumerate(case.money):
        told = (str(item.what).casefold(), item.state, item.due)
        if told in seen:
            yield FieldPath(("money", index, "what")), f"{item.what} stands here twice"
        seen.add(told)


def _about_a_matter(case: Case) -> Iterator[Fault]:
    subjects = {str(point.about).casefold(): str(point.about) for point in case.matters if point.about}
    for index, item in enumerate(case.money):
        if item.about and str(item.about).casefold() not in subjects:
            near = did_you_mean(str(item.about), subjects.values())
            yield FieldPath(("money", index, "about")), f"no entry of matters is about {str(item.about)!r}{near}"


def _state(item: MoneyItem, path: FieldPath) -> Iterator[Fault]:
    if item.state == "waived" and item.paid:
        yield path / "state", "it was paid, so it cannot be waived: refund it"
    if item.state == "due" and item.paid:
        yield path / "state", "it was paid: state: paid"
    if item.state == "none" and item.amount:
        yield path / "amount", "state: none says that nothing is due: leave the amount out"


# ---------------------------------------------------------------- arithmetic


def _amounts(item: MoneyItem) -> Iterator[Money]:
    yield from (money for money in (item.amount, item.was, item.each) if money)
    for less in item.less:
        yield from _amounts(less)


def _sum(item: MoneyItem, path: FieldPath) -> Iterator[Fault]:
    missing = [index for index, less in enumerate(item.less) if not less.left]
    yield from ((path / "less" / index, "what is taken off needs its amount") for index in missing)
    yield from _counted(item, path)
    if not missing:
        yield from _left(item, path)
    yield from _compared(item, path)


def _counted(item: MoneyItem, path: FieldPath) -> Iterator[Fault]:
    if item.each and not item.count:
        yield path / "each", "each needs count: how many there are"
    key = "was" if item.was else "amount"
    whole = item.was or (None if item.less else item.amount)
    if item.count and item.each and whole:
        product = item.count * item.each.amount
        if whole.amount != product:
            yield path / key, f"{item.count} times {_written(item.each)} is {product:.2f}, not {whole.amount:.2f}"


def _left(item: MoneyItem, path: FieldPath) -> Iterator[Fault]:
    if not item.less:
        return
    if not item.whole:
        yield path / "less", "less needs was: from what it is taken"
        return
    whole, taken = item.whole.amount, sum(each.left.amount for each in item.less if each.left)
    if taken > whole:
        yield path / "less", f"{taken:.2f} is taken from {whole:.2f}: more than there is"
    elif item.amount and item.amount.amount != whole - taken:
        yield path / "amount", f"{whole:.2f} less {taken:.2f} leaves {whole - taken:.2f}, not {item.amount.amount:.2f}"


def _compared(item: MoneyItem, path: FieldPath) -> Iterator[Fault]:
    if not (item.was and item.amount) or item.less:
        return
    amount, was = item.amount.amount, item.was.amount
    if item.state == "reduced" and amount >= was:
        yield path / "amount", f"{_written(item.amount)} is not less than was, {_written(item.was)}"
    if item.state == "refund" and amount > was:
        yield path / "amount", f"{_written(item.amount)} is more than was, {_written(item.was)}"
    if item.state == "price" and amount == was:
        yield path / "amount", f"the price before was the same, {_written(item.was)}"


def _written(money: Money) -> str:
    return f"{money.amount:.2f} {money.currency}"
