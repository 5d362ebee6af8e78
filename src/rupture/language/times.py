"""Days, months and the user's words for a time, behind the preposition that the sentence asks for.

Languages differ only in data (``[times]`` of their ``language.toml``); this module holds the one engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from babel.dates import format_date

from rupture.case.written import PartialDate
from rupture.language.grammar import Computed, Phrase, listed, of_same_origin, pieces_of, with_particle
from rupture.language.moments import each_of, partial_date, precision
from rupture.language.typography import babel_locale, date_text, month_name, time_text, within_month

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from rupture.language.grammar import Wording
    from rupture.language.languages import Language
    from rupture.language.moments import When
    from rupture.language.typography import Style

#: From how many days on a time is no longer near.
_NEAR: Final = 180


@dataclass(slots=True)
class Calendar:
    """Writes the times of one letter; a past year is left out where the time before it has the same one.

    Args:
        today: the letter's own date.
        language: with the forms of its times.
        style: of the locale.
        spoken: whether a time that is near needs no year, as between friends.
        year: of the past time written last, or 0 for none.
    """

    today: dt.date
    language: Language
    style: Style
    spoken: bool = False
    year: int = field(default=0)

    def forget_year(self) -> None:
        """Begin a new part: its first time names its year."""
        self.year = 0

    def on(self, when: When | Sequence[When], at: str | None = None, *, weekday: bool = False) -> Phrase:
        """Return when: on a day, in a month, on several; the user's words as they are.

        Args:
            when: one time or several.
            at: the hour, such as ``16:00``.
            weekday: whether a day is called by its name too.
        """
        times = [partial_date(each) for each in each_of(when)]
        groups = [self._together(kind, tuple(some), weekday=weekday) for kind, some in groupby(times, precision)]
        phrase = self._joined(groups)
        return Phrase((*phrase.pieces, Computed(self.at(at)))) if at else phrase

    def at(self, hour: str) -> str:
        """Return at what hour, such as “ at 4 PM”, with a space before it."""
        hours: Mapping[str, str] = self._forms["hours"]
        form: str = self._forms["at"]
        return hours.get(hour) or form.format(time_text(hour, self.style))

    def hour(self, hour: str) -> str:
        """Return an hour without its preposition, such as “4 PM”."""
        form: str = self._forms["at"]
        return self.at(hour).removeprefix(form.partition("{")[0])

    def by(self, when: When, at: str | None = None, *, weekday: bool = False) -> Phrase:
        """Return by when at the latest, always with the year; arguments as for `on`."""
        self.forget_year()
        return self._behind("by", when, at, weekday=weekday)

    def begin(self, when: When, at: str | None = None, *, weekday: bool = False) -> Phrase:
        """Return from when; arguments as for `on`."""
        return self._behind("from", when, at, weekday=weekday)

    def until(self, when: When, at: str | None = None, *, included: bool = False, weekday: bool = False) -> Phrase:
        """Return until when.

        Args:
            when: a time.
            at: the hour.
            included: whether a day is expressly included.
            weekday: whether a day is called by its name too.
        """
        return self._behind("through" if included else "until", when, at, weekday=weekday)

    def since(self, when: When) -> Phrase:
        """Return since when."""
        return self._behind("since", when, None, weekday=False)

    def date_of(self, when: When | Sequence[When], *, weekday: bool = False) -> Wording:
        """Return a time without a preposition or an article, or several."""
        names = [self._without_preposition(partial_date(each), weekday=weekday) for each in each_of(when)]
        return names[0] if len(names) == 1 else self._joined(names)

    def _without_preposition(self, time: PartialDate | Wording, *, weekday: bool) -> Wording:
        return Computed(self._name(time, weekday=weekday)) if isinstance(time, PartialDate) else time

    @property
    def _forms(self) -> Mapping[str, Any]:
        return self.language.times

    def _behind(self, name: str, when: When, at: str | None, *, weekday: bool) -> Phrase:
        time = partial_date(when)
        form = self._forms[name]
        if not isinstance(time, PartialDate):
            phrase = self._behind_words(form, time)
        else:
            phrase = Phrase((Computed(self._formed(form, time, self._name(time, weekday=weekday))),))
        return Phrase((*phrase.pieces, Computed(self.at(at)))) if at else phrase

    def _formed(self, form: Mapping[str, Any], time: PartialDate, name: str) -> str:
        """Return the name of a time in the form for its precision, with what the locale or a vowel changes."""
        kind = precision(time)
        elided = form.get(f"{kind}_elided")
        if elided and self.language.sounds.vowel_first(name):
            return str(elided).format(name)
        return str(form.get(self.style.locale, form).get(kind, form[kind])).format(name)

    def _behind_words(self, form: Mapping[str, Any], words: Wording) -> Phrase:
        """Return words behind the preposition, in place of one that they bring, unless theirs stands by itself."""
        first, *rest = pieces_of(words)
        if _begins(first, self._forms["whole"]):
            return Phrase((first, *rest))
        placed = next((each for each in self._forms["placed"] if _begins(first, (each,))), None)
        if (placed is not None and form.get("keeps")) or self._like(form.get("bare", "$^"), first):
            return Phrase((form["words"], first, *rest))
        if placed is not None:
            first = of_same_origin(first, self._forms["placed"][placed] + first[len(placed) :])
        return self._led(form["words"], form.get("particle"), Phrase((first, *rest)))

    def _on_words(self, words: Wording) -> Phrase:
        """Return words as they are, or behind the preposition of their kind of time: “in spring”."""
        text = str(words)
        kinds = () if _begins(text, (*self._forms["whole"], *self._forms["placed"])) else self._forms["kinds"]
        kind: Mapping[str, str] = next((kind for kind in kinds if self._like(kind["like"], text)), {})
        return self._led(kind.get("before", ""), kind.get("particle"), words)

    def _like(self, pattern: str, text: str) -> bool:
        months = "|".join(month_name(month, self.style).casefold() for month in range(1, 13))
        pattern = pattern.replace("<month>", f"({months})")
        pattern = pattern.replace("<day>", f"({'|'.join(self._forms.get('day_words', ()))})s?")
        return re.search(pattern, text.casefold().replace("'", "’")) is not None

    def _led(self, before: str, particle: str | None, words: Wording) -> Phrase:
        led = with_particle(self.language.particles[particle], words, self.language.sounds) if particle else words
        return Phrase(tuple(piece for piece in (before, *pieces_of(led)) if piece))

    def _together(self, kind: str, times: tuple[PartialDate | Wording, ...], *, weekday: bool) -> Phrase:
        """Return some times of one precision behind one preposition."""
        dates = [time for time in times if isinstance(time, PartialDate)]
        if not dates:
            return self._joined([self._on_words(time) for time in times if not isinstance(time, PartialDate)])
        form = self._forms["on"]
        if len(dates) == 1:
            return Phrase((Computed(self._formed(form, dates[0], self._name(dates[0], weekday=weekday))),))
        if kind != "day":
            names = self._shared([month_name(date.month, self.style) for date in dates if date.month], dates)
            return Phrase((Computed(self._formed(form, dates[0], str(names))),))
        days = [date.earliest() for date in dates]
        return self._weekdays(days) if weekday else self._days(days)

    def _shared(self, months: list[str], dates: Sequence[PartialDate]) -> Phrase:
        """Return several months, or years, with a common year once."""
        if not months or len({date.year for date in dates}) > 1:
            return self._joined([self._name(date) for date in dates])
        return self._joined([*months[:-1], self._name(dates[-1])])

    def _days(self, days: Sequence[dt.date]) -> Phrase:
        """Return several days: the month and the year once where they are the same."""
        by_month = [list(some) for _, some in groupby(days, lambda day: (day.year, day.month))]
        if len(by_month) == len(days):
            year = self._years(days)
            texts = [date_text(day, self.style, with_year=False) + year[day] for day in days]
            return self._several(texts)
        year = self._years([some[-1] for some in by_month])
        groups = [self._several(within_month(some, year[some[-1]], self.style)) for some in by_month]
        return self._joined(groups)

    def _weekdays(self, days: Sequence[dt.date]) -> Phrase:
        """Return several days with their names, the month and the year once where the locale allows it."""
        by_month = [list(some) for _, some in groupby(days, lambda day: (day.year, day.month))]
        year = self._years([some[-1] for some in by_month])
        texts = [text for some in by_month for text in within_month(some, year[some[-1]], self.style, apart=True)]
        names = [self._weekday(day, text) for day, text in zip(days, texts, strict=True)]
        each = self._forms["on"].get("each")
        return self._joined([Computed(each.format(name)) for name in names]) if each else self._several(names)

    def _several(self, texts: Sequence[str]) -> Phrase:
        form: str = self._forms["on"]["days" if len(texts) > 1 else "day"]
        return Phrase((Computed(form.format(self._joined(texts))),))

    def _years(self, days: Sequence[dt.date]) -> dict[dt.date, str]:
        """Return what follows each day to name its year: nothing where the next one has the same."""
        shared = len({day.year for day in days}) == 1
        named = days[-1:] if shared else days
        full = {day: date_text(day, self.style, with_year=self._with_year(day)) for day in named}
        short = {day: date_text(day, self.style, with_year=False) for day in days}
        return {day: full.get(day, short[day]).removeprefix(short[day]) for day in days}

    def _joined(self, wordings: Sequence[Wording]) -> Phrase:
        language = self.language
        last = language.last.get(self.style.locale, language.last[""])
        return listed(wordings, language.separator, last, language.last_of_two)

    def _name(self, time: PartialDate, *, weekday: bool = False) -> str:
        if time.day:
            return self._day(time.earliest(), weekday=weekday)
        if not time.month:
            return str(time.year)
        name = month_name(time.month, self.style)
        return f"{name} {time.year}" if self._with_year(time.earliest()) else name

    def _day(self, day: dt.date, *, weekday: bool = False) -> str:
        text = date_text(day, self.style, with_year=self._with_year(day))
        return self._weekday(day, text) if weekday else text

    def _weekday(self, day: dt.date, text: str) -> str:
        forms: Mapping[str, str] = self._forms["weekday"]
        name = format_date(day, "EEEE", locale=babel_locale(self.style.locale))
        return forms.get(self.style.locale, forms[""]).format(weekday=name, day=text)

    def day(self, day: dt.date) -> Computed:
        """Return a day, without its year where it is past and the time before it has the same one."""
        return Computed(self._day(day))

    def _with_year(self, day: dt.date) -> bool:
        """Return whether a time names its year: one to come does, unless friends speak of one that is near."""
        known, self.year = self.year, day.year
        if self.spoken and abs((day - self.today).days) < _NEAR and day.year == self.today.year:
            return False
        return day > self.today or day.year != known


def _begins(text: str, beginnings: Iterable[str]) -> bool:
    return text.casefold().replace("'", "’").startswith(tuple(beginnings))
