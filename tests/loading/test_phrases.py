"""Phrases around which no sentence can be built."""

from __future__ import annotations

import pytest

import rupture

KEYS = {
    "relationship.do": lambda words: {"relationship": {"service": "le site", "do": words}},
    "thanks.enjoyed": lambda words: {"thanks": {"enjoyed": words}},
    "regret": lambda words: {"regret": words},
    "people[0].for": lambda words: {"people": [{"name": "Studio Sud", "for": words}]},
    "reasons[0].did": lambda words: {"reasons": [{"did": words}]},
    "reasons[0].do": lambda words: {"reasons": [{"do": words}]},
    "matters[0].do": lambda words: {"matters": [{"who": "you", "do": words}]},
    "matters[0].did": lambda words: {"matters": [{"did": words}]},
    "meeting.do": lambda words: {"meeting": {"do": words}},
    "request.do": lambda words: {"request": {"do": words}},
}


class TestUnknownVerbs:
    """What is to be conjugated begins with an infinitive, or is refused at its field."""

    @pytest.mark.parametrize("path", KEYS)
    def test_refused(self, minimal, path):
        assert rupture.load(minimal(**KEYS[path]("vous remettre les clés")))
        with pytest.raises(rupture.CaseError) as caught:
            rupture.load(minimal(**KEYS[path]("la remise des clés")))
        (problem,) = caught.value.problems
        assert problem.path == path
        assert problem.message == "found 'la remise des clés': begin with the verb, in the form that a dictionary lists"

    @pytest.mark.parametrize("words", ["remettez les clés", "nous remettrons les clés", "clés", "d'envoyer les clés"])
    def test_no_infinitive(self, minimal, words):
        with pytest.raises(rupture.CaseError, match="begin with the verb"):
            rupture.load(minimal(matters=[{"do": words}]))

    @pytest.mark.parametrize("words", ["ne plus vous appeler", "pouvoir passer", "s'occuper du site", "zouker"])
    def test_an_infinitive(self, minimal, words):
        assert rupture.load(minimal(matters=[{"do": words}]))

    def test_in_each_language(self, minimal):
        do = {"fr": "vous remettre les clés", "en": "the keys"}
        service = {"fr": "le site", "en": "the site"}
        with pytest.raises(rupture.CaseError, match=r"matters\[0\]\.do\.en: found 'the keys'"):
            rupture.load(minimal(twin="en-GB", relationship={"service": service}, matters=[{"do": do}]))

    def test_a_step_that_is_declined(self, minimal):
        assert rupture.load(minimal(regret="none"))


class TestWho:
    """Who does something is us, you, or a name; the pronouns of a language are not needed, and mislead."""

    @pytest.mark.parametrize(
        ("locale", "who"), [("fr-FR", "nous"), ("fr-FR", "vous"), ("fr-FR", "tu"), ("en-GB", "we")]
    )
    def test_refused(self, minimal, locale, who):
        do = {"fr-FR": "passer", "en-GB": "call"}[locale]
        with pytest.raises(rupture.CaseError, match=rf"matters\[0\]\.who: found '{who}': write us, you, or the name"):
            rupture.load(minimal(locale, matters=[{"who": who, "do": do}]))

    @pytest.mark.parametrize("who", ["us", "you", "ils", "l'école", "Anne Roy"])
    def test_taken(self, minimal, who):
        assert rupture.load(minimal(matters=[{"who": who, "do": "passer"}]))
