"""The case file that `rupture new` writes: complete, filled in, and with what was asked for."""

from __future__ import annotations

import datetime as dt

import pytest
from reading import plain_data

import rupture
from rupture.case import catalogue
from rupture.loading.starter import starter_case

TODAY = dt.date(2026, 11, 20)


def starter(locale: str, *reasons: str, message: str = "separation") -> str:
    return starter_case(locale, reasons, "s.json", "case.yaml", message=message, today=TODAY)


class TestStarter:
    """A starter holds what was asked for, and no place that nothing filled."""

    @pytest.mark.parametrize("message", catalogue.messages())
    def test_whole(self, locale, message):
        text = starter(locale, message=message)
        data = plain_data("case.yaml", text)
        assert (data["locale"], data["message"], data["date"]) == (locale, message, "2026-11-20")
        assert text.startswith("# yaml-language-server: $schema=s.json\n")
        assert "$" not in text.removeprefix("# yaml-language-server: $schema")
        assert "\n\n\n" not in text

    @pytest.mark.parametrize("message", catalogue.messages())
    @pytest.mark.parametrize("slug", catalogue.reasons())
    def test_a_reason(self, slug, message):
        for locale in ("en-GB", "fr-FR"):
            data = plain_data("case.yaml", starter(locale, slug, message=message))
            assert slug in {entry.get("reason") for entry in data["reasons"]}
            late = [item for item in data.get("money", ()) if item.get("paid")]
            assert bool(late) is catalogue.reasons()[slug].by_invoices

    def test_several_reasons_in_their_order(self):
        data = plain_data("case.yaml", starter("en-GB", "capacity", "scope-creep"))
        assert [entry["reason"] for entry in data["reasons"]] == ["capacity", "scope-creep"]

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ({"locale": "en-gb"}, "unknown locale 'en-gb', did you mean 'en-"),
            ({"message": "farewell"}, "unknown message 'farewell'"),
            ({"reasons": ["late"]}, "unknown reason 'late'"),
            ({"reasons": ["capacity"] * 4}, "4 reasons: begin with at most 3"),
        ],
    )
    def test_refused(self, asked, said):
        given = {"locale": "en-GB", "reasons": [], "schema": "s.json", "name": "case.yaml", **asked}
        with pytest.raises(rupture.InputError, match=said):
            starter_case(**given)
