"""Languages: their locales, typography, labels, particles and numbers, from their ``language.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from rupture.language.grammar import Particle, Sounds
from rupture.language.typography import Figures, Style
from rupture.resources import toml
from rupture.resources.paths import templates_root

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: A time of day where a locale gives no form of its own.
_CLOCK: Final = ("{hour}:{minute}", "{hour}:{minute}")


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of a language beside its templates.

    Args:
        code: such as ``fr``.
        name: its own name for itself.
        styles: the typography of each of its locales.
        labels: the courtesies of each locale: mentions, labels and closing formulas, by name.
        habits: what a locale does or does not do, by name.
        subject_labels: what stands before the subject on the page of each locale: « Objet : », or nothing.
        currencies: the ISO 4217 code of an amount without one, by locale.
        heads: what may head a paragraph, by name.
        reasons: what each reason of the catalogue is called in a sentence, a noun phrase, by slug.
        layouts: the page of each of its locales, unless the case names another.
        particles: the small words that agree with what follows, by the name templates call them.
        sounds: what counts as a vowel sound.
        numbers: the words for 0, 1, 2... as far as a letter spells them.
        separator: between the items of an enumeration.
        last: before the last of three or more items, by locale, with a default under ``""``.
        last_of_two: between two items.
        words: short fixed wordings, by name.
        small_words: articles, pronouns and prepositions: what is never a name, whatever its first letter.
        times: the forms of times behind a preposition (`rupture.language.times`).
        starters: what a new case file of each locale is filled with.
        samples: the names that a new case file holds, by what they stand for.
    """

    code: str
    name: str
    styles: Mapping[str, Style]
    labels: Mapping[str, Mapping[str, str]]
    habits: Mapping[str, Mapping[str, bool]]
    subject_labels: Mapping[str, str]
    currencies: Mapping[str, str]
    heads: Mapping[str, str]
    reasons: Mapping[str, str]
    layouts: Mapping[str, str]
    particles: Mapping[str, Particle]
    sounds: Sounds
    numbers: tuple[str, ...]
    separator: str
    last: Mapping[str, str]
    last_of_two: str
    words: Mapping[str, Any]
    small_words: frozenset[str]
    times: Mapping[str, Any]
    starters: Mapping[str, Mapping[str, str]]
    samples: Mapping[str, str]


@cache
def get(code: str) -> Language:
    """Return the language of that code.

    Raises:
        InputError: there is no folder for it.
    """
    folder = templates_root() / code
    data = toml.read(folder / "language.toml")
    grammar = data["grammar"]
    listing = data["list"]
    return Language(
        code=code,
        name=data["name"],
        styles=MappingProxyType({name: _style(name, entry) for name, entry in data["locales"].items()}),
        labels=MappingProxyType({name: entry["labels"] for name, entry in data["locales"].items()}),
        habits=MappingProxyType({name: entry.get("habits", {}) for name, entry in data["locales"].items()}),
        subject_labels=MappingProxyType({name: entry["subject_label"] for name, entry in data["locales"].items()}),
        currencies=MappingProxyType({name: entry["currency"] for name, entry in data["locales"].items()}),
        heads=MappingProxyType(data.get("labels", {})),
        reasons=MappingProxyType(toml.read(folder / "reasons.toml")),
        layouts=MappingProxyType({name: entry["layout"] for name, entry in data["locales"].items()}),
        particles=MappingProxyType({name: Particle(**entry) for name, entry in grammar["particles"].items()}),
        sounds=_sounds(grammar["sounds"]),
        numbers=tuple(data["numbers"]),
        separator=listing["separator"],
        last=listing["last"],
        last_of_two=listing["last_of_two"],
        words=MappingProxyType(data["words"]),
        small_words=frozenset(grammar["small_words"]),
        times=MappingProxyType(data["times"]),
        starters=MappingProxyType({name: entry["starter"] for name, entry in data["locales"].items()}),
        samples=MappingProxyType(data["samples"]),
    )


def _style(name: str, entry: Mapping[str, Any]) -> Style:
    return Style(
        locale=name,
        before=tuple(entry["before"].items()),
        quotes=_pair(entry["quotes"]),
        single_quote=entry["single_quote"],
        bound=tuple(entry["bound"]),
        figures=Figures(**entry["figures"]),
        figures_of=tuple((code, Figures(**each)) for code, each in entry.get("figures_of", {}).items()),
        signs=tuple(entry["signs"].items()),
        first_of_month=entry.get("first_of_month", ""),
        after_date=entry.get("after_date", ""),
        half_days=tuple(entry.get("half_days", ())),
        clock=_pair(entry.get("clock", _CLOCK)),
    )


def _pair(texts: Sequence[str]) -> tuple[str, str]:
    first, second = texts
    return first, second


def _sounds(entry: Mapping[str, Any]) -> Sounds:
    return Sounds(
        vowels=entry["vowels"],
        consonant_stems=tuple(entry["consonant_stems"]),
        vowel_stems=tuple(entry["vowel_stems"]),
        vowel_initials=entry["vowel_initials"],
    )
