"""The findings of a run of `rupture check`, for other programs: JSON, and the commands of GitHub's log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.reviewing.finding import Finding
    from rupture.reviewing.findings import Findings

#: Changes when a reader of the JSON would have to change.
VERSION: Final = 1

_GITHUB: Final = {"error": "error", "warning": "warning", "hint": "notice"}
_TEXT: Final = {"type": "string"}
_COUNT: Final = {"type": "integer", "minimum": 0}

REPORT_SCHEMA: Final[Mapping[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "What rupture check --format json prints",
    "type": "object",
    "required": ["version", "cases"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": VERSION, "description": "Changes when a reader would have to change."},
        "cases": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["file", "held_back", "findings"],
                "additionalProperties": False,
                "properties": {
                    "file": _TEXT | {"description": "The case file, as it was named."},
                    "held_back": {"type": "boolean", "description": "Whether an error stands that is not waived."},
                    "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
                },
            },
        },
    },
    "$defs": {
        "finding": {
            "type": "object",
            "required": ["code", "severity", "message", "suggestion", "words", "why", "source", "path", "line"],
            "additionalProperties": False,
            "properties": {
                "code": _TEXT | {"description": "What it is, as step.missing; stable, for scripts and waivers."},
                "severity": {"enum": ["error", "warning", "hint"]},
                "message": _TEXT | {"description": "In the language of the letter, as suggestion, why and source."},
                "suggestion": _TEXT,
                "words": _TEXT | {"description": "What was found, word for word; may be empty."},
                "why": _TEXT,
                "source": _TEXT | {"description": "The article, the law or the practice that the rule comes from."},
                "path": _TEXT | {"description": "The case field, or the step of the letter."},
                "line": _COUNT | {"description": "From 1; 0 when unknown."},
                "column": _COUNT | {"description": "From 1; 0 when unknown."},
                "waived": _TEXT | {"description": "Why the sender lets it stand; empty when nobody does."},
            },
        }
    },
}


def as_json(reviewed: Mapping[str, Findings]) -> str:
    """Return the findings of each case file as JSON, as `REPORT_SCHEMA` describes it."""
    cases = [
        {"file": file, "held_back": bool(findings.errors), "findings": [_plain(finding) for finding in findings]}
        for file, findings in reviewed.items()
    ]
    return json.dumps({"version": VERSION, "cases": cases}, ensure_ascii=False, indent=2)


def _plain(finding: Finding) -> dict[str, str | int]:
    names = REPORT_SCHEMA["$defs"]["finding"]["properties"]
    return {name: getattr(finding, name) for name in names}


def as_github(reviewed: Mapping[str, Findings]) -> str:
    """Return the findings as the commands by which a workflow's log marks lines; what is waived is a notice."""
    return "\n".join(_command(file, finding) for file, findings in reviewed.items() for finding in findings)


def _command(file: str, finding: Finding) -> str:
    kind = "notice" if finding.waived else _GITHUB[finding.severity]
    place = f"file={_property(file)},line={max(finding.line, 1)},col={max(finding.column, 1)}"
    waived = f" (waived: {finding.waived})" if finding.waived else ""
    return (
        f"::{kind} {place},title={_property(finding.code)}::{_data(f'{finding.message} {finding.suggestion}{waived}')}"
    )


def _data(text: str) -> str:
    return text.strip().replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
