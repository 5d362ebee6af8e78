"""The catalogues of reasons and messages."""

from __future__ import annotations

import pytest

from rupture.case import catalogue
from rupture.case.needs import NEEDS
from rupture.resources import articles


class TestReasons:
    """Every reason says what to gather, and where it comes from."""

    @pytest.mark.parametrize("entry", catalogue.reasons().values(), ids=catalogue.reasons())
    def test_whole(self, entry):
        assert entry.title
        assert entry.wants
        assert articles.with_titles(entry.source)

    def test_at_least_one_is_told_by_invoices_and_one_ends_trust(self):
        entries = catalogue.reasons().values()
        assert any(entry.by_invoices for entry in entries)
        assert any(entry.ends_trust for entry in entries)


class TestMessages:
    """Every message names a source, and what it cannot do without."""

    @pytest.mark.parametrize("entry", catalogue.messages().values(), ids=catalogue.messages())
    def test_whole(self, entry):
        assert entry.needs
        assert set(entry.needs) <= set(NEEDS)
        assert articles.with_titles(entry.source)

    def test_no_need_is_left_over(self):
        assert set(NEEDS) == {need for entry in catalogue.messages().values() for need in entry.needs}
