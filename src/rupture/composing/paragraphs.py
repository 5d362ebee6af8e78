"""A paragraph of the plan as blocks of the letter: sentences behind one another, dated lines, an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.composing.joining import joined, sentence
from rupture.letter import parts
from rupture.letter.blocks import Bullets, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.composing.sentences import Sentences, Told
    from rupture.letter.blocks import Block, Line
    from rupture.planning.plan import Item
    from rupture.planning.plan import Paragraph as Planned

#: The part that is set apart, because of a danger.
_URGENT: Final = "urgent"
#: The kind of item that is one line of a list.
_TASK: Final = "task"


def blocks_of(planned: Planned, sentences: Sentences, label: Line) -> Iterator[Block]:
    """Yield the blocks of a paragraph.

    Args:
        planned: the paragraph.
        sentences: of the letter.
        label: what heads it, empty for nothing.
    """
    urgent = planned.name == _URGENT
    running: list[Line] = []
    lines: list[Line] = []
    for item in planned.items:
        told, after = sentences.told(item), sentences.after(item)
        if told.is_block:
            yield from _flushed(running, label, urgent=urgent)
            running, label = [], ()
            yield from told.blocks
        elif _is_task(planned, item):
            lines.append(joined((told.line, after)))
            continue
        elif planned.form == "list" and told.line:
            lines.append(joined((as_told(planned, told), after)))
            continue
        elif told.line:
            running.append(as_told(planned, told))
        if after:
            running.append(sentence(after))
    yield from _flushed(running, label, urgent=urgent)
    if lines:
        yield Bullets(tuple(lines), dated=planned.form == "tasks")


def as_told(planned: Planned, told: Told) -> Line:
    """Return a line of text as a sentence; one of a list, subject, salutation and closing formula are none."""
    return told.line if planned.name in parts.TABLE or _is_task(planned, told.item) else sentence(told.line)


def _is_task(planned: Planned, item: Item) -> bool:
    return planned.form == "tasks" and item.kind == _TASK


def _flushed(running: list[Line], label: Line, *, urgent: bool) -> Iterator[Block]:
    if running:
        yield Paragraph((joined(running),), label, urgent=urgent)
    elif label:
        yield Paragraph((label,), urgent=urgent)
