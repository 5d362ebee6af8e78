"""The small language in which the tone rules say what they catch: sequences of words with short gaps.

    vous|tu ..2 etes|es ..2!pas <trait>

======================  ====================================================================================
``word``                that word; written with or without accents and capitals
``stem*``               a word that begins so
``a|b|<list>``          one of these; ``<list>`` stands for a list of ``[words]``; ``a_b`` is two words
``a|b?``                perhaps one of these
``..``, ``..5``         up to three, up to five words; never past a colon, a semicolon or the end of the sentence
``..!a|<list>``         the same, but none of these among them
``!a|b``                the next word is none of these; takes no word
``^``, ``$``            the sentence begins, ends here
``<number>``            a word that begins with a figure
``# ...``               a remark, to the end of the line
======================  ====================================================================================

A match costs time in proportion to the words of the sentence: every gap is bounded, and what was reached is a set.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from rupture.review.words import expanded, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rupture.review.words import Spelling

_NUMBER: Final = "<number>"
_WORD: Final = re.compile(r"[\w'’<>*\-,;:!?.…\"«»“”()@$#%]+")
_GAP: Final = re.compile(r"\.\.(\d*)(?:!(.+))?")
_USUAL_GAP, _WIDEST_GAP = 3, 12
_WALLS: Final = frozenset({":", ";", ".", "…"})
#: Words too common to select a pattern by.
_SHORT: Final = 4

#: Where a match may stand: the position after it, and where it began.
_Reached: TypeAlias = "dict[int, int]"


class PatternError(ValueError):
    """A pattern or a list of words cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Words:
    """One of several words or short sequences of words.

    Args:
        exact: whole words.
        stems: beginnings of words.
        phrases: sequences, each word exact or, with a star behind, a beginning.
        numbers: whether a number counts.
    """

    exact: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    numbers: bool = False

    def one(self, word: str) -> bool:
        """Tell whether that word is one of these."""
        return word in self.exact or word.startswith(self.stems) or (self.numbers and word[0].isdigit())

    def ends(self, words: Sequence[str], at: int) -> list[int]:
        """Return the positions behind each of these that stands at that position."""
        if at >= len(words):
            return []
        found = [at + 1] if self.one(words[at]) else []
        return found + [
            at + len(phrase)
            for phrase in self.phrases
            if at + len(phrase) <= len(words) and all(_is(words[at + index], atom) for index, atom in enumerate(phrase))
        ]

    def __or__(self, other: Words) -> Words:
        return Words(
            self.exact | other.exact,
            (*self.stems, *other.stems),
            (*self.phrases, *other.phrases),
            self.numbers or other.numbers,
        )


def _is(word: str, atom: str) -> bool:
    if atom == _NUMBER:
        return word[0].isdigit()
    return word.startswith(atom[:-1]) if atom.endswith("*") else word == atom


@dataclass(frozen=True, slots=True)
class One:
    """One of some words, perhaps absent."""

    words: Words
    optional: bool = False

    def step(self, words: Sequence[str], reached: _Reached) -> _Reached:
        """Return where a match may stand after this element."""
        following = dict(reached) if self.optional else {}
        for at, start in reached.items():
            for end in self.words.ends(words, at):
                following[end] = max(start, following.get(end, -1))
        return following


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to so many words, none of them among those excluded."""

    most: int
    excluded: Words = Words()

    def step(self, words: Sequence[str], reached: _Reached) -> _Reached:
        """Return where a match may stand after this element."""
        following = dict(reached)
        for at, start in reached.items():
            for end in range(at + 1, min(at + self.most, len(words)) + 1):
                if words[end - 1] in _WALLS or self.excluded.ends(words, end - 1):
                    break
                following[end] = max(start, following.get(end, -1))
        return following


@dataclass(frozen=True, slots=True)
class Not:
    """The next word is none of these."""

    words: Words

    def step(self, words: Sequence[str], reached: _Reached) -> _Reached:
        """Return where a match may stand after this element."""
        return {at: start for at, start in reached.items() if not self.words.ends(words, at)}


@dataclass(frozen=True, slots=True)
class Edge:
    """The sentence begins or ends here, but for marks of punctuation."""

    last: bool

    def step(self, words: Sequence[str], reached: _Reached) -> _Reached:
        """Return where a match may stand after this element."""
        beside: Callable[[int], Sequence[str]] = (lambda at: words[at:]) if self.last else (lambda at: words[:at])
        return {at: s for at, s in reached.items() if not any(word[0].isalnum() for word in beside(at)[:20])}


Element: TypeAlias = One | Gap | Not | Edge


@dataclass(frozen=True, slots=True)
class Pattern:
    """One sequence of elements.

    Args:
        elements: in order.
        written: as the file has it.
    """

    elements: tuple[Element, ...]
    written: str

    def find(self, words: Sequence[str]) -> tuple[int, int] | None:
        """Return the first and last-but-one word of the first match, or None.

        Args:
            words: those of one sentence.
        """
        reached: _Reached = {at: at for at in range(len(words) + 1)}
        for element in self.elements:
            reached = element.step(words, reached)
            if not reached:
                return None
        end = min(reached)
        return reached[end], end

    @property
    def anchor(self) -> Words:
        """The words of which one must be there, the rarest the pattern has."""
        needed = [e.words for e in self.elements if isinstance(e, One) and not e.optional and not e.words.numbers]
        return max(needed, key=_rarity, default=Words())


def _rarity(words: Words) -> tuple[int, int]:
    lengths = [len(word) for word in (*words.exact, *words.stems)]
    lengths += [max(len(atom.rstrip("*")) for atom in phrase) for phrase in words.phrases]
    shortest = min(lengths, default=0)
    return min(shortest, _SHORT), -len(lengths)


def first_words(words: Words) -> Iterable[str]:
    """Return the word, or the beginning of a word with a star, by which each alternative can be looked up."""
    yield from words.exact
    yield from (f"{stem}*" for stem in words.stems)
    yield from (max(phrase, key=lambda atom: len(atom.rstrip("*"))) for phrase in words.phrases)


class Reader:
    """Reads patterns and lists of words, as one language spells its words.

    Args:
        spelling: of the language.
    """

    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling
        self._lists: dict[str, Words] = {}

    def add_list(self, name: str, text: str) -> None:
        """Take in a list of words: separated by commas, or on lines of their own.

        Raises:
            PatternError: an entry cannot be read.
        """
        entries = (entry.strip() for line in text.splitlines() for entry in line.partition("#")[0].split(","))
        found = self._lists.get(name, Words())
        for entry in filter(None, entries):
            found |= self._alternative("_".join(entry.split()))
        self._lists[name] = found

    def pattern(self, text: str) -> Pattern:
        """Return the pattern written so.

        Raises:
            PatternError: it cannot be read.
        """
        written = text.partition("# ")[0].strip()
        pattern = Pattern(tuple(map(self._element, written.split())), written)
        if not any(isinstance(element, One) and not element.optional for element in pattern.elements):
            raise PatternError(f"{written!r} has no word that must be there")
        if not any(first_words(pattern.anchor)):
            raise PatternError(f"{written!r} has no word to look it up by, only numbers")
        return pattern

    def _element(self, part: str) -> Element:
        if part in {"^", "$"}:
            return Edge(part == "$")
        if gap := _GAP.fullmatch(part):
            most = int(gap[1] or _USUAL_GAP)
            if not 0 < most <= _WIDEST_GAP:
                raise PatternError(f"a gap of {most} words in {part!r}: from 1 to {_WIDEST_GAP}")
            return Gap(most, self._alternatives(gap[2]) if gap[2] else Words())
        if part.startswith(".."):
            raise PatternError(f"{part!r} is not a gap: write .., ..5 or ..5!word")
        if part.startswith("!") and len(part) > 1:
            return Not(self._alternatives(part[1:]))
        optional = part.endswith("?") and len(part) > 1
        return One(self._alternatives(part[:-1] if optional else part), optional)

    def _alternatives(self, text: str) -> Words:
        found = Words()
        for alternative in text.split("|"):
            found |= self._alternative(alternative)
        return found

    def _alternative(self, text: str) -> Words:
        if not _WORD.fullmatch(text):
            raise PatternError(f"{text!r} is not a word" if text else "a word is missing beside |")
        if text == _NUMBER:
            return Words(numbers=True)
        if text.startswith("<"):
            if not text.endswith(">") or text[1:-1] not in self._lists:
                raise PatternError(f"there is no list {text} under [words] above")
            return self._lists[text[1:-1]]
        atoms = tuple(atom for part in re.split(r"_|(?<=\w)-(?=\w)", text) for atom in self._atoms(part))
        if not atoms or "*" in atoms:
            raise PatternError(f"{text!r} has an empty word")
        if len(atoms) > 1:
            return Words(phrases=(atoms,))
        (atom,) = atoms
        return Words(stems=(atom[:-1],)) if atom.endswith("*") else Words(exact=frozenset({atom}))

    def _atoms(self, part: str) -> list[str]:
        return [part] if part == _NUMBER else expanded(plain(part), self._spelling)
