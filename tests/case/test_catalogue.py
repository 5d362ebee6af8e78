"""The catalogue of reasons."""

from __future__ import annotations

from rupture.case import catalogue


class TestReasons:
    """Every entry names shapes, a disclosure, a source and a treatment that exist."""

    def test_every_reason_names_shapes_and_its_source(self):
        for entry in catalogue.reasons().values():
            assert set(entry.shapes) <= {"invoice", "request", "meeting", "advice", "what", "event"}
            assert "what" in entry.shapes
            assert entry.disclosure in {"none", "neutral", "documented"}
            assert entry.source
            assert entry.work in {"goes-on", "paused", "barred"}
            assert entry.cause in {"client", "sender", "duty"}
