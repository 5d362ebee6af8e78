"""A table and its rows, whatever the format of the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rupture.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Args:
        number: its line in the file, from 1; the header of a table is line 1.
        cells: the text of each column that is not empty.
        wrong: why it cannot be read, or None; the rows after it can.
    """

    number: int
    cells: Mapping[str, str]
    wrong: Problem | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A file of rows, which is read from its beginning each time its rows are asked for.

    Args:
        path: the file.
        columns: their names, in order; empty for JSON Lines, where each row names its own.
        note: how the file was read, for the person who made it.
        read: yields the rows.
    """

    path: Path
    columns: tuple[str, ...]
    note: str
    read: Callable[[], Iterator[Row]]


def column_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns from the cells of the header."""
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:  # spreadsheets leave separators behind the last column
        names.pop()
    return tuple(names)


def row_of(path: Path, number: int, columns: tuple[str, ...], cells: Sequence[str]) -> Row:
    """Return a row of a table with a header, given the text of its cells."""
    if any(cell.strip() for cell in cells[len(columns) :]):
        message = f"{len(cells)} cells, but {len(columns)} columns: put a text that contains the separator in quotes"
        return unreadable(path, number, message, len(columns) + 1)
    return Row(number, {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if cell.strip()})


def unreadable(path: Path, number: int, message: str, column: int = 1) -> Row:
    """Return a row that cannot be read, with the reason."""
    return Row(number, {}, Problem("", message, str(path), number, column))
