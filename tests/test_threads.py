"""Letters written in several threads at once are the letters written one after another."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from PIL import Image

import rupture

THREADS = 8
FORMATS = ("pdf", "docx", "txt", "eml", "html")

#: Run in a fresh process, where no cache is filled: every thread waits for the others, then all begin with one call.
COLD = """
import json, sys, threading
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

jobs = json.load(open(sys.argv[1], encoding="utf-8"))
gate = threading.Barrier(len(jobs))

def digest(job):
    gate.wait()
    import rupture

    case = rupture.load(job["case"])
    return sha256(rupture.render(case, job["format"], attach=job["attach"], archive=job["archive"])).hexdigest()

sys.setswitchinterval(1e-5)
with ThreadPoolExecutor(len(jobs)) as pool:
    print(json.dumps(list(pool.map(digest, jobs))))
"""


def digest_of(path, kind: str, **options: object) -> str:
    return sha256(rupture.render(rupture.load(path), kind, **options)).hexdigest()


@pytest.fixture(scope="module")
def cases(tmp_path_factory, request):
    """Letters of different locales, pages and looks: a colour, a logo, a style sheet, a twin, several pages."""
    folder = tmp_path_factory.mktemp("cases")
    Image.new("RGB", (60, 20), "navy").save(folder / "logo.png")
    (folder / "own.css").write_text("p { letter-spacing: 0.1pt }", encoding="utf-8")
    looks = (
        {"locale": "fr-FR"},
        {"locale": "en-GB", "identity": {"colour": "#aa0000"}},
        {"locale": "fr-CH", "identity": {"logo": {"file": "logo.png", "alt": "logo"}}},
        {"locale": "en-US", "identity": {"stylesheet": "own.css"}},
        {"locale": "fr-BE", "fold_marks": True},
        {"locale": "fr-FR", "twin": "en-GB"},
        {"locale": "en-CA", "identity": {"footer": ["Atelier Nord"], "colour": "#004488"}},
        {"locale": "fr-FR", "paragraphs": [{"after": "framing", "text": "Encore un mot. " * 150}]},
    )
    minimal = request.getfixturevalue("minimal_case")
    paths = []
    for number, look in enumerate(looks):
        paths.append(folder / f"{number}.json")
        paths[-1].write_text(json.dumps(minimal(**look)), encoding="utf-8")
    return paths


class TestThreads:
    """Eight threads at once give the same bytes as one."""

    def test_warm(self, cases):
        jobs = [(path, kind) for path in cases for kind in FORMATS]
        alone = [digest_of(*job) for job in jobs]
        assert len(set(alone)) == len(jobs), "two letters that should differ are the same"
        gate = threading.Barrier(THREADS)

        def together(first: int) -> list[str]:
            gate.wait()
            order = [*range(first, len(jobs)), *range(first)]
            found = {number: digest_of(*jobs[number]) for number in order}
            return [found[number] for number in range(len(jobs))]

        before = sys.getswitchinterval()
        sys.setswitchinterval(1e-5)
        try:
            with ThreadPoolExecutor(THREADS) as pool:
                results = list(pool.map(together, [number * 5 for number in range(THREADS)]))
        finally:
            sys.setswitchinterval(before)
        assert results == [alone] * THREADS

    @pytest.mark.parametrize(
        "formats",
        [("pdf",), ("docx",), FORMATS, ("txt",)],
        ids=["pdf", "docx", "mixed", "txt"],
    )
    def test_cold(self, cases, tmp_path, formats):
        jobs = [
            {"case": str(path), "format": (kind := formats[number % len(formats)]), "archive": number == 3}
            | {"attach": ["pdf", "docx"] if kind == "eml" else []}
            for number, path in enumerate(cases)
        ]
        (tmp_path / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", COLD, str(tmp_path / "jobs.json")],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        alone = [digest_of(job["case"], job["format"], attach=job["attach"], archive=job["archive"]) for job in jobs]
        assert json.loads(done.stdout) == alone
