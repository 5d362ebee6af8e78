"""The file names of letters: safe on every system, and no two alike."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from rupture.case.field_path import FieldPath
from rupture.case.written import Written
from rupture.errors import InputError

if TYPE_CHECKING:
    from rupture.case.model import Case
    from rupture.merging.fields import Fields

_FIELD: Final = re.compile(r"\{([^{}]*)\}")
_UNSAFE: Final = re.compile(r"[^\w.,()+@=-]+")
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
)
#: In bytes: most file systems take 255, and an ending and a number are added.
_LONGEST_NAME: Final = 120


class FileNames:
    """Gives each letter of a run its file name.

    Args:
        pattern: such as ``{recipient.organisation}-{date}``; ``{row}`` is the line of the table.
        reserved: a name that no letter gets, or empty.
        fields: those of a case.

    Raises:
        InputError: the pattern names something that is not a field.
    """

    def __init__(self, pattern: str, reserved: str, fields: Fields) -> None:
        for name in _FIELD.findall(pattern):
            if name != "row" and name not in fields:
                raise InputError(f"--name {pattern}: {{{name}}} is not a field of a case")
        self._pattern = pattern
        self._reserved = reserved
        self._taken: dict[str, int] = {}
        self.restart()

    def restart(self) -> None:
        """Forget the names given so far, so that the same letters get the same names again."""
        self._taken = {_collision_key(self._reserved): 1}

    def name(self, case: Case, number: int) -> str:
        """Return the file name of a letter, without its ending.

        Args:
            case: of the letter.
            number: its line in the table.
        """

        def value(match: re.Match[str]) -> str:
            return str(number) if match[1] == "row" else _text(case, match[1])

        name = safe_name(_FIELD.sub(value, self._pattern)) or f"row-{number}"
        key = _collision_key(name)
        self._taken[key] = self._taken.get(key, 0) + 1
        return name if self._taken[key] == 1 else self._numbered(name, key)

    def _numbered(self, name: str, key: str) -> str:
        while True:
            longer = f"{name}-{self._taken[key]}"
            if _collision_key(longer) not in self._taken:
                self._taken[_collision_key(longer)] = 1
                return longer
            self._taken[key] += 1


def _text(case: Case, path: str) -> str:
    value = FieldPath.parse(path).get(case)
    if isinstance(value, Written):
        return str(value.model_dump())  # as a case file has it
    return "" if value is None else str(value)


def _collision_key(name: str) -> str:
    """Return the key under which file names collide."""
    return unicodedata.normalize("NFC", name.casefold())


def safe_name(text: str) -> str:
    """Return a text as a file name that every system accepts: no path, no reserved name, at most 121 bytes."""
    name = _UNSAFE.sub("-", unicodedata.normalize("NFC", text)).strip("-. ")
    name = name.encode()[:_LONGEST_NAME].decode(errors="ignore").rstrip("-. ")
    return f"_{name}" if name.partition(".")[0].casefold() in _RESERVED else name
