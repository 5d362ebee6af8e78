"""Postal addresses: which line the town stands on, and how, by the rules of the country it is sent to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rupture.language.grammar import Phrase, Words
from rupture.language.typography import NBSP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.language.grammar import Wording

#: The lines below the street, by country; a field in capitals is written in capitals.
#: FR: La Poste. CA: Canada Post, two spaces before the postal code. US: USPS. GB: Royal Mail.
_TOWN_LINES: Final[Mapping[str, tuple[str, ...]]] = {
    "FR": ("{postcode} {TOWN}",),
    "US": ("{town}, {region} {postcode}",),
    "CA": (f"{{town}} {{region}}{NBSP} {{postcode}}",),
    "GB": ("{TOWN}", "{POSTCODE}"),
}
#: The most lines and the most characters of a line that a country's post takes, where it says so.
#: FR: La Poste. CA: Canada Post, fewer than 40 characters.
LIMITS: Final[Mapping[str, tuple[int, int]]] = {"FR": (6, 38), "CA": (6, 39)}
#: The form of a postal code, by country, as its own post gives it.
POSTCODES: Final[Mapping[str, str]] = {
    "FR": r"\d{5}",
    "BE": r"[1-9]\d{3}",
    "CH": r"[1-9]\d{3}",
    "US": r"\d{5}(-\d{4})?",
    "CA": r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d",
    "GB": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|GIR ?0AA",
}
#: Countries whose addresses name a province or a state.
REGIONS: Final = frozenset({"CA", "US"})
#: Countries whose post wants no punctuation in an address.
UNPUNCTUATED: Final = frozenset({"FR", "CA"})
_ELSEWHERE: Final = ("{postcode} {town}",)
_FIELD: Final = re.compile(r"\{(\w+)\}")


def address_lines(
    lines: tuple[str, ...], fields: Mapping[str, str | None], country: str, country_name: str
) -> tuple[Wording, ...]:
    """Return an address line by line.

    Args:
        lines: the street and what stands above it.
        fields: ``postcode``, ``town`` and ``region``, each text or None.
        country: where it is, an ISO code.
        country_name: the last line, in the letter's language; empty within the sender's own country.
    """
    if country == "CA" and (region := fields.get("region")) and len(region) > 2:  # noqa: PLR2004  QC, not Québec
        patterns: tuple[str, ...] = (f"{{town}} ({{region}}){NBSP} {{postcode}}",)
    else:
        patterns = _TOWN_LINES.get(country, _ELSEWHERE)
    town_lines = (_fill(pattern, fields) for pattern in patterns)
    return (*lines, *(line for line in town_lines if line.pieces), *((country_name,) if country_name else ()))


def _fill(pattern: str, fields: Mapping[str, str | None]) -> Phrase:
    pieces: list[str] = []
    position = 0
    for match in _FIELD.finditer(pattern):
        value = fields.get(match[1].lower())
        if value:
            if pieces:
                pieces.append(pattern[position : match.start()])
            pieces.append(_upper(value) if match[1].isupper() else value)
        position = match.end()
    if pieces:
        pieces.append(pattern[position:])
    return Phrase(tuple(piece for piece in pieces if piece))


def _upper(value: str) -> str:
    return Words(value.upper(), value.path) if isinstance(value, Words) else value.upper()
