"""The findings as JSON for other programs, and the schema of that JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.reviewing.findings import Finding, Findings

#: Changes when programs that read the JSON have to change.
VERSION: Final = 1

_TEXT: Final = {"type": "string"}
_COUNT: Final = {"type": "integer", "minimum": 0}

REPORT_SCHEMA: Final[Mapping[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "What rupture check --format json prints",
    "type": "object",
    "required": ["version", "cases"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": VERSION, "description": "Changes when programs that read it have to change."},
        "cases": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["file", "held_back", "findings"],
                "additionalProperties": False,
                "properties": {
                    "file": _TEXT | {"description": "The case file, as named on the command line."},
                    "held_back": {"type": "boolean", "description": "Whether there is an error that is not waived."},
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
                "code": _TEXT | {"description": "What it is, such as step.missing; stable, for scripts and waivers."},
                "severity": {"enum": ["error", "warning", "hint"]},
                "message": _TEXT | {"description": "In the language of the letter, like suggestion, why and source."},
                "suggestion": _TEXT,
                "words": _TEXT | {"description": "What was found, word for word; may be empty."},
                "why": _TEXT,
                "source": _TEXT | {"description": "The article, the law or the practice that the rule comes from."},
                "path": _TEXT | {"description": "The case field, or the part of the letter."},
                "line": _COUNT | {"description": "From 1; 0 when unknown."},
                "column": _COUNT | {"description": "From 1; 0 when unknown."},
                "waived": _TEXT | {"description": "Why the sender lets it stand; empty when it is not waived."},
            },
        }
    },
}


def as_json(reviewed: Mapping[str, Findings]) -> str:
    """Return the findings of each case file as JSON, as described by `REPORT_SCHEMA`."""
    cases = [
        {"file": file, "held_back": bool(findings.errors), "findings": [_plain(finding) for finding in findings]}
        for file, findings in reviewed.items()
    ]
    return json.dumps({"version": VERSION, "cases": cases}, ensure_ascii=False, indent=2)


def _plain(finding: Finding) -> dict[str, str | int]:
    names = REPORT_SCHEMA["$defs"]["finding"]["properties"]
    return {name: getattr(finding, name) for name in names}
