"""National page layouts: where each part of a letter stands on the sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from rupture.errors import InputError
from rupture.letter import parts
from rupture.resources import toml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rupture.letter.tree import Letter

_HERE: Final = Path(__file__).parent
#: Stands for the paragraphs of the plan in the order of the parts.
PLANNED: Final = "*"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page, in millimetres from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, eq=False)  # one object a page, which caches know by itself
class Layout:
    """One national page, all measures in millimetres.

    Args:
        name: such as ``fr-FR``.
        page: width and height.
        margins: top, right, bottom and left.
        boxes: the parts with a place of their own on the first page; ``recipient`` lies inside the window.
        window: the window of the envelope, which must show every line of the recipient.
        folds: where the sheet is folded, measured from its top.
        body_top: y of the first line below the address.
        order: the parts of a letter in reading order; ``*`` stands for the paragraphs of the plan.
        right: the parts that start at ``right_edge`` instead of the left margin.
        right_edge: x of those parts.
        source: where the figures come from.
    """

    name: str
    page: tuple[float, float]
    margins: tuple[float, float, float, float]
    boxes: Mapping[str, Box]
    window: Box
    folds: tuple[float, ...]
    body_top: float
    order: tuple[str, ...]
    right: tuple[str, ...]
    right_edge: float
    source: str

    def order_of(self, *, email: bool) -> tuple[str, ...]:
        """Return the order of the parts; the subject of an e-mail always stands above its salutation."""
        if not email:
            return self.order
        others = [name for name in self.order if name != parts.SUBJECT]
        place = others.index(parts.SALUTATION)
        return (*others[:place], parts.SUBJECT, *others[place:])


def of(letter: Letter) -> Layout:
    """Return the page of a letter, whose text begins higher where no recipient has to show in a window."""
    missing = frozenset({parts.SENDER, parts.RECIPIENT} - {part.name for part in letter.parts})
    return _without(letter.layout, missing, email=letter.email)


@cache
def _without(name: str, missing: frozenset[str], *, email: bool) -> Layout:
    layout = get(name)
    if email:  # nothing to the right, as on a screen
        layout = replace(layout, right=())
    if parts.RECIPIENT not in missing:
        return layout
    boxes = {part: box for part, box in layout.boxes.items() if part == parts.SENDER and part not in missing}
    top = max((box.y + box.height for box in boxes.values()), default=layout.margins[0])
    return replace(layout, boxes=MappingProxyType(boxes), body_top=top)


@cache
def get(name: str) -> Layout:
    """Return the layout of that name.

    Raises:
        InputError: there is none.
    """
    return read(_HERE / "national" / f"{name}.toml")


def read(path: Path) -> Layout:
    """Return the layout that a file holds.

    Raises:
        InputError: there is no such file, or it places a part that no letter has, or leaves one out.
    """
    data = toml.read(path)
    _check_parts(path, data)
    return Layout(
        name=path.stem,
        page=_floats(data["page"], 2),
        margins=_floats(data["margins"], 4),
        boxes=MappingProxyType({part: Box(*map(float, box)) for part, box in data["boxes"].items()}),
        window=Box(*map(float, data["window"])),
        folds=tuple(map(float, data["folds"])),
        body_top=float(data["body_top"]),
        order=tuple(data["order"]),
        right=tuple(data["right"]),
        right_edge=float(data["right_edge"]),
        source=data["source"],
    )


def _check_parts(path: Path, data: Mapping[str, Any]) -> None:
    known = {PLANNED, *parts.TABLE}
    for key in ("order", "right", "boxes"):
        if unknown := [name for name in data[key] if name not in known]:
            raise InputError(f"{path}: {key}: unknown part {unknown[0]!r}; there are {', '.join(sorted(known))}")
    if sorted(data["order"]) != sorted(known):
        missing = sorted(known - set(data["order"]))
        raise InputError(f"{path}: order: each part stands there once; missing: {', '.join(missing) or 'none'}")


def names() -> tuple[str, ...]:
    """Return the names of the layouts."""
    return tuple(sorted(path.stem for path in (_HERE / "national").glob("*.toml")))


def _floats(values: Sequence[float], count: int) -> Any:  # noqa: ANN401  a tuple whose length the caller names
    if len(values) != count:
        raise ValueError(f"expected {count} measures, found {len(values)}")
    return tuple(map(float, values))
