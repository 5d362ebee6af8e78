"""The five calls of the library, each one line of thought: load, compose, review, render, schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rupture.assessing.assess import assess as _assess
from rupture.assessing.assess import read_answers
from rupture.case.model import Case
from rupture.composing.compose import compose as _compose
from rupture.errors import HeldBack, InputError
from rupture.language import languages
from rupture.loading.load import load as _load
from rupture.loading.load import read_source as _read_source
from rupture.reviewing.review import review as _review
from rupture.reviewing.wording import review_text as _review_text
from rupture.writing import formats

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from rupture.assessing.assess import Assessment
    from rupture.letter.tree import Document
    from rupture.reviewing.findings import Findings


def load(source: str | Path | Mapping[str, Any], *, changes: Sequence[str] = (), today: dt.date | None = None) -> Case:
    """Return the case of a YAML or JSON file, or of a mapping.

    Args:
        source: a path, or the mapping that such a file holds.
        changes: ``field=value`` pairs that replace fields, as ``end.date=2027-03-31``.
        today: the letter's date where the case gives none; the day of the call unless said.

    Raises:
        CaseError: with every problem found, each with its file, line, column and field.
        InputError: the file cannot be read.
    """
    return _load(source, changes=changes, today=today)


def compose(case: Case, *, templates: str | Path | None = None) -> Document:
    """Return the letter of a case; it shows itself in a notebook, and ``str()`` gives its text.

    Args:
        case: what `load` returned.
        templates: a folder of your own templates; a file in it replaces the built-in one of the same name.

    Raises:
        TemplateError: a template uses an unknown variable or tag.
        MissingLibrary: a notice runs in business days, and the extra ``holidays`` is not installed.
    """
    return _compose(case, _folder(templates))


def review(case: Case, *, templates: str | Path | None = None) -> Findings:
    """Return what to look at before the letter of a case is sent, worst first.

    Args:
        case: what `load` returned.
        templates: as for `compose`.

    Raises:
        TemplateError: a template uses an unknown variable or tag.
        MissingLibrary: a notice runs in business days, and the extra ``holidays`` is not installed.
    """
    return _review(case, compose(case, templates=templates), _folder(templates))


def review_text(text: str, locale: str, *, templates: str | Path | None = None) -> Findings:
    """Return what the tone rules find in a sentence or a paragraph, for tools that warn while somebody types.

    Args:
        text: what is written so far.
        locale: a locale or a language, as ``fr-FR`` or ``fr``.
        templates: as for `compose`; a ``review.toml`` in it adds rules of your own.

    Raises:
        InputError: an unknown language.
        TemplateError: a rule file cannot be used.
    """
    language = locale.partition("-")[0]
    if language not in languages.codes():
        raise InputError(f"unknown language {locale!r}: {', '.join(languages.codes())}")
    return _review_text(text, language, _folder(templates))


def _folder(templates: str | Path | None) -> Path | None:
    return Path(templates).resolve() if templates else None


def render(
    case: Case,
    output: str,
    *,
    templates: str | Path | None = None,
    attach: Sequence[str] = (),
    archive: bool = False,
) -> bytes:
    """Return the letter of a case as the bytes of a file.

    Args:
        case: what `load` returned.
        output: the format: ``pdf``, ``docx``, ``txt``, ``eml`` or ``html``.
        templates: as for `compose`.
        attach: for ``eml``, the formats to attach, as ``["pdf"]``.
        archive: write a PDF that is PDF/A-3a and PDF/UA-1 at once.

    Raises:
        HeldBack: an error-level finding stands.
        TemplateError: a template uses an unknown variable or tag.
        CharacterError: the format cannot show a character.
        MissingLibrary: a system library is not installed.
        InputError: an unknown format.
    """
    return formats.write(cleared(case, templates), output, attach=tuple(attach), archive=archive)


def cleared(case: Case, templates: str | Path | None = None) -> Document:
    """Return the letter of a case once its review lets it go, to be written in as many formats as are wanted.

    Args:
        case: what `load` returned.
        templates: as for `compose`.

    Raises:
        HeldBack: an error-level finding stands.
        TemplateError: a template uses an unknown variable or tag.
    """
    document = compose(case, templates=templates)
    findings = _review(case, document, _folder(templates))
    if findings.errors:
        raise HeldBack(findings)
    return document


def assess(answers: str | Path | Mapping[str, Any]) -> Assessment:
    """Return what to do about a client before any letter: keep, mend, or part, each with its reasons.

    Args:
        answers: a path, or a mapping with ``locale``, ``signals``, ``circumstances`` and ``tried``.

    Raises:
        CaseError: an unknown question or answer, or answers that contradict each other; each with its place.
        InputError: the file cannot be read.
    """
    data, origin = _read_source(answers)
    return _assess(read_answers(data, origin.problem))


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a case file."""
    schema = Case.model_json_schema()
    schema["required"].remove("date")  # load fills in today
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
