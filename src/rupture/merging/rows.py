"""One base case and a row a client: the cases of a merge, their complaints, and the names of their files."""

from __future__ import annotations

import re
import unicodedata
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from rupture import api
from rupture.case.field_path import FieldPath
from rupture.case.written import Written
from rupture.errors import CaseError, InputError, Problem
from rupture.loading.changes import apply_change
from rupture.loading.load import build, read_source
from rupture.loading.origin import Origin
from rupture.resources.suggestions import did_you_mean

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from rupture.case.model import Case
    from rupture.merging.tables import Row, Table

_FIELD: Final = re.compile(r"\{([^{}]*)\}")
_UNSAFE: Final = re.compile(r"[^\w.,()+@=-]+")
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
)
#: In bytes, as disks count: most take 255, and an ending and a number come behind.
_LONGEST_NAME: Final = 120


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
        renamed: the field of a column whose name is none; an empty field leaves the column out.
        changes: ``field=value`` pairs for every letter.
        pattern: of the file names, as ``{recipient.organisation}-{date}``; ``{row}`` is the line of the table.
        reserved: a name that no letter gets.

    Raises:
        InputError: a column is no field, or the pattern names none.
    """

    def __init__(  # noqa: PLR0913, PLR0917  all that a merge is made of
        self,
        base: Path,
        table: Table,
        renamed: Mapping[str, str],
        changes: Sequence[str],
        pattern: str,
        reserved: str = "",
    ) -> None:
        self._data, self._origin = read_source(base)
        for change in changes:
            apply_change(self._data, change)
        self._table = table
        self._schema = api.schema()
        if unknown := sorted(set(renamed) - set(table.columns)) if table.columns else []:
            raise InputError(f"--map {unknown[0]}=...: {table.path} has no such column: {', '.join(table.columns)}")
        self._fields = {column: renamed.get(column, column) for column in table.columns}
        self._renamed = renamed
        self._check_fields()
        self._pattern = pattern
        for name in _FIELD.findall(pattern):
            if name != "row" and not self._is_field(name):
                raise InputError(f"--name {pattern}: {{{name}}} is no field of a case")
        self._reserved = {reserved.casefold(): 1}
        self._taken: dict[str, int] = {}

    def rows(self, today: dt.date) -> Iterator[MergedRow]:
        """Yield each row as a case or with its problems, in order; the same rows give the same names."""
        self._taken = dict(self._reserved)
        for row in self._table.read():
            yield self._merged(row, today)

    def count(self) -> int:
        """Return how many rows the table has."""
        return sum(1 for _ in self._table.read())

    def _merged(self, row: Row, today: dt.date) -> MergedRow:
        if row.wrong:
            return MergedRow(row.number, None, problems=(row.wrong,))
        data = deepcopy(self._data)
        columns = {column: index for index, column in enumerate(self._table.columns or row.cells, 1)}
        cells: dict[str, int] = {}
        for column, text in row.cells.items():
            name = self._fields.get(column) or self._renamed.get(column, column)
            if self._fields.get(column, name):
                cells[name] = columns[column]
                try:
                    FieldPath.parse(name).set(data, text)
                except InputError as error:
                    problem = Problem(name, str(error), str(self._table.path), row.number, columns[column])
                    return MergedRow(row.number, None, problems=(problem,))
        origin = _RowOrigin(
            self._origin.file,
            self._origin.places,
            self._origin.keys,
            self._origin.notes,
            str(self._table.path),
            row.number,
            cells,
        )
        try:
            case = build(data, origin, today)
        except CaseError as error:
            return MergedRow(row.number, None, problems=error.problems)
        return MergedRow(row.number, case, self._name(case, row.number))

    def _check_fields(self) -> None:
        for column, name in self._fields.items():
            if name and not self._is_field(name):
                near = did_you_mean(name, self._schema["properties"])
                raise InputError(
                    f"{self._table.path}:1: column {column!r} is no field of a case{near}; "
                    f'name the field with --map "{column}=recipient.organisation", '
                    f'or leave it out with --map "{column}="'
                )

    def _is_field(self, name: str) -> bool:
        try:
            return _resolves(self._schema, self._schema, FieldPath.parse(name).steps)
        except InputError:
            return False

    def _name(self, case: Case, number: int) -> str:
        def value(match: re.Match[str]) -> str:
            return str(number) if match[1] == "row" else _said(case, match[1])

        name = safe_name(_FIELD.sub(value, self._pattern)) or f"row-{number}"
        key = _alike(name)
        self._taken[key] = self._taken.get(key, 0) + 1
        return name if self._taken[key] == 1 else self._unused(name, key)

    def _unused(self, name: str, key: str) -> str:
        while True:
            longer = f"{name}-{self._taken[key]}"
            if _alike(longer) not in self._taken:
                self._taken[_alike(longer)] = 1
                return longer
            self._taken[key] += 1


def _resolves(schema: Mapping[str, Any], part: Mapping[str, Any], steps: tuple[str | int, ...]) -> bool:
    """Tell whether a path leads to a field of the schema."""
    if "$ref" in part:
        return _resolves(schema, schema["$defs"][part["$ref"].rpartition("/")[2]], steps)
    if any(_resolves(schema, each, steps) for each in (*part.get("anyOf", ()), *part.get("oneOf", ()))):
        return True
    if not steps:
        return not part.get("properties") and part.get("type") not in ("object", "array")
    head, *rest = steps
    if isinstance(head, int):
        return "items" in part and _resolves(schema, part["items"], tuple(rest))
    return head in part.get("properties", {}) and _resolves(schema, part["properties"][head], tuple(rest))


def _said(case: Case, path: str) -> str:
    value = FieldPath.parse(path).get(case)
    if isinstance(value, Written):
        return str(value.model_dump())  # as a case file has it
    return "" if value is None else str(value)


def _alike(name: str) -> str:
    """Return what two names share that some system takes for one."""
    return unicodedata.normalize("NFC", name.casefold())


def safe_name(text: str) -> str:
    """Return a text as the name of a file that every system takes: no path, no reserved name, not too long."""
    name = _UNSAFE.sub("-", unicodedata.normalize("NFC", text)).strip("-. ")
    name = name.encode()[:_LONGEST_NAME].decode(errors="ignore").rstrip("-. ")
    return f"_{name}" if name.partition(".")[0].casefold() in _RESERVED else name
