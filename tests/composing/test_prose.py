"""The prose of every letter that can be written, read by rules."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path

import prose
import pytest

import rupture
from rupture.case import catalogue
from rupture.language import languages, typography
from rupture.letter.tree import Paragraph, Part, Run

ROOT = Path(__file__).parents[2]
CASES = sorted(ROOT.glob("docs/gallery/cases/*/*.yaml")) + sorted(ROOT.glob("examples/*.yaml"))
LANGUAGES = {"fr": "fr-FR", "en": "en-US"}

SAMPLES = {
    "request": {
        "fr": ("une version anglaise", "un espace client", "des portraits"),
        "en": ("an English version", "a client area", "three portraits"),
    },
    "meeting": {
        "fr": ("le point mensuel", "la revue de mai", "l’atelier de juin"),
        "en": ("the monthly review", "the May call", "the June workshop"),
    },
    "advice": {
        "fr": ("une sauvegarde quotidienne", "un pare-feu", "l’ajout d’un accord"),
        "en": ("a daily backup", "a firewall", "a second proof"),
    },
}
WORDS = {
    "fr": ("l’entretien de votre site", "l’accueil de vos équipes", "remise des accès", "deux heures"),
    "en": ("the upkeep of your website", "the welcome your team gave us", "the access codes", "two hours"),
}
DATES = ("2026-03-12", "2026-04-22", "2026-06-01")


def facts(slug: str, count: int, language: str) -> list[dict]:
    shape = catalogue.reasons()[slug].shapes[0]
    if shape == "invoice":
        return [{"invoice": f"A-{n}"} for n in range(1, count + 1)]
    if shape == "event":
        return [{"date": DATES[n], "medium": "email"} for n in range(count)]
    return [{"date": DATES[n], shape: SAMPLES[shape][language][n]} for n in range(count)]


def base(locale: str, **changes: object) -> dict:
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
            {"number": "A-4", "amount": "80.00 EUR", "due": "2026-11-01"},
        ],
        "thanks": {"for": thanks},
        "next_steps": [{"who": "us", "what": step, "by": "2026-12-15"}],
        "goodwill": "none",
        "alternatives": "none",
        **changes,
    }


def letters_of(data: dict) -> tuple[rupture.Letter, ...]:
    return rupture.compose(rupture.load(data)).letters


def pairwise(axes: dict[str, list]) -> list[dict]:
    """Return few combinations in which every pair of values of two axes occurs."""
    names = list(axes)
    open_pairs = {
        ((a, i), (b, j))
        for a, b in itertools.combinations(names, 2)
        for i in range(len(axes[a]))
        for j in range(len(axes[b]))
    }
    rows = []
    while open_pairs:
        row: dict[str, int] = {}
        seed = min(open_pairs)
        row.update(dict(seed))
        for name in names:
            if name not in row:
                row[name] = max(
                    range(len(axes[name])),
                    key=lambda value: sum(
                        tuple(sorted(((name, value), (other, chosen)), key=lambda p: names.index(p[0]))) in open_pairs
                        for other, chosen in row.items()
                    ),
                )
        open_pairs -= {
            tuple(sorted(pair, key=lambda p: names.index(p[0]))) for pair in itertools.combinations(row.items(), 2)
        }
        rows.append({name: axes[name][index] for name, index in row.items()})
    return rows


PERSON = {"name": "Camille Roy"}
AXES = {
    "locale": list(languages.get("fr").styles) + list(languages.get("en").styles),
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
        {"gesture": "waive-invoice", "invoice": "A-4"},
        {"gesture": "refund", "invoice": "A-3", "amount": "50 EUR", "by": "2026-11-15"},
        {"gesture": "credit", "invoice": "A-4", "amount": "20 EUR"},
        {"gesture": "discount", "invoice": "A-4", "percent": "12.5"},
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
}  # fmt: skip
ROWS = pairwise(AXES)


def row_case(row: dict) -> dict:
    language = row["locale"][:2]
    documented = [
        {"reason": "late-payment", "facts": facts("late-payment", 1, language)},
        {"reason": "scope-creep", "facts": facts("scope-creep", 2, language)},
        {"reason": "unresponsive", "facts": facts("unresponsive", 1, language)},
    ]
    reasons = {
        "one": documented[:1],
        "two": documented[:2],
        "three": documented,
        "neutral": [{**documented[0], "disclosure": "neutral"}],
        "none": [{**documented[0], "disclosure": "none"}],
        "facts": [{"reason": "late-payment", "facts": facts("late-payment", 3, language)}],
    }[row["reasons"]]
    data = base(row["locale"], **{key: row[key] for key in ("register", "voice", "length", "apology", "recipient")})
    data["end"]["how"] = row["end"]
    data["reasons"] = reasons
    data["relationship"]["closeness"] = row["closeness"]
    data["alternatives"] = row["alternatives"]
    data["goodwill"] = row["goodwill"]
    if isinstance(row["goodwill"], dict) and "what" in row["goodwill"]:
        data["goodwill"] = {**row["goodwill"], "what": WORDS[language][3]}
    data["next_steps"] = [
        {"who": ("us", "you")[n % 2], "what": "dossier", "by": f"2026-12-1{n}"} for n in range(row["steps"])
    ]
    if row["register"] == "cordial" and row["voice"] == "I" and language == "fr":
        data |= {"pronoun": "tu", "delivery": "email"}
    return data


class TestReasons:
    """Every reason reads well in each language, at each disclosure, with one, two or three facts."""

    @pytest.mark.parametrize("count", [0, 1, 2, 3])
    @pytest.mark.parametrize("disclosure", ["none", "neutral", "documented"])
    @pytest.mark.parametrize("slug", list(catalogue.reasons()))
    @pytest.mark.parametrize("language", list(LANGUAGES))
    def test_alone(self, language, slug, disclosure, count):
        told = facts(slug, count, language)
        for register, voice in itertools.product(("formal", "cordial"), ("we", "I")):
            data = base(
                LANGUAGES[language],
                reasons=[{"reason": slug, "disclosure": disclosure, "facts": told}],
                register=register,
                voice=voice,
            )
            (letter,) = letters_of(data)
            assert not prose.faults(letter)
            dated = [date for date in DATES[:count] if date[:4] in str(letter.part("framing"))]
            if disclosure != "documented":
                assert not re.search(r"A-\d|mars|March", str(letter.part("framing")))
            elif count:
                assert dated

    @pytest.mark.parametrize("pair", list(itertools.combinations(catalogue.reasons(), 2)), ids="+".join)
    @pytest.mark.parametrize("language", list(LANGUAGES))
    def test_two_together(self, language, pair):
        reasons = [{"reason": slug, "disclosure": "documented", "facts": facts(slug, 1, language)} for slug in pair]
        (letter,) = letters_of(base(LANGUAGES[language], reasons=reasons))
        assert not prose.faults(letter)


class TestAxes:
    """Any two values of any two axes go together in one letter that reads well."""

    def test_there_are_many(self):
        assert len(ROWS) >= 48

    @pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['locale']}-{row['end']}-{row['reasons']}")
    def test_row(self, row):
        case = rupture.load(row_case(row))
        (letter,) = rupture.compose(case).letters
        assert not prose.faults(letter)
        style = languages.get(case.language).styles[case.locale]
        assert prose.words_before(letter, typography.date_text(case.end.date, style)) <= 1 / 3


class TestCases:
    """Every letter of the gallery and of the examples reads well, and is as long as it should be."""

    def test_there_are_cases(self):
        assert len(CASES) > 8

    @pytest.mark.parametrize("length", ["standard", "brief"])
    @pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
    def test_case(self, path, length):
        case = rupture.load(path, changes=[f"length={length}"])
        assert not rupture.review(case).errors
        for letter in rupture.compose(case).letters:
            assert not prose.faults(letter)
            assert 10.5 <= prose.mean_length(letter) <= 18

    def test_sentences_are_of_a_good_length_on_the_whole(self):
        letters = [letter for path in CASES for letter in rupture.compose(rupture.load(path)).letters]
        assert 12 <= sum(map(prose.mean_length, letters)) / len(letters) <= 18

    @pytest.mark.parametrize("path", sorted(ROOT.glob("examples/*.yaml")), ids=lambda path: path.stem)
    def test_length_of_examples(self, path):
        for length, (least, most) in {"standard": (200, 400), "brief": (120, 200)}.items():
            case = rupture.load(path, changes=[f"length={length}"])
            (letter,) = rupture.compose(case).letters
            words = len(prose.body_text(letter).split())
            assert least <= words <= most, f"{words} words in {length}"


class TestTheGuard:
    """The reader of letters sees what it is meant to see."""

    @pytest.mark.parametrize(
        ("planted", "seen"),
        [
            ("C’est notre faute.", "notre faute"),
            ("Le site est  prêt.", "fault"),
            ("La fin de le contrat.", "de le"),
            ("Il faut que il parte.", "que il"),
            ("Bien.Merci.", ".M"),
            (" ".join(["mot"] * 31) + ".", "31 own words"),
            ("Par ailleurs, oui. Par ailleurs, non.", "twice"),
        ],
    )
    def test_it_bites(self, planted, seen):
        (letter,) = letters_of(base("fr-FR"))
        wrong = Part("apology", (Paragraph(((Run(planted),),)),))
        parts = tuple(wrong if part.name == "apology" else part for part in letter.parts)
        assert any(seen in fault for fault in prose.faults(replace(letter, parts=parts)))
