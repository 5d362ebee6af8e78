"""The plain semantic HTML of the parts of a letter."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from rupture.letter.blocks import Bullets, Figure, Paragraph, Table, labelled_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from rupture.case.images import Image
    from rupture.letter.blocks import Block, Line, Part, Run


def data_uri(image: Image) -> str:
    """Return a picture as a data URI."""
    return f"data:image/{image.kind};base64,{b64encode(image.data).decode()}"


def run_html(run: Run) -> str:
    """Return a run as HTML."""
    text = escape(run.text, quote=False)
    return f"<strong>{text}</strong>" if run.strong else text


def article(locale: str, parts: tuple[Part, ...], write: Callable[[Run], str] = run_html) -> str:
    """Return the parts of a letter as a notebook and a report show them.

    Args:
        locale: of the letter.
        parts: what to write.
        write: gives the HTML of a run.
    """
    return f'<article lang="{escape(locale)}" style="max-width:42em">{html_of(parts, write=write)}</article>'


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
            return f"<ul{_class('dated' * block.dated)}>{items}</ul>"
        if isinstance(block, Table):
            return self._account(block) if block.account else self._table(block)
        if isinstance(block, Figure):
            style = f"height: {block.height}mm; image-rendering: pixelated"
            return f'<p><img src="{self.address(block.image)}" alt="{escape(block.alt)}" style="{style}"></p>'
        return self._paragraph(block)

    def _paragraph(self, paragraph: Paragraph, names: tuple[str, ...] = ()) -> str:
        lines = self.line_break.join(map(self._line, labelled_lines(paragraph)))
        return f"<p{_class(*names, 'apart' * paragraph.urgent)}>{lines}</p>"

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
