"""Opens a table by the ending of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.errors import CaseError, InputError, Problem
from rupture.merging.tables import delimited, json_lines, workbook
from rupture.resources.reading import readable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from rupture.merging.tables.table import Table

#: The reader of each ending; a new format is a module and its lines here.
READERS: Final[Mapping[str, Callable[[Path], Table]]] = {
    ".csv": delimited.open_table,
    ".tsv": delimited.open_table,
    ".txt": delimited.open_table,
    ".xlsx": workbook.open_table,
    ".jsonl": json_lines.open_table,
    ".ndjson": json_lines.open_table,
}


def open_table(path: Path) -> Table:
    """Return the table in a file, whose format follows from its file extension.

    Raises:
        InputError: the file cannot be read, or has no header.
        CaseError: a column has no name, or the name of another.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"{path}: rows come from .csv, .xlsx or .jsonl")
    with readable(path):
        if path.exists() and not path.is_file():
            raise InputError(f"{path}: cannot be read: it is a folder or a device, not a file")
        table = reader(path)
    _check_columns(table)
    return table


def _check_columns(table: Table) -> None:
    seen: set[str] = set()
    for index, column in enumerate(table.columns, 1):
        if not column:
            raise CaseError([Problem("", f"column {index} has no name", str(table.path), 1, index)])
        if column in seen:
            raise CaseError([Problem(column, "this column is there twice", str(table.path), 1, index)])
        seen.add(column)
