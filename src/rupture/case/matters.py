"""What the letter says besides its reasons: thanks, the time until the end, help, alternatives, proposals."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from rupture.case.own_words import Prose
from rupture.case.values import Date, Declinable, Line, Model


class Thanks(Declinable):
    """What the sender is thankful for; ``thanks: none`` declines the step."""

    for_: Prose | None = Field(None, alias="for", description="A noun phrase: « la confiance de votre équipe ».")
    also: Prose | None = Field(None, description="A clause: « vos règlements sont toujours arrivés à l'heure ».")

    @model_validator(mode="before")
    @classmethod
    def _declined(cls, value: object) -> object:
        return {} if value == "none" else value


class Alternative(Model):
    """A provider the client may turn to."""

    name: Line
    fits: Prose | None = Field(None, description="For what, a noun phrase: « la maintenance de sites marchands ».")
    contact: Line | None = None
    asked: Literal["agreed", "willing", "not-contacted"] = Field(
        "not-contacted", description="agreed to be named; willing to be approached; or nobody spoke to them."
    )
    room_from: Date | None = Field(None, description="From when they have room.")
    fee: Prose | None = Field(None, description="Any referral fee you receive: « une commission de 5 % ».")


class NextStep(Model):
    """Who does what by when, around the end."""

    who: Literal["us", "you"]
    what: Prose = Field(description="A noun phrase, best with its article: « la remise des accès ».")
    by: Date
    where: Prose | None = Field(None, description="Place or channel, with its preposition: « à nos bureaux ».")
    against_receipt: bool = False
    regardless_of_payment: bool = False


class Change(Model):
    """Something that changes on a day before the end."""

    what: Prose = Field(description="A noun phrase: « un seul point par semaine ».")
    from_: Date = Field(alias="from")


class Stop(Model):
    """Something that stops before the end."""

    what: Prose = Field(description="A noun phrase with its article: « la veille hebdomadaire ».")
    date: Date


class Booked(Model):
    """Work already booked, and when it is delivered."""

    what: Prose = Field(description="A noun phrase with its article: « le rapport de décembre ».")
    by: Date


class UntilThen(Model):
    """What happens between the letter and the end."""

    continues: Prose | None = Field(None, description="What goes on unchanged, a noun phrase with its article.")
    changes: tuple[Change, ...] = ()
    stops: tuple[Stop, ...] = ()
    last_request: Date | None = Field(None, description="The last day on which new requests are taken.")
    booked: tuple[Booked, ...] = ()


class Help(Model):
    """Help with the handover, either as a gesture or paid; the letter says which."""

    what: Prose = Field(description="A noun phrase with its article: « une visite de passation ».")
    limit: Prose | None = Field(None, description="A noun phrase: « trois heures ».")
    until: Date | None = None
    free: bool = False


class Working(Model):
    """How the work is done: the rules that a message sets or repeats."""

    rules: tuple[Prose, ...] = Field(
        min_length=1, max_length=8, description="Each a clause in the present: « nous répondons de 9 h à 17 h »."
    )
    from_: Date | None = Field(None, alias="from", description="From when; at once when left out.")


class Invitation(Model):
    """A conversation that the sender proposes."""

    dates: tuple[Date, ...] = Field(min_length=1, max_length=3)
    medium: Literal["phone", "video", "meeting"] = "phone"
    minutes: int | None = Field(None, gt=0, le=240)
    answer_by: Date | None = None
    part_ways: bool = Field(default=False, description="Whether to propose, too, to part on good terms with your help.")


class Enquiry(Model):
    """What somebody who is not a client yet asked for."""

    date: Date | None = None
    what: Prose = Field(description="A noun phrase with its article: « la refonte de votre boutique ».")


class Waiver(Model):
    """A finding that the sender lets stand, and why."""

    code: Line = Field(description="As `rupture check` prints it.")
    because: Line = Field(description="The reason, which is printed beside the finding.")


class OwnParagraph(Model):
    """A paragraph in the sender's own words, placed after a step."""

    after: Line = Field(description="A step of the message: gratitude, framing, goodwill, apology, transition...")
    text: Prose
