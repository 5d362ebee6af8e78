"""The user's infinitive as the verb of a sentence: its forms, its subject, and what stands between them.

Languages differ in data (``[sentence]`` of their ``verbs.toml``) and in one of two ways to build a verb: with pronouns
and a negation around it (`rupture.language.clitics`), or with auxiliaries (`rupture.language.auxiliaries`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

from rupture.language import languages
from rupture.language.auxiliaries import AuxiliaryVerbs
from rupture.language.clitics import CliticVerbs
from rupture.language.conjugation import UnknownFormError, sentence_data
from rupture.language.grammar import Computed, Phrase, of_same_origin, pieces_of
from rupture.language.nouns import is_feminine, is_plural
from rupture.language.predicate import Subject
from rupture.resources.memory import remembered

if TYPE_CHECKING:
    from rupture.language.grammar import Wording

#: Stand for the computed pieces of a phrase while the rest of it is read as one text.
_MARKS: Final = range(0xE000, 0xF8FF)
_MARK: Final = re.compile("([\ue000-\uf8ff])")


class _Builder(Protocol):
    """Builds the verb of a sentence in one language."""

    def predicate(self, text: str, form: str, subject: Subject | None) -> tuple[str, str]:
        """Return what stands before the user's words, and these with the verb in a form of it."""

    def subject(self, subject: Subject, predicate: str) -> str:
        """Return a pronoun with the space or the elision before its verb."""


@cache
def _builder(code: str, locale: str) -> _Builder:
    if sentence_data(code)["kind"] == "clitic":
        return CliticVerbs(code, languages.get(code).sounds)
    return AuxiliaryVerbs(code, locale)


@remembered(512)  # the letters of a merge share most of their verbs
def _built(text: str, form: str, code: str, locale: str, subject: Subject | None) -> tuple[str, str]:
    return _builder(code, locale).predicate(text, form, subject)


def known_verb(words: str, code: str) -> bool:
    """Return whether words begin with an infinitive that can be given its other forms."""
    try:
        _built(str(words), "infinitive", code, "", None)
    except UnknownFormError:
        return False
    return True


def subject_of(words: Wording, code: str, *, feminine: bool | None = None, many: bool | None = None) -> Subject:
    """Return a pronoun or a noun phrase as a subject.

    Args:
        words: « nous », « l'école », “the next engineer”.
        code: of the language.
        feminine: whether it is; as its determiner tells when left out.
        many: whether it is several; as its words tell when left out.
    """
    data = sentence_data(code)
    text = str(words)
    person = data["persons"].get(text)
    if person is None:
        several = is_plural(text, code) if many is None else many
        return Subject(
            words,
            6 if several else 3,
            is_feminine(text, code) if feminine is None else feminine,
            several,
            pronoun=False,
        )
    plural = text in data.get("agree_in_plural", ()) if many is None else many
    return Subject(words, person, text in data.get("feminine", ()) if feminine is None else feminine, plural)


def predicate(words: Wording, form: str, code: str, locale: str = "", subject: Subject | None = None) -> Phrase:
    """Return the user's infinitive phrase with its verb in a form of it.

    Args:
        words: « ne plus vous envoyer les plans », “not share the list”.
        form: such as ``future``; `rupture.language.clitics` and `rupture.language.auxiliaries` name them.
        code: of the language.
        locale: whose spelling is wanted.
        subject: who does it.

    Raises:
        UnknownFormError: the verb or the form is not known.
    """
    pieces = pieces_of(words)
    marks = {chr(mark): piece for mark, piece in zip(_MARKS, pieces, strict=False) if isinstance(piece, Computed)}
    names = {id(piece): mark for mark, piece in marks.items()}
    text = "".join(names.get(id(piece), piece) for piece in pieces)
    before, own = _built(text, form, code, locale, replace(subject, words="") if subject else None)
    source = next((piece for piece in pieces if not isinstance(piece, Computed)), "")
    said = [marks.get(part) or of_same_origin(source, part) for part in _MARK.split(own) if part]
    return Phrase((*([before] if before else []), *said))


def clause(words: Wording, form: str, code: str, locale: str, subject: Subject) -> Phrase:
    """Return the predicate behind its subject, elided where the language wants it: « j’enverrai les plans ».

    Args:
        words: the user's infinitive phrase.
        form: a finite one.
        code: of the language.
        locale: whose spelling is wanted.
        subject: who does it.

    Raises:
        UnknownFormError: the verb or the form is not known.
    """
    said = predicate(words, form, code, locale, subject)
    if subject.pronoun:
        return Phrase((_builder(code, locale).subject(subject, str(said)), *said.pieces))
    return Phrase((*pieces_of(subject.words), " ", *said.pieces))


def modal_of(words: Wording, code: str) -> str:
    """Return the modal verb that words begin with, or nothing."""
    found = _modal(str(words), code)
    return str(sentence_data(code).get("modals", {}).get(found, {}).get("means", found))


def without_modal(words: Wording, code: str) -> Wording:
    """Return words without the modal verb, or the mark of the infinitive, that they begin with; “not” stays."""
    data = sentence_data(code)
    first, *rest = pieces_of(words)
    found = _modal(first, code)
    negation = data["negation"] if found in data.get("negated_modals", ()) else ""
    base = negation + first.removeprefix(found or data.get("infinitive", "")).lstrip()
    base = of_same_origin(first, base)
    return Phrase((base, *rest)) if rest else base


def _modal(text: str, code: str) -> str:
    modals = sentence_data(code).get("modals", {})
    return next((modal for modal in modals if text.replace("'", "’").startswith(f"{modal} ")), "")
