"""What frames the letter: subject, salutation and closing formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rupture.planning.plan import Item, Paragraph

if TYPE_CHECKING:
    from rupture.case.model import Case


def subject(case: Case) -> Paragraph:
    """Return what the letter is about; between friends it is not printed on paper."""
    printed = case.tone != "friend" or case.delivery == "email"
    item = Item("subject", "subject", "framing", ("relationship.service",), context={"printed": printed})
    return Paragraph("subject", (item,))


def salutation() -> Paragraph:
    """Return the salutation."""
    return Paragraph("salutation", (Item("salutation", "salutation", "courtesy", ("recipient",)),))


def close() -> Paragraph:
    """Return the closing formula."""
    return Paragraph("close", (Item("close", "close", "courtesy"),))
