"""What a rule about facts, dates or pages sees, before it has words and a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from rupture.case.model import Case
    from rupture.case.written import Notice
    from rupture.letter.tree import Document
    from rupture.reviewing.finding import Severity

#: What the wording of a finding may name.
Value: TypeAlias = "str | int | dt.date | Notice"


class Observation(NamedTuple):
    """One thing that a rule sees; its words are in ``review.toml`` under the code.

    Args:
        code: as ``end.past``.
        severity: of the finding.
        path: the case field, or the step of the letter.
        values: for the wording.
        words: what was found, word for word.
        source: where the rule comes from, unless ``review.toml`` says it.
    """

    code: str
    severity: Severity
    path: str
    values: dict[str, Value] = {}  # noqa: RUF012  never changed
    words: str = ""
    source: str = ""


Rule: TypeAlias = "Callable[[Case, Document], Iterator[Observation]]"
