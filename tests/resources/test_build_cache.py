"""The build-time cache holds what would be computed now, and nothing depends on it."""

from __future__ import annotations

import os
import subprocess
import sys

from reading import ROOT
from tools.prepare import functions

import rupture
from conftest import EXAMPLES
from rupture.resources import build_cache

#: A letter in French, one in English.
SAMPLES = (EXAMPLES[0], next(path for path in EXAMPLES if path.stem.endswith(".en")))
#: Prints digests of the findings and letters of some cases, with the cache in the folder given first.
SCRIPT = """
import hashlib, pathlib, sys
import rupture
from rupture.resources import build_cache
build_cache.FOLDER = pathlib.Path(sys.argv[1])
for path in sys.argv[2:]:
    case = rupture.load(path)
    print(hashlib.sha256(repr(list(rupture.review(case))).encode()).hexdigest())
    for kind in ("txt", "html", "docx", "pdf"):
        print(path, kind, hashlib.sha256(rupture.render(case, kind)).hexdigest())
print("docx" in sys.modules)
"""


def written(folder) -> list[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    command = [sys.executable, "-c", SCRIPT, str(folder), *map(str, SAMPLES)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return done.stdout.splitlines()


class TestBuildCache:
    """A letter is the same with the cache and without it."""

    def test_same_letters_and_findings(self, tmp_path):
        *with_it, loaded_with = written(build_cache.FOLDER)
        *without, loaded_without = written(tmp_path)
        assert with_it == without
        assert len(with_it) == 5 * len(SAMPLES)
        assert (loaded_with, loaded_without) == ("False", "True")  # python-docx is not even imported

    def test_holds_every_file_and_nothing_else(self):
        wanted = {name: content for function in functions() for name, content in function.files()}
        found = {path.name: path.read_bytes() for path in build_cache.FOLDER.iterdir() if path.is_file()}
        assert found.keys() == wanted.keys(), "out of date; run python tools/prepare.py"
        assert found == wanted
        assert {name.partition("_")[0] for name in wanted} == {
            *("docx", "face", "lookup", "template", "toml", "tone", "widths"),
        }

    def test_a_changed_template_is_not_taken_for_the_old_one(self, tmp_path):
        folder = tmp_path / "own" / "fr" / "separation"
        folder.mkdir(parents=True)
        changed = (ROOT / "templates" / "fr" / "separation" / "apology.html").read_text(encoding="utf-8")
        (folder / "apology.html").write_text(f"<p>Ceci est changé.</p>\n{changed}", encoding="utf-8")
        case = rupture.load(EXAMPLES[0])
        assert "Ceci est changé." in str(rupture.compose(case, templates=tmp_path / "own"))
        assert "Ceci est changé." not in str(rupture.compose(case))

    def test_every_input_counts(self):
        def of(*inputs, kind="a", end=".json", **more):
            decorate = build_cache.built(kind, end, every=lambda: [inputs], **more)
            return next(name for name, _ in decorate(lambda *_: b"").files())

        names = [
            *(of("x", "y"), of("xy", ""), of("", "xy"), of(b"x", "y"), of("x", "y", kind="b"), of("x", "y", end=".py")),
            *(of("x", "y", versions=("1",)), of("x", "y", versions=("2",)), of("x", "y", modules=("errors.py",))),
        ]
        assert len(set(names)) == len(names)

    def test_a_file_of_the_cache_is_used(self, tmp_path, monkeypatch):
        monkeypatch.setattr(build_cache, "FOLDER", tmp_path)
        function = build_cache.built("a", ".txt", every=lambda: [("x",)])(lambda _: b"computed")
        assert (function("x"), function.cached("x")) == (b"computed", None)
        ((name, _),) = function.files()
        (tmp_path / name).write_bytes(b"cached")
        assert (function("x"), function("y")) == (b"cached", b"computed")
