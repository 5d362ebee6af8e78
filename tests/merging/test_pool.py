"""Cases fed to any executor, or written in this process."""

from __future__ import annotations

import os
import signal
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest
from reading import ROOT

import rupture
from rupture.merging import pool

BASE = ROOT / "examples" / "merge" / "base.yaml"
BATCH, CASES = 5, 12


def _end_worker(*_):
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(pool, "BATCH", BATCH)


@pytest.fixture(scope="module")
def cases():
    return [rupture.load(BASE, changes=[f"recipient.organisation=Client {n}"]) for n in range(CASES)]


class TestRenderMany:
    """Cases are taken as they are needed, and come back in their order, from any executor."""

    @pytest.mark.parametrize("kind", ["none", "threads", "processes"])
    def test_in_order(self, cases, kind):
        executor = {
            "none": lambda: None,
            "threads": lambda: ThreadPoolExecutor(2),
            "processes": lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
        }[kind]()
        results = list(rupture.render_many(cases, ["txt"], executor))
        if executor:
            executor.shutdown()
        assert [result.index for result in results] == list(range(CASES))
        assert all(f"Client {n}\n" in result.files["txt"].decode() for n, result in enumerate(results))

    def test_a_failure_stops_nobody(self, cases):
        angry = rupture.load(BASE, changes=["thanks.for=nothing, you liars"])
        first, second, third = rupture.render_many([cases[0], angry, cases[1]], ["txt"])
        assert first.files
        assert third.files
        assert not second.files
        assert any(finding.severity == "error" for finding in second.findings)

    def test_lazily_fed(self, cases):
        taken = []

        def feed():
            for n in range(10_000):
                taken.append(n)
                yield cases[n % CASES]

        with ThreadPoolExecutor(1) as executor:
            results = rupture.render_many(feed(), ["txt"], executor)
            assert next(results).index == 0
            assert len(taken) <= BATCH * 17
            results.close()

    def test_a_pool_that_breaks_loses_nothing(self, cases, monkeypatch, caplog):
        class Killed(ProcessPoolExecutor):
            def submit(self, do, *arguments):
                submitted.append(do)
                return super().submit(_end_worker if len(submitted) == 2 else do, *arguments)

        monkeypatch.setattr(pool, "_PATIENCE", 60)  # so that only batches are submitted
        submitted = []
        with Killed(1, mp_context=get_context("spawn")) as executor:
            results = list(rupture.render_many(cases * 2, ["txt"], executor, ahead=2))
        assert [result.index for result in results] == list(range(2 * CASES))
        assert all(f"Client {n % CASES}\n" in result.files["txt"].decode() for n, result in enumerate(results))
        assert len(submitted) == 5  # a pool that broke refuses those that come after, too
        told = [record.getMessage() for record in caplog.records]
        assert ["BrokenProcessPool" in message for message in told] == [True] * 4

    def test_an_executor_that_goes_away_without_a_word_loses_nothing(self, cases, monkeypatch, caplog):
        class Gone(ThreadPoolExecutor):
            asked = 0

            def submit(self, do, *_):
                if do is bool:
                    self.asked += 1
                    if self.asked > 2:
                        raise BrokenExecutor("gone")
                return Future()

        monkeypatch.setattr(pool, "_PATIENCE", 0.01)
        given = cases[: BATCH + 1]
        with Gone(1) as executor:
            results = list(rupture.render_many(given, ["txt"], executor))
            assert executor.asked > 2
        assert results == list(rupture.render_many(given, ["txt"]))
        assert sum("written here" in record.getMessage() for record in caplog.records) == 2

    def test_a_fault_of_the_program_is_seen(self, cases, monkeypatch):
        monkeypatch.setattr(pool, "_render", lambda *_: 1 / 0)
        with ThreadPoolExecutor(1) as executor, pytest.raises(ZeroDivisionError):
            list(rupture.render_many(cases, ["txt"], executor))

    def test_a_killed_worker_loses_nothing(self, cases):
        class Dying(ThreadPoolExecutor):
            def submit(self, *_, **__):
                future = Future()
                future.set_exception(BrokenExecutor("killed"))
                return future

        results = list(rupture.render_many(cases, ["txt"], Dying(1)))
        assert [result.index for result in results] == list(range(CASES))
        assert all(result.files for result in results)
