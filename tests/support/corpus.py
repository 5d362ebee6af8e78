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
    from pathlib import Path

CASES = (*sorted(ROOT.glob("docs/gallery/cases/*/*.yaml")), *sorted(ROOT.glob("examples/*.yaml")))


@dataclass(frozen=True)
class Specimen:
    """One case with its letter, or letters where it has a twin."""

    name: str
    case: rupture.Case
    document: rupture.Document


def _specimen(name: str, source: dict | Path) -> Specimen:
    case = rupture.load(source)
    return Specimen(name, case, rupture.compose(case))


# ---------------------------------------------------------------- what the made cases say

#: Of each language: what ends, the same as an infinitive, one piece of it, thanks, a pleasure, a memory, what is to be
#: done by us and by the client, what was done, what is so, a subject, a sum, a way to pay, a trade, a wish.
WORDS = {
    "fr": {
        "service": "l’entretien de votre site",
        "do": "entretenir votre site",
        "unit": "visite",
        "thanks": "l’accueil de vos équipes",
        "enjoyed": "travailler avec votre équipe",
        "memory": "Le jardin d’hiver est devenu le plus beau de la rue",
        "ours": "vous remettre les codes d’accès",
        "yours": "rendre la clé du local",
        "may": "pouvoir garder le classeur",
        "did": "vous demander le plan du local",
        "fact": "la grille est restée fermée",
        "about": "Les clés",
        "sum": "la facture d’octobre",
        "how": "par virement",
        "trade": "prestataire",
        "wish": "une belle saison",
        "regret": "trouver quelqu’un avant l’hiver",
        "otherwise": "nous la ferons changer",
        "because": "pour la remise",
        "tried": "nous avons demandé à deux confrères",
    },
    "en": {
        "service": "the upkeep of your site",
        "do": "look after your site",
        "unit": "visit",
        "thanks": "the welcome your team gave us",
        "enjoyed": "work with your team",
        "memory": "The winter garden is now the finest in the street",
        "ours": "hand over the access codes",
        "yours": "return the key of the yard",
        "may": "can keep the binder",
        "did": "ask you for the plan of the yard",
        "fact": "the gate stayed shut",
        "about": "Keys",
        "sum": "the October invoice",
        "how": "by bank transfer",
        "trade": "caretaker",
        "wish": "a good season",
        "regret": "find somebody before the winter",
        "otherwise": "we will have it changed",
        "because": "to save the files",
        "tried": "we asked two colleagues",
    },
}
PERSON = {"name": "Camille Roy"}


def base(locale: str, **changes: object) -> dict:
    """Return the smallest case that every reason fits, with these keys added or replaced."""
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
        "recipient": {"organisation": "Boréal", "person": PERSON, "email": "roy@boreal.example"},
        "relationship": {"since": "2021", "service": WORDS[locale[:2]]["service"]},
        **changes,
    }


# ---------------------------------------------------------------- the groups


@cache
def shipped() -> tuple[Specimen, ...]:
    """Return every letter of the gallery and of the examples."""
    return tuple(_specimen(f"{path.parent.name}/{path.stem}", path) for path in CASES)


@cache
def alone() -> tuple[Specimen, ...]:
    """Return a letter of each reason that is only named, in each language, its locales and tones in turn."""
    found = []
    for language in locales.languages():
        turns = itertools.cycle(itertools.product(languages.get(language).styles, ("formal", "plain"), ("we", "I")))
        for reason in catalogue.reasons():
            locale, tone, voice = next(turns)
            data = base(locale, reasons=[{"reason": reason}], tone=tone, voice=voice)
            found.append(_specimen(f"{locale} {reason}, {tone}, {voice}", data))
    return tuple(found)


#: What one letter can differ in from another.
AXES = {
    "locale": sorted((locale for code in locales.languages() for locale in languages.get(code).styles), reverse=True),
    "tone": ["formal", "plain", "friend"],
    "voice": ["we", "I"],
    "delivery": ["registered", "email", "hand"],
    "how": ["notice", "non-renewal", "immediate", "declined-offer", "mutual", "lapsed"],
    "end": [(), ("because",), ("final",)],
    "recipient": [
        {"organisation": "Boréal", "person": {**PERSON, "title": "ms"}},
        {"person": {**PERSON, "title": "dr"}},
        {"person": PERSON},
        {"organisation": "Boréal"},
        {"people": [{**PERSON, "title": "mrs"}, {"name": "Jo Lac", "title": "mr"}]},
    ],
    "relationship": [(), ("do",), ("unit",), ("do", "unit")],
    "contract": [None, {"notice": "60 days"}, {"notice": "3 months", "signed": "2021-03-01", "clause": "art. 9"}],
    "thanks": ["none", ("thanks",), ("enjoyed", "memory"), None],
    "reason": ["fact", "did", "asked", "used", "late", "none"],
    "matters": [0, 1, 3, 6],
    "money": [
        (),
        ("due",),
        ("refund", "waived"),
        ("reduced", "kept", "billed"),
        ("none",),
        ("price", "due", "account"),
        ("paid",),
    ],
    "people": ["none", "one", "two", "tried"],
    "closing": [(), ("wish",), ("regret",), ("wish", "regret")],
    "framing": ["facts", "ours"],
}


@cache
def crossed() -> tuple[Specimen, ...]:
    """Return letters in which any two values of any two axes go together."""
    return tuple(
        _specimen(f"row {number}, {row['locale']}, {row['tone']}, {row['how']}", _crossed(row))
        for number, row in enumerate(pairwise(AXES))
    )


def _crossed(row: dict) -> dict:
    words = WORDS[row["locale"][:2]]
    data = base(row["locale"], **{key: row[key] for key in ("voice", "recipient", "framing", "delivery")})
    data["tone"] = "plain" if row["tone"] == "friend" and row["delivery"] != "email" else row["tone"]
    data["recipient"] = {**row["recipient"], "email": "roy@boreal.example"}
    given = {"because": words["because"], "final": True}
    data["end"] |= {"how": row["how"], **{key: given[key] for key in row["end"]}}
    data["relationship"] |= {key: words[key] for key in row["relationship"]}
    if row["contract"]:
        data["relationship"]["contract"] = row["contract"]
    if row["thanks"]:
        data["thanks"] = row["thanks"] if row["thanks"] == "none" else _thanks(words, row["thanks"])
    data["sender"]["trade"] = words["trade"]
    data["reasons"] = _reasons(words, row["reason"])
    data["matters"] = _matters(words)[: row["matters"]]
    data["money"] = [_money(words, state) for state in row["money"]]
    if row["reason"] == "late":
        data["money"].append(
            {"what": words["sum"], "state": "paid", "amount": 100, "due": "2026-08-01", "paid": "2026-09-10"}
        )
    data["people"] = _people(words, row["people"])
    return data | {key: words[key] for key in row["closing"]}


def _thanks(words: dict, keys: tuple[str, ...]) -> dict:
    return {"for" if key == "thanks" else key: words[key] for key in keys}


def _reasons(words: dict, kind: str) -> list[dict]:
    return {
        "fact": [{"fact": words["fact"], "since": "2026-06"}, {"fact": words["fact"], "on": "2026-09-02"}],
        "did": [{"did": words["did"], "on": ["2026-07-01", "2026-08-03"], "answer": "none"}],
        "asked": [{"who": "you", "did": words["yours"], "on": "2026-08", "answer": "refused"}],
        "used": [{"used": {"2026-08": 31, "2026-09": 34}, "included": "24 heures"}],
        "late": [{"reason": "late-payment"}],
        "none": [],
    }[kind]


def _matters(words: dict) -> list[dict]:
    return [
        {"do": words["ours"], "by": "2026-12-15"},
        {"who": "you", "do": words["yours"], "by": "2026-11-20", "otherwise": words["otherwise"]},
        {"who": "you", "do": words["may"], "until": "2027-01-31"},
        {
            "about": words["about"],
            "urgent": True,
            "who": "you",
            "do": words["yours"],
            "on": "2026-11-03",
            "at": "16:00",
        },
        {"about": words["about"], "fact": words["fact"], "from": "2027-01-01", "note": words["memory"]},
        {"do": words["ours"], "on": "2026-12", "because": words["because"], "gift": True},
    ]


def _money(words: dict, state: str) -> dict:
    entry: dict = {"what": words["sum"], "state": state}
    if state == "account":
        less = [{"what": words["sum"], "amount": 20}, {"what": words["sum"], "amount": 30}]
        return entry | {"state": "refund", "was": 100, "less": less, "by": "2026-12-20"}
    extra = {
        "due": {"amount": 100, "due": "2026-11-30", "how": words["how"]},
        "refund": {"amount": 80, "by": "2026-12-20", "how": words["how"]},
        "reduced": {"was": 100, "amount": 50},
        "price": {"was": 100, "amount": 120, "from": "2027-01-01"},
    }
    return entry | extra.get(state, {} if state in {"none", "billed"} else {"amount": 60})


def _people(words: dict, kind: str) -> object:
    one = {"name": "Studio Sud", "for": words["do"], "contact": "a@sud.example", "asked": "agreed"}
    two = [one, {"name": "Est", "place": "Lyon", "contact": "b@est.example", "asked": "told"}]
    return {"none": "none", "one": [one], "two": two, "tried": [{"tried": words["tried"]}]}[kind]


def everything() -> tuple[Specimen, ...]:
    """Return every letter of the corpus."""
    return (*shipped(), *alone(), *crossed())
