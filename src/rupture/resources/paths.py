"""Where the files of the package lie."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

#: The folder of the package itself.
PACKAGE: Final = Path(__file__).parent.parent


@cache
def templates_root() -> Path:
    """Return the folder that holds one folder of templates per language: in the wheel, else in the checkout."""
    packaged = PACKAGE / "templates"
    return packaged if packaged.is_dir() else PACKAGE.parent.parent / "templates"
