"""The case: the facts of a relationship and its end, as a validated, immutable model without I/O."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, get_args

from babel.core import get_global
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    PrivateAttr,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    model_serializer,
    model_validator,
)

from rupture.case.cleaning import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import CoreSchema

Locale = Literal["fr-FR", "fr-CA", "fr-BE", "fr-CH", "en-US", "en-GB", "en-CA"]
Message = Literal[
    "separation",
    "limits",
    "conversation",
    "expectations",
    "extra-effort",
    "price-increase",
    "reminder",
    "refer-project",
    "decline",
]
Disclosure = Literal["none", "neutral", "documented"]
Shape = Literal["invoice", "request", "meeting", "advice", "what", "event"]

#: The keys of a fact that say its shape; a fact with none of them is an ``event``, told by its date.
SHAPES: Final[tuple[Shape, ...]] = ("invoice", "request", "meeting", "advice", "what")


_CENT: Final = Decimal("0.01")
#: The years in which a case can play: a notice of 999 months from the last one is still a date.
FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2399


def _line(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return value
    return clean_line(str(value))


def _full_date(value: object) -> object:
    if isinstance(value, dt.datetime):
        raise ValueError("a time of day is not wanted: give the date only, as 2027-01-31")  # noqa: TRY004
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"there is no such day as {value}") from None
    if not isinstance(value, dt.date):
        raise ValueError("expected a full date, written year-month-day, as 2027-01-31")  # noqa: TRY004
    return _of_our_time(value)


def _of_our_time(day: dt.date) -> dt.date:
    """Refuse a day from which no notice could be counted without leaving the calendar."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"expected a year from {FIRST_YEAR} to {LAST_YEAR}")
    return day


#: An address that no rule of RFC 5321 or 5322 could make wrong: the library that knows them all takes 30 ms to load.
_PLAIN_EMAIL: Final = re.compile(
    r"(?=.{6,60}$)[a-z0-9]+([._-][a-z0-9]+)*@([a-z0-9]+(-[a-z0-9]+)*\.)+[a-z]{2,}", re.ASCII
)
_NO_PLAIN_DOMAIN: Final = (".arpa", ".onion", ".local", ".localhost", ".invalid", ".test")


def _email(value: str) -> str:
    if _PLAIN_EMAIL.fullmatch(value) and not value.endswith(_NO_PLAIN_DOMAIN) and "--" not in value:
        return value
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415  slow to import

    try:
        return validate_email(value, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise ValueError(f"not an e-mail address: {str(error).rstrip('.')}") from None


Line = Annotated[
    str,
    BeforeValidator(_line),
    Field(min_length=1),
    # YAML writes a number without quotes; x-kind tells a line of text from a word of a list
    WithJsonSchema({"type": ["string", "number"], "minLength": 1, "x-kind": "line"}),
]
Date = Annotated[dt.date, BeforeValidator(_full_date), WithJsonSchema({"type": "string", "format": "date"})]
Email = Annotated[Line, AfterValidator(_email)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166 code of two capitals, as FR.")]


class Model(BaseModel):
    """What every part of a case has in common: it cannot be changed, and knows all its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Bilingual(Model):
    """A text given once per language, for twin letters."""

    fr: Line
    en: Line


def _one_or_both(value: object) -> str:
    return "both" if isinstance(value, Mapping | Bilingual) else "one"


#: Words of the sender's own: one text, or one per language.
Prose = Annotated[
    Annotated[Line, Tag("one")] | Annotated[Bilingual, Tag("both")],
    Discriminator(_one_or_both),
]


class Written(Model):
    """A part that a case file writes as one short text."""

    written: ClassVar[dict[str, Any]]

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "title": cls.__name__, **cls.written}


_AMOUNTS: Final = (
    (re.compile(r"\d+([.,]\d{1,2})?"), ""),
    (re.compile(r"\d{1,3}(,\d{3})+\.\d{1,2}"), ","),
    (re.compile(r"\d{1,3}(\.\d{3})+,\d{1,2}"), "."),
)


def _decimal(figure: str) -> Decimal:
    digits = re.sub("(?<=\\d)[ \u00a0\u202f'’](?=\\d{3}(?!\\d))", "", figure)
    for pattern, group in _AMOUNTS:
        if pattern.fullmatch(digits):
            return Decimal(digits.replace(group, "").replace(",", ".") if group else digits.replace(",", "."))
    raise ValueError(f"cannot read {figure!r} as an amount: write it as 1250.00 EUR")


class Money(Written):
    """An amount with its currency, written ``980.00 EUR``.

    Args:
        amount: the exact amount, never a binary fraction.
        currency: the ISO 4217 code.
    """

    written: ClassVar[dict[str, Any]] = {"pattern": r"^([0-9].*[A-Z]{3}|[A-Z]{3}.*[0-9])$", "examples": ["980.00 EUR"]}

    amount: Decimal = Field(gt=0, max_digits=15, decimal_places=2)
    currency: str

    @model_validator(mode="before")
    @classmethod
    def _parse(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        written = value.strip()
        match = re.fullmatch(r"(.+?)\s*([A-Z]{3})", written) or re.fullmatch(r"([A-Z]{3})\s*(.+)", written)
        if not match:
            raise ValueError("expected an amount with its currency, as 980.00 EUR")
        first, second = match.groups()
        figure, currency = (second, first) if first.isalpha() else (first, second)
        return {"amount": _decimal(figure), "currency": currency}

    @model_validator(mode="after")
    def _known(self) -> Money:
        if self.currency not in get_global("all_currencies"):
            raise ValueError(f"{self.currency} is not a currency code (ISO 4217), such as EUR, CAD or USD")
        return self

    @model_serializer
    def _write(self) -> str:
        return f"{self.amount:.2f} {self.currency}"


class Since(Written):
    """A year, a month or a full date, written ``2021``, ``2021-03`` or ``2021-03-15``.

    Args:
        year: the year.
        month: 1 to 12, or None when only the year is known.
        day: 1 to 31, or None.
    """

    written: ClassVar[dict[str, Any]] = {"pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$", "examples": ["2021", "2021-03"]}

    year: int
    month: int | None = None
    day: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _parse(cls, value: object) -> object:
        if isinstance(value, dt.date):
            return {"year": value.year, "month": value.month, "day": value.day}
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            return value
        if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value.strip()):
            raise ValueError("expected a year, a month or a date: 2021, 2021-03 or 2021-03-15")
        year, month, day = (*map(int, value.split("-")), None, None)[:3]
        return {"year": year, "month": month, "day": day}

    @model_validator(mode="after")
    def _exists(self) -> Since:
        try:
            self.earliest()
        except (ValueError, OverflowError):
            raise ValueError("there is no such month or day") from None
        return self

    @model_serializer
    def _write(self) -> str:
        parts = (f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part))
        return "-".join(parts)

    def earliest(self) -> dt.date:
        """Return the first day it can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)


class Notice(Written):
    """A length of notice, written ``60 days``, ``3 months``, ``2 weeks`` or ``15 business days``.

    Args:
        count: how many.
        unit: of what.
    """

    written: ClassVar[dict[str, Any]] = {
        "pattern": r"^\d+ (day|week|month|business day)s?$",
        "examples": ["60 days", "3 months", "15 business days"],
    }

    count: int = Field(gt=0, le=999)
    unit: Literal["day", "week", "month", "business day"]

    @model_validator(mode="before")
    @classmethod
    def _parse(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        match = re.fullmatch(r"(\d{1,3})\s*(day|week|month|business day)s?", value.strip())
        if not match:
            raise ValueError("expected a length such as 60 days, 2 weeks, 3 months or 15 business days")
        return {"count": match[1], "unit": match[2]}

    @model_serializer
    def _write(self) -> str:
        return f"{self.count} {self.unit}{'s' if self.count > 1 else ''}"


class Address(Model):
    """A postal address in free lines; the town's line is written by the rules of its country."""

    lines: tuple[Line, ...] = Field(min_length=1, max_length=4, description="Street and what stands above it.")
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
    """The one person who answers questions until the end; the first signatory unless said."""

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
    def _somebody(self) -> Recipient:
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


class Contract(Model):
    """What was signed, as far as the letter needs it."""

    reference: Line | None = None
    signed: Date | None = None
    clause: Prose | None = Field(None, description="The clause on termination, as « article 9 » or “section 9”.")
    notice: Notice | None = None
    notice_from: Literal["receipt", "letter", "month-end"] | None = Field(
        None, description="What the notice runs from."
    )
    term: Literal["open-ended"] | Date | None = Field(None, description="open-ended, or the last day of a fixed term.")


class Relationship(Model):
    """What was done for the client, since when, and under which contract."""

    since: Since | None = None
    service: Prose = Field(description="A noun phrase with its article: « l'entretien de votre site ».")
    client: Literal["business", "consumer"] = "business"
    closeness: Literal["long-standing", "friend"] | None = Field(
        None, description="An old client or an old friend: more tact, not less honesty (S2)."
    )
    contract: Contract | None = None


class Invoice(Model):
    """One invoice, told once here and cited elsewhere by its number."""

    number: Line
    amount: Money
    tax: Prose | None = Field(None, description="What the amount says of tax: TTC, hors taxes, plus VAT.")
    issued: Date | None = None
    due: Date
    paid: Date | None = None

    def days_late(self, on: dt.date) -> int:
        """Return how many days after its due date it was paid, or is still unpaid on that day; 0 if not late."""
        return max(0, ((self.paid or on) - self.due).days)


class Declinable(Model):
    """A step that the case may decline, by ``none`` in its place."""

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"const": "none"}, handler(schema)]}


class Thanks(Declinable):
    """What the sender is thankful for; ``thanks: none`` declines the step."""

    for_: Prose | None = Field(None, alias="for", description="A noun phrase: « la confiance de votre équipe ».")
    also: Prose | None = Field(None, description="A clause: « vos règlements sont toujours arrivés à l'heure ».")

    @model_validator(mode="before")
    @classmethod
    def _declined(cls, value: object) -> object:
        return {} if value == "none" else value


class Fact(Model):
    """One dated, checkable event.

    Its shape is the one of ``invoice``, ``request``, ``meeting``, ``advice``, ``what`` it has; without any, its date
    is told in the reason's own words.
    """

    date: Date | None = None
    invoice: Line | None = Field(None, description="The number of an entry of invoices; the letter computes the days.")
    request: Prose | None = Field(None, description="What was asked for, a noun phrase: « une version anglaise ».")
    meeting: Prose | None = Field(None, description="Which meeting, a noun phrase: « le point mensuel ».")
    advice: Prose | None = Field(None, description="What was recommended, a noun phrase: « un pare-feu ».")
    what: Prose | None = Field(None, description="A clause of your own, told after the date.")
    subject: Prose | None = Field(None, description="What an event is about, a noun phrase: « la livraison de mai ».")
    where: Prose | None = Field(None, description="Where it was published, a noun phrase.")
    time: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = Field(None, description="As 22:40.")
    medium: Literal["email", "phone", "letter", "message", "meeting"] | None = None
    reminders: tuple[Date, ...] = Field((), max_length=6, description="When the request was repeated.")

    @property
    def shape(self) -> Shape:
        """Which of the few shapes of a fact this is."""
        return next((shape for shape in SHAPES if getattr(self, shape)), "event")

    @model_validator(mode="after")
    def _one_shape(self) -> Fact:
        given = [shape for shape in SHAPES if getattr(self, shape)]
        if len(given) > 1:
            raise ValueError(f"give only one of {', '.join(SHAPES)}; found {' and '.join(given)}")
        if not self.invoice and self.date is None:
            raise ValueError("a date is missing: a fact without its date cannot be checked")
        if self.invoice and self.date:
            raise ValueError("an invoice brings its own dates: leave out date")
        return self


def _known_layout(name: str, info: ValidationInfo) -> str:
    known = (info.context or {}).get("layouts")
    if known is not None and name not in known:
        raise ValueError(f"unknown layout {name!r}{nearest(name, known)}; there are {', '.join(known)}")
    return name


def _known_reason(slug: str, info: ValidationInfo) -> str:
    known = (info.context or {}).get("reasons")
    if known is not None and slug not in known:
        raise ValueError(f"unknown reason {slug!r}{nearest(slug, known)}; `rupture reasons` lists them")
    return slug


def nearest(word: str, known: object) -> str:
    """Return « , did you mean 'x'? » for the known word nearest to this one, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415  only needed on the way to an error

    close = get_close_matches(word[:60], list(known), n=1)  # type: ignore[call-overload]
    return f", did you mean {close[0]!r}?" if close else ""


class Reason(Model):
    """Why, by its slug, with the facts behind it and how much of them the letter may say."""

    reason: Annotated[Line, AfterValidator(_known_reason)]
    disclosure: Disclosure | None = Field(None, description="Default: the reason's own, see `rupture reasons`.")
    facts: tuple[Fact, ...] = Field((), max_length=50)


#: What each gesture is made of: the fields it needs, and those it may have besides ``by``.
GESTURES: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "waive-invoice": (frozenset({"invoice"}), frozenset()),
    "refund": (frozenset({"invoice"}), frozenset({"amount"})),
    "credit": (frozenset({"invoice", "amount"}), frozenset()),
    "discount": (frozenset({"invoice", "percent"}), frozenset()),
    "extra-support": (frozenset({"days"}), frozenset({"what"})),
    "free-handover": (frozenset({"what"}), frozenset()),
    "none": (frozenset(), frozenset()),
}


class Goodwill(Declinable):
    """One concrete gesture; ``goodwill: none`` declines the step, and help takes its place."""

    gesture: Literal["waive-invoice", "refund", "credit", "discount", "extra-support", "free-handover", "none"]
    invoice: Line | None = Field(None, description="The number of the one invoice the gesture is limited to.")
    amount: Money | None = Field(None, description="Of a refund or a credit: how much of that invoice.")
    percent: Decimal | None = Field(
        None, gt=0, lt=100, decimal_places=2, description="Of a discount: how many per cent of that invoice."
    )
    days: int | None = Field(None, gt=0, le=365, description="Of extra support: how many days after the end.")
    what: Prose | None = Field(None, description="Of a free handover: a noun phrase: « deux séances de reprise ».")
    by: Date | None = Field(None, description="When the gesture is carried out, at the latest.")

    @model_validator(mode="before")
    @classmethod
    def _declined(cls, value: object) -> object:
        return {"gesture": "none"} if value == "none" else value

    @model_validator(mode="after")
    def _complete(self) -> Goodwill:
        needed, allowed = GESTURES[self.gesture]
        given = {name for name in ("invoice", "amount", "percent", "days", "what") if getattr(self, name) is not None}
        if missing := sorted(needed - given):
            raise ValueError(f"{self.gesture} needs {' and '.join(missing)}")
        if odd := sorted(given - needed - allowed):
            raise ValueError(f"{' and '.join(odd)} does not go with {self.gesture}")
        return self


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
    """Help with the handover, as a gesture or against payment, never dressed up as the other."""

    what: Prose = Field(description="A noun phrase with its article: « une visite de passation ».")
    limit: Prose | None = Field(None, description="A noun phrase: « trois heures ».")
    until: Date | None = None
    free: bool = False


class Exoneration(Model):
    """What is not the cause, and who is spared."""

    not_about: Prose | None = Field(None, description="A noun phrase: « la qualité de vos échanges ».")
    spared: Prose | None = Field(None, description="A person or a team: « l'équipe de Mme Roy ».")

    @model_validator(mode="after")
    def _something(self) -> Exoneration:
        if not (self.not_about or self.spared):
            raise ValueError("give not_about, spared, or both")
        return self


class Picture(Model):
    """A PNG or JPEG beside the case file, with the words a screen reader says for it."""

    file: Line
    alt: Prose
    height: float = Field(15, gt=2, le=60, description="On paper, in millimetres.")


class Identity(Model):
    """How the sender's paper looks."""

    logo: Picture | None = None
    signature: Picture | None = Field(None, description="A scanned signature, above the first name.")
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] | None = Field(None, description="As #1f3d5c.")
    footer: tuple[Prose, ...] = Field((), max_length=3, description="Lines at the foot: SIRET, VAT number, NEQ...")
    letterhead: Line | None = Field(None, description="A .docx whose page and named styles the DOCX letter takes.")
    stylesheet: Line | None = Field(None, description="A CSS file of your own, applied last to the PDF.")


class Working(Model):
    """How the work is done: the rules that a message sets, again or for the first time."""

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


class Price(Model):
    """A new price, and the day until which the client may choose to leave."""

    old: Money | None = None
    new: Money
    per: Prose = Field(description="What it is for, with its preposition: « par mois ».")
    from_: Date = Field(alias="from")
    answer_by: Date

    @model_validator(mode="after")
    def _rises(self) -> Price:
        if self.old and self.old.currency != self.new.currency:
            raise ValueError(f"old is in {self.old.currency} and new in {self.new.currency}")
        if self.old and self.old.amount >= self.new.amount:
            raise ValueError("new is not more than old")
        if self.answer_by > self.from_:
            raise ValueError("answer_by comes after from: the client could not leave before the new price")
        return self


class Enquiry(Model):
    """What somebody who is no client yet asked for."""

    date: Date | None = None
    what: Prose = Field(description="A noun phrase with its article: « la refonte de votre boutique ».")


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


class Waiver(Model):
    """A finding that the sender lets stand, and why."""

    code: Line = Field(description="As `rupture check` prints it.")
    because: Line = Field(description="The reason, which is printed beside the finding.")


class OwnParagraph(Model):
    """A paragraph of the sender's own, told after a step."""

    after: Line = Field(description="A step of the message: gratitude, framing, goodwill, apology, transition...")
    text: Prose


class End(Model):
    """The last day of service, and how it comes about."""

    date: Date
    how: Literal["notice", "non-renewal", "immediate", "declined-offer", "mutual"] = "notice"
    answers: Date | None = Field(None, description="The date of the client's letter or offer that this one answers.")


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
    layout: Annotated[Line, AfterValidator(_known_layout)] | None = Field(
        None, description="The page, where it is not the locale's own: din-5008-b."
    )
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
        None, description="The locale of a second letter in the other language, joined to this one."
    )

    jurisdiction: Literal["FR", "QC", "BE", "CH", "GB", "US", "CA"] | None = Field(
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
        return isinstance(other, Case) and self.__dict__ == other.__dict__  # not by the file it comes from

    def __hash__(self) -> int:
        return hash(self.model_dump_json())

    @property
    def language(self) -> str:
        """The language of the letter, as ``fr``."""
        return self.locale.partition("-")[0]

    def invoice(self, number: str) -> Invoice:
        """Return the invoice of that number.

        Raises:
            KeyError: there is none.
        """
        for invoice in self.invoices:
            if invoice.number == number:
                return invoice
        raise KeyError(number)


def contradictions(case: Case) -> Iterator[tuple[str, str]]:
    """Yield (field path, message) for each pair of fields of a case that cannot both be true."""
    numbers: dict[str, int] = {}
    for index, invoice in enumerate(case.invoices):
        if numbers.setdefault(invoice.number, index) != index:
            yield f"invoices[{index}].number", f"{invoice.number} is listed twice"
    for path, cited in _cited_invoices(case):
        if cited not in numbers:
            yield path, f"no invoice {cited} in invoices{nearest(cited, numbers)}"
    yield from _facts_against_dates(case)
    yield from _gesture_against_invoices(case)
    yield from _forms_of_address(case)
    yield from _languages(case)


def _forms_of_address(case: Case) -> Iterator[tuple[str, str]]:
    if case.pronoun == "tu" and case.register_ == "formal":
        yield "pronoun", "tu does not go with register: formal; say vous, or register: cordial"
    if case.pronoun == "tu" and case.delivery != "email":
        yield "pronoun", "tu belongs to an e-mail between people who already use it; say vous, or delivery: email"
    if case.twin and case.twin.partition("-")[0] == case.language:
        yield "twin", f"{case.twin} is the language of the letter itself; a twin is in the other one"
    if case.alternatives and case.nobody_after:
        yield "nobody_after", "alternatives names somebody: leave one of the two out"


def _languages(case: Case) -> Iterator[tuple[str, str]]:
    """Refuse free text in one language only where there are two letters."""
    if not case.twin:
        return
    for path, value in prose_fields(case):
        if isinstance(value, str):
            yield path, f"a twin letter needs both languages: {{fr: ..., en: ...}}; found only {value[:40]!r}"


def prose_fields(model: BaseModel, path: str = "") -> Iterator[tuple[str, str | Bilingual]]:
    """Yield (field path, value) for each text in the sender's own words."""
    for name, alias, own_words in _fields(type(model)):
        value = getattr(model, name)
        if value is None or value == ():
            continue
        here = f"{path}.{alias}" if path else alias
        if own_words:
            if isinstance(value, tuple):
                yield from ((f"{here}[{index}]", item) for index, item in enumerate(value))
            else:
                yield here, value
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from prose_fields(item, f"{here}[{index}]")
        elif isinstance(value, BaseModel):
            yield from prose_fields(value, here)


@lru_cache(maxsize=128)
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str, bool], ...]:
    """Return (name, name in a file, whether it holds the sender's own words) for each field of a part of a case."""
    fields = model.model_fields.items()
    return tuple((name, entry.alias or name, _is_prose(entry.annotation)) for name, entry in fields)


def _is_prose(annotation: object) -> bool:
    return annotation is Bilingual or any(map(_is_prose, get_args(annotation)))


def _cited_invoices(case: Case) -> Iterator[tuple[str, str]]:
    for r, reason in enumerate(case.reasons):
        for f, fact in enumerate(reason.facts):
            if fact.invoice:
                yield f"reasons[{r}].facts[{f}].invoice", fact.invoice
    if case.goodwill and case.goodwill.invoice:
        yield "goodwill.invoice", case.goodwill.invoice


def _facts_against_dates(case: Case) -> Iterator[tuple[str, str]]:
    listed = {invoice.number: invoice for invoice in reversed(case.invoices)}  # of two alike, the first
    since = case.relationship.since
    for r, reason in enumerate(case.reasons):
        for f, fact in enumerate(reason.facts):
            path = f"reasons[{r}].facts[{f}]"
            if fact.date and fact.date > case.date:
                yield f"{path}.date", f"{fact.date} comes after the letter's own date, {case.date}"
            if fact.date and since and fact.date < since.earliest():
                yield f"{path}.date", f"{fact.date} comes before the relationship began, {since.earliest()}"
            for n, reminder in enumerate(fact.reminders):
                if (fact.date and reminder < fact.date) or reminder > case.date:
                    yield f"{path}.reminders[{n}]", f"{reminder} is not between the fact and the letter's date"
            if (invoice := listed.get(fact.invoice or "")) and not invoice.days_late(case.date):
                yield f"{path}.invoice", f"invoice {invoice.number} was not late on {case.date}"


def _gesture_against_invoices(case: Case) -> Iterator[tuple[str, str]]:
    gesture = case.goodwill
    listed = {invoice.number: invoice for invoice in case.invoices}
    if gesture is None or (invoice := listed.get(gesture.invoice or "")) is None:
        return
    if gesture.gesture in {"waive-invoice", "discount"} and invoice.paid:
        yield "goodwill.invoice", f"invoice {invoice.number} was paid on {invoice.paid}: refund it, or name another"
    if gesture.gesture == "refund" and not invoice.paid:
        yield "goodwill.invoice", f"invoice {invoice.number} is not paid yet: waive it, or refund another"
    off = invoice.amount.amount * (gesture.percent or 50) / 100
    if not _CENT / 2 < off < invoice.amount.amount - _CENT / 2:
        yield "goodwill.percent", f"{gesture.percent} % of invoice {invoice.number} is less than a cent, or all of it"
    if gesture.amount and gesture.amount.currency != invoice.amount.currency:
        yield "goodwill.amount", f"expected {invoice.amount.currency}, the currency of invoice {invoice.number}"
    elif gesture.amount and gesture.amount.amount > invoice.amount.amount:
        yield "goodwill.amount", f"more than invoice {invoice.number} itself"
