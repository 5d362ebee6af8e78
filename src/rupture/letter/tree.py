"""The letter as an immutable tree that no format shapes, and its plain semantic HTML."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Final, TypeAlias

from rupture.letter import parts as part_table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

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
        return Run(text, self.source, self.strong, self.computed)


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
        return (self.head, *self.rows) if self.head else self.rows


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


@dataclass(frozen=True, slots=True)
class Letter:
    """One composed letter.

    Args:
        locale: language and formats, such as ``fr-FR``.
        title: what the document is called in a list of files.
        subject: what it is about, in one line without a label and with plain spaces, as an e-mail needs it.
        author: who signs.
        date: the letter's own date.
        layout: the page it is made for.
        parts: its parts in reading order.
        running: the running head of the pages after the first.
        email: whether it is sent as an e-mail, and not on paper.
    """

    locale: str
    title: str
    subject: str
    author: str
    date: dt.date
    layout: str
    parts: tuple[Part, ...]
    running: str = ""
    email: bool = False

    def part(self, name: str) -> Part:
        """Return the part of that name, empty when the letter has none."""
        return next((part for part in self.parts if part.name == name), Part(name, ()))

    @property
    def body(self) -> tuple[Part, ...]:
        """The parts from salutation to signature."""
        inside = [index for index, part in enumerate(self.parts) if part_table.of(part.name).in_body]
        return self.parts[inside[0] : inside[-1] + 1]

    def _repr_html_(self) -> str:
        return f'<article lang="{escape(self.locale)}" style="max-width:42em">{html_of(self.parts)}</article>'


@dataclass(frozen=True, slots=True)
class Look:
    """How the sender's paper looks.

    Args:
        colour: of the sender's name and the subject, such as ``#1f3d5c``; empty for black.
        footer: lines at the foot of each page.
        fold_marks: whether to draw them.
        letterhead: a DOCX to build on, or empty.
        stylesheet: CSS applied last to the PDF, or empty.
    """

    colour: str = ""
    footer: tuple[str, ...] = ()
    fold_marks: bool = False
    letterhead: bytes = b""
    stylesheet: str = ""


NO_LOOK: Final = Look()


@dataclass(frozen=True, slots=True)
class Document:
    """What is made from one case: its letters, in reading order, and what a file needs beside them.

    Args:
        letters: one letter, or two for a bilingual document.
        sender: the sender's name and e-mail address, for a draft.
        recipient: the recipient's name and e-mail address, for a draft.
        look: how the sender's paper looks.
    """

    letters: tuple[Letter, ...]
    sender: tuple[str, str]
    recipient: tuple[str, str]
    look: Look = NO_LOOK

    def __str__(self) -> str:
        return "\n\n\n".join("\n\n".join(map(str, letter.parts)) for letter in self.letters)

    def _repr_html_(self) -> str:
        return "<hr>".join(letter._repr_html_() for letter in self.letters)


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
    if isinstance(block, Bullets):
        return block.items
    if isinstance(block, Table):
        return tuple(cell for row in block.every_row for cell in row)
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


def data_uri(image: Image) -> str:
    """Return a picture as a data URI."""
    return f"data:image/{image.kind};base64,{b64encode(image.data).decode()}"


def run_html(run: Run) -> str:
    """Return a run as HTML."""
    text = escape(run.text, quote=False)
    return f"<strong>{text}</strong>" if run.strong else text


def html_of(
    parts: tuple[Part, ...],
    address: Callable[[Image], str] = data_uri,
    write: Callable[[Run], str] = run_html,
    *,
    lean: bool = False,
) -> str:
    """Return these parts as semantic HTML: one ``div`` of the part's name, with its blocks inside.

    Args:
        parts: what to write.
        address: gives the address of a picture; a data URI by default.
        write: gives the HTML of a run.
        lean: fewer boxes, which a typesetter lays out faster: a part of one paragraph is that paragraph, and its
            lines end in newlines, which the style sheet must keep.
    """
    writer = _BlockWriter(address, write, "\n" if lean else "<br>")
    return "\n".join(writer.part(part, lean=lean) for part in parts if part.blocks)


@dataclass(frozen=True, slots=True)
class _BlockWriter:
    """Writes parts and their blocks as HTML."""

    address: Callable[[Image], str]
    write: Callable[[Run], str]
    line_break: str

    def part(self, part: Part, *, lean: bool) -> str:
        first = part.blocks[0]
        if lean and len(part.blocks) == 1 and isinstance(first, Paragraph):
            return self._paragraph(first, (part.name,))
        return f'<div class="{part.name}">{"".join(map(self._block, part.blocks))}</div>'

    def _block(self, block: Block) -> str:
        if isinstance(block, Bullets):
            items = "".join(f"<li>{self._line(item)}</li>" for item in block.items)
            return f"<ul{_class('tasks' * block.dated)}>{items}</ul>"
        if isinstance(block, Table):
            return self._account(block) if block.account else self._table(block)
        if isinstance(block, Figure):
            style = f"height: {block.height}mm; image-rendering: pixelated"
            return f'<p><img src="{self.address(block.image)}" alt="{escape(block.alt)}" style="{style}"></p>'
        return self._paragraph(block)

    def _paragraph(self, paragraph: Paragraph, names: tuple[str, ...] = ()) -> str:
        lines = self.line_break.join(map(self._line, labelled_lines(paragraph)))
        return f"<p{_class(*names, 'urgent' * paragraph.urgent)}>{lines}</p>"

    def _line(self, line: Line) -> str:
        return "".join(map(self.write, line))

    def _table(self, table: Table) -> str:
        head = "".join(f'<th scope="col">{self._line(cell)}</th>' for cell in table.head)
        rows = "".join(f"<tr>{''.join(f'<td>{self._line(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _account(self, table: Table) -> str:
        rows = "".join(
            f'<tr{_class("total" * (row is table.rows[-1]))}><th scope="row">{self._line(row[0])}</th>'
            f"{''.join(f'<td>{self._line(cell)}</td>' for cell in row[1:])}</tr>"
            for row in table.rows
        )
        return f'<table class="account"><tbody>{rows}</tbody></table>'


def _class(*names: str) -> str:
    """Return an attribute of these names, or nothing if all are empty."""
    given = " ".join(filter(None, names))
    return f' class="{given}"' if given else ""
