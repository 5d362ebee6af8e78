"""Letters written by a real cluster of `dask.distributed`: two processes, of which some are killed."""

from __future__ import annotations

import os
import signal
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import dask
import pytest
from dask.distributed import Client, LocalCluster
from reading import ROOT

import rupture
from rupture.merging import pool

BASE = ROOT / "examples" / "merge" / "base.yaml"
BATCH = 3
LETTERS = 6 * BATCH


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(pool, "BATCH", BATCH)


@pytest.fixture(scope="module")
def cases():
    return [rupture.load(BASE, changes=[f"recipient.organisation=Client {n}"]) for n in range(LETTERS)]


@pytest.fixture(scope="module")
def client():
    """A cluster that tries a task once more when its worker was killed."""
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": ":0"}
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        LocalCluster(**options) as cluster,
        Client(cluster) as connected,
    ):
        yield connected


class Deadly(Executor):
    """Hands on what it is given; the worker that takes the third batch dies of it, so many times."""

    def __init__(self, executor, deaths):
        self._executor = executor
        self._deaths = deaths
        self._submitted = 0

    def submit(self, do, *arguments):
        self._submitted += 1
        if self._submitted == 3:
            do = partial(_die_before, self._deaths, do)
        return self._executor.submit(do, *arguments)


def _die_before(deaths, do, *arguments):
    died = len(list(deaths.iterdir()))
    if died < int(deaths.name):
        (deaths / str(died)).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return do(*arguments)


def _in_order(results):
    return [f"Client {n}\n" in result.files["txt"].decode() for n, result in enumerate(results)] == [True] * LETTERS


class TestCluster:
    """The letters are the same as here, in their order, whatever happens to a worker."""

    def test_the_same_as_here(self, client, cases):
        there = rupture.render_many(cases[: BATCH + 1], ["txt", "eml"], client.get_executor(pure=False))
        assert list(there) == list(rupture.render_many(cases[: BATCH + 1], ["txt", "eml"]))

    @pytest.mark.parametrize("times", [1, 2], ids=["the cluster tries again", "it gives up"])
    def test_a_worker_killed(self, client, cases, tmp_path, caplog, times):
        deaths = tmp_path / str(times)
        deaths.mkdir()
        results = list(rupture.render_many(cases, ["txt"], Deadly(client.get_executor(pure=False), deaths)))
        assert _in_order(results)
        assert len(list(deaths.iterdir())) == times
        told = [record.getMessage() for record in caplog.records if record.name == "rupture"]
        assert bool(told) == (times > 1)  # two workers' deaths may take the batch beside it along
        assert all("KilledWorker" in message for message in told)

    def test_lazily_fed(self, client, cases):
        taken = []

        def feed():
            for n in range(10_000):
                taken.append(n)
                yield cases[n % LETTERS]

        results = rupture.render_many(feed(), ["txt"], client.get_executor(pure=False), ahead=3)
        assert [next(results).index for _ in range(BATCH + 1)] == list(range(BATCH + 1))
        assert len(taken) == 4 * BATCH
        results.close()

    def test_warm_before_the_first_letter(self, client, cases):
        modules = ["rupture.writing.docx.building", "rupture.writing.docx.face"]
        client.wait_for_workers(2)  # those of the tests above were killed
        assert not any(map(any, client.run(_loaded, modules).values()))
        client.register_worker_callbacks(setup=partial(rupture.warm_up, cases[0], ["docx"]))
        told = client.run(_loaded, modules)
        assert list(told.values()) == [[True, True]] * 2

    def test_the_cluster_goes_away(self, client, cases, caplog):
        with Client(client.cluster, set_as_default=False) as connected:
            results = rupture.render_many(cases, ["txt"], connected.get_executor(pure=False), ahead=2)
            got = [next(results)]
            connected.close()
            got += results
        assert _in_order(got)
        assert any(f"its {BATCH} letters are written here" in record.getMessage() for record in caplog.records)


def _loaded(modules):
    import sys  # noqa: PLC0415  runs in a worker

    return [name in sys.modules for name in modules]


class TestDocumented:
    """The how-to says what is tested here."""

    def test_the_calls(self):
        text = (ROOT / "docs" / "how-to" / "many-letters.md").read_text(encoding="utf-8")
        for call in ("client.get_executor(pure=False)", "register_worker_callbacks", "rupture.warm_up", "ahead="):
            assert call in text
            assert call.partition("=")[0] in Path(__file__).read_text(encoding="utf-8")
