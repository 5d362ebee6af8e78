"""The limited process that docs/explanation/security.md shows does what the page says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest
from reading import ROOT
from validators import need

import rupture

PAGE = ROOT / "docs" / "explanation" / "security.md"
UNSHARE = shutil.which("unshare")
#: What the kernel does to a process that has used its seconds.
SPENT = "import signal; signal.raise_signal(signal.SIGXCPU)"


@pytest.fixture(scope="module")
def shown():
    """What the page's Python defines."""
    (code,) = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    names: dict = {}
    exec(code, names)  # noqa: S102  the code that the page shows
    return names


class TestLimitedProcess:
    """A letter comes out of it as it does without limits; what takes too much is ended, and the caller lives on."""

    def test_the_same_letter(self, shown, minimal):
        assert shown["render_limited"](minimal(), "pdf") == rupture.render(rupture.load(minimal()), "pdf")

    @pytest.mark.parametrize(
        ("hungry", "complaint"),
        [
            ("bytes(2 << 30)", "MemoryError"),
            ("open('x', 'wb').write(bytes(30_000_000))", "File too large"),
            ("[open('/dev/null') for _ in range(99)]", "Too many open files"),
            ("assert resource.getrlimit(resource.RLIMIT_CPU) == (30, 30)\n" + SPENT, "ended with -24: $"),
        ],
    )
    def test_what_takes_too_much(self, shown, minimal, hungry, complaint):
        with pytest.raises(ValueError, match=complaint):
            shown["render_limited"](minimal(), "txt", hungry)

    def test_a_wrong_case(self, shown, minimal):
        with pytest.raises(ValueError, match="not in the folder of the case"):
            shown["render_limited"](minimal(paper={"stylesheet": str(PAGE)}), "txt")


class TestWithoutANetwork:
    """The command writes a letter without a network."""

    def test_unshare(self, tmp_path):
        alone = [UNSHARE or "unshare", "--map-root-user", "--net"]
        need(
            "unshare, and leave to use it",
            UNSHARE and subprocess.run([*alone, "/bin/true"], check=False).returncode == 0,
        )
        case = ROOT / "examples" / "harbor.en.yaml"
        command = [sys.executable, "-m", "rupture", "render", str(case), "-o", str(tmp_path / "letter.pdf")]
        done = subprocess.run([*alone, *command], capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "letter.pdf").read_bytes() == rupture.render(rupture.load(case), "pdf")
