"""What stands behind the practical matters: regret and the names beside it, whom to call, thanks and a wish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rupture.case.field_path import FieldPath
from rupture.planning.opening import closing_thanks
from rupture.planning.plan import Item, Paragraph
from rupture.planning.regret import APOLOGY, regret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.model import Case

#: How many sentences of the closing stand in one paragraph.
_TOGETHER: Final = 2
_PEOPLE: Final = FieldPath(("people",))


def paragraphs(case: Case) -> Iterator[Paragraph]:
    """Yield the paragraphs between the practical matters and the closing formula."""
    sorry = () if case.message == APOLOGY else regret(case)
    yield Paragraph("after", (*sorry, *_people(case)))
    reach, farewell = (*_meeting(case), *_contact(case)), (*closing_thanks(case), *_wish(case))
    if len(reach) + len(farewell) <= _TOGETHER:
        yield Paragraph("closing", (*reach, *farewell))
    else:
        yield Paragraph("closing", reach)
        yield Paragraph("closing", farewell)


def _people(case: Case) -> Iterator[Item]:
    entries = case.people if isinstance(case.people, tuple) else ()
    last = len(entries) - 1
    for index, entry in enumerate(entries):
        path = _PEOPLE / index
        context: dict[str, Any] = {"first": index == 0, "last": index == last, "how_many": len(entries)}
        yield Item(str(path), "provider" if entry.name else "tried", "alternatives", (str(path),), path, context)


def _meeting(case: Case) -> Iterator[Item]:
    """Yield the talk that is proposed, where it is not what the whole message is about."""
    if case.meeting and case.message != "conversation":
        yield Item("meeting", "conversation", "contact", ("meeting",), FieldPath(("meeting",)))


def _contact(case: Case) -> Iterator[Item]:
    if case.contact and case.contact != "none":
        yield Item("contact", "contact", "contact", ("contact",), FieldPath(("contact",)), {"way": _way(case)})


def _way(case: Case) -> str:
    """Return how to answer: by phone, by e-mail, by both, or by a reply."""
    own = case.contact if case.contact and case.contact != "none" else None
    named = own if own and (own.phone or own.email) else case.sender
    if case.delivery == "email" and named is case.sender:
        return "both" if named.phone else "reply"
    ways = [name for name, given in (("phone", named.phone), ("email", named.email)) if given]
    return "both" if len(ways) > 1 else ways[0] if ways else "reply"


def _wish(case: Case) -> Iterator[Item]:
    if case.wish and case.wish != "none":
        yield Item("wish", "wish", "courtesy", ("wish",))
