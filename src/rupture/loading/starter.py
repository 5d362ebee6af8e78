"""The case file that a person begins with: complete, so that it renders, and commented, so that it is changed."""

from __future__ import annotations

import datetime as dt
import re
from string import Template
from typing import TYPE_CHECKING, Any, Final

from rupture.case import catalogue
from rupture.errors import InputError
from rupture.language import languages
from rupture.resources import toml
from rupture.resources.locales import locales
from rupture.resources.paths import templates_root
from rupture.resources.suggestions import unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_MOST_REASONS: Final = 3
#: The column of the comments behind values.
_COMMENTS: Final = 40
#: The sample days of a starter, counted from today.
_DAYS: Final = {
    "due": -75,
    "earlier": -52,
    "paid": -33,
    "recently": -17,
    "date": 0,
    "date_answer": 7,
    "soon": 10,
    "later": 20,
    "end": 90,
    "after": 105,
}


def starter_case(  # noqa: PLR0913  what a case file begins with
    locale: str,
    reasons: Sequence[str],
    schema: str,
    name: str,
    *,
    message: str = "separation",
    today: dt.date | None = None,
) -> str:
    """Return the text of a case file to fill in.

    Args:
        locale: language and formats, such as ``fr-FR``.
        reasons: the slugs to prepare; the message's own when empty.
        schema: the schema file named in its first line, for editors.
        name: the name of the file to be written, for its own instructions.
        message: what is to be written.
        today: the day its sample dates count from.

    Raises:
        InputError: an unknown locale, message or reason, or more than three reasons.
    """
    _check(locale, message, reasons)
    language = languages.get(locales()[locale])
    folder = templates_root() / language.code / "starter"
    slugs = reasons or catalogue.messages()[message].usual
    words = {**language.samples, **language.starters[locale], **_sample_days(today), **_samples(folder, slugs)}
    words |= {"schema": schema, "name": name, "locale": locale, "message": message}
    words["delivery"] = "registered" if message == "separation" else "post"
    words = {key: _filled(value, words) for key, value in words.items()}
    words["specific"] = _filled((folder / f"{message}.yaml").read_text("utf-8"), words).strip()
    whole = _filled((folder / "whole.yaml").read_text("utf-8"), words)
    return re.sub(r"\n{3,}", "\n\n", _aligned(whole))


def _check(locale: str, message: str, reasons: Sequence[str]) -> None:
    asked = [("locale", locale, locales()), ("message", message, catalogue.messages())]
    for kind, word, known in (*asked, *(("reason", slug, catalogue.reasons()) for slug in reasons)):
        if word not in known:
            raise InputError(unknown(kind, word, known))
    if len(reasons) > _MOST_REASONS:
        raise InputError(f"{len(reasons)} reasons: begin with at most {_MOST_REASONS}")


def _filled(text: str, words: Mapping[str, str]) -> str:
    return Template(text).safe_substitute(words)


def _aligned(text: str) -> str:
    """Return a case file whose comments behind values stand below one another."""
    return re.sub(r"(?m)^(?!#)(.*?\S) +(# .*)$", lambda found: f"{found[1]:<{_COMMENTS}}{found[2]}", text)


def _sample_days(today: dt.date | None) -> dict[str, str]:
    day = today or dt.date.today()  # noqa: DTZ011  the writer's own calendar day
    days = {name: str(day + dt.timedelta(days=count)) for name, count in _DAYS.items()}
    return {**days, "since": str(day.year - 3), "month": days["due"][:7]}


def _samples(folder: Path, slugs: Iterable[str]) -> dict[str, str]:
    """Return the sample facts of some reasons, as blocks of a case file."""
    data = toml.read(folder / "reasons.toml")
    reasons = "".join(_entry(slug, data.get(slug, {})) for slug in slugs)
    money = "".join(f"  - {item}\n" for slug in slugs for item in data.get(slug, {}).get("money", ()))
    return {
        "reasons": f"reasons:\n{reasons}" if reasons else "",
        "reason_entries": reasons,
        "money": money,
        "money_block": f"\nmoney:\n{money}" if money else "",
    }


def _entry(slug: str, sample: Mapping[str, Any]) -> str:
    entry = catalogue.reasons()[slug]
    head = f"  # {slug}: {entry.title[:1].lower()}{entry.title[1:]}.\n  # To gather: {entry.wants}.\n"
    return head + "".join(f"  - {line}\n" for line in sample.get("reasons", (f"{{reason: {slug}}}",)))
