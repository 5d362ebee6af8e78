"""From a case to a document: the steps of a letter, and whose words they are."""

from __future__ import annotations

import re

from reading import bare, block_lines, fold

import rupture
from rupture.case import catalogue
from rupture.case.relationship import End
from rupture.language import languages, typography
from rupture.letter.blocks import runs_of
from rupture.resources import locales, paths

STEPS = ("gratitude", "framing", "goodwill", "apology", "alternatives")
TEMPLATES = paths.templates_root()
LANGUAGES = locales.languages()


def value_at(case: rupture.Case, path: str) -> str:
    """Return what stands in a field, such as ``reasons[0].facts[1].what``."""
    here = case
    for step in re.findall(r"[^.\[\]]+|\[\d+\]", path):
        if step.startswith("["):
            here = here[int(step[1:-1])]
        else:
            here = getattr(here, step if step in type(here).model_fields else f"{step}_")
    return here


class TestSteps:
    """A letter holds the five steps in their order, and tells its decision early."""

    def test_five_steps(self, example, letter_of):
        letter = letter_of(example)
        names = [part.name for part in letter.parts]
        case = rupture.load(example)
        declined = {"gratitude"} if case.thanks and not case.thanks.for_ else set()
        declined |= {"apology"} if case.apology == "none" else set()
        declined |= set() if case.alternatives else {"alternatives"}
        declined |= set() if case.goodwill else {"goodwill"}
        wanted = [step for step in STEPS if step not in declined]
        assert [name for name in names if name in STEPS] == wanted
        assert len(wanted) >= 3

    def test_starter_tells_all_five(self, locale, starter, letter_of):
        names = [part.name for part in letter_of(starter(locale)).parts]
        assert [name for name in names if name in STEPS] == list(STEPS)

    def test_declined_steps_leave_no_trace(self, locale, starter, letter_of):
        data = starter(locale) | {"thanks": "none", "goodwill": "none", "apology": "none", "alternatives": "none"}
        told = {part.name for part in letter_of(data).parts}
        assert told & set(STEPS) == {"framing", "goodwill"}, "without a gesture, help takes the step's place"

    def test_every_step_of_a_message_is_a_template_of_every_language(self):
        for message, entry in catalogue.messages().items():
            for code in LANGUAGES:
                templates = {path.stem for path in (TEMPLATES / code / message).glob("*.html")}
                assert templates == {*entry.steps, "subject", "close"}
        assert set(STEPS) <= set(catalogue.messages()["separation"].steps)

    def test_decision_is_dated_within_the_first_third(self, example, letter_of):
        case, letter = rupture.load(example), letter_of(example)
        style = languages.get(case.language).styles[case.locale]
        ends = fold(typography.date_text(case.end.date, style))
        body = fold("\n".join(block_lines(letter.body)))
        assert ends in body
        assert body.index(ends) < len(body) / 3

    def test_every_way_to_end_is_told(self, locale, minimal, letter_of):
        style = languages.get(locale[:2]).styles[locale]
        ends = fold(typography.date_text(rupture.load(minimal(locale)).end.date, style))
        ways = End.model_fields["how"].annotation.__args__
        assert len(ways) > 3
        for how in ways:
            letter = letter_of(minimal(locale, end={"date": "2027-01-31", "how": how}))
            assert ends in fold(str(letter.part("framing"))), how

    def test_smallest_case_makes_a_whole_letter(self, locale, minimal, letter_of):
        letter = letter_of(minimal(locale))
        names = [part.name for part in letter.parts]
        assert {"sender", "recipient", "place-date", "subject", "salutation", "framing", "close", "signature"} <= set(
            names
        )
        assert len(names) == len(set(names))
        assert letter.body[0].name == "salutation"
        assert letter.body[-1].name == "signature"

    def test_te_before_a_vowel(self, minimal, letter_of):
        manner = {"pronoun": "tu", "register": "cordial", "delivery": "email"}
        invoice = {"number": "F-1", "amount": "100.00 EUR", "due": "2027-01-31"}
        gesture = {"gesture": "credit", "invoice": "F-1", "amount": "20.00 EUR"}
        for voice, words in (("I", "je t’accorde un avoir"), ("we", "nous te accordons un avoir")):
            letter = letter_of(minimal("fr-FR", **manner, voice=voice, invoices=[invoice], goodwill=gesture))
            assert words in str(letter.part("goodwill"))

    def test_absent_words_leave_no_trace(self, locale, minimal, letter_of):
        """What the case leaves out leaves no double space, no space before a comma and no empty bracket."""
        body = "\n".join(block_lines(letter_of(minimal(locale)).parts))
        assert not re.search(r"[ ]{2}| [,.)]|\(\s*\)|\bNone\b|\(\)|,\s*,|\.\s*\.", body), body


class TestOrigins:
    """Words of the user carry the field they stand in."""

    def test_every_source_resolves_to_its_value(self, example, letter_of):
        case = rupture.load(example)
        articles = [
            article for particle in languages.get(case.language).particles.values() for article in particle.contractions
        ]
        runs = [run for run in runs_of(letter_of(example).parts) if run.source]
        assert len({run.source for run in runs}) > 8
        for run in runs:
            value, words = value_at(case, run.source), bare(run.text)
            ends = [value, *(value.removeprefix(article) for article in articles if value.startswith(article))]
            named = run.source.endswith("name") and words in map(bare, value.split())  # a given name or a surname alone
            assert words in map(bare, ends) or named, (run.source, run.text, value)

    def test_what_is_told_of_the_user_is_marked(self, example, letter_of):
        """The service, the thanks and the steps to come are the user's words wherever they stand."""
        case, letter = rupture.load(example), letter_of(example)
        sources = {run.source for run in runs_of(letter.parts)}
        wanted = {"sender.name", "relationship.service"}
        wanted |= {"thanks.for"} if case.thanks and case.thanks.for_ else set()
        wanted |= {f"next_steps[{index}].what" for index in range(len(case.next_steps))}
        wanted |= {f"alternatives[{index}].name" for index in range(len(case.alternatives or ()))}
        assert wanted - sources == set() or (
            wanted - sources == {"relationship.service"} and case.thanks and not case.thanks.for_
        )

    def test_markup_in_a_value_is_text(self, minimal, letter_of):
        data = minimal()
        data["relationship"]["service"] = '<data value="sender.name">x</data>'
        runs = [run for run in runs_of(letter_of(data).parts) if run.source == "relationship.service"]
        assert [bare(run.text) for run in runs] == [bare('<data value="sender.name">x</data>')]
