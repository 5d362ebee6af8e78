"""Where a case comes from: the place of each field in its file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from rupture.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.case.field_path import FieldPath

#: Line and column, counted from 1.
Place: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a case comes from, and what was noticed while it was read.

    Args:
        file: the name of the file, empty for a mapping.
        places: line and column of each field.
        keys: line and column of the key of each field.
        notes: what was changed or looks odd, without being wrong.
    """

    file: str = ""
    places: Mapping[FieldPath, Place] = field(default_factory=dict)
    keys: Mapping[FieldPath, Place] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()

    def problem(self, path: FieldPath, message: str) -> Problem:
        """Return a problem at the place of that field, or of the closest one above it."""
        return Problem(str(path), message, self.file, *self.place(path))

    def place(self, path: FieldPath) -> Place:
        """Return line and column of a field, or of the closest one above it; (0, 0) for a mapping."""
        return next((self.places[above] for above in path.upwards() if above in self.places), (0, 0))
