"""Fact rules about style: one form of address, one person, nothing left to fill in, no longer than need be."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rupture.language import languages
from rupture.language.plain import plain
from rupture.language.words import spelling, vocabulary
from rupture.letter.blocks import block_text
from rupture.resources import locales
from rupture.resources.memory import remembered
from rupture.reviewing.facts import Count, Observation, fact_rule
from rupture.reviewing.ownwords import every_text
from rupture.reviewing.tone.tokens import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rupture.language.words import Vocabulary
    from rupture.reviewing.facts import Seen
    from rupture.reviewing.tone.tokens import Token

#: Beyond these, a reader skims; our own figures for S4, “quickly and professionally”.
_MOST_WORDS: Final = 350
_LONGEST_SENTENCE: Final = 35
_PLACEHOLDER: Final = r"\{+[^{}]{0,60}\}+|\[[^\[\]]{2,60}\]|\bX{3,}\b|\bTODO\b|\bTBD\b|\blorem ipsum\b|_{3,}|\.{4,}"
#: What follows the first letters of a reference.
_REFERENCE: Final = re.compile(r"[-/]?\d")
#: How many words behind “our” or “we” tell whose it is.
_NEAR: Final = 4
#: The fewest words from which the language of a text can be recognised.
_FEW: Final = 6


@fact_rule("placeholder", "error")
def placeholders(seen: Seen) -> Iterator[Observation]:
    """Nothing is left to be filled in."""
    for path, text in every_text(seen.case):
        if found := _placeholder().search(text):
            yield Observation(path, {"words": found[0]}, found[0])


@cache
def _placeholder() -> re.Pattern[str]:
    """Return what finds a placeholder; angle brackets count only around a word that templates ask for."""
    asked = "|".join(sorted({word for code in locales.languages() for word in vocabulary(code).placeholders}))
    return re.compile(rf"{_PLACEHOLDER}|<(?:{asked})\b[^<>]{{0,40}}>", re.IGNORECASE)


@fact_rule("register.mixed", "warning")
def familiar_address(seen: Seen) -> Iterator[Observation]:
    """A reader addressed as « vous » is never « tu »."""
    if seen.case.tone != "friend":
        yield from _pronouns(seen, lambda known: known.tu)


@fact_rule("register.friend", "hint")
def distant_address(seen: Seen) -> Iterator[Observation]:
    """A friend addressed as « tu » is never « vous », unless that means several."""
    if seen.case.tone == "friend" and len(seen.case.recipient.everybody) == 1:
        yield from _pronouns(seen, lambda known: known.vous)


@fact_rule("person.mixed", "hint")
def singular_person(seen: Seen) -> Iterator[Observation]:
    """A sender who writes as “we” is not “I”, unless that means the signatory alone."""
    if seen.case.voice == "we":
        yield from _pronouns(seen, lambda known: known.singular)


@fact_rule("person.plural", "hint")
def plural_person(seen: Seen) -> Iterator[Observation]:
    """A person who writes as “I” is not “we”, unless that means the reader as well."""
    sender = seen.case.sender
    if seen.case.voice == "I" and sender.name in {None, *(each.name for each in sender.signatories)}:
        yield from _pronouns(seen, lambda known: known.plural)


def _pronouns(seen: Seen, listed: Callable[[Vocabulary], frozenset[str]]) -> Iterator[Observation]:
    """Yield the first of some pronouns, in alphabetical order, in each text in the sender's own words."""
    for path, text, language in seen.own_words:
        if path.startswith("relationship."):
            continue  # our contract, our lessons: theirs and the reader's
        for word in sorted(_persons(text, language, listed(vocabulary(language))))[:1]:
            yield Observation(path, {"words": word}, word)


@fact_rule("language.mixed", "warning")
def other_language(seen: Seen) -> Iterator[Observation]:
    """A text is in the language of its letter."""
    for path, text, language in seen.own_words:
        words = [token.word for sentence in _sentences(text, language) for token in sentence]
        own, *others = (
            sum(word in vocabulary(code).telling for word in words)
            for code in (language, *(code for code in locales.languages() if code != language))
        )
        if len(words) >= _FEW and max(others, default=0) > max(1, 2 * own):
            yield Observation(path, {"language": languages.get(language).name})


@fact_rule("length.letter", "hint")
def long_letter(seen: Seen) -> Iterator[Observation]:
    """The letter is read in two minutes."""
    texts = (block_text(block) for part in seen.document.letters[0].body for block in part.blocks)
    count = sum(any(map(str.isalnum, word)) for text in texts for word in text.split())
    if count > _MOST_WORDS:
        yield Observation("", {"count": Count(count, "word"), "most": _MOST_WORDS})


@fact_rule("length.sentence", "hint")
def long_sentence(seen: Seen) -> Iterator[Observation]:
    """Each of the sender's own sentences is read in one breath."""
    for path, text, language in seen.own_words:
        counts = (sum(token.word[0].isalnum() for token in words) for words in _sentences(text, language))
        longest = max(counts, default=0)
        if longest > _LONGEST_SENTENCE:
            yield Observation(path, {"count": Count(longest, "word"), "most": _LONGEST_SENTENCE})


@remembered(1024)
def _sentences(text: str, language: str) -> tuple[tuple[Token, ...], ...]:
    """Return the words of each sentence; three rules ask for those of the same text."""
    return tuple(sentences(text, spelling(language))[0])


def _persons(text: str, language: str, listed: frozenset[str]) -> Iterator[str]:
    """Yield the listed words of a text, except those that only look like one: « le ton », “i.e.”, “the US”, JE-2022."""
    looks = vocabulary(language).not_pronouns
    for sentence in _sentences(text, language):
        for index, token in enumerate(sentence):
            if token.word not in listed or _REFERENCE.match(text, token.end) or _shared(sentence, index, language):
                continue
            if text[token.start : token.end] not in looks:
                near = [other.word for other in sentence[max(0, index - 1) : index + 2]]
                if not any(f"{a} {b}" in looks for a, b in pairwise(near)):
                    yield token.word


def _shared(sentence: tuple[Token, ...], index: int, language: str) -> bool:
    """Tell whether a pronoun of the first person plural means the reader as well, by the words around it."""
    known, word = vocabulary(language), sentence[index].word
    after = [token.word for token in sentence[index + 1 : index + 1 + _NEAR]]
    if word in known.possessives:
        return not any(near.startswith(_beginnings(known.of_a_firm)) for near in after)
    before = [token.word for token in sentence[max(0, index - 1) : index]]
    return word in known.plural and any(near.startswith(_beginnings(known.together)) for near in before + after)


@cache
def _beginnings(words: frozenset[str]) -> tuple[str, ...]:
    return tuple(map(plain, words))
