"""The letters that the checks of prose read: few, but with every sentence that a template can write.

Each group is composed once in a process, when a test first asks for it. A check is one test over all of them, which
lists every letter it finds at fault.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from combinations import pairwise
from reading import ROOT

import rupture
from rupture.case import catalogue
from rupture.language import languages
from rupture.resources import locales

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CASES = (*sorted(ROOT.glob("docs/gallery/cases/*/*.yaml")), *sorted(ROOT.glob("examples/*.yaml")))
LENGTHS = ("standard", "brief")
DATES = ("2026-03-12", "2026-04-22", "2026-06-01", "2026-06-15", "2026-07-02")


@dataclass(frozen=True)
class Specimen:
    """One case with its letter, or letters where it has a twin."""

    name: str
    case: rupture.Case
    document: rupture.Document


def _specimen(name: str, source: dict | Path, *changes: str) -> Specimen:
    case = rupture.load(source, changes=changes)
    return Specimen(name, case, rupture.compose(case))


# ---------------------------------------------------------------- what the made cases say

SAMPLES = {
    "request": {
        "fr": ("une version anglaise", "un espace client", "des portraits", "un plan", "une frise"),
        "en": ("an English version", "a client area", "three portraits", "a map", "a timeline"),
    },
    "meeting": {
        "fr": ("le point mensuel", "la revue de mai", "l’atelier de juin", "le comité", "la visite"),
        "en": ("the monthly review", "the May call", "the June workshop", "the board", "the visit"),
    },
    "advice": {
        "fr": ("une sauvegarde quotidienne", "un pare-feu", "l’ajout d’un accord", "un essai", "une relecture"),
        "en": ("a daily backup", "a firewall", "a second proof", "a trial", "an index"),
    },
}
WORDS = {
    "fr": ("l’entretien de votre site", "l’accueil de vos équipes", "remise des accès", "deux heures"),
    "en": ("the upkeep of your website", "the welcome your team gave us", "the access codes", "two hours"),
}


def facts(reason: str, count: int, language: str) -> list[dict]:
    """Return so many facts of the kind that a reason asks for."""
    shape = catalogue.reasons()[reason].shapes[0]
    if shape == "invoice":
        return [{"invoice": f"A-{number}"} for number in range(1, count + 1)]
    if shape == "event":
        return [{"date": DATES[number], "medium": "email"} for number in range(count)]
    return [{"date": DATES[number], shape: SAMPLES[shape][language][number]} for number in range(count)]


def base(locale: str, **changes: object) -> dict:
    """Return a case with everything a reason or a gesture can cite, with these keys added or replaced."""
    service, thanks, step, _ = WORDS[locale[:2]]
    return {
        "locale": locale,
        "date": "2026-10-05",
        "end": {"date": "2026-12-31"},
        "sender": {
            "name": "Studio Nord",
            "signatories": [{"name": "Alix Nord"}],
            "address": {"lines": ["1 rue du Lac"], "town": "Lyon", "country": "FR"},
            "email": "alix@studio.example",
        },
        "recipient": {"organisation": "Boréal", "person": {"name": "Camille Roy"}},
        "relationship": {"since": "2021", "service": service},
        "invoices": [
            {"number": "A-1", "amount": "100.00 EUR", "due": "2026-03-01", "paid": "2026-04-10"},
            {"number": "A-2", "amount": "100.00 EUR", "due": "2026-05-01", "paid": "2026-06-10"},
            {"number": "A-3", "amount": "100.00 EUR", "due": "2026-07-01", "paid": "2026-08-10"},
            {"number": "A-4", "amount": "80.00 EUR", "due": "2026-08-15", "paid": "2026-09-10"},
            {"number": "A-5", "amount": "80.00 EUR", "due": "2026-09-01"},
            {"number": "A-6", "amount": "80.00 EUR", "due": "2026-11-01"},
        ],
        "thanks": {"for": thanks},
        "next_steps": [{"who": "us", "what": step, "by": "2026-12-15"}],
        "goodwill": "none",
        "alternatives": "none",
        **changes,
    }


# ---------------------------------------------------------------- the groups


@cache
def shipped() -> tuple[Specimen, ...]:
    """Return every letter of the gallery and of the examples, in both lengths."""
    return tuple(
        _specimen(f"{path.parent.name}/{path.stem}, {length}", path, f"length={length}")
        for path in CASES
        for length in LENGTHS
    )


#: How a letter gives a reason: its disclosure, the number of its facts, of which at most three are used, its voice and
#: its register. Without a fact, the wording depends on voice and register together; with facts, on either.
TELLINGS = (
    *itertools.product(("documented",), (0,), ("we", "I"), ("formal", "cordial")),
    *itertools.product(("neutral",), (2,), ("we", "I"), ("formal", "cordial")),
    *(("documented", 1, "we", "formal"), ("documented", 1, "I", "cordial")),
    *(("documented", 2, "I", "formal"), ("documented", 2, "we", "cordial")),
    *(("documented", 3, "we", "formal"), ("documented", 3, "I", "cordial")),
    *(("documented", 5, "we", "formal"), ("documented", 5, "I", "cordial")),
    ("none", 2, "we", "cordial"),
)


@cache
def alone() -> tuple[Specimen, ...]:
    """Return a letter of each reason given in each way, the locales of its language in turn."""
    return tuple(_alone())


def _alone() -> Iterator[Specimen]:
    for language in locales.languages():
        turns = itertools.cycle(languages.get(language).styles)
        for reason, telling in itertools.product(catalogue.reasons(), TELLINGS):
            disclosure, count, voice, register = telling
            given = {"reason": reason, "disclosure": disclosure, "facts": facts(reason, count, language)}
            data = base(next(turns), reasons=[given], register=register, voice=voice)
            yield _specimen(f"{data['locale']} {reason}, {count} {disclosure}, {voice}, {register}", data)


@cache
def together() -> tuple[Specimen, ...]:
    """Return letters in which each two reasons stand together, with a fact of each, in each language."""
    return tuple(_together())


def groups_of_reasons() -> list[list[str]]:
    """Return groups of three reasons, or of two, in which each two reasons occur: their places add up to nothing."""
    slugs = list(catalogue.reasons())
    places = itertools.combinations(range(len(slugs)), 2)
    groups = {frozenset((first, second, -(first + second) % len(slugs))) for first, second in places}
    return [[slugs[place] for place in sorted(group)] for group in sorted(groups, key=sorted)]


def _together() -> Iterator[Specimen]:
    for language in locales.languages():
        locale = next(iter(languages.get(language).styles))
        for group in groups_of_reasons():
            reasons = [
                {"reason": slug, "disclosure": "documented", "facts": facts(slug, 1, language)} for slug in group
            ]
            yield _specimen(f"{locale} {' + '.join(group)}", base(locale, reasons=reasons))


PERSON = {"name": "Camille Roy"}
#: What one letter can differ in from another; a reason stands for all, since `alone` and `together` have every one.
AXES = {
    "locale": sorted((locale for code in locales.languages() for locale in languages.get(code).styles), reverse=True),
    "register": ["formal", "cordial"],
    "voice": ["we", "I"],
    "length": ["standard", "brief"],
    "apology": ["apology", "regret", "none"],
    "recipient": [
        {"organisation": "Boréal", "person": {**PERSON, "title": "ms"}},
        {"person": {**PERSON, "title": "mr"}},
        {"person": {**PERSON, "title": "mx"}},
        {"person": PERSON},
        {"organisation": "Boréal"},
        {"people": [{**PERSON, "title": "ms"}, {"name": "Jo Lac", "title": "mr"}]},
    ],
    "goodwill": [
        None,
        "none",
        {"gesture": "waive-invoice", "invoice": "A-6"},
        {"gesture": "refund", "invoice": "A-3", "amount": "50 EUR", "by": "2026-11-15"},
        {"gesture": "credit", "invoice": "A-6", "amount": "20 EUR"},
        {"gesture": "discount", "invoice": "A-6", "percent": "12.5"},
        {"gesture": "extra-support", "days": 15},
        {"gesture": "free-handover", "what": "¤"},
    ],
    "end": ["notice", "non-renewal", "immediate", "declined-offer", "mutual"],
    "alternatives": [
        "none",
        [{"name": "Studio Sud", "contact": "a@sud.example", "asked": "agreed"}],
        [{"name": "Sud", "contact": "a@sud.example"}, {"name": "Est", "contact": "b@est.example", "asked": "willing"}],
        [{"name": name, "contact": "a@sud.example"} for name in ("Sud", "Est", "Ouest")],
    ],
    "closeness": [None, "long-standing", "friend"],
    "steps": [0, 1, 2, 3],
    "reasons": ["one", "two", "three", "neutral", "none", "facts"],
}


@cache
def crossed() -> tuple[Specimen, ...]:
    """Return letters in which any two values of any two axes go together."""
    rows = pairwise(AXES)
    return tuple(
        _specimen(f"row {number}, {row['locale']}, {row['end']}, {row['reasons']}", _crossed(row))
        for number, row in enumerate(rows)
    )


def _crossed(row: dict) -> dict:
    language = row["locale"][:2]
    late, creep, silent = (
        {"reason": slug, "facts": facts(slug, count, language)}
        for slug, count in (("late-payment", 1), ("scope-creep", 2), ("unresponsive", 1))
    )
    reasons = {
        "one": [late],
        "two": [late, creep],
        "three": [late, creep, silent],
        "neutral": [{**late, "disclosure": "neutral"}],
        "none": [{**late, "disclosure": "none"}],
        "facts": [{"reason": "late-payment", "facts": facts("late-payment", 3, language)}],
    }
    plain = ("register", "voice", "length", "apology", "recipient", "alternatives", "goodwill")
    data = base(row["locale"], reasons=reasons[row["reasons"]], **{key: row[key] for key in plain})
    data["end"]["how"] = row["end"]
    data["relationship"]["closeness"] = row["closeness"]
    if row["goodwill"] == AXES["goodwill"][-1]:
        data["goodwill"] = {**row["goodwill"], "what": WORDS[language][3]}
    data["next_steps"] = [
        {"who": ("us", "you")[number % 2], "what": "dossier", "by": f"2026-12-1{number}"}
        for number in range(row["steps"])
    ]
    if language == "fr" and row["register"] == "cordial" and row["voice"] == "I":
        data |= {"pronoun": "tu", "delivery": "email"}
    return data


def everything() -> tuple[Specimen, ...]:
    """Return every letter of the corpus."""
    return (*shipped(), *alone(), *together(), *crossed())
