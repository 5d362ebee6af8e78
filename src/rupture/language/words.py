"""How a language spells and joins its words, and which of them the review knows; from its ``words.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from rupture.language.plain import plain
from rupture.resources import toml
from rupture.resources.paths import templates_root

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a language joins and shortens its words.

    Args:
        prefixes: what stands before an apostrophe, and the word it is: ``n'`` is ``ne``.
        suffixes: what an apostrophe begins: ``'re`` is ``are``, ``n't`` is ``not``.
        wholes: words that stand for several, or are misspelt: ``won't`` is ``will not``.
        abbreviations: words whose full stop does not end a sentence.
        introduced_by: beginnings of the words that introduce a quotation.
        dated_by: words that date a quotation: months, days of the week.
    """

    prefixes: Mapping[str, str]
    suffixes: Mapping[str, str]
    wholes: Mapping[str, str]
    abbreviations: frozenset[str]
    introduced_by: tuple[str, ...]
    dated_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pronouns and the most common words of a language.

    Args:
        tu: pronouns and possessives of the familiar second person; none where there is no such form.
        vous: those of the polite second person, where there is a familiar one beside it.
        singular: those of the first person singular.
        plural: those of the first person plural.
        possessives: those of the first person plural that stand before a thing.
        of_a_firm: beginnings of words for what a firm alone has: “our team”.
        together: beginnings of words beside a plural that means the reader as well: “we agreed”.
        not_pronouns: words and pairs of words that only look like one: “the US”.
        telling: words by which a text in the language is recognised.
        frequent: words that nearly every letter holds.
        placeholders: words that a template in angle brackets asks for: ``<name>``.
        ordinals: endings of the day of the month: ``24th``.
        before_day: words between a day of the week and that of the month: “Tuesday the 24th”.
        before_month: words between a day and its month: “the 24th of November”.
    """

    tu: frozenset[str]
    vous: frozenset[str]
    singular: frozenset[str]
    plural: frozenset[str]
    possessives: frozenset[str]
    of_a_firm: frozenset[str]
    together: frozenset[str]
    not_pronouns: frozenset[str]
    telling: frozenset[str]
    frequent: frozenset[str]
    placeholders: frozenset[str]
    ordinals: frozenset[str]
    before_day: frozenset[str]
    before_month: frozenset[str]


@cache
def spelling(code: str) -> Spelling:
    """Return the spelling of the language of that code."""
    data = _data(code)
    short = data["contractions"]
    return Spelling(
        prefixes={plain(key): value for key, value in short["prefixes"].items()},
        suffixes={plain(key): value for key, value in short["suffixes"].items()},
        wholes={plain(key): plain(value) for key, value in short["wholes"].items()},
        abbreviations=frozenset(map(plain, data["sentences"]["abbreviations"])),
        introduced_by=tuple(map(plain, data["quotations"]["introduced_by"])),
        dated_by=frozenset(map(plain, data["quotations"]["dated_by"])),
    )


@cache
def vocabulary(code: str) -> Vocabulary:
    """Return the vocabulary of the language of that code."""
    data = _data(code)
    tables = {**data["pronouns"], **data["common"], **data["templates"], **data["dates"]}
    return Vocabulary(**{name: frozenset(words) for name, words in tables.items()})


def _data(code: str) -> dict[str, Any]:
    return toml.read(templates_root() / code / "words.toml")
