"""A merge that is killed loses nothing: the short form of ``soak/kills.py``."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest
from calling import call
from reading import ROOT
from validators import need

from rupture.merging.journal import JOURNAL

sys.path.insert(0, str(ROOT / "tests" / "soak"))
import kills
from kills import Ground, Plan, Tally, soak, state_of

STRACE = shutil.which("strace")
DICE = random.Random(1)  # noqa: S311  moments, no secrets
SMALL, ONE, TWO = Plan(("txt",), 3), Plan(("txt",), 60), Plan(("txt",), 60, jobs=2)


class Here(Ground):
    """Runs that nobody kills go in this process, unless they have several."""

    def run(self, plan, out, *more):
        if plan.jobs > 1:
            super().run(plan, out, *more)
        else:
            called = call(*plan.arguments(out), *more)
            assert called.returncode == 0, called.complaint


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    return Here(tmp_path_factory.mktemp("kills"), DICE)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


class TestKilled:
    """Whenever a run is killed, each file is whole, and the resumed run gives what an undisturbed one gives."""

    def test_at_moments_of_the_clock(self, tmp_path, monkeypatch):
        monkeypatch.setattr(kills, "Ground", Here)
        seed = int(os.environ.get("KILLS_SEED") or random.SystemRandom().randrange(10**6))
        print("KILLS_SEED", seed)  # noqa: T201  shown when the test fails
        tally = soak(3, seed, tmp_path, {Plan(("txt", "eml"), 30): 1})
        assert sum(tally.states.values()) == tally.kills >= 3

    def test_stopped(self, ground, out):
        process = ground.start(ONE, out, preexec_fn=_heed_interrupts)
        while process.poll() is None and kills._lines(out / JOURNAL) < 9:  # noqa: SLF001  of the script beside
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=120)
        assert process.returncode == 130
        assert "add --resume to continue" in complaint
        ground.resume(ONE, out, Tally())

    def test_two_processes(self, ground, out):
        ground.kill(TWO, out, Tally())
        ground.resume(TWO, out, Tally())

    @pytest.mark.parametrize(
        ("call", "when", "state"),
        [
            ("rename", 1, "1 folder only"),  # the journal
            ("rename", 3, "3 in the letters"),
            ("rename", 5, "4 every letter, no manifest"),  # the manifest
            ("unlinkat", 1, "5 manifest, not cleared"),  # the folder of the run
        ],
    )
    def test_in_the_very_call(self, ground, out, call, when, state):
        need("strace", STRACE)
        inject = f"--inject={call}:signal=SIGKILL:when={when}"
        process = ground.start(SMALL, out, before=(STRACE, "-o", "/dev/null", f"--trace={call}", inject))
        process.communicate(timeout=120)
        assert state_of(out, SMALL) == state
        ground.resume(SMALL, out, Tally())

    def test_a_run_in_a_folder_that_is_being_written(self, ground, out):
        process = ground.start(TWO, out)
        while not (out / JOURNAL).exists():
            time.sleep(0.001)
        process.send_signal(signal.SIGSTOP)
        try:
            second = ground.start(TWO, out, "--resume")
            _, complaint = second.communicate(timeout=120)
        finally:
            process.send_signal(signal.SIGCONT)
            process.communicate(timeout=120)
        assert second.returncode == 2
        assert "is being written by another run" in complaint
        assert process.returncode == 0

    def test_a_worker_that_is_killed(self, ground, out):
        process = ground.start(TWO, out)
        while len(workers := _children(process.pid)) < 2:
            time.sleep(0.001)
        os.kill(workers[-1], signal.SIGKILL)
        _, complaint = process.communicate(timeout=120)
        assert process.returncode == 0, complaint
        ground.resume(TWO, out, Tally())


class TestTheKillerBites:
    """A file cut in two, a temporary file that stays and a letter done twice are found."""

    def test_a_file_cut_in_two(self, ground, out, monkeypatch):
        def spoil(_self, process, _plan, folder, _seconds):
            process.wait()
            letter = folder / "2.txt"
            letter.write_bytes(letter.read_bytes()[:100])

        monkeypatch.setattr(Here, "_wait", spoil)
        with pytest.raises(AssertionError, match=r"2\.txt is not whole"):
            ground.kill(SMALL, out, Tally())

    def test_what_stays(self, tmp_path, out):
        ground = Here(tmp_path, DICE)
        (tmp_path / "tmp" / "stray").mkdir()
        with pytest.raises(AssertionError, match="left in the temporary folder"):
            ground.resume(SMALL, out, Tally())
        (out / "stray").mkdir()
        with pytest.raises(AssertionError, match="left in the folder"):
            ground.resume(SMALL, out, Tally())

    def test_a_letter_done_twice(self, ground, out, monkeypatch):
        monkeypatch.setattr(kills, "_noted", lambda _journal: {"2.txt"})
        out.mkdir()
        (out / "2.txt").write_bytes(b"as if it had been written")
        (out / "manifest.json").write_text('{"files": {"2.txt": ""}}', encoding="utf-8")
        with pytest.raises(AssertionError, match=r"done twice: {'2\.txt'}"):
            ground.resume(SMALL, out, Tally())


def _heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a test run in the background ignores it, and passes that on


def _children(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            complaint = path.read_text(encoding="utf-8")
            worker = b"spawn_main" in (path.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if worker and int(complaint.rpartition(")")[2].split()[1]) == pid:
            found.append(int(path.parent.name))
    return sorted(found)
