"""Changes to single fields, written ``field=value``."""

from __future__ import annotations

from typing import Any

from rupture.case.field_path import FieldPath, shortened
from rupture.errors import InputError


def apply_change(data: dict[str, Any], change: str) -> None:
    """Set one field from ``field=value``.

    Args:
        data: the plain data of a case, which is changed.
        change: such as ``end.date=2027-03-31``.

    Raises:
        InputError: the change is not of that form, or a step on the way is not what the field says.
    """
    name, equals, value = change.partition("=")
    if not equals:
        raise InputError(f"--set {shortened(change)}: expected field=value, such as end.date=2027-03-31")
    try:
        FieldPath.parse(name).set(data, value)
    except InputError as error:
        raise InputError(f"--set {shortened(change)}: {error}") from None
