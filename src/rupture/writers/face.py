"""The text face inside a DOCX: a subset of regular and bold, obfuscated as ECMA-376 part 4, 17.8.1 asks."""

from __future__ import annotations

import threading
import uuid
from functools import lru_cache
from io import BytesIO
from typing import Final

from rupture import catalog

#: Latin with its punctuation, currencies and a few signs; other characters fall back to a face of the machine.
_CHARACTERS: Final = frozenset(
    (*range(0x20, 0x7F), *range(0xA0, 0x180), 0x192, *range(0x218, 0x21C), 0x1E9E, *range(0x300, 0x32A))
) | frozenset((*range(0x2000, 0x2070), *range(0x20A0, 0x20C1), 0x2116, 0x2122, 0x2212, 0xFB01, 0xFB02))
_FEATURES: Final = ["kern", "liga", "ccmp", "locl", "mark", "mkmk"]
_lock: Final = threading.Lock()
_DROPPED: Final = ["Silf", "Glat", "Gloc", "Feat", "Sill"]


def embedded(style: str) -> tuple[str, bytes]:
    """Return the key and the obfuscated bytes of the face.

    Args:
        style: ``regular`` or ``bold``.
    """
    with _lock:  # threads that come first together wait for one of them: it is the slowest step of a DOCX
        return _embedded(style)


@lru_cache(maxsize=4)
def _embedded(style: str) -> tuple[str, bytes]:
    key = f"{{{str(uuid.uuid5(uuid.NAMESPACE_URL, f'Gentium Book Plus {style}')).upper()}}}"
    mask = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
    font = _subset(style)
    return key, bytes(byte ^ mask[index % 16] for index, byte in enumerate(font[:32])) + font[32:]


def _subset(style: str) -> bytes:
    from fontTools import subset  # noqa: PLC0415  slow to import

    options = subset.Options()
    options.hinting = False
    options.layout_features = _FEATURES
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.recalc_timestamp = False  # the same bytes every time
    options.drop_tables += _DROPPED
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=_CHARACTERS)
    buffer = BytesIO()
    with subset.load_font(str(catalog.face()[style]), options) as font:
        subsetter.subset(font)
        font.save(buffer, reorderTables=True)
    return buffer.getvalue()
