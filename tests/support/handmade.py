"""Documents made by hand, for writers: one of each genre, with everything that a block can be."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from rupture.letter import parts
from rupture.letter.blocks import Bullets, Paragraph, Part, Run, Table
from rupture.letter.tree import Document, Letter

if TYPE_CHECKING:
    from rupture.letter.look import Look

Words = str | tuple[Run, ...]


def line(words: Words) -> tuple[Run, ...]:
    return (Run(words),) if isinstance(words, str) else words


def said(*lines: Words, label: str = "", urgent: bool = False) -> Paragraph:
    head = (Run(label, "matters[0].about"),) if label else ()
    return Paragraph(tuple(map(line, lines)), head, urgent)


def strong(*lines: str) -> Paragraph:
    first, *others = lines
    return Paragraph(((Run(first, strong=True),), *((Run(each),) for each in others)))


def account(*rows: tuple[str, ...]) -> Table:
    return Table(
        (),
        tuple(tuple((Run(cell, computed=bool(place)),) for place, cell in enumerate(row)) for row in rows),
        account=True,
    )


def letter(locale: str, layout: str, *held: tuple[str, tuple], email: bool = False) -> Letter:
    """Return a letter of these parts."""
    return Letter(
        locale=locale,
        title="A letter",
        subject="End of our management agreement on 31 January 2027",
        author="Harrow Vale Lettings Ltd",
        date=dt.date(2026, 11, 19),
        layout=layout,
        parts=tuple(Part(name, blocks) for name, blocks in held),
        running="Client – 19 November 2026",
        email=email,
    )


def document(*letters: Letter, look: Look | None = None) -> Document:
    """Return a document of these letters."""
    people = (("Harrow Vale Lettings Ltd", "office@harrowvale.example"), ("Honor Pettigrew-Lane", "honor@lane.example"))
    return Document(letters, *people, *((look,) if look else ()))


TASKS = Bullets(
    (
        (
            Run("By 4 December 2026", computed=True, strong=True),
            Run(
                ": choose another agent, and let us have the name "
                "so that the keys, the inventory and the gas certificate can be handed to the right person."
            ),
        ),
        (
            Run("By 18 December 2026", computed=True, strong=True),
            Run(": "),
            Run("sign the enclosed form", "matters[2].do"),
            Run("."),
        ),
        (Run("On 29 January 2027", computed=True, strong=True), Run(": collect the keys at our office.")),
    ),
    dated=True,
)
SUM = account(
    ("Deposit received on 3 August 2026", "£1,250.00"),
    ("less two days of preparation already done in September", "– £300.00"),
    ("less the hire of the hall, which cannot be cancelled any more and was ordered at your request", "– £95.50"),
    ("Paid back by 18 December 2026", "£854.50"),
)
BODY = (
    (
        "opening",
        (
            said(
                "Thank you for six years of trust. Our management agreement of 3 April 2023 ends on Sunday "
                "31 January 2027, and this letter is the notice: seventy-three days, where sixty are asked for."
            ),
        ),
    ),
    (
        "urgent",
        (
            said(
                (
                    Run(
                        "The flue of the boiler at 14 Tollgate Parade failed: the boiler must stay off. "
                        "Please do not let anybody turn it on."
                    ),
                ),
                label="Gas safety.",
                urgent=True,
            ),
        ),
    ),
    (
        "matters",
        (
            said(
                "The next engineer comes on 2 December 2026. The certificate goes to you and to the tenant on the "
                "same day.",
                label="Boiler.",
            ),
            said(
                "We carry out the check-out of 22 January 2027 and send you the report within a week.",
                label="Check-out.",
            ),
        ),
    ),
    ("money", (said("What is left of the deposit comes back to you:"), SUM)),
    ("tasks", (said("Three things need you:"), TASKS)),
    ("after", (said("Finding another agent before the winter is trouble, and I am sorry for it."),)),
)
FIRM = strong(
    "Harrow Vale Lettings Ltd", "14 Tollgate Parade", "Stroud GL5 9ZZ", "01632 960144", "office@harrowvale.example"
)
HOME = said("Mrs Honor Pettigrew-Lane", "Mr Giles Lane", "7 Weaver’s Row", "Stroud", "GL5 1AB")
SIGN = "Signature: ________________________________"


def formal() -> Letter:
    """Return a formal letter to two people, to be signed by both."""
    return letter(
        "en-GB",
        "en-GB",
        (parts.SENDER, (FIRM,)),
        (parts.MENTION, (said("By Royal Mail Signed For"),)),
        (parts.RECIPIENT, (HOME,)),
        (parts.PLACE_DATE, (said("19 November 2026"),)),
        (parts.SALUTATION, (said("Dear Mrs Pettigrew-Lane and Mr Lane"),)),
        (parts.SUBJECT, (strong("End of our management agreement on 31 January 2027"),)),
        *BODY,
        (parts.CLOSE, (said("Yours sincerely"),)),
        (parts.SIGNATURE, (said("Nora Whitfield", "Director"), said("Owen Whitfield", "Partner"))),
        (
            parts.COUNTERSIGNATURE,
            (
                said("I have received this letter. This signature confirms receipt only."),
                said("Mrs Honor Pettigrew-Lane", "Date: ____________________", SIGN),
                said("Mr Giles Lane", "Date: ____________________", SIGN),
            ),
        ),
        (parts.ENCLOSURES, (said("Enclosures: the form, the gas certificate"),)),
    )


def email() -> Letter:
    """Return a business e-mail."""
    return letter(
        "en-US",
        "en-US",
        (parts.PLACE_DATE, (said("November 19, 2026"),)),
        (parts.SUBJECT, (strong("Subject: End of our management agreement on 31 January 2027"),)),
        (parts.SALUTATION, (said("Dear Ms. Lane:"),)),
        *BODY,
        (parts.CLOSE, (said("Kind regards,"),)),
        (
            parts.SIGNATURE,
            (
                said(
                    "Nora Whitfield",
                    "Director",
                    "Harrow Vale Lettings Ltd",
                    "01632 960144",
                    "office@harrowvale.example",
                ),
            ),
        ),
        email=True,
    )


def note() -> Letter:
    """Return a letter between friends, on paper and without an address."""
    return letter(
        "fr-FR",
        "fr-FR",
        (parts.PLACE_DATE, (said("Lyon, le 19 novembre 2026"),)),
        (parts.SALUTATION, (said("Chère Camille,"),)),
        ("opening", (said("Merci pour ces trois ans de promenades avec Biscuit. Je m’arrête le 31 janvier 2027."),)),
        (parts.CLOSE, (said("Je t’embrasse,"),)),
        (parts.SIGNATURE, (said("Lise"),)),
    )
