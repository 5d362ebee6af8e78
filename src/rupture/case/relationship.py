"""What was done for the client, under which contract, and how it ends."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rupture.case.own_words import Prose
from rupture.case.values import Date, Line, Model
from rupture.case.written import Notice, Since


class Contract(Model):
    """What was signed, as far as it matters for the letter."""

    reference: Line | None = None
    signed: Date | None = None
    clause: Prose | None = Field(None, description="The termination clause, such as « article 9 » or “section 9”.")
    notice: Notice | None = None
    notice_from: Literal["receipt", "letter", "month-end"] | None = Field(
        None, description="When the notice period starts."
    )
    term: Literal["open-ended"] | Date | None = Field(None, description="open-ended, or the last day of a fixed term.")


class Relationship(Model):
    """What was done for the client, since when, and under which contract."""

    since: Since | None = None
    service: Prose = Field(description="A noun phrase with its article: « l'entretien de votre site ».")
    client: Literal["business", "consumer"] = "business"
    closeness: Literal["long-standing", "friend"] | None = Field(
        None, description="An old client or an old friend: more tact, not less honesty."
    )
    contract: Contract | None = None


class End(Model):
    """The last day of service, and how it comes about."""

    date: Date
    how: Literal["notice", "non-renewal", "immediate", "declined-offer", "mutual"] = "notice"
    answers: Date | None = Field(None, description="The date of the client's letter or offer that this one answers.")


class CriticalDate(Model):
    """A day on which the client depends on the service."""

    date: Date
    what: Line


class Known(Model):
    """What the sender knows and the letter need not say; the review reads it."""

    held: tuple[Line, ...] = Field((), max_length=20, description="What you hold of the client's: keys, a domain.")
    paid_ahead: tuple[Line, ...] = Field((), max_length=20, description="Work that is paid for and not delivered yet.")
    critical_dates: tuple[CriticalDate, ...] = Field((), max_length=20, description="When the client depends on you.")
    personal_data: bool = Field(default=False, description="You process personal data on the client's behalf.")
