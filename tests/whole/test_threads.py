"""Letters written in several threads at once are the letters written one after another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from PIL import Image

import rupture

#: In the long form, as many threads as there are cases.
THREADS = 8 if os.environ.get("SOAK") == "1" else 4
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
    return [sha256(rupture.render(case, kind)).hexdigest() for kind in job["formats"]]

sys.setswitchinterval(1e-4)
with ThreadPoolExecutor(len(jobs)) as pool:
    print(json.dumps(list(pool.map(digest, jobs))))
"""


def digest_of(path, kind: str) -> str:
    return sha256(rupture.render(rupture.load(path), kind)).hexdigest()


@pytest.fixture
def cases(minimal, tmp_path):
    """Letters of different locales, pages and looks: a colour, a logo, a style sheet, a twin, several pages."""
    Image.new("RGB", (60, 20), "navy").save(tmp_path / "logo.png")
    (tmp_path / "own.css").write_text("p { letter-spacing: 0.1pt }", encoding="utf-8")
    looks = (
        {"locale": "fr-FR", "twin": "en-GB", "relationship": {"service": {"fr": "le site", "en": "the website"}}},
        {"locale": "en-GB", "paper": {"colour": "#aa0000"}},
        {"locale": "fr-CH", "paper": {"logo": {"file": "logo.png", "alt": "logo"}, "fold_marks": True}},
        {"locale": "en-US", "paper": {"stylesheet": "own.css"}},
        {"locale": "fr-BE"},
        {"locale": "fr-FR"},
        {"locale": "en-CA", "paper": {"footer": ["Atelier Nord"], "colour": "#004488"}},
        {"locale": "fr-FR", "say": {"after decision": "Encore un mot. " * 150}},
    )
    paths = []
    for number, look in enumerate(looks[:THREADS]):
        paths.append(tmp_path / f"{number}.json")
        paths[-1].write_text(
            json.dumps(minimal(recipient={"organisation": f"Client {number}"}, **look)), encoding="utf-8"
        )
    return paths


class TestThreads:
    """Threads at once give the same bytes as one."""

    def test_warm(self, cases):
        jobs = [(path, kind) for path in cases for kind in FORMATS]
        alone = [digest_of(*job) for job in jobs]
        assert len(set(alone)) == len(jobs), "two letters that should differ are the same"
        gate = threading.Barrier(THREADS)
        orders = [[(first * 5 + step) % len(jobs) for step in range(6)] for first in range(THREADS)]

        def together(first: int) -> list[str]:
            gate.wait()
            return [digest_of(*jobs[number]) for number in orders[first]]

        before = sys.getswitchinterval()
        sys.setswitchinterval(1e-4)
        try:
            with ThreadPoolExecutor(THREADS) as pool:
                results = list(pool.map(together, range(THREADS)))
        finally:
            sys.setswitchinterval(before)
        assert results == [[alone[number] for number in order] for order in orders]

    def test_cold(self, cases, tmp_path):
        """Two threads begin with the same format, the others with another; the first call is the import."""
        orders = [["docx", "pdf"], ["pdf", "txt"], ["docx", "eml"], ["pdf", "html"]]
        jobs = [{"case": str(path), "formats": orders[number % len(orders)]} for number, path in enumerate(cases)]
        (tmp_path / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", COLD, str(tmp_path / "jobs.json")],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == [[digest_of(job["case"], kind) for kind in job["formats"]] for job in jobs]
