"""Arguments of the library that are not what they should be, and what the complaint calls them."""

from __future__ import annotations

from rupture.errors import InputError


def several(texts: object, name: str) -> tuple[str, ...]:
    """Return the texts of an argument.

    Args:
        texts: what the caller gave.
        name: of the argument, for the complaint.

    Raises:
        InputError: it is not a list of texts.
    """
    if not isinstance(texts, list | tuple):
        raise InputError(f"{name}: expected a list of texts, found {kind_of(texts)}")
    if wrong := [text for text in texts if not isinstance(text, str)]:
        raise InputError(f"{name}: expected a list of texts, found {kind_of(wrong[0])} in it")
    return tuple(texts)


def kind_of(value: object) -> str:
    """Return what a value is, for a complaint: ``a dict``, ``an int``, ``bytes``, ``None``."""
    name = type(value).__name__
    if value is None or isinstance(value, bytes):
        return "None" if value is None else name
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
