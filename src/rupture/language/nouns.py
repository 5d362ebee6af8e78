"""The number and the gender of a noun phrase, as far as its words tell them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from rupture.language.conjugation import sentence_data

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MANY: Final = re.compile(r"(?!1\b)\d+\b")
#: A number behind a noun, with its letters: “invoice LS-402”.
_NUMBERED: Final = re.compile(r"\S*\d\S*")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’-][^\W\d_]+)*")


def is_plural(text: str, code: str) -> bool:
    """Return whether a verb with this subject is in the plural: “the keys and the badge”.

    Args:
        text: a noun phrase or a pronoun.
        code: of the language.
    """
    data: Mapping[str, Any] = sentence_data(code)["plural"]
    folded = text.replace("'", "’").strip().casefold()
    if folded.startswith(tuple(data["singular"])):
        return _coordinated(folded, data)
    if folded in data["pronouns"] or folded.startswith(tuple(data["determiners"])) or _MANY.match(folded):
        return True
    return _coordinated(folded, data) or _plural_head(folded, data)


def is_feminine(text: str, code: str) -> bool:
    """Return whether a noun phrase shows by its determiner that it is feminine."""
    return text.casefold().startswith(tuple(sentence_data(code).get("feminine_determiners", ())))


def _coordinated(folded: str, data: Mapping[str, Any]) -> bool:
    """Return whether several things are joined: what follows the conjunction begins like a thing of its own."""
    parts = _parts(_head(folded, data["ends"]), data)
    return any(part.startswith(tuple(data["joined_by"])) for part in parts[1:])


def _parts(text: str, data: Mapping[str, Any]) -> list[str]:
    return re.split("|".join(map(re.escape, data["joints"])), text)


def _head(folded: str, stops: Sequence[str]) -> str:
    ends = [at for stop in stops if (at := folded.find(stop)) > 0]
    return folded[: min(ends)] if ends else folded


def _plural_head(folded: str, data: Mapping[str, Any]) -> bool:
    """Return whether the head of the phrase, its last word before a preposition, is a plural."""
    if "plural_endings" not in data:
        return False
    heads = [words[-1] for part in _parts(_head(folded, data["ends"]), data) if (words := _named(part))]
    return any(_plural_word(word, data) for word in heads)


def _named(part: str) -> list[str]:
    """Return the words of a noun phrase, without a number behind them: “Stages 1 and 2”."""
    return [word for word in _WORD.findall(_NUMBERED.sub("", part)) if len(word) > 1]


def _plural_word(word: str, data: Mapping[str, Any]) -> bool:
    if word in data["plurals"]:
        return True
    singular = word in data["singulars"] or word.endswith(tuple(data["singular_endings"]))
    return word.endswith(tuple(data["plural_endings"])) and not singular
