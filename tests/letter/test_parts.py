"""The table of parts: nothing in the code, the layouts and the style sheets names a part that it does not hold."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import rupture
from rupture.letter import parts
from rupture.letter.look import Look
from rupture.page import layouts
from rupture.resources import paths
from rupture.writing import html, stylesheet
from rupture.writing.docx import styles as docx

SOURCE = Path(rupture.__file__).parent
#: The classes of a style sheet that are not parts: the running head, fold marks, an e-mail, its foot, kinds of block.
OTHER_CLASSES = re.compile(r"running|fold|email|foot|letter-\d|dated|apart|account|total")


def spelled_out(source: str) -> list[str]:
    """Return the names of parts that code spells out instead of taking them from the table, but for paths of fields."""
    nodes = list(ast.walk(ast.parse(source)))
    calls = [node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "FieldPath"]
    fields = {id(inner) for path in calls for inner in ast.walk(path)}
    strings = [node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in fields]
    return [text for text in strings if isinstance(text, str) and text in parts.TABLE]


def undeclared(sheet: str) -> set[str]:
    """Return the classes of a style sheet that are neither parts nor one of the others."""
    found = set(re.findall(r"\.([a-z][\w-]*)(?=[^{}]*\{)", sheet))
    return {name for name in found if name not in parts.TABLE and not OTHER_CLASSES.fullmatch(name)}


class TestNames:
    """Whoever needs the name of a part takes it from the table."""

    def test_no_code_spells_one_out(self):
        folders = ("letter", "page", "composing", "reviewing", "writing")  # elsewhere, they are keys of a case
        seen = [path for folder in folders for path in (SOURCE / folder).rglob("*.py")]
        assert len(seen) > 50
        wrong = {path.name: spelled_out(path.read_text("utf-8")) for path in seen if path.name != "parts.py"}
        assert {name: found for name, found in wrong.items() if found} == {}

    def test_the_scan_of_code_bites(self):
        assert spelled_out('if part.name == "place-date": pass') == ["place-date"]
        assert spelled_out('FieldPath(("recipient", "person"))') == []

    def test_style_sheets_know_no_other(self, minimal):
        every = tuple(map(layouts.get, layouts.names()))
        look = Look(colour="#123456")
        page = html.write(rupture.compose(rupture.load(minimal()))).decode()
        screen = page.partition("<style>")[2].partition("</style>")[0]
        sheet = stylesheet.style_sheet(every, "compact", look) + screen
        assert {".sender", ".subject", ".annex"} <= set(re.findall(r"\.[a-z-]+", sheet))
        assert undeclared(sheet) == set()

    def test_the_scan_of_style_sheets_bites(self):
        assert undeclared(".letter-1 .sender { margin: 1.5mm }\n.adress p { margin: 0 }") == {"adress"}

    def test_every_part_has_a_named_style_of_its_own(self):
        assert len(set(docx.STYLES.values()) | {parts.BODY.style}) == len(parts.TABLE) + 1

    def test_other_parts_belong_to_the_body(self):
        assert parts.of("matters") is parts.BODY
        assert "matters" not in parts.TABLE

    def test_templates_write_every_part(self):
        around = {name.replace("-", "_") for name, entry in parts.TABLE.items() if not entry.planned}
        pages = list(paths.templates_root().glob("*/letter.html"))
        assert pages
        for page in pages:
            assert set(re.findall(r"{% block (\w+) %}", page.read_text("utf-8"))) == around


class TestLayouts:
    """A layout places every part once, and nothing else."""

    @pytest.fixture
    def planted(self, tmp_path):
        def plant(old: str, new: str) -> Path:
            source = (SOURCE / "page" / "national" / "fr-FR.toml").read_text("utf-8")
            assert old in source
            (tmp_path / "planted.toml").write_text(source.replace(old, new), "utf-8")
            return tmp_path / "planted.toml"

        return plant

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('"subject", ', '"subjet", ', "order: unknown part 'subjet'"),
            ("\nmention = [", "\nmentoin = [", "boxes: unknown part 'mentoin'"),
            ('right = ["place-date"', 'right = ["date"', "right: unknown part 'date'"),
            ('"subject", ', "", "missing: subject"),
            ('"subject", ', '"subject", "subject", ', "missing: none"),
        ],
    )
    def test_a_fault_is_named_with_its_file(self, planted, old, new, said):
        with pytest.raises(rupture.InputError, match=r"planted\.toml: ") as caught:
            layouts.read(planted(old, new))
        assert said in str(caught.value)

    def test_what_is_placed_well_is_read(self, planted):
        assert layouts.read(planted("210", "211")).page[0] == 211
