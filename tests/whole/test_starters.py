"""What `rupture new` writes, as the rest of the library takes it."""

from __future__ import annotations

import datetime as dt

import pytest

import rupture
from rupture.case import catalogue
from rupture.loading.starter import starter_case

TODAY = dt.date(2026, 11, 20)
#: What the review says of a case that still holds the names of a starter.
SAMPLE = "sample"


@pytest.fixture
def codes(written):
    """The codes of the findings, hints left out, on a starter in which words are replaced."""

    def find(locale: str, message: str, *reasons: str, **words: str) -> set[str]:
        text = starter_case(locale, reasons, "s.json", "case.yaml", message=message, today=TODAY)
        for key, value in words.items():
            start = next(line for line in text.splitlines() if line.startswith(f"{key}: "))
            text = text.replace(start, f"{key}: {value}")
        case = rupture.load(written(text))
        assert str(rupture.compose(case))
        return {finding.code for finding in rupture.review(case) if finding.severity != "hint"}

    return find


class TestStarters:
    """A case file to fill in composes, and the review finds only that its names are samples."""

    @pytest.mark.parametrize("message", catalogue.messages())
    @pytest.mark.parametrize("tone", ["formal", "plain", "friend"])
    @pytest.mark.parametrize("voice", ["we", "I"])
    def test_every_locale_message_tone_and_voice(self, codes, locale, message, tone, voice):
        assert codes(locale, message, tone=tone, voice=voice) == {SAMPLE}

    @pytest.mark.parametrize("message", catalogue.messages())
    @pytest.mark.parametrize("locale", ["en-GB", "fr-FR"])
    def test_every_message_and_reason(self, codes, locale, message):
        for slug in catalogue.reasons():
            assert codes(locale, message, slug) == {SAMPLE}, slug

    def test_several_reasons(self, codes, locale):
        assert codes(locale, "separation", "late-payment", "scope-creep", "capacity") == {SAMPLE}

    def test_names_of_ones_own_are_no_samples(self, written):
        text = starter_case("en-GB", (), "s.json", "case.yaml", today=TODAY)
        for name in ("Example Studio", "Robin Example", "Sample Client", "Alex Sample", "Model Studio"):
            text = text.replace(name, "Ivo Larch")
        assert SAMPLE not in {finding.code for finding in rupture.review(rupture.load(written(text)))}
