"""What each optimisation is worth: the same letter with it and without it; the library itself is not changed.

An optimisation that is a memory of what was done is switched off by making it forget.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import letters, memory
from benchmarks.cold import run
from benchmarks.timing import Report, interleaved, milliseconds, quartiles, ratio
from rupture.letter.blocks import block_text
from rupture.resources import build_cache
from rupture.reviewing.tone.patterns import Sentence
from rupture.reviewing.tone.rulebook import rulebook
from rupture.reviewing.tone.tokens import sentences
from rupture.writing import pdf
from rupture.writing.docx import face, skeleton
from rupture.writing.docx import writer as docx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.letters import Sample
    from benchmarks.timing import Effort, Taken
    from rupture.reviewing.tone.patterns import Pattern
    from rupture.reviewing.tone.rulebook import Rulebook

_FORGETFUL: Final = "without"
_NOWHERE: Final = Path("/nowhere")
_HEAD: Final = ("Optimisation", "With it", "Without it", "Ratio", "Half of the rounds")


def measure(effort: Effort) -> Report:
    """Return what a letter costs with each optimisation and without it."""
    report = Report("What each optimisation is worth", _HEAD)
    numbers = count()
    report.rows += [
        _row(name, interleaved(_turns(numbers, with_it, without, effort.rounds, size), effort.rounds, letters=size))
        for name, with_it, without, size in (
            ("PDF: fonts and style sheet shared by all letters", pdf_as_it_is, from_scratch_pdf, 2),
            ("DOCX: skeleton built once, what letters share compressed once", docx_as_it_is, from_scratch_docx, 3),
            ("DOCX: what letters share compressed once", docx_as_it_is, compressed_each_time_docx, 3),
            ("DOCX: text face subset and hidden once", docx_as_it_is, with_face_each_time_docx, 1),
        )
    ]
    report.rows.append(_row("review: patterns looked up by what a sentence holds", _reading(effort)))
    uncached = f"import pathlib, rupture.resources.build_cache as p; p.FOLDER = pathlib.Path({str(_NOWHERE)!r})"
    report.rows += [
        _row(f"command, {kind}: {what}", _cold(effort, kind, before))
        for kind, what, before in (
            ("txt", "what it does not need is not imported", "import docx, fontTools.subset, weasyprint"),
            ("txt", "build-time cache", uncached),
            ("docx", "build-time cache", uncached),
            ("pdf", "build-time cache", uncached),
        )
    ]
    marks = [effort.of(5, 50, 100), effort.of(10, 250, 500)]
    kept = {what: _kept(what, marks) for what in ("pdfs", "pdfs-from-scratch")}
    report.notes.append(
        f"Memory kept a PDF, from the {marks[0]}th to the {marks[1]}th: {kept['pdfs']:.0f} KiB with shared fonts and "
        f"style, {kept['pdfs-from-scratch']:.0f} KiB without."
    )
    return report


def _row(name: str, taken: dict[str, Taken]) -> list[str]:
    with_it, without = taken.values()
    found = ratio(without.wall, with_it.wall)
    medians = [milliseconds(quartiles(each.wall)[1]) for each in (with_it, without)]
    return [name, *medians, f"{found.value:.2f}", f"{found.low:.2f} to {found.high:.2f}"]


def _turns(
    numbers: count[int],
    with_it: Callable[[Sample], object],
    without: Callable[[Sample], object],
    rounds: int,
    size: int,
) -> dict[str, Callable[[int], None]]:
    def turn(step: Callable[[Sample], object], made: list[list[Sample]], number: int) -> None:
        for sample in made[number]:
            step(sample)

    def fresh() -> list[list[Sample]]:
        made = [[letters.sample(letters.values(next(numbers))) for _ in range(size)] for _ in range(rounds + 1)]
        for sample in (sample for each in made for sample in each):
            sample.document  # noqa: B018  composed now, so that it is not counted
        return made

    return {"with": partial(turn, with_it, fresh()), _FORGETFUL: partial(turn, without, fresh())}


# ---------------------------------------------------------------- writers


def pdf_as_it_is(sample: Sample) -> bytes:
    """Return a PDF."""
    return pdf.write(sample.document)


def from_scratch_pdf(sample: Sample) -> bytes:
    """Return a PDF, fonts and style sheet read for it alone."""
    pdf._style.cache_clear()  # noqa: SLF001  made to forget
    return pdf.write(sample.document)


def docx_as_it_is(sample: Sample) -> bytes:
    """Return a DOCX."""
    return docx.write(sample.document)


def compressed_each_time_docx(sample: Sample) -> bytes:
    """Return a DOCX, all of it compressed for it alone."""
    skeleton.shared_archive.cache_clear()
    return docx.write(sample.document)


def from_scratch_docx(sample: Sample) -> bytes:
    """Return a DOCX, its skeleton built by python-docx for it alone."""
    skeleton.skeleton_files.cache_clear()
    with _uncached():
        return compressed_each_time_docx(sample)


def with_face_each_time_docx(sample: Sample) -> bytes:
    """Return a DOCX, its text face subset for it alone too."""
    face._embedded.cache_clear()  # noqa: SLF001  made to forget
    return from_scratch_docx(sample)


@contextmanager
def _uncached() -> Iterator[None]:
    """Leave the build-time cache out."""
    kept = build_cache.FOLDER
    build_cache.FOLDER = _NOWHERE  # type: ignore[misc]  for as long as this lasts
    try:
        yield
    finally:
        build_cache.FOLDER = kept  # type: ignore[misc]  as it was


# ---------------------------------------------------------------- review


def _reading(effort: Effort) -> dict[str, Taken]:
    """Return what the tone rules take for the words of a letter."""
    book = rulebook("fr")
    numbers = count()
    turns = {}
    for name, read in (("with", read_by_index), (_FORGETFUL, read_by_trying)):
        texts = [_words(next(numbers)) for _ in range(effort.rounds + 1)]
        turns[name] = partial(_read_all, read, book, texts)
    return interleaved(turns, effort.rounds)


def _words(index: int) -> list[str]:
    (letter,) = letters.sample(letters.values(index)).document.letters
    return [block_text(block) for part in letter.body for block in part.blocks]


def _read_all(read: Callable[[Rulebook, str], set[str]], book: Rulebook, texts: list[list[str]], number: int) -> None:
    for text in texts[number]:
        read(book, text)


def read_by_index(book: Rulebook, text: str) -> set[str]:
    """Return the codes of what patterns find, as the review reads."""
    return {remark.rule.code for remark in book.read_all(text) if not remark.rule.check}


def read_by_trying(book: Rulebook, text: str) -> set[str]:
    """Return the same codes, with every pattern tried on every sentence."""
    parts, quotations = sentences(text, book.spelling)
    quoted = [tokens for start, end in quotations for tokens in sentences(text[start:end], book.spelling)[0]]
    found = set()
    for each, is_quoted in ((parts, False), (quoted, True)):
        for tokens in each:
            sentence = Sentence([token.word for token in tokens])
            found |= {
                rule.code
                for rule in book.rules
                if rule.quoted is is_quoted
                and any(_matches(pattern, sentence) for pattern in rule.patterns)
                and not any(_matches(pattern, sentence) for excuse in rule.excuses for pattern in excuse.patterns)
            }
    return found


def _matches(pattern: Pattern, sentence: Sentence) -> bool:
    reached = {at: at for at in range(len(sentence.words) + 1)}
    for element in pattern.elements:
        reached = element.step(sentence, reached)
    return bool(reached)


# ---------------------------------------------------------------- start


def _cold(effort: Effort, kind: str, before: str) -> dict[str, Taken]:
    """Return what the command takes, whole process, as it is and with something done before it."""
    with tempfile.TemporaryDirectory() as name:
        line = "from rupture.cli import main; main()"
        arguments = ["render", str(letters.CASE), "--to", kind, "-o", str(Path(name) / f"letter.{kind}")]
        commands = {
            "with": [sys.executable, "-c", line, *arguments],
            _FORGETFUL: [sys.executable, "-c", f"{before}; {line}", *arguments],
        }
        return interleaved({each: partial(run, command) for each, command in commands.items()}, effort.rounds)


def _kept(what: str, marks: list[int]) -> float:
    """Return how many kibibytes each letter adds to a process."""
    held = memory.child(what, marks)
    return (held[marks[1]] - held[marks[0]]) * 1024 / (marks[1] - marks[0])
