"""Whose law a case is under."""

from __future__ import annotations

import pytest

import rupture
from conftest import LOCALES
from rupture.law import table
from rupture.law.places import jurisdiction, public_holidays


class TestJurisdiction:
    """The law is that of the locale, of Québec for a client there, or the one that the case names."""

    @pytest.mark.parametrize(
        ("locale", "place"),
        [
            ("fr-FR", "FR"),
            ("fr-CA", "QC"),
            ("fr-BE", "BE"),
            ("fr-CH", "CH"),
            ("en-US", "US"),
            ("en-GB", "GB"),
            ("en-CA", "CA"),
        ],
    )
    def test_of_a_locale(self, minimal, locale, place):
        data = minimal(locale)
        assert jurisdiction(rupture.load(data)) == place

    @pytest.mark.parametrize(("locale", "place"), [("fr-FR", "QC"), ("en-CA", "US"), ("fr-CA", "CA")])
    def test_the_key_goes_before_the_locale(self, minimal, locale, place):
        assert jurisdiction(rupture.load(minimal(locale, jurisdiction=place))) == place

    @pytest.mark.parametrize(
        ("locale", "region", "country", "place"),
        [
            ("en-CA", "QC", "CA", "QC"),
            ("en-CA", "qc", "CA", "QC"),
            ("en-CA", "Québec", "CA", "QC"),
            ("en-CA", "Quebec", "CA", "QC"),
            ("en-CA", "ON", "CA", "CA"),
            ("en-CA", None, "CA", "CA"),
            ("en-CA", "QC", "US", "CA"),
            ("en-US", "QC", "CA", "US"),
        ],
    )
    def test_a_client_in_quebec(self, minimal, locale, region, country, place):
        address = {"lines": ["2 Sample Square"], "town": "Montréal", "postcode": "H2X 1Y4", "country": country}
        data = minimal(locale, recipient={"organisation": "Client", "address": address | {"region": region}})
        assert jurisdiction(rupture.load(data)) == place

    def test_no_address(self, minimal):
        assert jurisdiction(rupture.load(minimal("en-CA"))) == "CA"

    def test_each_locale_has_one_place(self):
        listed = [locale for place in table.law().places.values() for locale in place.locales]
        assert sorted(listed) == sorted(LOCALES)

    @pytest.mark.parametrize("place", table.law().places)
    def test_each_place_has_its_public_holidays(self, place):
        assert len(public_holidays(place, 2026)) > 5 * 3, "of five years"

    @pytest.mark.parametrize("place", ["", "LU", "xx"])
    def test_an_unknown_place_has_none(self, place):
        assert public_holidays(place, 2026) is None
