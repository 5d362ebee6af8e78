"""The schema of a case file, as an editor uses it: every key explained, and every case of ours valid."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

import pytest
import yaml
from fields import schema
from jsonschema import Draft202012Validator
from reading import ROOT

from conftest import EXAMPLES, LOCALES
from rupture.case import catalogue
from rupture.loading.starter import starter_case

#: The most keys of the model, every property of the schema counted.
MOST_KEYS = 140


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as an editor does: numbers are numbers, dates are text, and only true and false are booleans."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool", ":int"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(true|false)$"), list("tf"))
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("[-+]?[0-9]+$"), list("-+0123456789"))
EditorLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))


def _dated(value):
    """Return data whose dates are text again."""
    if isinstance(value, dict):
        return {key: _dated(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_dated(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def readings(text: str) -> list:
    """Return what two editors make of a file: one with the types of YAML 1.2, one that knows dates too."""
    dates = type("Dates", (EditorLoader,), {})
    dates.add_implicit_resolver("tag:yaml.org,2002:timestamp", re.compile(r"\d{4}-\d{2}-\d{2}$"), list("0123456789"))
    return [yaml.load(text, EditorLoader), _dated(yaml.load(text, dates))]  # noqa: S506  both are safe loaders


@cache
def whole() -> Draft202012Validator:
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema())


@cache
def fragment() -> Draft202012Validator:
    return Draft202012Validator({key: value for key, value in schema().items() if key != "required"})


def faults(validator: Draft202012Validator, data: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]


def resolved(node: dict) -> dict:
    return schema()["$defs"][node["$ref"].rpartition("/")[2]] | node if "$ref" in node else node


def branches(node: dict) -> list[dict]:
    node = resolved(node)
    inner = [*node.get("anyOf", ()), *node.get("oneOf", ()), *([node["items"]] if "items" in node else ())]
    return [node, *(each for branch in inner for each in branches(branch))]


def parts() -> dict[str, dict]:
    """Return every part of a case with keys of its own, by its name."""
    named = {"Case": schema(), **schema()["$defs"]}
    return {name: each for name, node in named.items() for each in branches(node) if "properties" in each}


def properties() -> dict[str, dict]:
    """Return every property of the schema by its name."""
    return {f"{part}.{key}": node for part, each in parts().items() for key, node in each["properties"].items()}


def is_illustrated(node: dict) -> bool:
    """Return whether a property has an example or lists what it may be, or has keys of its own."""
    wanted = {"examples", "enum", "const", "properties"}
    return any(wanted & set(branch) or branch.get("type") == "boolean" for branch in branches(node))


BLOCKS = {
    f"{path.relative_to(ROOT)} {number}": block
    for path in [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]
    for number, block in enumerate(
        re.findall(r"^```ya?ml\n(.*?)^```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    )
}


class TestKeys:
    """The model has few keys, and each of them is explained."""

    def test_few(self):
        assert 100 < len(properties()) <= MOST_KEYS

    @pytest.mark.parametrize("name", properties())
    def test_explained(self, name):
        node = properties()[name]
        assert any(branch.get("description") for branch in branches(node)), name
        assert is_illustrated(node), name

    @pytest.mark.parametrize("name", properties())
    def test_its_examples_are_valid(self, name):
        node = properties()[name]
        validator = whole().evolve(schema={**node, "$defs": schema()["$defs"]})
        for branch in branches(node):
            for example in branch.get("examples", ()) if branch is resolved(node) else ():
                assert not faults(validator, example)


class TestCases:
    """Every case of ours is valid as an editor reads it."""

    @pytest.mark.parametrize("path", [*EXAMPLES, *sorted((ROOT / "examples/refused").glob("*.yaml"))], ids=str)
    def test_examples(self, path):
        for data in readings(path.read_text("utf-8")):
            assert faults(whole(), data) == []

    @pytest.mark.parametrize("message", catalogue.messages())
    @pytest.mark.parametrize("locale", LOCALES)
    def test_starters(self, locale, message):
        text = starter_case(locale, (), "s.json", "case.yaml", message=message)
        assert [faults(whole(), data) for data in readings(text)] == [[], []]

    @pytest.mark.parametrize("locale", ["en-GB", "fr-FR"])
    def test_reasons(self, locale):
        for slug in catalogue.reasons():
            text = starter_case(locale, [slug], "s.json", "case.yaml")
            assert faults(whole(), readings(text)[0]) == []

    @pytest.mark.parametrize("name", BLOCKS)
    def test_blocks_of_the_documentation(self, name):
        for data in readings(BLOCKS[name]):
            if isinstance(data, dict) and set(data) & set(schema()["properties"]) and "signals" not in data:
                assert faults(fragment(), data) == []

    def test_a_planted_fault_is_seen(self):
        text = EXAMPLES[0].read_text("utf-8").replace("delivery:", "delivry:")
        assert faults(whole(), readings(text)[0])
