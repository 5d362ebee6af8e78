"""Cleaning and limits of text values."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: The longest text of a field, in characters. WeasyPrint's line breaking is quadratic: 20,000 took 6 s.
LONGEST_TEXT: Final = 20_000
#: The longest word, in characters; longer ones cannot be set in a column.
LONGEST_WORD: Final = 200
#: The most combining marks on one letter; more of them climb over the lines above.
MOST_MARKS: Final = 8

# Zero-width joiner and non-joiner (U+200C, U+200D) stay: Persian and many emoji need them.
_INVISIBLE: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
_LINE_BREAK: Final = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|"
    + "|".join(f"[\\U{plane:04x}fffe\\U{plane:04x}ffff]" for plane in range(1, 17))
)
_TOO_MANY_MARKS: Final = re.compile(rf"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{{{MOST_MARKS + 1}}}")
_SPACES: Final = re.compile("[ \t]+")


def strip_invisible(text: str) -> str:
    """Return ``text`` without the characters that no reader sees (bidi controls, zero-width space, BOM)."""
    return _INVISIBLE.sub("", text)


def clean_line(text: str) -> str:
    """Return one line of text, composed (NFC), without invisible characters or doubled spaces.

    Raises:
        ValueError: a control character, a line break, or more than a page can hold; the message says which.
    """
    if found := _FORBIDDEN.search(text):
        kind = "lone surrogate" if "\ud800" <= found[0] <= "\udfff" else "control character"
        if unicodedata.category(found[0]) == "Cn":
            kind = "noncharacter"
        raise ValueError(f"{kind} U+{ord(found[0]):04X} at position {found.start() + 1}: remove it")
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", strip_invisible(text))).strip()
    if _LINE_BREAK.search(text):
        raise ValueError("a line break is not allowed here: write it on one line")
    _refuse_excess(text)
    return text


def first_forbidden(text: str) -> int:
    """Return the position of the first control character or noncharacter, or -1; line breaks are allowed."""
    found = _FORBIDDEN.search(text)
    return found.start() if found else -1


def _refuse_excess(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"a text of {len(text)} characters (at most {LONGEST_TEXT})")
    longest = max(map(len, text.split()), default=0)
    if longest > LONGEST_WORD:
        raise ValueError(f"a word of {longest} characters (at most {LONGEST_WORD})")
    if _TOO_MANY_MARKS.search(text):
        raise ValueError(f"more than {MOST_MARKS} accents on one letter")
    if text and not any(character.isprintable() and not character.isspace() for character in text):
        raise ValueError("nothing visible: write some text, or leave the field out")
