"""The findings as text for a terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import click

from rupture.reviewing.findings import RANK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.reviewing.findings import Finding, Findings

_COLOURS: Final = {"error": "red", "warning": "yellow", "hint": "cyan"}


def as_text(reviewed: Mapping[str, Findings]) -> str:
    """Return the findings of each case file, and below them how many there are of each severity."""
    lines: list[str] = []
    for file, findings in reviewed.items():
        lines += [_finding(finding) for finding in findings]
        lines.append(f"{file}: {_summary(findings)}")
    return "\n".join(lines)


def _finding(finding: Finding) -> str:
    """Return a finding as up to four lines: its place and code, what was found, what to do, and why."""
    place = f"{finding.file}:{finding.line}:{finding.column}: " if finding.line else ""
    severity = click.style(finding.severity, fg=_COLOURS[finding.severity], bold=True)
    waived = f" (waived: {finding.waived})" if finding.waived else ""
    field = f" [{finding.path}]" if finding.path else ""
    source = f" ({finding.source})" if finding.source else ""
    lines = [f"{place}{severity} {click.style(finding.code, bold=True)}{field}{waived}", finding.message]
    lines += [f"> {finding.suggestion}"] if finding.suggestion else []
    lines += [click.style(f"{finding.why}{source}".strip(), dim=True)] if finding.why or source else []
    return "\n    ".join(lines)


def _summary(findings: Findings) -> str:
    counts = Counter("waived" if finding.waived else finding.severity for finding in findings)
    parts = [f"{counts[kind]} {kind}{'s' if counts[kind] > 1 else ''}" for kind in RANK if counts[kind]]
    parts += [f"{counts['waived']} waived"] if counts["waived"] else []
    return ", ".join(parts) or "no findings"
