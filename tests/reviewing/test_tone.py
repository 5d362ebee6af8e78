"""The tone rules catch what they say they catch, and nothing beside."""

from __future__ import annotations

import pytest

from rupture.language import languages
from rupture.reviewing.tone.rulebook import ToneRule, rulebook

RULES = [(language, rule) for language in languages.codes() for rule in rulebook(language).rules]


def _samples(kind: str) -> list[object]:
    return [
        pytest.param(language, rule, text, id=f"{language}-{rule.code}-{number}")
        for language, rule in RULES
        for number, text in enumerate(getattr(rule, kind))
    ]


@pytest.mark.parametrize(("language", "rule"), RULES, ids=lambda value: getattr(value, "code", value))
def test_every_rule_has_samples(language: str, rule: ToneRule):
    assert len(rule.hits) >= 3, language
    assert len(rule.misses) >= 3, language


@pytest.mark.parametrize(("language", "rule", "text"), _samples("hits"))
def test_hit(language: str, rule: ToneRule, text: str):
    found = {remark.rule.code for remark in rulebook(language).read_all(text)}
    assert rule.code in found, (text, found)


@pytest.mark.parametrize(("language", "rule", "text"), _samples("misses"))
def test_miss(language: str, rule: ToneRule, text: str):
    found = [
        (remark.rule.code, text[remark.start : remark.end])
        for remark in rulebook(language).read_all(text)
        if remark.rule.severity != "hint" or remark.rule is rule
    ]
    assert not found, (rule.code, text)
