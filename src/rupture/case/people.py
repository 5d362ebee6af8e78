"""The people and organisations of a case, and where they are."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from rupture.case.own_words import Prose
from rupture.case.values import Country, Email, Line, Model


class Address(Model):
    """A postal address in free lines; the line of the town follows the rules of the country."""

    lines: tuple[Line, ...] = Field(min_length=1, max_length=4, description="Street, and what goes above it.")
    postcode: Line | None = None
    town: Line
    region: Line | None = Field(None, description="State or province, as the post writes it: NY, QC.")
    country: Country


class Person(Model):
    """Somebody, by name; the title is optional and never guessed."""

    name: Line
    given: Line | None = Field(None, description="Where it is not the first word of the name: Anne Marie.")
    surname: Line | None = Field(None, description="Where it is not the last word of the name: van Dyk.")
    title: Literal["mr", "ms", "mx"] | None = None


class Signatory(Model):
    """Who signs, and in which capacity."""

    name: Line
    role: Prose | None = None


class Sender(Model):
    """The service business that writes."""

    name: Line
    signatories: tuple[Signatory, ...] = Field(min_length=1, max_length=4)
    address: Address
    email: Email | None = None
    phone: Line | None = None


class Contact(Model):
    """The person who answers questions until the end; the first signatory by default."""

    name: Line
    email: Email | None = None
    phone: Line | None = None


class Recipient(Model):
    """The client: an organisation, a person, several people, or people at an organisation."""

    organisation: Line | None = None
    person: Person | None = None
    people: tuple[Person, ...] = Field((), max_length=4, description="Several people, instead of person.")
    address: Address | None = None
    email: Email | None = None

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
