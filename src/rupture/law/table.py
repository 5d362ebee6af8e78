"""The checks that depend on the law of a place, with the figures they need, from ``law.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rupture.resources import toml

if TYPE_CHECKING:
    from collections.abc import Mapping

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class LegalCheck:
    """One row of the law-aware checks.

    Args:
        code: of its finding.
        test: the function of `rupture.reviewing.rules.law` that looks at the case.
        where: the jurisdictions in which it is asked.
        severity: of its finding.
        source: the law it comes from.
        confidence: whether the wording of the source was seen.
        client: ``business`` or ``consumer`` where it is asked of one kind only, else empty.
    """

    code: str
    test: str
    where: tuple[str, ...]
    severity: str
    source: str
    confidence: str
    client: str = ""


@dataclass(frozen=True, slots=True)
class Law:
    """The law-aware checks with the figures they need.

    Args:
        jurisdictions: the jurisdiction of each locale.
        receipt: days from sending to presumed receipt, by the way of delivery.
        near: how many days before or after a critical date count as near.
        checks: in the order of their file.
    """

    jurisdictions: Mapping[str, str]
    receipt: Mapping[str, int]
    near: int
    checks: tuple[LegalCheck, ...]


@lru_cache(maxsize=1)
def law() -> Law:
    """Return the law-aware checks."""
    data = toml.read(_HERE / "law.toml")
    return Law(
        jurisdictions=MappingProxyType(data["jurisdictions"]),
        receipt=MappingProxyType(data["receipt"]),
        near=data["near"]["days"],
        checks=tuple(LegalCheck(**entry | {"where": tuple(entry["where"])}) for entry in data["check"]),
    )
