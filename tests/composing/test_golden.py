"""The whole letter of each example, as a person reads it; `pytest --update-golden` writes them anew."""

from __future__ import annotations

from pathlib import Path

from conftest import EXAMPLES
from golden import check_golden

GOLDEN = Path(__file__).parents[1] / "golden"


class TestGolden:
    """No word of an example's letter changes unseen."""

    def test_text(self, example, update_golden):
        check_golden(example, GOLDEN / f"{example.stem}.txt", update=update_golden)

    def test_no_golden_is_left_over(self):
        assert {path.stem for path in GOLDEN.glob("*.txt")} == {path.stem for path in EXAMPLES}
        assert len(EXAMPLES) > 1
