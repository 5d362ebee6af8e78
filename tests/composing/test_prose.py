"""The prose of every letter of the corpus, read by rules."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import prose
import pytest
from reading import fold

import corpus
import rupture
from rupture.case import catalogue
from rupture.language import languages, typography
from rupture.letter.blocks import Paragraph, Part, Run, runs_of
from rupture.resources import locales


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

    def test_the_corpus_has_every_reason_message_and_locale(self):
        cases = [specimen.case for specimen in corpus.everything()]
        assert {reason.reason for case in cases for reason in case.reasons} == set(catalogue.reasons())
        assert {case.message for case in cases} == set(catalogue.messages())
        assert {case.locale for case in cases} == set(corpus.AXES["locale"])
        assert len(cases) > 800

    def test_each_two_reasons_stand_together_in_each_language(self):
        groups = [(s.case.language, {reason.reason for reason in s.case.reasons}) for s in corpus.together()]
        met = {(language, *pair) for language, group in groups for pair in itertools.permutations(group, 2)}
        count = len(catalogue.reasons())
        assert len(met) == len(locales.languages()) * count * (count - 1)


def documented() -> list[corpus.Specimen]:
    return [specimen for specimen in corpus.alone() if specimen.case.reasons[0].disclosure == "documented"]


def facts_given(specimen: corpus.Specimen) -> int:
    return len(specimen.case.reasons[0].facts)


def facts_shown(specimen: corpus.Specimen) -> int:
    """Return how many facts of the only reason are in the letter."""
    framing = specimen.document.letters[0].part("framing")
    sources = {run.source for run in runs_of((framing,)) if run.source}
    reason = specimen.case.reasons[0]
    if catalogue.reasons()[reason.reason].shapes[0] != "event":
        return len([source for source in sources if source.startswith(("invoices", "reasons"))])
    style = languages.get(specimen.case.language).styles[specimen.case.locale]
    days = [re.sub(r",? 2026$", "", fold(typography.date_text(fact.date, style))) for fact in reason.facts]
    return sum(day in fold(str(framing)) for day in days)


class TestReasons:
    """The facts of a reason are in the letter where it is documented, and nowhere else."""

    def test_documented_facts_are_shown(self):
        """Three facts at most; of an event its day, of the others the words or the invoice."""
        wrong = [specimen.name for specimen in documented() if facts_shown(specimen) != min(3, facts_given(specimen))]
        assert wrong == []
        assert {facts_given(specimen) for specimen in documented()} == {0, 1, 2, 3, 5}

    def test_it_bites(self):
        """A letter without facts is seen, whatever its case holds."""
        silent = {
            (specimen.case.locale[:2], specimen.case.reasons[0].reason): specimen.document
            for specimen in documented()
            if not specimen.case.reasons[0].facts
        }
        for specimen in documented():
            document = silent[specimen.case.locale[:2], specimen.case.reasons[0].reason]
            assert facts_shown(replace(specimen, document=document)) == 0

    def test_no_fact_is_shown_otherwise(self):
        shown = [
            specimen.name
            for specimen in corpus.alone()
            if specimen.case.reasons[0].disclosure != "documented"
            if re.search(r"A-\d|mars|March", str(specimen.document.letters[0].part("framing")))
        ]
        assert shown == []


class TestDecision:
    """The day of the end stands in the first third of the letter."""

    def test_day(self):
        late = []
        for specimen in corpus.crossed():
            (letter,) = specimen.document.letters
            style = languages.get(specimen.case.language).styles[specimen.case.locale]
            if prose.words_before(letter, typography.date_text(specimen.case.end.date, style)) > 1 / 3:
                late.append(specimen.name)
        assert late == []
        assert len(corpus.crossed()) >= 48


class TestShipped:
    """Every letter of the gallery and of the examples passes its review, and is as long as it should be."""

    def test_no_errors(self):
        """As it is written; the other length says nothing else."""
        wrong = {path.stem: rupture.review(rupture.load(path)).errors for path in corpus.CASES}
        assert {name: errors for name, errors in wrong.items() if errors} == {}
        assert len(wrong) > 16

    def test_length_of_sentences(self):
        lengths = {
            f"{specimen.name}, {letter.locale}": prose.mean_length(letter)
            for specimen in corpus.shipped()
            for letter in specimen.document.letters
        }
        assert {name: length for name, length in lengths.items() if not 10.5 <= length <= 18} == {}
        standard = [length for name, length in lengths.items() if ", standard" in name]
        assert 12 <= sum(standard) / len(standard) <= 18

    def test_length_of_examples(self):
        bounds = {"standard": (200, 400), "brief": (120, 200)}
        counts = {
            specimen.name: (len(prose.body_text(specimen.document.letters[0]).split()), bounds[specimen.case.length])
            for specimen in corpus.shipped()
            if specimen.name.startswith("examples/")
        }
        assert {name: count for name, (count, (least, most)) in counts.items() if not least <= count <= most} == {}
        assert len(counts) > 2


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
            ("same openings", "Voici l’un.\nVoici l’autre."),
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
    """Return a letter with these words, a paragraph a line, in the step in which its decision stands."""
    planted = Part("framing", tuple(Paragraph(((Run(line),),)) for line in words.splitlines()))
    return replace(letter, parts=tuple(planted if part.name == "framing" else part for part in letter.parts))
