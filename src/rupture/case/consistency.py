"""Contradictions within a case, and what its message needs; checked once every field is valid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.case import catalogue
from rupture.case.field_path import FieldPath
from rupture.case.needs import NEEDS
from rupture.case.own_words import prose_fields
from rupture.case.points import SAYINGS
from rupture.case.sums import sums
from rupture.case.times import points, times
from rupture.resources.locales import locales
from rupture.resources.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rupture.case.faults import Fault
    from rupture.case.model import Case


def faults(case: Case) -> Iterator[Fault]:
    """Yield (field, message) for everything that is wrong with a case whose fields are each valid."""
    for check in _CHECKS:
        yield from check(case)


def _needs(case: Case) -> Iterator[Fault]:
    for name in catalogue.messages()[case.message].needs:
        need = NEEDS[name]
        if not need.met(case):
            yield FieldPath((need.field,)), f"message {case.message} needs {need.wanted}"


def _saying(case: Case) -> Iterator[Fault]:
    for path, point in points(case):
        is_entry = len(path.steps) > 1
        if is_entry and not point.says:
            yield path, f"says nothing: give {', '.join(SAYINGS[:-1])} or {SAYINGS[-1]}"
        elif not is_entry and not (point.says or point.about):
            yield path, "what it is about is missing: a noun phrase in about"
        elif not is_entry and point.says in {"did", "fact", "used"}:
            message = "say what is asked for in about (a noun phrase), or in do (what you would do, an infinitive)"
            yield path / point.says, message
        elif point.says == "reason" and path.steps[0] == "matters":
            yield path / "reason", "a reason without a fact belongs to reasons"


def _friends(case: Case) -> Iterator[Fault]:
    if case.tone == "friend" and case.recipient.organisation and not case.recipient.everybody:
        yield FieldPath(("tone",)), "friend is between people: give recipient.person, or tone: plain"


def _one_title(case: Case) -> Iterator[Fault]:
    people = case.recipient.people
    titled = [person for person in people if person.title]
    if titled and len(titled) < len(people):
        index = next(index for index, person in enumerate(people) if not person.title)
        message = f"{people[index].name} has no title, {titled[0].name} has one: give each a title, or none"
        yield FieldPath(("recipient", "people", index)), message


def _languages(case: Case) -> Iterator[Fault]:
    """Each letter needs the sender's own words in its language; two letters need them once for each."""
    wanted = list(dict.fromkeys(locales()[locale] for locale in (case.locale, case.twin) if locale))
    if case.twin and len(wanted) == 1:
        yield FieldPath(("twin",)), f"{case.twin} is the language of the letter itself; a twin is in another language"
    for path, value in prose_fields(case):
        if not isinstance(value, str):
            yield from ((path / name, f"missing: the text in {name}") for name in wanted if name not in value.root)
        elif len(wanted) > 1:
            both = ", ".join(f"{name}: ..." for name in wanted)
            yield path, f"a twin letter needs each language: {{{both}}}; found only {value[:40]!r}"


def _waivers(case: Case) -> Iterator[Fault]:
    """Refuse to waive what is never found; codes of a sender's own rules begin with ``own.``."""
    for code in case.waive:
        if not code.startswith("own.") and code not in catalogue.finding_codes():
            near = did_you_mean(code, catalogue.finding_codes())
            message = f"no finding has the code {code!r}{near}; `rupture check` prints them"
            yield FieldPath(("waive", code)), message


_CHECKS: Final[tuple[Callable[[Case], Iterator[Fault]], ...]] = (
    sums,
    times,
    _saying,
    _friends,
    _one_title,
    _languages,
    _waivers,
    _needs,
)
