"""The languages and locales there are, as the folders of templates declare them."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rupture.resources import toml
from rupture.resources.paths import templates_root

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The locale of a command that is not given one.
DEFAULT: Final = "fr-FR"


@cache
def locales() -> Mapping[str, str]:
    """Return the language of each locale: ``{"en-GB": "en", "fr-FR": "fr"...}``.

    Each language is a folder of templates; the ``[locales]`` of its ``language.toml`` names its locales.
    """
    files = sorted(templates_root().glob("*/language.toml"))
    return MappingProxyType({locale: path.parent.name for path in files for locale in toml.read(path)["locales"]})


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages, such as ``("en", "fr")``."""
    return tuple(dict.fromkeys(locales().values()))
