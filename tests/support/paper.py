"""Pictures and case files on disk, for tests of the sender's paper."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 20), mode: str = "RGBA") -> bytes:
    buffer = BytesIO()
    Image.new(mode, size, "navy").save(buffer, kind)
    return buffer.getvalue()


def write(folder: Path, data: dict) -> Path:
    """Write a case file into a folder."""
    path = folder / "case.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path
