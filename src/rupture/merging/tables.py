"""Rows of data for many letters: CSV as spreadsheets write it, XLSX, and JSON Lines."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NoReturn

from rupture.errors import CaseError, InputError, Problem
from rupture.resources.distribution import extra

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SEPARATORS: Final = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "bars"}
_CHUNK: Final = 1 << 20
#: The longest line that names columns, or that is one JSON object; in characters.
_LONGEST_LINE: Final = 1 << 20
_DEEPEST: Final = 20
#: The largest workbook, unpacked, and the most cells that it may reach over.
_LARGEST_BOOK: Final = 300_000_000
_MOST_CELLS: Final = 5_000_000
_LONGEST_REFERENCE: Final = 40
_COLUMN: Final = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)[0-9]""")
_ROW: Final = re.compile(rb"""\br\s*=\s*["'][A-Za-z]*([0-9]+)""")


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
    except ValueError as error:  # a name with a null character, or with half a character
        raise InputError(f"{str(path)!r}: cannot be read: {error}") from None
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
        header = file.readline(_LONGEST_LINE)
    if not header.strip():
        raise InputError(f"{path}: the file is empty; its first line names the columns")
    separator = max(_SEPARATORS, key=header.count)

    def records() -> Iterator[tuple[int, list[str] | csv.Error]]:
        try:
            with path.open(encoding=encoding, newline="") as file:
                reader = csv.reader(file, delimiter=separator, strict=True)
                yield from _records(reader)
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}") from None
        except UnicodeDecodeError:
            raise InputError(f"{path}: has changed while it was read") from None

    def read() -> Iterator[Row]:
        for number, cells in islice(records(), 1, None):
            if isinstance(cells, csv.Error):
                yield Row(number, {}, Problem("", f"not readable as CSV: {cells}", str(path), number, 1))
            elif any(cell.strip() for cell in cells):
                yield _row(path, number, columns, cells)

    number, first = next(records(), (1, []))
    if isinstance(first, csv.Error):
        raise CaseError([Problem("", f"not readable as CSV: {first}", str(path), number, 1)])
    columns = _names(first)
    said = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252 (not UTF-8)"}[encoding]
    return Table(path, columns, f"read as {said}, separated by {_SEPARATORS[separator]}", read)


def _records(reader: Any) -> Iterator[tuple[int, list[str] | csv.Error]]:  # noqa: ANN401  csv names no type
    """Yield the line and the cells of each record, or what is wrong with it; the next one begins on a new line."""
    while True:
        before = reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, csv.Error(f"{error}; the record begins on line {before + 1}")
        else:
            yield reader.line_num, cells


def _encoding(path: Path) -> str:
    """Return UTF-8 where the whole file is, else what Excel writes in Western Europe.

    Raises:
        CaseError: it is neither, or holds a null character.
    """
    with path.open("rb") as file:
        if file.read(2) in {b"\xff\xfe", b"\xfe\xff"}:
            raise CaseError([Problem("", "UTF-16 text: save the file as CSV UTF-8", str(path), 1, 1)])
    line = 0
    for encoding in ("utf-8-sig", "cp1252"):
        line = _undecodable(path, encoding)
        if not line:
            return encoding
    message = "neither UTF-8 nor Windows-1252 text, or with a null character: save the file as CSV UTF-8"
    raise CaseError([Problem("", message, str(path), line, 1)])


def _undecodable(path: Path, encoding: str) -> int:
    """Return the line of the first byte that is no text in that encoding, or 0."""
    import codecs  # noqa: PLC0415  only wanted here

    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            wrong = chunk.find(b"\0")
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                wrong = error.start if wrong < 0 else min(wrong, error.start)
            if wrong >= 0:
                return line + chunk.count(b"\n", 0, wrong)
            line += chunk.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return 0


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
    with extra("merge", "a table in XLSX"):
        from python_calamine import load_workbook  # noqa: PLC0415  a library of its own
    _refuse_bomb(path)
    try:
        book = load_workbook(str(path))
        sheet = book.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except OSError:
        raise
    except BaseException as error:  # a panic of the Rust library is no Exception
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise InputError(f"{path}: not readable as XLSX: {error}") from None
        raise
    if not rows:
        raise InputError(f"{path}: the first sheet is empty; its first line names the columns")
    names = _names([_text(cell) for cell in rows[0]])

    def read() -> Iterator[Row]:
        for number, cells in enumerate(rows[1:], 2):
            texts = [_text(cell) for cell in cells]
            if any(texts):
                yield _row(path, number, names, texts)

    return Table(path, names, f"read the sheet {sheet.name!r}", read)


def _refuse_bomb(path: Path) -> None:
    """Refuse a workbook that would fill the memory: the reader makes room for every cell up to the last one.

    Raises:
        InputError: it is too large, or no workbook.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
            cells = max((_cells(archive, name) for name in sheets), default=0) if unpacked <= _LARGEST_BOOK else 0
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001  zipfile and zlib have a dozen errors for a broken archive
        raise InputError(f"{path}: not readable as XLSX: {error}") from None
    if unpacked > _LARGEST_BOOK:
        raise InputError(f"{path}: more than {_LARGEST_BOOK / 1e6:.0f} MB when it is unpacked: use CSV")
    if cells > _MOST_CELLS:
        raise InputError(
            f"{path}: its cells reach over {cells:,} places (at most {_MOST_CELLS:,}): "
            "delete the empty rows and columns behind the table, or use CSV"
        )


def _cells(archive: zipfile.ZipFile, name: str) -> int:
    """Return how many cells lie between the first one and the last row and column."""
    rows: set[bytes] = set()
    columns: set[bytes] = set()
    rest = b""
    with archive.open(name) as file:
        while chunk := file.read(_CHUNK):
            text = rest + chunk
            rows |= {max(_ROW.findall(text), key=_size, default=b"0")}
            columns |= set(_COLUMN.findall(text))
            rest = text[-_LONGEST_REFERENCE:]
    wide = max((_column_number(column) for column in columns), default=1)
    return wide * max((_row_number(row) for row in rows), default=1)


def _size(digits: bytes) -> tuple[int, bytes]:
    digits = digits.lstrip(b"0")
    return len(digits), digits


def _row_number(digits: bytes) -> int:
    return int(digits[:_LONGEST_REFERENCE])


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:_LONGEST_REFERENCE].upper():
        number = number * 26 + letter - ord("A") + 1
    return number


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
            with path.open("rb") as file:
                for number, line in enumerate(_lines(file), 1):
                    if line.strip():
                        yield _object(path, number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}") from None

    with path.open("rb"):
        return Table(path, (), "read as JSON Lines", read)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file; of one that is too long, its beginning, which is no JSON."""
    while line := file.readline(_LONGEST_LINE):
        yield line
        while len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            line = file.readline(_LONGEST_LINE)


def _object(path: Path, number: int, line: bytes) -> Row:
    def wrong(message: str) -> Row:
        return Row(number, {}, Problem("", message, str(path), number, 1))

    try:
        text = line.decode()
        value = json.loads(  # numbers stay the text they are, as in a case
            text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=str, parse_int=str
        )
        if not isinstance(value, dict):
            return wrong("expected an object on each line")
        return Row(number, _once(list(_flat(value))))
    except UnicodeDecodeError:
        return wrong("not UTF-8 text: save the file as UTF-8")
    except (ValueError, RecursionError) as error:
        return wrong(f"not readable as JSON: {error}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"{key!r} stands here twice")
        found[key] = value
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number that a case can hold")


def _flat(value: Mapping[str, Any] | list[Any], path: str = "", depth: int = 1) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        raise ValueError(f"nested more than {_DEEPEST} levels deep")
    items = value.items() if isinstance(value, Mapping) else ((f"[{index}]", item) for index, item in enumerate(value))
    for key, item in items:
        here = f"{path}{key}" if key.startswith("[") or not path else f"{path}.{key}"
        if isinstance(item, Mapping | list):
            yield from _flat(item, here, depth + 1)
        elif item is not None and str(item).strip():
            yield here, str(item).lower() if isinstance(item, bool) else str(item)
