"""A merge that is killed loses nothing: the short form of ``soak/kills.py``."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest
from calling import call
from reading import ROOT

from rupture.merging.journal import JOURNAL
from rupture.merging.pool import BATCH

sys.path.insert(0, str(ROOT / "tests" / "soak"))
import kills
from kills import Ground, Plan, Tally, soak, state_of

KILLED = ROOT / "tests" / "support" / "killed.py"
DICE = random.Random(1)  # noqa: S311  moments, no secrets
#: Two processes need two batches.
SMALL, ONE, TWO = Plan(("txt",), 3), Plan(("txt",), 30), Plan(("txt",), BATCH + 1, jobs=2)


class Here(Ground):
    """Runs that nobody kills go in this process."""

    def run(self, plan, out, *more):
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
        tally = soak(1, seed, tmp_path, {Plan(("txt", "eml"), 12): 1})
        assert sum(tally.states.values()) == tally.kills >= 1

    def test_stopped(self, ground, out):
        process = ground.start(ONE, out, preexec_fn=_heed_interrupts)
        while process.poll() is None and kills._lines(out / JOURNAL) < 3:  # noqa: SLF001  of the script beside
            time.sleep(0.001)
        process.send_signal(signal.SIGSTOP)
        second = call(*ONE.arguments(out), "--resume")
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGCONT)
        _, complaint = process.communicate(timeout=120)
        assert second.returncode == 2
        assert "is being written by another run" in second.complaint
        assert process.returncode == 130
        assert "add --resume to continue" in complaint
        ground.resume(ONE, out, Tally())

    def test_two_processes(self, ground, out):
        process = ground.start(TWO, out, program=(str(KILLED), "os.rename", "4"))
        process.communicate(timeout=120)
        assert process.returncode == -signal.SIGKILL
        assert state_of(out, TWO) == "3 in the letters"
        ground.gone()
        ground.resume(TWO, out, Tally())

    @pytest.mark.parametrize(
        ("event", "when", "state"),
        [
            ("os.rename", 1, "1 folder only"),  # the journal
            ("os.rename", 3, "3 in the letters"),
            ("os.rename", 5, "4 every letter, no manifest"),  # the manifest
            ("shutil.rmtree", 1, "5 manifest, not cleared"),  # the folder of the run
        ],
    )
    def test_in_the_very_call(self, ground, out, event, when, state):
        process = ground.start(SMALL, out, program=(str(KILLED), event, str(when)))
        process.communicate(timeout=120)
        assert process.returncode == -signal.SIGKILL
        assert state_of(out, SMALL) == state
        ground.resume(SMALL, out, Tally())

    def test_a_worker_that_is_killed(self, ground, out):
        process = ground.start(TWO, out)
        while len(workers := _children(process.pid)) < 2:
            time.sleep(0.001)
        os.kill(workers[-1], signal.SIGKILL)
        _, complaint = process.communicate(timeout=120)
        assert process.returncode == 0, complaint
        assert kills._files(out) == ground.reference(TWO).files  # noqa: SLF001  as above


class TestTheKillerBites:
    """A file cut in two, a temporary file that stays and a letter done twice are found."""

    def test_a_file_cut_in_two(self, ground, out, monkeypatch):
        def spoil(_self, process, _plan, folder, _seconds):
            process.kill()
            folder.mkdir()
            (folder / "2.txt").write_bytes(b"half of it")

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
