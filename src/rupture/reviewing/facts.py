"""What a fact rule is: a function of a case and its letter, with the code and the severity of what it finds."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from rupture.planning.planner import plan
from rupture.reviewing.ownwords import own_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

    from rupture.case.field_path import FieldPath
    from rupture.case.model import Case
    from rupture.case.written import Notice, PartialDate
    from rupture.letter.tree import Document
    from rupture.planning.plan import Plan
    from rupture.reviewing.findings import Severity


@dataclass(frozen=True)
class Seen:
    """What a fact rule looks at.

    Args:
        case: the facts.
        document: the letter composed from them.
        found: the codes that the rules before it found; only the rule about waivers needs them.
        planned: the plan of the letter, if it is known.
        folder: of templates of the sender's own.
    """

    case: Case
    document: Document
    found: Collection[str] = ()
    planned: Plan | None = None
    folder: Path | None = None

    @cached_property
    def plan(self) -> Plan:
        """What the letter says, and what it leaves out."""
        return self.planned or plan(self.case)

    @cached_property
    def own_words(self) -> tuple[tuple[str, str, str], ...]:
        """The field path, the words and the language of each text in the sender's own words."""
        return tuple(own_words(self.case))


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things, written with its noun: « 5 ans ».

    Args:
        count: how many.
        unit: of what, by a name of ``units`` in ``language.toml``.
    """

    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the finding itself, one of its ``phrases`` in ``findings.toml``.

    Args:
        code: which of them.
    """

    code: str


#: What the wording of a finding may name.
Value: TypeAlias = "str | int | dt.date | PartialDate | Notice | Count | Phrase"


class Observation(NamedTuple):
    """One thing that a rule finds; its wording is in ``review/findings.toml`` under the code of the rule.

    Args:
        path: the case field, or the part of the letter.
        values: for the wording.
        words: what was found, word for word.
    """

    path: str | FieldPath
    values: Mapping[str, Value] = {}
    words: str = ""


Find: TypeAlias = "Callable[[Seen], Iterator[Observation]]"


@dataclass(frozen=True, slots=True)
class FactRule:
    """A rule about steps, facts, dates, law, address or style.

    Args:
        code: of its findings.
        severity: of its findings.
        find: yields what it finds.
        holds: what must hold, in one sentence.
        source: where it comes from, unless its wording says it.
    """

    code: str
    severity: Severity
    find: Find
    holds: str
    source: str = ""


def fact_rule(code: str, severity: Severity) -> Callable[[Find], FactRule]:
    """Make a rule of a function whose docstring says what must hold."""
    return lambda find: FactRule(code, severity, find, inspect.getdoc(find) or "")
