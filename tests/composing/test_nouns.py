"""The gender that the form of a noun tells, for « la dernière leçon »."""

from __future__ import annotations

import pytest

from rupture.composing.functions.nouns import Nouns
from rupture.loading.load import load


def gender(noun: str, locale: str = "fr-FR") -> str:
    case = load(
        {
            "locale": locale,
            "date": "2026-11-20",
            "end": {"date": "2027-01-31"},
            "sender": {"name": "Vent d’Ouest", "signatories": [{"name": "Alix Nord"}]},
            "recipient": {"organisation": "Boréal"},
            "relationship": {"service": "les cours"},
        }
    )
    return Nouns(case).gender(noun)


class TestGender:
    """A noun is feminine or masculine where its form tells, and nothing is guessed where it does not."""

    @pytest.mark.parametrize("noun", ["leçon de violon", "séance", "Visite", "livraison", "intervention", "garde"])
    def test_feminine(self, noun):
        assert gender(noun) == "feminine"

    @pytest.mark.parametrize("noun", ["cours", "rendez-vous", "passage", "entretien", "repas", "accompagnement"])
    def test_masculine(self, noun):
        assert gender(noun) == "masculine"

    @pytest.mark.parametrize("noun", ["xyz", "", "42"])
    def test_unknown(self, noun):
        assert gender(noun) == ""

    def test_a_language_without_genders(self):
        assert gender("lesson", "en-GB") == ""
