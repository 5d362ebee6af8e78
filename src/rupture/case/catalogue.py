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
        wants: which facts to gather for it, for the person who fills in the case.
        source: the codes of its articles (docs/explanation/the-articles.md), or ``practice``.
        facts_wanted: whether a letter that gives it should tell at least one fact.
        by_invoices: whether its facts are the invoices that were paid late, or are late.
        ends_trust: whether thanks, a wish and an offer to talk ring false unless the case gives them.
    """

    slug: str
    title: str
    wants: str
    source: str
    facts_wanted: bool = False
    by_invoices: bool = False
    ends_trust: bool = False


@cache
def reasons() -> Mapping[str, ReasonEntry]:
    """Return the reasons by slug, in the order of their file."""
    data = toml.read(_HERE / "reasons.toml")
    return MappingProxyType({slug: ReasonEntry(slug=slug, **entry) for slug, entry in data.items()})


@dataclass(frozen=True, slots=True)
class MessageEntry:
    """One message of the catalogue.

    Args:
        needs: what it cannot do without, by the names of `rupture.case.needs`.
        source: the article that advises it.
        usual: the reasons that a new case file of it begins with.
    """

    needs: tuple[str, ...]
    source: str
    usual: tuple[str, ...] = ()


@cache
def messages() -> Mapping[str, MessageEntry]:
    """Return the messages by name."""
    return MappingProxyType(
        {
            name: MessageEntry(tuple(entry["needs"]), entry["source"], tuple(entry.get("usual", ())))
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
