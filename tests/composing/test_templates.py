"""The built-in templates: whose words are whose, and the same files and blocks in every language."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment, nodes

from rupture.case import catalogue
from rupture.language import languages
from rupture.resources import locales, paths

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATES = paths.templates_root()
EVERY = sorted(TEMPLATES.rglob("*.html"))
LANGUAGES = locales.languages()
REASONS = tuple(catalogue.reasons())
#: Blocks that a reason's template may have: its own wording in one message, and a wish.
OPTIONAL = {message.replace("-", "_") for message in catalogue.messages()} | {"wish"}


def slugs_in(source: str) -> list[str]:
    """Return the reasons that a template names."""
    tree = Environment(autoescape=True).parse(source)
    return [node.value for node in tree.find_all(nodes.Const) if node.value in REASONS]


def locales_asked_in(source: str) -> list[int]:
    """Return the lines on which a template looks at the name of the locale."""
    tree = Environment(autoescape=True).parse(source)
    return [node.lineno for node in tree.find_all(nodes.Name) if node.name == "locale"]


def words_lost_in(source: str) -> list[tuple[int, str]]:
    """Return each place of a template that would lose the origin of words: ``~`` and the filter ``join``."""
    found = []
    before = ""
    for line, kind, value in Environment(autoescape=True).lex(source):
        if kind == "whitespace":
            continue
        if (kind == "operator" and value == "~") or (kind == "name" and value == "join" and before == "|"):
            found.append((line, value))
        before = value
    return found


def blocks_of(path: Path) -> set[str]:
    return set(re.findall(r"{%-?\s*block\s+(\w+)", path.read_text(encoding="utf-8")))


def parity_faults(root: Path) -> list[str]:
    """Return what one language has and another lacks: files, and blocks of a file."""
    files = {
        folder.name: {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        for folder in root.iterdir()
        if (folder / "language.toml").is_file()
    }
    shared = {name for names in files.values() for name in names if name not in PARTIALS}
    shared = {name for name in shared if not name.startswith("review/")}  # each language has its own rules of tone
    faults = [f"{code}/{name} is missing" for code, names in files.items() for name in sorted(shared - names)]
    for name in sorted(shared):
        blocks = {
            code: blocks_of(root / code / name) - OPTIONAL
            for code, names in files.items()
            if name in names and name.endswith(".html")
        }
        everywhere = set().union(*blocks.values())
        faults += [
            f"{code}/{name}: no block {lack}" for code, has in blocks.items() for lack in sorted(everywhere - has)
        ]
    return faults


#: Files that only some languages need, because another template of the same language includes them.
PARTIALS = {"salutation.html"}


class TestTemplates:
    """Templates keep whose words are whose, and every language has the same ones."""

    def test_no_words_lose_their_origin(self):
        lost = {str(path): words_lost_in(path.read_text(encoding="utf-8")) for path in EVERY}
        assert len(lost) > 100
        assert {path: found for path, found in lost.items() if found} == {}

    @pytest.mark.parametrize(
        ("source", "found"),
        [
            ("{{ a ~ b }}", [(1, "~")]),
            ("\n{{ names | join(', ') }}", [(2, "join")]),
            ("{% set x = names|join %}", [(1, "join")]),
            ("{# a ~ b | join #} ~ | join", []),
        ],
    )
    def test_the_scan_bites(self, source, found):
        assert words_lost_in(source) == found

    def test_partials_are_included(self):
        for name in PARTIALS:
            holders = list(TEMPLATES.glob(f"*/{name}"))
            assert holders
            for path in holders:
                included = f'include "{path.parent.name}/{name}"'
                assert any(included in other.read_text(encoding="utf-8") for other in path.parent.glob("*.html"))

    def test_languages_are_at_par(self):
        assert len(LANGUAGES) > 1
        assert parity_faults(TEMPLATES) == []

    def test_parity_bites(self, tmp_path):
        copy = shutil.copytree(TEMPLATES, tmp_path / "templates")
        (copy / "en" / "reasons" / "scope-creep.html").unlink()
        late = copy / "fr" / "reasons" / "late-payment.html"
        late.write_text(late.read_text(encoding="utf-8").replace("block misfit", "block other"), encoding="utf-8")
        assert set(parity_faults(copy)) == {
            "en/reasons/scope-creep.html is missing",
            "fr/reasons/late-payment.html: no block misfit",
            "en/reasons/late-payment.html: no block other",
        }

    def test_every_reason_has_its_template_and_blocks(self):
        for code in LANGUAGES:
            there = {path.stem for path in (TEMPLATES / code / "reasons").glob("*.html")}
            assert there == {*REASONS, "what"}
            for reason in REASONS:
                blocks = blocks_of(TEMPLATES / code / "reasons" / f"{reason}.html")
                assert blocks - OPTIONAL == {"facts", "intro", "item", "principle", "misfit", "neutral"}

    def test_none_names_a_reason(self):
        named = {str(path): slugs_in(path.read_text("utf-8")) for path in EVERY}
        assert {path: found for path, found in named.items() if found} == {}

    def test_none_asks_for_its_locale(self):
        asked = {str(path): locales_asked_in(path.read_text("utf-8")) for path in EVERY}
        assert {path: found for path, found in asked.items() if found} == {}

    def test_locales_of_a_language_have_the_same_labels_and_habits(self):
        for code in LANGUAGES:
            language = languages.get(code)
            assert len(language.labels) > 1
            for kind in (language.labels, language.habits):
                assert len({tuple(sorted(names)) for names in kind.values()}) == 1, code

    def test_the_scans_for_names_bite(self):
        assert slugs_in('{% if reason.slug in ("closure", "x") %}the ethics of closure{% endif %}') == ["closure"]
        assert locales_asked_in('<p>\n{{ "on" if locale == "en-GB" else "at" }} the locale</p>') == [2]
