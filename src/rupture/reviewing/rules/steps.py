"""Fact rules about what the plan of the letter tells, and what it leaves out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rupture.case import catalogue
from rupture.case.field_path import FieldPath
from rupture.language import languages
from rupture.resources.paths import templates_root
from rupture.resources.suggestions import closest
from rupture.reviewing.facts import Observation, Phrase, fact_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rupture.case.model import Case
    from rupture.case.people import Alternative
    from rupture.planning.plan import Role
    from rupture.reviewing.facts import Seen

#: The case field of each step that may be left out, but not forgotten.
_FIELDS: Final[Mapping[Role, str]] = {"apology": "regret", "alternatives": "people"}
#: Ends that the client asked for or agreed to, which need no reason.
_AGREED: Final = frozenset({"mutual", "declined-offer"})
#: The beginning of a wording in a template.
_BLOCK: Final = re.compile(r"\{%[-+]?\s*block\s")
#: Before the name of a sentence: a sentence of the sender's own that follows it.
_AFTER: Final = "after "


@fact_rule("step.missing", "warning")
def step_missing(seen: Seen) -> Iterator[Observation]:
    """A letter that ends the relationship gives thanks, or declines to."""
    yield from _missing(seen, {"gratitude": "thanks"})


@fact_rule("step.silent", "hint")
def step_silent(seen: Seen) -> Iterator[Observation]:
    """A letter that ends the relationship says its regret and names others, or declines to."""
    yield from _missing(seen, _FIELDS)


def _missing(seen: Seen, fields: Mapping[Role, str]) -> Iterator[Observation]:
    for role, field in fields.items() if seen.case.message == "separation" else ():
        if role not in seen.plan.roles and getattr(seen.case, field) != "none":
            yield Observation(field, {"field": field})


@fact_rule("step.goodwill", "hint")
def no_gesture(seen: Seen) -> Iterator[Observation]:
    """A letter that ends the relationship makes a gesture, where there is one to make, except between friends."""
    if seen.case.message == "separation" and seen.case.tone != "friend" and "goodwill" not in seen.plan.roles:
        yield Observation("money" if seen.case.money else "matters")


@fact_rule("framing.no-reason", "hint")
def framing_without_reason(seen: Seen) -> Iterator[Observation]:
    """The letter gives a reason."""
    end = seen.case.end
    if seen.case.message == "separation" and end and end.how not in _AGREED and not seen.case.reasons:
        yield Observation("reasons")


@fact_rule("framing.ours", "warning")
def framed_as_ours(seen: Seen) -> Iterator[Observation]:
    """A letter that takes the misfit on itself was seen by a lawyer."""
    if seen.case.framing == "ours":
        yield Observation("framing")


@fact_rule("reason.no-facts", "hint")
def reason_without_facts(seen: Seen) -> Iterator[Observation]:
    """A reason has at least one fact, unless it is one that needs none."""
    supported = {point.reason for point in seen.case.reasons if point.says != "reason"}
    for index, point in enumerate(seen.case.reasons):
        if point.says == "reason" and point.reason and point.reason not in supported:
            entry = catalogue.reasons()[point.reason]
            if entry.facts_wanted and not (entry.by_invoices and _late(seen.case)):
                yield Observation(f"reasons[{index}]", {"reason": point.reason})


def _late(case: Case) -> bool:
    return any(item.days_late(case.date) for item in case.money)


@fact_rule("facts.left-out", "warning")
def left_out(seen: Seen) -> Iterator[Observation]:
    """Every fact of the case is told."""
    for left in seen.plan.left_out:
        yield Observation(left.path, {"field": left.path, "why": Phrase(left.why)})


@fact_rule("say.unknown", "error")
def says_nothing(seen: Seen) -> Iterator[Observation]:
    """The sender's own sentences stand in place of sentences that the letter has."""
    names = {item.name for item in seen.plan.items} if seen.case.say else set()
    for key, said in seen.case.say.items():
        name = key if isinstance(said, int) else key.removeprefix(_AFTER)
        if name not in names:
            near = closest(name, names) or sorted(names)
            yield Observation(FieldPath(("say", key)), {"name": name, "near": ", ".join(near)})


@fact_rule("say.number", "error")
def no_such_wording(seen: Seen) -> Iterator[Observation]:
    """A wording that the sender chooses by its number is there."""
    numbers = {name: said for name, said in seen.case.say.items() if isinstance(said, int)}
    for item in seen.plan.items if numbers else ():
        number = numbers.get(item.name)
        if number and number > (most := _wordings(seen, item.kind)):
            yield Observation(FieldPath(("say", item.name)), {"name": item.name, "number": number, "most": most})


def _wordings(seen: Seen, kind: str) -> int:
    """Return how many wordings the template of a sentence has."""
    place = Path(seen.case.language) / "sentences" / f"{kind}.html"
    paths = (folder / place for folder in (seen.folder, templates_root()) if folder)
    found = next((path for path in paths if path.is_file()), None)
    return len(_BLOCK.findall(found.read_text("utf-8"))) if found else 0


@fact_rule("sample", "warning")
def samples(seen: Seen) -> Iterator[Observation]:
    """No name of a new case file is left in place."""
    known = set(languages.get(seen.case.language).samples.values())
    for path, name in _names(seen.case):
        if name in known:
            yield Observation(path, {"words": name}, name)


def _names(case: Case) -> Iterator[tuple[str, str | None]]:
    """Yield the name of everybody in a case with its field."""
    yield "sender.name", case.sender.name
    yield from ((f"sender.signatories[{index}].name", each.name) for index, each in enumerate(case.sender.signatories))
    yield "recipient.organisation", case.recipient.organisation
    if case.recipient.person:
        yield "recipient.person.name", case.recipient.person.name
    yield from ((f"people[{index}].name", each.name) for index, each in enumerate(_people(case)))


@fact_rule("alternative.contact", "hint")
def provider_without_contact(seen: Seen) -> Iterator[Observation]:
    """A provider that the letter recommends can be reached, or found in a town."""
    for path, provider in _providers(seen.case):
        if not (provider.contact or provider.place):
            yield Observation(path, {"name": provider.name or ""})


@fact_rule("alternative.consent", "hint")
def provider_not_asked(seen: Seen) -> Iterator[Observation]:
    """A provider that the letter recommends was asked."""
    for path, provider in _providers(seen.case):
        if provider.asked in {None, "no"}:
            yield Observation(path, {"name": provider.name or ""})


def _providers(case: Case) -> Iterator[tuple[str, Alternative]]:
    """Yield the field of everybody whom the letter names, and what the case says of them."""
    return ((f"people[{index}]", entry) for index, entry in enumerate(_people(case)) if entry.name)


def _people(case: Case) -> tuple[Alternative, ...]:
    return case.people if isinstance(case.people, tuple) else ()


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
