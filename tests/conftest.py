"""Fixtures for every test: the examples, a case of each locale; and the profiles of Hypothesis."""

from __future__ import annotations

import copy
import os
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from reading import ROOT, plain_data
from validators import LEFT_OUT

import rupture
from rupture.composing.sentences import Sentences
from rupture.loading.starter import starter_case
from rupture.resources.locales import locales

if TYPE_CHECKING:
    from pathlib import Path

settings.register_profile("ci", deadline=None, max_examples=30, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

pytest_plugins = ("composed",)

EXAMPLES = tuple(sorted((ROOT / "examples").glob("*.yaml")))
LOCALES = tuple(locales())

_SERVICES = {"fr": "l'entretien de votre site", "en": "the upkeep of your website"}
_ADDRESS = {"lines": ["12 rue des Tanneurs"], "postcode": "69007", "town": "Lyon", "country": "FR"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write tests/golden from the examples.")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for ``example`` or ``locale`` once for each, unless it names its own."""
    named = " ".join(str(mark.args[0]) for mark in metafunc.definition.iter_markers("parametrize"))
    for name, values, ids in (("example", EXAMPLES, [path.stem for path in EXAMPLES]), ("locale", LOCALES, None)):
        if name in metafunc.fixturenames and name not in named:
            metafunc.parametrize(name, values, ids=ids)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name each tool that is not installed, with the number of tests left out for it."""
    reasons = [report.longrepr[2].partition(LEFT_OUT)[2] for report in terminalreporter.stats.get("skipped", ())]
    for reason, count in sorted(Counter(filter(None, reasons)).items()):
        terminalreporter.write_line(f"{LEFT_OUT}{reason}: {count} tests", yellow=True)


def _minimal(locale: str = "fr-FR", **more: object) -> dict:
    """Return the smallest case of that locale, with these keys added or replaced."""
    return copy.deepcopy(
        {
            "locale": locale,
            "date": "2026-11-20",
            "end": {"date": "2027-01-31"},
            "sender": {"name": "Atelier Nord", "signatories": [{"name": "Claire Martin"}], "address": _ADDRESS},
            "recipient": {"organisation": "Boréal SARL"},
            "relationship": {"service": _SERVICES.get(locale[:2], _SERVICES["en"])},
            **more,
        }
    )


@pytest.fixture
def minimal():
    """The smallest case of a locale, as a mapping: ``minimal("en-GB", place="Leeds")``."""
    return _minimal


@pytest.fixture
def written(tmp_path):
    """Write a case file, and return its path: ``written("place: Lyon")``."""

    def write(content: str | bytes, name: str = "case.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture(scope="session")
def starter():
    """The case that `rupture new` writes for a locale, as a mapping with every step."""

    def make(locale: str, *reasons: str) -> dict:
        return plain_data("starter.yaml", starter_case(locale, reasons, "schema.json", "starter.yaml"))

    return make


@pytest.fixture
def letter_of():
    """The composed letter of a mapping or of a file."""

    def make(source: dict | Path, **options: object) -> rupture.Letter:
        return rupture.compose(rupture.load(source), **options).letters[0]

    return make


@pytest.fixture(scope="module")
def first_wordings():
    """Of each sentence the first wording that suits: otherwise the words of the case choose one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sentences, "_turns", lambda _self, _item, names, _met: names)
        yield


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether the golden files are to be written instead of compared."""
    return bool(request.config.getoption("--update-golden"))
