"""The calls of the library: what each stage does, for arguments that are checked first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rupture.assessing.answers import read_answers
from rupture.assessing.assess import assess as _assess
from rupture.case.model import Case
from rupture.composing.compose import compose as _compose
from rupture.composing.compose import sentences as _sentences
from rupture.errors import HeldBack, InputError
from rupture.loading.load import load as _load
from rupture.loading.load import read_source as _read_source
from rupture.planning.planner import plan as _plan
from rupture.resources import locales
from rupture.resources.arguments import kind_of, several
from rupture.resources.reading import readable
from rupture.resources.suggestions import unknown
from rupture.reviewing.review import review as _review
from rupture.reviewing.wording import review_text as _review_text
from rupture.writing import formats
from rupture.writing.combine import combine as _combine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from rupture.assessing.assess import Assessment
    from rupture.letter.tree import Document
    from rupture.planning.plan import Plan
    from rupture.reviewing.findings import Findings

#: Of a text that `review_text` reads: some fifteen pages.
MOST_CHARACTERS: Final = 50_000


def load(source: str | Path | Mapping[str, Any], *, changes: Sequence[str] = (), today: dt.date | None = None) -> Case:
    """Return the case of a YAML or JSON file, or of a mapping.

    Args:
        source: a path, or the mapping that such a file holds.
        changes: ``field=value`` pairs that replace fields, such as ``end.date=2027-03-31``.
        today: the letter's date where the case gives none; by default the day of the call.

    Raises:
        CaseError: with every problem found, each with its file, line, column and field.
        InputError: the file cannot be read.
    """
    return _load(_source(source), changes=several(changes, "changes"), today=today)


def plan(case: Case, *, templates: str | Path | None = None) -> Plan:
    """Return what the letter of a case says, in order, with its sentences, and what it leaves out.

    Args:
        case: what `load` returned.
        templates: as for `compose`.

    Raises:
        TemplateError: a template uses an unknown variable or tag.
        MissingLibrary: a notice runs in business days, and the extra ``holidays`` is not installed.
    """
    return replace(_plan(loaded(case)), sentences=_sentences(case, _folder(templates)))


def compose(case: Case, *, templates: str | Path | None = None) -> Document:
    """Return the letter of a case; it shows itself in a notebook, and ``str()`` gives its text.

    Args:
        case: what `load` returned.
        templates: a folder of your own templates; a file in it replaces the built-in one of the same name.

    Raises:
        TemplateError: a template uses an unknown variable or tag.
        MissingLibrary: a notice runs in business days, and the extra ``holidays`` is not installed.
    """
    return _compose(loaded(case), _folder(templates))


def review(case: Case, *, templates: str | Path | None = None) -> Findings:
    """Return what to look at before the letter of a case is sent, worst first.

    Args:
        case: what `load` returned.
        templates: as for `compose`.

    Raises:
        TemplateError: a template uses an unknown variable or tag.
        MissingLibrary: a notice runs in business days, and the extra ``holidays`` is not installed.
    """
    return _reviewed(loaded(case), _folder(templates))[1]


def review_text(text: str, locale: str, *, templates: str | Path | None = None) -> Findings:
    """Return what the tone rules find in a sentence or a paragraph, for tools that warn while somebody types.

    Args:
        text: what is written so far, at most 50,000 characters.
        locale: a locale or a language, such as ``fr-FR`` or ``fr``.
        templates: as for `compose`; the rules under ``<language>/review`` in it count too.

    Raises:
        InputError: an unknown language, or a text that is too long.
        TemplateError: a rule file cannot be used.
    """
    if not isinstance(text, str):
        raise InputError(f"expected a text, found {kind_of(text)}")
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"a text of {len(text):,} characters (at most {MOST_CHARACTERS:,}): review it in parts")
    language = locales.locales().get(locale, locale) if isinstance(locale, str) else ""
    if language not in locales.languages():
        raise InputError(unknown("locale", str(locale), (*locales.languages(), *locales.locales())))
    return _review_text(text, language, _folder(templates))


def render(  # noqa: PLR0913  each a choice of its own, by keyword
    case: Case,
    output: str,
    *,
    templates: str | Path | None = None,
    attach: Sequence[str] = (),
    archive: bool = False,
    whose: bool = False,
) -> bytes:
    """Return the letter of a case as the bytes of a file.

    Args:
        case: what `load` returned.
        output: the format: ``pdf``, ``docx``, ``txt``, ``eml`` or ``html``.
        templates: as for `compose`.
        attach: for ``eml``, the formats to attach, such as ``["pdf"]``.
        archive: write a PDF that is both PDF/A-3a and PDF/UA-1.
        whose: for ``html``, show which words are the user's, which were computed, and which are ours.

    Raises:
        HeldBack: an error-level finding stands.
        TemplateError: a template uses an unknown variable or tag.
        CharacterError: the format cannot show a character.
        MissingLibrary: a system library is not installed.
        InputError: an unknown format.
    """
    if not isinstance(output, str):
        raise InputError(f"expected a format such as pdf, found {kind_of(output)}")
    attached = several(attach, "attach")
    return formats.write(cleared(case, templates), output, attach=attached, archive=archive, whose=whose)


def cleared(case: Case, templates: str | Path | None = None) -> Document:
    """Return the letter of a case unless its review holds it back, to be written in any number of formats.

    Args:
        case: what `load` returned.
        templates: as for `compose`.

    Raises:
        HeldBack: an error-level finding stands.
        TemplateError: a template uses an unknown variable or tag.
    """
    document, findings = _reviewed(loaded(case), _folder(templates))
    if findings.errors:
        raise HeldBack(findings)
    return document


def _reviewed(case: Case, folder: Path | None) -> tuple[Document, Findings]:
    """Return the letter of a case and its review, from one plan."""
    planned = _plan(case)
    document = _compose(case, folder, planned)
    return document, _review(case, document, folder, planned)


def assess(answers: str | Path | Mapping[str, Any]) -> Assessment:
    """Return what to do about a client before any letter: keep, repair or part, each with its reasons.

    Args:
        answers: a path, or a mapping with ``locale``, ``signals``, ``circumstances`` and ``tried``.

    Raises:
        CaseError: an unknown question or answer, or answers that contradict each other; each with its place.
        InputError: the file cannot be read.
    """
    data, origin = _read_source(_source(answers))
    return _assess(read_answers(data, origin.problem))


def combine(
    letters: Iterable[bytes | str | Path], *, bookmarks: Iterable[str] = (), title: str = "", double_sided: bool = False
) -> bytes:
    """Return one PDF of many that `render` wrote: tagged, each letter with its own page numbers and a bookmark.

    Args:
        letters: their bytes or their files, in order; those written with ``archive`` give one that is PDF/A-3a too.
        bookmarks: what each letter is called; by default its own title.
        title: of the whole; by default it names the sender of the first letter, in its language.
        double_sided: each letter begins on a right-hand page: an odd one is followed by a blank page.

    Raises:
        InputError: there is no letter, or one is not a PDF that rupture wrote.
        MissingLibrary: the extra ``merge`` is not installed.
    """
    return _combine(_letters(letters), bookmarks=each(bookmarks, "bookmarks"), title=title, double_sided=double_sided)


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a case file."""
    schema = Case.model_json_schema()
    schema["required"].remove("date")  # load fills in today
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


# ---------------------------------------------------------------- arguments


def loaded(case: object) -> Case:
    """Return the case.

    Args:
        case: what the caller gave as one.

    Raises:
        InputError: it is something else.
    """
    if isinstance(case, Case):
        return case
    hint = ": pass it to rupture.load first" if isinstance(case, str | Path | Mapping) else ""
    raise InputError(f"expected a case, as rupture.load returns it; found {kind_of(case)}{hint}")


def _source(source: object) -> str | Path | Mapping[str, Any]:
    if isinstance(source, str | Path | Mapping):
        return source
    raise InputError(f"expected the path of a file, or a mapping such as the file holds; found {kind_of(source)}")


def _folder(templates: object) -> Path | None:
    if templates is None or templates == "":
        return None
    if not isinstance(templates, str | Path):
        raise InputError(f"templates: expected the path of a folder, found {kind_of(templates)}")
    with readable(str(templates)):
        return Path(templates).resolve()


def _letters(letters: object) -> Iterator[bytes | Path]:
    for number, letter in enumerate(each(letters, "letters"), 1):
        if not isinstance(letter, bytes | str | Path):
            raise InputError(f"letter {number}: expected its bytes or its path, found {kind_of(letter)}")
        yield letter if isinstance(letter, bytes) else Path(letter)


def each(values: object, name: str) -> Iterable[Any]:
    """Return the entries of an argument that may be of any length.

    Args:
        values: what the caller gave.
        name: of the argument, for the complaint.

    Raises:
        InputError: it has no entries.
    """
    if isinstance(values, Iterable) and not isinstance(values, bytes | str | Mapping | Case):
        return values
    raise InputError(f"{name}: expected a list, found {kind_of(values)}")
