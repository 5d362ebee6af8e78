"""A text as the rules read it: sentences of plain words, each with its place in the text."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from rupture.language.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.language.words import Spelling

#: Stands for a dated quotation, which is evidence and not the sender's own voice.
QUOTATION: Final = "<quotation>"

_TOKEN: Final = re.compile(
    r"""
    \d+ (?:[.,:/\-]\d+)* %?                                   # 12, 1,250.00, 14:30, 2026-05-04
    | [^\W\d_]+ (?:[*@$#]+[^\W\d_]*)* (?:[’'ʼ][^\W\d_]+ | [’'ʼ] (?=[«"“]|\b))?   # words, m*rde, don't, n'
    | [^\s\w] | _
    """,
    re.VERBOSE,
)
_INCLUSIVE: Final = re.compile(
    r"(?<=[^\W\d_]{3})(?:[·•.\-](?:e|ne|le|te|se|ve|euse|rice|trice)(?:[·•.\-]?s)?|\(e\)s?)(?!\w)"
)
_BEFORE_ENDING: Final = frozenset("·•.-(")
_HYPHENS: Final = frozenset("-‑")
_HYPHEN: Final = re.compile(r"(?<=\w)[-‑](?=\w)")
_ENDS: Final = frozenset(".!?…")
_OPENING: Final = {"«": "»", "“": "”", '"': '"', "„": "”"}
_BEFORE_QUOTE: Final = 18  # words around a quotation that may name its author and date
_AFTER_QUOTE: Final = 10


class Token(NamedTuple):
    """One word or sign.

    Args:
        word: without accents, capitals, elision and inclusive endings.
        start: where it begins in the text.
        end: where it ends.
    """

    word: str
    start: int
    end: int


def sentences(text: str, spelling: Spelling) -> tuple[list[tuple[Token, ...]], list[tuple[int, int]]]:
    """Return the sentences of a text, and where its dated quotations stand.

    Args:
        text: one paragraph.
        spelling: of its language.
    """
    tokens = list(_tokens(text, spelling))
    tokens, quotations = _without_quotations(tokens, spelling)
    return list(_split(tokens, text, spelling)), quotations


def _tokens(text: str, spelling: Spelling) -> Iterator[Token]:
    position = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start < position or (text[start] in _HYPHENS and _HYPHEN.match(text, start)):
            continue  # inside an inclusive ending, or between two words
        written = match[0]
        if text[end : end + 1] in _BEFORE_ENDING and (inclusive := _INCLUSIVE.match(text, end)):
            end = inclusive.end()
            plural = "s" if inclusive[0].rstrip(")").endswith("s") or inclusive[0].endswith(")s") else ""
            written += plural
        position = end
        for word in expanded(plain(written), spelling):
            if word:  # an accent by itself is none
                yield Token(word, start, end)


def expanded(word: str, spelling: Spelling) -> list[str]:
    """Return the words that a plain word is: ``don't`` is ``do`` and ``not``."""
    if known := spelling.wholes.get(word):
        return known.split()
    if "'" not in word:
        return [word]
    for suffix, full in spelling.suffixes.items():
        if word.endswith(suffix) and len(word) > len(suffix):
            return [word.removesuffix(suffix), full]
    head, _, tail = word.partition("'")
    if before := spelling.prefixes.get(f"{head}'"):
        return [before, *expanded(tail, spelling)] if tail else [before]
    return [part for part in (head, tail) if part]


def _without_quotations(tokens: list[Token], spelling: Spelling) -> tuple[list[Token], list[tuple[int, int]]]:
    """Put one token in place of each quotation that says who wrote it and when."""
    if not any(token.word in _OPENING for token in tokens):
        return tokens, []
    kept: list[Token] = []
    quotations: list[tuple[int, int]] = []
    index = 0
    while index < len(tokens):
        closing = _closing(tokens, index)
        if closing and _documented(tokens, index, closing, spelling):
            kept.append(Token(QUOTATION, tokens[index].start, tokens[closing].end))
            quotations.append((tokens[index].end, tokens[closing].start))
            index = closing + 1
        else:
            kept.append(tokens[index])
            index += 1
    return kept, quotations


def _closing(tokens: list[Token], opening: int, longest: int = 80) -> int:
    wanted = _OPENING.get(tokens[opening].word)
    if not wanted:
        return 0
    reach = range(opening + 1, min(opening + longest, len(tokens)))
    return next((index for index in reach if tokens[index].word in {wanted, "”"}), 0)


def _documented(tokens: list[Token], opening: int, closing: int, spelling: Spelling) -> bool:
    around = tokens[max(0, opening - _BEFORE_QUOTE) : opening] + tokens[closing + 1 : closing + 1 + _AFTER_QUOTE]
    dated = any(token.word[0].isdigit() or token.word in spelling.dated_by for token in around)
    return dated and any(token.word.startswith(spelling.introduced_by) for token in around)


def _split(tokens: list[Token], text: str, spelling: Spelling) -> Iterator[tuple[Token, ...]]:
    begin, in_lines = 0, "\n" in text
    for index, (token, following) in enumerate(pairwise(tokens)):
        if (token.word in _ENDS and following.word not in _ENDS and not _goes_on(tokens, index, spelling)) or (
            in_lines and "\n" in text[token.end : following.start]
        ):
            yield tuple(tokens[begin : index + 1])
            begin = index + 1
    if tokens:
        yield tuple(tokens[begin:])


def _goes_on(tokens: list[Token], index: int, spelling: Spelling) -> bool:
    """Return whether a sentence goes on after a full stop: an abbreviation, an initial, or no space behind."""
    token, following = tokens[index], tokens[index + 1]
    if token.end == following.start and following.word not in "»”\"')":
        return True
    if token.word != "." or not index:
        return False
    before = tokens[index - 1].word
    return before in spelling.abbreviations or (len(before) == 1 and before.isalpha() and before != "y")
