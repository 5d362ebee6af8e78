"""The path of a field in a case: its keys and indexes from the top, written ``reasons[0].facts[1].date``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from rupture.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Keys and indexes, from the top of a case.
Steps: TypeAlias = tuple[str | int, ...]
#: The deepest a case file nests; its own model needs seven levels.
DEEPEST: Final = 20
#: The longest key, in characters.
LONGEST_KEY: Final = 200

_STEP: Final = re.compile(r"[^.\[\]]+|\[\d+\]")
_PATH: Final = re.compile(r"(?:[^.\[\]]+(?:\.[^.\[\]]+|\[\d{1,4}\])*)?")


@dataclass(frozen=True, slots=True)
class FieldPath:
    """Where a field stands in a case.

    Args:
        steps: keys and indexes from the top; empty for the case itself.
    """

    steps: Steps = ()

    @classmethod
    def parse(cls, text: str) -> FieldPath:
        """Return the path of a text such as ``end.date`` or ``recipient.address.lines[0]``; empty for the case itself.

        Raises:
            InputError: the text is not the path of a field.
        """
        steps = _STEP.findall(text)
        if len(text) > LONGEST_KEY or len(steps) > DEEPEST or not _PATH.fullmatch(text):
            raise InputError(f"{shortened(text)!r} is not the name of a field, such as recipient.address.lines[0]")
        return cls(tuple(int(step[1:-1]) if step.startswith("[") else step for step in steps))

    def __str__(self) -> str:
        text = ""
        for step in self.steps:
            text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
        return text

    def __truediv__(self, step: str | int) -> FieldPath:
        """Return the path of an entry of this field: ``path / "facts" / 0``."""
        return FieldPath((*self.steps, step))

    @property
    def parent(self) -> FieldPath:
        """The field that this one stands in; the case itself has none but itself."""
        return FieldPath(self.steps[:-1])

    def upwards(self) -> Iterator[FieldPath]:
        """Yield this field and each that it stands in: ``end.date``, ``end``, and the case itself."""
        for length in range(len(self.steps), -1, -1):
            yield FieldPath(self.steps[:length])

    def get(self, part: Any) -> Any:  # noqa: ANN401  whatever a case holds
        """Return what stands here in a case, a part of one or plain data; None when there is nothing."""
        for step in self.steps:
            part = _entry(part, step)
        return part

    def set(self, data: dict[str, Any], value: object) -> None:
        """Set this field of plain data, with the keys on the way that are missing.

        Raises:
            InputError: there is no such place.
        """
        if not self.steps:
            raise InputError("name a field, such as recipient.address.lines[0]")
        here: Any = data
        step: Any  # a key or an index
        for step, following in zip(self.steps, (*self.steps[1:], None), strict=True):
            if not isinstance(here, list if isinstance(step, int) else dict):
                raise InputError(f"there is no {FieldPath((step,))} in that place")
            if isinstance(step, int) and step >= len(here):
                raise InputError(f"the list has {len(here)} entries, counted from 0")
            if following is None:
                here[step] = value
            else:
                here = here[step] if isinstance(here, list) else here.setdefault(step, {})


#: The case itself.
TOP: Final = FieldPath()


def _entry(part: Any, step: str | int) -> Any:  # noqa: ANN401  as `FieldPath.get`
    if isinstance(step, int):
        return part[step] if isinstance(part, list | tuple) and step < len(part) else None
    if isinstance(part, Mapping):
        return part.get(step)
    fields = getattr(type(part), "model_fields", {})
    name = next((name for name, field in fields.items() if (field.alias or name) == step), None)
    return getattr(part, name) if name else None


def shortened(text: str) -> str:
    """Return a text from outside as a message can show it."""
    return text if len(text) <= LONGEST_KEY else f"{text[:LONGEST_KEY]}..."
