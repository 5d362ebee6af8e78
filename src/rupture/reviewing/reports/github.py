"""The findings as the commands with which a workflow's log on GitHub annotates lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.reviewing.findings import Finding, Findings

_KIND: Final = {"error": "error", "warning": "warning", "hint": "notice"}


def as_github(reviewed: Mapping[str, Findings]) -> str:
    """Return one command per finding; a waived one is a notice."""
    return "\n".join(_command(file, finding) for file, findings in reviewed.items() for finding in findings)


def _command(file: str, finding: Finding) -> str:
    kind = "notice" if finding.waived else _KIND[finding.severity]
    waived = f" (waived: {finding.waived})" if finding.waived else ""
    place = f"file={_property(file)},line={max(finding.line, 1)},col={max(finding.column, 1)}"
    text = _data(f"{finding.message} {finding.suggestion}{waived}")
    return f"::{kind} {place},title={_property(finding.code)}::{text}"


def _data(text: str) -> str:
    return text.strip().replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
