"""How the wording of a finding writes a value: a date, a count with its noun, or the value itself."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import get_month_names

from rupture.case.written import Notice, PartialDate
from rupture.language import languages, typography
from rupture.reviewing.facts import Count, Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.case.model import Case
    from rupture.reviewing.facts import Value


def written(value: Value, case: Case, phrases: Mapping[str, str]) -> str:
    """Return a value as the locale of the letter writes it.

    Args:
        value: what a rule gave.
        case: whose letter it is about.
        phrases: those of the finding.
    """
    if isinstance(value, Phrase):
        return phrases.get(value.code, value.code)
    if isinstance(value, Notice | Count):
        return _counted(value, case)
    if isinstance(value, PartialDate):
        return _partial(value, case)
    if isinstance(value, dt.date):
        return typography.date_text(value, languages.get(case.language).styles[case.locale])
    return str(value)


def _partial(when: PartialDate, case: Case) -> str:
    if when.day:
        return written(when.earliest(), case, {})
    names = get_month_names("wide", locale=case.language)
    return f"{names[when.month]} {when.year}" if when.month else str(when.year)


def _counted(value: Notice | Count, case: Case) -> str:
    one, many = languages.get(case.language).words["units"][value.unit]
    singular = Locale.parse(case.locale, sep="-").plural_form(value.count) == "one"
    return f"{value.count} {one if singular else many}"
