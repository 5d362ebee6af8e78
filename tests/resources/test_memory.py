"""What is remembered from letter to letter is bounded, and gone when a merge ends."""

from __future__ import annotations

import gc
import re
import threading

import pytest
from reading import ROOT

import rupture
from conftest import EXAMPLES
from rupture.resources import memory
from rupture.resources.memory import forget, remembered

MEMORIES = memory._MEMORIES  # noqa: SLF001  nobody else asks what is remembered


def remembering() -> int:
    """Return how many results all memories hold."""
    return sum(reference().cache_info().currsize for reference in MEMORIES.keyrefs())


class TestRemembered:
    """A result is computed once, until as many others have come or everything is forgotten."""

    def test_once_until_forgotten(self):
        calls = []
        function = remembered(2)(lambda value: calls.append(value) or value)
        assert [function(value) for value in (1, 1, 2, 3, 3, 1)] == [1, 1, 2, 3, 3, 1]
        assert calls == [1, 2, 3, 1]
        forget()
        assert (function(1), calls[-1], len(calls)) == (1, 1, 5)

    def test_a_memory_goes_with_its_object(self):
        gc.collect()
        before = len(MEMORIES)
        kept = [remembered(1)(lambda: None) for _ in range(3)]
        assert len(MEMORIES) == before + 3
        kept.clear()
        gc.collect()
        assert len(MEMORIES) == before

    def test_the_lock_is_held(self):
        lock = threading.Lock()
        function = remembered(1, lock=lock)(lambda: None)
        function()
        with lock:
            thread = threading.Thread(target=forget)
            thread.start()
            thread.join(0.2)
            assert function.cache_info().currsize == 1
        thread.join()
        assert function.cache_info().currsize == 0


class TestForgotten:
    """A merge leaves nothing behind: no text, no look, no font."""

    @pytest.mark.parametrize("stop", [False, True], ids=["to its end", "given up"])
    def test_render_many(self, stop):
        cases = [rupture.load(path) for path in EXAMPLES[:2]]
        results = rupture.render_many(cases, ["pdf", "docx"])
        assert next(results).files
        assert remembering() > 50
        results.close() if stop else list(results)
        assert remembering() == 0

    def test_every_cache_is_one_or_holds_data_of_the_package(self):
        sources = [path for path in (ROOT / "src").rglob("*.py") if path.parent.name != "_build_cache"]
        found = {path.name for path in sources if re.search(r"\blru_cache\b", path.read_text(encoding="utf-8"))}
        assert found == {"memory.py"}
