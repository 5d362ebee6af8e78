"""Which paragraphs are headed by a label, and which small ones join."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rupture.planning.matters import URGENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rupture.case.model import Case
    from rupture.planning.plan import Paragraph

#: From how many subjects on labels help to find them.
_SUBJECTS: Final = 4
#: How many sentences a paragraph without labels takes.
_SENTENCES: Final = 3


def labelled(case: Case, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the practical paragraphs as they stand in the letter.

    Args:
        case: the facts.
        paragraphs: one for each subject, in order.
    """
    told = [paragraph for paragraph in paragraphs if paragraph.items]
    subjects = [paragraph for paragraph in told if paragraph.form == "sentences"]
    rich = len(subjects) >= _SUBJECTS and case.tone != "friend"
    return _with_labels(case, told) if rich else _without_labels(told)


def _with_labels(case: Case, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with their labels; neighbours of one sentence join, and need none."""
    found: list[Paragraph] = []
    for each in paragraphs:
        if not _is_single(case, each):
            found.append(each)
        elif found and (_is_single(case, found[-1]) or not found[-1].label) and _join(found[-1], each):
            found[-1] = replace(found[-1], items=(*found[-1].items, *each.items), label="")
        else:
            found.append(each)
    return found


def _is_single(case: Case, paragraph: Paragraph) -> bool:
    if paragraph.form != "sentences" or paragraph.name == URGENT or len(paragraph.items) > 1:
        return False
    if "acts" in paragraph.items[0].context:
        return False
    entry = paragraph.items[0].of.get(case)
    return not (getattr(entry, "note", None) or paragraph.items[0].context.get("tabled"))


def _without_labels(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs without labels; neighbours join as long as they stay short."""
    found: list[Paragraph] = []
    for each in paragraphs:
        bare = replace(each, label="")
        last = found[-1] if found else None
        if last and _join(last, bare):
            found[-1] = replace(last, items=(*last.items, *bare.items))
        else:
            found.append(bare)
    return found


def _join(last: Paragraph, following: Paragraph) -> bool:
    plain = last.form == following.form == "sentences" and URGENT not in {last.name, following.name}
    return plain and len(last.items) + len(following.items) <= _SENTENCES
