"""The long form of the hardening tests: ``make soak``, or ``python tests/soak/run.py PART...``.

Each part is one line of ``PARTS`` and stands by itself. ``SOAK_SECONDS`` (300) is what each search of the fuzzer takes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent.parent
FINDINGS: Final = ROOT / ".soak" / "findings"
SECONDS: Final = os.environ.get("SOAK_SECONDS", "300")
#: The same as `fuzzing.DOORS`, which a test compares.
DOORS: Final = (
    *("yaml", "json", "changes", "answers", "letterhead", "logo"),
    *("csv", "jsonl", "xlsx", "template", "letter", "rules"),
)
_PYTEST: Final = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")

#: Each part by its name: the command, and the variables of its environment.
PARTS: Final[dict[str, tuple[tuple[str, ...], dict[str, str]]]] = {
    **{f"fuzz-{door}": ((sys.executable, "-W", "ignore", str(HERE / "fuzz.py"), door, SECONDS), {}) for door in DOORS},
    "properties": (
        (*_PYTEST, "tests/whole/test_fuzz.py", "tests/whole/test_properties.py", "tests/language", "tests/case"),
        {"HYPOTHESIS_PROFILE": "thorough"},
    ),
    "kills": ((sys.executable, str(HERE / "kills.py"), "--kills", "200"), {}),
    "naughty": ((*_PYTEST, "tests/whole/test_naughty.py"), {"SOAK": "1"}),
    "starters": ((*_PYTEST, "tests/whole/test_starters.py"), {"SOAK": "1"}),
    "coverage": ((*_PYTEST, "--cov", "--cov-report=term", "--cov-fail-under=90"), {}),
    "threads": ((*_PYTEST, "tests/whole/test_threads.py"), {"SOAK": "1"}),
    "validators": ((*_PYTEST, "tests/writing/test_validators.py"), {"SOAK": "1"}),
}


def main(names: list[str]) -> int:
    """Run these parts, or all, one after the other; return 1 if one failed or something was found."""
    if unknown := set(names) - set(PARTS):
        sys.stderr.write(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}\n")
        return 2
    failed = [name for name in names or PARTS if not _passes(name)]
    found = sorted(path for path in FINDINGS.rglob("*") if path.is_file() and path.suffix != ".txt")
    for path in found:
        sys.stdout.write(f"found: {path.relative_to(ROOT)}\n")
    sys.stdout.write(f"failed: {', '.join(failed) or 'nothing'}; {len(found)} findings\n")
    return 1 if failed or found else 0


def _passes(name: str) -> bool:
    command, environment = PARTS[name]
    began = time.monotonic()
    sys.stdout.write(f"== {name}\n")
    sys.stdout.flush()
    log = ROOT / ".soak" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as file:
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=file, stderr=subprocess.STDOUT, check=False
        )
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    kept = [
        line for line in lines if line.startswith(("FOUND", "stat::number_of_executed", "FAILED")) or " passed" in line
    ]
    sys.stdout.write("".join(f"   {line}\n" for line in kept))
    sys.stdout.write(f"   exit {done.returncode} after {time.monotonic() - began:.0f} s; all of it in {log.name}\n")
    sys.stdout.flush()
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
