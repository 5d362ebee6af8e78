"""What was prepared when the package was built is what would be worked out now, and nothing depends on it."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module

import pytest
from reading import ROOT

import rupture
from conftest import EXAMPLES
from rupture.resources import prepared

PREPARING = (
    *("resources.toml", "composing.compose", "page.measuring"),
    *("reviewing.tone.sources", "reviewing.tone.rulebook", "writing.docx", "writing.face"),
)

#: Writes the letters of some cases, in a process of its own, after saying where prepared files lie.
SCRIPT = """
import hashlib, pathlib, sys
import rupture
from rupture.resources import prepared
prepared.FOLDER = pathlib.Path(sys.argv[1])
for path in sys.argv[2:]:
    case = rupture.load(path)
    print(hashlib.sha256(repr(list(rupture.review(case))).encode()).hexdigest())
    for kind in ("txt", "html", "docx", "pdf"):
        print(path, kind, hashlib.sha256(rupture.render(case, kind)).hexdigest())
print("docx" in sys.modules)
"""


def written(folder) -> list[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    command = [sys.executable, "-c", SCRIPT, str(folder), *map(str, EXAMPLES)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return done.stdout.splitlines()


class TestPrepared:
    """A letter is the same with what was prepared and without it."""

    def test_same_letters_and_findings(self, tmp_path):
        *with_it, loaded_with = written(prepared.FOLDER)
        *without, loaded_without = written(tmp_path)
        assert with_it == without
        assert len(with_it) == 5 * len(EXAMPLES)
        assert (loaded_with, loaded_without) == ("False", "True")  # python-docx is not even imported

    @pytest.mark.parametrize("module", PREPARING)
    def test_is_up_to_date(self, module):
        made = list(import_module(f"rupture.{module}").prepare())
        assert made
        for name, content in made:
            assert prepared.data(name) == content, f"{module}: {name} is missing; run python tools/prepare.py"

    def test_holds_nothing_else(self):
        wanted = {name for module in PREPARING for name, _ in import_module(f"rupture.{module}").prepare()}
        assert {path.name for path in prepared.FOLDER.iterdir() if path.is_file()} == wanted
        assert len(wanted) > 150

    def test_a_changed_template_is_not_taken_for_the_old_one(self, tmp_path):
        folder = tmp_path / "own" / "fr" / "separation"
        folder.mkdir(parents=True)
        changed = (ROOT / "templates" / "fr" / "separation" / "apology.html").read_text(encoding="utf-8")
        (folder / "apology.html").write_text(f"<p>Ceci est changé.</p>\n{changed}", encoding="utf-8")
        case = rupture.load(EXAMPLES[0])
        assert "Ceci est changé." in str(rupture.compose(case, templates=tmp_path / "own"))
        assert "Ceci est changé." not in str(rupture.compose(case))

    def test_every_input_counts(self):
        names = {
            prepared.name_of("a", "x", "y", end=".json"),
            prepared.name_of("a", "xy", "", end=".json"),
            prepared.name_of("a", "", "xy", end=".json"),
            prepared.name_of("b", "x", "y", end=".json"),
            prepared.name_of("a", "x", "y", end=".py"),
        }
        assert len(names) == 5
