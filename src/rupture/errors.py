"""Every error that rupture raises on purpose.

RuptureError
|-- InputError               something a person wrote is wrong (exit code 2)
|   |-- CaseError            the case file: carries every Problem at once
|   |-- TemplateError        a template: unknown variable, unknown tag, bad syntax
|   |-- CharacterError       the output cannot show a character
|   `-- OutputError          the output file exists already, or cannot be written
|-- HeldBack                 an error-level finding stands (exit code 1)
`-- MissingLibrary           a library is not installed; the message gives the command
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class RuptureError(Exception):
    """The root of every error raised on purpose by this package."""


class InputError(RuptureError):
    """Something that a person wrote is wrong and can be corrected by that person."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a case, for the person who wrote it.

    Args:
        path: the field, such as ``reasons[0].facts[1].date``; empty for the whole file.
        message: what was found and what is wanted.
        file: the name of the file, or empty for a mapping.
        line: its line, counted from 1; 0 when there is no file.
        column: its column, counted from 1; 0 when there is no file.
    """

    path: str
    message: str
    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return ": ".join(part for part in (place, self.path, self.message) if part)


class CaseError(InputError):
    """A case cannot be read.

    Attributes:
        problems: every problem found, in the order of the file.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line, p.column)))
        super().__init__("\n".join(map(str, self.problems)))


class TemplateError(InputError):
    """A template cannot be used; the message names its file and, when known, its line."""


class CharacterError(InputError):
    """A character of the letter cannot be shown in the asked format."""


class OutputError(InputError):
    """The result cannot be written where it was asked for."""


class HeldBack(RuptureError):  # noqa: N818  the name that the reader of a script wants to see
    """A letter is held back because an error-level finding stands; the message says which.

    Attributes:
        findings: every finding of the review, those of other levels too.
    """

    def __init__(self, findings: Sequence[object]) -> None:
        self.findings = tuple(findings)
        standing = [finding for finding in self.findings if not getattr(finding, "waived", "")]
        errors = [finding for finding in standing if getattr(finding, "severity", "") == "error"]
        super().__init__("\n".join(map(str, errors)))


class MissingLibrary(RuptureError):  # noqa: N818  as HeldBack
    """A library that is needed here is not installed; the message gives the command to run."""
