"""Phrases of a case that no sentence can take: without their infinitive, or with a pronoun where a name is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.case.own_words import Translations, prose_fields
from rupture.language.conjugation import sentence_data
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


#: The pronouns of the sender and of the reader, by their grammatical persons.
_US_AND_YOU: Final = frozenset({1, 2, 4, 5})


def unfit_phrases(case: Case) -> Iterator[Fault]:
    """Yield (field, message) for every phrase around which no sentence can be built."""
    for path, words in prose_fields(case):
        keys = tuple(step for step in path.steps if isinstance(step, str))
        for field, language, text in _texts(path, words, case.language):
            if keys in _INFINITIVES and not known_verb(text, language):
                yield field, f"found {text!r}: begin with the verb, in the form that a dictionary lists"
            if keys[-1] == "who" and sentence_data(language)["persons"].get(text) in _US_AND_YOU:
                yield field, f"found {text!r}: write us, you, or the name of somebody else"


def _texts(path: FieldPath, words: str | Translations, language: str) -> Iterator[tuple[FieldPath, str, str]]:
    """Yield each text with its field and its language."""
    if isinstance(words, Translations):
        yield from ((path / code, code, text) for code, text in words.root.items())
    else:
        yield path, language, words
