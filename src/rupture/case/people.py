"""The people and organisations of a case, and where they are."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from rupture.case.own_words import Prose, When
from rupture.case.values import Country, Email, Line, Model, listed

#: The titles of a person, each with the spellings that a case file may use.
TITLES: Final = {
    "mr": ("mr", "monsieur", "m"),
    "mrs": ("mrs", "mme", "madame"),
    "ms": ("ms",),
    "mx": ("mx",),
    "dr": ("dr", "doctor", "docteur", "docteure"),
    "prof": ("prof", "professor", "professeur", "professeure"),
    "me": ("me", "maître", "maitre"),
}
_CANONICAL: Final = {spelling: title for title, spellings in TITLES.items() for spelling in spellings}


def _title(value: object) -> object:
    return _CANONICAL.get(value.strip().rstrip(".").casefold(), value) if isinstance(value, str) else value


Title = Annotated[
    Literal["mr", "mrs", "ms", "mx", "dr", "prof", "me"],
    BeforeValidator(_title),
    WithJsonSchema({"type": "string", "enum": ["Mr", "Mrs", "Ms", "Mx", "Dr", "Prof", "Me", "M.", "Mme", *TITLES]}),
]


class Address(Model):
    """A postal address in free lines; the line of the town follows the rules of the country."""

    lines: tuple[Line, ...] = Field(
        min_length=1, max_length=4, description="Street, and what goes above it.", examples=[["14 Tollgate Parade"]]
    )
    postcode: Line | None = Field(None, description="The postcode; quote one that begins with 0.", examples=["GL5 9ZZ"])
    town: Line = Field(description="The town.", examples=["Stroud"])
    region: Line | None = Field(None, description="State or province, as the post writes it.", examples=["QC"])
    country: Country


class Person(Model):
    """Somebody, by name; the title is optional and never guessed."""

    name: Line = Field(description="The whole name.", examples=["Honor Pettigrew-Lane"])
    given: Line | None = Field(None, description="Where it is not the first word of the name.", examples=["Anne Marie"])
    surname: Line | None = Field(None, description="Where it is not the last word of the name.", examples=["van Dyk"])
    title: Title | None = Field(None, description="How the person is addressed.", examples=["Mrs"])
    role: Prose | None = Field(None, description="What the person is, under the name.", examples=["director"])


class Sender(Model):
    """The service business that writes."""

    name: Line = Field(
        description="The firm, or the person where there is none.", examples=["Harrow Vale Lettings Ltd"]
    )
    trade: Prose | None = Field(
        None,
        description="What you are to this client: a noun without article.",
        examples=["letting agent", "coiffeuse"],
    )
    signatories: tuple[Person, ...] = Field(min_length=1, max_length=4, description="Who signs.")
    address: Address | None = Field(None, description="Needed by a letter on paper.")
    email: Email | None = Field(None, description="E-mail address.", examples=["office@harrowvale.example"])
    phone: Line | None = Field(None, description="As it is written at home.", examples=["01632 960144"])


class Contact(Model):
    """Who answers questions, and what a call would be about; the sender by default."""

    name: Line | None = Field(None, description="Somebody else than who signs.", examples=["Nora Whitfield"])
    email: Email | None = Field(None, description="Of that person.", examples=["nora@harrowvale.example"])
    phone: Line | None = Field(None, description="Of that person.", examples=["01632 960145"])
    for_: Annotated[tuple[Prose, ...], BeforeValidator(listed, json_schema_input_type=Prose | tuple[Prose, ...])] = (
        Field(
            (),
            alias="for",
            max_length=4,
            description="What to get in touch about: noun phrases, or infinitives.",
            examples=[["the handover"], "fixer l'heure de la remise"],
        )
    )


class Alternative(Model):
    """Somebody the client may turn to; or, without a name, what was tried to find somebody."""

    name: Line | None = Field(None, description="Of the person or the firm.", examples=["Osprey & Hale"])
    what: Prose | None = Field(None, description="What they are: a noun phrase.", examples=["a fellow instructor"])
    place: Line | None = Field(None, description="Where they are.", examples=["Bristol"])
    for_: Prose | None = Field(
        None,
        alias="for",
        description="What they can do: an infinitive.",
        examples=["take it from here", "reprendre vos travaux"],
    )
    from_: When | None = Field(None, alias="from", description="From when they are free.", examples=["2027-01"])
    contact: Line | None = Field(None, description="Phone or e-mail.", examples=["07700 900412"])
    asked: Literal["agreed", "told", "no"] | None = Field(
        None, description="agreed to be named here; told about this client; or nobody spoke to them."
    )
    fee: Prose | None = Field(
        None, description="What you receive for it, or none.", examples=["none", "a commission of 5 %"]
    )
    tried: Prose | None = Field(
        None,
        description="Without a name: what was tried, or that there is nobody: a clause.",
        examples=["I asked two photographers, and both are full until spring"],
    )

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not (self.name or self.tried):
            raise ValueError("give a name, or say what was tried to find somebody")
        return self


class Recipient(Model):
    """The client: an organisation, a person, several people, or people at an organisation."""

    organisation: Line | None = Field(None, description="The firm.", examples=["Kestrel Bay Roofing Co."])
    person: Person | None = Field(None, description="The person addressed.")
    people: tuple[Person, ...] = Field((), max_length=4, description="Several people, instead of person.")
    address: Address | None = Field(None, description="Needed by a letter on paper.")
    email: Email | None = Field(None, description="Needed by an e-mail.", examples=["office@kestrelbay.example"])

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not (self.organisation or self.person or self.people):
            raise ValueError("nobody to write to: give organisation, person, or both")
        if self.person and self.people:
            raise ValueError("give person or people, not both")
        return self

    @property
    def everybody(self) -> tuple[Person, ...]:
        """The people addressed by name."""
        return (self.person,) if self.person else self.people

    @property
    def called(self) -> str:
        """What a list of letters calls the client."""
        return self.organisation or self.everybody[0].name
