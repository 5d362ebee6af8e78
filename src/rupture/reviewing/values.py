"""How the wording of a finding writes a value: a date, a count with its noun, or the value itself."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from babel import Locale

from rupture.case.written import Notice
from rupture.language import languages, typography
from rupture.reviewing.facts import Count

if TYPE_CHECKING:
    from rupture.case.model import Case
    from rupture.reviewing.facts import Value


def written(value: Value, case: Case) -> str:
    """Return a value as the locale of the letter writes it."""
    if isinstance(value, Notice | Count):
        return _counted(value, case)
    if isinstance(value, dt.date):
        return typography.date_text(value, languages.get(case.language).styles[case.locale])
    return str(value)


def _counted(value: Notice | Count, case: Case) -> str:
    one, many = languages.get(case.language).words["units"][value.unit]
    singular = Locale.parse(case.locale, sep="-").plural_form(value.count) == "one"
    return f"{value.count} {one if singular else many}"
