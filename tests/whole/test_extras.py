"""A library of an extra that is not installed is named where it is needed, with what to install."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import pytest
from reading import ROOT

from conftest import EXAMPLES

#: Runs the command with the import of one library blocked.
BLOCKED = """
import sys
sys.modules[sys.argv.pop(1)] = None
from rupture.cli.main import main
main()
"""
DAYS = ("--set", "relationship.contract.notice=90 business days")


def run(tmp_path, library, *arguments):
    command = [sys.executable, "-c", BLOCKED, library, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "base.yaml").write_bytes(EXAMPLES[0].read_bytes())
    (tmp_path / "rows.csv").write_text("recipient.organisation\nBoréal SARL\n", encoding="utf-8")
    (tmp_path / "rows.xlsx").write_bytes(b"PK")
    return tmp_path


class TestAbsent:
    """What needs the library says so, writes nothing and ends with exit code 2; what does not need it works."""

    @pytest.mark.parametrize(
        ("library", "name", "purpose", "arguments"),
        [
            ("pikepdf", "merge", "one PDF of many letters", "render base.yaml --data rows.csv --combined all.pdf -o ."),
            ("python_calamine", "merge", "a table in XLSX", "render base.yaml --data rows.xlsx -o ."),
            ("holidays", "holidays", "a notice in business days", "check base.yaml"),
            ("holidays", "holidays", "a notice in business days", "render base.yaml -o out.pdf"),
        ],
    )
    def test_named(self, folder, library, name, purpose, arguments):
        before = sorted(folder.rglob("*"))
        done = run(folder, library, *arguments.split(), *(DAYS if library == "holidays" else ()))
        message = f'{purpose} needs {library}, which is not installed: run pip install "rupture-letters[{name}]"'
        assert (done.returncode, done.stderr.splitlines()[-1]) == (2, f"error: {message}")
        assert sorted(folder.rglob("*")) == before

    @pytest.mark.parametrize("library", ["pikepdf", "python_calamine", "holidays"])
    def test_not_needed(self, folder, library):
        done = run(folder, library, "render", "base.yaml", "--data", "rows.csv", "--to", "txt", "-o", "out/")
        assert done.returncode == 0, done.stderr
        assert [path.suffix for path in (folder / "out").glob("*.txt")] == [".txt"]

    def test_present(self, folder):
        """The case that wants holidays is one that the review can count when they are there."""
        done = run(folder, "nothing", "check", "base.yaml", *DAYS)
        assert "notice.short" in done.stdout


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
