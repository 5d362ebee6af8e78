"""Which rule and which line of its file match a text, and which excuse takes the finding away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rupture.reviewing.tone.patterns import Sentence
from rupture.reviewing.tone.rulebook import Passages
from rupture.reviewing.tone.sources import written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rupture.reviewing.tone.rulebook import Patterns, Rulebook, ToneRule


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a rule file.

    Args:
        file: where it is.
        line: its number, from 1.
        text: its content.
    """

    file: Path
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule matches in a text.

    Args:
        rule: the rule.
        words: what it matches.
        pattern: the line that matches; None for a check that is not a matter of words.
        excuse: the line that takes the finding away, if one does.
        excuse_name: the name of that excuse; empty for one of the rule's own.
    """

    rule: ToneRule
    words: str
    pattern: Place | None
    excuse: Place | None = None
    excuse_name: str = ""


def explain(book: Rulebook, text: str) -> Iterator[Match]:
    """Yield every match of every rule in a text, with those that an excuse lets go.

    Args:
        book: the rules of the language.
        text: a sentence or a paragraph.
    """
    passages = Passages(text, book.spelling)
    for tokens, shift, quoted in passages:
        sentence = Sentence([token.word for token in tokens])
        for rule in book.rules:
            if rule.quoted is quoted:
                for at, pattern in enumerate(rule.patterns):
                    if found := pattern.find(sentence):
                        first, last = found[0], max(found[1] - 1, found[0])
                        words = text[tokens[first].start + shift : tokens[last].end + shift]
                        yield _match(book, rule, words, _place(rule.patterns, at), [sentence])
    for rule in book.rules:
        for start, end in passages.checked(rule):
            yield _match(book, rule, text[start:end], None, passages.around(start, end))


def _match(
    book: Rulebook, rule: ToneRule, words: str, pattern: Place | None, around: Iterator[Sentence] | list[Sentence]
) -> Match:
    for sentence in around:
        if found := book.excuse(rule, sentence):
            excuse, at = found
            return Match(rule, words, pattern, _place(excuse.patterns, at), excuse.name)
    return Match(rule, words, pattern)


def _place(patterns: Patterns, at: int) -> Place:
    file, line = patterns.place(at)
    return Place(file, line, written(file, line))
