"""File names of letters: safe on every system, and no two alike."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from reading import ROOT

import rupture
from rupture.merging.fields import Fields
from rupture.merging.names import FileNames, safe_name

BASE = ROOT / "examples" / "merge" / "base.yaml"


class TestSafeName:
    """A file name that comes from data is safe on every system."""

    @given(st.text(max_size=300))
    def test_safe(self, text):
        name = safe_name(text)
        assert len(name.encode()) <= 121
        assert not re.search(r'[/\\:*?"<>|\x00-\x1f]', name)
        assert not name.startswith((".", " "))
        assert name.partition(".")[0].casefold() not in {"con", "nul", "aux", "prn", "com1", "lpt9"}


class TestFileNames:
    """No two letters of a run have names that some system takes for one, nor the reserved one."""

    def test_alike(self):
        names = FileNames("{recipient.organisation}", "All", Fields())
        cases = [
            rupture.load(BASE, changes=[f"recipient.organisation={name}"])
            for name in ("Abbey", "ABBEY", "Abbey-2", "Abbey", "all", "Boréal", "Bore\u0301al")
        ]
        given_names = [names.name(case, number) for number, case in enumerate(cases, 2)]
        assert given_names == ["Abbey", "ABBEY-2", "Abbey-2-2", "Abbey-3", "all-2", "Boréal", "Boréal-2"]
        names.restart()
        assert [names.name(case, number) for number, case in enumerate(cases, 2)] == given_names
