"""The rules about steps and facts, each a small function of the case and its letter."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rupture.case import catalogue
from rupture.language import languages
from rupture.language.plain import plain
from rupture.language.words import vocabulary
from rupture.reviewing.observation import Observation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.model import Case
    from rupture.letter.tree import Document
    from rupture.reviewing.observation import Rule

#: The most facts that a letter tells.
MOST_FACTS: Final = 3
#: How many letters two words share that mean the same thing.
_STEM: Final = 5
#: How many letters a word has, at least, that tells what a thing is.
_SHORTEST: Final = 4

#: The case field that a step is told from, where the two names differ.
_FIELD_OF_STEP: Final = {"gratitude": "thanks"}


def step_missing(case: Case, document: Document) -> Iterator[Observation]:
    """Each of the five steps is in the letter, or explicitly declined (S2: the five steps)."""
    if case.message != "separation":
        return
    told = {part.name for part in document.letters[0].parts}
    for step in ("gratitude", "framing", "goodwill", "apology", "alternatives"):
        field = _FIELD_OF_STEP.get(step, step)
        declined = getattr(case, field, None) is not None
        if (step not in told and not declined) or (step == "gratitude" and case.thanks is None):
            yield Observation("step.missing", "warning", field, {"field": field})
        elif step == "framing" and not case.reasons:
            yield Observation("framing.no-reason", "hint", "reasons", {})


def text_changed(case: Case, document: Document) -> Iterator[Observation]:
    """What the reader of the file remarked: invisible characters removed, a value that looks cut."""
    del document
    if case._origin:  # noqa: SLF001  kept private so that equal cases stay equal
        for note in case._origin.notes:  # noqa: SLF001  as above
            yield Observation("text.changed", "hint", note.path, {"note": note.message})


def reason_without_facts(case: Case, document: Document) -> Iterator[Observation]:
    """A documented reason tells at least one dated fact, unless it is one that needs none."""
    del document
    for index, reason in enumerate(case.reasons):
        entry = catalogue.reasons()[reason.reason]
        if entry.facts_wanted and not reason.facts and (reason.disclosure or entry.disclosure) == "documented":
            yield Observation("reason.no-facts", "warning", f"reasons[{index}]", {"reason": reason.reason})


def facts_left_out(case: Case, document: Document) -> Iterator[Observation]:
    """A letter tells three facts at most; the others are in an annex, or nowhere."""
    del document
    count = sum(len(reason.facts) for reason in case.reasons)
    if count > MOST_FACTS and not case.annex:
        yield Observation("facts.left-out", "hint", "reasons", {"count": count, "most": MOST_FACTS})


def alternatives(case: Case, document: Document) -> Iterator[Observation]:
    """A provider can be reached, and agreed to be named (S2: step 5)."""
    del document
    for index, provider in enumerate(case.alternatives or ()):
        if not provider.contact:
            yield Observation("alternative.contact", "warning", f"alternatives[{index}]", {"name": provider.name})
        if provider.asked == "not-contacted":
            yield Observation("alternative.consent", "hint", f"alternatives[{index}]", {"name": provider.name})


def obligations(case: Case, document: Document) -> Iterator[Observation]:
    """What is held, and what is paid for and not delivered, is promised in the letter (S1: obligations; S4)."""
    told = {stem for letter in document.letters for part in letter.body for stem in _stems(str(part))}
    for kind, things in (("held", case.known.held), ("paid-ahead", case.known.paid_ahead)):
        for index, thing in enumerate(things):
            stems = _stems(thing)
            if len(stems & told) * 2 <= len(stems):
                field = f"known.{kind.replace('-', '_')}[{index}]"
                yield Observation(f"obligation.{kind}", "warning", field, {"what": thing})


def _stems(text: str) -> set[str]:
    """Return the beginnings of the telling words of a text, by which two wordings of one thing know each other."""
    bare = re.sub(r"\S+[@.]\w\S*", " ", plain(text))  # addresses and domains share too much
    words = set(re.findall(r"[^\W\d_]+", bare)) - _common_words()
    return {word[:_STEM] for word in words if len(word) >= _SHORTEST}


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    known = map(vocabulary, languages.codes())
    return frozenset(word for each in known for word in each.telling | each.plural)


def never_said(case: Case, document: Document) -> Iterator[Observation]:
    """Words and names that the sender bans appear nowhere in the letter."""
    for index, banned in enumerate(case.never_say):
        pattern = re.compile(rf"(?<!\w){re.escape(_spaced(banned))}(?!\w)")
        for letter in document.letters:
            for part in letter.parts:
                if pattern.search(_spaced(str(part))):
                    yield Observation("never-say", "error", f"never_say[{index}]", {"words": banned, "part": part.name})


def _spaced(text: str) -> str:
    """Return a text as it can be compared whatever typography did to it: quotes, spaces, ellipses."""
    text = re.sub(r"[\s«»“”\"'‘’]+", " ", text.replace("…", "...").casefold())
    return re.sub(r" (?=[!?;:])", "", text).strip()


RULES: Final[tuple[Rule, ...]] = (
    step_missing,
    reason_without_facts,
    facts_left_out,
    alternatives,
    obligations,
    never_said,
    text_changed,
)
