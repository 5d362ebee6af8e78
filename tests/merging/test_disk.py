"""A disk that is full, read-only or pulled away in mid-run: a clear message, nothing half-written, nothing lost."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from calling import call
from reading import ROOT
from validators import need

from rupture.merging import journal
from rupture.merging.journal import JOURNAL, WORK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MERGE = ROOT / "examples" / "merge"
ROWS = 12
ROOT_USER = os.geteuid() == 0


def _inputs(folder: Path) -> Path:
    folder.mkdir()
    lines = (MERGE / "clients.csv").read_text(encoding="utf-8").splitlines()
    (folder / "clients.csv").write_text("\n".join(lines[: ROWS + 1]) + "\n", encoding="utf-8")
    shutil.copy(MERGE / "base.yaml", folder)
    return folder


@pytest.fixture
def given(tmp_path):
    """A folder with a base case and rows that a test may spoil."""
    return _inputs(tmp_path / "given")


def mount(*arguments: object) -> None:
    subprocess.run(["/bin/mount", *map(str, arguments)], check=True)


def unmount(folder: Path) -> None:
    subprocess.run(["/bin/umount", folder], check=True)


def arguments(given: Path, out: Path, *more: str) -> list[str]:
    data = ("--data", str(given / "clients.csv"))
    return ["render", str(given / "base.yaml"), *data, "--to", "txt", "-o", str(out), *more]


def merge(given: Path, out: Path, *more: str) -> tuple[int, str]:
    """Return the exit code of a run in this process and its complaint."""
    called = call(*arguments(given, out, *more))
    return called.returncode, called.complaint


@pytest.fixture
def midway(monkeypatch):
    """Do something in the middle of the next run, before its fifth letter: ``midway(do)``."""
    write_file = journal.write_file

    def plan(do: Callable[[], object]) -> None:
        written = []

        def write(path: Path, *arguments: object, **options: object) -> None:
            written.append(path)
            if len(written) == 6:  # the journal is the first
                do()
            write_file(path, *arguments, **options)

        monkeypatch.setattr(journal, "write_file", write)

    return plan


def interrupt() -> None:
    raise KeyboardInterrupt


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


def resumed(given: Path, out: Path, whole: dict[str, bytes]) -> None:
    """Continue, and find what an undisturbed run gives, and nothing else."""
    assert merge(given, out, "--resume")[0] == 0
    assert contents(out) == whole
    assert not (out / WORK).exists()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """What an undisturbed run gives."""
    folder = _inputs(tmp_path_factory.mktemp("whole") / "given")
    assert merge(folder, folder / "out")[0] == 0
    found = contents(folder / "out")
    assert len(found) == ROWS + 1
    return found


@pytest.fixture
def disk(tmp_path):
    """A disk of its own, of so many kilobytes: ``disk(100)``; called again, it is made larger, or read-only with 0."""
    need("a small disk of one's own (mount, as root)", ROOT_USER and Path("/bin/mount").exists())
    folder = tmp_path / "disk"
    folder.mkdir()

    def make(kilobytes: int) -> Path:
        size = f"size={kilobytes}k" if kilobytes else "ro"
        options = f"remount,{size}" if os.path.ismount(folder) else size
        mount("-t", "tmpfs", "-o", options, "tmpfs", folder)
        return folder

    yield make
    if os.path.ismount(folder):
        unmount(folder)


@contextmanager
def small_files(limit: int) -> Iterator[None]:
    """No file may become larger than that many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))  # Python ignores the signal
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class TestFullDisk:
    """A full disk stops a run with a message; what is written is whole, and the run goes on once there is room."""

    def test_a_disk_that_fills(self, given, disk, whole):
        out = disk(40) / "out"
        code, complaint = merge(given, out)
        assert code == 2
        assert "No space left on device" in complaint
        assert "add --resume to continue" in complaint
        written = {name: content for name, content in contents(out).items() if content}
        assert 0 < len(written) < ROWS
        assert all(whole[name] == content for name, content in contents(out).items())
        assert merge(given, out, "--resume")[0] == 2, "still full"
        disk(4000)
        resumed(given, out, whole)

    def test_a_limit_on_the_size_of_files(self, given, tmp_path, whole):
        out = tmp_path / "out"
        with small_files(1000):
            code, complaint = merge(given, out)
        assert code == 2
        assert "2.txt: cannot be written: File too large" in complaint
        assert contents(out) == {}
        resumed(given, out, whole)

    def test_the_journal_does_not_fit(self, given, tmp_path, whole):
        out = tmp_path / "out"
        assert max(map(len, whole.values())) < 2000, "the journal must be the largest file"
        with small_files(2000):
            code, complaint = merge(given, out)
        assert code == 2
        assert "File too large; what is done stays done: add --resume to continue" in complaint
        assert all(whole[name] == content for name, content in contents(out).items())
        resumed(given, out, whole)

    def test_one_letter(self, given, tmp_path, monkeypatch):
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        old = tmp_path / "letter.pdf"
        old.write_bytes(b"old")
        with small_files(5000):
            done = call("render", given / "base.yaml", "-o", old, "--overwrite")
        assert done.returncode == 2
        assert "cannot be written: File too large" in done.complaint
        assert old.read_bytes() == b"old"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["given", old.name]


class TestReadOnly:
    """A folder that cannot be written is said, from the start or in the middle of a run."""

    def test_from_the_start(self, given, tmp_path):
        out = tmp_path / "out"
        out.mkdir()
        if ROOT_USER:  # whom modes do not hold back
            mount("-t", "tmpfs", "-o", "ro", "tmpfs", out)
        else:
            out.chmod(0o555)
        try:
            for target in (out, out / "below"):
                code, complaint = merge(given, target)
                assert code == 2
                assert "cannot be written: Read-only file system" in complaint or "Permission denied" in complaint
            done = call("render", given / "base.yaml", "-o", out / "a.txt")
            assert done.returncode == 2
            assert "a.txt: cannot be written" in done.complaint
            assert list(out.iterdir()) == []
        finally:
            if ROOT_USER:
                unmount(out)

    def test_when_it_goes_on(self, given, disk, whole, midway):
        out = disk(4000) / "out"
        midway(interrupt)
        assert merge(given, out)[0] == 130
        disk(0)
        code, complaint = merge(given, out, "--resume")
        assert code == 2
        assert "Read-only file system" in complaint
        mount("-o", "remount,rw", out.parent)
        resumed(given, out, whole)


class TestVanished:
    """Rows, base case or letters that go or change in mid-run are noticed, and the run goes on once they are back."""

    @pytest.mark.parametrize(
        ("name", "how"), [("clients.csv", "deleted"), ("clients.csv", "cut"), ("base.yaml", "replaced")]
    )
    def test_an_input(self, given, tmp_path, whole, midway, name, how):  # noqa: PLR0913, PLR0917  four fixtures
        out, path = tmp_path / "out", given / name
        before = path.read_bytes()
        midway(partial(self._spoil, path, how))
        code, complaint = merge(given, out)
        assert code == 2
        assert ("cannot be read" if how == "deleted" else "have changed since the run began") in complaint
        assert not (out / "manifest.json").exists()
        if how == "replaced":
            assert "is of another run" in merge(given, out, "--resume")[1]
        path.write_bytes(before)
        resumed(given, out, whole)

    @staticmethod
    def _spoil(path, how):
        before = path.read_bytes()
        if how == "deleted":
            path.unlink()
        elif how == "cut":
            os.truncate(path, len(before) // 2 + 3)
        else:
            (path.parent / "new").write_bytes(before.replace(b"York", b"Hull"))
            (path.parent / "new").replace(path)

    def test_the_folder(self, given, tmp_path, whole, midway):
        out = tmp_path / "out"
        midway(partial(shutil.rmtree, out))
        code, complaint = merge(given, out)
        assert code == 2
        assert f"{out}" in complaint
        assert not out.exists(), "made again, without the letters that were in it"
        resumed(given, out, whole)

    def test_the_letters(self, given, tmp_path, whole, midway):
        out = tmp_path / "out"
        midway(lambda: [path.unlink() for path in out.glob("*.txt")])
        code, complaint = merge(given, out)
        assert code == 2
        assert "2.txt: is no longer there (4 in all)" in complaint
        resumed(given, out, whole)

    def test_a_file_of_somebody_else(self, given, tmp_path, whole):
        out = tmp_path / "out"
        out.mkdir()
        (out / "5.txt").write_text("mine", encoding="utf-8")
        for more in ((), ("--resume",)):
            code, complaint = merge(given, out, *more)
            assert code == 2
            assert "5.txt: exists already, and is not of this run; move it away" in complaint
            assert (out / "5.txt").read_text(encoding="utf-8") == "mine"
        (out / "5.txt").unlink()
        resumed(given, out, whole)

    def test_twice_over_the_same_folder(self, given, tmp_path, whole, midway):
        out = tmp_path / "out"
        assert merge(given, out)[0] == 0
        for again in ("--resume", "--overwrite"):
            midway(interrupt)
            assert merge(given, out, again)[0] == 130  # over the letters of a run that had ended
            resumed(given, out, whole)

    def test_a_journal_with_a_line_of_nothing(self, given, tmp_path, whole, midway):
        out = tmp_path / "out"
        midway(interrupt)
        assert merge(given, out)[0] == 130
        lines = (out / JOURNAL).read_bytes().splitlines(keepends=True)
        (out / JOURNAL).write_bytes(b"".join([lines[0], bytes(80), b"\n", b"[1]\n", *lines[1:]]))
        resumed(given, out, whole)


class TestStandardOutput:
    """An output that is full or that nobody reads is neither a traceback nor a finding."""

    def test_full(self, given):
        command = [sys.executable, "-m", "rupture", "check", str(given / "base.yaml")]
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert (done.returncode, done.stderr) == (
            2,
            "error: standard output: cannot be written: No space left on device\n",
        )

    def test_nobody_reads(self, given):
        command = [sys.executable, "-m", "rupture", "render", str(given / "base.yaml"), "--to", "txt", "-o", "-"]
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
        os.close(writer)
        assert (done.returncode, done.stderr) == (141, "")

    def test_a_run_goes_on_without_readers(self, given, tmp_path, whole):
        out = tmp_path / "out"
        command = [sys.executable, "-m", "rupture", *arguments(given, out)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            while process.poll() is None and not (out / JOURNAL).exists():
                time.sleep(0.001)
            process.send_signal(signal.SIGSTOP)
            process.stdout.close()
            process.stderr.close()
            process.send_signal(signal.SIGCONT)
            assert process.wait(timeout=120) == 141
        assert contents(out) == whole
