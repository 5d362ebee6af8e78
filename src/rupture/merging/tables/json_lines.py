"""JSON Lines files: an object per line, nested as a case is, or with paths of fields for keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NoReturn

from rupture.case.field_path import DEEPEST, TOP, FieldPath
from rupture.merging.tables.table import Row, Table, unreadable
from rupture.resources.reading import readable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: The longest line, in bytes.
_LONGEST_LINE: Final = 1 << 20


def open_table(path: Path) -> Table:
    """Return the table in a JSON Lines file, whose rows name their own columns.

    Raises:
        OSError: the file cannot be read.
    """

    def read() -> Iterator[Row]:
        with readable(path), path.open("rb") as file:
            for number, line in enumerate(_lines(file), 1):
                if line.strip():
                    yield _row(path, number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)

    with path.open("rb"):
        return Table(path, (), "read as JSON Lines", read)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file; of one that is too long, its beginning, which is not valid JSON."""
    while line := file.readline(_LONGEST_LINE):
        yield line
        while len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            line = file.readline(_LONGEST_LINE)


def _row(path: Path, number: int, line: bytes) -> Row:
    try:
        value = json.loads(  # numbers stay text, as in a case file
            line.decode(), object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_float=str, parse_int=str
        )
        if not isinstance(value, dict):
            return unreadable(path, number, "expected an object on each line")
        return Row(number, _unique(list(_flat(value))))
    except UnicodeDecodeError:
        return unreadable(path, number, "not UTF-8 text: save the file as UTF-8")
    except (ValueError, RecursionError) as error:
        return unreadable(path, number, f"not readable as JSON: {error}")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} is there twice")
        found[key] = value
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number that a case can hold")


def _flat(value: Mapping[str, Any] | list[Any], path: FieldPath = TOP) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each value that is neither nested nor empty."""
    if len(path.steps) >= DEEPEST:
        raise ValueError(f"nested more than {DEEPEST} levels deep")
    for step, item in value.items() if isinstance(value, Mapping) else enumerate(value):
        here = path / step
        if isinstance(item, Mapping | list):
            yield from _flat(item, here)
        elif item is not None and str(item).strip():
            yield str(here), str(item).lower() if isinstance(item, bool) else str(item)
