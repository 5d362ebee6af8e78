"""What a run has done, written down in its folder: a run that was stopped or killed goes on from there."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from rupture.errors import OutputError
from rupture.resources.output import write_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Self

#: Everything of a run that has not ended, and nothing once it has: the journal, unfinished files, temporary fonts.
WORK: Final = ".rupture-run"
JOURNAL: Final = f"{WORK}/journal.jsonl"
#: Letters that nobody asked for one by one, until they are put together.
LETTERS: Final = f"{WORK}/letters"
MANIFEST: Final = "manifest.json"


class Journal:
    """The journal of one run, and its folder, held by one process at a time.

    Args:
        folder: where the letters go.
        identity: stands for the inputs of the run; a run with others cannot go on with its journal.
        today: the date of letters that give none; a run that goes on keeps the one it began with.
        resume: go on with what an earlier run left.
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
        self._done: dict[int, bytes] = {}  # lines as they are: read, those of 100,000 rows would take 100 MB

    def __enter__(self) -> Self:
        try:
            self.work.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{self._folder}: cannot be written: {error.strerror}") from None
        self._lock = _locked(self.work)
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
        """Remove what a killed process left unfinished."""
        kept = {self._path, self._folder / LETTERS} if self._path.exists() else set()
        for path in self.work.iterdir():
            if path not in kept:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _begin(self) -> None:
        if self._resume:  # one that had ended may be gone on with too: what its manifest names may be written again
            self._known = set(_read(_bytes(self._folder / MANIFEST)).get("files", ()))
        if self._path.exists() and self._resume:
            self._go_on()
            return
        if self._path.exists() and not self._overwrite:
            raise OutputError(f"{self._folder}: holds a run that was stopped; add --resume to go on, or --overwrite")
        if (self._folder / MANIFEST).exists() and not (self._overwrite or self._resume):
            self.work.rmdir()
            raise OutputError(
                f"{self._folder}: holds the letters of another run; add --overwrite, or name another folder"
            )
        head = {"run": self.identity, "today": self.today.isoformat(), "overwrite": self._overwrite}
        write_file(self._path, _line(head), overwrite=True, work=self.work)

    def _go_on(self) -> None:
        head: dict[str, Any] = {}
        whole = 0
        with self._path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):  # the process died in the middle of it
                    break
                entry = _read(line)
                head = head if whole else entry
                whole += len(line)
                if "files" in entry:
                    self._done[entry["row"]] = line
                    self._begun.discard(entry["row"])
                elif "row" in entry:
                    self._begun.add(entry["row"])
        if head.get("run") != self.identity:
            raise OutputError(
                f"{self._path}: is of another run: the base case, the rows, the templates or the options have changed"
            )
        if whole < self._path.stat().st_size:
            os.truncate(self._path, whole)
        self.today = dt.date.fromisoformat(head["today"])
        self._overwrite |= head["overwrite"]

    def done(self, row: int, case: str, names: set[str]) -> Mapping[str, str]:
        """Return the files of a row with their digests, if they were written from this very case and are whole.

        Args:
            row: its line in the table.
            case: the digest of the case.
            names: of its files.
        """
        entry = _read(self._done.get(row, b""))
        files: Mapping[str, str] = entry.get("files", {})
        known = entry.get("case") == case and files.keys() == names
        return files if known and all(map(self._whole, files, files.values())) else {}

    def _whole(self, name: str, digest: str) -> bool:
        return sha256(_bytes(self._folder / name)).hexdigest() == digest

    def write(self, row: int, case: str, files: Mapping[str, bytes]) -> Mapping[str, str]:
        """Write the files of a row, each in one step, and then that they are there; return their digests.

        Args:
            row: its line in the table.
            case: the digest of the case.
            files: the bytes of each, by name.

        Raises:
            OutputError: one of them is there already, or cannot be written.
        """
        if not self._overwrite and row not in self._begun and row not in self._done:
            for name in files:
                if name not in self._known and (self._folder / name).exists():
                    raise OutputError(f"{self._folder / name}: exists already, and is not of this run; move it away")
        self._note({"row": row})
        for name, content in files.items():
            write_file(self._folder / name, content, overwrite=True, durable=False, work=self.work)
        digests = {name: sha256(content).hexdigest() for name, content in files.items()}
        self._note({"row": row, "case": case, "files": digests})
        return digests

    def _note(self, entry: Mapping[str, Any]) -> None:
        self._file.write(_line(entry))
        self._file.flush()

    def end(self, files: Mapping[str, str]) -> None:
        """Write the manifest and remove everything else that was only for the run.

        Args:
            files: the digest of each file, by name.

        Raises:
            OutputError: files or the whole folder have gone meanwhile, or the manifest cannot be written.
        """
        if missing := list(self._missing(files)):
            raise OutputError(f"{missing[0]}: is no longer there ({len(missing)} in all)")
        write_file(self._folder / MANIFEST, _manifest(files), overwrite=True, work=self.work)
        shutil.rmtree(self.work, ignore_errors=True)

    def _missing(self, files: Mapping[str, str]) -> Iterator[Path]:
        yield from (path for path in (self._path, *map(self._folder.joinpath, files)) if not path.is_file())


def _manifest(files: Mapping[str, str]) -> bytes:
    """Return the manifest; an entry a time, since `json.dumps` of 100,000 takes five times the room of its result."""
    text = bytearray(b'{\n "version": 1,\n "files": {')
    for number, name in enumerate(sorted(files)):
        entry = json.dumps(name, ensure_ascii=False)
        text += f'{"," * bool(number)}\n  {entry}: "{files[name]}"'.encode()
    return bytes(text + b"\n }\n}\n" if files else text + b"}\n}\n")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _line(entry: Mapping[str, Any]) -> bytes:
    return (json.dumps(entry, ensure_ascii=False) + "\n").encode()


def _read(line: bytes) -> dict[str, Any]:
    """Return a line of the journal; one that a power cut spoilt says nothing, and its row is written again."""
    try:
        entry = json.loads(line)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}


def _locked(folder: Path) -> int | None:
    """Return a handle that holds a folder for this process, and lets go when it ends, however it ends.

    Raises:
        OutputError: another process holds it.
    """
    try:
        import fcntl  # noqa: PLC0415  not on Windows, where two runs in one folder are the person's affair
    except ImportError:
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise OutputError(f"{folder.parent}: is being written by another run; wait until it ends") from None
    except OSError:  # a disk without locks
        pass
    return handle
