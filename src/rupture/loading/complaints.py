"""What pydantic finds wrong with a case, as complaints to the person who wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import BaseModel

from rupture.case.field_path import FieldPath, shortened
from rupture.case.model import Case
from rupture.resources import toml
from rupture.resources.suggestions import did_you_mean

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from rupture.errors import Problem
    from rupture.loading.origin import Origin

#: The most complaints about one case.
MOST_PROBLEMS: Final = 100


def problems_of(error: ValidationError, data: Mapping[str, Any], origin: Origin) -> list[Problem]:
    """Return what is wrong with a case, one problem per field.

    Args:
        error: what pydantic raised.
        data: what it was to validate.
        origin: where the data come from.
    """
    details = error.errors(include_url=False)
    found: dict[str, Problem] = {}
    for each in details[:MOST_PROBLEMS]:
        if not _follows_from_others(each):
            problem = _problem(each, _path_of(each, data), origin)
            found[problem.path] = _joined(found.get(problem.path), problem)
    if len(details) > MOST_PROBLEMS:
        last = max(found.values(), key=lambda problem: (problem.line, problem.column))
        found[""] = replace(last, path="", message=f"and {len(details) - MOST_PROBLEMS} more problems")
    return list(found.values())


def _follows_from_others(error: ErrorDetails) -> bool:
    """Tell whether entries with complaints of their own made a list too short, or keys are not the word `none`."""
    if error["type"] == "literal_error":
        return isinstance(error["input"], Mapping | list | tuple)
    is_short = error["type"] == "too_short" and isinstance(error["input"], list | tuple)
    return is_short and len(error["input"]) >= error["ctx"]["min_length"]


def _joined(earlier: Problem | None, problem: Problem) -> Problem:
    if earlier is None or earlier.message == problem.message:
        return problem
    return replace(earlier, message=f"{earlier.message}; or {problem.message}")


def _path_of(error: ErrorDetails, data: object) -> FieldPath:
    """Return the part of pydantic's location that is a field: it also names the branches of a union."""
    ends_outside = error["type"] in {"missing", "extra_forbidden"}
    path = FieldPath()
    here: Any = data
    for index, step in enumerate(error["loc"]):
        entries = dict(enumerate(here)) if isinstance(here, list | tuple) else here
        if isinstance(entries, Mapping) and step in entries:
            here = entries[step]
        elif not (ends_outside and index == len(error["loc"]) - 1):
            continue
        path /= step
    return path


def _problem(error: ErrorDetails, path: FieldPath, origin: Origin) -> Problem:
    kind = error["type"]
    if kind == "missing":
        return origin.problem(path, f"missing{_described(path)}")
    if kind == "extra_forbidden":
        line, column = origin.keys.get(path, origin.place(path))
        return replace(origin.problem(path, _unknown_key(path)), line=line, column=column)
    explained = _described(path) if kind == "dict_type" else ""
    return origin.problem(path, f"{_message(error)}{explained}")


def _unknown_key(path: FieldPath) -> str:
    key, model = str(path.steps[-1]), _model_at(path.parent)
    if goes := _moved().get(model.__name__ if model else "", {}).get(key):
        return f"{key} is no longer a key; now: {goes}"
    known = list(_fields_of(model))
    hint = did_you_mean(key, known) or f"; known here: {', '.join(known)}"
    if " " in key:
        hint = ": a phrase with a comma or a colon in it stands in quotes"
    return f"unknown key {shortened(key)!r}{hint}"


@cache
def _moved() -> Mapping[str, Mapping[str, str]]:
    """Return where the keys of earlier versions went, by the part they would stand in."""
    return toml.read(Path(__file__).with_name("moved.toml"))


# ---------------------------------------------------------------- the words of a complaint


def _message(error: ErrorDetails) -> str:
    kind, value = error["type"], error["input"]
    context = error.get("ctx", {})
    found = shown(value)
    if kind == "value_error":
        return f"found {found}: {context['error']}" if isinstance(value, str) else str(context["error"])
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", context["expected"])
        return f"found {found}, expected {_either(choices)}{did_you_mean(str(value), choices)}"
    if kind == "too_short" and isinstance(value, str):
        kind = "string_too_short"
    if kind == "string_pattern_mismatch":
        return f"found {found}, expected {_PATTERNS.get(str(error['loc'][-1]), _PATTERNS[''])}"
    wanted = _WANTED.get(kind) or error["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
    return f"found {found}, expected {wanted.format(**context)}"


def _either(choices: list[str]) -> str:
    *first, last = choices
    return f"{', '.join(first)} or {last}" if first else last


_WANTED: Final = {
    "model_type": "keys of its own below it",
    "dict_type": "keys of its own below it",
    "model_attributes_type": "keys of its own below it",
    "tuple_type": "a list",
    "string_type": "a text",
    "date_type": "a full date, such as 2027-01-31",
    "too_long": "at most {max_length} entries",
    "too_short": "at least {min_length} entry",
    "string_too_short": "some text",
    "int_parsing": "a whole number",
    "int_parsing_size": "a smaller number",
    "decimal_max_digits": "an amount of fewer digits",
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "decimal_parsing": "an amount",
    "decimal_max_places": "an amount to the cent",
}
_PATTERNS: Final = {
    "at": "a time of day, such as 22:40",
    "colour": "a colour, such as #1f3d5c",
    "": "a country code of two capitals, such as FR",
}


def shown(value: object) -> str:
    """Return a value as a complaint shows it, shortened."""
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return f"keys ({', '.join(map(str, value))})"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    text = str(value)
    return repr(text if len(text) <= 60 else f"{text[:57]}...")  # noqa: PLR2004  what fits on a line


def _described(path: FieldPath) -> str:
    field = _fields_of(_model_at(path.parent)).get(str(path.steps[-1]))
    return f": {field.description}" if field and field.description else ""


# ---------------------------------------------------------------- the model of a field


def _model_at(path: FieldPath) -> type[BaseModel] | None:
    model: type[BaseModel] | None = Case
    for step in path.steps:
        if isinstance(step, str):
            field = _fields_of(model).get(step)
            model = _model_in(field.annotation) if field else None
    return model


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for inner in get_args(annotation) if (model := _model_in(inner))), None)


def _fields_of(model: type[BaseModel] | None) -> Mapping[str, Any]:
    """Return the fields of a part of a case by their keys in a file."""
    return {entry.alias or name: entry for name, entry in model.model_fields.items()} if model else {}
