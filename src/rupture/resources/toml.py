"""Reads the TOML files of the package."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rupture.errors import InputError
from rupture.resources.build_cache import built
from rupture.resources.paths import PACKAGE, templates_root

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file.

    Raises:
        InputError: there is no file of that name.
    """
    try:
        return parse(path.read_bytes())
    except FileNotFoundError:
        kind = path.parent.name if path.name == "language.toml" else path.stem
        raise InputError(f"there is no {path.name} for {kind} in {path.parent}") from None


def parse(source: bytes) -> dict[str, Any]:
    """Return the content of a TOML file from its text."""
    found = _json.cached(source)
    data: dict[str, Any] = _toml(source) if found is None else json.loads(found)
    return data


def _toml(source: bytes) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  not needed where the cache has every file

    return tomllib.loads(source.decode())


def _every_file() -> Iterator[tuple[bytes]]:
    for root in (PACKAGE, templates_root()):
        paths = (path for path in root.rglob("*.toml") if path.parent.name != "tone")  # reviewing.tone.sources
        for path in sorted(paths):
            yield (path.read_bytes(),)


@built("toml", ".json", every=_every_file)  # JSON is read ten times as fast
def _json(source: bytes) -> bytes:
    return json.dumps(_toml(source), ensure_ascii=False, separators=(",", ":")).encode()
