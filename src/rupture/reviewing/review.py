"""The review of a case and its letter: every rule is asked, and what it sees gets its words and its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rupture.case.field_path import FieldPath
from rupture.case.written import Notice
from rupture.language import languages, typography
from rupture.reviewing import rulefiles
from rupture.reviewing.finding import Finding
from rupture.reviewing.findings import Findings
from rupture.reviewing.rules import address, dates, law, steps, style
from rupture.reviewing.wording import review_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rupture.case.model import Case
    from rupture.letter.tree import Document
    from rupture.reviewing.observation import Observation, Rule, Value

RULES: Final[tuple[Rule, ...]] = (*steps.RULES, *dates.RULES, *law.RULES, *style.RULES, *address.RULES)


def review(case: Case, document: Document, folder: Path | None = None) -> Findings:
    """Return what to look at before the letter is sent.

    Args:
        case: the facts.
        document: the letter composed from them.
        folder: of templates of your own, whose ``review.toml`` counts too.

    Raises:
        TemplateError: a rule file cannot be used.
    """
    texts = rulefiles.review_texts(case.language)
    seen = (_finding(each, texts[each.code], case) for rule in RULES for each in rule(case, document))
    found = [*seen, *review_words(case, document, folder)]
    return Findings(_waived(case, [_placed(finding, case) for finding in found]), document)


def _finding(seen: Observation, text: Mapping[str, str], case: Case) -> Finding:
    said = {name: _said(value, case) for name, value in seen.values.items()}
    return Finding(
        code=seen.code,
        severity=seen.severity,
        message=text["message"].format(**said),
        suggestion=text["suggestion"].format(**said),
        words=seen.words,
        why=text.get("why", ""),
        source=seen.source or text.get("source", ""),
        path=seen.path,
    )


def _said(value: Value, case: Case) -> str:
    language = languages.get(case.language)
    if isinstance(value, Notice):
        one, many = language.words["units"][value.unit]
        return f"{value.count} {one if value.count == 1 else many}"
    return str(value) if isinstance(value, str | int) else typography.date_text(value, language.styles[case.locale])


def _placed(finding: Finding, case: Case) -> Finding:
    origin = case._origin  # noqa: SLF001  kept private so that equal cases stay equal
    line, column = origin.place(FieldPath.parse(finding.path)) if origin else (0, 0)
    return replace(finding, file=origin.file if origin else "", line=line, column=column)


def _waived(case: Case, findings: list[Finding]) -> Iterator[Finding]:
    """Mark what the sender lets stand, and remark on a waiver that nothing needs."""
    because = {waiver.code: waiver.because for waiver in case.waive}
    yield from (replace(finding, waived=because.get(finding.code, "")) for finding in findings)
    text = rulefiles.review_texts(case.language)["waiver.unused"]
    for index, waiver in enumerate(case.waive):
        if all(finding.code != waiver.code for finding in findings):
            message = text["message"].format(code=waiver.code)
            unused = Finding("waiver.unused", "hint", message, text["suggestion"], path=f"waive[{index}]")
            yield _placed(unused, case)
