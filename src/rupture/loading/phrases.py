"""Phrases of a case that no sentence can take: without their infinitive, or with a pronoun where a name is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.case.field_path import FieldPath
from rupture.case.model import Thanks
from rupture.case.own_words import SHORTHANDS, Translations
from rupture.case.times import points
from rupture.language.conjugation import sentence_data
from rupture.language.inflection import known_verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.faults import Fault
    from rupture.case.model import Case

#: The pronouns of the sender and of the reader, by their grammatical persons.
_US_AND_YOU: Final = frozenset({1, 2, 4, 5})


def unfit_phrases(case: Case) -> Iterator[Fault]:
    """Yield (field, message) for every phrase around which no sentence can be built."""
    for path, words in _infinitives(case):
        for field, language, text in _texts(path, words, case.language):
            if not known_verb(text, language):
                yield field, f"found {text!r}: begin with the verb, in the form that a dictionary lists"
    for path, point in points(case):
        for field, language, text in _texts(path / "who", point.who, case.language):
            if sentence_data(language)["persons"].get(text) in _US_AND_YOU and text not in SHORTHANDS:
                yield field, f"found {text!r}: write us, you, or the name of somebody else"


def _infinitives(case: Case) -> Iterator[tuple[FieldPath, object]]:
    """Yield what must begin with an infinitive, with its field."""
    yield FieldPath(("relationship", "do")), case.relationship.do
    if isinstance(case.thanks, Thanks):
        yield FieldPath(("thanks", "enjoyed")), case.thanks.enjoyed
    if case.regret != "none":
        yield FieldPath(("regret",)), case.regret
    for path, point in points(case):
        yield from ((path / "do", point.do), (path / "did", point.did))
    for index, entry in enumerate(case.people if isinstance(case.people, tuple) else ()):
        yield FieldPath(("people", index, "for")), entry.for_


def _texts(path: FieldPath, words: object, language: str) -> Iterator[tuple[FieldPath, str, str]]:
    """Yield each text with its field and its language."""
    if isinstance(words, Translations):
        yield from ((path / code, code, text) for code, text in words.root.items())
    elif isinstance(words, str):
        yield path, language, words
