"""What the two ways to build a verb have in common: its subject, and how its first letter is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rupture.language.grammar import Wording


@dataclass(frozen=True, slots=True)
class Subject:
    """Who does it.

    Args:
        words: the pronoun or the noun phrase.
        person: 1 to 6, singular before plural.
        feminine: whether a participle agrees with a feminine.
        many: whether it agrees with a plural.
        pronoun: whether the words are a pronoun of the language.
    """

    words: Wording
    person: int
    feminine: bool = False
    many: bool = False
    pronoun: bool = True


def uncapitalised(text: str) -> str:
    """Return a text with its first letter small, unless its first word is all capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
