"""The samples of the tone rules: sentences that a rule must catch, and sentences that it must leave alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.reviewing.tone.rulebook import Rulebook, ToneRule


class Failure(NamedTuple):
    """A sample that a rule does not meet.

    Args:
        kind: ``hits`` or ``misses``.
        text: the sample.
        found: the code of each finding in it, with its words.
    """

    kind: str
    text: str
    found: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        found = ", ".join(f"{code} ({words})" for code, words in self.found)
        wanted = "must be caught" if self.kind == "hits" else "must be left alone"
        return f"{wanted}: {self.text}\n    found: {found or 'nothing'}"


def failures(book: Rulebook, rule: ToneRule) -> Iterator[Failure]:
    """Yield the samples that a rule does not meet.

    In one of its ``hits`` it must find something; in one of its ``misses``, neither it nor any error or warning of
    another rule may.

    Args:
        book: the rules of the language.
        rule: one of them.
    """
    for text in rule.hits:
        found = _found(book, text)
        if all(other is not rule for other, _ in found):
            yield _failure("hits", text, found)
    for text in rule.misses:
        if found := [each for each in _found(book, text) if each[0] is rule or each[0].severity != "hint"]:
            yield _failure("misses", text, found)


def _found(book: Rulebook, text: str) -> list[tuple[ToneRule, str]]:
    return [(remark.rule, text[remark.start : remark.end]) for remark in book.read_all(text)]


def _failure(kind: str, text: str, found: list[tuple[ToneRule, str]]) -> Failure:
    return Failure(kind, text, tuple((rule.code, words) for rule, words in found))
