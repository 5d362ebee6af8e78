"""What the tone rules find that is not a matter of words: capitals, scare quotes, secret numbers."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

#: Where something begins and ends in the text.
Span: TypeAlias = "tuple[int, int]"
Check: TypeAlias = "Callable[[str, Sequence[Span]], Iterator[Span]]"

_SHOUTED: Final = re.compile(r"[!?]\s?[!?]+|!{2,}")
_WORD: Final = re.compile(r"\b[^\W\d_]{2,}(?:[-‑][^\W\d_]+)*\b")  # SAINT-ÉTIENNE is one word
_LOUD_WORDS: Final = 3  # in a row; two may be a name or two acronyms
_LONG_WORD: Final = 5
_ACRONYMS: Final = frozenset(
    ["SIREN", "SIRET", "URSSAF", "CNESST", "DGCCRF", "INSEE", "AFNOR", "ADEME", "UNESCO", "CARSAT", "COVID"]
)
#: Ordinary words that nobody takes for an acronym: one of them in capitals is loud, in either language.
_EMPHASIS: Final = re.compile(
    r"\b(?:NOT|NEVER|ALWAYS|EVERYTHING|NOTHING|NOBODY|EVERY|AGAIN|AGREED|VERY|YOUR|"
    r"PAS|JAMAIS|TOUJOURS|RIEN|ENCORE|TRÈS|VOTRE|AUCUNE?|PERSONNE)\b"
)
_QUOTED: Final = re.compile(
    r"«\s*([^«»]{1,40}?)\s*»|“([^“”]{1,40})”|\"([^\"]{1,40})\"|‘([^‘’]{2,40})’|(?<!\w)'([^'\n]{2,40})'(?!\w)"
)
_MOST_SCARED: Final = 3
_DIGITS: Final = re.compile(r"(?<![\w.,])\d(?:[ \u00a0\u202f.\-]?\d){8,18}(?![\w])")
#: Before a number that every company shows: some of them pass the check of a card, or of a Canadian's number.
_COMPANY: Final = re.compile(
    r"(?:SIRE[NT]|R\.?C\.?S\.?|NEQ|TVA|TPS|TVQ|BCE|IDE|VAT|EIN)\W{0,3}[\w°º.]{0,14}\W{0,3}$", re.IGNORECASE
)
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0\u202f]?[A-Z0-9]{2,4}){3,8}\b")


def shouting(text: str, quotations: Sequence[Span]) -> Iterator[Span]:
    """Yield runs of capitals that are not an acronym, and repeated marks."""
    del quotations
    for match in _SHOUTED.finditer(text):
        yield match.span()
    if not any(map(str.isupper, _WORD.findall(text))):
        return
    for loud, group in groupby(_WORD.finditer(text), key=lambda match: match[0].isupper()):
        run = list(group)
        long_ones = [word for word in run if len(word[0]) >= _LONG_WORD and word[0] not in _ACRONYMS]
        if loud and ((len(run) >= _LOUD_WORDS and long_ones) or len(long_ones) > 1):
            yield run[0].start(), run[-1].end()
        elif loud and (single := _EMPHASIS.search(text, run[0].start(), run[-1].end())):
            yield single.span()


def scare_quotes(text: str, quotations: Sequence[Span]) -> Iterator[Span]:
    """Yield one to three quoted words that are not a dated quotation, a name or a title."""
    for match in _QUOTED.finditer(text):
        words = next(filter(None, match.groups())).split()
        quoted = any(start - 3 <= match.start() and match.end() <= end + 3 for start, end in quotations)
        if not quoted and 0 < len(words) <= _MOST_SCARED and words[0][0].islower():
            yield match.span()


def secret_numbers(text: str, quotations: Sequence[Span]) -> Iterator[Span]:
    """Yield numbers of cards, accounts and social insurance whose check digits fit."""
    del quotations
    for match in _IBAN.finditer(text):
        if _iban(re.sub(r"\W", "", match[0])):
            yield match.span()
    for match in _DIGITS.finditer(text):
        if _COMPANY.search(text[: match.start()]):
            continue
        digits = re.sub(r"\D", "", match[0])
        if _card(digits) or _french_insured(digits) or _grouped(match[0]):
            yield match.span()


def _card(digits: str) -> bool:
    return len(digits) in range(13, 20) and digits[0] in "3456" and _luhn(digits)


def _grouped(written: str) -> bool:
    """Tell whether a number is written as the insured of the USA (3-2-4) or of Canada (3 3 3, Luhn) write theirs."""
    if re.fullmatch(r"(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}", written):
        return True
    if re.fullmatch(r"[3-6]\d{3}([ -])\d{4}\1\d{4}\1\d{4}", written):  # a card, even with a figure mistyped
        return True
    digits = re.sub(r"\D", "", written)
    return bool(re.fullmatch(r"\d{3}([ -])\d{3}\1\d{3}", written)) and _luhn(digits)


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0  # noqa: PLR2004  sum of two digits


def _french_insured(digits: str) -> bool:
    return bool(re.fullmatch(r"[12]\d{14}", digits)) and 97 - int(digits[:13]) % 97 == int(digits[13:])


def _iban(account: str) -> bool:
    if not 15 <= len(account) <= 34:  # noqa: PLR2004  ISO 13616
        return False
    moved = account[4:] + account[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


CHECKS: Final[dict[str, Check]] = {
    "shouting": shouting,
    "scare-quotes": scare_quotes,
    "secret-numbers": secret_numbers,
}
