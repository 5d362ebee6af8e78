"""The sender's paper and what is joined to a letter, in both formats."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

import docx
import pypdfium2
import pytest

import rupture
from paper import picture, write
from rupture.letter.blocks import Figure, Table
from rupture.page import layouts

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def pdf_texts(written: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(written)
    try:
        return [document[index].get_textpage().get_text_bounded() for index in range(len(document))]
    finally:
        document.close()


@pytest.fixture
def furnished(starter, tmp_path):
    """Return the path of a case with everything an identity can have."""
    (tmp_path / "logo.png").write_bytes(picture())
    (tmp_path / "name.jpg").write_bytes(picture("JPEG", mode="RGB"))
    data = starter("fr-FR")
    data |= {
        "paper": {
            "logo": {"file": "logo.png", "alt": "logo de l’atelier"},
            "signature": {"file": "name.jpg", "alt": "signature manuscrite"},
            "colour": "#1f3d5c",
            "footer": ["SIRET 000 000 000 00000", 'une "fin" \\ de page'],
            "fold_marks": True,
            "return_address": True,
        },
        "enclosures": ["relevé des factures"],
        "copies": ["Maître Salomé Petit"],
        "countersign": "receipt",
        "annex": True,
    }
    path = tmp_path / "case.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


class TestIdentity:
    """Logo, signature, colour and foot are in both formats, with alternative text."""

    def test_pdf(self, furnished):
        written = rupture.render(rupture.load(furnished), "pdf")
        pages = pdf_texts(written)
        assert all("SIRET" in page for page in pages)
        assert all('une "fin" \\ de page' in page for page in pages)
        document = pypdfium2.PdfDocument(written)
        kinds = [item.type for item in document[0].get_objects()]
        document.close()
        assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) >= 1

    def test_docx(self, furnished):
        written = rupture.render(rupture.load(furnished), "docx")
        with zipfile.ZipFile(BytesIO(written)) as archive:
            names = archive.namelist()
            root = ET.fromstring(archive.read("word/document.xml"))  # noqa: S314  our own file
            feet = [archive.read(name).decode() for name in names if name.startswith("word/footer")]
        described = [e.get("descr") for e in root.iter() if e.tag.endswith("}docPr")]
        assert described == ["logo de l’atelier", "signature manuscrite"]
        assert len([name for name in names if name.startswith("word/media/")]) == 2
        assert feet
        assert all("SIRET" in foot for foot in feet)
        strong = docx.Document(BytesIO(written)).styles["House Strong"]
        assert str(strong.font.color.rgb) == "1F3D5C"

    def test_fold_marks_are_at_the_folds(self, furnished):
        case = rupture.load(furnished)
        with zipfile.ZipFile(BytesIO(rupture.render(case, "docx"))) as archive:
            heads = "".join(archive.read(name).decode() for name in archive.namelist() if "word/header" in name)
        for fold in layouts.get("fr-FR").folds:
            assert f'w:y="{round(fold * 1440 / 25.4)}"' in heads
        plain = rupture.render(rupture.load(furnished, changes=["paper.fold_marks=false"]), "docx")
        with zipfile.ZipFile(BytesIO(plain)) as archive:
            assert not any(b"framePr" in archive.read(name) for name in archive.namelist() if "word/header" in name)

    def test_alternative_text_is_in_the_tree(self, furnished):
        letter = rupture.compose(rupture.load(furnished)).letters[0]
        figures = [block for part in letter.parts for block in part.blocks if isinstance(block, Figure)]
        assert [figure.alt for figure in figures] == ["logo de l’atelier", "signature manuscrite"]

    def test_letterhead_keeps_its_own_styles(self, starter, tmp_path):
        paper = docx.Document()
        paper.styles.add_style("Recipient", 1).font.name = "Courier New"
        paper.add_paragraph("old words")
        paper.save(tmp_path / "paper.docx")
        case = rupture.load(write(tmp_path, starter("en-US") | {"paper": {"letterhead": "paper.docx"}}))
        written = docx.Document(BytesIO(rupture.render(case, "docx")))
        assert written.styles["Recipient"].font.name == "Courier New"
        text = "\n".join(paragraph.text for paragraph in written.paragraphs)
        assert "old words" not in text
        assert "Dear" in text

    def test_own_stylesheet_comes_last_and_fetches_nothing(self, starter, tmp_path):
        (tmp_path / "own.css").write_text(".salutation { display: none }", encoding="utf-8")
        path = write(tmp_path, starter("en-US") | {"paper": {"stylesheet": "own.css"}})
        assert "Dear" not in pdf_texts(rupture.render(rupture.load(path), "pdf"))[0]
        (tmp_path / "own.css").write_text("p { background: url(http://127.0.0.1:9/x.png) }", encoding="utf-8")
        with pytest.raises(rupture.TemplateError, match="fetches nothing"):
            rupture.render(rupture.load(path), "pdf")


class TestExtras:
    """A receipt is worded as receipt only; the annex gives every dated fact; following pages name their letter."""

    def test_parts_stand_after_the_signature(self, furnished):
        letter = rupture.compose(rupture.load(furnished)).letters[0]
        names = [part.name for part in letter.parts]
        assert names[names.index("signature") + 1 :] == ["countersignature", "enclosures", "annex"]
        assert "seule réception" in str(letter.part("countersignature"))
        assert "relevé des factures" in str(letter.part("enclosures"))
        assert "Maître Salomé Petit" in str(letter.part("enclosures"))

    def test_annex_tells_every_dated_fact(self, starter):
        data = starter("en-US")
        data["reasons"] = [{"who": "you", "did": f"ask for thing {n}", "on": f"2026-0{n}-11"} for n in range(1, 6)]
        data |= {"annex": True, "date": "2026-11-20", "end": {"date": "2027-02-28"}}
        data["relationship"]["since"] = "2020"
        letter = rupture.compose(rupture.load(data)).letters[0]
        (table,) = (block for block in letter.part("annex").blocks if isinstance(block, Table))
        assert len(table.rows) == 5
        assert "thing 5" in str(letter.part("annex"))

    def test_following_pages_say_whose_letter_it_is(self, furnished):
        pages = pdf_texts(rupture.render(rupture.load(furnished), "pdf"))
        assert len(pages) > 1
        assert "1 /" not in pages[0]
        for number, page in enumerate(pages[1:], 2):
            assert "Client Exemple –" in page
            assert f"{number} / {len(pages)}" in page

    def test_header_row_is_marked(self, furnished):
        with zipfile.ZipFile(BytesIO(rupture.render(rupture.load(furnished), "docx"))) as archive:
            root = ET.fromstring(archive.read("word/document.xml"))  # noqa: S314  our own file
        (table,) = root.iter(f"{WORD}tbl")
        first, *others = table.iter(f"{WORD}tr")
        assert first.find(f"{WORD}trPr/{WORD}tblHeader") is not None
        assert others
        assert all(row.find(f"{WORD}trPr/{WORD}tblHeader") is None for row in others)
