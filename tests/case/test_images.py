"""Pictures: bounded before they are drawn, and encoded again."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

import rupture
from paper import picture
from rupture.case.images import MOST_PIXELS, read_image


class TestPictures:
    """A picture is its pixels on white, and not more of them than a page can want."""

    def test_pixels_are_counted_before_they_are_drawn(self):
        with pytest.raises(rupture.InputError, match="pixels"):
            read_image(picture(size=(MOST_PIXELS // 1000 + 1, 1000), mode="1"))

    def test_a_picture_keeps_nothing_but_its_pixels(self):
        buffer = BytesIO()
        image = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
        image.save(buffer, "PNG", pnginfo=None, exif=b"Exif\0\0secret")
        assert b"secret" in buffer.getvalue()
        read = read_image(buffer.getvalue())
        assert b"secret" not in read.data
        assert Image.open(BytesIO(read.data)).getpixel((0, 0)) == (255, 255, 255)
