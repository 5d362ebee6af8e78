"""From a case to a document: each part is rendered by its template and set in the typography of its locale."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from rupture.case import catalogue
from rupture.case.field_path import FieldPath
from rupture.composing.functions import Functions
from rupture.composing.reasons import letter_reasons
from rupture.composing.rendering import Renderer
from rupture.composing.view import View
from rupture.errors import TemplateError
from rupture.language import languages, typography
from rupture.letter import parts
from rupture.letter.tree import (
    Bullets,
    Document,
    Figure,
    Letter,
    Look,
    Paragraph,
    Part,
    Run,
    Table,
    line_text,
    lines_of,
)
from rupture.page import layouts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rupture.case.model import Case
    from rupture.letter.tree import Block, Line
    from rupture.page.layouts import Layout

_SPACES: Final = re.compile(r"\s+")


def compose(case: Case, templates: Path | None = None) -> Document:
    """Return the letter of a case.

    Args:
        case: the facts.
        templates: a folder of your own templates, laid out like ``fr/separation/apology.html``; a file there
            replaces the built-in one of the same name.

    Raises:
        TemplateError: a template uses an unknown variable or tag, or cannot be read.
    """
    cases = (case, case.in_locale(case.twin)) if case.twin else (case,)
    person = case.recipient.everybody[0].name if case.recipient.everybody else ""
    return Document(
        letters=tuple(_Composer(each, templates).letter() for each in cases),
        sender=(case.sender.name, case.sender.email or ""),
        recipient=(person or case.recipient.organisation or "", case.recipient.email or ""),
        look=_look(case),
    )


def _look(case: Case) -> Look:
    files, identity = case._files, case.identity  # noqa: SLF001  private because they are not facts
    return Look(
        colour=(identity.colour or "") if identity else "",
        footer=tuple(str(line) for line in View(identity, case.language, FieldPath(("identity",))).footer)
        if identity
        else (),
        fold_marks=case.fold_marks,
        letterhead=files.letterhead if files else b"",
        stylesheet=files.stylesheet if files else "",
    )


class _Composer:
    """Composes the letter of one case in one locale."""

    def __init__(self, case: Case, templates: Path | None) -> None:
        self._case = case
        self._language = languages.get(case.language)
        self._style = self._language.styles[case.locale]
        self._renderer = Renderer(case.language, templates)
        self._functions = Functions(case)
        self._pictures = _pictures(case)
        self._context: dict[str, Any] = {
            **self._renderer.globals,
            "case": View(case, case.language),
            "locale": case.locale,
            "label": self._language.labels[case.locale],
            "habit": self._language.habits[case.locale],
            "reasons": (),
            "brief": case.length == "brief",
            **self._functions.names(),
        }
        reasons = letter_reasons(case, self._renderer, self._context, self._functions.forget_year)
        self._context["reasons"] = tuple(reasons)

    def letter(self) -> Letter:
        """Return the whole letter."""
        case, language = self._case, self._language
        layout = layouts.get(case.layout or language.layouts[case.locale])
        composed = tuple(self._parts(layout))
        subject = next(part for part in composed if part.name == parts.SUBJECT)
        addressee = case.recipient.called
        return Letter(
            locale=case.locale,
            title=language.words["title"].format(sender=case.sender.name, recipient=addressee),
            subject=self._subject_text(subject),
            author=case.sender.name,
            date=case.date,
            layout=layout.name,
            parts=tuple(self._finished(part) for part in composed if part.blocks),
            running=f"{addressee} – {typography.date_text(case.date, self._style)}",
        )

    def _parts(self, layout: Layout) -> Iterator[Part]:
        """Yield every part in the order of the page, also an empty one, before its typography is set."""
        for name in layout.order:
            if name == layouts.STEPS:
                yield from map(self._step, catalogue.messages()[self._case.message].steps)
            else:
                yield self._part(name)

    def _step(self, name: str) -> Part:
        """Return a step with the sender's own paragraphs after it."""
        own = tuple(
            Paragraph(((Run(str(entry.text), entry.text.path),),))
            for entry in self._context["case"].paragraphs
            if entry.after == name
        )
        return Part(name, (*self._blocks(f"{self._case.message}/{name}.html"), *own))

    def _part(self, name: str) -> Part:
        entry = parts.TABLE[name]
        if entry.of_message:
            template, block = f"{self._case.message}/{name}.html", None
        else:
            template, block = "letter.html", name.replace("-", "_")
        blocks = self._blocks(template, block)
        if entry.required and not blocks:
            place = f"the block {block}" if block else "it"
            raise TemplateError(f"{self._case.language}/{template}: {place} is empty: every letter needs one")
        return Part(name, blocks)

    def _blocks(self, template: str, block: str | None = None) -> tuple[Block, ...]:
        self._functions.forget_year()
        return self._renderer.blocks(template, self._context, block)

    def _subject_text(self, subject: Part) -> str:
        """Return the first line of the subject as an e-mail shows it."""
        first = lines_of(subject.blocks[0])[0]
        words = _SPACES.sub(" ", line_text(typography.typeset(first, self._style)))
        return words[:1].upper() + words[1:]

    def _finished(self, part: Part) -> Part:
        """Return a part with its label, its typography and its picture."""
        blocks = part.blocks
        if part.name == parts.SUBJECT:
            blocks = (_labelled(blocks[0], self._language.subject_labels[self._case.locale]), *blocks[1:])
        pictures = self._pictures.get(part.name, ())
        return Part(part.name, (*pictures, *map(self._typeset, blocks)))

    def _typeset(self, block: Block) -> Block:
        def set_all(lines: tuple[Line, ...]) -> tuple[Line, ...]:
            return tuple(typography.typeset(line, self._style) for line in lines)

        if isinstance(block, Bullets):
            return Bullets(set_all(block.items))
        if isinstance(block, Table):
            return Table(set_all(block.head), tuple(map(set_all, block.rows)))
        return Paragraph(set_all(block.lines)) if isinstance(block, Paragraph) else block


def _labelled(block: Block, label: str) -> Block:
    """Return the first block of the subject with a label before its first line."""
    if not label or not isinstance(block, Paragraph):
        return block
    (first, *others), *lines = block.lines
    if first.source is None:
        first, label = replace(first, text=f"{label}{first.text}"), ""
    before = (Run(label, strong=first.strong),) if label else ()
    return Paragraph(((*before, first, *others), *lines))


def _pictures(case: Case) -> dict[str, tuple[Figure, ...]]:
    """Return the logo, which stands above the sender, and the scanned signature, above the first name."""
    files, identity = case._files, case.identity  # noqa: SLF001  as above
    if identity is None or files is None:
        return {}
    seen = View(identity, case.language, FieldPath(("identity",)))
    placed = ((parts.SENDER, files.logo, seen.logo), (parts.SIGNATURE, files.signature, seen.signature))
    return {part: (Figure(image, str(picture.alt), picture.height),) for part, image, picture in placed if image}
