"""A locale, a language, a reason, a message and a page that are added as CONTRIBUTING says: in data alone."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import rupture
from rupture.resources.paths import templates_root

#: The locale that is planted, as one table of its language.
FR_LU = """
[locales.fr-LU]
currency = "EUR"
starter = { town = "Luxembourg", address = 'postcode: "1648", town: Luxembourg, country: LU' }
layout = "fr-BE"
subject_label = "Concerne : "
"""
#: The language that is planted: English under another code, with one word of its own.
LOCALES = {"en-US": "nl-NL", "en-GB": "nl-BE", "en-CA": "nl-LU"}
MARKED = "Geachte "

CASE = {
    "date": "2026-11-20",
    "end": {"date": "2027-01-31"},
    "place": "Luxembourg",
    "sender": {
        "name": "Atelier Nord",
        "signatories": [{"name": "Claire Martin"}],
        "email": "claire@atelier.example",
        "address": {"lines": ["1 rue Neuve"], "postcode": "1648", "town": "Luxembourg", "country": "LU"},
    },
    "recipient": {"organisation": "Boréal", "person": {"name": "Anne Petit", "title": "ms"}},
    "relationship": {"service": {"fr": "l'entretien de votre site", "nl": "the upkeep of your website"}},
    "reasons": [
        {
            "did": {"fr": "vous demander vos textes", "nl": "ask you for the texts"},
            "on": "2026-10-06",
            "reason": "late-feedback",
        }
    ],
    "money": [{"what": {"fr": "la facture A-1", "nl": "invoice A-1"}, "amount": "1250", "due": "2026-12-31"}],
    "paper": {"layout": "planted"},
}

PROGRAM = """
import json, sys, rupture
from rupture.loading.starter import starter_case
told = {}
for locale, twin in (("fr-LU", None), ("nl-NL", None), ("fr-LU", "nl-NL"), ("nl-BE", "fr-LU")):
    data = json.loads(sys.argv[1]) | {"locale": locale} | ({"twin": twin} if twin else {})
    case = rupture.load(data)
    document = rupture.compose(case)
    told[f"{locale} {twin}"] = {
        "text": str(document),
        "layout": document.letters[0].layout,
        "subjects": [letter.subject for letter in document.letters],
        "findings": [finding.code for finding in rupture.review(case)],
        "formats": {kind: len(rupture.render(case, kind)) for kind in ("txt", "html", "docx", "pdf", "eml")},
        "starter": starter_case(locale, [], "s.json", "case.yaml"),
        "advice": str(rupture.assess({"locale": locale, "signals": {"late-payment": "repeated"}})),
        "typed": [finding.code for finding in rupture.review_text("You are a liar.", locale)],
    }
case = rupture.load(json.loads(sys.argv[1]) | {"locale": "fr-LU", "message": "farewell", "paper": None})
told["message"] = {"text": str(rupture.compose(case)), "layout": rupture.compose(case).letters[0].layout}
told["message"]["findings"] = [finding.code for finding in rupture.review(case)]
told["message"]["starter"] = starter_case("nl-NL", ["late-feedback"], "s.json", "case.yaml", message="farewell")
told["where"] = rupture.__file__
print(json.dumps(told))
"""


def plant_locale(templates: Path) -> None:
    """Add fr-LU: the table of fr-FR under another name, with its own town, page and label."""
    path = templates / "fr" / "language.toml"
    source = path.read_text("utf-8")
    tables = re.findall(r"(?ms)^\[locales\.fr-FR\b.*?(?=^\[|\Z)", source)
    assert len(tables) > 1
    first, *others = (table.replace("fr-FR", "fr-LU") for table in tables)
    kept = [
        line
        for line in first.splitlines()
        if not line.startswith(("[", "currency", "starter", "layout", "subject_label"))
    ]
    path.write_text("\n".join([source, FR_LU.strip(), *kept, "", *others]), "utf-8")


def plant_language(templates: Path) -> None:
    """Add a language: every file of English, with its code, its locales and one word changed."""
    folder = shutil.copytree(templates / "en", templates / "nl")
    for path in folder.rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8").replace('"en/', '"nl/').replace('name = "English"', 'name = "Nederlands"')
            for old, new in LOCALES.items():
                text = text.replace(old, new).replace(f'layout = "{new}"', f'layout = "{old}"')
            path.write_text(text.replace("Dear ", MARKED), "utf-8")


def plant_reason(package: Path) -> None:
    """Add a reason: one entry of the catalogue, and one name in each language."""
    path = package / "case" / "reasons.toml"
    entry = path.read_text("utf-8").partition("[unresponsive]")[2].partition("\n\n")[0]
    path.write_text(f"{path.read_text('utf-8')}\n[late-feedback]{entry}\n", "utf-8")
    for names in package.glob("templates/*/reasons.toml"):
        name = re.search(r"(?m)^unresponsive.*$", names.read_text("utf-8"))[0]
        names.write_text(f"{names.read_text('utf-8')}\n{name.replace('unresponsive', 'late-feedback')}\n", "utf-8")


def plant_message(package: Path) -> None:
    """Add a message: what it needs in one entry, one sentence and one starter in each language."""
    path = package / "case" / "messages.toml"
    path.write_text(path.read_text("utf-8") + '\n[farewell]\nneeds = []\nsource = "practice"\n', "utf-8")
    for folder in package.glob("templates/*"):
        (folder / "sentences" / "farewell.html").write_text("{% block one %}planted: a word{% endblock %}", "utf-8")
        (folder / "starter" / "farewell.yaml").write_text("relationship: {service: x}\n\n$reasons\n", "utf-8")


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict:
    """What a copy of the package with the planted data, laid out like a wheel, makes of the case."""
    root = tmp_path_factory.mktemp("planted")
    source = Path(rupture.__file__).parent
    shutil.copytree(source, root / "rupture", ignore=shutil.ignore_patterns("__pycache__"))
    templates = shutil.copytree(templates_root(), root / "rupture" / "templates", dirs_exist_ok=True)
    plant_locale(templates)
    plant_language(templates)
    plant_reason(root / "rupture")
    plant_message(root / "rupture")
    pages = root / "rupture" / "page" / "national"
    shutil.copy(pages / "fr-BE.toml", pages / "planted.toml")
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(CASE)],
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    found = json.loads(ended.stdout)
    assert found.pop("where").startswith(str(root))
    return found


class TestPlanted:
    """A locale is one table, a language one folder: every letter, twin, review and format then knows them."""

    def test_locale(self, told):
        letter = told["fr-LU None"]
        assert "Concerne" in letter["text"]
        assert "1\u202f250\u00a0€" in letter["text"]
        assert letter["subjects"] == ["Fin de l’entretien de votre site le 31 janvier 2027"]
        assert "Luxembourg" in letter["starter"]

    def test_language(self, told):
        letter = told["nl-NL None"]
        assert MARKED in letter["text"]
        assert "Dear" not in letter["text"]
        assert "the upkeep of your website" in letter["text"]
        assert "locale: nl-NL" in letter["starter"]
        assert letter["typed"]

    @pytest.mark.parametrize("pair", ["fr-LU nl-NL", "nl-BE fr-LU"])
    def test_twins(self, told, pair):
        letters = told[pair]
        assert MARKED in letters["text"]
        assert "l’entretien de votre site" in letters["text"]
        assert "the upkeep of your website" in letters["text"]
        assert len(letters["subjects"]) == 2

    def test_every_format_is_written_and_every_review_is_made(self, told):
        letters = [letter for name, letter in told.items() if name != "message"]
        assert len(letters) == 4
        for letter in letters:
            assert min(letter["formats"].values()) > 400
            assert not [code for code in letter["findings"] if code.startswith(("language", "text"))]
            assert letter["advice"]

    def test_reason_and_page(self, told):
        assert "vos textes" in told["fr-LU None"]["text"]
        assert "the texts" in told["nl-NL None"]["text"]
        assert told["fr-LU None"]["layout"] == "planted"

    def test_message(self, told):
        message = told["message"]
        assert "Planted : a word." in message["text"].replace("\u00a0", " ")
        assert message["layout"] == "fr-BE"
        assert "message: farewell" in message["starter"]
        assert "reason: late-feedback" in message["starter"]
