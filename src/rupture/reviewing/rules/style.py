"""How the letter is written: address and person kept, nothing left to fill in, no longer than it need be."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rupture.language import languages
from rupture.language.words import spelling, vocabulary
from rupture.letter.tree import block_text
from rupture.reviewing.observation import Observation
from rupture.reviewing.ownwords import every_text, own_words
from rupture.reviewing.tone.tokens import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.model import Case
    from rupture.letter.tree import Document
    from rupture.reviewing.finding import Severity
    from rupture.reviewing.observation import Rule
    from rupture.reviewing.tone.tokens import Token

#: Beyond these, a reader skims (S4: quickly and professionally; our own figures).
_MOST_WORDS: Final = 350
_LONGEST_SENTENCE: Final = 35
#: Angle brackets count only around a word that templates ask for: `<x@example>` is an address.
_PLACEHOLDER: Final = re.compile(
    r"\{+[^{}]{0,60}\}+|\[[^\[\]]{2,60}\]|\bX{3,}\b|\bTODO\b|\bTBD\b|\blorem ipsum\b|_{3,}|\.{4,}"
    r"|<(?:pré)?(?:nom|name|client|date|company|société|adresse|address|montant|amount|your|votre)\b[^<>]{0,40}>",
    re.IGNORECASE,
)
_FEW: Final = 6


def placeholders(case: Case, document: Document) -> Iterator[Observation]:
    """Nothing is left to be filled in."""
    del document
    for path, text in every_text(case):
        if found := _PLACEHOLDER.search(text):
            yield Observation("placeholder", "error", path, {"words": found[0]}, words=found[0])


def address_and_person(case: Case, document: Document) -> Iterator[Observation]:
    """The reader is « tu » or « vous », the sender “we” or “I”, from the first word to the last."""
    del document
    for path, text, language in own_words(case):
        known = vocabulary(language)
        words = set(_persons(text, language))
        checks: tuple[tuple[str, Severity, frozenset[str], bool], ...] = (
            ("register.mixed", "warning", known.tu, case.pronoun == "vous"),
            ("person.mixed", "warning", known.singular, case.voice == "we"),
            ("person.plural", "hint", known.plural, case.voice == "I"),
        )
        for code, severity, listed, asked in checks:
            if asked and (said := sorted(words & listed)):
                yield Observation(code, severity, path, {"words": said[0]}, words=said[0])


def other_language(case: Case, document: Document) -> Iterator[Observation]:
    """A text is in the language of its letter."""
    del document
    for path, text, language in own_words(case):
        words = [token.word for said in _sentences(text, language) for token in said]
        own, *others = (
            sum(word in vocabulary(code).telling for word in words)
            for code in (language, *(code for code in languages.codes() if code != language))
        )
        if len(words) >= _FEW and max(others) > 1 and max(others) > 2 * own:
            yield Observation("language.mixed", "warning", path, {"language": languages.get(language).name})


def length(case: Case, document: Document) -> Iterator[Observation]:
    """The letter is read in two minutes, and each of the sender's own sentences in one breath."""
    letter = document.letters[0]
    texts = (block_text(block) for part in letter.body for block in part.blocks)
    words = sum(any(map(str.isalnum, word)) for text in texts for word in text.split())
    if words > _MOST_WORDS:
        yield Observation("length.letter", "hint", "", {"count": words, "most": _MOST_WORDS})
    for path, text, language in own_words(case):
        longest = max(
            (sum(token.word[0].isalnum() for token in said) for said in _sentences(text, language)), default=0
        )
        if longest > _LONGEST_SENTENCE:
            yield Observation("length.sentence", "hint", path, {"count": longest, "most": _LONGEST_SENTENCE})


@lru_cache(maxsize=1024)
def _sentences(text: str, language: str) -> tuple[tuple[Token, ...], ...]:
    """Return the words of each sentence; three rules ask for those of the same text."""
    return tuple(sentences(text, spelling(language))[0])


def _persons(text: str, language: str) -> Iterator[str]:
    """Yield the words of a text, but those that only look like a person: « le ton », “i.e.”, “the US”."""
    looks = vocabulary(language).not_pronouns
    for said in _sentences(text, language):
        for index, token in enumerate(said):
            near = [other.word for other in said[max(0, index - 1) : index + 2]]
            written = text[token.start : token.end]
            if written not in looks and not any(f"{a} {b}" in looks for a, b in pairwise(near)):
                yield token.word


RULES: Final[tuple[Rule, ...]] = (placeholders, address_and_person, other_language, length)
