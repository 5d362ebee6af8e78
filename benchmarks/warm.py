"""One letter after another in one process, beside the tools a person would otherwise use; each letter is another."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks import letters, reading
from benchmarks.contenders import DOCX, NAIVE, PDF, TEXT
from benchmarks.timing import TAKEN_HEAD, Report, Spent, compared, interleaved, ratio, spent
from rupture.writing import pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from benchmarks.contenders import Contender
    from benchmarks.letters import Sample
    from benchmarks.timing import Effort


class _Held(NamedTuple):
    """One comparison: who is divided by whom, and what comes of it."""

    what: str
    above: str
    below: str
    target: float
    most: bool = False


class _Theme(NamedTuple):
    """The contenders of one format, and what is held against a target."""

    title: str
    contenders: tuple[Contender, ...]
    letters: int  # in one turn
    held: tuple[_Held, ...]
    notes: tuple[str, ...]


_THEMES: Final = {
    "text": _Theme(
        "Text, warm",
        TEXT,
        40,
        (_Held("compose and text / bare template", "rupture: compose, text", "jinja2 and textwrap", 3, most=True),),
        ("The bare template has the finished words, with nine blanks; ours finds the words. Review is not counted.",),
    ),
    "docx": _Theme(
        "DOCX, warm",
        DOCX,
        6,
        (
            _Held("docxtpl / DOCX only", "docxtpl", "rupture: DOCX only", 40),
            _Held("docxtpl / compose and DOCX", "docxtpl", "rupture: compose, DOCX", 40),
            _Held("the same, in any case", "docxtpl", "rupture: compose, DOCX", 5),
        ),
        (
            "`DOCX only` begins where docxtpl does: with the words, or the values of the blanks, in memory.",
            "Templates are made by python-docx, without an embedded face; our file has one, and frames for the window.",
        ),
    ),
    "pdf": _Theme(
        "PDF, warm",
        PDF,
        2,
        (
            _Held("naive WeasyPrint / PDF only", "naive WeasyPrint", "rupture: PDF only", 2),
            _Held("naive WeasyPrint / compose and PDF", "naive WeasyPrint", "rupture: compose, PDF", 2),
        ),
        (
            "The naive contender is given the finished page, style inside, and its PDF looks like ours to the pixel.",
            "Not judged: the same with its parts in a flex column, as much of the web stacks them.",
            "typst and ReportLab: the same words and face on the same sheet, not the same page to the millimetre.",
        ),
    ),
}


def measure(kind: str, effort: Effort) -> Report:
    """Return what each contender takes for a letter of that format.

    Args:
        kind: ``text``, ``docx`` or ``pdf``.
        effort: how many rounds.
    """
    theme = _THEMES[kind]
    workers = {each.name: _Worker(kind, place, effort.rounds) for place, each in enumerate(theme.contenders)}
    try:
        sizes = {name: worker.ready() for name, worker in workers.items()}
        turns = {name: worker.turn for name, worker in workers.items()}
        taken = interleaved(turns, effort.rounds, letters=theme.letters, clock=lambda turn, number: turn(number))
    finally:
        for worker in workers.values():
            worker.end()
    first = theme.contenders[0].name
    report = Report(theme.title, ("A letter", *TAKEN_HEAD, "Bytes", "As a multiple of the first"))
    for name, figures in taken.items():
        times = ratio(figures.wall, taken[first].wall).value
        report.rows.append([name, *figures.row(), f"{sizes[name]:,}", f"{times:.2f}"])
    report.verdicts = [
        compared(each.what, taken[each.above], taken[each.below], each.target, most=each.most) for each in theme.held
    ]
    report.notes += theme.notes
    return report


class _Worker:
    """A contender in a process of its own, where what another one leaves in memory does not slow it down.

    Args:
        kind: of the theme.
        place: of the contender in it.
        rounds: that are counted.
    """

    def __init__(self, kind: str, place: int, rounds: int) -> None:
        context = get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, kind, place, rounds), daemon=True)
        self._process.start()
        theirs.close()

    def ready(self) -> int:
        """Return the size of its letter, once it is seen to say the same as ours.

        Raises:
            ValueError: it does not.
        """
        size = self._ours.recv()
        if isinstance(size, str):
            raise ValueError(size)  # noqa: TRY004  what the worker says went wrong
        return int(size)

    def turn(self, number: int) -> Spent:
        """Return what its turn in that round took."""
        self._ours.send(number)
        wall, processor = self._ours.recv()
        return Spent(wall, processor)

    def end(self) -> None:
        """Let the process end."""
        self._ours.close()
        self._process.join()


def _serve(pipe: Connection, kind: str, place: int, rounds: int) -> None:
    theme = _THEMES[kind]
    contender = theme.contenders[place]
    write = contender.make()
    try:
        pipe.send(checked(contender, write))
    except ValueError as error:
        pipe.send(str(error))
        return
    first = 1 + place * theme.letters * (rounds + 1)
    made = [
        _fresh(first + number * theme.letters, theme.letters, composed=_reads(contender.name))
        for number in range(rounds + 1)
    ]
    with suppress(EOFError):  # the other end is closed when all is done
        while True:
            pipe.send(tuple(spent(partial(_turn, write, made), pipe.recv())))


def _turn(write: Callable[[Sample], bytes], made: list[list[Sample]], number: int) -> None:
    for sample in made[number]:
        write(sample)


def _reads(name: str) -> bool:
    """Tell whether a contender begins with a letter that is composed, or even laid out as a page."""
    return name.endswith(" only") or name.startswith("naive")


def _fresh(first: int, size: int, *, composed: bool) -> list[Sample]:
    """Return letters that nobody has written yet."""
    made = letters.samples(size, first)
    if composed:
        for each in made:
            each.page  # noqa: B018  composed now, so that it is not counted
    return made


def checked(contender: Contender, write: Callable[[Sample], bytes]) -> int:
    """Return the size of a contender's letter, once it is seen to say the same as ours.

    Raises:
        ValueError: it does not, or a page that should looks otherwise.
    """
    sample = letters.samples(1)[0]
    written = write(sample)
    reading.check_same(sample.document, written, contender.kind, contender.name)
    if contender is NAIVE:
        reading.check_same_look(pdf.write(sample.document), written, contender.name)
    return len(written)
