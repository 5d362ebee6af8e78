"""The table of the parts of a letter, from which layouts, style sheets, writers and the review take names."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind: TypeAlias = Literal["address", "date", "heading", "body", "form", "list"]

SENDER: Final = "sender"
MENTION: Final = "mention"
RETURN_ADDRESS: Final = "return-address"
RECIPIENT: Final = "recipient"
PLACE_DATE: Final = "place-date"
SUBJECT: Final = "subject"
SALUTATION: Final = "salutation"
CLOSE: Final = "close"
SIGNATURE: Final = "signature"
COUNTERSIGNATURE: Final = "countersignature"
ENCLOSURES: Final = "enclosures"
ANNEX: Final = "annex"


@dataclass(frozen=True, slots=True)
class PartType:
    """What is the same for a part in every letter.

    Args:
        role: what it holds.
        kind: how it is to be read: an address, a date, the heading, the body, a form to fill in or a list.
        style: its named style in a word processor.
        prose: whether it holds sentences, which the tone rules read.
        in_body: whether it belongs to the body, from the salutation to the signature.
        required: whether every letter has one.
        in_email: whether an e-mail shows it below its header.
        planned: whether the plan says what stands there; else it is a block of ``letter.html``.
    """

    role: str
    kind: Kind
    style: str
    prose: bool = False
    in_body: bool = False
    required: bool = False
    in_email: bool = False
    planned: bool = False


#: Every part but the paragraphs between salutation and closing formula, by its name.
TABLE: Final[Mapping[str, PartType]] = MappingProxyType(
    {
        SENDER: PartType("who writes, with address, phone and e-mail", "address", "Sender"),
        MENTION: PartType("how the letter is sent, when it is registered or handed over", "form", "Delivery Mention"),
        RETURN_ADDRESS: PartType("the sender in one small line above the recipient", "address", "Return Address"),
        RECIPIENT: PartType("to whom the letter goes, inside the window", "address", "Recipient"),
        PLACE_DATE: PartType("where and when it is written", "date", "Date"),
        SUBJECT: PartType("what it is about", "heading", "Subject", prose=True, planned=True),
        SALUTATION: PartType(
            "the salutation", "body", "Salutation", prose=True, in_body=True, in_email=True, required=True, planned=True
        ),
        CLOSE: PartType(
            "the closing formula", "body", "Closing", prose=True, in_body=True, in_email=True, planned=True
        ),
        SIGNATURE: PartType("who signs", "body", "Signature", prose=True, in_body=True, in_email=True, required=True),
        COUNTERSIGNATURE: PartType(
            "where each recipient signs, to receive or to agree", "form", "Countersignature", in_email=True
        ),
        ENCLOSURES: PartType(
            "what is enclosed, and who receives a copy", "list", "Enclosures", prose=True, in_email=True
        ),
        ANNEX: PartType(
            "the chronology of the facts, on a page of its own", "list", "Annex", prose=True, in_email=True
        ),
    }
)

#: A part of the plan, whatever its name: ``opening``, ``reasons``, ``matters``...
BODY: Final = PartType("a part of the plan", "body", "Body Text", prose=True, in_body=True, in_email=True, planned=True)


def of(name: str) -> PartType:
    """Return what is known of the part of that name; a name that the table does not hold is one of the plan's."""
    return TABLE.get(name, BODY)
