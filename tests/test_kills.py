"""A merge that is killed loses nothing: the short form of ``soak/kills.py``."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reading import ROOT
from rupture.journal import JOURNAL, WORK
from validators import need

sys.path.insert(0, str(ROOT / "tests" / "soak"))
from kills import Ground, Plan, Tally, soak, state_of

STRACE = shutil.which("strace")
SMALL = Plan(("txt",), 3)


@pytest.fixture
def ground(tmp_path):
    return Ground(tmp_path, random.Random(1))


class TestKilled:
    """Whenever a run is killed, each file is whole, and the run that goes on gives what an undisturbed one gives."""

    def test_at_moments_of_the_clock(self, tmp_path):
        seed = int(os.environ.get("KILLS_SEED") or random.SystemRandom().randrange(10**6))
        print("KILLS_SEED", seed)  # noqa: T201  shown when the test fails
        tally = soak(6, seed, tmp_path, {Plan(("docx", "txt"), 60): 2, Plan(("txt",), 120): 4})
        assert tally.kills >= 6
        assert sum(tally.states.values()) == tally.kills

    def test_two_processes(self, ground, tmp_path):
        plan, tally = Plan(("txt",), 200, jobs=2), Tally()
        ground.kill(plan, tmp_path / "out", tally)
        ground.resume(plan, tmp_path / "out", tally)

    @pytest.mark.parametrize(
        ("call", "when", "state"),
        [
            ("rename", 1, "1 folder only"),  # the journal
            ("rename", 3, "3 in the letters"),
            ("flock", 1, "1 folder only"),
            ("rename", 5, "4 every letter, no manifest"),  # the manifest
            ("unlinkat", 1, "5 manifest, not cleared"),  # the folder of the run
            ("rmdir", 1, "6 all done"),
        ],
    )
    def test_in_the_very_call(self, ground, tmp_path, call, when, state):
        need("strace", STRACE)
        out, tally = tmp_path / "out", Tally()
        inject = f"--inject={call}:signal=SIGKILL:when={when}"
        process = ground.start(SMALL, out, before=(STRACE, "-o", "/dev/null", f"--trace={call}", inject))
        process.communicate(timeout=60)
        found = state_of(out, SMALL)
        assert found == state or (call == "rmdir" and found.startswith(("5", "6")))
        ground.resume(SMALL, out, tally)

    def test_a_run_in_a_folder_that_is_being_written(self, ground, tmp_path):
        plan = Plan(("txt",), 200)
        process = ground.start(plan, tmp_path / "out")
        while not (tmp_path / "out" / JOURNAL).exists():
            time.sleep(0.001)
        process.send_signal(signal.SIGSTOP)
        try:
            for more in ("--resume", "--overwrite"):
                second = ground.start(plan, tmp_path / "out", more)
                _, told = second.communicate(timeout=60)
                assert second.returncode == 2
                assert "is being written by another run" in told
        finally:
            process.send_signal(signal.SIGCONT)
            process.communicate(timeout=60)
        assert process.returncode == 0

    def test_a_worker_that_is_killed(self, ground, tmp_path):
        plan = Plan(("txt",), 200, jobs=2)
        process = ground.start(plan, tmp_path / "out")
        while len(workers := _children(process.pid)) < 2 or not (tmp_path / "out" / JOURNAL).exists():
            time.sleep(0.001)
        os.kill(workers[-1], signal.SIGKILL)
        _, told = process.communicate(timeout=120)
        assert process.returncode == 0, told
        ground.resume(plan, tmp_path / "out", Tally())


class TestTheKillerBites:
    """A file cut in two, a temporary file that stays and a letter done twice are found."""

    def test_a_file_cut_in_two(self, ground, tmp_path, monkeypatch):
        ground.reference(SMALL)
        out = tmp_path / "out"
        real = Ground._wait

        def spoil(self, process, plan, folder, seconds):
            process.wait()
            letter = folder / "2.txt"
            letter.write_bytes(letter.read_bytes()[:100])
            return real(self, process, plan, folder, 0)

        monkeypatch.setattr(Ground, "_wait", spoil)
        with pytest.raises(AssertionError, match=r"2\.txt is not whole"):
            ground.kill(SMALL, out, Tally())

    @pytest.mark.parametrize("place", ["tmp", "out"])
    def test_what_stays(self, ground, tmp_path, place):
        ground.reference(SMALL)
        (tmp_path / place).mkdir(exist_ok=True)
        (tmp_path / place / "stray").mkdir()
        with pytest.raises(AssertionError, match="left in the"):
            ground.resume(SMALL, tmp_path / "out", Tally())

    def test_a_letter_done_twice(self, ground, tmp_path):
        out, tally = tmp_path / "out", Tally()
        ground.reference(SMALL)
        process = ground.start(SMALL, out)
        process.communicate()
        (out / WORK).mkdir()
        (out / JOURNAL).write_text('{"run": ""}\n{"row": 2, "case": "", "files": {"2.txt": ""}}\n', encoding="utf-8")
        with pytest.raises(AssertionError, match=r"another run"):
            ground.resume(SMALL, out, tally)
        real = process.args
        del real


def _children(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = path.read_text(encoding="utf-8")
            worker = b"spawn_main" in (path.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if worker and int(told.rpartition(")")[2].split()[1]) == pid:
            found.append(int(path.parent.name))
    return sorted(found)
