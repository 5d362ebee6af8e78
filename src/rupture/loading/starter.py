"""The case file that a person begins with: complete, so that it renders, and commented, so that it is changed."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from rupture.case import catalogue
from rupture.errors import InputError
from rupture.language import languages
from rupture.resources.locales import locales
from rupture.resources.paths import templates_root
from rupture.resources.suggestions import unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

_DEFAULT_REASON: Final = "late-payment"


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
        reasons: the slugs to prepare; late payment when empty.
        schema: the schema file named in its first line, for editors.
        name: the name of the file to be written, for its own instructions.
        message: what is to be written.
        today: the day its sample dates count from.

    Raises:
        InputError: an unknown locale, message or reason, or more than three reasons.
    """
    asked = [("locale", locale, locales()), ("message", message, catalogue.messages())]
    for kind, word, known in (*asked, *(("reason", slug, catalogue.reasons()) for slug in reasons)):
        if word not in known:
            raise InputError(unknown(kind, word, known))
    if len(reasons) > 3:  # noqa: PLR2004  as many as the model takes
        raise InputError(f"{len(reasons)} reasons: a letter gives at most three")
    language = languages.get(locales()[locale])
    day = today or dt.date.today()  # noqa: DTZ011  the writer's own calendar day
    before = day - dt.timedelta(days=45)
    samples = {"invoice": "{invoice: F-001}", "event": f"{{date: {before}, medium: email}}"} | {
        shape: f"{{date: {before}, {shape}: {words}}}" for shape, words in language.samples.items()
    }
    fields = {
        "schema": schema,
        "name": name,
        "locale": locale,
        "message": message,
        "date": day,
        "end": day + dt.timedelta(days=90),
        "since": day.year - 3,
        "due": day - dt.timedelta(days=75),
        "paid": day - dt.timedelta(days=33),
        "soon": day + dt.timedelta(days=10),
        "later": day + dt.timedelta(days=20),
        "reasons": "\n".join(_reason(slug, samples) for slug in reasons or (_DEFAULT_REASON,)),
        **language.starters[locale],
    }
    parts = _texts(language.code, message)
    history = "" if message == "decline" else parts["history"]  # somebody who is not a client yet has none
    if message == "reminder":  # of an invoice that is still open
        history = history.replace(", paid: {paid}", "")
    written = parts["whole"].format(
        **fields,
        since_line=f"  since: {fields['since']}\n" if history else "",
        history=history.format(**fields).rstrip(),
        specific=parts["specific"].format(**fields).rstrip(),
    )
    return re.sub(r"\n{3,}", "\n\n", written)


def _texts(code: str, message: str) -> dict[str, str]:
    """Return the case file that `rupture new` fills in for that language.

    Args:
        code: of the language.
        message: what is to be written.

    Returns:
        ``whole``, with places for ``history``, what there was between the two, and ``specific``, the message's own.
    """
    folder = templates_root() / code
    names = {"whole": "starter.yaml", "history": "starter/history.yaml", "specific": f"starter/{message}.yaml"}
    return {part: (folder / name).read_text("utf-8") for part, name in names.items()}


def _reason(slug: str, samples: dict[str, str]) -> str:
    entry = catalogue.reasons()[slug]
    title = entry.title[:1].lower() + entry.title[1:]
    return f"  - reason: {slug}    # {title}\n    facts:         # {entry.wants}\n      - {samples[entry.shapes[0]]}"
