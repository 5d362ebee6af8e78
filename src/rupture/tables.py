"""Rows of data for many letters: CSV as spreadsheets write it, XLSX, and JSON Lines."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rupture.errors import CaseError, InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SEPARATORS: Final = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "bars"}
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Args:
        number: its line in the file, from 1; the header of a table is line 1.
        cells: the text of each column that is not empty.
        wrong: why it cannot be read, or None; the rows behind it can.
    """

    number: int
    cells: Mapping[str, str]
    wrong: Problem | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A file of rows, which is read from its beginning each time it is asked.

    Args:
        path: the file.
        columns: their names, in order; empty for JSON Lines, whose rows name their own.
        note: how it was read, for the person who made it.
        read: gives the rows.
    """

    path: Path
    columns: tuple[str, ...]
    note: str
    read: Callable[[], Iterator[Row]]


def open_table(path: Path) -> Table:
    """Return the rows of a file, by the end of its name: ``.csv``, ``.tsv``, ``.xlsx`` or ``.jsonl``.

    Raises:
        InputError: it cannot be read, or has no header, or names a column twice.
    """
    kinds = {".csv": _csv, ".tsv": _csv, ".txt": _csv, ".xlsx": _xlsx, ".jsonl": _json_lines, ".ndjson": _json_lines}
    opened = kinds.get(path.suffix.lower())
    if opened is None:
        raise InputError(f"{path}: rows come from .csv, .xlsx or .jsonl")
    try:
        table = opened(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    seen: set[str] = set()
    for index, column in enumerate(table.columns, 1):
        if not column:
            raise CaseError([Problem("", f"column {index} has no name", str(path), 1, index)])
        if column in seen:
            raise CaseError([Problem(column, "this column is there twice", str(path), 1, index)])
        seen.add(column)
    return table


# ---------------------------------------------------------------- CSV


def _csv(path: Path) -> Table:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        header = file.readline()
    if not header.strip():
        raise InputError(f"{path}: the file is empty; its first line names the columns")
    separator = max(_SEPARATORS, key=header.count)

    def read() -> Iterator[Row]:
        try:
            with path.open(encoding=encoding, newline="") as file:
                reader = csv.reader(file, delimiter=separator, strict=True)
                names = _names(next(reader, []))
                for cells in reader:
                    if any(cell.strip() for cell in cells):
                        yield _row(path, reader.line_num, names, cells)
        except csv.Error as error:
            raise CaseError([Problem("", f"not readable as CSV: {error}", str(path), reader.line_num, 1)]) from None
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}") from None

    with path.open(encoding=encoding, newline="") as file:
        columns = _names(next(csv.reader(file, delimiter=separator)))
    said = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252 (not UTF-8)"}[encoding]
    return Table(path, columns, f"read as {said}, separated by {_SEPARATORS[separator]}", read)


def _encoding(path: Path) -> str:
    """Return UTF-8 where the whole file is, else what Excel writes in Western Europe."""
    import codecs  # noqa: PLC0415  only wanted here

    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _names(cells: list[str]) -> tuple[str, ...]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:  # spreadsheets leave separators behind the last column
        names.pop()
    return tuple(names)


def _row(path: Path, number: int, names: tuple[str, ...], cells: list[str]) -> Row:
    if any(cell.strip() for cell in cells[len(names) :]):
        message = f"{len(cells)} cells, but {len(names)} columns: put a text with the separator in quotes"
        return Row(number, {}, Problem("", message, str(path), number, len(names) + 1))
    return Row(number, {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()})


# ---------------------------------------------------------------- XLSX and JSON Lines


def _xlsx(path: Path) -> Table:
    from python_calamine import CalamineError, load_workbook  # noqa: PLC0415  a library of its own

    try:
        book = load_workbook(str(path))
        sheet = book.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, ValueError) as error:
        raise InputError(f"{path}: not readable as XLSX: {error}") from None
    if not rows:
        raise InputError(f"{path}: the first sheet is empty; its first line names the columns")
    names = _names([_text(cell) for cell in rows[0]])

    def read() -> Iterator[Row]:
        for number, cells in enumerate(rows[1:], 2):
            texts = [_text(cell) for cell in cells]
            if any(texts):
                yield _row(path, number, names, texts)

    return Table(path, names, f"read the sheet {sheet.name!r}", read)


def _text(cell: object) -> str:
    """Return a cell as a case file writes it: a day without time, a whole number without decimals."""
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell).strip()


def _json_lines(path: Path) -> Table:
    def read() -> Iterator[Row]:
        try:
            with path.open(encoding="utf-8-sig") as file:
                for number, line in enumerate(file, 1):
                    if line.strip():
                        yield _object(path, number, line)
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}") from None

    with path.open("rb"):
        return Table(path, (), "read as JSON Lines", read)


def _object(path: Path, number: int, line: str) -> Row:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Row(number, {}, Problem("", f"not readable as JSON: {error}", str(path), number, 1))
    if not isinstance(value, dict):
        return Row(number, {}, Problem("", "expected an object on each line", str(path), number, 1))
    return Row(number, dict(_flat(value)))


def _flat(value: Mapping[str, Any] | list[Any], path: str = "") -> Iterator[tuple[str, str]]:
    items = value.items() if isinstance(value, Mapping) else ((f"[{index}]", item) for index, item in enumerate(value))
    for key, item in items:
        here = f"{path}{key}" if key.startswith("[") or not path else f"{path}.{key}"
        if isinstance(item, Mapping | list):
            yield from _flat(item, here)
        elif item is not None and str(item).strip():
            yield here, str(item).lower() if isinstance(item, bool) else str(item)
