"""The case: the facts of a client relationship and its end, as a validated, immutable model without I/O."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, PrivateAttr

from rupture.case.matters import (
    Alternative,
    Enquiry,
    Help,
    Invitation,
    NextStep,
    OwnParagraph,
    Thanks,
    UntilThen,
    Waiver,
    Working,
)
from rupture.case.money import Goodwill, Invoice, Price
from rupture.case.own_words import Prose
from rupture.case.paper import Identity, Layout
from rupture.case.people import Contact, Recipient, Sender
from rupture.case.reasons import Exoneration, Reason
from rupture.case.relationship import End, Known, Relationship
from rupture.case.values import Date, Jurisdiction, Line, Locale, Message, Model
from rupture.resources.locales import locales

#: What a case file may write under ``alternatives``.
Declared = tuple[Alternative, ...] | Literal["none"] | None


def _alternatives(value: object) -> object:
    return () if value == "none" else value


class Case(Model):
    """Everything a letter is made from. `rupture.load` makes one and says what is wrong with its source."""

    model_config = ConfigDict(title="A case: the facts of a client relationship and its end")

    locale: Locale = Field(description="Language and formats of the letter.")
    message: Message = Field("separation", description="What is written; `separation` ends the relationship.")
    place: Line | None = Field(None, description="Where the letter is written.")
    date: Date = Field(description="The letter's own date; today when left out.")
    end: End | None = Field(None, description="Required by `message: separation`.")
    working: Working | None = Field(None, description="Required by `limits` and `expectations`.")
    invitation: Invitation | None = Field(None, description="Required by `conversation`.")
    price: Price | None = Field(None, description="Required by `price-increase`.")
    pay_by: Date | None = Field(None, description="Required by `reminder`: until when to pay.")
    project: Prose | None = Field(
        None, description="Required by `refer-project`: what you refer, a noun phrase: « la version mobile »."
    )
    enquiry: Enquiry | None = Field(None, description="Required by `decline`.")
    sender: Sender
    recipient: Recipient
    relationship: Relationship
    invoices: tuple[Invoice, ...] = ()
    payment: Prose | None = Field(None, description="How to pay what is open: « par virement ».")
    thanks: Thanks | None = None
    reasons: tuple[Reason, ...] = Field((), max_length=3)
    exoneration: Exoneration | None = None
    goodwill: Goodwill | None = None
    apology: Literal["apology", "regret", "none"] = "apology"
    effect: Prose | None = Field(None, description="What the end costs the client, a noun phrase with its article.")
    until_then: UntilThen | None = None
    next_steps: tuple[NextStep, ...] = Field((), max_length=12)
    erasure: Date | None = Field(None, description="When the copies you hold are erased.")
    help: Help | None = None
    safety: Prose | None = Field(None, description="A safety notice, in full sentences; it gets its own paragraph.")
    contact: Contact | None = None
    alternatives: Annotated[
        tuple[Alternative, ...] | None, BeforeValidator(_alternatives, json_schema_input_type=Declared)
    ] = Field(None, description="Providers the client may turn to; none to leave the step out.")
    nobody_after: Prose | None = Field(
        None, description="Nobody to recommend, after what was tried: « trois appels à des confrères »."
    )
    where_to_look: Prose | None = Field(None, description="Where to look, a noun phrase with its article.")
    wishes: Prose | None = Field(None, description="What you wish the client, a noun phrase: « une belle ouverture ».")
    paragraphs: tuple[OwnParagraph, ...] = Field((), max_length=6)
    enclosures: tuple[Prose, ...] = Field((), max_length=12, description="What is enclosed, each a noun phrase.")
    copies: tuple[Line, ...] = Field((), max_length=6, description="Who receives a copy.")
    countersignature: bool = Field(default=False, description="A place to sign for receipt, and for receipt only.")
    annex: bool = Field(default=False, description="A chronology of every dated fact of the documented reasons.")
    layout: Layout | None = Field(None, description="The page, where it is not the locale's own: din-5008-b.")
    fold_marks: bool = False
    return_address: bool = Field(default=False, description="The sender in one small line above the recipient.")
    identity: Identity | None = None
    never_say: tuple[Line, ...] = Field((), description="Words and names that must not appear anywhere in the letter.")
    delivery: Literal["registered", "post", "email", "hand"] = "post"
    register_: Literal["formal", "cordial"] = Field("formal", alias="register")
    pronoun: Literal["vous", "tu"] = Field("vous", description="tu belongs to a cordial e-mail in French.")
    voice: Literal["we", "I"] = "we"
    length: Literal["standard", "brief"] = "standard"
    twin: Locale | None = Field(
        None, description="The locale of a second letter in another language, joined to this one."
    )

    jurisdiction: Jurisdiction | None = Field(
        None, description="Whose law the review looks at; by default that of the locale, QC for a client in Québec."
    )
    known: Known = Known()
    waive: tuple[Waiver, ...] = Field((), max_length=20, description="Findings you let stand, each with a reason.")

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

    def invoice(self, number: str) -> Invoice:
        """Return the invoice of that number.

        Raises:
            KeyError: there is none.
        """
        for invoice in self.invoices:
            if invoice.number == number:
                return invoice
        raise KeyError(number)
