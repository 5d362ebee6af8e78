"""The build-time cache holds what would be computed now, and nothing depends on it."""

from __future__ import annotations

import hashlib
import inspect
import json
import os
import subprocess
import sys

import rupture
from conftest import EXAMPLES
from rupture.resources import build_cache

#: One letter: the files of the cache, those of the other language too, are compared byte for byte.
SAMPLES = EXAMPLES[:1]


def digests(path) -> list[str]:
    """Return digests of the findings and of the letter of a case, in every format that uses the cache."""
    case = rupture.load(path)
    letters = [rupture.render(case, kind) for kind in ("txt", "html", "docx", "pdf")]
    return [hashlib.sha256(each).hexdigest() for each in (repr(list(rupture.review(case))).encode(), *letters)]


#: Prints the digests of some cases, with the cache in the folder given first, and whether python-docx was needed.
SCRIPT = f"""
import hashlib, json, pathlib, sys
import rupture
from rupture.resources import build_cache
build_cache.FOLDER = pathlib.Path(sys.argv[1])
{inspect.getsource(digests)}
print(json.dumps([[digests(path) for path in sys.argv[2:]], "docx" in sys.modules]))
"""


class TestBuildCache:
    """A letter is the same with the cache and without it; `test_wheel.py` compares its files."""

    def test_same_letters_and_findings(self, tmp_path):
        environment = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
        command = [sys.executable, "-c", SCRIPT, str(tmp_path), *map(str, SAMPLES)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        without, computed = json.loads(done.stdout)
        assert computed, "python-docx writes the empty document that the cache holds"
        assert without == [digests(path) for path in SAMPLES]

    def test_a_changed_template_is_not_taken_for_the_old_one(self, tmp_path):
        folder = tmp_path / "own" / "fr" / "sentences"
        folder.mkdir(parents=True)
        sentence = "{% block one %}Ceci est changé.{% endblock %}"
        (folder / "regret.html").write_text(sentence, encoding="utf-8")
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
