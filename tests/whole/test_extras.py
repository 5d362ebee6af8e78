"""A library of an extra that is not installed is named where it is needed, with what to install."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib

import pytest
from calling import call
from reading import ROOT

from conftest import EXAMPLES

#: Runs the command once for each list of arguments, each in a folder of its own, with the imports of LIBRARIES blocked.
BLOCKED = """
import json, sys
from pathlib import Path
libraries, support, jobs = map(json.loads, sys.argv[1:])
sys.modules |= dict.fromkeys(libraries)
sys.path.insert(0, support)
from calling import call
done = [call(*arguments, folder=Path(str(number))) for number, arguments in enumerate(jobs)]
print(json.dumps([(each.returncode, each.complaint) for each in done]))
"""
LIBRARIES = ("pikepdf", "python_calamine", "holidays")
DAYS = "--set=relationship.contract.notice=90_business_days"
#: What needs a library: the library, its extra, the purpose, and the arguments.
NEEDS = (
    ("pikepdf", "merge", "one PDF of many letters", "render base.yaml --data rows.csv --combined all.pdf -o ."),
    ("python_calamine", "merge", "a table in XLSX", "render base.yaml --data rows.xlsx -o ."),
    ("holidays", "holidays", "a notice in business days", f"check base.yaml {DAYS}"),
    ("holidays", "holidays", "a notice in business days", f"render base.yaml {DAYS} -o out.pdf"),
)
WORKS = ("render base.yaml --data rows.csv --to txt -o out/", "render base.yaml --to docx -o out.docx")


def words(line):
    return [word.replace("_business_", " business ") for word in line.split()]


def fill(folder):
    folder.mkdir(exist_ok=True)
    (folder / "base.yaml").write_bytes(EXAMPLES[0].read_bytes())
    (folder / "rows.csv").write_text("recipient.organisation\nBoréal SARL\n", encoding="utf-8")
    (folder / "rows.xlsx").write_bytes(b"PK")
    return folder


@pytest.fixture(scope="module")
def blocked(tmp_path_factory):
    """The folder of each job, its exit code and what it complained of."""
    folder = tmp_path_factory.mktemp("blocked")
    jobs = [words(line) for line in (*(need[-1] for need in NEEDS), *WORKS)]
    folders = [fill(folder / str(number)) for number in range(len(jobs))]
    command = [sys.executable, "-c", BLOCKED, *map(json.dumps, (LIBRARIES, str(ROOT / "tests" / "support"), jobs))]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=folder, check=True)
    return [(folder, *result) for folder, result in zip(folders, json.loads(done.stdout), strict=True)]


class TestAbsent:
    """What needs the library says so, writes nothing and ends with exit code 2; what does not need it works."""

    def test_named(self, blocked):
        for (library, name, purpose, _), (folder, exit_code, complaint) in zip(NEEDS, blocked, strict=False):
            message = f'{purpose} needs {library}, which is not installed: run pip install "rupture-letters[{name}]"'
            assert (exit_code, complaint.splitlines()[-1]) == (2, f"error: {message}")
            assert {path.name for path in folder.rglob("*")} == {"base.yaml", "rows.csv", "rows.xlsx"}

    def test_not_needed(self, blocked):
        (merged, *ended), (single, *also) = blocked[len(NEEDS) :]
        assert (ended[0], also[0]) == (0, 0), (ended, also)
        assert [path.suffix for path in (merged / "out").glob("*.txt")] == [".txt"]
        assert (single / "out.docx").exists()

    def test_present(self, tmp_path):
        """The case that wants holidays is one that the review can count when they are there."""
        assert "notice.short" in call("check", "base.yaml", *words(DAYS), folder=fill(tmp_path)).text


class TestTable:
    """pyproject.toml has each extra that a message names, and one of all."""

    def test_named_extras_exist(self):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        extras = project["optional-dependencies"]
        source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
        named = set(re.findall(r'\bextra\("(\w+)"', source))
        assert named == {"holidays", "merge"}
        assert named < set(extras)
        assert extras["all"] == [f"{project['name']}[{','.join(sorted(set(extras) - {'all'}))}]"]
