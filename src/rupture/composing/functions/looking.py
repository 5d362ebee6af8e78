"""What a sentence asks of words before it places them: how they begin, what they hold, how long they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rupture.composing.functions.group import Group

if TYPE_CHECKING:
    from rupture.language.grammar import Wording

_COUNTED: Final = re.compile(r"(\S+) ([^\W\d_]\S*)")


class Looking(Group):
    """Functions that look at words and print nothing."""

    def begins(self, words: Wording, *beginnings: str) -> bool:
        """Return whether words begin with one of these."""
        return str(words).casefold().startswith(beginnings)

    def holds(self, words: Wording, *texts: str) -> bool:
        """Return whether words hold one of these."""
        return any(text in str(words).casefold() for text in texts)

    def longer(self, words: Wording, length: int) -> bool:
        """Return whether words are longer than so many characters."""
        return len(str(words)) > length

    def counted(self, words: Wording) -> str:
        """Return what words such as “24 hours a month” count: “hours”, or nothing."""
        found = _COUNTED.match(str(words))
        is_number = found and (found[1][0].isdigit() or found[1].casefold() in self._language.numbers)
        return found[2] if found and is_number else ""
