"""A copy of the templates in which a test plants a locale, a language or a message, and a Python that reads it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reading import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Planted:
    """A checkout with its own templates beside the sources of this one.

    Args:
        root: its folder.
    """

    root: Path

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    def run(self, code: str) -> str:
        """Return what a new Python prints that imports rupture from here; the code must succeed."""
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": str(self.root / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
            cwd=self.root,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def planted(folder: Path) -> Planted:
    """Return a checkout in that folder whose templates a test may change.

    The package looks for its templates beside its sources, so a link to the sources is all that it takes; no cache
    has to be cleared, since each run is a process of its own.
    """
    shutil.copytree(ROOT / "templates", folder / "templates")
    (folder / "src").mkdir()
    (folder / "src" / "rupture").symlink_to(ROOT / "src" / "rupture", target_is_directory=True)
    return Planted(folder)
