"""Small pictures and case files beside them, for the tests of the sender's paper."""

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


def case_file(folder: Path, data: dict) -> Path:
    """Write a case into a folder, beside the files that it names."""
    path = folder / "case.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path
