"""What the two ways to build a verb have in common: its subject."""

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
