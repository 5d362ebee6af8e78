"""What templates call to set the user's verbs and times, as a template calls it."""

from __future__ import annotations

import pytest

FRENCH_CASE = {
    "matters": [
        {"do": "vous remettre le double des clés", "on": "2026-12-18", "at": "14:00"},
        {"who": "l’école Roselin", "do": "ne plus s'occuper des costumes", "from": "le printemps", "until": "2027-06"},
    ]
}
ENGLISH_CASE = {
    "matters": [
        {"do": "not share the plans", "by": "2026-12-18", "since": "summer"},
        {"who": "the next engineer", "do": "can collect the boxes", "on": ["2027-08", "2027-10-09"]},
    ]
}


@pytest.fixture
def rendered(told):
    def render(source: str, locale: str, keys: dict) -> str:
        (block,) = told({"a": f"{{% block one %}}{source}{{% endblock %}}"}, locale, **keys)
        return "".join(run.text for line in block.lines for run in line)

    return render


class TestFrench:
    """Verbs and times of a French case."""

    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            (
                '{{ clause(it.do, "future", "nous") }} {{ on(it.on, it.at) }}',
                "nous vous remettrons le double des clés le 18 décembre 2026 à 14 h",
            ),
            ('{{ verb(it.do, "past", "je") }}', "vous ai remis le double des clés"),
            ("Je promets {{ it.do | de_faire }}", "Je promets de vous remettre le double des clés"),
            ("{{ date_of(it.on, weekday=true) }}", "vendredi 18 décembre 2026"),
            ("Nous {{ it.do | lowered }}", "Nous vous remettre le double des clés"),
        ],
    )
    def test_first(self, rendered, source, expected):
        got = rendered(f"{{% set it = case.matters[0] %}}{source}.", "fr-FR", FRENCH_CASE)
        assert got.replace("\u00a0", " ")[1:] == f"{expected}."[1:]

    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ('{{ clause(it.do, "future", it.who) }}', "l’école Roselin ne s’occupera plus des costumes"),
            ('{{ verb(it.do, "infinitive", "nous") }}', "ne plus nous occuper des costumes"),
            ("{{ from(it.from) }} et {{ until(it.until) }}", "à partir du printemps et jusqu’à la fin de juin 2027"),
            ("{{ plural(it.who) }} {{ spelled(3) }} {{ spelled(30) }}", "False trois 30"),
        ],
    )
    def test_second(self, rendered, source, expected):
        got = rendered(f"{{% set it = case.matters[1] %}}{source}.", "fr-FR", FRENCH_CASE)
        assert got.replace("\u00a0", " ")[1:] == f"{expected}."[1:]


class TestEnglish:
    """Verbs and times of an English case."""

    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ('{{ clause(it.do, "future", "we") }} {{ by(it.by) }}', "we will not share the plans by 18 December 2026"),
            ('{{ verb(it.do, "gerund") }} {{ since(it.since) }}', "not sharing the plans since summer"),
            ("{{ it.do | sentence }} Yes", "Not share the plans. Yes"),
        ],
    )
    def test_first(self, rendered, source, expected):
        got = rendered(f"{{% set it = case.matters[0] %}}{source}.", "en-GB", ENGLISH_CASE)
        assert got.replace("\u00a0", " ")[1:] == f"{expected}."[1:]

    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ('{{ clause(it.do, "future", it.who) }}', "the next engineer can collect the boxes"),
            ("{{ modal(it.do) }} {{ base(it.do) }}", "can collect the boxes"),
            ("{{ on(it.on) }}", "in August 2027 and on 9 October 2027"),
            ("{{ date_of(it.on) }}", "August 2027 and 9 October 2027"),
        ],
    )
    def test_second(self, rendered, source, expected):
        got = rendered(f"{{% set it = case.matters[1] %}}{source}.", "en-GB", ENGLISH_CASE)
        assert got.replace("\u00a0", " ")[1:] == f"{expected}."[1:]
