"""Nothing that is not given: take a fact out of a case, and no sentence that needed it stays."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from reading import plain_data

import rupture
from conftest import EXAMPLES
from rupture.case.field_path import FieldPath
from rupture.composing.compose import sentences
from rupture.errors import CaseError
from rupture.planning.planner import plan

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What a letter tells of a case; the rest is its frame.
TELLING = (
    "end",
    "request",
    "meeting",
    "thanks",
    "reasons",
    "not_about",
    "matters",
    "money",
    "people",
    "regret",
    "wish",
)


def removable(data: dict[str, Any]) -> Iterator[FieldPath]:
    """Yield each entry of a list and each key below what a letter tells."""
    yield from (path for key in TELLING if key in data for path in _below(data[key], FieldPath((key,))))


def _below(value: object, path: FieldPath) -> Iterator[FieldPath]:
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in pairs:
        yield from _below(item, path / key)


def without(data: dict[str, Any], path: FieldPath) -> dict[str, Any]:
    """Return a copy of a case without one field."""
    left = copy.deepcopy(data)
    *before, last = path.steps
    here: Any = left
    for step in before:
        here = here[step]
    del here[last]
    return left


def said(data: dict[str, Any]) -> dict[str, str]:
    """Return the sentence of each item of a case's letter."""
    return {name: each.text for name, each in sentences(rupture.load(data)).items()}


@pytest.mark.parametrize("example", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_a_fact_taken_out(example):
    data = plain_data(str(example), example.read_text("utf-8"))
    before, items = said(data), {item.name: item for item in plan(rupture.load(data)).items}
    tried = 0
    for path in removable(data):
        try:
            after = set(said(without(data, path)).values())
        except CaseError:
            continue  # the case needs it
        needed = [name for name, item in items.items() if any(_is_in(path, source) for source in item.sources)]
        assert not {before[name] for name in needed} & after, path
        tried += 1
    assert tried > len(list(removable(data))) / 2


def _is_in(path: FieldPath, source: str) -> bool:
    """Return whether a field is another one or stands in it."""
    return path in FieldPath.parse(source).upwards()


@pytest.mark.parametrize("example", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_each_item_rests_on_what_is_there(example):
    case = rupture.load(example)
    for item in plan(case).items:
        for source in item.sources:
            value = FieldPath.parse(source).get(case)
            assert value not in (None, (), "", {}), (item.name, source)
