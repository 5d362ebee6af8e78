"""The files of the text face."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@lru_cache(maxsize=1)
def files() -> Mapping[str, Path]:
    """Return the files of the text face, by ``regular``, ``italic``, ``bold`` and ``bold-italic``."""
    from importlib.util import find_spec  # noqa: PLC0415  the package itself walks all its folders when imported

    spec = find_spec("rendercv_fonts")
    folder = Path(spec.origin if spec and spec.origin else "").parent / "Gentium Book Plus"
    names = {"regular": "Regular", "italic": "Italic", "bold": "Bold", "bold-italic": "BoldItalic"}
    return MappingProxyType({style: folder / f"GentiumBookPlus-{name}.ttf" for style, name in names.items()})
