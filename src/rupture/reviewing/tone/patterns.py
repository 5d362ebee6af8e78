"""The small language in which the tone rules say what they catch: sequences of words with short gaps.

    vous|tu ..2 etes|es ..2!pas <trait>

======================  ====================================================================================
``word``                that word; written with or without accents and capitals
``:verb``               every form of that verb; ``:verb.2+pp`` those of some groups (`rupture.language.conjugation`)
``stem*``               a word that begins so
``a|b|<list>``          one of these; ``<list>`` stands for a list of words; ``a_b`` is two words
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
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeAlias

from rupture.language.plain import plain
from rupture.resources.memory import remembered
from rupture.reviewing.tone.tokens import expanded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rupture.language.words import Spelling

_NUMBER: Final = "<number>"
_WORD: Final = re.compile(r"[\w'’<>*\-,;:!?.…\"«»“”()@$#%€£&+]+")
_JOINED: Final = re.compile(r"_|(?<=\w)-(?=\w)")
_GAP: Final = re.compile(r"\.\.(\d{0,4})(?:!(.+))?")
_USUAL_GAP, _WIDEST_GAP = 3, 12
_WALLS: Final = frozenset({":", ";", ".", "…"})

#: Where a match may stand: the position after it, and where it began.
_Reached: TypeAlias = "dict[int, int]"

#: No stem has more letters; without a limit, the time for one endless word would grow with its square.
LONGEST_STEM: Final = 64


class PatternError(ValueError):
    """A pattern or a list of words cannot be read; the message says why."""


class Sentence:
    """The words of one sentence, and what was found of them already; patterns share most of their elements.

    Args:
        words: as `rupture.reviewing.tone.tokens.sentences` reads them.
    """

    __slots__ = ("_found", "_keys", "beginnings", "words")

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self._keys = tuple(map(_keys, self.words))
        self.beginnings: frozenset[str] = frozenset().union(*self._keys)
        self._found: dict[int, dict[int, list[int]]] = {}

    def places(self, wanted: Words) -> dict[int, list[int]]:
        """Return, for each position at which one of these words stands, the positions behind it."""
        found = self._found.get(id(wanted))
        if found is None:
            if not wanted.by_first_word:
                at_all: Iterable[int] = range(len(self.words))
            elif wanted.keys.isdisjoint(self.beginnings):
                at_all = ()
            else:
                at_all = (at for at, keys in enumerate(self._keys) if not keys.isdisjoint(wanted.keys))
            found = {at: ends for at in at_all if (ends := wanted.ends(self.words, at))}
            self._found[id(wanted)] = found
        return found


@remembered(4096)
def _keys(word: str) -> frozenset[str]:
    """Return a word, and each of its beginnings with a star behind it: the keys of `Words` under which it stands."""
    return frozenset((word, *(f"{word[:end]}*" for end in range(1, min(len(word), LONGEST_STEM) + 1))))


@dataclass(frozen=True, slots=True, eq=False)  # one object for each wording: `Sentence` remembers by it
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
    keys: frozenset[str] = field(init=False)
    by_first_word: bool = field(init=False)  # whether every alternative can be looked up by its first word
    _by_first: Mapping[str, list[tuple[str, ...]]] = field(init=False)
    _others: tuple[tuple[str, ...], ...] = field(init=False)

    def __post_init__(self) -> None:
        by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in self.phrases:
            by_first.setdefault(phrase[0], []).append(phrase)
        firsts = {first for first in by_first if first != _NUMBER}
        object.__setattr__(self, "keys", self.exact | {f"{stem}*" for stem in self.stems} | firsts)
        open_ended = [each for first, each in by_first.items() if first == _NUMBER or first.endswith("*")]
        object.__setattr__(self, "by_first_word", not self.numbers and _NUMBER not in by_first)
        object.__setattr__(self, "_by_first", by_first)
        object.__setattr__(self, "_others", tuple(phrase for phrases in open_ended for phrase in phrases))

    def one(self, word: str) -> bool:
        """Tell whether that word is one of these."""
        return word in self.exact or word.startswith(self.stems) or (self.numbers and word[0].isdigit())

    def ends(self, words: Sequence[str], at: int) -> list[int]:
        """Return the positions behind each of these that stands at that position."""
        found = [at + 1] if self.one(words[at]) else []
        for phrase in (*self._by_first.get(words[at], ()), *self._others):
            behind = at + len(phrase)
            if _is(words[at], phrase[0]) and behind <= len(words) and all(map(_is, words[at:behind], phrase)):
                found.append(behind)
        return found


_NONE: Final = Words()


def _is(word: str, atom: str) -> bool:
    if atom == _NUMBER:
        return word[0].isdigit()
    return word.startswith(atom[:-1]) if atom.endswith("*") else word == atom


@dataclass(frozen=True, slots=True)
class One:
    """One of some words, perhaps absent."""

    words: Words
    optional: bool = False

    def step(self, sentence: Sentence, reached: _Reached) -> _Reached:
        """Return where a match may stand after this element."""
        following = dict(reached) if self.optional else {}
        places = sentence.places(self.words)
        for at in reached.keys() & places.keys():
            for end in places[at]:
                following[end] = max(reached[at], following.get(end, -1))
        return following


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap of words, up to a maximum, without those excluded."""

    most: int
    excluded: Words = _NONE

    def step(self, sentence: Sentence, reached: _Reached) -> _Reached:
        """Return where a match may stand after this element."""
        following = dict(reached)
        words, excluded = sentence.words, sentence.places(self.excluded)
        for at, start in reached.items():
            for end in range(at + 1, min(at + self.most, len(words)) + 1):
                if words[end - 1] in _WALLS or end - 1 in excluded:
                    break
                following[end] = max(start, following.get(end, -1))
        return following


@dataclass(frozen=True, slots=True)
class Not:
    """The next word is none of these."""

    words: Words

    def step(self, sentence: Sentence, reached: _Reached) -> _Reached:
        """Return where a match may stand after this element."""
        places = sentence.places(self.words)
        return {at: start for at, start in reached.items() if at not in places}


@dataclass(frozen=True, slots=True)
class Edge:
    """The sentence begins or ends here, but for marks of punctuation."""

    last: bool

    def step(self, sentence: Sentence, reached: _Reached) -> _Reached:
        """Return where a match may stand after this element."""
        spoken = [at for at, word in enumerate(sentence.words) if word[0].isalnum()]
        first, behind = (spoken[0], spoken[-1] + 1) if spoken else (0, 0)
        return {at: start for at, start in reached.items() if (at >= behind if self.last else at <= first)}


Element: TypeAlias = One | Gap | Not | Edge


@dataclass(frozen=True, slots=True)
class Pattern:
    """One sequence of elements.

    Args:
        elements: in order.
        needed: the words of which some must be there, for each element that must be.
    """

    elements: tuple[Element, ...]
    needed: tuple[Words, ...]

    def find(self, sentence: Sentence) -> tuple[int, int] | None:
        """Return the first and last-but-one word of the first match, or None."""
        for words in self.needed:
            if words.keys.isdisjoint(sentence.beginnings):
                return None
        reached: _Reached = {at: at for at in range(len(sentence.words) + 1)}
        for element in self.elements:
            reached = element.step(sentence, reached)
            if not reached:
                return None
        end = min(reached)
        return reached[end], end


class _Gathered:
    """Alternatives as they are read, before they are one `Words`."""

    def __init__(self) -> None:
        self.exact: set[str] = set()
        self.stems: dict[str, None] = {}
        self.phrases: dict[tuple[str, ...], None] = {}
        self.numbers = False

    def add(self, words: Words) -> None:
        """Take in what was gathered before."""
        self.exact |= words.exact
        self.stems.update(dict.fromkeys(words.stems))
        self.phrases.update(dict.fromkeys(words.phrases))
        self.numbers = self.numbers or words.numbers

    def words(self) -> Words:
        """Return what was gathered."""
        return Words(frozenset(self.exact), tuple(self.stems), tuple(self.phrases), self.numbers)


class Reader:
    """Reads patterns and lists of words, with the spelling of one language.

    Args:
        spelling: of the language.
    """

    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling
        self._entries: dict[str, list[str]] = {}
        self._lists: dict[str, Words | None] = {}
        self._known: dict[str, Words] = {}
        self._reading = Lock()  # patterns are read when they are wanted, by whichever thread wants them

    def add_list(self, name: str, entries: Iterable[str]) -> None:
        """Take in the entries of a list of words, or more of them: words joined by ``_``, alternatives by ``|``.

        They are read when they are wanted; `words` reads them at once.
        """
        self._entries.setdefault(name, []).extend(entries)
        self._lists.clear()  # what names this list has to be read again
        self._known.clear()

    def words(self, name: str) -> Words:
        """Return a list of words.

        Raises:
            PatternError: there is none of that name, or an entry cannot be read.
        """
        if name not in self._lists:
            self._lists[name] = None
            try:
                self._lists[name] = self._read_list(name)
            except PatternError:
                del self._lists[name]
                raise
        if (words := self._lists[name]) is None:
            raise PatternError(f"the list <{name}> names itself")
        return words

    def check_entry(self, entry: str) -> None:
        """Read one entry of a list.

        Raises:
            PatternError: it cannot be read.
        """
        for alternative in entry.split("|"):
            self._gather(alternative, _Gathered())

    def _read_list(self, name: str) -> Words:
        if name not in self._entries:
            raise PatternError(f"there is no list <{name}>")
        gathered = _Gathered()
        for entry in self._entries[name]:
            for alternative in entry.split("|"):
                self._gather(alternative, gathered)
        return gathered.words()

    def pattern(self, text: str) -> Pattern:
        """Return the pattern written so.

        Raises:
            PatternError: it cannot be read.
        """
        with self._reading:
            elements = tuple(map(self._element, text.split()))
        needed = [each.words for each in elements if isinstance(each, One) and not each.optional]
        if not needed:
            raise PatternError(f"{text!r} has no word that must be there")
        found_by = sorted(
            dict.fromkeys(words for words in needed if words.keys and words.by_first_word), key=lambda w: len(w.keys)
        )
        if not found_by:
            raise PatternError(f"{text!r} has no word to look it up by, only numbers")
        return Pattern(elements, tuple(found_by))

    def _element(self, part: str) -> Element:
        if part in {"^", "$"}:
            return Edge(part == "$")
        if gap := _GAP.fullmatch(part):
            most = int(gap[1] or _USUAL_GAP)
            if not 0 < most <= _WIDEST_GAP:
                raise PatternError(f"a gap of {most} words in {part!r}: from 1 to {_WIDEST_GAP}")
            return Gap(most, self._alternatives(gap[2]) if gap[2] else _NONE)
        if part.startswith(".."):
            raise PatternError(f"{part!r} is not a gap: write .., ..5 or ..5!word")
        if part.startswith("!") and len(part) > 1:
            return Not(self._alternatives(part[1:]))
        optional = part.endswith("?") and len(part) > 1
        return One(self._alternatives(part[:-1] if optional else part), optional)

    def _alternatives(self, text: str) -> Words:
        """Return what is written so, the same object each time: what a sentence holds of it is looked up once."""
        if text not in self._known:
            if text.startswith("<") and text[1:-1] in self._entries:
                self._known[text] = self.words(text[1:-1])
            else:
                gathered = _Gathered()
                for alternative in text.split("|"):
                    self._gather(alternative, gathered)
                self._known[text] = gathered.words()
        return self._known[text]

    def _gather(self, text: str, gathered: _Gathered) -> None:
        if text.isascii() and text.isalpha():  # most are plain words
            words = expanded(text.lower(), self._spelling)
        elif text == _NUMBER:
            gathered.numbers = True
            return
        elif not _WORD.fullmatch(text):
            raise PatternError(f"{text!r} is not a word" if text else "a word is missing beside |")
        elif text.startswith("<"):
            if not text.endswith(">"):
                raise PatternError(f"{text!r} is not a list: write <name>")
            gathered.add(self.words(text[1:-1]))
            return
        else:
            words = [atom for part in _JOINED.split(text) for atom in self._atoms(part)]
        if not words or "*" in words:
            raise PatternError(f"{text!r} has an empty word")
        if len(words) > 1:
            gathered.phrases[tuple(words)] = None
        elif words[0].endswith("*"):
            gathered.stems[words[0][:-1]] = None
        else:
            gathered.exact.add(words[0])

    def _atoms(self, part: str) -> list[str]:
        return [part] if part == _NUMBER else expanded(plain(part), self._spelling)
