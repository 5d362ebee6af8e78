"""Many letters, lazily and in order, in this process or in those of an executor."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from rupture import api
from rupture.errors import HeldBack, MissingLibrary, OutputError, RuptureError
from rupture.merging.options import LetterOptions
from rupture.resources.arguments import several
from rupture.resources.memory import forget

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence
    from concurrent.futures import Executor, Future

    from rupture.case.model import Case
    from rupture.reviewing.findings import Finding

#: Letters per task of a worker: one each would cost more to send than to write.
BATCH: Final = 25
#: Batches submitted ahead by default; bounds what waits in memory.
_AHEAD: Final = 16
#: Seconds after which an executor that has not answered is asked whether it is still there.
_PATIENCE: Final = 5.0


@dataclass(frozen=True, slots=True)
class Rendered:
    """The result of one case.

    Args:
        index: its place among the cases, from 0.
        files: the bytes of each format; empty when it failed.
        error: why it failed, or empty.
        findings: those of the review, when they hold the letter back.
    """

    index: int
    files: Mapping[str, bytes] = field(default_factory=dict)
    error: str = ""
    findings: tuple[Finding, ...] = ()


def render_many(  # noqa: PLR0913  as `render`
    cases: Iterable[Case],
    formats: Sequence[str],
    executor: Executor | None = None,
    *,
    templates: str | None = None,
    attach: Sequence[str] = (),
    archive: bool = False,
    ahead: int = _AHEAD,
) -> Generator[Rendered, None, None]:
    """Yield the result of each case, in order; a letter that fails does not stop the others.

    Args:
        cases: taken one by one, as they are needed.
        formats: such as ``["pdf", "docx"]``.
        executor: any of ``concurrent.futures``; by default, this process. It gets the letters in batches of 25; a
            batch that it loses, because a worker died or for any other reason, is written here, and logged.
        templates: as for `rupture.render`.
        attach: as for `rupture.render`.
        archive: as for `rupture.render`.
        ahead: the number of batches submitted at once, at least twice the number of workers.

    Raises:
        OutputError: the system's temporary folder cannot be written.
        MissingLibrary: a system library is not installed.
    """
    options = LetterOptions(several(formats, "formats"), templates, several(attach, "attach"), archive)
    return rendered(api.each(cases, "cases"), options, executor, ahead)


def rendered(
    cases: Iterable[Case], options: LetterOptions, executor: Executor | None, ahead: int = _AHEAD
) -> Generator[Rendered, None, None]:
    """Yield what `render_many` yields.

    Args:
        cases: as for `render_many`.
        options: how every letter is written.
        executor: as for `render_many`.
        ahead: as for `render_many`.
    """
    numbered = enumerate(cases)
    waiting: deque[tuple[list[tuple[int, Case]], Future[list[Rendered]]]] = deque()
    try:
        if executor is None:
            yield from (_render(index, case, options) for index, case in numbered)
            return
        while True:
            while len(waiting) < ahead and (batch := list(islice(numbered, BATCH))):
                waiting.append((batch, _submitted(executor, batch, options)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            yield from _results(executor, future, batch, options)
    finally:  # or the caller wants no more
        for _, future in waiting:
            future.cancel()
        forget()


def warm_up(case: Case, formats: Sequence[str], *, templates: str | None = None) -> None:
    """Write a letter and discard it, so that a new process has loaded its rules, templates and faces.

    Args:
        case: one like those to come: with their language, page and sender.
        formats: as for `render_many`.
        templates: as for `rupture.render`.
    """
    _render(0, api.loaded(case), LetterOptions(several(formats, "formats"), templates))


def _submitted(executor: Executor, batch: list[tuple[int, Case]], options: LetterOptions) -> Future[list[Rendered]]:
    try:
        return executor.submit(render_batch, batch, options)
    except Exception as error:  # noqa: BLE001  a broken pool refuses what comes after, each in its own words
        from concurrent.futures import Future  # noqa: PLC0415  slow to import

        lost: Future[list[Rendered]] = Future()
        lost.set_exception(error)
        return lost


def _results(
    executor: Executor, future: Future[list[Rendered]], batch: list[tuple[int, Case]], options: LetterOptions
) -> Sequence[Rendered]:
    """Return the results of a batch; one that the executor lost is written here.

    `render_batch` returns what is wrong with a letter and raises nothing but faults of this program. So an exception
    is either the executor's own, for which there is no common class (a broken pool, a cancelled future, a cluster's
    worker killed too often), or a fault, which is raised again here, with its own traceback.
    """
    try:
        return _awaited(executor, future)
    except Exception as error:  # noqa: BLE001  see above
        import logging  # noqa: PLC0415  slow to import

        kind = type(error).__name__
        logging.getLogger("rupture").warning(
            "a batch was lost (%s: %s); its %d letters are written here", kind, error, len(batch)
        )
        return render_batch(batch, options)


def _awaited(executor: Executor, future: Future[list[Rendered]]) -> list[Rendered]:
    """Return the result of a future, as long as its executor still takes work.

    A cluster that goes away may leave a future that never ends; an executor that is gone refuses the next task.
    """
    while True:
        try:
            return future.result(timeout=_PATIENCE)
        except TimeoutError:
            if future.done():  # at this moment, or the error is the task's own
                return future.result()
            executor.submit(bool).cancel()


def render_batch(batch: Sequence[tuple[int, Case]], options: LetterOptions) -> list[Rendered]:
    """Return the results of a few numbered cases; runs in a worker."""
    return [_render(index, case, options) for index, case in batch]


def _render(index: int, case: Case, options: LetterOptions) -> Rendered:
    try:
        document = api.cleared(case, options.templates)
        return Rendered(index, {kind: options.write(document, kind) for kind in options.formats})
    except HeldBack as held:
        return Rendered(index, error=str(held), findings=tuple(held.findings))  # type: ignore[arg-type]  # findings
    except (OutputError, MissingLibrary):  # the machine's fault, and so that of every letter
        raise
    except RuptureError as error:
        return Rendered(index, error=str(error))
