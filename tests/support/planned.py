"""Items of a plan, written by hand."""

from __future__ import annotations

from typing import Any

from rupture.planning.plan import Item


def item(kind: str, name: str = "", **more: Any) -> Item:
    """Return an item whose role does not matter."""
    return Item(name or kind, kind, "practical", **more)
