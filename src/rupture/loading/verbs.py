"""Phrases of a case that must begin with an infinitive, and do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.case.own_words import Translations, prose_fields
from rupture.language.inflection import known_verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.faults import Fault
    from rupture.case.field_path import FieldPath
    from rupture.case.model import Case

#: The keys that hold an infinitive, behind the part that they stand in.
_INFINITIVES: Final = frozenset(
    {
        ("relationship", "do"),
        ("thanks", "enjoyed"),
        ("regret",),
        ("request", "do"),
        ("meeting", "do"),
        ("people", "for"),
        *((part, key) for part in ("reasons", "matters") for key in ("do", "did")),
    }
)


def unknown_verbs(case: Case) -> Iterator[Fault]:
    """Yield (field, message) for every phrase that should begin with an infinitive, and does not."""
    for path, words in prose_fields(case):
        if tuple(step for step in path.steps if isinstance(step, str)) in _INFINITIVES:
            for field, language, text in _texts(path, words, case.language):
                if not known_verb(text, language):
                    yield field, f"found {text!r}: begin with the verb, in the form that a dictionary lists"


def _texts(path: FieldPath, words: str | Translations, language: str) -> Iterator[tuple[FieldPath, str, str]]:
    """Yield each text with its field and its language."""
    if isinstance(words, Translations):
        yield from ((path / code, code, text) for code, text in words.root.items())
    else:
        yield path, language, words
