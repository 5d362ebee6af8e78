"""One letter after another in one process, beside the tools a person would otherwise use; each letter is another."""

from __future__ import annotations

from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks import letters, reading
from benchmarks.contenders import DOCX, NAIVE, PDF, TEXT
from benchmarks.timing import TAKEN_HEAD, Report, compared, interleaved, quartiles
from rupture.writers import pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.contenders import Contender
    from benchmarks.letters import Sample
    from benchmarks.timing import Effort, Verdict


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
    numbers = count()
    writers = {contender.name: contender.make() for contender in theme.contenders}
    sizes = {each.name: _checked(each, writers[each.name]) for each in theme.contenders}
    turns = {
        name: partial(
            _turn, write, [_fresh(numbers, theme.letters, composed=_reads(name)) for _ in range(effort.rounds + 1)]
        )
        for name, write in writers.items()
    }
    taken = interleaved(turns, effort.rounds, letters=theme.letters)
    first = theme.held[-1].below if theme.held[-1].most is False else theme.held[-1].above
    report = Report(theme.title, ("A letter", *TAKEN_HEAD, "Bytes", "As a multiple of the first"))
    for name, figures in taken.items():
        times = quartiles([a / b for a, b in zip(figures.wall, taken[first].wall, strict=True)])[1]
        report.rows.append([name, *figures.row(), f"{sizes[name]:,}", f"{times:.2f}"])
    report.verdicts = [_verdict(each, taken) for each in theme.held]
    report.notes += theme.notes
    return report


def _verdict(held: _Held, taken: dict) -> Verdict:
    return compared(held.what, taken[held.above], taken[held.below], held.target, most=held.most)


def _reads(name: str) -> bool:
    """Tell whether a contender begins with a letter that is composed, or even laid out as a page."""
    return name.endswith(" only") or name.startswith("naive")


def _fresh(numbers: count[int], size: int, *, composed: bool) -> list[Sample]:
    """Return letters that nobody has written yet."""
    made = [letters.sample(letters.values(next(numbers))) for _ in range(size)]
    if composed:
        for each in made:
            each.page  # noqa: B018  composed now, so that it is not counted
    return made


def _turn(write: Callable[[Sample], bytes], rounds: Sequence[Sequence[Sample]], number: int) -> None:
    for sample in rounds[number]:
        write(sample)


def _checked(contender: Contender, write: Callable[[Sample], bytes]) -> int:
    """Return the size of a contender's letter, once it is seen to say the same as ours."""
    sample = letters.samples(1)[0]
    written = write(sample)
    reading.check_same(sample.document, written, contender.kind, contender.name)
    if contender is NAIVE:
        reading.check_same_look(pdf.write(sample.document), written, contender.name)
    return len(written)
