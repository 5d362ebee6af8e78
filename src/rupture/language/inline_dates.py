"""Dates that a user writes inside a phrase as in a case file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rupture.case.values import FIRST_YEAR, LAST_YEAR
from rupture.case.written import PartialDate
from rupture.language.typography import since_text

if TYPE_CHECKING:
    from rupture.language.languages import Language
    from rupture.language.typography import Style

#: A day or a month inside a phrase, unless it is a piece of a number.
_ISO: Final = re.compile(r"(?<![\w/.-])((?:1[89]|2[0-3])\d\d)-(\d\d)(?:-(\d\d))?(?![\w/-]|\.\d)")


def with_dates(text: str, language: Language, style: Style) -> str:
    """Return a phrase of the user's with each 2026-12-11 or 2026-12 in it as the locale writes it.

    Args:
        text: the phrase.
        language: which tells where to elide before a month (« d’août »), and what a number stands behind.
        style: of the locale.
    """
    set_text, end = "", 0
    for match in _ISO.finditer(text) if "-" in text else ():
        before = text[end : match.start()]
        if (time := _real(match)) and not before.casefold().endswith(tuple(language.times["numbered"])):
            written = since_text(time, style)
            set_text += _elided(before, written, language) + written
            end = match.end()
    return set_text + text[end:]


def _elided(before: str, text: str, language: Language) -> str:
    """Return what stands before a date with its last particle elided, if the date wants that: « d’août »."""
    for particle in language.particles.values() if language.sounds.vowel_first(text) else ():
        if particle.elided != particle.plain and re.search(rf"(?:^|\s){re.escape(particle.plain)}$", before):
            return before.removesuffix(particle.plain) + particle.elided
    return before


def _real(match: re.Match[str]) -> PartialDate | None:
    try:
        time = PartialDate.model_validate(match[0])
    except ValueError:
        return None
    return time if FIRST_YEAR <= time.year <= LAST_YEAR else None
