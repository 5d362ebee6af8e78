"""What the parts of a letter are made of: blocks of lines, lines of runs of text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.images import Image


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one origin.

    Args:
        text: the words.
        source: the case field they come from, such as ``thanks.for``; None for words that are not the user's.
        strong: whether they are emphasised.
        computed: whether the program wrote them from figures of the case: a date, a sum, a count.
    """

    text: str
    source: str | None = None
    strong: bool = False
    computed: bool = False

    def but(self, text: str) -> Run:
        """Return a run with another text, and all else as in this one."""
        return self if text == self.text else Run(text, self.source, self.strong, self.computed)


Line: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, in one or more lines.

    Args:
        lines: what it says.
        label: the bold words that head it in its first line, with their own stop or colon; empty for none.
        urgent: whether it is set apart, because of a danger.
    """

    lines: tuple[Line, ...]
    label: Line = ()
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, one line per item.

    Args:
        items: its lines.
        dated: whether each begins with a date in bold, and takes no dash: what the reader has to do.
    """

    items: tuple[Line, ...]
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as the others and as the header.

    Args:
        head: the header row; an account has none.
        rows: the others.
        account: whether it is a small sum: figures in every column but the first, the result in its last row.
    """

    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    account: bool = False

    @property
    def every_row(self) -> tuple[tuple[Line, ...], ...]:
        """The header row, if there is one, and the others."""
        return (self.head,) * bool(self.head) + self.rows


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its alternative text.

    Args:
        image: the picture.
        alt: what a screen reader reads out.
        height: on paper, in millimetres.
    """

    image: Image
    alt: str
    height: float


Block: TypeAlias = Paragraph | Bullets | Table | Figure


@dataclass(frozen=True, slots=True)
class Part:
    """One named part of a letter: ``sender``, ``subject``, ``reasons``, ``close``..."""

    name: str
    blocks: tuple[Block, ...]

    def __str__(self) -> str:
        return "\n\n".join(block_text(block) for block in self.blocks)


def line_text(line: Line) -> str:
    """Return the words of one line."""
    return "".join(run.text for run in line)


def block_text(block: Block) -> str:
    """Return the words of one block line by line, list items behind a dash."""
    if isinstance(block, Bullets):
        return "\n".join(f"- {line_text(item)}" for item in block.items)
    if isinstance(block, Table):
        return "\n".join(" | ".join(map(line_text, row)) for row in block.every_row)
    return "\n".join(map(line_text, lines_of(block)))


def lines_of(block: Block) -> tuple[Line, ...]:
    """Return every line of a block: of its paragraph with its label, its items or its cells."""
    if isinstance(block, Bullets | Table):
        return block.items if isinstance(block, Bullets) else tuple(cell for row in block.every_row for cell in row)
    return labelled_lines(block) if isinstance(block, Paragraph) else ()


def labelled_lines(paragraph: Paragraph) -> tuple[Line, ...]:
    """Return the lines of a paragraph, with its label in bold at the head of the first."""
    if not paragraph.label:
        return paragraph.lines
    label = tuple(replace(run, strong=True) for run in paragraph.label)
    first, *others = paragraph.lines or ((),)
    return ((*label, Run(" "), *first), *others)


def runs_of(parts: tuple[Part, ...]) -> Iterator[Run]:
    """Yield every run of these parts in reading order."""
    for part in parts:
        for block in part.blocks:
            for line in lines_of(block):
                yield from line
