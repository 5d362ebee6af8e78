"""The text face: the files of its makers, with their licence, and the characters that letters rely on."""

from __future__ import annotations

from hashlib import sha256

import pytest
from fontTools.ttLib import TTFont

from rupture.page import faces, measuring

#: Of version 6.101, as published. The licence reserves the name "Gentium" for unmodified files.
PUBLISHED = {
    "regular": "8373acabbb4feeb0fd6f51360dce34c9ebaf0c3f1d17ad71e0c0dfe7c14408d6",
    "bold": "9e5ca8355fa6003cfc127d3a46189d3782843bfd46105bb0da66975bf638db5b",
}


class TestFiles:
    """Two unmodified cuts, with the licence beside them."""

    def test_unmodified(self):
        assert {style: sha256(path.read_bytes()).hexdigest() for style, path in faces.files().items()} == PUBLISHED

    def test_licence(self):
        licence = (faces.files()["regular"].parent / "OFL.txt").read_text(encoding="ascii")
        assert 'Reserved Font Names "Gentium"' in licence
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence

    def test_same_characters(self):
        """The regular cut answers for the bold one when a character is looked up."""
        regular, bold = (frozenset(TTFont(path).getBestCmap()) for path in faces.files().values())
        assert regular == bold
        assert len(regular) == 2783


class TestRepertoire:
    """Names in the scripts of Europe and in Vietnamese can be shown; what cannot be is known."""

    @pytest.mark.parametrize(
        "name",
        [
            "Ægir Œuvré Łódź Țepeș Çelik İstanbul Þórður Ŵyn Ģirts Ħaż-Żebbuġ ẞ",
            "Đặng Thị Nguyễn Ngọc Ưởng",
            "Ελένη Παπαδοπούλου, Ἑλλάς",
            "Владимир Ђорђевић, Ґалаґан, Ўзбек",
            "12,50 € £ $ ₴ ₺ № ™ « » “ ” ’ – — … \u00a0\u202f",
        ],
        ids=["Latin", "Vietnamese", "Greek", "Cyrillic", "signs"],
    )
    def test_shown(self, name):
        assert [character for character in name if not measuring.has_character(character)] == []

    def test_not_shown(self):
        assert [character for character in "北م😀" if measuring.has_character(character)] == []
