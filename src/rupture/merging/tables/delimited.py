"""CSV and TSV files, as spreadsheets write them: their encoding and separator are found out."""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from rupture.errors import CaseError, InputError, Problem
from rupture.merging.tables.table import Table, column_names, row_of, unreadable
from rupture.resources.reading import readable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rupture.merging.tables.table import Row

_SEPARATORS: Final = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "bars"}
_ENCODINGS: Final = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252 (not UTF-8)"}
_CHUNK: Final = 1 << 20
#: The longest header, in characters.
_LONGEST_HEADER: Final = 1 << 20


def open_table(path: Path) -> Table:
    """Return the table in a CSV file.

    Raises:
        InputError: the file is empty.
        CaseError: its encoding is unknown, or its header cannot be read.
        OSError: the file cannot be read.
    """
    file = _File(path, *_dialect(path))
    number, header = next(file.records(), (1, []))
    if isinstance(header, csv.Error):
        raise CaseError([Problem("", _not_csv(header), str(path), number, 1)])
    columns = column_names(header)
    note = f"read as {_ENCODINGS[file.encoding]}, separated by {_SEPARATORS[file.separator]}"
    return Table(path, columns, note, lambda: file.rows(columns))


def _dialect(path: Path) -> tuple[str, str]:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        header = file.readline(_LONGEST_HEADER)
    if not header.strip():
        raise InputError(f"{path}: the file is empty; its first line names the columns")
    return encoding, max(_SEPARATORS, key=header.count)


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    encoding: str
    separator: str

    def rows(self, columns: tuple[str, ...]) -> Iterator[Row]:
        for number, cells in islice(self.records(), 1, None):
            if isinstance(cells, csv.Error):
                yield unreadable(self.path, number, _not_csv(cells))
            elif any(cell.strip() for cell in cells):
                yield row_of(self.path, number, columns, cells)

    def records(self) -> Iterator[tuple[int, list[str] | csv.Error]]:
        """Yield the line and the cells of each record, the header too, or the error it raises."""
        with readable(self.path), self.path.open(encoding=self.encoding, newline="") as file:
            try:
                yield from _records(csv.reader(file, delimiter=self.separator, strict=True))
            except UnicodeDecodeError:
                raise InputError(f"{self.path}: has changed while it was read") from None


def _records(reader: Any) -> Iterator[tuple[int, list[str] | csv.Error]]:  # noqa: ANN401  csv names no type
    """Yield each record or the error it raises; after an error, the next record begins on a new line."""
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


def _not_csv(error: csv.Error) -> str:
    return f"not readable as CSV: {error}"


def _encoding(path: Path) -> str:
    """Return UTF-8 if the whole file is, or else what Excel writes in Western Europe.

    Raises:
        CaseError: it is neither, or holds a null character.
    """
    with path.open("rb") as file:
        if file.read(2) in {b"\xff\xfe", b"\xfe\xff"}:
            raise CaseError([Problem("", "UTF-16 text: save the file as CSV UTF-8", str(path), 1, 1)])
    line = 0
    for encoding in _ENCODINGS:
        line = _undecodable_line(path, encoding)
        if not line:
            return encoding
    message = "neither UTF-8 nor Windows-1252 text, or with a null character: save the file as CSV UTF-8"
    raise CaseError([Problem("", message, str(path), line, 1)])


def _undecodable_line(path: Path, encoding: str) -> int:
    """Return the line of the first byte that is not text in that encoding, or 0."""
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
