"""The wording of the findings about facts, dates and pages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from rupture.resources import toml
from rupture.resources.paths import templates_root

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def review_texts(code: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the wording of each finding about facts, dates and pages in that language, by its code."""
    return toml.read(templates_root() / code / "review" / "findings.toml")
