"""The rules, each a small function of the case and its letter that yields findings.

The wording of a finding is in ``templates/<language>/review.toml`` under its code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from rupture import catalog, typography
from rupture.review.finding import Finding, Findings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping

    from rupture.case import Case
    from rupture.document import Document
    from rupture.review.finding import Severity

#: A rule yields (code, severity, field path, values for the wording).
_Remark: TypeAlias = "tuple[str, Severity, str, dict[str, str | dt.date]]"
Rule: TypeAlias = "Callable[[Case, Document], Iterator[_Remark]]"

#: The case field that a step is told from, where the two names differ.
_FIELD_OF_STEP: Final = {"gratitude": "thanks"}


def review(case: Case, document: Document) -> Findings:
    """Return what to look at before the letter is sent.

    Args:
        case: the facts.
        document: the letter composed from them.
    """
    texts = catalog.review_texts(case.language)
    return Findings(_finding(remark, texts[remark[0]], case) for rule in RULES for remark in rule(case, document))


def _finding(remark: _Remark, text: Mapping[str, str], case: Case) -> Finding:
    code, severity, path, values = remark
    origin = case._origin  # noqa: SLF001  kept private so that equal cases stay equal
    line, column = origin.place(path) if origin else (0, 0)
    style = catalog.language(case.language).styles[case.locale]
    said = {
        name: value if isinstance(value, str) else typography.date_text(value, style) for name, value in values.items()
    }
    return Finding(
        code=code,
        severity=severity,
        message=text["message"].format(**said),
        suggestion=text["suggestion"].format(**said),
        path=path,
        file=origin.file if origin else "",
        line=line,
        column=column,
    )


def step_missing(case: Case, document: Document) -> Iterator[_Remark]:
    """Each of the five steps is in the letter, or explicitly declined (S2: the five steps)."""
    told = {part.name for part in document.letters[0].parts}
    for step in ("gratitude", "framing", "goodwill", "apology", "alternatives"):
        field = _FIELD_OF_STEP.get(step, step)
        declined = getattr(case, field, None) is not None
        if (step not in told and not declined) or (step == "gratitude" and case.thanks is None):
            yield "step.missing", "warning", field, {"field": field}
        elif step == "framing" and not case.reasons:
            yield "framing.no-reason", "hint", "reasons", {}


def end_before_letter(case: Case, document: Document) -> Iterator[_Remark]:
    """The last day does not come before the letter's own date (law-aware check, all places)."""
    del document
    if case.end.date < case.date:
        yield "end.past", "error", "end.date", {"end": case.end.date, "date": case.date}


def text_changed(case: Case, document: Document) -> Iterator[_Remark]:
    """What the reader of the file remarked: invisible characters removed, a value that looks cut."""
    del document
    if case._origin:  # noqa: SLF001  as above
        for note in case._origin.notes:  # noqa: SLF001  as above
            yield "text.changed", "hint", note.path, {"note": note.message}


def reason_without_facts(case: Case, document: Document) -> Iterator[_Remark]:
    """A documented reason tells at least one dated fact, unless it is one that needs none."""
    del document
    for index, reason in enumerate(case.reasons):
        entry = catalog.reasons()[reason.reason]
        if entry.facts_wanted and not reason.facts and (reason.disclosure or entry.disclosure) == "documented":
            yield "reason.no-facts", "warning", f"reasons[{index}]", {"reason": reason.reason}


def never_said(case: Case, document: Document) -> Iterator[_Remark]:
    """Words and names that the sender bans appear nowhere in the letter."""
    for index, banned in enumerate(case.never_say):
        pattern = re.compile(rf"(?<!\w){re.escape(_plain(banned))}(?!\w)")
        for letter in document.letters:
            for part in letter.parts:
                if pattern.search(_plain(str(part))):
                    yield "never-say", "error", f"never_say[{index}]", {"words": banned, "part": part.name}


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'").casefold())


RULES: Final[tuple[Rule, ...]] = (step_missing, end_before_letter, reason_without_facts, never_said, text_changed)
