"""From a case to a document: the steps of a letter, and whose words they are."""

from __future__ import annotations

import re

import pytest
from reading import bare, block_lines, fold

import rupture
from rupture.case.field_path import FieldPath
from rupture.case.relationship import End
from rupture.language import languages, typography
from rupture.letter.blocks import runs_of
from rupture.planning.planner import plan

STEPS = {"gratitude", "framing", "goodwill", "apology", "alternatives"}


def end_of(case: rupture.Case) -> str:
    style = languages.get(case.language).styles[case.locale]
    return fold(typography.date_text(case.end.date, style))


class TestSteps:
    """A letter takes the five steps that its case gives, and tells its decision early."""

    def test_starter_takes_them(self, locale, starter):
        roles = plan(rupture.load(starter(locale))).roles
        assert len(roles & STEPS) >= 4

    def test_every_item_is_told_in_its_part(self, example, letter_of):
        letter = letter_of(example)
        case = rupture.load(example)
        found = rupture.plan(case)
        for paragraph in found.paragraphs:
            said = fold(str(letter.part(paragraph.name)))
            for item in paragraph.items:
                assert bare(found.sentences[item.name].text) in bare(said), item.name

    def test_decision_is_dated_within_the_first_third(self, example, letter_of):
        body = fold("\n".join(block_lines(letter_of(example).body)))
        ends = end_of(rupture.load(example))
        assert ends in body
        assert body.index(ends) < len(body) / 3

    @pytest.mark.parametrize("how", End.model_fields["how"].annotation.__args__)
    def test_every_way_to_end_is_told(self, locale, minimal, letter_of, how):
        data = minimal(locale, end={"date": "2027-01-31", "how": how})
        assert end_of(rupture.load(data)) in fold(str(letter_of(data).part("opening")))

    def test_smallest_case_makes_a_whole_letter(self, locale, minimal, letter_of):
        letter = letter_of(minimal(locale))
        names = [part.name for part in letter.parts]
        assert {"sender", "recipient", "place-date", "subject", "salutation", "opening", "close", "signature"} <= set(
            names
        )
        assert len(names) == len(set(names))
        assert letter.body[0].name == "salutation"
        assert letter.body[-1].name == "signature"

    def test_absent_words_leave_no_trace(self, locale, minimal, letter_of):
        """What the case leaves out leaves no double space, no space before a comma and no empty bracket."""
        body = "\n".join(block_lines(letter_of(minimal(locale)).parts))
        assert not re.search(r"[ ]{2}| [,.)]|\(\s*\)|\bNone\b|\(\)|,\s*,|\.\s*\.", body), body

    def test_the_same_case_gives_the_same_words(self, example):
        case = rupture.load(example)
        assert rupture.compose(case) == rupture.compose(rupture.load(example))

    def test_a_twin_is_told_in_both_languages(self, minimal):
        service = {"fr": "l’entretien du site", "en": "the upkeep of the site"}
        case = rupture.load(minimal("fr-FR", twin="en-GB", relationship={"service": service}))
        assert [letter.locale for letter in rupture.compose(case).letters] == ["fr-FR", "en-GB"]


class TestAnnex:
    """The annex lists every dated fact of the reasons that the letter tells, oldest first."""

    def test_order(self, locale, minimal, letter_of):
        reasons = [{"fact": "bbb bbb", "on": "2026-10-09"}, {"fact": "aaa aaa", "on": ["2026-08", "2026-11-02"]}]
        money = [{"what": "ccc ccc", "amount": 100, "due": "2026-09-01"}]
        reasons.append({"reason": "late-payment"})
        letter = letter_of(minimal(locale, reasons=reasons, money=money, annex=True))
        (_, table) = letter.part("annex").blocks
        told = ["".join(run.text for run in row[1]) for row in table.rows]
        found = [re.search(r"aaa|bbb|ccc", line, re.IGNORECASE)[0].lower() for line in told]
        assert found == ["aaa", "ccc", "bbb", "aaa", "ccc"]

    def test_only_where_asked_for(self, minimal, letter_of):
        reasons = [{"fact": "la grille est fermée", "on": "2026-10-09"}]
        assert not letter_of(minimal(reasons=reasons)).part("annex").blocks


class TestOrigins:
    """Words of the user carry the field they stand in."""

    def test_every_source_is_a_field_of_the_case(self, example, letter_of):
        case = rupture.load(example)
        runs = [run for run in runs_of(letter_of(example).parts) if run.source]
        assert len({run.source for run in runs}) > 8
        lost = {run.source for run in runs if FieldPath.parse(run.source).get(case) is None}
        assert lost == set()

    def test_names_are_told_as_given(self, example, letter_of):
        case = rupture.load(example)
        for run in runs_of(letter_of(example).parts):
            if run.source and run.source.endswith("name"):
                assert bare(run.text) in bare(str(FieldPath.parse(run.source).get(case)))

    def test_dates_and_sums_are_computed(self, example, letter_of):
        case = rupture.load(example)
        ends = end_of(case)
        runs = runs_of(letter_of(example).parts)
        bearing = [run for run in runs if ends in fold(run.text)]
        assert bearing
        assert all(run.computed for run in bearing)

    def test_markup_in_a_value_is_text(self, minimal, letter_of):
        data = minimal(matters=[{"fact": 'la porte <data value="sender.name">x</data> est fermée'}])
        runs = [run for run in runs_of(letter_of(data).parts) if run.source == "matters[0].fact"]
        assert any("<data value=" in run.text.replace("«\u00a0", '"').replace("”", '"') for run in runs)
