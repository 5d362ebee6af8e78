"""Our own sentences are such as the review lets pass: in every wording, whatever the tone and the voice."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from reading import ROOT, plain_data

import rupture
from rupture.case import catalogue
from rupture.loading.starter import starter_case
from rupture.resources import locales
from rupture.resources.paths import templates_root
from rupture.reviewing.review import review
from rupture.reviewing.tone.rulebook import rulebook

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = dt.date(2026, 11, 20)
LOOKS = (("formal", "we", "post"), ("plain", "I", "post"), ("friend", "we", "email"))


def starters(locale: str) -> Iterator[tuple[str, dict]]:
    """Yield the new case of each message, in a few tones and voices."""
    for message in catalogue.messages():
        written = starter_case(locale, (), "s.json", "case.yaml", message=message, today=TODAY)
        for tone, voice, delivery in LOOKS:
            data = plain_data("case.yaml", written) | {"tone": tone, "voice": voice, "delivery": delivery}
            if tone == "friend":
                del data["recipient"]["organisation"]
            yield f"{message}, {tone}, {voice}", data


def cases(code: str) -> Iterator[tuple[str, rupture.Case]]:
    """Yield cases of a language: the new ones, the examples and those of the gallery."""
    yield from ((name, rupture.load(data)) for name, data in starters(_first_locale(code)))
    paths = (*(ROOT / "examples").glob(f"*.{code}.yaml"), *(ROOT / "docs/gallery/cases" / code).glob("*.yaml"))
    yield from ((path.name, rupture.load(path)) for path in paths)


def _first_locale(code: str) -> str:
    return next(name for name, language in locales.locales().items() if language == code)


@pytest.mark.parametrize("code", locales.languages())
def test_every_wording(code):
    book, found, count = rulebook(code), [], 0
    for name, case in cases(code):
        for item, sentence in rupture.plan(case).sentences.items():
            for number, text in sentence.choices.items():
                count += 1
                found += [(name, item, number, each.rule.code, text) for each in book.read(text)]
    assert found == []
    assert count > 1000


@pytest.mark.parametrize("code", locales.languages())
def test_a_new_case_has_no_finding_but_its_samples(code):
    """As our own templates are judged when they are given as somebody's own; tests/whole/test_starters.py has the rest."""
    for name, data in starters(_first_locale(code)):
        found = rupture.review(rupture.load(data), templates=templates_root())
        assert {each.code for each in found if each.severity != "hint"} == {"sample"}, (name, found)


def test_a_sentence_of_ours_is_not_held_against_the_sender(tmp_path, minimal):
    """Its words are nothing that they could change; those of a template of their own are."""
    own = tmp_path / "en" / "sentences" / "decision.html"
    own.parent.mkdir(parents=True)
    own.write_text("{% block one %}You are a liar.{% endblock %}", encoding="utf-8")
    case = rupture.load(minimal("en-GB"))
    document = rupture.compose(case, templates=tmp_path)
    assert "blame.character" not in {finding.code for finding in review(case, document)}
    assert {finding.path for finding in review(case, document, tmp_path) if finding.severity == "error"} == {"opening"}
