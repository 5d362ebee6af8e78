"""The files that a case names: pictures, a letterhead, a style sheet."""

from __future__ import annotations

import os
import zipfile

import pytest

import rupture
from paper import case_file, picture
from rupture.case.images import LARGEST_FILE


class TestBadFiles:
    """A file that a letter cannot use is reported with its field, and nothing is written."""

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
        data = starter("fr-FR") | {"identity": {"logo": {"file": "logo.png", "alt": "logo"}}}
        with pytest.raises(rupture.CaseError, match=seen) as caught:
            rupture.load(case_file(tmp_path, data))
        assert caught.value.problems[0].path == "identity.logo.file"
        assert caught.value.problems[0].line > 0

    def test_a_missing_file(self, starter, tmp_path):
        data = starter("fr-FR") | {"identity": {"logo": {"file": "none.png", "alt": "logo"}}}
        with pytest.raises(rupture.CaseError, match=r"none\.png: cannot be read"):
            rupture.load(case_file(tmp_path, data))

    @pytest.mark.parametrize("name", ["../else.png", "/etc/hostname", "link.png", "down/../../else.png", "pipe", "."])
    def test_a_file_elsewhere(self, starter, tmp_path, name):
        folder = tmp_path / "case"
        (folder / "down").mkdir(parents=True)
        (tmp_path / "else.png").write_bytes(picture())
        (folder / "link.png").symlink_to(tmp_path / "else.png")
        os.mkfifo(folder / "pipe")
        for field in ("logo", "signature", "letterhead", "stylesheet"):
            named = {"file": name, "alt": "x"} if field in {"logo", "signature"} else name
            with pytest.raises(rupture.CaseError, match=r"not in the folder of the case|is not a file"):
                rupture.load(case_file(folder, starter("fr-FR") | {"identity": {field: named}}))

    def test_a_file_below_or_linked_inside(self, starter, tmp_path):
        (tmp_path / "paper").mkdir()
        (tmp_path / "paper" / "logo.png").write_bytes(picture())
        (tmp_path / "link.png").symlink_to("paper/logo.png")
        for name in ("paper/logo.png", "link.png"):
            data = starter("fr-FR") | {"identity": {"logo": {"file": name, "alt": "x"}}}
            assert rupture.load(case_file(tmp_path, data))

    @pytest.mark.parametrize(
        ("name", "content", "seen"),
        [
            ("word/x.xml", bytes(60_000_000), "unpacks to 60 MB"),
            ("word/_rels/x.rels", b"<a><b></a>", "not a .docx file"),
            ("word/_rels/x.rels", "<r><a TargetMode = 'external'/></r>".encode("utf-16"), "links to outside"),
            ("word/vbaProject.bin", b"", "macros"),
            ("word/_rels/document.xml.rels", b'<Relationship TargetMode="External"/>', "links to outside"),
        ],
    )
    def test_letterhead(self, starter, tmp_path, name, content, seen):
        with zipfile.ZipFile(tmp_path / "paper.docx", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", "<x/>")
            archive.writestr(name, content)
        data = starter("fr-FR") | {"identity": {"letterhead": "paper.docx"}}
        with pytest.raises(rupture.CaseError, match=seen):
            rupture.load(case_file(tmp_path, data))

    def test_a_letterhead_that_is_none(self, starter, tmp_path):
        with zipfile.ZipFile(tmp_path / "paper.docx", "w") as archive:
            archive.writestr("word/document.xml", "<x/>")
        case = rupture.load(case_file(tmp_path, starter("fr-FR") | {"identity": {"letterhead": "paper.docx"}}))
        with pytest.raises(rupture.InputError, match="letterhead: cannot be read"):
            rupture.render(case, "docx")
