"""What a letter costs by its length, and a run by the number of its letters: whether either is more than linear."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pypdfium2

import rupture
from benchmarks import letters
from benchmarks.timing import Report, interleaved, milliseconds, quartiles
from benchmarks.watched import merge, write_table
from rupture.reviewing.review import review
from rupture.writing import pdf, text
from rupture.writing.docx import writer as docx

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from benchmarks.letters import Sample
    from benchmarks.timing import Effort

_AFTER: Final = ("final", "reasons[3]", "matters[2]", "regret", "contact", "wish")
#: Sentences of the sender's own, in up to six paragraphs.
_SENTENCES: Final = (0, 40, 90, 190, 310, 430, 540)
_STEPS_OF_A_LETTER: Final[Mapping[str, Callable[[Sample], object]]] = {
    "compose": lambda sample: rupture.compose(sample.case),
    "review": lambda sample: review(sample.case, sample.document),
    "text": lambda sample: text.write(sample.document),
    "DOCX": lambda sample: docx.write(sample.document),
    "PDF": lambda sample: pdf.write(sample.document),
}


def by_length(effort: Effort) -> Report:
    """Return what each step takes for letters of about one to ten pages."""
    rounds = effort.of(1, min(effort.rounds, 5), effort.rounds)
    report = Report("By length", ("Letter", "Pages", "Words", *_STEPS_OF_A_LETTER, "PDF, a page"))
    shapes = {f"{count} sentences more": partial(longer, count) for count in _SENTENCES}
    shapes["an annex of 100 days"] = with_annex
    for name, shape in shapes.items():
        made = [shape(index) for index in range(rounds + 1)]
        made[0].document  # noqa: B018  composed now
        with pypdfium2.PdfDocument(pdf.write(made[0].document)) as written:
            pages = len(written)
        turns = {step: partial(_turn, made, each) for step, each in _STEPS_OF_A_LETTER.items()}
        taken = {step: quartiles(each.wall)[1] for step, each in interleaved(turns, rounds).items()}
        times = [milliseconds(each) for each in taken.values()]
        words = len(str(made[0].document).split())
        report.rows.append([name, str(pages), f"{words:,}", *times, milliseconds(taken["PDF"] / pages)])
    report.notes.append("The sentences are in six paragraphs, so that those of the longest letter have ninety each.")
    return report


def _turn(made: list[Sample], step: Callable[[Sample], object], number: int) -> None:
    step(made[number])


def longer(sentences: int, index: int) -> Sample:
    """Return a letter with so many sentences of the sender's own.

    Args:
        sentences: how many.
        index: the number of the letter; no two letters have the same sentences.
    """
    own = [
        f"Le dossier {index * 1000 + number} couvre {number % 7 + 2} modules, que nous vous remettrons avec les notes."
        for number in range(sentences)
    ]
    size = -(-sentences // len(_AFTER))
    shares = (" ".join(own[place * size : (place + 1) * size]) for place in range(len(_AFTER)))
    said = {f"after {name}": share for name, share in zip(_AFTER, shares, strict=True) if share}
    return letters.sample(letters.values(index), say=said) if said else letters.sample(letters.values(index))


def with_annex(index: int) -> Sample:
    """Return a letter with a chronology of a hundred days in its annex."""
    reasons: list[dict[str, Any]] = [
        {
            "did": f"vous proposer un rendez-vous pour le module {index * 1000 + number}",
            "on": [f"2026-{month:02}-{number + 1:02}" for month in range(1, 10, 2)],
        }
        for number in range(20)
    ]
    return letters.sample(letters.values(index), reasons=reasons, annex="true")


def by_number(effort: Effort) -> Report:
    """Return what a run of the command takes by the number of its letters."""
    counts = [1, 10, 100, 1000][: effort.of(2, 4, 4)]
    report = Report("By number of letters, one process", ("Format", *(f"{count:,}" for count in counts), "Each more"))
    with tempfile.TemporaryDirectory() as name:
        table = Path(name) / "rows.csv"
        write_table(table, counts[-1])
        for kind in ("txt", "docx", "pdf"):
            runs = [merge(table, Path(name) / f"{kind}-{count}", kind, count) for count in counts]
            more = (runs[-1].seconds - runs[-2].seconds) / (counts[-1] - counts[-2])
            report.rows.append([kind, *(f"{run.seconds:.1f} s" for run in runs), milliseconds(more)])
    report.notes.append(
        "The whole command, once each. `Each more`: what one more letter takes at the end of the table."
    )
    return report
