"""The plan of a letter: paragraphs of items, each with its role, its subject and the fields it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from rupture.case.field_path import TOP, FieldPath

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The five steps of the articles, and what stands around them.
Role: TypeAlias = Literal[
    "gratitude", "framing", "goodwill", "apology", "alternatives", "practical", "contact", "courtesy"
]
#: How the items of a paragraph are set: as sentences, as a list, as dated lines for the reader, or as an account.
Form: TypeAlias = Literal["sentences", "list", "tasks", "account"]

_NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the letter says, in one or a few sentences.

    Args:
        name: what `say` calls it: ``decision``, or the field of a list: ``matters[2]``.
        kind: the sentence that says it: ``templates/<language>/sentences/<kind>.html``.
        role: the step it belongs to.
        sources: every field it rests on; without one of them the sentence could not be said.
        of: the part of the case that the sentence sees as ``it``.
        context: what else the sentence sees: what stands around it, and what was computed.
    """

    name: str
    kind: str
    role: Role
    sources: tuple[str, ...] = ()
    of: FieldPath = TOP
    context: Mapping[str, Any] = field(default_factory=lambda: _NOTHING, hash=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Items that stand together.

    Args:
        name: the part of the letter.
        items: in reading order.
        form: how they are set.
        label: what heads it: the field of the user's own words, or the name of one of our labels after a colon
            (``:money``); empty for none.
    """

    name: str
    items: tuple[Item, ...]
    form: Form = "sentences"
    label: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A fact of the case that the letter does not tell.

    Args:
        path: its field.
        why: a code: ``not-for-this-message`` or ``no-place``
    """

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """How a letter says an item.

    Args:
        text: as it stands in the letter.
        wordings: each wording that there is, the first one number 1; empty where it does not suit the case.
        chosen: the number of the one that stands in the letter; 0 for a sentence of the sender's own.
    """

    text: str
    wordings: tuple[str, ...] = ()
    chosen: int = 0

    @property
    def choices(self) -> Mapping[int, str]:
        """The wordings that suit the case and differ, by their numbers."""
        found = {self.text: self.chosen} if self.chosen else {}
        for number, text in enumerate(self.wordings, 1):
            if text:
                found.setdefault(text, number)
        return {number: text for text, number in sorted(found.items(), key=lambda each: each[1])}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a letter says, in order, and what it leaves out; shows itself in a notebook.

    Args:
        paragraphs: in reading order.
        left_out: the facts that no item tells.
        sentences: how the letter says each item, by its name; those of `rupture.plan`.
    """

    paragraphs: tuple[Paragraph, ...]
    left_out: tuple[LeftOut, ...] = ()
    sentences: Mapping[str, Sentence] = field(default_factory=lambda: _NOTHING, hash=False)

    @property
    def items(self) -> Iterator[Item]:
        """Every item, in reading order."""
        return (item for paragraph in self.paragraphs for item in paragraph.items)

    @property
    def roles(self) -> frozenset[str]:
        """The steps that the letter takes."""
        return frozenset(item.role for item in self.items)

    def sentence(self, item: Item) -> Sentence:
        """Return how the letter says an item; an empty one where that is not known."""
        return self.sentences.get(item.name) or Sentence("")

    def _repr_html_(self) -> str:
        from rupture.planning.showing import as_html  # noqa: PLC0415  it shows a plan, and so imports this module

        return as_html(self)

    def __str__(self) -> str:
        from rupture.planning.showing import as_text  # noqa: PLC0415  as above

        return as_text(self)
