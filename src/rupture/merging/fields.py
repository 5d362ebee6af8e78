"""Which names are fields of a case, by its JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rupture import api
from rupture.case.field_path import FieldPath
from rupture.errors import InputError
from rupture.resources.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rupture.merging.tables.table import Row, Table


class Fields:
    """The fields of a case that hold a single value."""

    def __init__(self) -> None:
        self._schema = api.schema()

    def __contains__(self, name: str) -> bool:
        try:
            return _resolves(self._schema, self._schema, FieldPath.parse(name).steps)
        except InputError:
            return False

    def closest(self, name: str) -> str:
        """Return ``, did you mean 'x'?`` for the closest top-level field, or nothing."""
        return did_you_mean(name, self._schema["properties"])


def _resolves(schema: Mapping[str, Any], part: Mapping[str, Any], steps: tuple[str | int, ...]) -> bool:
    if "$ref" in part:
        return _resolves(schema, schema["$defs"][part["$ref"].rpartition("/")[2]], steps)
    if any(_resolves(schema, each, steps) for each in (*part.get("anyOf", ()), *part.get("oneOf", ()))):
        return True
    if not steps:
        return not part.get("properties") and part.get("type") not in ("object", "array", "null")
    head, *rest = steps
    if isinstance(head, int):
        return "items" in part and _resolves(schema, part["items"], tuple(rest))
    below = part.get("properties", {}).get(head) or part.get("additionalProperties")
    return isinstance(below, dict) and _resolves(schema, below, tuple(rest))


class Columns:
    """The field that each column of a table fills.

    Args:
        table: the table.
        renamed: the field of each column that is not named after one; an empty field leaves the column out.
        fields: those of a case.

    Raises:
        InputError: a column is renamed that is not in the table, or is not named after a field.
    """

    def __init__(self, table: Table, renamed: Mapping[str, str], fields: Fields) -> None:
        self._numbers = {column: number for number, column in enumerate(table.columns, 1)}
        self._renamed = renamed
        self._refuse_unknown(table.path, fields)

    def cells(self, row: Row) -> Iterator[tuple[str, int, str]]:
        """Yield the field, the number of the column from 1, and the text of each cell of a row that fills a field."""
        numbers = self._numbers or {column: number for number, column in enumerate(row.cells, 1)}
        for column, text in row.cells.items():
            if name := self._renamed.get(column, column):
                yield name, numbers[column], text

    def _refuse_unknown(self, path: Path, fields: Fields) -> None:
        if self._numbers and (unknown := sorted(set(self._renamed) - set(self._numbers))):
            raise InputError(f"--map {unknown[0]}=...: {path} has no such column: {', '.join(self._numbers)}")
        for column in self._numbers:
            name = self._renamed.get(column, column)
            if name and name not in fields:
                raise InputError(
                    f"{path}:1: column {column!r} is not a field of a case{fields.closest(name)}; "
                    f'name the field with --map "{column}=recipient.organisation", '
                    f'or leave it out with --map "{column}="'
                )
