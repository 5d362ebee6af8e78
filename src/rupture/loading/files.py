"""The files that the identity of a case names, read from beside the case file."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rupture.case.field_path import FieldPath
from rupture.case.files import Files
from rupture.case.images import LARGEST_FILE, read_image
from rupture.errors import CaseError, InputError
from rupture.loading.letterhead import letterhead_fault
from rupture.resources.reading import read_bytes, readable

if TYPE_CHECKING:
    from rupture.case.images import Image
    from rupture.case.model import Case
    from rupture.case.paper import Picture
    from rupture.errors import Problem
    from rupture.loading.origin import Origin

_PAPER: Final = FieldPath(("paper",))


def read_files(case: Case, origin: Origin) -> Files:
    """Return what the paper of a case names.

    Args:
        case: the case.
        origin: where it comes from; its folder is where the files are looked for.

    Raises:
        CaseError: a file cannot be read, or is not what its field wants.
    """
    if case.paper is None:
        return Files()
    reading = _Reading(origin)
    files = Files(
        logo=reading.picture(case.paper.logo, _PAPER / "logo"),
        signature=reading.picture(case.paper.signature, _PAPER / "signature"),
        letterhead=reading.letterhead(case.paper.letterhead, _PAPER / "letterhead"),
        stylesheet=reading.content(case.paper.stylesheet, _PAPER / "stylesheet").decode("utf-8", "replace"),
    )
    if reading.problems:
        raise CaseError(reading.problems)
    return files


class _Reading:
    """Reads files from beside a case file, and collects what is wrong with them."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._folder = Path(origin.file).parent
        self.problems: list[Problem] = []

    def content(self, name: str | None, path: FieldPath) -> bytes:
        try:
            return _beside(self._folder, name) if name else b""
        except InputError as error:
            self._refuse(path, error)
            return b""

    def picture(self, picture: Picture | None, path: FieldPath) -> Image | None:
        data = self.content(picture.file, path / "file") if picture else b""
        try:
            return read_image(data) if data else None
        except InputError as error:
            self._refuse(path / "file", error)
            return None

    def letterhead(self, name: str | None, path: FieldPath) -> bytes:
        data = self.content(name, path)
        if fault := letterhead_fault(data) if data else "":
            self._refuse(path, fault)
        return data

    def _refuse(self, path: FieldPath, fault: InputError | str) -> None:
        self.problems.append(self._origin.problem(path, str(fault)))


def _beside(folder: Path, name: str) -> bytes:
    """Return a file that a case names: one beside it or below, so that no case can have others read.

    Raises:
        InputError: it is elsewhere, not a plain file, larger than a letter can want, or cannot be read.
    """
    inside = not Path(name).is_absolute() and ".." not in Path(name).parts  # nothing outside is even asked for
    with readable(folder / name):
        path = (folder / name).resolve() if inside else folder
        if not inside or not path.is_relative_to(folder.resolve()):
            raise InputError(f"{name} is not in the folder of the case: copy it there, and name it without a path")
        status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{name} is not a file")
    if status.st_size > LARGEST_FILE:
        raise InputError(
            f"a file of {status.st_size / 1e6:.1f} MB (at most {LARGEST_FILE / 1e6:.0f} MB): make it smaller"
        )
    return read_bytes(path)
