"""XLSX workbooks: the first sheet, with a limit on the memory it may need."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from typing import TYPE_CHECKING, Final

from rupture.errors import InputError
from rupture.merging.tables.table import Table, column_names, row_of
from rupture.resources.distribution import extra

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rupture.merging.tables.table import Row

_CHUNK: Final = 1 << 20
#: The largest workbook, unpacked, in bytes; and the most cells its used range may have.
_LARGEST_BOOK: Final = 300_000_000
_MOST_CELLS: Final = 5_000_000
_LONGEST_REFERENCE: Final = 40
_COLUMN: Final = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)[0-9]""")
_ROW: Final = re.compile(rb"""\br\s*=\s*["'][A-Za-z]*([0-9]+)""")


def open_table(path: Path) -> Table:
    """Return the table in the first sheet of a workbook.

    Raises:
        InputError: it is not a workbook, is too large, or its first sheet is empty.
        OSError: the file cannot be read.
    """
    name, (header, *records) = _first_sheet(path)
    columns = column_names([_text(cell) for cell in header])

    def read() -> Iterator[Row]:
        for number, cells in enumerate(records, 2):
            texts = [_text(cell) for cell in cells]
            if any(texts):
                yield row_of(path, number, columns, texts)

    return Table(path, columns, f"read the sheet {name!r}", read)


def _first_sheet(path: Path) -> tuple[str, Sequence[Sequence[object]]]:
    """Return the name and the rows of the first sheet."""
    with extra("merge", "a table in XLSX"):
        from python_calamine import load_workbook  # noqa: PLC0415  only needed here
    _refuse_bomb(path)
    try:
        sheet = load_workbook(str(path)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except OSError:
        raise
    except BaseException as error:  # a panic of the Rust library is not an Exception
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise InputError(f"{path}: not readable as XLSX: {error}") from None
        raise
    if not rows:
        raise InputError(f"{path}: the first sheet is empty; its first line names the columns")
    return sheet.name, rows


def _text(cell: object) -> str:
    """Return a cell as a case file writes it: a day without time, a whole number without decimals."""
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell).strip()


# ---------------------------------------------------------------- workbooks that would fill the memory


def _refuse_bomb(path: Path) -> None:
    """Refuse a workbook that would fill the memory: the reader allocates every cell up to the last one.

    Raises:
        InputError: it is too large, or not a workbook.
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
            f"{path}: its used range has {cells:,} cells (at most {_MOST_CELLS:,}): "
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
