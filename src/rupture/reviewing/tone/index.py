"""Index of patterns by their rarest words, so that few are tried on a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from rupture.resources.memory import remembered
from rupture.reviewing.tone.patterns import LONGEST_STEM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rupture.reviewing.tone.patterns import Pattern, Words

#: Two tables, each of the numbers of patterns, apart by spaces, under a word or the beginning of one with a star. A
#: pattern stands in the first under its rarest words and in the second under its next rarest, or under "".
Data: TypeAlias = "tuple[Mapping[str, str], Mapping[str, str]]"

#: The length from which a longer word does not count as rarer.
_LONG: Final = 4


class Lookup:
    """The numbers of patterns, by the words that must be there for one to match.

    Args:
        data: what `data_of` returned.
    """

    def __init__(self, data: Data) -> None:
        self._tables = data
        self._shortest = min((len(word) - 1 for table in data for word in table if word.endswith("*")), default=99)
        self._alone = _bits(data[1].get("", "").split())
        self._numbers = remembered(8192)(self._look_up)

    def candidates(self, words: Iterable[str]) -> list[int]:
        """Return the numbers of the patterns whose two rarest elements may stand among these words, in order."""
        first, second = 0, self._alone
        for word in set(words):
            under_first, under_second = self._numbers(word)
            first |= under_first
            second |= under_second
        return list(_numbers_in(first & second))

    def _look_up(self, word: str) -> tuple[int, int]:
        lengths = range(self._shortest, min(len(word), LONGEST_STEM) + 1)
        keys = (word, *(f"{word[:length]}*" for length in lengths))
        first, second = (
            _bits(number for key in keys for number in table.get(key, "").split()) for table in self._tables
        )
        return first, second


def _bits(numbers: Iterable[str]) -> int:
    """Return numbers as the bits of one, of which sets are made fastest."""
    bits = 0
    for number in numbers:
        bits |= 1 << int(number)
    return bits


def _numbers_in(bits: int) -> Iterator[int]:
    """Yield the numbers of some bits, in order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def data_of(patterns: Iterable[Pattern], frequent: frozenset[str]) -> Data:
    """Return the tables of a `Lookup`.

    Args:
        patterns: their numbers are their places.
        frequent: words that nearly every letter holds.
    """
    tables: tuple[dict[str, list[str]], dict[str, list[str]]] = ({}, {})
    for number, pattern in enumerate(patterns):
        needed = sorted(pattern.needed, key=lambda words: _rarity(words, frequent), reverse=True)[:2]
        for table, words in zip(tables, needed, strict=False):
            for word in _first_words(words):
                table.setdefault(word, []).append(str(number))
        if len(needed) == 1:
            tables[1].setdefault("", []).append(str(number))
    first, second = ({word: " ".join(table[word]) for word in sorted(table)} for table in tables)
    return first, second


@remembered(4096)
def _rarity(words: Words, frequent: frozenset[str]) -> tuple[bool, int, int]:
    lengths = [len(word) for word in (*words.exact, *words.stems)]
    lengths += [max(len(atom.rstrip("*")) for atom in phrase) for phrase in words.phrases]
    return words.exact.isdisjoint(frequent), min(min(lengths, default=0), _LONG), -len(lengths)


def _first_words(words: Words) -> set[str]:
    """Return the word, or the beginning of a word with a star, by which each alternative can be looked up."""
    longest = (max(phrase, key=lambda atom: len(atom.rstrip("*"))) for phrase in words.phrases)
    return {*words.exact, *(f"{stem}*" for stem in words.stems), *longest}
