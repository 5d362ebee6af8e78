"""Fact rules about what the letter tells: every date, sum and word of the case is found again in its text."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from babel.dates import get_month_names
from pydantic import BaseModel

from rupture.case.field_path import FieldPath
from rupture.case.money import MoneyItem
from rupture.case.own_words import Translations
from rupture.case.written import Money, Notice, PartialDate
from rupture.language.plain import plain
from rupture.letter.blocks import runs_of
from rupture.planning.reading import late_invoices
from rupture.reviewing.facts import Observation, fact_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.reviewing.facts import Seen

#: The parts of a case of which a letter tells everything.
_TOLD: Final = (
    "end",
    "request",
    "meeting",
    "reasons",
    "matters",
    "money",
    "people",
    "thanks",
    "wish",
    "regret",
)
#: Keys that order or colour what is told, and are not told themselves.
_SILENT: Final = frozenset(
    {"about", "who", "state", "gift", "urgent", "reason", "answer", "asked", "fee", "how", "count", "at", "for"}
)
_VALUES: Final = (str, Money, PartialDate, dt.date, Translations)
#: What declines a step.
NONE: Final = "none"
_NUMBER: Final = re.compile(r"\d+(?:[ ,.'’]\d{3})*")
_SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")


@fact_rule("facts.untold", "hint")
def untold(seen: Seen) -> Iterator[Observation]:
    """Every date, sum and word of the case is found again in the letter."""
    letter = _Text(seen)
    for path, value in _facts(seen):
        if not letter.tells(path, value):
            yield Observation(str(path), {"field": str(path)})


class _Text:
    """What a letter says, as far as it can be searched."""

    def __init__(self, seen: Seen) -> None:
        letter = seen.document.letters[0]
        self._sources = {run.source for run in runs_of(letter.parts) if run.source}
        text = " ".join(_SPACES.sub(" ", str(part)) for part in letter.parts)
        self._words = plain(text)
        self._numbers = {re.sub(r"\D", "", found) for found in _NUMBER.findall(text)}
        self._months = _months(seen.case.language)

    def tells(self, path: FieldPath, value: object) -> bool:
        """Return whether a value of the case is found: a text by its field, a figure or a date by its form."""
        if isinstance(value, Money):
            return str(int(value.amount)) in self._numbers
        if isinstance(value, PartialDate | dt.date):
            return self._has_date(value.year, value.month, value.day)
        name, below = str(path), f"{path}."
        return name in self._sources or any(source.startswith(below) for source in self._sources)

    def _has_date(self, year: int, month: int | None, day: int | None) -> bool:
        if month is None:
            return str(year) in self._words
        return self._months[month] in self._words and (day is None or str(day) in self._numbers)


@cache
def _months(language: str) -> dict[int, str]:
    """Return the name of each month, as texts are compared."""
    return {number: plain(name) for number, name in get_month_names("wide", locale=language).items()}


def _facts(seen: Seen) -> Iterator[tuple[FieldPath, Any]]:
    names = {name for name, words in seen.case.say.items() if not isinstance(words, int)}
    said = {source for item in seen.plan.items if item.name in names for source in (item.name, *item.sources)}
    late = {f"money[{index}]" for index in late_invoices(seen.case)}
    elsewhere = said | late | {left.path for left in seen.plan.left_out}
    for path, value in _leaves(seen.case, FieldPath()):
        if not (elsewhere and elsewhere.intersection(map(str, path.upwards()))):
            yield path, value


def _leaves(part: Any, path: FieldPath) -> Iterator[tuple[FieldPath, Any]]:  # noqa: ANN401  whatever a case holds
    if isinstance(part, _VALUES):
        if part != NONE:
            yield path, part
    elif isinstance(part, tuple):
        for index, each in enumerate(part):
            yield from _leaves(each, path / index)
    elif isinstance(part, MoneyItem) and part.state == "waived" and part.due:
        yield from _leaves(part.model_copy(update={"due": None}), path)
    elif isinstance(part, BaseModel) and not isinstance(part, Notice):
        for name, field in type(part).model_fields.items():
            key = field.alias or name
            if _is_told(path, key) and (value := getattr(part, name)) is not None:
                yield from _leaves(value, path / key)


def _is_told(path: FieldPath, key: str) -> bool:
    if not path.steps:
        return key in _TOLD
    return key not in _SILENT
