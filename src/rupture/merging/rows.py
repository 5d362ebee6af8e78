"""The rows of a table as cases: one base case, and one row per client."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rupture.case.field_path import FieldPath
from rupture.errors import CaseError, InputError, Problem
from rupture.loading.changes import apply_change
from rupture.loading.load import build, read_source
from rupture.loading.origin import Origin
from rupture.merging.fields import Columns, Fields
from rupture.merging.names import FileNames
from rupture.merging.options import MergeOptions

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rupture.case.model import Case
    from rupture.merging.tables.table import Row, Table


@dataclass(frozen=True, slots=True)
class MergedRow:
    """One row as a case, or what is wrong with it.

    Args:
        number: its line in the table.
        case: None when it cannot be read.
        name: of its files, without their ending.
        problems: what is wrong, each with its column.
    """

    number: int
    case: Case | None
    name: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _RowOrigin(Origin):
    """Where the fields of a row come from: a cell of the table, or else the base case."""

    table: str = ""
    row: int = 0
    cells: Mapping[str, int] = field(default_factory=dict)

    def problem(self, path: FieldPath, message: str) -> Problem:
        """Return a problem at the cell that the field comes from, or in the base case."""
        for name in map(str, path.upwards()):
            if name in self.cells:
                return Problem(str(path), message, self.table, self.row, self.cells[name])
        return Origin.problem(self, path, message)


class Merge:
    """A base case and a table, ready to be read row by row.

    Args:
        base: the case file that every row changes.
        table: the rows.
        options: how a row becomes a case.

    Raises:
        InputError: a column is not a field, or the pattern of the names names something else.
    """

    def __init__(self, base: Path, table: Table, options: MergeOptions | None = None) -> None:
        options = options or MergeOptions()
        self._data, self._origin = read_source(base)
        for change in options.changes:
            apply_change(self._data, change)
        self._table = table
        fields = Fields()
        self._columns = Columns(table, options.renamed, fields)
        self._names = FileNames(options.name, options.reserved, fields)

    def rows(self, today: dt.date) -> Iterator[MergedRow]:
        """Yield each row as a case or with its problems, in order; the same rows give the same names.

        Args:
            today: the date of letters that give none.
        """
        self._names.restart()
        for row in self._table.read():
            yield self._merged(row, today)

    def count(self) -> int:
        """Return how many rows the table has."""
        return sum(1 for _ in self._table.read())

    def _merged(self, row: Row, today: dt.date) -> MergedRow:
        try:
            case = self._case(row, today)
        except CaseError as error:
            return MergedRow(row.number, None, problems=error.problems)
        return MergedRow(row.number, case, self._names.name(case, row.number))

    def _case(self, row: Row, today: dt.date) -> Case:
        if row.wrong:
            raise CaseError([row.wrong])
        data = deepcopy(self._data)
        cells: dict[str, int] = {}
        for name, column, text in self._columns.cells(row):
            cells[name] = column
            try:
                FieldPath.parse(name).set(data, text)
            except InputError as error:
                raise CaseError([Problem(name, str(error), str(self._table.path), row.number, column)]) from None
        return build(data, self._row_origin(row.number, cells), today)

    def _row_origin(self, row: int, cells: Mapping[str, int]) -> _RowOrigin:
        base = self._origin
        return _RowOrigin(base.file, base.places, base.keys, base.notes, str(self._table.path), row, cells)
