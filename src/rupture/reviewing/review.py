"""The review of a case and its letter: every rule looks at them, and what it finds gets its words and its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rupture.case.field_path import FieldPath
from rupture.language import languages
from rupture.resources import articles
from rupture.reviewing import rulefiles
from rupture.reviewing.facts import Seen
from rupture.reviewing.findings import Finding, Findings
from rupture.reviewing.rules import waivers
from rupture.reviewing.rules.registry import fact_rules
from rupture.reviewing.values import written
from rupture.reviewing.wording import review_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rupture.case.model import Case
    from rupture.letter.tree import Document
    from rupture.planning.plan import Plan
    from rupture.reviewing.facts import FactRule


def review(case: Case, document: Document, folder: Path | None = None, plan: Plan | None = None) -> Findings:
    """Return what to look at before the letter is sent.

    Args:
        case: the facts.
        document: the letter composed from them.
        folder: of templates of your own, whose rules count too.
        plan: that of the case, if it is known.

    Raises:
        TemplateError: a rule file cannot be used.
    """
    seen = Seen(case, document, planned=plan, folder=folder)
    found = [*_facts(fact_rules(), seen), *review_words(document, seen.own_words, folder)]
    codes = {finding.code for finding in found}
    found += _facts((waivers.unused,), Seen(case, document, codes))
    return Findings((_placed(replace(each, waived=case.waive.get(each.code, "")), case) for each in found), document)


def _facts(rules: Iterable[FactRule], seen: Seen) -> Iterator[Finding]:
    """Yield what some rules find, in the words of the letter's language."""
    texts = rulefiles.review_texts(seen.case.language)
    quotes = languages.get(seen.case.language).styles[seen.case.locale].quotes
    for rule in rules:
        text = texts[rule.code]
        for observation in rule.find(seen):
            phrases = text.get("phrases", {})
            values = {name: written(value, seen.case, phrases) for name, value in observation.values.items()}
            yield Finding(
                code=rule.code,
                severity=rule.severity,
                message=text["message"].format(**values),
                suggestion=text["suggestion"].format(**values),
                words=observation.words,
                why=text.get("why", ""),
                source=articles.with_titles(rule.source or text.get("source", ""), quotes),
                path=str(observation.path),
            )


def _placed(finding: Finding, case: Case) -> Finding:
    origin = case._origin  # noqa: SLF001  kept private so that equal cases stay equal
    line, column = origin.place(_field(finding.path, case)) if origin else (0, 0)
    return replace(finding, file=origin.file if origin else "", line=line, column=column)


def _field(path: str, case: Case) -> FieldPath:
    """Return the field of that path; the keys of `say` and `waive` hold dots and brackets themselves."""
    for name, keys in (("say", case.say), ("waive", case.waive)):
        for key in keys:
            below = path.removeprefix(f"{name}.{key}")
            if below != path and below[:1] in {"", "."}:
                return FieldPath((name, key, *below.split(".")[1:]))
    return FieldPath.parse(path)
