"""The prose of every letter of the corpus, read by rules."""

from __future__ import annotations

from dataclasses import replace

import prose
import pytest

import corpus
import rupture
from rupture.case import catalogue
from rupture.language import languages, typography
from rupture.letter.blocks import Paragraph, Part, Run
from rupture.planning.planner import plan
from rupture.resources import paths


def marked(check: str, specimens: tuple[corpus.Specimen, ...]) -> list[str]:
    """Return what a check finds in any of these letters, each with the letter's name."""
    return [
        f"{specimen.name}: {fault}"
        for specimen in specimens
        for letter in specimen.document.letters
        for fault in prose.CHECKS[check](letter)
    ]


class TestEveryLetter:
    """No check finds anything in any letter."""

    @pytest.mark.parametrize("check", prose.CHECKS)
    def test_check(self, check):
        assert marked(check, corpus.everything()) == []

    def test_the_corpus_has_every_reason_locale_and_kind(self):
        cases = [specimen.case for specimen in corpus.everything()]
        assert {point.reason for case in cases for point in case.reasons} >= set(catalogue.reasons())
        assert {case.locale for case in cases} == set(corpus.AXES["locale"])
        assert {case.message for case in cases} <= set(catalogue.messages())
        said = {item.kind for case in cases for item in plan(case).items}
        sentences = {path.stem for path in paths.templates_root().glob("*/sentences/*.html")}
        assert sentences - said <= set(catalogue.messages())
        assert len(cases) > 100


class TestDecision:
    """The day of the end stands in the first third of the letter."""

    def test_day(self):
        late = []
        for specimen in corpus.crossed():
            (letter,) = specimen.document.letters
            style = languages.get(specimen.case.language).styles[specimen.case.locale]
            if prose.words_before(letter, typography.date_text(specimen.case.end.date, style, with_year=False)) > 1 / 3:
                late.append(specimen.name)
        assert late == []
        assert len(corpus.crossed()) >= 48


class TestShipped:
    """Every letter of the gallery and of the examples passes its review."""

    def test_no_errors(self):
        wrong = {path.stem: rupture.review(rupture.load(path)).errors for path in corpus.CASES}
        assert {name: errors for name, errors in wrong.items() if errors} == {}
        assert len(wrong) > 16


class TestTheChecksBite:
    """Each check marks what it is there for, in any letter of the corpus."""

    @pytest.mark.parametrize(
        ("check", "planted"),
        [
            ("leftovers of a template", "Bien.Merci."),
            ("leftovers of a template", "Il reste {{ day }}."),
            ("leftovers of a template", "La facture None."),
            ("leftovers of a template", "Une fin , sèche."),
            ("a doubled space", "Le site est  prêt."),
            ("grammar", "La fin de le contrat."),
            ("grammar", "Il faut que il parte."),
            ("forbidden words", "C’est notre faute."),
            ("a connective twice", "Par ailleurs, oui. Par ailleurs, non."),
            ("long sentences", " ".join(["mot"] * 31) + "."),
            ("same openings", "\n".join(["Voici."] * 5)),
        ],
    )
    def test_planted(self, check, planted):
        for specimen in corpus.crossed():
            (letter,) = specimen.document.letters
            if letter.locale.startswith("fr"):
                assert prose.CHECKS[check](with_words(letter, planted)), specimen.name

    @pytest.mark.parametrize("planted", ["We gave you a invoice.", "This is the the end."])
    def test_planted_in_english(self, planted):
        letters = [specimen.document.letters[0] for specimen in corpus.crossed()]
        english = [letter for letter in letters if letter.locale.startswith("en")]
        assert english
        assert all(prose.CHECKS["grammar"](with_words(letter, planted)) for letter in english)

    def test_every_check_has_a_plant(self):
        (mark,) = self.test_planted.pytestmark
        assert {check for check, _ in mark.args[1]} == set(prose.CHECKS)


def with_words(letter: rupture.Letter, words: str) -> rupture.Letter:
    """Return a letter with these words, a paragraph a line, in the part in which its decision stands."""
    planted = Part("opening", tuple(Paragraph(((Run(line),),)) for line in words.splitlines()))
    return replace(letter, parts=tuple(planted if part.name == "opening" else part for part in letter.parts))
