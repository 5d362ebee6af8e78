"""Search for bytes that break a door of `fuzzing.py`, with atheris: ``python tests/soak/fuzz.py DOOR SECONDS``.

What it finds is written to ``.soak/findings/<door>/`` once for each place of the code, and named at the end; a hang
(20 s for one input) or 2 GB of memory end the search, and the input is kept there too.
"""

from __future__ import annotations

import sys
import tempfile
import traceback
from hashlib import sha256
from pathlib import Path

import atheris

TESTS = Path(__file__).parent.parent
sys.path.insert(0, str(TESTS / "support"))

with atheris.instrument_imports(include=["rupture"]):
    import rupture  # noqa: F401  instrumented from here on

import fuzzing  # noqa: E402  behind what instruments it

SOAK = TESTS.parent / ".soak"


class Search:
    """Knocks at one door, and keeps what breaks it."""

    def __init__(self, door: str, folder: Path) -> None:
        self._door = door
        self._folder = folder
        self._findings = SOAK / "findings" / door

    def __call__(self, data: bytes) -> None:
        """Try these bytes."""
        try:
            fuzzing.knock(self._door, data, self._folder)
        except Exception as error:  # noqa: BLE001  every one is a finding
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{type(error).__name__}-{Path(last.filename).name}-{last.lineno}"
            self._keep(place, data, traceback.format_exc())

    def _keep(self, place: str, data: bytes, report: str) -> None:
        name = f"{place}-{sha256(place.encode()).hexdigest()[:6]}"
        path = self._findings / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            path.with_name(f"{name}.txt").write_text(report, encoding="utf-8")
            sys.stderr.write(f"FOUND {path}\n{report}\n")


def _escaped(token: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token.encode())


def main(door: str, seconds: str) -> None:
    """Search at one door for so many seconds."""
    corpus, findings = SOAK / "corpus" / door, SOAK / "findings" / door
    corpus.mkdir(parents=True, exist_ok=True)
    findings.mkdir(parents=True, exist_ok=True)
    words = SOAK / "words.txt"
    words.write_text("".join(f'"{_escaped(token)}"\n' for token in fuzzing.TOKENS), encoding="ascii")
    options = [
        f"-dict={words}",
        f"-max_total_time={seconds}",
        "-timeout=20",
        "-rss_limit_mb=2048",
        "-max_len=20000",
        f"-artifact_prefix={findings}/",
        "-print_final_stats=1",
        "-verbosity=0",
    ]
    with tempfile.TemporaryDirectory() as folder:
        atheris.Setup(
            [sys.argv[0], *options, str(corpus), str(fuzzing.CORPUS / door)],
            Search(door, Path(folder)),
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
