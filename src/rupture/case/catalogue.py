"""The names that a case may use: reasons, messages, codes of findings, jurisdictions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rupture.resources import toml
from rupture.resources.paths import PACKAGE, templates_root

if TYPE_CHECKING:
    from collections.abc import Mapping

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ReasonEntry:
    """One reason of the catalogue.

    Args:
        slug: its name in a case.
        title: one line for `rupture reasons`.
        shapes: the shapes of fact it takes, the usual one first.
        wants: what its facts should hold, for the person who fills the case.
        facts_wanted: whether a letter that documents it should give at least one.
        disclosure: how much the letter says unless the case decides.
        source: the codes of its articles (docs/explanation/the-articles.md), or ``practice``.
        work: what the reason means for the work until the last day: it ``goes-on``, is ``paused`` already because
            something is missing, or is ``barred`` by a rule.
        cause: where it lies: with the ``client``, whose ways a rule or a talk could change; with the ``sender``, who
            decided it; or in a ``duty``, which nobody decided.
        settled: whether there is nothing to talk about: it is decided, and its date is fixed.
        from_client: whether its facts are what the client said, and not what could be held against the client.
        ends_trust: whether the letter can no longer say that the client trusts the sender.
        bears_on_price: whether it explains a new price.
        adds_work: whether its facts are additions to the work, with which a price can grow.
        refers: whether its facts are requests for the project that is referred elsewhere.
        answers_enquiry: whether its neutral sentence also suits somebody who only enquired.
        by_invoices: whether the invoices paid late show it.
    """

    slug: str
    title: str
    shapes: tuple[str, ...]
    wants: str
    facts_wanted: bool
    disclosure: str
    source: str
    work: str = "goes-on"
    cause: str = "client"
    settled: bool = False
    from_client: bool = False
    ends_trust: bool = False
    bears_on_price: bool = False
    adds_work: bool = False
    refers: bool = False
    answers_enquiry: bool = False
    by_invoices: bool = False


@cache
def reasons() -> Mapping[str, ReasonEntry]:
    """Return the reasons by slug, in the order of their file."""
    data = toml.read(_HERE / "reasons.toml")
    return MappingProxyType(
        {slug: ReasonEntry(slug=slug, **entry | {"shapes": tuple(entry["shapes"])}) for slug, entry in data.items()}
    )


@dataclass(frozen=True, slots=True)
class MessageEntry:
    """One message of the catalogue.

    Args:
        needs: what it cannot do without, by the names of `rupture.case.needs`.
        source: the article that advises it.
    """

    needs: tuple[str, ...]
    source: str


@cache
def messages() -> Mapping[str, MessageEntry]:
    """Return the messages by name."""
    return MappingProxyType(
        {
            name: MessageEntry(tuple(entry["needs"]), entry["source"])
            for name, entry in toml.read(_HERE / "messages.toml").items()
        }
    )


@cache
def finding_codes() -> frozenset[str]:
    """Return the code of every finding that the built-in rules can make, in any language."""
    texts = (toml.read(path) for path in templates_root().glob("*/review/findings.toml"))
    rules = (path.name.removesuffix(".toml") for path in templates_root().glob("*/review/tone/*.toml"))
    return frozenset((*(code for each in texts for code in each), *rules))


@cache
def jurisdictions() -> tuple[str, ...]:
    """Return the codes of the places whose law the review knows."""
    return tuple(toml.read(PACKAGE / "law" / "law.toml")["places"])
