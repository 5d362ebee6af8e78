"""Why the relationship ends: reasons with the facts behind them, and what is not the cause."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from rupture.case import catalogue
from rupture.case.own_words import Prose
from rupture.case.values import Date, Line, Model
from rupture.resources.suggestions import did_you_mean

Disclosure = Literal["none", "neutral", "documented"]
Shape = Literal["invoice", "request", "meeting", "advice", "what", "event"]

#: The keys of a fact that say its shape; a fact with none of them is an ``event``, identified by its date.
SHAPES: Final[tuple[Shape, ...]] = ("invoice", "request", "meeting", "advice", "what")

#: The most facts a letter gives; the others stay in the file (docs/explanation/the-letter.md).
MOST_FACTS: Final = 3


class Fact(Model):
    """One dated, checkable event.

    Its shape is the one of ``invoice``, ``request``, ``meeting``, ``advice``, ``what`` it has; without any, the
    reason's own words give its date.
    """

    date: Date | None = None
    invoice: Line | None = Field(None, description="The number of an entry of invoices; the letter computes the days.")
    request: Prose | None = Field(None, description="What was asked for, a noun phrase: « une version anglaise ».")
    meeting: Prose | None = Field(None, description="Which meeting, a noun phrase: « le point mensuel ».")
    advice: Prose | None = Field(None, description="What was recommended, a noun phrase: « un pare-feu ».")
    what: Prose | None = Field(None, description="A clause of your own, which follows the date.")
    subject: Prose | None = Field(None, description="What an event is about, a noun phrase: « la livraison de mai ».")
    where: Prose | None = Field(None, description="Where it was published, a noun phrase.")
    time: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = Field(None, description="Such as 22:40.")
    medium: Literal["email", "phone", "letter", "message", "meeting"] | None = None
    reminders: tuple[Date, ...] = Field((), max_length=6, description="When the request was repeated.")

    @property
    def shape(self) -> Shape:
        """Which of the few shapes of a fact this is."""
        return next((shape for shape in SHAPES if getattr(self, shape)), "event")

    @model_validator(mode="after")
    def _one_shape(self) -> Self:
        given = [shape for shape in SHAPES if getattr(self, shape)]
        if len(given) > 1:
            raise ValueError(f"give only one of {', '.join(SHAPES)}; found {' and '.join(given)}")
        if not self.invoice and self.date is None:
            raise ValueError("a date is missing: a fact without its date cannot be checked")
        if self.invoice and self.date:
            raise ValueError("an invoice brings its own dates: leave out date")
        return self


def _known_reason(slug: str) -> str:
    if slug not in catalogue.reasons():
        hint = did_you_mean(slug, catalogue.reasons())
        raise ValueError(f"unknown reason {slug!r}{hint}; `rupture reasons` lists them")
    return slug


class Reason(Model):
    """Why, by its slug, with the facts behind it and how much of them the letter may say."""

    reason: Annotated[Line, AfterValidator(_known_reason)]
    disclosure: Disclosure | None = Field(None, description="Default: the reason's own, see `rupture reasons`.")
    facts: tuple[Fact, ...] = Field((), max_length=50)


class Exoneration(Model):
    """What is not the cause, and who is spared."""

    not_about: Prose | None = Field(None, description="A noun phrase: « la qualité de vos échanges ».")
    spared: Prose | None = Field(None, description="A person or a team: « l'équipe de Mme Roy ».")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.not_about or self.spared):
            raise ValueError("give not_about, spared, or both")
        return self
