"""The sender's own words: one text or one per language, and where a case holds them."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

import rupture
from rupture.case.own_words import Translations, prose_fields
from rupture.resources.locales import languages


class TestTranslations:
    """A text in several languages holds those there are templates for, and cannot be changed."""

    def test_taken(self, minimal):
        service = rupture.load(
            minimal(relationship={"service": {"fr": "le site", "en": "the site"}})
        ).relationship.service
        assert (service["fr"], service["en"]) == ("le site", "the site")
        assert hash(service) == hash(Translations({"fr": "le site", "en": "the site"}))
        with pytest.raises(ValidationError, match="frozen"):
            service.root = {"fr": "x"}

    @pytest.mark.parametrize(
        ("service", "said"),
        [
            ({"de": "x", "fr": "y"}, r"service\.de: found 'de', expected en or fr"),
            ({}, "service: found keys \\(\\), expected at least 1 entry"),
            ({"fr": ""}, r"service\.fr: found '', expected some text"),
            ({"fr": ["x"]}, r"service\.fr: found a list of 1, expected a text"),
        ],
    )
    def test_refused(self, minimal, service, said):
        with pytest.raises(rupture.CaseError, match=said):
            rupture.load(minimal(relationship={"service": service}))

    def test_the_schema_lists_the_languages(self):
        assert rupture.schema()["$defs"]["Translations"]["propertyNames"] == {"enum": list(languages())}


class TestProseFields:
    """The walk finds each text in the sender's own words, with its path, and no other."""

    def test_found(self, minimal):
        case = rupture.load(
            minimal(
                relationship={"service": {"fr": "le site", "en": "the site"}},
                thanks={"for": "votre accueil"},
                enclosures=["un devis", "un plan"],
                reasons=[{"who": "you", "did": "demander une version", "on": "2026-05-01", "reason": "scope-creep"}],
                matters=[{"do": "remettre", "by": "la dernière leçon", "answer": "none"}],
                contact={"for": "la remise"},
                say={"regret": "Je le regrette.", "decision": 2},
                regret="none",
                place="Lyon",
            )
        )
        assert [(str(path), text if isinstance(text, str) else text.root) for path, text in prose_fields(case)] == [
            ("relationship.service", {"fr": "le site", "en": "the site"}),
            ("thanks.for", "votre accueil"),
            ("reasons[0].did", "demander une version"),
            ("matters[0].do", "remettre"),
            ("matters[0].by", "la dernière leçon"),
            ("contact.for[0]", "la remise"),
            ("say.regret", "Je le regrette."),
            ("enclosures[0]", "un devis"),
            ("enclosures[1]", "un plan"),
        ]


@pytest.mark.parametrize(("said", "read"), [("2", 2), (" 2", 2), ("２", "２"), ("٢", "٢"), ("2.", "2.")])
def test_only_plain_figures_are_the_number_of_a_wording(minimal, said, read):
    assert rupture.load(minimal(say={"decision": said})).say["decision"] == read
