"""Runs a choice of the tests against the lowest allowed versions of the libraries, and against their newest releases.

The lowest are locked (requirements/lowest.txt) and must pass. The newest are resolved now: what they break is reported,
and does not fail, so that a release is known before a user meets it (docs/decisions/0016).

usage: python tools/versions.py
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".versions"
UV = Path(sys.executable).with_name("uv")
#: Loading, typography, the letters, their review, and every written format.
TESTS = (
    *("tests/loading", "tests/language/test_typography.py", "tests/composing/test_golden.py", "tests/law"),
    *("tests/writing/test_writers.py", "tests/page/test_faces.py", "tests/reviewing/test_review_report.py"),
)
#: Left out: it writes every example once more, in a process of its own.
LEFT_OUT = "not a_script_that_writes_many"


def main() -> int:
    """Run both; return the exit code of the lowest."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    wheel = build()
    lowest = lowest_versions(wheel)
    newest_versions(wheel)
    return lowest


def build() -> Path:
    """Return a wheel of this checkout."""
    command = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", FOLDER / "wheel", ROOT)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return next((FOLDER / "wheel").glob("*.whl"))


def lowest_versions(wheel: Path) -> int:
    """Run the tests against the lowest versions; return the exit code."""
    python = environment("lowest")
    uv("install", "--python", python, "--require-hashes", "--requirement", ROOT / "requirements" / "lowest.txt")
    uv("install", "--python", python, "--no-deps", "--no-index", wheel)
    direct = direct_names()
    found = {name: version for name, version in installed(python).items() if name in direct}
    announce("the lowest allowed versions", found)
    return run_tests(python)


def newest_versions(wheel: Path) -> None:
    """Run the tests against the newest releases and report what breaks."""
    python = environment("newest")
    try:
        uv("install", "--python", python, "--group", "versions", f"rupture-letters[all] @ {wheel.as_uri()}")
    except subprocess.CalledProcessError as error:
        report(f"the newest releases cannot be installed together (uv: exit code {error.returncode})", {})
        return
    locked, found = pins("dev.txt"), installed(python)
    newer = {
        name: f"{version} (locked: {locked[name]})" for name, version in found.items() if differs(name, version, locked)
    }
    announce("the newest releases; other than in the lock are", newer or {"none": ""})
    if run_tests(python):
        report("the newest releases break tests: see above", newer)


def environment(name: str) -> Path:
    """Return the Python of a new environment."""
    subprocess.run((UV, "venv", "--quiet", "--python", sys.executable, FOLDER / name), check=True)
    return FOLDER / name / "bin" / "python"


def uv(*arguments: str | Path) -> None:
    """Run ``uv pip``."""
    subprocess.run((UV, "pip", arguments[0], "--quiet", *arguments[1:]), check=True, cwd=ROOT)


def installed(python: Path) -> dict[str, str]:
    """Return the version of each distribution of an environment."""
    command = (UV, "pip", "list", "--quiet", "--format", "freeze", "--python", python)
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return dict(line.split("==", 1) for line in lines if "==" in line)


def pins(file: str) -> dict[str, str]:
    """Return the versions of a lock file, several of one name joined by a bar."""
    found: dict[str, str] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements" / file).read_text(), re.MULTILINE):
        found[name] = f"{found[name]} | {version}" if name in found else version
    return found


def differs(name: str, version: str, locked: dict[str, str]) -> bool:
    """Tell whether the lock has that distribution in another version."""
    return name in locked and version not in locked[name].split(" | ")


def direct_names() -> set[str]:
    """Return the names that pyproject.toml depends on, extras among them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [project["dependencies"], *project["optional-dependencies"].values()]
    return {re.split(r"[\[<>=]", each)[0] for each in chain.from_iterable(wanted)}


def run_tests(python: Path) -> int:
    """Run the chosen tests; return the exit code of pytest."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = (python, "-m", "pytest", "-q", "-n", "auto", "-p", "no:cacheprovider", "-k", LEFT_OUT, *TESTS)
    return subprocess.run(command, check=False, cwd=ROOT, env=clean).returncode


def announce(what: str, versions: dict[str, str]) -> None:
    """Print which versions are tried."""
    listed = ", ".join(f"{name} {version}".strip() for name, version in versions.items())
    print(f"\nPython {sys.version.split()[0]} and {what}: {listed}", flush=True)


def report(message: str, newer: dict[str, str]) -> None:
    """Print loudly what the newest releases break."""
    lines = [message.upper(), *(f"  {name} {version}" for name, version in newer.items())]
    lines.append("This does not fail: main is tested with the lock. Adapt before a user meets it.")
    print("\n" + "=" * 100, *lines, "=" * 100, sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
