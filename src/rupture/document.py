"""The letter as a format-neutral, immutable tree, with a plain semantic HTML of itself."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

#: The parts that hold the letter's words proper, between the salutation and the signature.
FIRST_OF_BODY: Final = "salutation"
LAST_OF_BODY: Final = "signature"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one origin.

    Args:
        text: the words.
        source: the case field they come from, as ``thanks.for``; None for the letter's own words.
        strong: whether they are emphasised.
    """

    text: str
    source: str | None = None
    strong: bool = False


Line: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, in one or more lines."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of three or more like things, one line each."""

    items: tuple[Line, ...]


Block: TypeAlias = Paragraph | Bullets


@dataclass(frozen=True, slots=True)
class Part:
    """One named part of a letter: ``sender``, ``subject``, ``framing``, ``close``..."""

    name: str
    blocks: tuple[Block, ...]

    def __str__(self) -> str:
        return "\n\n".join(block_text(block) for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Letter:
    """One composed letter.

    Args:
        locale: language and formats, as ``fr-FR``.
        title: what the document is called in a list of files.
        author: who signs.
        date: the letter's own date.
        layout: the page it is made for.
        parts: its parts in reading order.
    """

    locale: str
    title: str
    author: str
    date: dt.date
    layout: str
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part:
        """Return the part of that name, empty when the letter has none."""
        return next((part for part in self.parts if part.name == name), Part(name, ()))

    @property
    def body(self) -> tuple[Part, ...]:
        """The parts from salutation to signature."""
        names = [part.name for part in self.parts]
        return self.parts[names.index(FIRST_OF_BODY) : names.index(LAST_OF_BODY) + 1]

    def _repr_html_(self) -> str:
        return f'<article lang="{escape(self.locale)}" style="max-width:42em">{html_of(self.parts)}</article>'


@dataclass(frozen=True, slots=True)
class Document:
    """What one case gives: its letters, in reading order, and what is joined to them.

    Args:
        letters: one letter, or two for a bilingual document.
        sender: the sender's name and e-mail address, for a draft.
        recipient: the recipient's name and e-mail address, for a draft.
    """

    letters: tuple[Letter, ...]
    sender: tuple[str, str]
    recipient: tuple[str, str]

    def __str__(self) -> str:
        return "\n\n\n".join("\n\n".join(map(str, letter.parts)) for letter in self.letters)

    def _repr_html_(self) -> str:
        return "<hr>".join(letter._repr_html_() for letter in self.letters)


def line_text(line: Line) -> str:
    """Return the words of one line."""
    return "".join(run.text for run in line)


def block_text(block: Block) -> str:
    """Return the words of one block, a line each, list items behind a dash."""
    if isinstance(block, Bullets):
        return "\n".join(f"- {line_text(item)}" for item in block.items)
    return "\n".join(map(line_text, block.lines))


def runs_of(parts: tuple[Part, ...]) -> Iterator[Run]:
    """Yield every run of these parts in reading order."""
    for part in parts:
        for block in part.blocks:
            for line in block.items if isinstance(block, Bullets) else block.lines:
                yield from line


def html_of(parts: tuple[Part, ...]) -> str:
    """Return these parts as semantic HTML: one ``div`` of the part's name, paragraphs and lists inside."""
    return "\n".join(
        f'<div class="{part.name}">{"".join(map(_block_html, part.blocks))}</div>' for part in parts if part.blocks
    )


def _block_html(block: Block) -> str:
    if isinstance(block, Bullets):
        return f"<ul>{''.join(f'<li>{_line_html(item)}</li>' for item in block.items)}</ul>"
    return f"<p>{'<br>'.join(map(_line_html, block.lines))}</p>"


def _line_html(line: Line) -> str:
    return "".join(_run_html(run) for run in line)


def _run_html(run: Run) -> str:
    text = escape(run.text, quote=False)
    return f"<strong>{text}</strong>" if run.strong else text
