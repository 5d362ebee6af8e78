"""The law table, from ``law.toml``: the places whose law is known, presumed receipt, and the law-aware checks."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from rupture.resources import toml

if TYPE_CHECKING:
    from collections.abc import Mapping

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Place:
    """A place whose law is known.

    Args:
        locales: whose letters are read by its law, unless the case names another place.
        holidays: its public holidays, by the name the package ``holidays`` gives them: ``FR``, ``CA-QC``.
        within: the place it is a part of, or empty.
        regions: the regions of that place in which it is, such as an address writes them.
    """

    locales: tuple[str, ...]
    holidays: str
    within: str = ""
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalCheck:
    """One row of the law-aware checks.

    Args:
        code: of its finding.
        test: the function of `rupture.reviewing.rules.law` that looks at the case.
        where: the places in which it is asked.
        severity: of its finding.
        source: the law it comes from.
        confidence: whether the wording of the source was seen.
        client: ``business`` or ``consumer`` where it is asked of one kind only, else empty.
        given: the figures and words that the test needs, by name.
    """

    code: str
    test: str
    where: tuple[str, ...]
    severity: Literal["error", "warning", "hint"]
    source: str
    confidence: str
    client: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Law:
    """The law table.

    Args:
        places: by code, such as ``QC``.
        receipt: days from sending to presumed receipt, by the way of delivery.
        checks: in the order of their file.
    """

    places: Mapping[str, Place]
    receipt: Mapping[str, int]
    checks: tuple[LegalCheck, ...]


@cache
def law() -> Law:
    """Return the law table."""
    data = toml.read(_HERE / "law.toml")
    return Law(
        places=MappingProxyType({code: _place(**entry) for code, entry in data["places"].items()}),
        receipt=MappingProxyType(data["receipt"]),
        checks=tuple(LegalCheck(**entry | {"where": tuple(entry["where"])}) for entry in data["check"]),
    )


def _place(locales: list[str], holidays: str, within: str = "", regions: tuple[str, ...] = ()) -> Place:
    return Place(tuple(locales), holidays, within, tuple(region.casefold() for region in regions))
