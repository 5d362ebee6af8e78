"""What a letterhead must not hold."""

from __future__ import annotations

import zipfile

import pytest

import rupture
from paper import write


class TestLetterhead:
    """A letterhead that could do harm, or is not one, is refused with its reason."""

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
        data = starter("fr-FR") | {"paper": {"letterhead": "paper.docx"}}
        with pytest.raises(rupture.CaseError, match=seen):
            rupture.load(write(tmp_path, data))

    def test_a_letterhead_that_is_none(self, starter, tmp_path):
        with zipfile.ZipFile(tmp_path / "paper.docx", "w") as archive:
            archive.writestr("word/document.xml", "<x/>")
        case = rupture.load(write(tmp_path, starter("fr-FR") | {"paper": {"letterhead": "paper.docx"}}))
        with pytest.raises(rupture.InputError, match="letterhead: cannot be read"):
            rupture.render(case, "docx")
