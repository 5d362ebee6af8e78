"""Which wording says an item: the one whose turn it is, the one the case asks for, or words of the user's own."""

from __future__ import annotations

import pytest
from planned import item

import rupture
from rupture.composing.compose import sentences
from rupture.letter.blocks import Run, runs_of
from rupture.planning import planner
from rupture.planning.plan import Paragraph, Plan

THREE = "".join(f"{{% block {name} %}}{name}{{% endblock %}}" for name in ("one", "two", "three"))
ON_REQUEST = f"{THREE}{{% block or_one %}}other{{% endblock %}}"
NARROW = "{% block one %}one{% endblock %}{% block two %}{% if voice %}two{% endif %}{% endblock %}".replace(
    "voice", "email"
)
SERVICES = [f"le service {number}" for number in range(12)]


class TestTurns:
    """Ten letters of ten trades do not open alike; the same case always gives the same words."""

    def test_the_service_decides(self, told):
        def said(service: str) -> str:
            (block,) = told({"a": THREE}, relationship={"service": service})
            return str(block.lines[0][0].text)

        first = [said(service) for service in SERVICES]
        assert set(first) == {"One", "Two", "Three"}
        assert first == [said(service) for service in SERVICES]

    def test_the_next_of_a_kind_takes_the_next(self, letter_told):
        paragraph = Paragraph("matters", (item("a", "x"), item("a", "y"), item("a", "z")))
        said = str(letter_told([paragraph], {"a": THREE}).part("matters"))
        assert sorted(said.split()) == ["One.", "Three.", "Two."]

    def test_one_that_does_not_suit_is_passed_over(self, told):
        for service in SERVICES:
            (block,) = told({"a": NARROW}, relationship={"service": service})
            assert block.lines[0][0].text == "One"

    def test_others_come_only_on_request(self, told):
        for service in SERVICES:
            (block,) = told({"a": ON_REQUEST}, relationship={"service": service})
            assert block.lines[0][0].text != "Other"
        (block,) = told({"a": ON_REQUEST}, say={"a": 4})
        assert block.lines[0][0].text == "Other"

    def test_one_that_opens_otherwise_comes_first(self, letter_told):
        """Two sentences in a row do not begin with the same word where another wording can be had."""
        both = "{% block one %}We leave{% endblock %}{% block two %}Today we leave{% endblock %}"
        for service in SERVICES:
            paragraph = Paragraph("matters", (item("a"), item("b")))
            templates = {"a": "{% block one %}We pack{% endblock %}", "b": both}
            letter = letter_told([paragraph], templates, relationship={"service": service})
            assert str(letter.part("matters")) == "We pack. Today we leave."

    def test_a_day_of_a_wording_passed_over_takes_no_year_along(self, told):
        """A wording that turns out empty has not named the year."""
        for service in SERVICES:
            hidden = "{% set _ = day(case.date) %}"
            content = (
                f"{{% block one %}}{{{{ day(case.date) }}}}{{% endblock %}}{{% block two %}}{hidden}{{% endblock %}}"
            )
            (block,) = told({"a": content}, relationship={"service": service}, tone="formal")
            assert block.lines[0][0].text == "20\u00a0novembre\u00a02026"

    def test_nothing_to_say_is_an_error(self, told):
        with pytest.raises(rupture.TemplateError, match=r"fr/sentences/a\.html: no wording says anything for a"):
            told({"a": "{% if email %}never{% endif %}"})


class TestSay:
    """Words of the user's own stand where ours would, and a number chooses another wording."""

    def test_in_place_of_a_sentence(self, told):
        (block,) = told({"a": "un", "b": "deux"}, say={"a": "tout autre chose"})
        assert block.lines[0][:2] == (Run("Tout autre chose", "say.a"), Run("."))

    def test_after_a_sentence(self, told):
        (block,) = told({"a": "un", "b": "deux"}, say={"after a": "Et puis ceci."})
        assert "".join(run.text for run in block.lines[0]) == "Un. Et puis ceci. Deux."

    def test_in_each_language(self, told):
        (block,) = told({"a": "un"}, say={"a": {"fr": "autre", "en": "other"}})
        assert block.lines[0][0] == Run("Autre", "say.a.fr")

    def test_a_number(self, told):
        for number, said in enumerate(("One", "Two", "Three"), 1):
            (block,) = told({"a": THREE}, say={"a": number})
            assert block.lines[0][0].text == said

    def test_a_number_that_does_not_suit(self, told):
        with pytest.raises(rupture.CaseError, match=r"say\.a: wording 2 does not suit this case"):
            told({"a": NARROW}, say={"a": 2})

    def test_a_date_in_it_is_written_out(self, told):
        (block,) = told({"a": "un"}, say={"a": "Le 2026-12-11, tout est fini."})
        assert "11\u00a0décembre\u00a02026" in "".join(run.text for run in block.lines[0])
        assert {run.source for run in block.lines[0]} <= {"say.a", None}


class TestWordings:
    """Whoever wants another wording sees them all."""

    def test_every_wording_by_its_number(self, monkeypatch, minimal, own_sentences):
        monkeypatch.setattr(planner, "plan", lambda _case: Plan((Paragraph("matters", (item("a"), item("b"))),)))
        folder = own_sentences(a=ON_REQUEST, b=NARROW)
        found = sentences(rupture.load(minimal(say={"b": "Rien."})), folder)
        assert found["a"].wordings == ("One.", "Two.", "Three.", "Other.")
        assert found["a"].text == found["a"].wordings[found["a"].chosen - 1]
        assert found["b"].wordings == ("One.", "")
        assert (found["b"].text, found["b"].chosen) == ("Rien.", 0)


class TestWhose:
    """Every run knows whether its words are the user's, computed, or ours."""

    def test_three_kinds(self, told):
        content = "Nous sommes {{ case.sender.name }} et {{ date(case.date) }}, {{ count(3, 'fois', 'fois') }}."
        (block,) = told({"a": content})
        kinds = [(run.text, run.source, run.computed) for run in block.lines[0]]
        assert kinds == [
            ("Nous sommes ", None, False),
            ("Atelier Nord", "sender.name", False),
            (" et ", None, False),
            ("20\u00a0novembre\u00a02026", None, True),
            (", ", None, False),
            ("trois", None, True),
            (" fois.", None, False),
        ]

    @pytest.mark.parametrize(
        "printed", ["amount(case.money[0].amount)", "figure(12)", "percent(12)", "date(case.end.date)", "12"]
    )
    def test_figures_are_computed(self, told, printed):
        (block,) = told({"a": f"Voici : {{{{ {printed} }}}}."}, money=[{"what": "la facture", "amount": 1200}])
        assert [run.computed for run in block.lines[0]] == [False, True, False]

    def test_a_capital_changes_no_origin(self, told):
        (block,) = told({"a": "{{ case.relationship.service }} finit"})
        assert block.lines[0][0] == Run("L’entretien de votre site", "relationship.service")

    def test_no_letter_is_without_words_of_the_user(self, letter_told):
        assert {run.source for run in runs_of(letter_told([], {}).parts)} > {"sender.name"}
