"""What happened and what is to happen: one kind of entry for reasons and for practical matters."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from rupture.case import catalogue
from rupture.case.own_words import Prose, When
from rupture.case.values import Clock, Line, Model, listed
from rupture.case.written import Number
from rupture.resources.suggestions import did_you_mean

Times = Annotated[tuple[When, ...], BeforeValidator(listed, json_schema_input_type=When | tuple[When, ...])]


def _known_reason(slug: str) -> str:
    if slug not in catalogue.reasons():
        hint = did_you_mean(slug, catalogue.reasons())
        raise ValueError(f"unknown reason {slug!r}{hint}; `rupture reasons` lists them")
    return slug


#: The keys of which an entry of reasons or matters has one: what it says.
SAYINGS: Final = ("do", "did", "fact", "used", "reason")


class Point(Model):
    """Something that happened, holds, or is to be done: who, what, when."""

    about: Prose | None = Field(
        None, description="Its subject, which keeps points together and may head them.", examples=["Gas safety"]
    )
    urgent: bool = Field(default=False, description="Danger: told before every other matter, and set apart.")
    who: Prose | None = Field(
        None, description="us (the default), you, or somebody by name.", examples=["us", "you", "the next engineer"]
    )
    do: Prose | None = Field(
        None,
        description="What is to be done: an infinitive; `can ...` or `must ...` where it is not asked for.",
        examples=["return your house key", "can collect the boxes", "remettre les clés"],
    )
    did: Prose | None = Field(
        None, description="What was done: an infinitive.", examples=["send you a price list", "vous demander un accès"]
    )
    fact: Prose | None = Field(
        None, description="What is so, or happened: a clause.", examples=["the tenancy is not affected"]
    )
    used: dict[Line, Number] | None = Field(
        None, description="How much was used, by month.", examples=[{"2026-08": 31, "2026-09": 34}]
    )
    included: Prose | None = Field(None, description="How much is included.", examples=["24 hours a month"])
    on: Times = Field(
        (), description="When: a day, a month, several, or words.", examples=["2026-12-18", ["2026-08", "2026-10-09"]]
    )
    at: Clock | None = Field(None, description="At what hour.", examples=["12:00"])
    by: When | None = Field(None, description="At the latest.", examples=["2026-12-18"])
    from_: When | None = Field(None, alias="from", description="From when.", examples=["2027-02-01"])
    until: When | None = Field(None, description="Until when, that day included.", examples=["2027-01-29"])
    since: When | None = Field(None, description="Since when.", examples=["2026-06", "summer", "la rentrée"])
    if_: Prose | None = Field(
        None, alias="if", description="On what condition: a clause.", examples=["the offer is accepted"]
    )
    otherwise: Prose | None = Field(
        None, description="What follows if it is not done: a clause.", examples=["we will file nothing after that"]
    )
    because: Prose | None = Field(
        None,
        description="Why, or what for: a clause, or an infinitive with to or pour.",
        examples=["to save what they need"],
    )
    answer: Prose | None = Field(
        None,
        description="What came of it: none, refused, accepted, unchanged, or a clause.",
        examples=["none", "refused", "you declined it on 2026-07-03"],
    )
    note: Prose | None = Field(None, description="What else to know: a sentence.", examples=["The form is enclosed."])
    gift: bool = Field(default=False, description="It is a gesture of goodwill: free of charge.")
    reason: Annotated[Line, AfterValidator(_known_reason)] | None = Field(
        None, description="Which reason this supports; `rupture reasons` lists them.", examples=["late-payment"]
    )

    @property
    def by_whom(self) -> Literal["us", "you", "other"]:
        """Who does it."""
        who = self.who or "us"
        return "us" if who == "us" else "you" if who == "you" else "other"

    @property
    def says(self) -> str:
        """The key that holds what it says; a request or a talk may have only its subject."""
        return next((key for key in SAYINGS if getattr(self, key) is not None), "")

    @model_validator(mode="after")
    def _one_saying(self) -> Self:
        given = [key for key in SAYINGS if getattr(self, key) is not None and key != "reason"]
        if len(given) > 1:
            raise ValueError(f"give only one of {', '.join(SAYINGS)}; found {' and '.join(given)}")
        if self.used is not None and self.included is None:
            raise ValueError("used needs included, to compare with")
        return self
