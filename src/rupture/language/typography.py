"""Dates, amounts, and the spaces, quotes and apostrophes of a locale: pure functions of text and locale."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_month_names
from babel.numbers import get_currency_precision, get_currency_symbol

from rupture.errors import InputError
from rupture.resources.memory import remembered

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from rupture.case.written import Money, PartialDate
    from rupture.letter.blocks import Line

NBSP: Final = "\u00a0"
NNBSP: Final = "\u202f"
_NOON: Final = 12
_ANY_SPACE: Final = f"[ {NBSP}{NNBSP}]"

#: What typography does not touch: web and e-mail addresses, bank accounts, times of day.
PROTECTED: Final = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+"
    r"|\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,8}(?:\s?[A-Z0-9]{1,3})?\b"
    r"|\b\d{1,2}:\d{2}\b"
)
#: Something of each of them, which is found sooner.
_MAY_BE_PROTECTED: Final = re.compile(r"[@:]|www|[A-Z]\d")


@dataclass(frozen=True, slots=True)
class Figures:
    """How an amount is written.

    Args:
        group: the separator of thousands.
        decimal: the separator of decimals.
        form: the order of ``{figure}`` and ``{sign}``, with the space between them.
        whole: what a whole amount has in place of its decimals, in a sentence: « CHF 780.– ».
    """

    group: str
    decimal: str
    form: str
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """The typographic habits of one locale, from ``[locales]`` of its ``language.toml``.

    Args:
        locale: such as ``fr-CA``.
        before: each sign with the space before it, empty for none.
        quotes: how a quotation opens and closes, with its inner spaces.
        single_quote: how a quotation between straight single marks opens; empty where they are all apostrophes.
        bound: words that stay on one line with the figure or name after them, such as « article ».
        first_of_month: what the 1st is called: « 1er »; empty when it is a plain figure.
        clock: a time of day with its minutes, and one on the hour, with ``{hour}`` and ``{minute}``.
        after_date: what stands between a date that ends with its year and the words behind it.
        half_days: what morning and afternoon are called where the clock has twelve hours; else empty.
        figures: how an amount is written.
        figures_of: the currencies that are written differently.
        signs: the signs of the currencies of the places the letters go to; Babel's for the others.
    """

    locale: str
    before: tuple[tuple[str, str], ...]
    quotes: tuple[str, str]
    single_quote: str
    bound: tuple[str, ...]
    figures: Figures
    figures_of: tuple[tuple[str, Figures], ...] = ()
    signs: tuple[tuple[str, str], ...] = ()
    first_of_month: str = ""
    after_date: str = ""
    clock: tuple[str, str] = ("{hour}:{minute}", "{hour}:{minute}")
    half_days: tuple[str, ...] = ()


_Replacement: TypeAlias = str | Callable[[re.Match[str]], str]


class _Rule(NamedTuple):
    """What is replaced by what, in texts that hold one of these; few do, and the pattern is slower to tell."""

    pattern: re.Pattern[str]
    replacement: _Replacement
    held: tuple[str, ...]

    def matches(self, text: str) -> list[re.Match[str]]:
        """Return where a text has something to replace."""
        return list(self.pattern.finditer(text)) if any(map(text.__contains__, self.held)) else []


@remembered(256)  # letters of one merge share most of their lines
def typeset(line: Line, style: Style) -> Line:
    """Return the line with the spaces, quotes and apostrophes of its locale; applying it twice changes nothing.

    Args:
        line: runs of text; a mark may stand in one run and the word before it in another.
        style: the habits to apply.
    """
    text = "".join(run.text for run in line)
    owners: list[int] = []
    for index, run in enumerate(line):
        owners += [index] * len(run.text)
    for rule in _rules(style):
        if matches := rule.matches(text):
            text, owners = _replaced(matches, rule.replacement, text, owners)
    ends = [bisect_right(owners, index) for index in range(-1, len(line))]  # the owners stand in order
    return tuple(
        run.but(text[start:end]) for run, (start, end) in zip(line, pairwise(ends), strict=True) if start < end
    )


def _replaced(
    matches: list[re.Match[str]], replacement: _Replacement, text: str, owners: list[int]
) -> tuple[str, list[int]]:
    """Replace in ``text``, keeping for each character the number of the run it belongs to."""
    guarded = [match.span() for match in PROTECTED.finditer(text)] if _MAY_BE_PROTECTED.search(text) else []
    out: list[str] = []
    out_owners: list[int] = []
    position = 0
    for match in matches:
        start, end = match.span()
        if any((low < end and start < high) or low < start < high for low, high in guarded):
            continue
        new = replacement if isinstance(replacement, str) else replacement(match)
        out.append(text[position:start] + new)
        sign = end - len(match[0].lstrip())  # not the space by it
        owner = owners[sign if sign < end else start] if start < end else owners[max(start - 1, 0)]
        out_owners += owners[position:start] + [owner] * len(new)
        position = end
    return "".join(out) + text[position:], out_owners + owners[position:]


@cache
def _rules(style: Style) -> tuple[_Rule, ...]:
    opening, closing = style.quotes
    rules: list[_Rule] = [
        _Rule(re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…", ("...",)),
        _Rule(re.compile(r'(?:^|(?<=[\s(\[«“‘’\'—–-]))"(?=\S)'), opening, ('"',)),
        _Rule(re.compile('"'), closing, ('"',)),
        *_apostrophes(style),
        *_spaces_inside(opening, closing),
    ]
    for sign, space in style.before:
        follows = r"(?=:(?:\s|$))" if sign == ":" else f"(?={re.escape(sign)})"
        rules.append(_Rule(re.compile(rf"(?<=[^\s{re.escape(sign)}!?:;(«]){_ANY_SPACE}*{follows}"), space, (sign,)))
    bound = "|".join(re.escape(word) for word in sorted(style.bound, key=len, reverse=True))
    first = f"|(?<={re.escape(style.first_of_month)} )" if style.first_of_month else ""
    names = _month_names(style.locale)
    months = "|".join(map(re.escape, names))
    bound_words = re.compile(rf"(?:^|(?<=[\s(’]))(?P<word>{bound}) (?=\S)")
    rules += [
        _Rule(bound_words, lambda match: f"{match['word']}{NBSP}", style.bound),
        _Rule(re.compile(rf" (?:(?<=\d ){first})(?=(?:{months})\b)"), NBSP, names),
        _Rule(re.compile(rf"(?P<month>\b(?:{months})) (?=\d)"), lambda match: f"{match['month']}{NBSP}", names),
        _Rule(re.compile(r" (?<=\d )(?=[\d€$£%]|h\b)"), NBSP, (" ",)),
    ]
    if style.after_date:
        rules.append(_mark_after_date(months, style.after_date))
    return tuple(rules)


def _mark_after_date(months: str, mark: str) -> _Rule:
    """Return the rule that sets a mark between “December 11, 2026” and the word behind it."""
    before = re.compile(rf"\b(?:{months})[ {NBSP}]\d{{1,2}}, \d{{4}}$")
    year = re.compile(r"(?<=, \d{4})(?= [a-z])")
    return _Rule(year, lambda match: mark if before.search(match.string, 0, match.start()) else "", (", ",))


def _apostrophes(style: Style) -> list[_Rule]:
    apostrophe = _Rule(re.compile("'"), "’", ("'",))
    if not style.single_quote:
        return [apostrophe]
    quote = re.compile(r"(?:^|(?<=[\s(\[“‘—–]))'(?=\w[^']*\w'(?:\W|$))")
    return [_Rule(quote, style.single_quote, ("'",)), apostrophe]


def _spaces_inside(opening: str, closing: str) -> list[_Rule]:
    if opening[0] != "«":
        return []
    return [
        _Rule(re.compile(rf"«{_ANY_SPACE}*(?=\S)"), opening, ("«",)),
        _Rule(re.compile(rf"(?<=\S){_ANY_SPACE}*»"), closing, ("»",)),
    ]


@cache
def _month_names(locale: str) -> tuple[str, ...]:
    return tuple(get_month_names("wide", locale=babel_locale(locale)).values())


@cache
def babel_locale(locale: str) -> Locale:
    """Return Babel's locale for a name such as ``fr-CA``.

    Raises:
        InputError: the Unicode CLDR does not know it.
    """
    try:
        return Locale.parse(locale, sep="-")
    except (UnknownLocaleError, ValueError):
        raise InputError(f"{locale} is not a locale of the Unicode CLDR, such as fr-CA") from None


def date_text(day: dt.date, style: Style, *, with_year: bool = True) -> str:
    """Return a full calendar date in words, such as « 1er mars 2026 » or “March 1, 2026”.

    Args:
        day: the date.
        style: the locale's habits; Babel does not write « 1er » (measured with 2.18).
        with_year: False to leave the year out.
    """
    text = _date_text(day, style.locale, with_year)
    return re.sub(r"^1\b", style.first_of_month, text) if style.first_of_month and day.day == 1 else text


@remembered(512)
def _date_text(day: dt.date, name: str, with_year: bool) -> str:  # noqa: FBT001  of one caller
    locale = babel_locale(name)
    text: str = format_date(day, "long" if with_year else _day_month(locale), locale=locale)
    return text


def _day_month(locale: Locale) -> str:
    return re.sub(r"[\s,]*y+[\s,]*", "", str(locale.date_formats["long"]))


def since_text(since: PartialDate, style: Style) -> str:
    """Return a year, a month with its year, or a full date, in words."""
    if since.day:
        return date_text(since.earliest(), style)
    if since.month:
        return f"{month_name(since.month, style)} {since.year}"
    return str(since.year)


def month_name(month: int, style: Style) -> str:
    """Return the name of a month, 1 to 12."""
    return _month_names(style.locale)[month - 1]


def within_month(days: Sequence[dt.date], year: str, style: Style, *, apart: bool = False) -> list[str]:
    """Return days of one month, which is named once, such as « 22 » and « 24 juin 2026 » or “June 22” and “24, 2026”.

    Args:
        days: at least one.
        year: what follows the last one to name its year.
        style: of the locale.
        apart: whether a figure cannot follow another day, as behind the name of its weekday: “January 14”.
    """
    short = [date_text(day, style, with_year=False) for day in days]
    month = month_name(days[0].month, style)
    figures = [text.replace(month, "").strip() for text in short]
    if len(days) > 1 and short[0].startswith(month):
        others = short if apart else figures
        return [short[0], *others[1:-1], others[-1] + year]
    return [*figures[:-1], short[-1] + year]


def amount_text(money: Money, style: Style, *, exact: bool = True) -> str:
    """Return an amount with its currency in the form of the locale: « 1 250,00 € », “$1,250.00”.

    Separators, order and the usual signs are data of the locale: they differ between versions of Babel.

    Args:
        money: the amount.
        style: of the locale.
        exact: whether a round amount shows its decimals too.
    """
    figures = dict(style.figures_of).get(money.currency, style.figures)
    whole = money.amount == money.amount.to_integral_value()
    places = 0 if whole and not exact else get_currency_precision(money.currency) or (0 if whole else 2)
    sign = dict(style.signs).get(money.currency) or get_currency_symbol(money.currency, babel_locale(style.locale))
    round_ = figures.whole if whole and not exact else ""
    figure = _separated(f"{money.amount:,.{places}f}", figures) + round_
    text = figures.form.format(figure=figure, sign=sign)
    return re.sub(r"(?<=[A-Z]{3})(?=\d)", NBSP, text)


def _separated(figure: str, figures: Figures) -> str:
    return figure.translate({ord(","): figures.group, ord("."): figures.decimal})


def percent_text(number: Decimal, style: Style) -> str:
    """Return a percentage with its decimals, such as « 12,5 % » or “12.5%”."""
    space = dict(style.before).get("%", "")
    return f"{number_text(number, style)}{space}%"


def number_text(number: Decimal | int, style: Style) -> str:
    """Return a quantity with the decimals that it has, such as « 1 250 » or “2.5”."""
    return _separated(f"{Decimal(number).normalize():,f}", style.figures)


def time_text(time: str, style: Style) -> str:
    """Return a time of day such as ``22:40`` as « 22 h 40 » or “10:40 PM”."""
    hours, minutes = map(int, time.split(":"))
    half = f"{NBSP}{style.half_days[hours >= _NOON]}" if style.half_days else ""
    hour = (hours % _NOON or _NOON) if half else hours
    return f"{style.clock[not minutes].format(hour=hour, minute=f'{minutes:02}')}{half}"


def country_name(code: str, style: Style) -> str:
    """Return the name of a country in capitals, as the last line of an address abroad."""
    name: str = babel_locale(style.locale).territories.get(code, code)
    return name.upper()
