"""Languages, locales and countries are data: the code names none."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import rupture
from rupture.resources import toml
from rupture.resources.locales import languages, locales

SOURCE = Path(rupture.__file__).parent
COUNTRIES = set(toml.read(SOURCE / "language" / "postal.toml")) | set(toml.read(SOURCE / "law" / "law.toml"))
CODES = {*languages(), *locales(), *(name for name in COUNTRIES if re.fullmatch("[A-Z]{2}", name))}
WORDS = re.compile(r"\b(?:French|English|British|Canadian|Swiss|Belgian|français|anglais)\b")
#: What the code names all the same, and why.
ALLOWED = {
    ("resources/locales.py", "fr-FR"): "the locale of a command that is not given one",
    ("cli/rules.py", "en"): "the language in which the rules are listed, as all help is",
}


def named(source: str) -> list[str]:
    """Return the languages, locales and countries that code names, in docstrings and descriptions of keys apart."""
    tree = ast.parse(source)
    apart = {id(node) for keyword in ast.walk(tree) if isinstance(keyword, ast.keyword) for node in _said(keyword)}
    apart |= {id(node.body[0].value) for node in ast.walk(tree) if _documented(node)}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [
        node.value for node in strings if id(node) not in apart and (node.value in CODES or WORDS.search(node.value))
    ]


def _said(keyword: ast.keyword) -> list[ast.AST]:
    return list(ast.walk(keyword.value)) if keyword.arg in {"description", "help", "examples"} else []


def _documented(node: ast.AST) -> bool:
    holds = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body
    return bool(holds) and isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)


class TestNoLanguageInCode:
    """A language, a locale or a country is added in data alone."""

    def test_code_names_none(self):
        paths = [path for path in SOURCE.rglob("*.py") if not path.parent.name.startswith("_")]
        assert len(paths) > 80
        found = {
            (path.relative_to(SOURCE).as_posix(), name) for path in paths for name in named(path.read_text("utf-8"))
        }
        assert found - set(ALLOWED) == set()
        assert set(ALLOWED) - found == set(), "an exception that nobody needs any more"

    @pytest.mark.parametrize(
        ("planted", "seen"),
        [
            ('if locale == "en-GB": pass', ["en-GB"]),
            ('def f(language="fr"): pass', ["fr"]),
            ('MANNERS = {"CA": 1}', ["CA"]),
            ('raise ValueError("only in French")', ["only in French"]),
            ('"""As ``fr-FR``."""\nx = Field(description="tu belongs to French.", examples=["FR"])', []),
        ],
    )
    def test_the_scan_bites(self, planted, seen):
        assert named(planted) == seen
