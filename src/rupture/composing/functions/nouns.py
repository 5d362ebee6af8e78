"""The gender of a noun, as far as its form tells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rupture.composing.functions.group import Group

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Nouns(Group):
    """Functions that know nouns."""

    def gender(self, noun: str) -> str:
        """Return what the first word of a noun phrase without article says of its gender.

        Args:
            noun: such as « leçon de violon ».

        Returns:
            The name of a gender of the language, or nothing where its form does not tell.
        """
        genders: Mapping[str, Mapping[str, list[str]]] = self._language.words.get("gender", {})
        found = _WORD.match(noun.casefold())
        word = found[0] if found else ""
        named = next((name for name, of in genders.items() if word in of["words"]), "")
        ends = [(len(end), name) for name, of in genders.items() for end in of["endings"] if word.endswith(end)]
        return named or max(ends, default=(0, ""))[1]
