"""How much was used, month by month, beside what is included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rupture.case.written import PartialDate, is_date
from rupture.language.grammar import Words

if TYPE_CHECKING:
    from rupture.composing.view import View

_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Use:
    """One row of what was used.

    Args:
        month: a time, or words for one.
        number: how much.
        over: how much of it is more than included, or None where that is not said in figures.
    """

    month: PartialDate | Words
    number: Decimal
    over: Decimal | None


def rows_of(point: View) -> tuple[Use, ...]:
    """Return the rows of a point that says how much was used."""
    found = _FIGURE.search(str(point.included))
    included = Decimal(found[0].replace(",", ".")) if found else None
    return tuple(
        Use(_month(month, f"{point.field}.used"), number, _over(number, included))
        for month, number in point.used.items()
    )


def _over(number: Decimal, included: Decimal | None) -> Decimal | None:
    return None if included is None else max(Decimal(0), number - included)


def _month(written: str, path: str) -> PartialDate | Words:
    return PartialDate.model_validate(written) if is_date(written) else Words(written, path)
