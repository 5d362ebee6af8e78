"""Pictures from outside: only PNG or JPEG, of bounded size, flattened on white and encoded again."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from rupture.errors import InputError

#: The largest file, in bytes.
LARGEST_FILE: Final = 5_000_000
#: The most pixels: a PNG of 20 kB can hold 169 megapixels, which take 1.35 GB to decode.
MOST_PIXELS: Final = 12_000_000
_FORMATS: Final = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}


@dataclass(frozen=True, slots=True)
class Image:
    """A picture ready to be drawn.

    Args:
        kind: ``png`` or ``jpeg``.
        data: its bytes, encoded by this package.
        width: in pixels.
        height: in pixels.
    """

    kind: str
    data: bytes
    width: int
    height: int


def read_image(data: bytes) -> Image:
    """Return a picture, encoded again without anything but its pixels.

    Raises:
        InputError: it is not a PNG or JPEG, or larger than a letter can want.
    """
    kind = next((kind for start, kind in _FORMATS.items() if data.startswith(start)), "")
    if not kind:
        what = "an SVG" if b"<svg" in data[:2000] else "something else"
        raise InputError(f"expected a PNG or JPEG picture, found {what}: save it as PNG")
    if len(data) > LARGEST_FILE:
        raise InputError(
            f"a picture of {len(data) / 1e6:.1f} MB (at most {LARGEST_FILE / 1e6:.0f} MB): make it smaller"
        )
    return _encoded(data, kind)


def _encoded(data: bytes, kind: str) -> Image:
    from PIL import Image as Pillow  # noqa: PLC0415  slow, and only letters with a picture need it
    from PIL import UnidentifiedImageError  # noqa: PLC0415  as above

    try:
        with Pillow.open(BytesIO(data), formats=(kind.upper(),)) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise InputError(f"a picture of {width} x {height} pixels (at most {MOST_PIXELS // 1_000_000} million)")
            opaque = Pillow.new("RGB", picture.size, "white")
            layer = picture.convert("RGBA")
            opaque.paste(layer, mask=layer.getchannel("A"))
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError, Pillow.DecompressionBombError) as error:
        raise InputError(f"this picture cannot be read: {error}") from None
    buffer = BytesIO()
    opaque.save(buffer, kind.upper(), **({"quality": 90} if kind == "jpeg" else {"optimize": True}))
    return Image(kind, buffer.getvalue(), width, height)
