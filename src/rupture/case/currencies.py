"""The currencies of ISO 4217."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rupture.resources import toml

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE: Final = Path(__file__).parent / "currencies.toml"


@lru_cache(maxsize=1)
def decimals() -> Mapping[str, int]:
    """Return the number of decimals that amounts are written with, by currency code."""
    groups = toml.read(_FILE)["decimals"].items()
    return MappingProxyType({code: int(count) for count, codes in groups for code in codes.split()})
