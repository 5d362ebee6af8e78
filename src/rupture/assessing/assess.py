"""The assessment before any letter: what the answers to the questions of the articles advise, and why."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

from rupture.assessing import questions
from rupture.resources import articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.assessing.answers import Answers
    from rupture.assessing.questions import Signal

#: The answers that make a signal a ground, from the weakest; `once` is not a ground (article 3: one slip is none).
GROUNDS: Final = ("repeated", "yes", "persisting")
_MANY: Final = 2


@dataclass(frozen=True, slots=True)
class Ground:
    """One signal with its answer, and the advice that it alone would give.

    Args:
        signal: its slug.
        answer: ``once``, ``repeated``, ``yes`` or ``persisting``.
        advice: by its slug.
        because: why, in the language of the advice.
        source: the titles of the articles that say so.
    """

    signal: str
    answer: str
    advice: str
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What to do about a client, with its reasons; shows itself in a notebook.

    Args:
        advice: by its slug, such as ``limits``.
        title: the advice in words.
        text: what to do, in the language of the answers.
        grounds: the signals that led there, the gravest first.
        because: why these grounds give this advice, each reason with its article.
        not_tried: the repair steps that are still open, by their slug.
        message: the message to send next, or None when there is nothing to write.
        first: whether this client goes before others (article 2: several grounds).
        notes: what tempers the advice: closeness, a difficult moment, a single slip.
        answers: the answers that it is based on.
    """

    advice: str
    title: str
    text: str
    grounds: tuple[Ground, ...]
    because: tuple[str, ...]
    not_tried: tuple[str, ...]
    message: str | None
    first: bool
    notes: tuple[str, ...]
    answers: Answers

    def __str__(self) -> str:
        words = questions.texts(self.answers.language)["report"]
        parts = [f"{self.title}\n{self.text}"]
        parts += [f"{words['because']}\n" + "\n".join(f"- {reason}" for reason in self.because)] if self.because else []
        parts += [f"{words['grounds']}\n" + "\n".join(f"- {g.because} ({g.source})" for g in self.grounds)] * bool(
            self.grounds
        )
        parts += [f"{words['not_tried']}\n" + "\n".join(f"- {self._repair(slug)}" for slug in self.not_tried)] * bool(
            self.not_tried
        )
        parts += ["\n".join(self.notes)] * bool(self.notes)
        parts += [f"{words['message']} {self.message}"] * bool(self.message)
        return "\n\n".join(parts)

    def _repair(self, slug: str) -> str:
        text: str = questions.texts(self.answers.language)["repairs"][slug]
        return text

    def _repr_html_(self) -> str:
        head, *paragraphs = str(self).split("\n\n")
        title, _, text = head.partition("\n")
        body = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in (text, *paragraphs))
        return f"<h3>{escape(title)}</h3>{body}"


def assess(answers: Answers) -> Assessment:
    """Return what the articles advise; the same answers always give the same.

    Args:
        answers: as `read_answers` returns them.
    """
    texts = questions.texts(answers.language)
    grounds = sorted(_grounds(answers), key=lambda ground: -_rank(ground.advice))
    counted = [ground for ground in grounds if ground.answer in GROUNDS]
    advice, because = _weigh(answers, grounds, counted)
    not_tried = tuple(_not_tried(answers, counted)) if counted else ()
    return Assessment(
        advice=advice,
        title=texts["advice"][advice]["title"],
        text=texts["advice"][advice]["text"],
        grounds=tuple(grounds),
        because=tuple(texts["because"][reason] for reason in because),
        not_tried=not_tried,
        message=_message(answers, advice, grounds),
        first=len(counted) >= _MANY and advice == "separate",
        notes=tuple(texts["notes"][note] for note in _notes(answers, grounds)),
        answers=answers,
    )


def _message(answers: Answers, advice: str, grounds: list[Ground]) -> str | None:
    if advice == "separate" and answers.is_prospect:
        return "decline"
    slips = (questions.known().signals[ground.signal].once for ground in grounds if ground.answer == "once")
    return questions.known().messages.get(advice) or next(filter(None, slips), None)


def _rank(advice: str) -> int:
    return questions.known().order.index(advice)


def _grounds(answers: Answers) -> Iterator[Ground]:
    texts = questions.texts(answers.language)
    for slug, signal in questions.known().signals.items():  # in their order, not in that of the answers
        if slug not in answers.signals:
            continue
        answer = answers.signals[slug]
        said = texts["signals"][slug]["said"]
        because = f"{said} ({texts['answers'][answer]})"
        source = articles.with_titles(signal.source, questions.quotes(answers.language))
        yield Ground(slug, answer, _advice_of(signal, answer, answers), because, source)


def _advice_of(signal: Signal, answer: str, answers: Answers) -> str:
    """Return what one signal advises by itself."""
    if answer == "once":
        return "limits" if signal.alone else "keep"
    if answer == "persisting" or (signal.serious and answer in GROUNDS):
        return "separate"
    if set(signal.tries) & set(answers.tried):
        return "separate"
    return signal.repair


#: Circumstances that soften the advice unless a signal stands alone: the answer, and the gravest advice left.
_SOFTER: Final = (
    ("client-in-difficulty", "yes", "adapt-terms"),
    ("likely-to-change", "yes", "conversation"),
)


def _weigh(answers: Answers, grounds: list[Ground], counted: list[Ground]) -> tuple[str, list[str]]:
    """Return the advice, and the keys of the reasons that led from the grounds to it."""
    signals = questions.known().signals
    if any(signals[ground.signal].alone for ground in counted):
        return "separate", ["alone"]
    advice = max((ground.advice for ground in grounds), key=_rank, default="keep")
    because: list[str] = []
    if len(counted) >= _MANY:
        several = "separate" if answers.tried else "transition"
        because.append("several-tried" if answers.tried else "several")
        advice = max(advice, several, key=_rank)
    if not counted:
        because.append("slip" if grounds else "nothing")
        advice = max(advice, _without_grounds(answers), key=_rank)
    else:
        because += [f"answer-{max(counted, key=lambda ground: _rank(ground.advice)).answer}"]
    if counted and answers.is_prospect:
        return "separate", [*because, "prospect"]
    for circumstance, answer, most in _SOFTER:
        if answers.circumstances.get(circumstance) == answer and _rank(advice) > _rank(most):
            advice = most
            because.append(circumstance)
    return advice, because


def _without_grounds(answers: Answers) -> str:
    """Return the advice when no ground weighs on the client: the milder steps of the articles."""
    said = answers.circumstances.get
    if said("only-personality") == "yes":
        return "colleague" if said("colleague-available") == "yes" else "tolerate"
    if said("expectations-set") == "no":
        return "expectations"
    return "extra-effort" if said("client-in-difficulty") == "yes" else "keep"


def _not_tried(answers: Answers, counted: list[Ground]) -> Iterator[str]:
    wanted = {repair for ground in counted for repair in questions.known().signals[ground.signal].tries}
    for repair in questions.known().repairs:
        open_ = repair in wanted or (
            repair == "colleague" and answers.circumstances.get("colleague-available") == "yes"
        )
        if open_ and repair not in answers.tried and not answers.is_prospect:
            yield repair


def _notes(answers: Answers, grounds: list[Ground]) -> Iterator[str]:
    closeness = answers.circumstances.get("closeness", "none")
    if closeness != "none":
        yield closeness
    if any(ground.answer == "once" for ground in grounds):
        yield "once"
    if answers.circumstances.get("expectations-set") == "no" and grounds:
        yield "expectations"
    if answers.circumstances.get("only-personality") == "yes" and grounds:
        yield "personality"


def as_data(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment as plain data, for JSON."""
    answers = assessment.answers
    return {
        "version": 1,
        "advice": assessment.advice,
        "title": assessment.title,
        "text": assessment.text,
        "because": list(assessment.because),
        "grounds": [
            {name: getattr(ground, name) for name in ("signal", "answer", "advice", "because", "source")}
            for ground in assessment.grounds
        ],
        "not_tried": list(assessment.not_tried),
        "message": assessment.message,
        "first": assessment.first,
        "notes": list(assessment.notes),
        "answers": {
            "locale": answers.locale,
            "signals": dict(answers.signals),
            "circumstances": dict(answers.circumstances),
            "tried": list(answers.tried),
        },
    }


def reasons_of(assessment: Assessment) -> tuple[str, ...]:
    """Return the reasons that a letter would give, the gravest first, three at most."""
    signals = questions.known().signals
    counted = [ground for ground in assessment.grounds if ground.answer in GROUNDS] or assessment.grounds
    return tuple(dict.fromkeys(signals[ground.signal].reason for ground in counted))[:3]
