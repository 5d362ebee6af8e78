"""The answers to the questions of the assessment, read from plain data and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from rupture.assessing import questions
from rupture.case.field_path import FieldPath
from rupture.errors import CaseError, Problem
from rupture.resources.locales import locales
from rupture.resources.suggestions import unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_KEYS: Final = ("locale", "signals", "circumstances", "tried")
_SIGNALS: Final = FieldPath(("signals",))
_CIRCUMSTANCES: Final = FieldPath(("circumstances",))
_TRIED: Final = FieldPath(("tried",))
#: A field, and what is wrong with it.
Fault: TypeAlias = tuple[FieldPath, str]


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of a client, checked against the list of questions.

    Args:
        locale: the language of the advice, such as ``fr-FR``.
        signals: the answers on the client's conduct, by the slug of the question, without ``no`` and ``never``.
        circumstances: the answers on the circumstances, by the slug of the question.
        tried: the repair steps that were taken already.
    """

    locale: str
    signals: Mapping[str, str]
    circumstances: Mapping[str, str]
    tried: tuple[str, ...]

    @property
    def language(self) -> str:
        """The language of the advice, such as ``fr``."""
        return self.locale.partition("-")[0]

    @property
    def is_prospect(self) -> bool:
        """Whether they are about somebody who is not a client yet."""
        return self.circumstances.get("prospect") == "yes"


def read_answers(data: Mapping[str, Any], problem: Callable[[FieldPath, str], Problem]) -> Answers:
    """Return the answers in plain data.

    Args:
        data: what a file or a mapping holds.
        problem: makes a problem with its place from a field and a message.

    Raises:
        CaseError: with everything that is wrong: an unknown question or answer, answers that contradict each other.
    """
    known = questions.known()
    wrong: list[Fault] = []
    wrong += [(FieldPath((key,)), unknown("key", str(key), _KEYS)) for key in data if key not in _KEYS]
    locale = data.get("locale", "")
    if locale not in [*locales()]:
        wrong.append((FieldPath(("locale",)), f"expected one of {', '.join(locales())}"))
    signals = _section(data, "signals", wrong)
    circumstances = _section(data, "circumstances", wrong)
    tried = data.get("tried") or ()
    if not isinstance(tried, list | tuple):
        wrong.append((_TRIED, "expected a list, such as [limits, conversation]"))
        tried = ()
    wrong += _unknown(_SIGNALS, signals, {slug: signal.answers for slug, signal in known.signals.items()})
    wrong += _unknown(_CIRCUMSTANCES, circumstances, known.circumstances)
    wrong += [
        (_TRIED / index, unknown("step", str(step), known.repairs))
        for index, step in enumerate(tried)
        if not isinstance(step, str) or step not in known.repairs
    ]
    answers = Answers(
        locale=locale,
        signals={slug: answer for slug, answer in signals.items() if answer not in {"no", "never"}},
        circumstances=circumstances,
        tried=tuple(tried),
    )
    wrong += _contradictions(answers) if not wrong else []
    if wrong:
        raise CaseError(problem(path, message) for path, message in wrong)
    return answers


def _section(data: Mapping[str, Any], name: str, wrong: list[Fault]) -> dict[str, str]:
    section = data.get(name) or {}
    if not isinstance(section, Mapping):
        wrong.append((FieldPath((name,)), "expected `question: answer` lines"))
        return {}
    return {
        str(key): "yes" if value is True else "no" if value is False else str(value) for key, value in section.items()
    }


def _unknown(section: FieldPath, said: Mapping[str, str], known: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    for slug, answer in said.items():
        if slug not in known:
            yield section / slug, unknown("question", slug, known)
        elif answer not in known[slug]:
            yield section / slug, unknown("answer", answer, known[slug])


def _contradictions(answers: Answers) -> Iterator[Fault]:
    for slug, answer in answers.signals.items():
        if answer == "persisting" and not answers.tried:
            yield _SIGNALS / slug, "persisting means after a repair step: name the step under tried, or say repeated"
    said = answers.circumstances.get
    if answers.is_prospect and answers.tried:
        yield _TRIED, "a prospect is not a client yet: nothing can have been tried; leave tried out, or prospect: no"
    if answers.is_prospect and said("closeness", "none") != "none":
        yield _CIRCUMSTANCES / "closeness", "a prospect is neither a long-standing client nor an old friend in business"
    heavy = [slug for slug in answers.signals if questions.known().signals[slug].alone]
    if said("only-personality") == "yes" and heavy:
        yield (
            _CIRCUMSTANCES / "only-personality",
            f"{heavy[0]} is not a matter of personality: answer no here, or never there",
        )
    if "extra-effort" in answers.tried and said("client-in-difficulty") == "no":
        yield (
            _CIRCUMSTANCES / "client-in-difficulty",
            "an extra effort is for a client in difficulty: answer yes, or leave extra-effort out of tried",
        )
