"""Files beside a case: pictures, a letterhead, a style sheet."""

from __future__ import annotations

import os

import pytest

import rupture
from paper import picture, write
from rupture.case.images import LARGEST_FILE


class TestBadFiles:
    """A file that a letter cannot use is named with its field, and nothing is written."""

    @pytest.mark.parametrize(
        ("content", "seen"),
        [
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG"),
            (b"GIF89a", "something else"),
            (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "cannot be read"),
            (b"\x89PNG\r\n\x1a\n" + b"\0" * LARGEST_FILE, "5 MB"),
            (picture(size=(4001, 3000), mode="1"), "pixels"),
        ],
        ids=["svg", "gif", "broken", "large", "pixels"],
    )
    def test_logo(self, starter, tmp_path, content, seen):
        (tmp_path / "logo.png").write_bytes(content)
        data = starter("fr-FR") | {"paper": {"logo": {"file": "logo.png", "alt": "logo"}}}
        with pytest.raises(rupture.CaseError, match=seen) as caught:
            rupture.load(write(tmp_path, data))
        assert caught.value.problems[0].path == "paper.logo.file"
        assert caught.value.problems[0].line > 0

    def test_a_missing_file(self, starter, tmp_path):
        data = starter("fr-FR") | {"paper": {"logo": {"file": "none.png", "alt": "logo"}}}
        with pytest.raises(rupture.CaseError, match=r"none\.png: cannot be read"):
            rupture.load(write(tmp_path, data))

    @pytest.mark.parametrize("field", ["logo", "signature", "letterhead", "stylesheet"])
    @pytest.mark.parametrize("name", ["../else.png", "/etc/hostname", "link.png", "down/../../else.png", "pipe", "."])
    def test_a_file_elsewhere(self, starter, tmp_path, field, name):
        folder = tmp_path / "case"
        (folder / "down").mkdir(parents=True)
        (tmp_path / "else.png").write_bytes(picture())
        (folder / "link.png").symlink_to(tmp_path / "else.png")
        os.mkfifo(folder / "pipe")
        named = {"file": name, "alt": "x"} if field in {"logo", "signature"} else name
        with pytest.raises(rupture.CaseError, match=r"not in the folder of the case|is not a file"):
            rupture.load(write(folder, starter("fr-FR") | {"paper": {field: named}}))

    def test_a_file_below_or_linked_inside(self, starter, tmp_path):
        (tmp_path / "paper").mkdir()
        (tmp_path / "paper" / "logo.png").write_bytes(picture())
        (tmp_path / "link.png").symlink_to("paper/logo.png")
        for name in ("paper/logo.png", "link.png"):
            data = starter("fr-FR") | {"paper": {"logo": {"file": name, "alt": "x"}}}
            assert rupture.load(write(tmp_path, data))
