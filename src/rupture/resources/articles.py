"""The titles of the articles that reasons, rules and advice cite."""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rupture.resources import toml
from rupture.resources.paths import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

_CODE: Final = re.compile(r"\bS\d\b")


@cache
def titles() -> Mapping[str, str]:
    """Return the title of each article by its code, such as ``S2``."""
    data = toml.read(PACKAGE / "resources" / "articles.toml")
    return MappingProxyType({code: entry["title"] for code, entry in data.items()})


def with_titles(source: str, quotes: tuple[str, str] = ("“", "”")) -> str:
    """Return a source with the title of each article in place of its code.

    Args:
        source: as data gives it, such as ``S2, step 2; S4``.
        quotes: what stands around a title.

    Raises:
        KeyError: a code of no article.
    """
    opening, closing = quotes
    return _CODE.sub(lambda match: f"{opening}{titles()[match[0]]}{closing}", source)
