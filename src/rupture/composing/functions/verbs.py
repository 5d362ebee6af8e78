"""The user's infinitives as verbs of our sentences, and the number of a noun phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rupture.composing.functions.group import Group
from rupture.language import inflection, nouns
from rupture.language.grammar import Computed

if TYPE_CHECKING:
    from decimal import Decimal

    from rupture.language.grammar import Phrase, Wording


class Verbs(Group):
    """Functions that give the user's infinitives their forms."""

    def verb(
        self,
        words: Wording,
        form: str,
        person: Wording = "",
        *,
        feminine: bool | None = None,
        many: bool | None = None,
    ) -> Phrase:
        """Return an infinitive phrase with its verb in another form, pronouns and negation in place.

        Args:
            words: the user's.
            form: such as ``future``, ``past`` or ``gerund``.
            person: the pronoun, or the noun phrase, that it agrees with.
            feminine: whether it is feminine, where that shows and the words do not tell.
            many: whether it is several, likewise.
        """
        code = self._language.code
        subject = inflection.subject_of(person, code, feminine=feminine, many=many) if person else None
        return inflection.predicate(words, form, code, self._case.locale, subject)

    def clause(
        self,
        words: Wording,
        form: str,
        person: Wording,
        *,
        feminine: bool | None = None,
        many: bool | None = None,
    ) -> Phrase:
        """Return a subject and what it does: “we will send the list”; arguments as for `verb`."""
        code = self._language.code
        subject = inflection.subject_of(person, code, feminine=feminine, many=many)
        return inflection.clause(words, form, code, self._case.locale, subject)

    def modal(self, words: Wording) -> str:
        """Return the modal verb that an infinitive phrase begins with, or nothing."""
        return inflection.modal_of(words, self._language.code)

    def base(self, words: Wording) -> Wording:
        """Return an infinitive phrase without its modal verb."""
        return inflection.without_modal(words, self._language.code)

    def plural(self, words: Wording) -> bool:
        """Return whether a verb with this subject is in the plural."""
        return nouns.is_plural(str(words), self._language.code)

    def feminine(self, words: Wording) -> bool:
        """Return whether a noun phrase shows that it is feminine."""
        return nouns.is_feminine(str(words), self._language.code)

    def spelled(self, number: int | Decimal) -> Computed:
        """Return a number in words, as far as the language spells numbers."""
        words = self._language.numbers
        spells = number == int(number) and 0 <= number < len(words)
        return Computed(words[int(number)] if spells else number)
