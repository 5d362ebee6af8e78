"""The journal of a run, in its folder: a run that was stopped or killed continues from there."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from rupture.errors import OutputError
from rupture.merging.lock import locked
from rupture.merging.manifest import MANIFEST, manifest, read_entry
from rupture.resources.output import write_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Self

#: The working folder of a run, removed at its end: the journal, unfinished files, temporary fonts.
WORK: Final = ".rupture-run"
JOURNAL: Final = f"{WORK}/journal.jsonl"
#: Letters that were not asked for as single files, until they are combined.
LETTERS: Final = f"{WORK}/letters"


class Journal:
    """The journal of one run, and its folder, held by one process at a time.

    Args:
        folder: where the letters go.
        identity: the digest of the inputs of the run; a run with other inputs cannot continue it.
        today: the date of letters that give none; a run that continues keeps the one it began with.
        resume: continue what an earlier run left.
        overwrite: replace files that exist.

    Raises:
        OutputError: the folder cannot be written, holds another run, or is being written by one.
    """

    def __init__(self, folder: Path, identity: str, today: dt.date, *, resume: bool, overwrite: bool) -> None:
        self.identity = identity
        self.today = today
        self.work = folder / WORK
        self._folder = folder
        self._path = folder / JOURNAL
        self._resume = resume
        self._overwrite = overwrite
        self._begun: set[int] = set()
        self._known: set[str] = set()
        self._done: dict[int, bytes] = {}  # unparsed lines: parsed, those of 100,000 rows take 100 MB

    def __enter__(self) -> Self:
        try:
            self.work.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{self._folder}: cannot be written: {error.strerror}") from None
        self._lock = locked(self.work)
        try:
            self._sweep()
            self._begin()
            (self._folder / LETTERS).mkdir(exist_ok=True)
            self._file = self._path.open("ab")
        except BaseException:
            self._unlock()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # what could not be written before cannot be now
            self._file.close()
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _sweep(self) -> None:
        """Remove the unfinished files of a killed process."""
        kept = {self._path, self._folder / LETTERS} if self._path.exists() else set()
        for path in self.work.iterdir():
            if path not in kept:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _begin(self) -> None:
        if self._resume:  # a run that had ended can be resumed too: the files of its manifest may be written again
            self._known = set(read_entry(_bytes(self._folder / MANIFEST)).get("files", ()))
        if self._path.exists() and self._resume:
            self._continue()
            return
        if self._path.exists() and not self._overwrite:
            raise OutputError(f"{self._folder}: holds a run that was stopped; add --resume to continue, or --overwrite")
        if (self._folder / MANIFEST).exists() and not (self._overwrite or self._resume):
            self.work.rmdir()
            raise OutputError(
                f"{self._folder}: holds the letters of another run; add --overwrite, or name another folder"
            )
        head = {"run": self.identity, "today": self.today.isoformat(), "overwrite": self._overwrite}
        write_file(self._path, _line(head), overwrite=True, work=self.work)

    def _continue(self) -> None:
        head: dict[str, Any] = {}
        whole = 0
        with self._path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):  # the process died in the middle of it
                    break
                entry = read_entry(line)
                head = head if whole else entry
                whole += len(line)
                self._recall(entry, line)
        if head.get("run") != self.identity:
            raise OutputError(
                f"{self._path}: is of another run: the base case, the rows, the templates or the options have changed"
            )
        if whole < self._path.stat().st_size:
            os.truncate(self._path, whole)
        self.today = dt.date.fromisoformat(head["today"])
        self._overwrite |= head["overwrite"]

    def _recall(self, entry: Mapping[str, Any], line: bytes) -> None:
        if "files" in entry:
            self._done[entry["row"]] = line
            self._begun.discard(entry["row"])
        elif "row" in entry:
            self._begun.add(entry["row"])

    def done(self, row: int, case: str, names: set[str]) -> Mapping[str, str]:
        """Return the files of a row with their digests, if they were written from the same case and are intact.

        Args:
            row: its line in the table.
            case: the digest of the case.
            names: of its files.
        """
        entry = read_entry(self._done.get(row, b""))
        files: Mapping[str, str] = entry.get("files", {})
        known = entry.get("case") == case and files.keys() == names
        return files if known and all(map(self._whole, files, files.values())) else {}

    def _whole(self, name: str, digest: str) -> bool:
        return sha256(_bytes(self._folder / name)).hexdigest() == digest

    def write(self, row: int, case: str, files: Mapping[str, bytes]) -> Mapping[str, str]:
        """Write the files of a row, each in one step, then record them; return their digests.

        Args:
            row: its line in the table.
            case: the digest of the case.
            files: the bytes of each, by name.

        Raises:
            OutputError: one of them exists already, or cannot be written.
        """
        self._refuse_foreign(row, files)
        self._append({"row": row})
        for name, content in files.items():
            write_file(self._folder / name, content, overwrite=True, durable=False, work=self.work)
        digests = {name: sha256(content).hexdigest() for name, content in files.items()}
        self._append({"row": row, "case": case, "files": digests})
        return digests

    def _refuse_foreign(self, row: int, names: Iterable[str]) -> None:
        if self._overwrite or row in self._begun or row in self._done:
            return
        for name in names:
            if name not in self._known and (self._folder / name).exists():
                raise OutputError(f"{self._folder / name}: exists already, and is not of this run; move it away")

    def _append(self, entry: Mapping[str, Any]) -> None:
        self._file.write(_line(entry))
        self._file.flush()

    def end(self, files: Mapping[str, str]) -> None:
        """Write the manifest and remove the working folder.

        Args:
            files: the digest of each file, by name.

        Raises:
            OutputError: files or the whole folder have disappeared, or the manifest cannot be written.
        """
        if missing := list(self._missing(files)):
            raise OutputError(f"{missing[0]}: is no longer there ({len(missing)} in all)")
        write_file(self._folder / MANIFEST, manifest(files), overwrite=True, work=self.work)
        shutil.rmtree(self.work, ignore_errors=True)

    def _missing(self, files: Mapping[str, str]) -> Iterator[Path]:
        yield from (path for path in (self._path, *map(self._folder.joinpath, files)) if not path.is_file())


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _line(entry: Mapping[str, Any]) -> bytes:
    return (json.dumps(entry, ensure_ascii=False) + "\n").encode()
