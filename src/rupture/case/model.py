"""The case: the facts of a client relationship and its end, as a validated, immutable model without I/O."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, PrivateAttr

from rupture.case.money import MoneyItem
from rupture.case.own_words import Prose, Said
from rupture.case.paper import Paper
from rupture.case.people import Alternative, Contact, Recipient, Sender
from rupture.case.points import Point
from rupture.case.relationship import End, Relationship
from rupture.case.values import Date, Declinable, Jurisdiction, Line, Locale, Message, Model
from rupture.resources.locales import locales


class Thanks(Declinable):
    """What the sender is thankful for; ``thanks: none`` declines the step."""

    for_: Prose | None = Field(
        None, alias="for", description="A noun phrase.", examples=["the care you took", "la confiance de votre équipe"]
    )
    enjoyed: Prose | None = Field(
        None, description="What was a pleasure: an infinitive.", examples=["teach Elis", "accompagner Lorin"]
    )
    memory: Prose | None = Field(
        None, description="One true memory: a sentence.", examples=["He has gone from a C to a B+."]
    )


class Case(Model):
    """Everything a letter is made from. `rupture.load` makes one and says what is wrong with its source."""

    model_config = ConfigDict(title="A case: the facts of a client relationship and its end")

    locale: Locale = Field(description="Language and formats of the letter.")
    message: Message = Field("separation", description="What is written; `separation` ends the relationship.")
    place: Line | None = Field(None, description="Where the letter is written.", examples=["Stroud"])
    date: Date = Field(description="The letter's own date; today when left out.", examples=["2026-11-19"])
    sender: Sender
    recipient: Recipient
    relationship: Relationship
    end: End | None = Field(None, description="Required by `message: separation`.")
    request: Point | None = Field(
        None,
        description="What the client asked for: about, a noun phrase, or do, what you would do; "
        "required by `decline` and `refer-project`.",
    )
    meeting: Point | None = Field(
        None, description="A talk that you propose, `on` some days, answered `by` a day; required by `conversation`."
    )
    thanks: Thanks | Literal["none"] | None = Field(None, description="The first step.")
    reasons: tuple[Point, ...] = Field((), max_length=20, description="What led to it, in the order of time.")
    not_about: tuple[Prose, ...] = Field(
        (), max_length=4, description="What is not the cause: noun phrases.", examples=[["your team"]]
    )
    framing: Literal["facts", "ours"] = Field(
        "facts", description="ours: the misfit is said to be yours, with an apology; ask a lawyer first."
    )
    matters: tuple[Point, ...] = Field(
        (), max_length=60, description="Whatever goes on, stops, is handed over, kept, deleted, asked for, or runs out."
    )
    money: tuple[MoneyItem, ...] = Field((), max_length=60, description="Every sum.")
    regret: Prose | Literal["none"] | None = Field(
        None,
        description="What the end costs the client: an infinitive.",
        examples=["find another agent before the winter", "confier le dossier à quelqu'un d'autre"],
    )
    people: Annotated[tuple[Alternative, ...] | Literal["none"] | None, Field(union_mode="left_to_right")] = Field(
        None, description="Whom the client may turn to; none to leave the step out."
    )
    contact: Contact | Literal["none"] | None = Field(None, description="Who answers questions; none closes the door.")
    wish: Prose | Literal["none"] | None = Field(
        None,
        description="What you wish the client: a noun phrase, or « de » and an infinitive.",
        examples=["a good first season"],
    )
    say: dict[Line, Said] = Field(
        default_factory=dict,
        description="Your own sentence in place of one of ours, or the number of another wording of it, by the names "
        "that `rupture plan --wordings` prints; `after <name>` adds a sentence; `none` leaves ours out.",
        examples=[{"regret": "I know this comes at a bad time.", "decision": 2}],
    )
    enclosures: tuple[Prose, ...] = Field(
        (), max_length=12, description="What is enclosed, each a noun phrase.", examples=[["the price list"]]
    )
    copies: tuple[Line, ...] = Field(
        (), max_length=6, description="Who receives a copy.", examples=[["Nora Whitfield"]]
    )
    countersign: Literal["receipt", "agreement"] | None = Field(
        None, description="A place for the client to sign: for receipt only, or for agreement."
    )
    annex: bool = Field(default=False, description="A chronology of every dated fact of the reasons.")
    paper: Paper | None = None
    never_say: tuple[Line, ...] = Field(
        (), description="Words and names that must not appear anywhere in the letter.", examples=[["Osprey & Hale"]]
    )
    delivery: Literal["registered", "post", "email", "hand"] = Field("post", description="How it is sent.")
    tone: Literal["formal", "plain", "friend"] = Field(
        "plain", description="formal; plain, between people who know each other; friend: tu in French."
    )
    voice: Literal["we", "I"] = Field("we", description="Who speaks: the firm, or one person.")
    twin: Locale | None = Field(
        None, description="The locale of a second letter in another language, joined to this one."
    )
    jurisdiction: Jurisdiction | None = Field(
        None, description="Whose law the review looks at; by default that of the locale, QC for a client in Québec."
    )
    waive: dict[Line, Line] = Field(
        default_factory=dict,
        description="Findings you let stand, by code, each with a reason.",
        examples=[{"length.letter": "the client asked for every date"}],
    )

    _origin: Any = PrivateAttr(None)
    _files: Any = PrivateAttr(None)

    def in_locale(self, locale: Locale) -> Case:
        """Return the same case for a letter in another locale."""
        return self.model_copy(update={"locale": locale})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Case) and self.__dict__ == other.__dict__  # whichever file it comes from

    def __hash__(self) -> int:
        return hash(self.model_dump_json())

    @property
    def language(self) -> str:
        """The language of the letter, such as ``fr``."""
        return locales()[self.locale]
