"""Letters of situations that people described: each case with its letter beside it; see `--update-golden`."""

from __future__ import annotations

from pathlib import Path

import pytest

import rupture
from golden import check_golden

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("*.yaml"))


@pytest.mark.parametrize("case", CASES, ids=[path.stem for path in CASES])
class TestLetters:
    """No word of a letter changes unseen, no fact is left out, and nothing holds the letter back."""

    def test_text(self, case, update_golden):
        check_golden(case, case.with_suffix(".txt"), update=update_golden)

    def test_whole_and_fit_to_send(self, case):
        read = rupture.load(case)
        assert rupture.plan(read).left_out == ()
        assert rupture.review(read).errors == ()


def test_every_letter_has_its_case():
    assert {path.stem for path in HERE.glob("*.txt")} == {path.stem for path in CASES}
    assert len(CASES) >= 20
