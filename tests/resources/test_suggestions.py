"""What is said of an unknown word: the closest known one, or all there are."""

from __future__ import annotations

import pytest

from rupture.resources.suggestions import did_you_mean, unknown

KNOWN = ("late-payment", "scope-creep", "capacity")


class TestSuggestions:
    """A word is answered with the known one that it resembles."""

    @pytest.mark.parametrize(
        ("word", "hint"),
        [("late-payments", ", did you mean 'late-payment'?"), ("zzz", ""), ("", ""), ("late-payment" * 9999, "")],
    )
    def test_did_you_mean(self, word, hint):
        assert did_you_mean(word, KNOWN) == hint

    def test_unknown(self):
        assert unknown("reason", "capacty", KNOWN) == "unknown reason 'capacty', did you mean 'capacity'?"
        assert unknown("reason", "zzz", KNOWN) == (
            "unknown reason 'zzz'; there are late-payment, scope-creep, capacity"
        )
