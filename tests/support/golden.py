"""Letters as a person reads them, kept beside their cases; `pytest --update-golden` writes them anew."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import rupture

if TYPE_CHECKING:
    from pathlib import Path


def check_golden(case: Path, golden: Path, *, update: bool) -> None:
    """Check that the letter of a case is the golden one, or write it."""
    written = rupture.render(rupture.load(case), "txt").decode()
    if update:
        golden.write_text(written, encoding="utf-8")
    assert golden.is_file(), f"{golden.name} is missing: run pytest --update-golden, and read what it wrote"
    before = golden.read_text(encoding="utf-8")
    diff = "\n".join(difflib.unified_diff(before.splitlines(), written.splitlines(), "golden", "now", lineterm=""))
    assert written == before, f"{diff}\n\nIf this is meant: pytest --update-golden"
