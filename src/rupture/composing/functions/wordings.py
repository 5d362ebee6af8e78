"""Enumerations, counts, and the two forms of voice and address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rupture.composing.functions.group import Group
from rupture.language import typography
from rupture.language.grammar import Computed, Phrase, listed, pieces_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from rupture.language.grammar import Wording


class Wordings(Group):
    """Functions that join and choose wordings."""

    def listed(self, wordings: Sequence[Wording]) -> Phrase:
        """Return an enumeration: ``a, b and c``."""
        language = self._language
        last = language.last.get(self._case.locale, language.last[""])
        return listed(tuple(wordings), language.separator, last, language.last_of_two)

    def phrase(self, *wordings: Wording) -> Phrase:
        """Return some wordings one behind the other."""
        return Phrase(tuple(piece for wording in wordings for piece in pieces_of(wording)))

    def count(self, number: int | Decimal, one: str, many: str) -> Phrase:
        """Return a number with its noun, in words as far as the language spells numbers."""
        words = self._language.numbers
        whole = number == int(number)
        figure = words[int(number)] if whole and number < len(words) else typography.number_text(number, self._style)
        return Phrase((Computed(figure), f" {one if self._is_one(number) else many}"))

    def _is_one(self, number: int | Decimal) -> bool:
        return number == 1 or 0 <= number < self._language.words.get("singular_below", 0)

    def determined(self, words: str) -> bool:
        """Return whether a noun phrase begins with its article or another determiner."""
        return words.casefold().startswith(tuple(self._language.words.get("determiners", ())))

    def us(self, we: Wording, i: Wording) -> Wording:
        """Return the form of the letter's voice: we or I."""
        return we if self._case.voice == "we" else i

    def you(self, vous: Wording, tu: Wording) -> Wording:
        """Return the form of the letter's address: vous or tu."""
        return tu if self._case.tone == "friend" else vous
