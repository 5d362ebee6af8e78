"""YAML and JSON to plain data whose scalars stay text, with the place of each field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from rupture.case.cleaning import first_forbidden, strip_invisible
from rupture.case.field_path import DEEPEST, LONGEST_KEY, TOP, FieldPath
from rupture.errors import CaseError, Problem
from rupture.loading.origin import Origin

if TYPE_CHECKING:
    from rupture.loading.origin import Place

_Parser: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(name: str, text: str) -> tuple[dict[str, Any], Origin]:
    """Read the text of a case file into plain data, and where each field stands.

    Args:
        name: the file, for complaints; ``.json`` reads JSON.
        text: its content.

    Raises:
        CaseError: it is not a mapping in YAML or JSON, or uses what a case file must not.
    """
    is_json = name.endswith(".json") or text.lstrip()[:1] == "{"
    _refuse_control_characters(name, text)
    if is_json:
        text = _as_yaml(text)
    reader = _Reader(name, text, is_json=is_json)
    try:
        data = reader.read()
    except yaml.YAMLError as error:
        _raise_if_too_deep(name, text, error, is_json=is_json)
        raise CaseError([_syntax_problem(name, error, "JSON" if is_json else "YAML")]) from None
    return data, Origin(name, reader.places, reader.keys, tuple(reader.notes))


def _refuse_control_characters(name: str, text: str) -> None:
    if (position := first_forbidden(text)) >= 0:
        line, column = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
        message = f"control character U+{ord(text[position]):04X}: remove it"
        raise CaseError([Problem("", message, name, line, column)])


_PAIR: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)


def _as_yaml(text: str) -> str:
    """Rewrite the two things of JSON that YAML reads otherwise: tabs, and characters in two halves."""

    def joined(match: re.Match[str]) -> str:
        point = 0x10000 + ((int(match[2], 16) - 0xD800) << 10) + int(match[3], 16) - 0xDC00
        return f"{match[1]}\\U{point:08x}"

    return _PAIR.sub(joined, text.replace("\t", " "))  # inside JSON strings a tab is always written \t


class _TooDeepError(CaseError):
    """The value nests deeper than a case file may."""


def _raise_if_too_deep(name: str, text: str, error: yaml.YAMLError, *, is_json: bool) -> None:
    """Raise a complaint with its field if the text before a syntax error nests too deep.

    The parser looks ahead, so its own depth limit (1,000 brackets in PyYAML 6.0.4) can come before ours.
    """
    mark = getattr(error, "problem_mark", None)
    try:
        _Reader(name, text[: mark.index if mark else None], is_json=is_json).read()
    except _TooDeepError:
        raise
    except (yaml.YAMLError, CaseError):
        return


def _syntax_problem(name: str, error: yaml.YAMLError, kind: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or str(error)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    hint = next((hint for words, hint in _HINTS.items() if words in what), "")
    return Problem("", f"not readable as {kind}: {what}{hint}", name, line, column)


_QUOTES: Final = "; put a value with a colon, a comma, a bracket or an apostrophe in double quotes"
_LOOK: Final = "; look for a quote that ends too early, or a line indented unlike its neighbours"
#: What to do, by words of PyYAML.
_HINTS: Final = {
    "mapping values are not allowed": _QUOTES,
    "did not find expected ',' or": _QUOTES,
    "expected ',' or": _QUOTES,
    "did not find expected key": _LOOK,
    "expected <block end>": _LOOK,
    "cannot start any token": "; put the value in double quotes",
}


class _Reader:
    """Builds plain data from YAML events; anchors, aliases and tags are refused."""

    def __init__(self, file: str, text: str, *, is_json: bool) -> None:
        self._file = file
        self._lines = text.splitlines()
        self._is_json = is_json
        self._loader = _Parser(text)
        self.places: dict[FieldPath, Place] = {}
        self.keys: dict[FieldPath, Place] = {}
        self.notes: list[Problem] = []
        self.cut: list[Problem] = []

    def read(self) -> dict[str, Any]:
        try:
            self._take(yaml.StreamStartEvent)
            if self._loader.check_event(yaml.StreamEndEvent):
                raise self._error(None, "the file is empty")
            start = self._take(yaml.DocumentStartEvent)
            data = self._value(TOP)
            self._take(yaml.DocumentEndEvent)
            if not self._loader.check_event(yaml.StreamEndEvent):
                raise self._error(self._loader.peek_event(), "a second document begins here: one case per file")
        finally:
            self._loader.dispose()
        if not isinstance(data, dict):
            raise self._error(start, "expected keys such as locale: and sender:, found something else")
        if self.cut:
            raise CaseError(self.cut)
        return data

    def _take(self, kind: type[yaml.Event]) -> yaml.Event:
        event = self._loader.get_event()
        if not isinstance(event, kind):
            raise self._error(event, "not a case file")
        return event

    def _value(self, path: FieldPath) -> Any:  # noqa: ANN401  text, list or mapping
        event = self._loader.get_event()
        self.places[path] = _start(event)
        self._refuse(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, braces=bool(event.flow_style))
        return self._scalar(event, path)

    def _refuse(self, event: yaml.Event, path: FieldPath) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._error(event, "anchors and aliases (& and *) are not used here: write the value out", path)
        if tag := getattr(event, "tag", None):
            raise self._error(event, f"tags such as {tag} are not used here: remove it", path)
        if len(path.steps) > DEEPEST:
            raise _TooDeepError(self._error(event, f"nested more than {DEEPEST} levels deep", path).problems)

    def _list(self, path: FieldPath) -> list[Any]:
        items: list[Any] = []
        while not self._loader.check_event(yaml.SequenceEndEvent):
            items.append(self._value(path / len(items)))
        self._loader.get_event()
        return items

    def _mapping(self, path: FieldPath, *, braces: bool) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not self._loader.check_event(yaml.MappingEndEvent):
            event = self._loader.get_event()
            key = self._key(event, path)
            below = path / key
            if key in data:
                raise self._error(event, f"the key {key!r} stands here twice", below)
            if braces and not self._is_json and self._is_cut(event):
                self._refuse_cut(event, data, below)
            data[key] = self._value(below)
            self.keys[below] = _start(event)
        self._loader.get_event()
        return data

    def _is_cut(self, event: yaml.Event) -> bool:
        """Tell whether a key in braces has no colon: it is the rest of a phrase that a comma has cut."""
        value = self._loader.peek_event()
        empty = isinstance(value, yaml.ScalarEvent) and not value.value and not value.style
        return empty and _start(value) == _end(event)

    def _refuse_cut(self, event: yaml.Event, data: dict[str, Any], path: FieldPath) -> None:
        key, rest = (list(data) or [""])[-1], path.steps[-1]
        phrase = f'{key}: "{data[key]}, {rest}"' if isinstance(data.get(key), str) else "the whole phrase"
        message = f"in braces the comma before {rest!r} ends the value: put the phrase in quotes, {phrase}"
        self.cut.append(Problem(str(path), message, self._file, *_start(event)))

    def _key(self, event: yaml.Event, path: FieldPath) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise self._error(event, "a key must be a plain word", path)
        key: str = event.value
        if len(key) > LONGEST_KEY:
            raise self._error(event, f"a key of {len(key)} characters (at most {LONGEST_KEY})", path)
        return key

    def _scalar(self, event: yaml.ScalarEvent, path: FieldPath) -> str | None:
        value: str = event.value
        plain = event.style is None or event.style == ""
        if plain and value in {"", "~", "null"}:
            return None
        if self._is_json:
            if plain and value in {"NaN", "Infinity", "-Infinity"}:
                raise self._error(event, f"{value} is not a number that a case can hold", path)
        elif plain:
            self._note_comment(event, path)
        if strip_invisible(value) != value:
            self._note(event, path, "invisible characters were removed")
        return value.strip("\n") if event.style in {"|", ">"} else value

    def _note_comment(self, event: yaml.ScalarEvent, path: FieldPath) -> None:
        end = event.end_mark
        if end and end.line < len(self._lines):
            rest = self._lines[end.line][end.column :]
            if re.match(r"\s+#[^\s!]", rest):
                self._note(event, path, f"{rest.strip()!r} was read as a comment: put the value in quotes to keep it")

    def _note(self, event: yaml.Event, path: FieldPath, message: str) -> None:
        self.notes.append(Problem(str(path), message, self._file, *_start(event)))

    def _error(self, event: yaml.Event | None, message: str, path: FieldPath = TOP) -> CaseError:
        return CaseError([Problem(str(path), message, self._file, *_start(event))])


def _start(event: yaml.Event | None) -> Place:
    mark = event.start_mark if event else None
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _end(event: yaml.Event) -> Place:
    mark = event.end_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
