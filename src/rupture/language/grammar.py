"""The user's words inside a sentence: where they come from, and the particles that must agree with them.

Languages differ only in data (``[grammar]`` of their ``language.toml``); this module holds the one engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FIRST_WORD: Final = re.compile(r"[^\W\d_]+")


class Words(str):
    """Text that the user wrote, with the case field it comes from."""

    __slots__ = ("path",)
    path: str

    def __new__(cls, text: str, path: str) -> Self:
        """Return ``text`` as written in the field ``path``, such as ``reasons[0].facts[1].what``."""
        words = super().__new__(cls, text)
        words.path = path
        return words


class Computed(str):
    """Text that the program wrote from the figures of a case: a date, a sum, a count."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Text of a template and words of the user, in reading order."""

    pieces: tuple[str, ...]

    def __str__(self) -> str:
        return "".join(self.pieces)


Wording: TypeAlias = str | Phrase


def pieces_of(wording: Wording) -> tuple[str, ...]:
    """Return the pieces of a phrase, or the one piece that a string is."""
    return wording.pieces if isinstance(wording, Phrase) else (wording,)


@dataclass(frozen=True, slots=True)
class Particle:
    """A small word that changes with what follows: « de », « que », “a”.

    Args:
        plain: before a consonant, with its space.
        elided: before a vowel sound.
        contractions: the article that it contracts with, and the result: ``{"le ": "du "}``.
    """

    plain: str
    elided: str
    contractions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sounds:
    """Which words start with a vowel sound in a language.

    Args:
        vowels: the letters that count as one.
        consonant_stems: beginnings of words that do not, against their first letter (« onze », “euro”).
        vowel_stems: beginnings of words that do (“hour”).
        vowel_initials: capital letters whose name starts with a vowel sound, for acronyms read letter by letter.
    """

    vowels: str
    consonant_stems: tuple[str, ...]
    vowel_stems: tuple[str, ...]
    vowel_initials: str

    def vowel_first(self, text: str) -> bool:
        """Return whether ``text`` starts with a vowel sound."""
        match = _FIRST_WORD.match(text.lstrip("«“\"'( \u00a0\u202f"))
        if not match:
            return False
        word = match[0]
        if len(word) > 1 and word.isupper():
            return word[0] in self.vowel_initials
        folded = word.casefold()
        if folded.startswith(self.vowel_stems):
            return True
        return folded[0] in self.vowels and not folded.startswith(self.consonant_stems)


def with_particle(particle: Particle, wording: Wording, sounds: Sounds) -> Phrase:
    """Return ``wording`` with the form of ``particle`` that it requires before it.

    An article is contracted only when written in lower case: « le site » gives « du site », « Le Creuset » stays.
    """
    first, *rest = pieces_of(wording)
    for article, contracted in particle.contractions.items():
        if first.startswith(article):
            return Phrase((contracted, _tail(first, len(article)), *rest))
    return Phrase((particle.elided if sounds.vowel_first(first) else particle.plain, first, *rest))


def capitalised(wording: Wording) -> Wording:
    """Return ``wording`` with its first letter as a capital."""
    first, *rest = pieces_of(wording)
    changed = of_same_origin(first, first[:1].upper() + first[1:])
    return Phrase((changed, *rest)) if rest else changed


def lowered(wording: Wording, small_words: frozenset[str]) -> Wording:
    """Return ``wording`` with its first letter small, if its first word is an article or the like and not a name."""
    first, *rest = pieces_of(wording)
    match = _FIRST_WORD.match(first)
    if not match or match[0].casefold() not in small_words or (len(match[0]) > 1 and match[0].isupper()):
        return wording
    changed = of_same_origin(first, first[:1].lower() + first[1:])
    return Phrase((changed, *rest)) if rest else changed


def sentence(wording: Wording) -> Phrase:
    """Return a clause as a sentence: with a capital, and with a full stop unless it ends with a mark of its own."""
    *before, last = pieces_of(capitalised(wording))
    said = last.rstrip()
    ended = said.rstrip("»”\"')’ \u00a0\u202f").endswith((".", "!", "?", "…"))
    return Phrase((*before, of_same_origin(last, said), *(() if ended else (".",))))


def first_word(text: str) -> str:
    """Return the first word of a name; a given name of several words is given as such in the case."""
    return of_same_origin(text, text.partition(" ")[0])


def last_word(text: str) -> str:
    """Return the last word of a name; a surname of several words is given as such in the case."""
    return _tail(text, text.rstrip().rfind(" ") + 1)


def listed(wordings: Sequence[Wording], separator: str, last: str, last_of_two: str) -> Phrase:
    """Return the wordings as one enumeration: ``a, b and c``."""
    pieces: list[str] = []
    for index, wording in enumerate(wordings):
        if index:
            is_last = index == len(wordings) - 1
            pieces.append((last_of_two if len(wordings) == 2 else last) if is_last else separator)  # noqa: PLR2004
        pieces.extend(pieces_of(wording))
    return Phrase(tuple(pieces))


def of_same_origin(text: str, changed: str) -> str:
    """Return a changed text as what it was: words of the user, computed, or ours."""
    if isinstance(text, Words):
        return Words(changed, text.path)
    return Computed(changed) if isinstance(text, Computed) else changed


def _tail(text: str, start: int) -> str:
    return of_same_origin(text, text[start:])
