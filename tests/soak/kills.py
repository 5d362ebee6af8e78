"""Kills a merge with SIGKILL at moments from its start to its end, resumes it, and compares with an undisturbed run.

    python tests/soak/kills.py --kills 200 --seed 1

Whatever the moment: every file is whole, what is recorded as done is not written again, ``--resume`` completes, the
folder is then byte for byte that of an undisturbed run in one process, and nothing else is left: no unfinished file, no
temporary font, no worker process.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
from reading import all_text  # noqa: E402  of the tests beside this folder

from rupture.merging.journal import JOURNAL, WORK  # noqa: E402  as above
from rupture.merging.manifest import MANIFEST  # noqa: E402  as above

MERGE = ROOT / "examples" / "merge"
PATIENCE = 60.0


@dataclass(frozen=True)
class Plan:
    """One kind of run."""

    formats: tuple[str, ...]
    rows: int
    jobs: int = 1
    combined: str = ""

    def arguments(self, out: Path) -> list[str]:
        """Return the arguments of the command."""
        formats = [each for kind in self.formats for each in ("--to", kind)]
        data = ("--data", str(MERGE / "clients.csv"), "--limit", str(self.rows), "--jobs", str(self.jobs))
        combined = ("--combined", self.combined) if self.combined else ()
        return ["render", str(MERGE / "base.yaml"), *data, *formats, *combined, "-o", str(out)]

    def __str__(self) -> str:
        kinds = "+".join((*self.formats, *filter(None, [self.combined])))
        return f"{kinds}, {self.rows} rows, {self.jobs} job{'s' * (self.jobs > 1)}"


#: What is killed, and how often among all.
PLANS = {
    Plan(("docx", "txt"), 120): 9,
    Plan(("txt",), 200): 4,
    Plan(("docx",), 120, jobs=2): 3,
    Plan(("pdf",), 12): 2,
    Plan(("pdf",), 30, jobs=2): 1,
    Plan(("pdf",), 12, combined="all.pdf"): 2,
}


@dataclass
class Reference:
    """The undisturbed run of a plan."""

    files: dict[str, bytes]
    seconds: float


@dataclass
class Tally:
    """What was seen."""

    kills: int = 0
    states: Counter = field(default_factory=Counter)
    plans: Counter = field(default_factory=Counter)
    orphans: float = 0.0
    redone: int = 0

    def __str__(self) -> str:
        states = ", ".join(f"{name} {count}" for name, count in sorted(self.states.items()))
        plans = "; ".join(f"{plan}: {count}" for plan, count in self.plans.items())
        return (
            f"{self.kills} kills ({plans})\nfound: {states}\n"
            f"workers gone after {self.orphans:.2f} s at most\n"
            f"{self.redone} whole files were written again as not yet noted, none that was noted"
        )


class Ground:
    """A folder in which runs are killed."""

    def __init__(self, folder: Path, dice: random.Random) -> None:
        self._folder = folder
        self._dice = dice
        self._references: dict[Plan, Reference] = {}
        self._temporary = folder / "tmp"
        self._temporary.mkdir()
        self._mark = f"RUPTURE_SOAK_{dice.getrandbits(64):x}"

    def reference(self, plan: Plan) -> Reference:
        """Run a plan undisturbed, once, and read every letter by other means than its writer's."""
        if plan not in self._references:
            out = self._folder / f"whole-{len(self._references)}"
            began = time.monotonic()
            self.run(replace(plan, jobs=1), out)
            files = _files(out)
            assert len(files) == plan.rows * len(plan.formats) + 1 + bool(plan.combined)
            assert all(
                all_text(content, name.rpartition(".")[2]) for name, content in files.items() if name != MANIFEST
            )
            self._references[plan] = Reference(files, time.monotonic() - began)
            shutil.rmtree(out)
        return self._references[plan]

    def run(self, plan: Plan, out: Path, *more: str) -> None:
        """Run to the end."""
        process = self.start(plan, out, *more)
        _, complaint = process.communicate(timeout=PATIENCE * 3)
        assert process.returncode == 0, complaint

    def start(
        self, plan: Plan, out: Path, *more: str, program: tuple[str, ...] = ("-m", "rupture"), **options: object
    ) -> subprocess.Popen[str]:
        """Begin a run."""
        return subprocess.Popen(
            [sys.executable, *program, *plan.arguments(out), *more],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "TMPDIR": str(self._temporary), self._mark: "1"},
            **options,
        )

    def kill(self, plan: Plan, out: Path, tally: Tally, *more: str) -> bool:
        """Run, kill at a moment of the whole run, and look; return whether it was still alive."""
        reference = self.reference(plan)
        process = self.start(plan, out, *more)
        self._wait(process, plan, out, reference.seconds)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        tally.orphans = max(tally.orphans, self.gone())
        alive = process.returncode == -signal.SIGKILL
        tally.kills += alive
        tally.plans[plan] += alive
        tally.states[state_of(out, plan)] += alive
        found = _files(out)
        for name, content in found.items():
            assert content == reference.files[name], f"{name} is not whole"
        return alive

    def _wait(self, process: subprocess.Popen[str], plan: Plan, out: Path, seconds: float) -> None:
        """Wait for a moment: of the clock, of a row, or of what comes behind the last row."""
        kind = self._dice.random()
        if kind < 0.25:
            time.sleep(self._dice.uniform(0, seconds))
            return
        last = 2 * plan.rows + 1  # lines: one to begin, and two a row
        lines = last if kind > 0.85 else self._dice.randrange(1, last + 1)
        while process.poll() is None and _lines(out / JOURNAL) < lines and not (out / MANIFEST).exists():
            time.sleep(0.0005)
        time.sleep(
            self._dice.uniform(
                0, (0.3 if plan.combined else 0.01) if lines == last else 0.004 if "pdf" not in plan.formats else 0.05
            )
        )

    def resume(self, plan: Plan, out: Path, tally: Tally) -> None:
        """Resume to the end, and compare everything."""
        noted = _noted(out / JOURNAL)
        before = {path.name: path.stat().st_ino for path in out.iterdir() if path.is_file()} if out.exists() else {}
        self.run(plan, out, "--resume")
        assert _files(out) == self.reference(plan).files
        left = sorted(path.name for path in out.iterdir() if path.name not in self.reference(plan).files)
        assert left == [], f"left in the folder: {left}"
        stray = sorted(path.name for path in self._temporary.iterdir())
        assert stray == [], f"left in the temporary folder: {stray}"
        again = [name for name, inode in before.items() if (out / name).stat().st_ino != inode and name != MANIFEST]
        assert not noted.intersection(again), f"done twice: {noted.intersection(again)}"
        tally.redone += len(again) if noted else 0
        self.gone()
        shutil.rmtree(out)

    def gone(self) -> float:
        """Return after how many seconds no process of a killed run was left."""
        began = time.monotonic()
        while processes := _marked(self._mark):
            assert time.monotonic() - began < PATIENCE, f"orphans: {processes}"
            time.sleep(0.02)
        return time.monotonic() - began


def _marked(mark: str) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:  # it has just ended, or is another user's
            continue
    return found


def _files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} if out.exists() else {}


def _lines(journal: Path) -> int:
    try:
        return journal.read_bytes().count(b"\n")
    except OSError:
        return 0


def _noted(journal: Path) -> set[str]:
    """Return the files that a journal says are done."""
    try:
        lines = journal.read_bytes().splitlines(keepends=True)
    except OSError:
        return set()
    return {name for line in lines[1:] if line.endswith(b"\n") for name in json.loads(line).get("files", ())}


def state_of(out: Path, plan: Plan) -> str:
    """Return what a killed run left, in the order of a run."""
    lines = _lines(out / JOURNAL)
    if (out / MANIFEST).exists():
        return "5 manifest, not cleared" if (out / WORK).exists() else "6 all done"
    if lines == 0:
        return "1 folder only" if out.exists() else "0 nothing"
    if lines <= 1:
        return "2 journal only"
    return "4 every letter, no manifest" if lines == 2 * plan.rows + 1 else "3 in the letters"


def soak(kills: int, seed: int, folder: Path, plans: dict[Plan, int] | None = None) -> Tally:
    """Kill so many times; some runs are killed several times in a row before they may end."""
    dice = random.Random(seed)  # noqa: S311  moments, no secrets
    ground, tally = Ground(folder, dice), Tally()
    chosen, printed = plans or PLANS, 0
    while tally.kills < kills:
        (plan,) = dice.choices(list(chosen), list(chosen.values()))
        out = folder / "out"
        more: tuple[str, ...] = ()
        for _ in range(dice.choice((1, 1, 1, 2, 3))):
            ground.kill(plan, out, tally, *more)
            more = ("--resume",)
        ground.resume(plan, out, tally)
        if tally.kills // 20 > printed:
            printed = tally.kills // 20
            print(f"{tally.kills} kills", flush=True)  # noqa: T201  a script
    return tally


def main() -> None:
    """Kill as often as asked, and say what was seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)  # noqa: T201  a script
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="rupture-kills-") as folder:
        print(soak(options.kills, options.seed, Path(folder)))  # noqa: T201  a script
    print(f"{time.monotonic() - began:.0f} s")  # noqa: T201  a script


if __name__ == "__main__":
    main()
