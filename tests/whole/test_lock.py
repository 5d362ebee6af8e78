"""The lock: what pyproject.toml asks for is pinned in requirements/, with hashes and without any address."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.version import Version
from reading import ROOT

FOLDER = ROOT / "requirements"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
BASE = PROJECT["project"]["dependencies"]
EVERY_EXTRA = [each for name, wanted in EXTRAS.items() if name != "all" for each in wanted]


def group(name):
    """The requirements of a dependency group and of those that it includes."""
    for each in PROJECT["dependency-groups"][name]:
        if isinstance(each, str):
            yield each
        else:
            yield from group(each["include-group"])


WANTED = {
    "dev": [*BASE, *EVERY_EXTRA, *group("build"), *group("dev")],
    "letter": [*BASE, *EXTRAS["merge"], *EXTRAS["holidays"], *group("build")],
    "soak": [*group("soak")],
    "lowest": [*BASE, *EVERY_EXTRA, *group("versions")],
}


def locked(name):
    """The text of a lock, and the versions it has of each distribution."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    versions = {}
    for distribution, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE):
        versions.setdefault(distribution, []).append(Version(version))
    return text, versions


def missing(wanted, versions):
    """The requirements that no version of the lock fulfils."""
    return [
        each
        for each in wanted
        if not any(Requirement(each).specifier.contains(version) for version in versions.get(name_of(each), ()))
    ]


def name_of(requirement):
    return re.sub(r"[-_.]+", "-", Requirement(requirement).name).lower()


@pytest.mark.parametrize("name", WANTED)
class TestLock:
    """`make lock` was run after the last change to pyproject.toml."""

    def test_has_what_is_wanted(self, name):
        versions = locked(name)[1]
        assert WANTED[name]
        assert missing(WANTED[name], versions) == []
        assert missing(["click>=999", "no-such-distribution"], versions) == ["click>=999", "no-such-distribution"]

    def test_hashes_and_no_address(self, name):
        text, versions = locked(name)
        pins = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
        assert len(pins) == sum(map(len, versions.values()))
        assert [pin for pin in pins if "--hash=sha256:" not in pin] == []
        assert "://" not in text


class TestTogether:
    """The locks agree, and the lowest is the lowest."""

    def test_same_versions(self):
        letter, dev = locked("letter")[1], locked("dev")[1]
        assert {name: versions for name, versions in letter.items() if dev.get(name) != versions} == {}

    def test_lowest(self):
        versions = locked("lowest")[1]
        for each in map(Requirement, [*BASE, *EVERY_EXTRA]):
            (bound,) = (Version(part.version) for part in each.specifier if part.operator == ">=")
            assert versions[name_of(str(each))] == [bound], each
