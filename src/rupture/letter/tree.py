"""The letter as an immutable tree that no format shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rupture.letter import parts as part_table
from rupture.letter.blocks import Part
from rupture.letter.look import NO_LOOK, Look
from rupture.letter.markup import article
from rupture.letter.whose import Shown, legend, whose_html

if TYPE_CHECKING:
    import datetime as dt


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

    @property
    def seen(self) -> tuple[Part, ...]:
        """The parts that somebody sees on a screen: an e-mail has a subject above it, and no date in it."""
        return (self.part(part_table.SUBJECT), *self.message) if self.email else self.parts

    @property
    def message(self) -> tuple[Part, ...]:
        """The parts that an e-mail shows below its header: no address, date or subject."""
        return tuple(part for part in self.parts if part_table.of(part.name).in_email)

    def _repr_html_(self) -> str:
        return article(self.locale, self.parts)


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
        return "\n\n\n".join("\n\n".join(map(str, letter.seen)) for letter in self.letters)

    def whose_words(self) -> Shown:
        """Return the letters for a notebook, in which the user's words, computed ones and ours can be told apart."""
        return Shown(legend() + "<hr>".join(article(each.locale, each.parts, whose_html) for each in self.letters))

    def _repr_html_(self) -> str:
        return "<hr>".join(letter._repr_html_() for letter in self.letters)
