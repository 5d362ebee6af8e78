"""The built-in templates: whose words are whose, and a sentence of every kind in every language."""

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
PLANNING = sorted((paths.PACKAGE / "planning").glob("*.py"))
REASONS = tuple(catalogue.reasons())
#: The names of wordings, in the order of a file.
NAMES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


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


def wordings_of(path: Path) -> list[str]:
    """Return the wordings of a sentence: those in turn, then those on request."""
    return re.findall(r"{%-?\s*block\s+(\w+)", path.read_text(encoding="utf-8"))


def is_in_order(wordings: list[str]) -> bool:
    """Return whether wordings are called one, two... and or_one, or_two..., each from the first on."""
    asked = [name.removeprefix("or_") for name in wordings if name.startswith("or_")]
    usual = [name for name in wordings if not name.startswith("or_")]
    return bool(usual) and all(names == list(NAMES[: len(names)]) for names in (usual, asked))


def parity_faults(root: Path) -> list[str]:
    """Return the files that one language has and another lacks; phrases shared by sentences are its own affair."""
    files = {
        folder.name: {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        for folder in root.iterdir()
        if (folder / "language.toml").is_file()
    }
    own = re.compile(r"review/.*|[\w-]+\.html")  # each language has its own rules of tone, and its own shared phrases
    shared = {name for names in files.values() for name in names if name == "letter.html" or not own.fullmatch(name)}
    return [f"{code}/{name} is missing" for code, names in files.items() for name in sorted(shared - names)]


class TestTemplates:
    """Templates keep whose words are whose, and every language has the same ones."""

    def test_no_words_lose_their_origin(self):
        lost = {str(path): words_lost_in(path.read_text(encoding="utf-8")) for path in EVERY}
        assert len(lost) > 80
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

    def test_languages_are_at_par(self):
        assert len(LANGUAGES) > 1
        assert parity_faults(TEMPLATES) == []

    def test_parity_bites(self, tmp_path):
        copy = shutil.copytree(TEMPLATES, tmp_path / "templates")
        (copy / "en" / "sentences" / "act.html").unlink()
        assert parity_faults(copy) == ["en/sentences/act.html is missing"]

    def test_wordings_are_numbered(self):
        found = {str(path): wordings_of(path) for path in EVERY if path.parent.name == "sentences"}
        assert len(found) > 80
        assert {path: names for path, names in found.items() if not is_in_order(names)} == {}

    def test_numbering_bites(self):
        assert is_in_order(["one", "two", "or_one"])
        assert not is_in_order(["one", "three"])
        assert not is_in_order(["or_one"])

    def test_every_reason_has_a_name(self):
        for code in LANGUAGES:
            assert set(languages.get(code).reasons) == set(REASONS)

    def test_every_label_of_the_plan_is_there(self):
        asked = {name for path in PLANNING for name in re.findall(r'":(\w+)"', path.read_text("utf-8"))}
        assert len(asked) > 3
        for code in LANGUAGES:
            assert set(languages.get(code).heads) == asked

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
