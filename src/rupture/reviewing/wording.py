"""Findings of the tone rules: in a text by itself, and in the words of a letter and its case."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rupture.letter import parts
from rupture.letter.blocks import line_text, lines_of, runs_of
from rupture.reviewing.findings import Finding, Findings
from rupture.reviewing.tone.rulebook import rulebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rupture.letter.blocks import Line
    from rupture.letter.tree import Document
    from rupture.reviewing.tone.rulebook import Remark


def review_text(text: str, language: str, folder: Path | None = None) -> Findings:
    """Return what the tone rules find in a sentence or a paragraph by itself.

    Args:
        text: the words; as long as they are.
        language: its code.
        folder: of templates of your own, whose rules count too.

    Raises:
        TemplateError: a rule file cannot be used.
    """
    return Findings(_finding(remark, text) for remark in rulebook(language, folder).read(text))


def review_words(
    document: Document, own_words: Iterable[tuple[str, str, str]], folder: Path | None = None
) -> list[Finding]:
    """Return what the tone rules find in a letter, and in those words of its case that it does not tell.

    A finding stands at the field of the words. A sentence of ours that holds none of the sender's is not judged, since
    they could not change it; the sentences of their own templates are, under the part of the letter.

    Args:
        document: the letter.
        own_words: the field, the words and the language of each text in the sender's own words.
        folder: as for `review_text`.
    """
    sources = {run.source for letter in document.letters for run in runs_of(letter.parts)}
    found = [*_in_letters(document, folder), *_left_out(own_words, sources, folder)]
    return list({(finding.code, finding.path, finding.words): finding for finding in reversed(found)}.values())[::-1]


def _in_letters(document: Document, folder: Path | None) -> Iterator[Finding]:
    for letter in document.letters:
        book = rulebook(letter.locale.partition("-")[0], folder)
        for part in letter.parts:
            if not parts.of(part.name).prose:
                continue
            for line in (line for block in part.blocks for line in lines_of(block)):
                text = line_text(line)
                for remark in book.read(text):
                    if path := _field(line, remark) or (part.name if folder else None):
                        yield replace(_finding(remark, text), path=path, start=0)


def _left_out(
    own_words: Iterable[tuple[str, str, str]], sources: set[str | None], folder: Path | None
) -> Iterator[Finding]:
    for path, text, language in own_words:
        if path not in sources:
            remarks = rulebook(language, folder).read(text)
            yield from (replace(_finding(remark, text), path=path, start=0) for remark in remarks)


def _field(line: Line, remark: Remark) -> str | None:
    """Return the field of the words that a remark is about: of those of a case, the longest stretch."""
    best, longest, position = None, 0, 0
    for run in line:
        shared = min(position + len(run.text), remark.end) - max(position, remark.start)
        if run.source and shared > longest:
            best, longest = run.source, shared
        position += len(run.text)
    return best


def _finding(remark: Remark, text: str) -> Finding:
    rule, words = remark.rule, text[remark.start : remark.end]
    return Finding(
        code=rule.code,
        severity=rule.severity,
        message=rule.message.replace("{words}", words),
        suggestion=rule.suggestion,
        words=words,
        why=rule.why,
        source=rule.source,
        start=remark.start,
    )
