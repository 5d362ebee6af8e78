"""Programs that other people wrote find no fault: veraPDF, the Open XML SDK, LibreOffice, and a second process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

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

    from validators import Verdict

CASES = ROOT / "docs" / "gallery" / "cases"
GALLERY = tuple(sorted(CASES.glob("*/*.yaml")))
#: The whole gallery in `make soak`; here the examples, and letters in two languages.
FOLDERS = (
    ("examples", *sorted(path.name for path in CASES.iterdir())) if os.environ.get("SOAK") else ("examples", "twin")
)
SLACK = 2.0  # millimetres that a line may stand outside its box; the window itself forgives none
TOUCH = 0.5  # millimetres that an accent may reach into the line above


def _cases(*folders: str) -> dict[str, rupture.Case]:
    """Return the cases of the examples and of folders of the gallery, by their name."""
    paths = [path for path in (*EXAMPLES, *GALLERY) if path.parent.name in folders]
    return {f"{path.parent.name}/{path.stem}": rupture.load(path) for path in paths}


@pytest.fixture
def dressed(starter, tmp_path):
    """A letter of each locale with everything that paper can have: pictures, a foot, an annex, two pages and more."""
    (tmp_path / "logo.png").write_bytes(_picture("PNG", "RGBA"))
    (tmp_path / "name.jpg").write_bytes(_picture("JPEG", "CMYK"))
    more = {
        "identity": {
            "logo": {"file": "logo.png", "alt": "Logo"},
            "signature": {"file": "name.jpg", "alt": 'Signature & "name"'},
            "colour": "#1f3d5c",
            "footer": ["SIRET 000 000 000 00000", 'two "lines" & a <third>'],
        },
        "enclosures": ["a list of invoices"],
        "copies": ["Maître Salomé Petit"],
        "countersignature": True,
        "annex": True,
        "fold_marks": True,
        "return_address": True,
        "delivery": "registered",
    }
    cases = {}
    for locale in LOCALES:
        data = starter(locale) | more
        data["next_steps"] = [
            {"who": "us", "what": f"item {number}, " + "described at length, " * 12, "by": data["end"]["date"]}
            for number in range(12)
        ]
        path = tmp_path / f"{locale}.json"
        path.write_text(json.dumps(data, default=str), encoding="utf-8")
        cases[f"dressed/{locale}"] = rupture.load(path)
    return cases


def _picture(kind: str, mode: str) -> bytes:
    buffer = BytesIO()
    Image.new(mode, (60, 20)).save(buffer, kind)
    return buffer.getvalue()


def _bad(told: list[Verdict]) -> str:
    return _told(
        {f"{verdict.name} {verdict.profile}": verdict.faults or ("fails",) for verdict in told if not verdict.ok}
    )


def _told(found: Mapping[str, Iterable[str]]) -> str:
    """Return every fault on its own line, so that a failing test shows them all."""
    return "\n".join(f"{name}: {fault}" for name, faults in found.items() for fault in faults)


class TestVeraPdf:
    """Every PDF that this repository shows is PDF/UA-1, and with ``archive`` PDF/A-3a as well."""

    @pytest.fixture(autouse=True)
    def _installed(self):
        need("veraPDF", verapdf())

    def test_every_letter_is_accessible(self, tmp_path):
        files = {name: rupture.render(case, "pdf") for name, case in _cases(*FOLDERS).items()}
        told = verdicts(files, ["ua1"], tmp_path)
        assert not (bad := _bad(told)), bad
        assert len(told) == len(files) > len(EXAMPLES)
        assert min(verdict.checks for verdict in told) > 500

    def test_every_archived_letter_is_both(self, tmp_path):
        files = {name: rupture.render(case, "pdf", archive=True) for name, case in _cases(*FOLDERS).items()}
        told = verdicts(files, ["ua1", "3a"], tmp_path)
        assert not (bad := _bad(told)), bad
        assert len(told) == 2 * len(files)

    def test_everything_that_paper_can_have(self, dressed, tmp_path):
        chosen = {name: case for name, case in dressed.items() if name.endswith(("fr-CH", "en-US"))}  # A4 and Letter
        archived = {name: rupture.render(case, "pdf", archive=True) for name, case in chosen.items()}
        told = verdicts(archived, ["ua1", "3a"], tmp_path)
        assert not (bad := _bad(told)), bad
        assert len(told) == 4

    def test_it_bites(self, minimal, tmp_path):
        letter = rupture.render(rupture.load(minimal()), "pdf")
        planted = {
            "sound": letter,
            "plain": weasyprint.HTML(string="<title>x</title><p>x").write_pdf(),
            "untitled": weasyprint.HTML(string='<html lang="fr"><p>x').write_pdf(pdf_variant="pdf/ua-1"),
            "damaged": letter[: len(letter) // 2],
            "no-pdf": b"plain text",
        }
        told = {verdict.name: verdict for verdict in verdicts(planted, ["ua1"], tmp_path)}
        assert {name for name, verdict in told.items() if verdict.ok} == {"sound"}
        assert any("tagged as real content" in fault for fault in told["plain"].faults)
        assert ["dc:title" in fault for fault in told["untitled"].faults] == [True]
        assert "cannot be read" in told["no-pdf"].faults[0]
        (archived,) = verdicts({"sound": letter}, ["3a"], tmp_path)
        assert not archived.ok  # without archive=True, no PDF/A
        (unknown,) = verdicts({"sound": letter}, ["pdf/x-9"], tmp_path)
        assert not unknown.ok


class TestOpenXml:
    """Every DOCX that this repository shows is valid as Word's own maker defines it."""

    @pytest.fixture(autouse=True)
    def _installed(self):
        need("the validator of the Open XML SDK", ooxml_validator())

    @pytest.mark.parametrize("folder", FOLDERS)
    def test_every_letter_is_valid(self, folder, tmp_path):
        files = {name: rupture.render(case, "docx") for name, case in _cases(folder).items()}
        found = docx_faults(files, tmp_path)
        assert not (bad := _told(found)), bad
        assert found

    def test_everything_that_paper_can_have(self, dressed, tmp_path):
        files = {name: rupture.render(case, "docx") for name, case in dressed.items()}
        found = docx_faults(files, tmp_path)
        assert not (bad := _told(found)), bad
        assert len(found) == len(LOCALES)

    @pytest.mark.parametrize(
        ("sound", "planted", "told"),
        [
            (  # the order of elements
                b'<w:pStyle w:val="Salutation"/>',
                b'<w:spacing w:before="0"/><w:pStyle w:val="Salutation"/>',
                "unexpected child element",
            ),
            (b"<w:sectPr", b"<w:surprise/><w:sectPr", "surprise"),
            (b'w:vAnchor="page"', b'w:vAnchor="leaf"', "vAnchor"),
            (b"</w:body>", b"", "does not match"),
        ],
    )
    def test_it_bites(self, minimal, tmp_path, sound, planted, told):
        written = rupture.render(rupture.load(minimal()), "docx")
        found = docx_faults({"sound": written, "planted": _with_fault(written, sound, planted)}, tmp_path)
        assert found["sound"] == []
        assert any(told in fault for fault in found["planted"])


def _with_fault(written: bytes, sound: bytes, planted: bytes) -> bytes:
    part, buffer = "word/document.xml", BytesIO()
    with zipfile.ZipFile(BytesIO(written)) as old, zipfile.ZipFile(buffer, "w") as new:
        assert sound in old.read(part)
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(sound, planted, 1) if name == part else content)
    return buffer.getvalue()


def _on_layout(make: object, name: str) -> dict:
    """Return a case on that layout with an address of six lines, as many as the post takes."""
    own = [locale for locale in LOCALES if languages.get(locale[:2]).layouts[locale] == name]
    near = [locale for locale in LOCALES if name.startswith(locale)]
    data = make((own or near or ["en-GB"])[0])
    if not own:
        data["layout"] = name
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
    data["return_address"] = True
    return data


@pytest.fixture
def paper(starter):
    """Every example, and a letter on every layout there is, by name."""
    pages = {layout: rupture.load(_on_layout(starter, layout)) for layout in layouts.names()}
    return _cases("examples", "twin") | {f"layouts/{name}": case for name, case in pages.items()}


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


class TestWindow:
    """The recipient stands in the window of the envelope, in our PDF and in what LibreOffice makes of the DOCX."""

    def test_every_layout_is_there(self, paper):
        used = {rupture.compose(case).letters[0].layout for case in paper.values()}
        assert used == set(layouts.names())

    def test_pdf(self, paper):
        found = {name: _misplaced(case, rupture.render(case, "pdf")) for name, case in paper.items()}
        assert not (bad := _told(found)), bad

    def test_docx_in_libreoffice(self, paper, tmp_path):
        need("LibreOffice", libreoffice())
        folder = faces.files()["regular"].parent
        files = {name: rupture.render(case, "docx") for name, case in paper.items()}
        pdfs = converted(files, tmp_path, folder)
        found = {name: _misplaced(case, pdfs[name]) for name, case in paper.items()}
        assert not (bad := _told(found)), bad

    def test_as_many_pages_in_libreoffice(self, tmp_path):
        need("LibreOffice", libreoffice())
        cases = _cases(*FOLDERS)
        files = {name: rupture.render(case, "docx") for name, case in cases.items()}
        pdfs = converted(files, tmp_path, faces.files()["regular"].parent)
        counted = {name: (_pages(rupture.render(case, "pdf")), _pages(pdfs[name])) for name, case in cases.items()}
        assert {name: pages for name, pages in counted.items() if pages[0] != pages[1]} == {}

    def test_it_bites(self, minimal):
        data = minimal(recipient={"organisation": "Boréal SARL", "address": minimal()["sender"]["address"]})
        case = rupture.load(data)
        style = f"body {{ transform: translate(0, {SLACK * 8}mm) }}"
        html = rupture.render(case, "html").decode().replace("</head>", f"<style>{style}</style></head>")
        assert _misplaced(case, rupture.render(case, "pdf")) == []
        assert _misplaced(case, weasyprint.HTML(string=html).write_pdf()) != []


#: A letter in French, one in English.
SAMPLES = (EXAMPLES[0], next(path for path in EXAMPLES if path.stem.endswith(".en")))
SCRIPT = """
import hashlib, json, sys
import rupture

told = {}
for path in sys.argv[1:]:
    case = rupture.load(path)
    for kind, more in (("pdf", {}), ("pdf", {"archive": True}), ("docx", {}), ("eml", {"attach": ["pdf", "docx"]})):
        told[f"{path} {kind} {more}"] = hashlib.sha256(rupture.render(case, kind, **more)).hexdigest()
print(json.dumps(told))
"""


class TestSameBytesElsewhere:
    """Another process, in another place on earth and another language, writes the same bytes a little later."""

    def test_two_processes(self, tmp_path):
        machines = (
            {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C"},
            {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8"},
        )
        told = []
        for number, machine in enumerate(machines):
            here = tmp_path / str(number)
            here.mkdir()
            ended = subprocess.run(
                [sys.executable, "-c", SCRIPT, *map(str, SAMPLES)],
                cwd=here,
                env=os.environ | machine,
                capture_output=True,
                text=True,
                check=True,
            )
            told.append(json.loads(ended.stdout))
        first, second = told
        assert {name for name in first if first[name] != second[name]} == set()
        assert first.keys() == second.keys()
        assert len(set(first.values())) == len(first) == 4 * len(SAMPLES)


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
