"""What was done for the client, under which contract, and how it ends."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rupture.case.own_words import Prose, When
from rupture.case.values import Clock, Date, Model
from rupture.case.written import Notice


class Contract(Model):
    """What was signed, as far as it matters for the letter."""

    name: Prose | None = Field(
        None,
        description="What it is called, with its article or possessive, and its number; without its date.",
        examples=["our management agreement", "le contrat de gardiennage"],
    )
    signed: Date | None = Field(None, description="When it was signed.", examples=["2023-04-03"])
    clause: Prose | None = Field(
        None,
        description="The clause or article of law on the end.",
        examples=["section 9", "son article 9", "art. 404 CO"],
    )
    notice: Notice | Literal["none"] | None = Field(
        None, description="The notice it asks for; none where none is owed."
    )
    notice_from: Literal["receipt", "letter", "month-end"] | None = Field(
        None, description="From when the notice runs."
    )
    term: Literal["open-ended"] | Date | None = Field(None, description="open-ended, or the last day of a fixed term.")


class Relationship(Model):
    """What was done for the client, since when, and under which contract."""

    service: Prose = Field(
        description="What ends, with its article: a noun phrase.",
        examples=["Biscuit's noon walks", "l'entretien de votre site"],
    )
    do: Prose | None = Field(
        None, description="The same as an infinitive.", examples=["walk Biscuit", "entretenir votre site"]
    )
    unit: Prose | None = Field(
        None, description="One piece of it: a noun without article.", examples=["lesson", "garde"]
    )
    since: When | None = Field(None, description="Since when.", examples=["2021", "2024-03", "spring 2025"])
    client: Literal["business", "consumer"] = Field("business", description="Which law protects the client.")
    closeness: Literal["long-standing", "friend"] | None = Field(
        None, description="An old client or an old friend: more tact, not less honesty."
    )
    contract: Contract | None = None
    personal_data: bool = Field(default=False, description="You process personal data on the client's behalf.")


class End(Model):
    """The last day of service, and how it comes about."""

    date: Date = Field(description="The last day.", examples=["2027-01-31"])
    at: Clock | None = Field(None, description="The hour at which it ends.", examples=["16:00"])
    how: Literal["notice", "non-renewal", "immediate", "declined-offer", "mutual", "lapsed"] = Field(
        "notice",
        description="With notice; a term not renewed; at once; an offer of the client's declined; agreed by both; "
        "a contract that had run out already while the work went on.",
    )
    answers: Date | None = Field(
        None,
        description="The day of the client's letter that this one answers, or on which both agreed.",
        examples=["2026-11-09"],
    )
    because: Prose | None = Field(
        None, description="Why on that day: an infinitive.", examples=["to complete the year", "pour ne pas vous gêner"]
    )
    final: bool = Field(default=False, description="Say that the decision is final.")
