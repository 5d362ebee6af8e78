"""The files of the text face, Gentium Book Plus."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER: Final = Path(__file__).parent / "gentium"
_FILES: Final = MappingProxyType(
    {"regular": _FOLDER / "GentiumBookPlus-Regular.ttf", "bold": _FOLDER / "GentiumBookPlus-Bold.ttf"}
)


def files() -> Mapping[str, Path]:
    """Return the files of the text face, by ``regular`` and ``bold``."""
    return _FILES
