"""An infinitive with its pronouns and its negation taken apart: « ne plus vous envoyer les plans »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rupture.language.conjugation import UnknownFormError, irregular, is_known, sentence_data
from rupture.language.predicate import uncapitalised

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Infinitive:
    """An infinitive taken apart.

    Args:
        verb: the infinitive alone.
        rest: what follows it, with its space.
        negative: the second half of a negation (« pas »), empty for « ne » alone, None for none.
        clitics: the pronouns before it, in full.
        adverbs: those before it.
    """

    verb: str
    rest: str
    negative: str | None
    clitics: tuple[str, ...]
    adverbs: tuple[str, ...]


class Reader:
    """Reads the infinitives of a language of clitics.

    Args:
        code: of the language.
    """

    def __init__(self, code: str) -> None:
        self._code = code
        self._data: Mapping[str, Any] = sentence_data(code)
        self._not_infinitives = frozenset(self._data["not_infinitives"])
        adverb = rf"[^\W\d_]+{self._data['adverb_ending']}"
        littles = sorted((*self._data["clitics"], *self._data["adverbs"]), key=len, reverse=True)
        self._littles = re.compile(rf"({'|'.join(map(re.escape, littles))}|{adverb})(?:(?<=’)|\s)(?=.)")
        self.joints = re.compile("|".join(map(re.escape, self._data["joints"])))
        phrases, clauses = ("|".join(map(re.escape, self._data[name])) for name in ("governors", "clauses"))
        self._governors = re.compile(rf"(?<!\w)(?:(?:{phrases})(?:(?<=’)|\s)|(?P<clause>(?:{clauses})(?:(?<=’)|\s)))")

    def read(self, text: str, *, inside: bool = False) -> Infinitive:
        """Return an infinitive phrase taken apart.

        Args:
            text: the phrase.
            inside: whether it stands inside another, where a word that is also a noun is taken for one: « le dîner ».

        Raises:
            UnknownFormError: it does not begin with an infinitive that follows a known model.
        """
        rest, negative = self._negation(uncapitalised(text.replace("'", "’")))
        clitics: list[str] = []
        adverbs: list[str] = []
        while found := self._little(rest):
            word, rest = found
            is_adverb = word in self._data["adverbs"] or word.endswith(self._data["adverb_ending"])
            (adverbs if is_adverb else clitics).append(word)
        match = _WORD.match(rest)
        if not match or not self.is_infinitive(match[0]) or (inside and match[0] in self._data["also_nouns"]):
            raise UnknownFormError(f"{text!r} does not begin with an infinitive that is known")
        return Infinitive(
            match[0], text[len(text) - len(rest) + match.end() :], negative, tuple(clitics), tuple(adverbs)
        )

    def is_infinitive(self, word: str) -> bool:
        """Return whether a word is the infinitive of a verb that is known."""
        if word in self._not_infinitives:
            return False
        if word.endswith(tuple(self._data["noun_endings"])) and not self._is_verb_all_the_same(word):
            return False
        return word.endswith(tuple(self._data["infinitive_endings"])) and is_known(word, self._code)

    def _is_verb_all_the_same(self, word: str) -> bool:
        return word.endswith(tuple(self._data["verb_endings"])) or irregular(word, self._code)

    def _negation(self, text: str) -> tuple[str, str | None]:
        full = self._data["negation"]
        elided = self._data["elided"][full]
        if text.startswith(elided):
            return text[len(elided) :], ""
        if not text.startswith(f"{full} "):
            return text, None
        rest = text[len(full) + 1 :]
        for negative in self._data["negatives"]:
            if rest.startswith(f"{negative} "):
                return rest[len(negative) + 1 :], negative
        return rest, ""

    def _little(self, text: str) -> tuple[str, str] | None:
        """Return the pronoun or adverb that a text begins with, in full, and what follows."""
        match = self._littles.match(text)
        return (self._data["full"].get(match[1], match[1]), text[match.end() :]) if match else None

    def governed(self, text: str) -> bool:
        """Return whether an infinitive behind a text depends on a word in it: « un mois pour relire et corriger »."""
        found = self._governors.finditer(text)
        return any(match["clause"] or self.begins(text[match.end() :]) for match in found)

    def causes(self, read: Infinitive) -> bool:
        """Return whether an infinitive depends on the verb, which then agrees with nothing: « les a fait venir »."""
        return self.begins(read.rest.lstrip())

    def begins(self, text: str) -> bool:
        """Return whether a text inside a phrase begins with an infinitive."""
        try:
            self.read(text, inside=True)
        except UnknownFormError:
            return False
        return True
