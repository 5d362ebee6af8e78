"""Programs that other people wrote find no fault: veraPDF, the Open XML SDK, LibreOffice, and a second process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
import weasyprint
from PIL import Image
from reading import ROOT, bare, block_lines
from validators import LEFT_OUT, Sheet, converted, docx_faults, libreoffice, need, ooxml_validator, verapdf, verdicts

import rupture
from conftest import EXAMPLES, LOCALES
from rupture.language import languages
from rupture.page import faces, layouts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
CASES = ROOT / "docs" / "gallery" / "cases"
GALLERY = tuple(sorted(CASES.glob("*/*.yaml")))
#: The whole gallery in `make soak`; here the examples, and letters in two languages.
FOLDERS = (
    ("examples", *sorted(path.name for path in CASES.iterdir())) if os.environ.get("SOAK") else ("examples", "twin")
)
#: A letter in French, one in English.
SAMPLES = ("examples/boreal.fr", "examples/quarry.en")
#: On A4 and on Letter; in `make soak` every locale.
DRESSED = LOCALES if os.environ.get("SOAK") else ("fr-CH", "en-US")
SLACK = 2.0  # millimetres that a line may stand outside its box; the window itself forgives none
TOUCH = 0.5  # millimetres that an accent may reach into the line above


def _cases(*folders: str) -> dict[str, rupture.Case]:
    """Return the cases of the examples and of folders of the gallery, by their name."""
    paths = [path for path in (*EXAMPLES, *GALLERY) if path.parent.name in folders]
    return {f"{path.parent.name}/{path.stem}": rupture.load(path) for path in paths}


@pytest.fixture(scope="module")
def dressed(starter, tmp_path_factory):
    """A letter on A4 and one on Letter with all that paper can have: pictures, a foot, an annex, two pages and more."""
    folder = tmp_path_factory.mktemp("dressed")
    (folder / "logo.png").write_bytes(_picture("PNG", "RGBA"))
    (folder / "name.jpg").write_bytes(_picture("JPEG", "CMYK"))
    more = {
        "paper": {
            "logo": {"file": "logo.png", "alt": "Logo"},
            "signature": {"file": "name.jpg", "alt": 'Signature & "name"'},
            "colour": "#1f3d5c",
            "footer": ["SIRET 000 000 000 00000", 'two "lines" & a <third>'],
            "fold_marks": True,
            "return_address": True,
        },
        "enclosures": ["a list of invoices"],
        "copies": ["Maître Salomé Petit"],
        "countersign": "receipt",
        "annex": True,
        "delivery": "registered",
    }
    cases = {}
    for locale in DRESSED:
        data = starter(locale) | more
        data["matters"] = [
            {"fact": f"item {number} is " + "described at length, " * 12 + "here", "by": data["end"]["date"]}
            for number in range(12)
        ]
        path = folder / f"{locale}.json"
        path.write_text(json.dumps(data, default=str), encoding="utf-8")
        cases[f"dressed/{locale}"] = rupture.load(path)
    return cases


def _picture(kind: str, mode: str) -> bytes:
    buffer = BytesIO()
    Image.new(mode, (60, 20)).save(buffer, kind)
    return buffer.getvalue()


def _told(found: Mapping[str, Iterable[str]]) -> str:
    """Return every fault on its own line, so that a failing test shows them all."""
    return "\n".join(f"{name}: {fault}" for name, faults in found.items() for fault in faults)


@pytest.fixture(scope="module")
def paper(starter):
    """Every letter that is shown, and one on every layout there is, by name."""
    pages = {layout: rupture.load(_on_layout(starter, layout)) for layout in layouts.names()}
    return _cases(*FOLDERS) | {f"layouts/{name}": case for name, case in pages.items()}


def _shown(files: Mapping[str, Any]) -> dict[str, Any]:
    """Return what this repository shows to its readers, without the letters made for a layout."""
    return {name: content for name, content in files.items() if not name.startswith("layouts/")}


@pytest.fixture(scope="module")
def pdfs(paper):
    return {name: rupture.render(case, "pdf") for name, case in paper.items()}


@pytest.fixture(scope="module")
def docxs(paper):
    return {name: rupture.render(case, "docx") for name, case in paper.items()}


@pytest.fixture(scope="module")
def archived(paper, dressed):
    """The samples, and what paper can have, as PDF/A; in `make soak` every letter that is shown."""
    cases = {name: case for name, case in _shown(paper).items() if os.environ.get("SOAK") or name in SAMPLES} | dressed
    return {name: rupture.render(case, "pdf", archive=True) for name, case in cases.items()}


@pytest.fixture(scope="module")
def told(pdfs, archived, tmp_path_factory):
    """What veraPDF says, in one run for all the tests, of each group of files."""
    need("veraPDF", verapdf())
    letter = pdfs[SAMPLES[0]]
    groups = {
        "letters": (_shown(pdfs), ["ua1"]),
        "archived": (archived, ["ua1", "3a"]),
        "combined": ({"book": rupture.combine([pdfs[name] for name in SAMPLES])}, ["ua1"]),
        "combined and archived": (
            {"double": rupture.combine(archived.values(), double_sided=True)},
            ["ua1", "3a"],
        ),
        "planted": (
            {
                "plain": weasyprint.HTML(string="<title>x</title><p>x").write_pdf(),
                "untitled": weasyprint.HTML(string='<html lang="fr"><p>x').write_pdf(pdf_variant="pdf/ua-1"),
                "damaged": letter[: len(letter) // 2],
                "no-pdf": b"plain text",
            },
            ["ua1"],
        ),
        "not archived": ({"letter": letter}, ["3a", "pdf/x-9"]),
    }
    return verdicts(groups, tmp_path_factory.mktemp("verapdf"))


class TestVeraPdf:
    """Every PDF that this repository shows is PDF/UA-1, and with ``archive`` PDF/A-3a as well."""

    @pytest.mark.parametrize("group", ["letters", "archived", "combined", "combined and archived"])
    def test_no_fault(self, told, group):
        assert [verdict for verdict in told[group] if not verdict.ok] == []
        assert min(verdict.checks for verdict in told[group]) > 500

    def test_every_file_is_asked_about(self, told, archived):
        assert [(verdict.name, verdict.profile) for verdict in told["letters"]] == [
            (n, "ua1") for n in _cases(*FOLDERS)
        ]
        assert len(told["letters"]) > len(EXAMPLES)
        assert len(told["archived"]) == 2 * len(archived) >= 2 * len((*SAMPLES, *DRESSED))
        assert len(told["combined"]) == 1
        assert [verdict.profile for verdict in told["combined and archived"]] == ["ua1", "3a"]

    def test_it_bites(self, told):
        planted = {verdict.name: verdict for verdict in told["planted"]}
        assert [name for name, verdict in planted.items() if verdict.ok] == []
        assert len(planted) == 4
        assert any("tagged as real content" in fault for fault in planted["plain"].faults)
        assert ["dc:title" in fault for fault in planted["untitled"].faults] == [True]
        assert "cannot be read" in planted["no-pdf"].faults[0]
        # Without archive=True it is not PDF/A, and what veraPDF does not know is not sound.
        assert [(verdict.profile, verdict.ok) for verdict in told["not archived"]] == [
            ("3a", False),
            ("pdf/x-9", False),
        ]


class TestOpenXml:
    """Every DOCX that this repository shows is valid as Word's own maker defines it."""

    @pytest.fixture(autouse=True)
    def _installed(self):
        need("the validator of the Open XML SDK", ooxml_validator())

    def test_every_letter_is_valid(self, docxs, tmp_path):
        found = docx_faults(_shown(docxs), tmp_path)
        assert not (bad := _told(found)), bad
        assert len(found) > len(EXAMPLES)

    def test_everything_that_paper_can_have(self, dressed, tmp_path):
        files = {name: rupture.render(case, "docx") for name, case in dressed.items()}
        found = docx_faults(files, tmp_path)
        assert not (bad := _told(found)), bad
        assert len(found) == len(DRESSED)

    def test_it_bites(self, docxs, tmp_path):
        sound = docxs[SAMPLES[0]]
        planted = {
            "broken": _with_faults(sound, {b"</w:body>": b""}),
            "invalid": _with_faults(
                sound,
                {
                    b'<w:pStyle w:val="Salutation"/>': b'<w:spacing w:before="0"/><w:pStyle w:val="Salutation"/>',
                    b"<w:sectPr": b"<w:surprise/><w:sectPr",
                    b'w:vAnchor="page"': b'w:vAnchor="leaf"',
                },
            ),
        }
        found = docx_faults({"sound": sound, **planted}, tmp_path)
        assert found["sound"] == []
        assert "does not match" in _told(found)
        for told in ("unexpected child element 'http://schemas.openxmlformats.org", "surprise", "vAnchor"):
            assert any(told in fault for fault in found["invalid"]), told


def _with_faults(written: bytes, faults: Mapping[bytes, bytes]) -> bytes:
    part, buffer = "word/document.xml", BytesIO()
    with zipfile.ZipFile(BytesIO(written)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for sound, planted in faults.items() if name == part else ():
                assert sound in content
                content = content.replace(sound, planted, 1)
            new.writestr(name, content)
    return buffer.getvalue()


def _on_layout(make: object, name: str) -> dict:
    """Return a case on that layout with an address of six lines, as many as the post takes."""
    own = [locale for locale in LOCALES if languages.get(locale[:2]).layouts[locale] == name]
    near = [locale for locale in LOCALES if name.startswith(locale)]
    data = make((own or near or ["en-GB"])[0])
    data["paper"] = {"return_address": True} | ({} if own else {"layout": name})
    country = data["sender"]["address"]["country"]
    data["recipient"] = {
        "organisation": "Compagnie des Éclusiers du Rhône",
        "person": {"name": "Maximilienne Vanderbruggen", "title": "ms"},
        "address": {
            "lines": ["Résidence Les Hauts de Montplaisir", "128 boulevard de la Croix-Rousse"],
            "postcode": "1020",
            "town": "Bruxelles",
            "country": "FR" if country == "BE" else "BE",
        },
    }
    data["delivery"] = "registered"
    return data


def _misplaced(case: rupture.Case, written: bytes) -> list[str]:
    """Return what a window envelope would not show of the recipient, or would show beside."""
    sheets = (Sheet(written, number) for number in range(_pages(written)))
    told: list[str] = []
    for letter in rupture.compose(case).letters:
        first = bare(str(letter.part("subject")))
        sheet = next((sheet for sheet in sheets if first in sheet.text), None)  # goes on where the last letter began
        told += [f"no page begins with {first!r}"] if sheet is None else _hidden(letter, sheet)
    return told


def _pages(written: bytes) -> int:
    with pypdfium2.PdfDocument(written) as pdf:
        return len(pdf)


def _hidden(letter: rupture.Letter, sheet: Sheet) -> list[str]:
    layout = layouts.get(letter.layout)
    if not letter.part("recipient").blocks:
        return []
    box, window = layout.boxes["recipient"], layout.window
    told: list[str] = []
    welcome: set[int] = set()
    above = 0.0
    for part in letter.parts:
        if part.name not in {"mention", "return-address", "recipient"}:
            continue
        lines = list(block_lines([part]))
        for line, place in zip(lines, sheet.places(lines, layout.boxes[part.name]), strict=True):
            welcome.update(place)
            if not place:
                told.append(f"{part.name}: {line!r} is not drawn")
            elif part.name == "recipient":
                ink = sheet.ink(place)
                told += [f"{line!r} outside its box at {ink}"] * (not ink.within(box, SLACK))
                told += [f"{line!r} outside the window at {ink}"] * (not ink.within(window, 0))
            if place:
                told += [f"{line!r} runs into what stands above it"] * (sheet.ink(place).top < above)
                above = sheet.ink(place).bottom - TOUCH
    if strange := "".join(sheet.text[index] for index in sheet.showing(window) if index not in welcome):
        told.append(f"{strange!r} shows in the window")
    return told


@pytest.fixture(scope="module")
def by_libreoffice(docxs, tmp_path_factory):
    """Every DOCX as the PDF that LibreOffice makes of it, in one run for both tests."""
    need("LibreOffice", libreoffice())
    return converted(docxs, tmp_path_factory.mktemp("libreoffice"), faces.files()["regular"].parent)


class TestWindow:
    """The recipient stands in the window of the envelope, in our PDF and in what LibreOffice makes of the DOCX."""

    def test_every_layout_is_there(self, paper):
        used = {rupture.compose(case).letters[0].layout for case in paper.values()}
        assert used == set(layouts.names())

    def test_pdf(self, paper, pdfs):
        found = {name: _misplaced(case, pdfs[name]) for name, case in paper.items()}
        assert not (bad := _told(found)), bad

    def test_docx_in_libreoffice(self, paper, by_libreoffice):
        found = {name: _misplaced(case, by_libreoffice[name]) for name, case in paper.items()}
        assert not (bad := _told(found)), bad

    def test_as_many_pages_in_libreoffice(self, pdfs, by_libreoffice):
        counted = {name: (_pages(written), _pages(by_libreoffice[name])) for name, written in pdfs.items()}
        assert {name: pages for name, pages in counted.items() if pages[0] != pages[1]} == {}

    def test_it_bites(self, minimal):
        data = minimal(recipient={"organisation": "Boréal SARL", "address": minimal()["sender"]["address"]})
        case = rupture.load(data)
        style = f"body {{ transform: translate(0, {SLACK * 8}mm) }}"
        html = rupture.render(case, "html").decode().replace("</head>", f"<style>{style}</style></head>")
        assert _misplaced(case, rupture.render(case, "pdf")) == []
        assert _misplaced(case, weasyprint.HTML(string=html).write_pdf()) != []


SCRIPT = """
import hashlib, json, sys
import rupture

for path in sys.argv[1:]:
    case = rupture.load(path)
    for written in (rupture.render(case, "pdf", archive=True), rupture.render(case, "eml", attach=["pdf", "docx"])):
        print(hashlib.sha256(written).hexdigest())
"""


class TestSameBytesElsewhere:
    """Another process, in another place on earth and another language, writes the same bytes a little later."""

    def test_another_process(self, paper, archived, tmp_path):
        elsewhere = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.UTF-8"}
        ended = subprocess.run(
            [sys.executable, "-c", SCRIPT, *(str(ROOT / f"{name}.yaml") for name in SAMPLES)],
            cwd=tmp_path,
            env=os.environ | elsewhere,
            capture_output=True,
            text=True,
            check=True,
        )
        here = []
        for name in SAMPLES:
            here += [archived[name], rupture.render(paper[name], "eml", attach=["pdf", "docx"])]
        assert ended.stdout.split() == [sha256(written).hexdigest() for written in here]
        assert len(set(here)) == 2 * len(SAMPLES)


class TestLeavingOut:
    """A test whose tool is not there says so by name; in CI it fails."""

    def test_elsewhere(self, monkeypatch):
        monkeypatch.delenv("CI", raising=False)
        with pytest.raises(pytest.skip.Exception, match=rf"{LEFT_OUT}veraPDF \(install with make validators\)"):
            need("veraPDF", [])

    def test_in_ci(self, monkeypatch):
        monkeypatch.setenv("CI", "true")
        with pytest.raises(pytest.fail.Exception, match="veraPDF is not installed"):
            need("veraPDF", [])

    def test_there(self):
        need("veraPDF", ["java"])
