"""The regret: over what the case says, or over the search for somebody else of the sender's trade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.case.field_path import TOP
from rupture.planning.plan import Item
from rupture.planning.reading import SEPARATION, trust_is_gone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.model import Case

#: The message that begins with its apology: what is done about it comes after.
APOLOGY: Final = "extra-effort"


def regret(case: Case) -> Iterator[Item]:
    """Yield the regret of a letter, unless its case declines it or another sentence says it."""
    if case.regret == "none" or case.framing == "ours":
        return
    of_the_trade = case.message == SEPARATION and case.sender.trade and not trust_is_gone(case)
    if source := "regret" if case.regret else "sender.trade" if of_the_trade else "":
        yield Item("regret", "regret", "apology", (source,), TOP, {"people": isinstance(case.people, tuple)})
