"""Postal addresses: the line of the town, and the limits, by the rules of the country of the address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from rupture.language.grammar import Phrase, Words
from rupture.resources import toml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.language.grammar import Wording

_FIELD: Final = re.compile(r"\{(\w+)\}")
#: The length of the code of a region.
_REGION_CODE: Final = 2


@dataclass(frozen=True, slots=True)
class Post:
    """How the post of one country wants an address, from ``postal.toml``.

    Args:
        town: the lines below the street; a field in capitals is written in capitals.
        town_spelled: the same where the region is spelled out; ``town`` when empty.
        postcode: the form of a postal code, a regular expression; empty when it is not known.
        most_lines: the most lines that it accepts; 0 for no limit.
        most_characters: the most characters of a line; 0 for no limit.
        region: whether an address names a province or a state.
        punctuation: whether it accepts punctuation in an address.
    """

    town: tuple[str, ...]
    town_spelled: tuple[str, ...] = ()
    postcode: str = ""
    most_lines: int = 0
    most_characters: int = 0
    region: bool = False
    punctuation: bool = True


@cache
def _posts() -> Mapping[str, Post]:
    data = toml.read(Path(__file__).with_name("postal.toml"))
    return MappingProxyType({country: _post(data["elsewhere"] | entry) for country, entry in data.items()})


def _post(entry: Mapping[str, Any]) -> Post:
    lines = {name: tuple(entry.get(name, ())) for name in ("town", "town_spelled")}
    return Post(**{**entry, **lines})


def post_of(country: str) -> Post:
    """Return how the post of a country wants an address.

    Args:
        country: an ISO 3166 code, known or not.
    """
    return _posts().get(country) or _posts()["elsewhere"]


def address_lines(
    lines: tuple[str, ...], fields: Mapping[str, str | None], country: str, country_name: str
) -> tuple[Wording, ...]:
    """Return an address line by line.

    Args:
        lines: the street and what stands above it.
        fields: ``postcode``, ``town`` and ``region``, each text or None.
        country: its ISO 3166 code.
        country_name: the last line, in the letter's language; empty within the sender's own country.
    """
    post = post_of(country)
    spelled = len(fields.get("region") or "") > _REGION_CODE
    patterns = post.town_spelled if spelled and post.town_spelled else post.town
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
