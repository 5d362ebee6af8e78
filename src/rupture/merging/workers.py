"""The processes of a run, and their temporary files."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING

from rupture.resources.memory import forget

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def workers(jobs: int, work: Path) -> Iterator[ProcessPoolExecutor | None]:
    """Yield an executor of so many processes, or None for one: this process.

    Args:
        jobs: the number of processes.
        work: the folder of their temporary files.
    """
    if jobs == 1:
        yield None
        return
    executor = ProcessPoolExecutor(jobs, get_context("spawn"), _begin_worker, (work,))
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def temporary_files(folder: Path) -> Iterator[None]:
    """Keep the temporary files of a run in its folder, where the next run removes them if this one is killed.

    What was remembered for its letters is forgotten at its end.
    """
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
        forget()  # no later letter looks for a font there


def _begin_worker(work: Path) -> None:
    tempfile.tempdir = str(work)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops cleanly, and lets its workers end
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this worker when its parent ends: a parent that was killed stops no worker, which would wait for ever."""
    if parent := parent_process():
        parent.join()
        os._exit(1)
