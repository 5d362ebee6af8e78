"""The small HTML that templates write (p, ul, li, br, strong, table, data), and the tree read from it."""

from __future__ import annotations

import datetime as dt
import html
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup, escape

from rupture.case.cleaning import first_forbidden
from rupture.case.written import Money, Notice, PartialDate
from rupture.composing.view import View
from rupture.language.grammar import Computed, Phrase, Words, pieces_of
from rupture.letter.blocks import Bullets, Paragraph, Run, Table, lines_of
from rupture.resources.memory import remembered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.language.grammar import Wording
    from rupture.letter.blocks import Block, Line


def to_markup(value: Any) -> Any:  # noqa: ANN401  whatever a template prints
    """Return a value in the form in which a template prints it: words of the user carry their field."""
    if isinstance(value, str):
        marked = _marked(value)
        return value if marked is value else Markup(marked)  # noqa: S704  escaped there
    if isinstance(value, Phrase):
        return Markup("".join(escape(piece) if type(piece) is str else _marked(piece) for piece in value.pieces))  # noqa: S704  as above
    if isinstance(value, int | Decimal):
        return to_markup(Computed(value))
    if value is None:
        raise ValueError("a value that the case leaves out is printed here; ask for it with {% if %} first")
    for kind, instead in _NOT_PRINTED:
        if isinstance(value, kind):
            raise TypeError(f"a whole {instead}")
    return value


def _marked(text: str) -> str:
    """Return a text in an element that says whose words it is, escaped; one of ours stays as it is."""
    if isinstance(text, Words):
        return f'<data value="{escape(text.path)}">{_inner(text)}</data>'
    return f"<data>{_inner(text)}</data>" if isinstance(text, Computed) else text


def _inner(text: str) -> str:
    return escape(str(text)) if _SPECIAL.search(text) else str(text)


_SPECIAL: Final = re.compile("[<>&'\"]")


def runs_of_wording(wording: Wording) -> Iterator[Run]:
    """Yield the runs of words that no template prints."""
    for piece in pieces_of(wording):
        yield Run(str(piece), piece.path if isinstance(piece, Words) else None, computed=isinstance(piece, Computed))


#: What is not printed as it is, and what to do instead.
_NOT_PRINTED: Final = (
    (View, "part of the case is printed here; name one of its fields"),
    (Money, "amount is printed here; write it with amount()"),
    (Notice, "length of notice is printed here; write it with notice()"),
    (dt.date | PartialDate, "date is printed here; write it with date_of()"),
)


_ANY_TAG: Final = re.compile(r"<[^>]*>?")
_TAG: Final = re.compile(r"<(/?)(\w+)((?:\s[^>]*?)?)\s*/?>")
_SOURCE: Final = re.compile(r'value="([^"]*)"')
_MARK: Final = re.compile(r"[.,;:?!](?:\s|$)")
_BEFORE_MARK: Final = re.compile(r" +(?=[.,;:?!](?:\s|$))")
_FOLD: Final = re.compile(r"[\t\n][ \t\n]*| [ \t\n]+")  # all white space but one space
_KNOWN: Final = frozenset({"p", "ul", "li", "br", "strong", "data", "table", "tr", "th", "td"})
#: The element that each block must be in; everything else must be in a line of text.
_INSIDE: Final = {"p": "", "ul": "", "li": "ul", "table": "", "tr": "table", "th": "tr", "td": "tr"}
_LINES: Final = frozenset({"p", "li", "th", "td"})


class UnknownMarkupError(ValueError):
    """A template writes HTML that is not allowed; ``str()`` is its beginning.

    Args:
        found: its beginning.
        wrong: what is wrong with it.
    """

    def __init__(self, found: str, wrong: str = "is not known here; templates use p, ul, li, br and strong") -> None:
        super().__init__(found)
        self.wrong = wrong


#: The longest source that is cached, in characters: usual parts have a tenth of it, and 128 are kept.
_REMEMBERED: Final = 8_000


def parse(source: str) -> tuple[Block, ...]:
    """Read the small HTML of a template (p, ul, li, br, strong, data) into blocks.

    Args:
        source: the autoescaped output of a template, in which data cannot be markup.

    Raises:
        UnknownMarkupError: the first thing that does not belong.
    """
    return _parse_again(source) if len(source) <= _REMEMBERED else _parse(source)


def _parse(source: str) -> tuple[Block, ...]:
    reader = _Reader()
    position = 0
    for match in _ANY_TAG.finditer(source):
        reader.text(source[position : match.start()])
        if not (tag := _TAG.fullmatch(match[0])):
            raise UnknownMarkupError(match[0])
        reader.tag(tag)
        position = match.end()
    reader.text(source[position:])
    return reader.finish()


_parse_again: Final = remembered(256)(_parse)  # letters of one merge share most of their parts


@remembered(512)  # as above
def parse_line(source: str) -> Line:
    """Read the small HTML of a sentence (strong, data) into one line.

    Args:
        source: as for `parse`.

    Raises:
        UnknownMarkupError: the first thing that does not belong.
    """
    blocks = _parse(f"<p>{source}</p>")
    if len(blocks) > 1 or not all(isinstance(block, Paragraph) and len(block.lines) == 1 for block in blocks):
        raise UnknownMarkupError("<br>", "does not stand in a sentence")
    return _unspaced(lines_of(blocks[0])[0]) if blocks else ()


def _unspaced(line: Line) -> Line:
    """Drop the space that a template leaves before a mark, between two of its tags; typography sets its own."""
    out: list[Run] = []
    for run in line:
        if run.source is None:
            run = run.but(_BEFORE_MARK.sub("", run.text))  # noqa: PLW2901  the same run, without the space
            if out and _MARK.match(run.text):
                out[-1] = out[-1].but(out[-1].text.rstrip(" "))
        out.append(run)
    return tuple(run for run in out if run.text)


class _Reader:
    """Collects blocks from tags and text, in order."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._lines: list[list[Run]] = []
        self._items: list[Line] = []
        self._rows: list[list[Line]] = []
        self._open: list[str] = []
        self._heads: list[bool] = []
        self._source: str | None = None
        self._computed = False

    def text(self, escaped: str) -> None:
        if not escaped:
            return
        text = _FOLD.sub(" ", html.unescape(escaped))
        if (position := first_forbidden(text)) >= 0:
            raise UnknownMarkupError(f"U+{ord(text[position]):04X}", "is a control character: remove it")
        if self._lines:
            self._lines[-1].append(Run(text, self._source, "strong" in self._open, self._computed))
        elif text.strip():
            raise UnknownMarkupError(text.strip()[:40])

    def tag(self, match: re.Match[str]) -> None:
        closing, name, attributes = match.groups()
        if name not in _KNOWN:
            raise UnknownMarkupError(match[0])
        if name == "br":
            if not self._lines:
                raise UnknownMarkupError(match[0])
            self._lines.append([])
        elif closing:
            self._close(name, match[0])
        else:
            self._begin(name, attributes, match[0])

    def _begin(self, name: str, attributes: str, tag: str) -> None:
        inside = self._open[-1] if self._open else ""
        allowed = _INSIDE.get(name)
        if (allowed is not None and inside != allowed) or (allowed is None and not self._lines):
            raise UnknownMarkupError(tag)
        self._open.append(name)
        if name in _LINES:
            self._lines = [[]]
        elif name == "tr":
            self._rows.append([])
        elif name == "data":
            found = _SOURCE.search(attributes)
            self._source = html.unescape(found[1]) if found else None
            self._computed = not found

    def _close(self, name: str, tag: str) -> None:
        if not self._open or self._open.pop() != name:
            raise UnknownMarkupError(tag)
        closed = {"p": self._end_paragraph, "ul": self._end_list, "table": self._end_table}.get(name)
        if closed:
            closed()
        elif name == "li":
            self._items.append(self._one_line())
        elif name in {"th", "td"}:
            self._rows[-1].append(self._one_line())
            self._heads.append(name == "th")
        elif name == "data":
            self._source, self._computed = None, False
        if name in _LINES:
            self._lines = []

    def _one_line(self) -> Line:
        return _trimmed([run for runs in self._lines for run in runs])

    def _end_paragraph(self) -> None:
        if lines := tuple(line for runs in self._lines if (line := _trimmed(runs))):
            self._blocks.append(Paragraph(lines))

    def _end_list(self) -> None:
        self._blocks.append(Bullets(tuple(self._items)))
        self._items = []

    def _end_table(self) -> None:
        first, *rows = (tuple(row) for row in self._rows or [[]])
        if not first or any(len(row) != len(first) for row in rows):
            raise UnknownMarkupError("<table>", "needs as many cells in each row as in its first, and at least one")
        head = first if all(self._heads[: len(first)]) else ()
        self._blocks.append(Table(head, tuple(rows)) if head else Table((), (first, *rows), account=True))
        self._rows, self._heads = [], []

    def finish(self) -> tuple[Block, ...]:
        if self._open:
            raise UnknownMarkupError(f"<{self._open[-1]}>")
        return tuple(self._blocks)


def _trimmed(runs: list[Run]) -> Line:
    """Collapse the white space of a line across its runs, and strip both ends."""
    kept: list[Run] = []
    space_before = True
    for run in runs:
        text = run.text.lstrip(" ") if space_before else run.text
        if text:
            kept.append(run.but(text))
            space_before = text.endswith(" ")
    while kept:
        last = kept.pop()
        if stripped := last.text.rstrip(" "):
            return (*kept, last.but(stripped))
    return ()
