"""The case that `rupture new` writes makes a good letter before anything in it is changed."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from functools import cache

import pytest
from reading import plain_data

import rupture
from conftest import LOCALES
from rupture.case import catalogue
from rupture.loading.starter import starter_case
from rupture.resources import locales

TODAY = dt.date(2026, 11, 20)
TONES = ("formal", "plain", "friend")
VOICES = ("we", "I")
DELIVERIES = ("registered", "post", "email", "hand")
SOAK = os.environ.get("SOAK") == "1"
FIRST = {code: next(locale for locale in LOCALES if locale.startswith(code)) for code in locales.languages()}


@cache
def data_of(locale: str, message: str, *reasons: str) -> dict:
    return plain_data("new.yaml", starter_case(locale, reasons, "s.json", "new.yaml", message=message, today=TODAY))


def remarks(data: dict) -> list[str]:
    """Return the errors and warnings of a case, but for those that it still holds samples."""
    findings = rupture.review(rupture.load(data, today=TODAY))
    assert "sample" in {finding.code for finding in findings}
    return [str(finding) for finding in findings if finding.severity != "hint" and finding.code != "sample"]


def choices(locale: str) -> list[tuple[str, str, str]]:
    """Return every tone, voice and delivery in the first locale of a language; in its others, every two of them."""
    if SOAK or locale in FIRST.values():
        return list(itertools.product(TONES, VOICES, DELIVERIES))
    pairs = itertools.product(enumerate(TONES), enumerate(DELIVERIES))
    return [(tone, VOICES[(row + column) % 2], delivery) for (row, tone), (column, delivery) in pairs]


@pytest.mark.parametrize("message", catalogue.messages())
class TestStarters:
    """Whatever the locale, tone, voice and delivery: no error, and no warning."""

    def test_every_locale_tone_voice_and_delivery(self, locale, message):
        wrong = {}
        for tone, voice, delivery in choices(locale):
            data = data_of(locale, message) | {"tone": tone, "voice": voice, "delivery": delivery}
            if found := remarks(data):
                wrong[tone, voice, delivery] = found
        assert wrong == {}


class TestReasons:
    """The samples of each reason make a good letter too."""

    @pytest.mark.parametrize("language", locales.languages())
    def test_every_reason(self, language):
        wrong = {}
        for slug in catalogue.reasons():
            data = data_of(FIRST[language], "separation", slug)
            if found := remarks(data):
                wrong[slug] = found
        assert wrong == {}

    def test_a_planted_fault_is_seen(self):
        assert remarks(data_of("en-GB", "separation") | {"end": {"date": "2026-11-01"}})
