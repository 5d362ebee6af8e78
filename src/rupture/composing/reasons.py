"""The reasons of a case as a letter gives them: which facts, how much of each reason, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from rupture.case import catalogue
from rupture.case.reasons import MOST_FACTS
from rupture.composing.view import View, invoice_view

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from rupture.case.catalogue import ReasonEntry
    from rupture.case.model import Case
    from rupture.case.reasons import Reason
    from rupture.composing.rendering import Renderer

_NOTHING: Final = Markup()


@dataclass(frozen=True, slots=True)
class LetterFact:
    """A fact that the letter gives, with the invoice it cites."""

    fact: View
    shape: str
    invoice: View | None

    @property
    def date(self) -> dt.date:
        """The day that places it among the others."""
        day: dt.date = self.invoice.due if self.invoice else self.fact.date
        return day


@dataclass(frozen=True, slots=True)
class LetterReason:
    """A reason as the letter gives it, each wording already rendered, and empty where the letter does not give it.

    Args:
        entry: what the catalogue knows of it: templates ask it how to treat the reason.
        of: the reason in the case.
        disclosure: how much of it the letter says.
        neutral: the one sentence of a reason disclosed neutrally.
        principle: the sender's own principle, a clause without capital and full stop.
        misfit: the sentence that ends the argument.
        facts: one or two facts, in sentences.
        intro: the sentence before a list of facts.
        items: the facts of a list, without their punctuation.
        own: its own wording in this message: the block of the message's name (``extra_effort``), if there is one.
        wish: a wish for the client that replaces the usual one, if its template has such a block.
    """

    entry: ReasonEntry
    of: View
    disclosure: str
    neutral: Markup = _NOTHING
    principle: Markup = _NOTHING
    misfit: Markup = _NOTHING
    facts: Markup = _NOTHING
    intro: Markup = _NOTHING
    items: tuple[Markup, ...] = ()
    own: Markup = _NOTHING
    wish: Markup = _NOTHING


def disclosure_of(reason: Reason) -> str:
    """Return how much of a reason the letter says: what the case decides, or else the catalogue."""
    return reason.disclosure or catalogue.reasons()[reason.reason].disclosure


def chosen_facts(case: Case) -> tuple[tuple[int, ...], ...]:
    """Return, for each reason, which of its facts a letter gives: one of each reason first, three in all.

    A reason that is not documented gives none; beside another, a reason gives two at most, in sentences. A brief
    letter gives one of each reason.
    """
    documented = [disclosure_of(reason) == "documented" for reason in case.reasons]
    most = MOST_FACTS if sum(documented) == 1 else MOST_FACTS - 1
    available = [min(most, len(reason.facts)) * given for reason, given in zip(case.reasons, documented, strict=True)]
    if case.length == "brief":
        available = [min(1, count) for count in available]
    counts = [0] * len(available)
    left = min(MOST_FACTS, sum(available))
    while left:
        for index, count in enumerate(available):
            if left and counts[index] < count:
                counts[index] += 1
                left -= 1
    return tuple(tuple(range(count)) for count in counts)


def letter_reasons(
    case: Case, renderer: Renderer, context: dict[str, Any], forget_year: Callable[[], None]
) -> Iterator[LetterReason]:
    """Yield the reasons of a case in their order.

    Args:
        case: the facts.
        renderer: of the letter's language.
        context: what templates see.
        forget_year: called before each wording that names its first year.
    """
    view = context["case"]
    for index, (reason, chosen) in enumerate(zip(case.reasons, chosen_facts(case), strict=True)):
        of = view.reasons[index]
        facts = tuple(_letter_fact(case, of.facts[f]) for f in chosen)
        wording = _Wording(reason.reason, case.message, renderer, context | {"of": of}, forget_year)
        yield wording.reason(of, disclosure_of(reason), facts)


def _letter_fact(case: Case, fact: View) -> LetterFact:
    return LetterFact(fact, fact.shape, invoice_view(case, fact.invoice) if fact.invoice else None)


class _Wording:
    """Renders the blocks of one reason's template."""

    def __init__(
        self, slug: str, message: str, renderer: Renderer, context: dict[str, Any], forget_year: Callable[[], None]
    ) -> None:
        self._entry = catalogue.reasons()[slug]
        self._template = f"reasons/{slug}.html"
        self._message = message
        self._renderer = renderer
        self._context = context
        self._forget_year = forget_year

    def reason(self, of: View, disclosure: str, facts: tuple[LetterFact, ...]) -> LetterReason:
        """Return the reason in the words that this much disclosure gives."""
        if disclosure == "none":
            return LetterReason(self._entry, of, disclosure)
        self._forget_year()
        if disclosure == "neutral":
            words: dict[str, Any] = {"neutral": self._block("neutral")}
        else:
            words = {"principle": self._block("principle"), "misfit": self._block("misfit"), **self._facts(facts)}
        self._forget_year()
        own = self._block(self._message.replace("-", "_"), optional=True)
        wish = self._block("wish", optional=True)
        return LetterReason(self._entry, of, disclosure, **words, own=own, wish=wish)

    def _facts(self, facts: tuple[LetterFact, ...]) -> dict[str, Any]:
        """Return the facts in sentences, or three of one shape as a list."""
        own = tuple(fact for fact in facts if fact.shape != "what")
        free = tuple(fact for fact in facts if fact.shape == "what")
        if len(facts) == MOST_FACTS and (not own or not free):
            source = self._template if own else _FREE
            intro = self._block("intro", source, facts=facts)
            return {"intro": intro, "items": tuple(self._block("item", source, fact=fact) for fact in facts)}
        sentences = [self._block("facts", facts=own)] if own else []
        sentences += [self._block("facts", _FREE, facts=free)] if free else []
        return {"facts": Markup(" ").join(sentences)}

    def _block(self, block: str, template: str = "", *, optional: bool = False, **more: object) -> Markup:
        context = {**self._context, **more} if more else self._context
        html = self._renderer.html(template or self._template, context, block, optional=optional)
        return Markup(html)  # noqa: S704  autoescaped


#: The template of facts that the sender gives as clauses of their own.
_FREE: Final = "reasons/what.html"
