"""The manifest of a run: the digest of every file it wrote."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST: Final = "manifest.json"


def manifest(files: Mapping[str, str]) -> bytes:
    """Return the manifest as JSON, built entry by entry: `json.dumps` of 100,000 entries takes five times the memory.

    Args:
        files: the SHA-256 digest of each file, by name.
    """
    text = bytearray(b'{\n "version": 1,\n "files": {')
    for number, name in enumerate(sorted(files)):
        entry = json.dumps(name, ensure_ascii=False)
        text += f'{"," * bool(number)}\n  {entry}: "{files[name]}"'.encode()
    return bytes(text + b"\n }\n}\n" if files else text + b"}\n}\n")


def read_entry(line: bytes) -> dict[str, Any]:
    """Return a JSON object of a run; empty for one that a power cut spoilt, whose row is then written again."""
    try:
        entry = json.loads(line)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}
