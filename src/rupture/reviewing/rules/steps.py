"""Fact rules about the steps of the letter, the facts it documents and the obligations it has to mention."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from rupture.case import catalogue
from rupture.case.reasons import MOST_FACTS
from rupture.language.plain import plain
from rupture.language.words import vocabulary
from rupture.resources import locales
from rupture.reviewing.facts import Count, Observation, fact_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rupture.reviewing.facts import Seen

#: How many letters at the beginning of two words make them the same.
_STEM: Final = 5
#: The shortest word that says what a thing is.
_SHORTEST: Final = 4

#: The case field of each step that may not be passed over in silence.
_FIELDS: Final = {
    "gratitude": "thanks",
    "framing": "framing",
    "goodwill": "goodwill",
    "apology": "apology",
    "alternatives": "alternatives",
}


@fact_rule("step.missing", "warning")
def step_missing(seen: Seen) -> Iterator[Observation]:
    """Each of the five steps is in the letter or explicitly declined."""
    if seen.case.message != "separation":
        return
    there = _parts(seen)
    for step, field in _FIELDS.items():
        declined = getattr(seen.case, field, None) is not None
        if not declined and (step not in there or step == "gratitude"):
            yield Observation(field, {"field": field})


@fact_rule("framing.no-reason", "hint")
def framing_without_reason(seen: Seen) -> Iterator[Observation]:
    """The letter gives a reason."""
    if seen.case.message == "separation" and "framing" in _parts(seen) and not seen.case.reasons:
        yield Observation("reasons")


def _parts(seen: Seen) -> set[str]:
    return {part.name for part in seen.document.letters[0].parts}


@fact_rule("reason.no-facts", "warning")
def reason_without_facts(seen: Seen) -> Iterator[Observation]:
    """A documented reason has at least one dated fact, unless it is one that needs none."""
    for index, reason in enumerate(seen.case.reasons):
        entry = catalogue.reasons()[reason.reason]
        if entry.facts_wanted and not reason.facts and (reason.disclosure or entry.disclosure) == "documented":
            yield Observation(f"reasons[{index}]", {"reason": reason.reason})


@fact_rule("facts.left-out", "hint")
def facts_left_out(seen: Seen) -> Iterator[Observation]:
    """A letter documents three facts at most, or has an annex for the others."""
    count = sum(len(reason.facts) for reason in seen.case.reasons)
    if count > MOST_FACTS and not seen.case.annex:
        yield Observation("reasons", {"count": Count(count, "fact"), "most": MOST_FACTS})


@fact_rule("alternative.contact", "warning")
def provider_without_contact(seen: Seen) -> Iterator[Observation]:
    """A provider that the letter recommends can be reached."""
    for index, provider in enumerate(seen.case.alternatives or ()):
        if not provider.contact:
            yield Observation(f"alternatives[{index}]", {"name": provider.name})


@fact_rule("alternative.consent", "hint")
def provider_not_asked(seen: Seen) -> Iterator[Observation]:
    """A provider that the letter recommends agreed to it."""
    for index, provider in enumerate(seen.case.alternatives or ()):
        if provider.asked == "not-contacted":
            yield Observation(f"alternatives[{index}]", {"name": provider.name})


@fact_rule("obligation.held", "warning")
def held(seen: Seen) -> Iterator[Observation]:
    """The letter mentions the return of what the sender still holds."""
    yield from _not_mentioned(seen, "held", seen.case.known.held)


@fact_rule("obligation.paid-ahead", "warning")
def paid_ahead(seen: Seen) -> Iterator[Observation]:
    """The letter mentions the delivery of what is paid for already."""
    yield from _not_mentioned(seen, "paid_ahead", seen.case.known.paid_ahead)


def _not_mentioned(seen: Seen, field: str, things: Sequence[str]) -> Iterator[Observation]:
    if not things:
        return
    mentioned = {stem for letter in seen.document.letters for part in letter.body for stem in _stems(str(part))}
    for index, thing in enumerate(things):
        stems = _stems(thing)
        if len(stems & mentioned) * 2 <= len(stems):
            yield Observation(f"known.{field}[{index}]", {"what": thing})


def _stems(text: str) -> set[str]:
    """Return the beginnings of the telling words of a text; two wordings of one thing share most of them."""
    bare = re.sub(r"\S+[@.]\w\S*", " ", plain(text))  # addresses and domains share too much
    words = set(re.findall(r"[^\W\d_]+", bare)) - _common_words()
    return {word[:_STEM] for word in words if len(word) >= _SHORTEST}


@cache
def _common_words() -> frozenset[str]:
    known = map(vocabulary, locales.languages())
    return frozenset(word for each in known for word in each.telling | each.plural)


@fact_rule("never-say", "error")
def never_said(seen: Seen) -> Iterator[Observation]:
    """Words and names that the sender bans appear nowhere in the letter."""
    for index, banned in enumerate(seen.case.never_say):
        pattern = re.compile(rf"(?<!\w){re.escape(_spaced(banned))}(?!\w)")
        for letter in seen.document.letters:
            for part in letter.parts:
                if pattern.search(_spaced(str(part))):
                    yield Observation(f"never_say[{index}]", {"words": banned, "part": part.name})


def _spaced(text: str) -> str:
    """Return a text in a form that typography does not change: without quotes, special spaces or ellipses."""
    text = re.sub(r"[\s«»“”\"'‘’]+", " ", text.replace("…", "...").casefold())
    return re.sub(r" (?=[!?;:])", "", text).strip()


@fact_rule("text.changed", "hint")
def text_changed(seen: Seen) -> Iterator[Observation]:
    """The file is read as written, without invisible characters or a value that looks cut off."""
    origin = seen.case._origin  # noqa: SLF001  kept private so that equal cases stay equal
    for note in origin.notes if origin else ():
        yield Observation(note.path, {"note": note.message})
