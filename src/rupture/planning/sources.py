"""The fields that the sentence of an entry rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.planning.reading import given_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.field_path import FieldPath
    from rupture.case.money import MoneyItem
    from rupture.case.points import Point

#: The keys that no sentence tells, and the states whose sentence tells when the sum fell due.
_NOT_TOLD: Final = frozenset({"about", "gift", "state"})
_DATED: Final = frozenset({"due", "billed", "reduced", "price"})
#: The keys of a point that its sentence rests on.
_TOLD = ("who", "do", "did", "fact", "used", "included", "on", "at", "by", "from", "until", "since", "if", "otherwise")
_ALSO_TOLD = ("because", "answer", "note", "gift")


def point_sources(path: FieldPath, point: Point) -> Iterator[str]:
    """Yield every field of a point that its sentence rests on."""
    given = given_keys(point)
    return (str(path / key) for key in (*_TOLD, *_ALSO_TOLD) if key in given)


def money_sources(path: FieldPath, entry: MoneyItem) -> tuple[str, ...]:
    """Return every field of an entry that its sentence rests on."""
    given = given_keys(entry)
    silent = _NOT_TOLD if entry.state in _DATED else _NOT_TOLD | {"due"}
    return tuple(str(path / key) for key in given if key not in silent)
