"""The text face inside a DOCX: a subset of regular and bold, obfuscated as ECMA-376 part 4, 17.8.1 asks."""

from __future__ import annotations

import threading
import uuid
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from rupture.page import faces
from rupture.resources.build_cache import built

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What a DOCX carries of the face.
STYLES: Final = ("regular", "bold")

#: Latin with its punctuation, currencies and a few signs; other characters fall back to a face of the machine.
_CHARACTERS: Final = frozenset(
    (*range(0x20, 0x7F), *range(0xA0, 0x180), 0x192, *range(0x218, 0x21C), 0x1E9E, *range(0x300, 0x32A))
) | frozenset((*range(0x2000, 0x2070), *range(0x20A0, 0x20C1), 0x2116, 0x2122, 0x2212, 0xFB01, 0xFB02))
_FEATURES: Final = ["kern", "liga", "ccmp", "locl", "mark", "mkmk"]
_lock: Final = threading.Lock()
_DROPPED: Final = ["Silf", "Glat", "Gloc", "Feat", "Sill"]


def key(style: str) -> str:
    """Return the key with which the face is obfuscated.

    Args:
        style: one of ``STYLES``.
    """
    return f"{{{str(uuid.uuid5(uuid.NAMESPACE_URL, f'Gentium Book Plus {style}')).upper()}}}"


def embedded(style: str) -> bytes:
    """Return the obfuscated bytes of the face.

    Args:
        style: one of ``STYLES``.
    """
    with _lock:  # threads that come first together wait for one of them: where nothing is prepared, it takes long
        return _embedded(style)


@cache
def _embedded(style: str) -> bytes:
    return _obfuscated(key(style), faces.files()[style].read_bytes())


def _every_style() -> Iterator[tuple[str, bytes]]:
    for style in STYLES:
        yield key(style), faces.files()[style].read_bytes()


@built("face", ".odttf", every=_every_style, modules=("writing/docx/face.py",))
def _obfuscated(key: str, face: bytes) -> bytes:
    mask = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
    font = _subset(face)
    return bytes(byte ^ mask[index % 16] for index, byte in enumerate(font[:32])) + font[32:]


def _subset(face: bytes) -> bytes:
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
    with subset.load_font(BytesIO(face), options) as font:
        subsetter.subset(font)
        font.save(buffer, reorderTables=True)
    return buffer.getvalue()
