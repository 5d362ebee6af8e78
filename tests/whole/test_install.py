"""What people are told to install is this project, not the package of a stranger that has its short name."""

from __future__ import annotations

import re

from reading import ROOT

#: An install line, up to its end or to a comment.
INSTALL = re.compile(r"(?:(?:pip[x3]?|uv(?: tool| pip)?|poetry|conda)\s+(?:install|add|run)|uvx)\s+[^\n#`;&|]*")
STRANGER = re.compile(r"(?<![\w./-])rupture(?![\w./-])")
PLACES = (
    "*.md",
    "docs/**/*.md",
    "benchmarks/*.md",
    "tests/*.md",
    "examples/*.ipynb",
    "src/**/*.py",
    "templates/**/*.html",
)
PAGES = sorted(path for place in PLACES for path in ROOT.glob(place) if not {"_build", "_build_cache"} & {*path.parts})


def strangers(text):
    """The install lines of a text that name the stranger's package."""
    return [line.strip() for line in INSTALL.findall(text) if STRANGER.search(line)]


class TestName:
    """No page, message or notebook fetches the stranger's package."""

    def test_nobody_is_told(self):
        assert len(PAGES) > 100
        assert {path.suffix for path in PAGES} >= {".md", ".ipynb", ".py"}
        found = {str(path.relative_to(ROOT)): lines for path in PAGES if (lines := strangers(path.read_text("utf-8")))}
        assert found == {}

    def test_it_bites(self):
        wrong = (
            "pip install rupture",
            "%pip install -q rupture",
            'pipx install "rupture[all]"',
            "uv add rupture",
            "uvx rupture",
        )
        assert [line for line in wrong if not strangers(f"First:\n\n    {line}\n")] == []
        right = (
            "pip install rupture-letters",
            'pipx install "rupture-letters[all]"',
            "pip install weasyprint  # for rupture",
        )
        assert [line for line in right if strangers(line)] == []

    def test_this_project_is_named(self):
        for page in ("README.md", "docs/how-to/install.md"):
            assert re.search(r"pip install rupture-letters\b", (ROOT / page).read_text("utf-8")), page
