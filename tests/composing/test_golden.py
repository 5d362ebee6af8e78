"""The whole letter of each example, as a person reads it; `pytest --update-golden` writes them anew."""

from __future__ import annotations

import difflib
from pathlib import Path

import rupture
from conftest import EXAMPLES

GOLDEN = Path(__file__).parents[1] / "golden"


class TestGolden:
    """No word of an example's letter changes unseen."""

    def test_text(self, example, update_golden):
        written = rupture.render(rupture.load(example), "txt").decode()
        golden = GOLDEN / f"{example.stem}.txt"
        if update_golden:
            golden.write_text(written, encoding="utf-8")
        assert golden.is_file(), f"{golden.name} is missing: run pytest --update-golden, and read what it wrote"
        before = golden.read_text(encoding="utf-8")
        diff = "\n".join(difflib.unified_diff(before.splitlines(), written.splitlines(), "golden", "now", lineterm=""))
        assert written == before, f"{diff}\n\nIf this is meant: pytest --update-golden"

    def test_no_golden_is_left_over(self):
        assert {path.stem for path in GOLDEN.glob("*.txt")} == {path.stem for path in EXAMPLES}
        assert len(EXAMPLES) > 1
