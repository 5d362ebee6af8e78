"""From a case to a document: each part is rendered by its template and set in the typography of its locale."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from rupture.case.field_path import FieldPath
from rupture.composing.functions import Functions
from rupture.composing.joining import sentence
from rupture.composing.markup import runs_of_wording
from rupture.composing.paragraphs import as_told, blocks_of
from rupture.composing.rendering import Renderer
from rupture.composing.sentences import Sentences
from rupture.composing.view import View, seen_at
from rupture.errors import TemplateError
from rupture.language import languages, typography
from rupture.letter import parts
from rupture.letter.blocks import Bullets, Figure, Paragraph, Part, Run, Table, block_text, line_text, lines_of
from rupture.letter.look import Look
from rupture.letter.tree import Document, Letter
from rupture.page import layouts
from rupture.planning import planner
from rupture.planning.plan import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rupture.case.model import Case
    from rupture.composing.sentences import Told
    from rupture.letter.blocks import Block, Line
    from rupture.page.layouts import Layout
    from rupture.planning.plan import Paragraph as Planned
    from rupture.planning.plan import Plan

_SPACES: Final = re.compile(r"\s+")


def compose(case: Case, templates: Path | None = None, plan: Plan | None = None) -> Document:
    """Return the letter of a case.

    Args:
        case: the facts.
        templates: a folder of your own templates, laid out like ``fr/sentences/decision.html``; a file there
            replaces the built-in one of the same name.
        plan: that of the case, if it is known.

    Raises:
        TemplateError: a template uses an unknown variable or tag, or cannot be read.
        CaseError: the case asks for a wording that does not suit it.
        MissingLibrary: a notice runs in business days, and the extra ``holidays`` is not installed.
    """
    cases = (case, case.in_locale(case.twin)) if case.twin else (case,)
    person = case.recipient.everybody[0].name if case.recipient.everybody else ""
    return Document(
        letters=tuple(_Composer(each, templates, plan if each is case else None).letter() for each in cases),
        sender=(case.sender.name, case.sender.email or ""),
        recipient=(person or case.recipient.organisation or "", case.recipient.email or ""),
        look=_look(case),
    )


def sentences(case: Case, templates: Path | None = None) -> Mapping[str, Sentence]:
    """Return what a letter says for each item of its plan, by name, with every wording of it.

    A wording that does not suit the case is empty. Arguments and errors are those of `compose`.
    """
    return MappingProxyType(dict(_Composer(case, templates).sentences()))


def _look(case: Case) -> Look:
    files, paper = case._files, case.paper  # noqa: SLF001  private because they are not facts
    return Look(
        colour=(paper.colour or "") if paper else "",
        footer=tuple(str(line) for line in View(paper, case.locale, "paper").footer) if paper else (),
        fold_marks=paper is not None and paper.fold_marks,
        letterhead=files.letterhead if files else b"",
        stylesheet=files.stylesheet if files else "",
    )


class _Composer:
    """Composes the letter of one case in one locale."""

    def __init__(self, case: Case, templates: Path | None, plan: Plan | None = None) -> None:
        self._case = case
        self._plan = plan or planner.plan(case)
        self._language = languages.get(case.language)
        self._style = self._language.styles[case.locale]
        self._renderer = Renderer(case.language, templates)
        self._functions = Functions(case, self._plan)
        self._pictures = _pictures(case)
        self._context: dict[str, Any] = {
            **self._renderer.globals,
            "case": View(case, case.locale),
            "locale": case.locale,
            "label": self._language.labels[case.locale],
            "habit": self._language.habits[case.locale],
            "tone": case.tone,
            "email": case.delivery == "email",
            "message": case.message,
            **self._functions.names(),
        }
        self._sentences = Sentences(case, self._language, self._renderer, self._functions, self._context)

    def letter(self) -> Letter:
        """Return the whole letter."""
        case, language = self._case, self._language
        layout = layouts.get((case.paper and case.paper.layout) or language.layouts[case.locale])
        composed = tuple(self._parts(layout))
        subject = next(part for part in composed if part.name == parts.SUBJECT)
        hidden = {item.name for item in self._plan.items if not item.context.get("printed", True)}
        addressee = case.recipient.called
        return Letter(
            locale=case.locale,
            title=language.words["title"].format(sender=case.sender.name, recipient=addressee),
            subject=self._subject_text(subject),
            author=case.sender.name,
            date=case.date,
            layout=layout.name,
            parts=tuple(self._finished(part) for part in composed if part.blocks and part.name not in hidden),
            running=f"{addressee} – {typography.date_text(case.date, self._style)}",
            email=case.delivery == "email",
        )

    def sentences(self) -> Iterator[tuple[str, Sentence]]:
        """Yield what is said of each item of the plan, with its wordings, by the name of the item."""
        for paragraph in self._plan.paragraphs:
            self._functions.year = 0
            for item in paragraph.items:
                wordings = tuple(self._text(paragraph, told) for told in self._sentences.wordings(item))
                told = self._sentences.told(item)
                yield item.name, Sentence(self._text(paragraph, told), wordings, told.chosen)

    def _text(self, paragraph: Planned, told: Told) -> str:
        blocks = told.blocks or (Paragraph((as_told(paragraph, told),)),)
        return "\n".join(block_text(self._typeset(block)) for block in blocks)

    def _parts(self, layout: Layout) -> Iterator[Part]:
        """Yield every part in the order of the page, also an empty one, before its typography is set."""
        planned = self._planned()
        for name in layout.order_of(email=self._case.delivery == "email"):
            if name == layouts.PLANNED:
                yield from (part for part in planned.values() if part.name not in parts.TABLE)
            elif parts.TABLE[name].planned:
                yield planned.get(name, Part(name, ()))
            else:
                yield self._part(name)

    def _planned(self) -> dict[str, Part]:
        """Return the parts that the plan holds, by name, in its order."""
        blocks: dict[str, list[Block]] = {}
        for paragraph in self._plan.paragraphs:
            self._functions.year = 0
            blocks.setdefault(paragraph.name, []).extend(blocks_of(paragraph, self._sentences, self._label(paragraph)))
        return {name: self._required(Part(name, tuple(found))) for name, found in blocks.items()}

    def _label(self, paragraph: Planned) -> Line:
        """Return what heads a paragraph: words of the user, or the name of one of our labels after a colon."""
        label = paragraph.label
        if not label:
            return ()
        if label.startswith(":"):
            return (Run(self._language.heads[label[1:]]), Run("."))
        words = seen_at(self._context["case"], FieldPath.parse(label))
        return sentence(tuple(runs_of_wording(words)))

    def _part(self, name: str) -> Part:
        self._functions.year = 0
        return self._required(Part(name, self._renderer.blocks("letter.html", self._context, name.replace("-", "_"))))

    def _required(self, part: Part) -> Part:
        """Return a part.

        Raises:
            TemplateError: it is empty, and every letter needs it.
        """
        if parts.of(part.name).required and not part.blocks:
            raise TemplateError(f"{self._case.language}/letter.html: {part.name} is empty: every letter needs one")
        return part

    def _subject_text(self, subject: Part) -> str:
        """Return the first line of the subject as an e-mail shows it."""
        first = lines_of(subject.blocks[0])[0]
        words = _SPACES.sub(" ", line_text(typography.typeset(first, self._style)))
        return words[:1].upper() + words[1:]

    def _subject_label(self) -> str:
        labels, words = self._language.subject_labels, self._language.words
        return str(words["email_subject"]) if self._case.delivery == "email" else labels[self._case.locale]

    def _finished(self, part: Part) -> Part:
        """Return a part with its label, its typography and its picture."""
        blocks = part.blocks
        if part.name == parts.SUBJECT:
            blocks = (_labelled(blocks[0], self._subject_label()), *blocks[1:])
        pictures = self._pictures.get(part.name, ())
        return Part(part.name, (*pictures, *map(self._typeset, blocks)))

    def _typeset(self, block: Block) -> Block:
        def set_all(lines: tuple[Line, ...]) -> tuple[Line, ...]:
            return tuple(typography.typeset(line, self._style) for line in lines)

        if isinstance(block, Paragraph):
            label = typography.typeset(block.label, self._style) if block.label else ()
            return Paragraph(set_all(block.lines), label, block.urgent)
        if isinstance(block, Bullets):
            return replace(block, items=set_all(block.items))
        if isinstance(block, Table):
            return replace(block, head=set_all(block.head), rows=tuple(map(set_all, block.rows)))
        return block


def _labelled(block: Block, label: str) -> Block:
    """Return the first block of the subject, in bold, with a label before its first line."""
    if not isinstance(block, Paragraph):
        return block
    first, *lines = block.lines
    line = (Run(label), *first) if label else first
    return Paragraph((tuple(Run(run.text, run.source, strong=True, computed=run.computed) for run in line), *lines))


def _pictures(case: Case) -> dict[str, tuple[Figure, ...]]:
    """Return the logo, which stands above the sender, and the scanned signature, above the first name."""
    files, paper = case._files, case.paper  # noqa: SLF001  as above
    if paper is None or files is None:
        return {}
    seen = View(paper, case.locale, "paper")
    placed = ((parts.SENDER, files.logo, seen.logo), (parts.SIGNATURE, files.signature, seen.signature))
    return {part: (Figure(image, str(picture.alt), picture.height),) for part, image, picture in placed if image}
