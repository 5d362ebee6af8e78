"""Whose law applies to a case, and the public holidays of that place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rupture.law import table
from rupture.resources.distribution import extra
from rupture.resources.memory import remembered

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Container

    from rupture.case.model import Case

#: The longest notice in business days, 999, ends within these many years.
_YEARS = 5


def jurisdiction(case: Case) -> str:
    """Return the code of the place whose law the review looks at; empty where no law is known."""
    if case.jurisdiction:
        return case.jurisdiction
    places = table.law().places
    by_locale = next((code for code, place in places.items() if case.locale in place.locales), "")
    address = case.recipient.address
    if not by_locale or not address or address.country != by_locale:
        return by_locale
    region = (address.region or "").casefold()
    parts = (code for code, place in places.items() if place.within == by_locale and region in place.regions)
    return next(parts, by_locale)


@remembered(8)
def public_holidays(code: str, year: int) -> Container[dt.date] | None:
    """Return the public holidays of a place in a year and the years after it.

    None where they are not known: no such place in the law table.

    Raises:
        MissingLibrary: the package ``holidays`` is not installed.
    """
    place = table.law().places.get(code)
    if not place:
        return None
    with extra("holidays", "a notice in business days"):
        import holidays  # noqa: PLC0415  slow to import, and only wanted for business days
    country, _, part = place.holidays.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=range(year, year + _YEARS)))
