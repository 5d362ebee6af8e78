"""Reads the TOML files of the package."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rupture.errors import InputError
from rupture.resources import prepared
from rupture.resources.paths import PACKAGE, templates_root

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read(path: Path) -> dict[str, Any]:
    """Return what a TOML file says.

    Raises:
        InputError: there is none of that name.
    """
    try:
        return parse(path.read_bytes())
    except FileNotFoundError:
        kind = path.parent.name if path.name == "language.toml" else path.stem
        raise InputError(f"there is no {path.name} for {kind} in {path.parent}") from None


def parse(source: bytes) -> dict[str, Any]:
    """Return what the text of a TOML file says: JSON is read ten times as fast, where it was prepared."""
    found = prepared.data(_prepared_name(source))
    data: dict[str, Any] = _toml_data(source) if found is None else json.loads(found)
    return data


def _toml_data(source: bytes) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  nothing is read with it where all was prepared

    return tomllib.loads(source.decode())


def _prepared_name(source: bytes) -> str:
    return prepared.name_of("toml", source, end=".json")


def prepare() -> Iterator[tuple[str, bytes]]:
    """Yield what this module finds prepared, by name: every TOML file of the package as JSON."""
    for root in (PACKAGE, templates_root()):
        paths = (path for path in root.rglob("*.toml") if path.parent.name != "tone")  # reviewing.tone.sources: in one
        for path in sorted(paths):
            source = path.read_bytes()
            data = json.dumps(_toml_data(source), ensure_ascii=False, separators=(",", ":"))
            yield _prepared_name(source), data.encode()
