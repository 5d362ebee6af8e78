"""The fact rules about steps, facts, dates, style and waivers: found at the right place, a near miss left alone."""

from __future__ import annotations

import json
import re
from string import Formatter
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from reading import ROOT

import rupture
from rupture.case import catalogue
from rupture.resources import locales
from rupture.reviewing import rulefiles
from rupture.reviewing.rules import registry
from rupture.reviewing.rules.bounds import BOUNDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: Marks the place in a case file where a finding is expected; removed before the file is read.
MARK = "▸"

FRENCH = {
    "locale": "fr-FR",
    "date": "2026-11-20",
    "end": "{date: 2027-01-31}",
    "sender": "\n  name: Atelier Nord\n  signatories: [{name: Claire Martin}]\n"
    "  address: {lines: [12 rue des Tanneurs], postcode: 69007, town: Lyon, country: FR}",
    "recipient": "{organisation: Boréal}",
    "relationship": "{service: l’entretien de votre site, since: 2026}",
    "thanks": "{for: la confiance de vos équipes}",
    "reasons": "\n  - {reason: late-payment}",
    "money": "\n  - {what: la facture F-1, state: paid, amount: 980.00 EUR, due: 2026-03-31, paid: 2026-05-15}",
    "matters": "\n  - {do: vous remettre les accès, by: 2027-01-29, gift: true}",
    "regret": "confier le site à une autre équipe",
    "people": "\n  - {name: Studio Sud, contact: 04 78 00 00 00, asked: agreed}",
    "delivery": "hand",
}
ENGLISH = FRENCH | {
    "locale": "en-GB",
    "relationship": "{service: the upkeep of your website, since: 2026}",
    "money": FRENCH["money"].replace("EUR", "GBP").replace("la facture", "invoice"),
    "thanks": "{for: the trust of your team}",
    "matters": "\n  - {do: send you the access codes, by: 2027-01-29, gift: true}",
    "regret": "find somebody else for the site",
}


def _both(key: str, french: str, english: str) -> str:
    return FRENCH[key].replace(french, f"{{fr: {french}, en: {english}}}")


TWIN = FRENCH | {
    "twin": "en-GB",
    "relationship": _both("relationship", "l’entretien de votre site", "the upkeep of your website"),
    "thanks": _both("thanks", "la confiance de vos équipes", "the trust of your team"),
    "money": _both("money", "la facture F-1", "invoice F-1"),
    "matters": _both("matters", "vous remettre les accès", "send you the access codes"),
    "regret": "{fr: confier le site à une autre équipe, en: find somebody else for the site}",
}
#: Cases without a finding, each key with what follows it in the file.
GOOD = {"fr": FRENCH, "en": ENGLISH, "twin": TWIN}


class Example(NamedTuple):
    """A good case with some keys changed (None: removed), and what is found in it, or not.

    Without a mark in the changes, the finding is expected at the beginning of the file.
    """

    code: str
    path: str
    language: str
    words: str
    changes: dict[str, str | None]


def seen(code: str, path: str, language: str = "fr", words: str = "", **changes: str | None) -> Example:
    return Example(code, path, language, words, changes)


def missed(code: str, _why: str, language: str = "fr", **changes: str | None) -> Example:
    return Example(code, "", language, "", changes)


def thanks(text: str, mark: str = MARK) -> str:
    return f"{{for: {mark}{json.dumps(text, ensure_ascii=False)}}}"


def wrote(code: str, words: str, text: str, language: str = "fr", **more: str) -> Example:
    """Return an example of words that are found in the thanks."""
    return seen(code, "thanks.for", language, words, thanks=thanks(text), **more)


def may_write(code: str, text: str, language: str = "fr", **more: str) -> Example:
    """Return an example of words that are left alone in the thanks."""
    return missed(code, text[:40], language, thanks=thanks(text, ""), **more)


def agreed(terms: str) -> str:
    return f"{{service: le site, contract: {{{terms}}}}}"


#: Each day that has to lie on one side of another, as it is written under its key (@: the day).
TO_COME = {
    **{
        f"matters[0].{path}": ("matters", f"[{{do: vous remettre les clés, {key}: @}}]")
        for key, path in {"on": "on[0]", "by": "by", "from": "from", "until": "until"}.items()
    },
    **{
        f"meeting.{path}": ("meeting", f"{{about: la suite, {key}: @}}")
        for key, path in {"on": "on[0]", "by": "by", "until": "until"}.items()
    },
    "request.by": ("request", "{about: un nouveau site, by: @}"),
    "money[0].due": ("money", "[{what: la dernière facture, state: billed, due: @}]"),
    "money[0].by": ("money", "[{what: l’acompte, state: refund, by: @}]"),
    "money[0].from": ("money", "[{what: le forfait, state: price, amount: 90, from: @}]"),
}
BILLED = "{what: le site, state: refund, was: 90, less: [{what: la facture, amount: 40, paid: @}]}"
HAPPENED = {
    "reasons[0].used.@": ("reasons", f"[{{used: {{@: {MARK}4}}, included: trois heures}}]"),
    "matters[0].used.@": ("matters", f"[{{used: {{@: {MARK}4}}, included: trois heures}}]"),
    "money[0].less[0].paid": ("money", f"[{BILLED}]"),
}
PAST = HAPPENED | {
    "reasons[0].since": ("reasons", "[{fact: le site est lent, since: @}]"),
    "matters[0].since": ("matters", "[{fact: le site est lent, since: @}]"),
}
WITHIN = HAPPENED | {
    "reasons[0].on[0]": ("reasons", "[{fact: le plan a changé, on: @}]"),
    "end.answers": ("end", "{date: 2027-01-31, how: mutual, answers: @}"),
    "money[0].paid": ("money", "[{what: la facture, state: paid, amount: 90, paid: @}]"),
    "money[0].due": ("money", "[{what: la facture, amount: 90, due: @}]"),
}


def days(code: str, fields: dict[str, tuple[str, str]], day: str) -> list[Example]:
    """Return an example of each field, with that day in it."""
    return [
        seen(code, path.replace("@", day), **{key: text.replace("@", day if MARK in text else MARK + day)})
        for path, (key, text) in fields.items()
    ]


def no_days(code: str, fields: dict[str, tuple[str, str]], day: str) -> list[Example]:
    return [
        missed(code, path, **{key: text.replace("@", day).replace(MARK, "")}) for path, (key, text) in fields.items()
    ]


ALONE = "{name: Anne Martin, signatories: [{name: Anne Martin}], email: anne@martin.example}"
TU = {"tone": "friend", "delivery": "email", "recipient": "{person: {name: Jean Dupont}}"}
TU_ALL = TU | {
    "matters": "[{do: te remettre les accès, gift: true}]",
    "relationship": "{service: l’entretien de ton site}",
}
QUOTED = "{after decision: 'Le 3 mai 2026, vous nous avez écrit : « Je te le dis, tu verras. »'}"
MONEY = "[{what: la facture, state: paid, amount: 980.00 EUR, due: 2026-03-31, paid: 2026-05-15}, @]"
DOLLARS = "{what: le solde, amount: 450.00 USD, due: 2026-12-15}"
EUROS = DOLLARS.replace("USD", "EUR")
LONG = "{after decision: '" + "Les points suivants restent ouverts. " * 72 + "'}"
OVERDUE = "[{what: la facture, amount: 90, due: 2026-10-01}]"
TRIED = "[{tried: j’ai appelé deux ateliers}]"

STEPS_SEEN = [
    seen("step.missing", "thanks", thanks=None, reasons="[{reason: staff-mistreatment}]"),
    seen("step.silent", "regret", regret=None),
    seen("step.silent", "people", people=None),
    seen("step.goodwill", "matters", matters="▸[{do: vous remettre les accès}]", money=None),
    seen("framing.no-reason", "reasons", reasons="▸[]"),
    seen("framing.ours", "framing", framing="▸ours"),
    seen("text.changed", "place", place="▸Ly\u200bon"),
    seen("text.changed", "place", "en", place="▸Leeds #2"),
    seen("reason.no-facts", "reasons[0]", reasons="\n  - ▸{reason: scope-creep}"),
    seen(
        "reason.no-facts", "reasons[1]", "en", reasons="\n  - reason: capacity\n  - ▸reason: late-payment", money=None
    ),
    seen(
        "facts.left-out",
        "end.because",
        message="reminder",
        money=OVERDUE,
        end=f"{{date: 2027-01-31, because: {MARK}pour finir l’an}}",
    ),
    seen("facts.untold", "money[0].by", money="[{what: la facture, state: kept, amount: 90, by: ▸2026-12-03}]"),
    seen("facts.untold", "money[0].by", "en", money="[{what: the fee, state: kept, amount: 90, by: ▸2026-12-03}]"),
    seen("say.unknown", "say.decison", say="{decison: ▸Tout est dit.}"),
    seen("say.unknown", "say.matters[7]", "en", say="\n  matters[7]: ▸It is all said."),
    seen("say.unknown", "say.after matters[7]", say="{'after matters[7]': ▸Tout est dit.}"),
    seen("say.unknown", "say.nothing", say="{nothing: ▸2}"),
    seen("say.number", "say.decision", say="{decision: ▸99}"),
    seen("say.number", "say.close", "en", say="{close: ▸99}"),
    seen("sample", "recipient.organisation", words="Client Exemple", recipient="{organisation: ▸Client Exemple}"),
    seen("sample", "people[0].name", "en", "Model Studio", people="[{name: ▸Model Studio, contact: 04, asked: told}]"),
    seen("name.title", "recipient.person.name", "en", "Mrs", recipient="{person: {name: ▸Mrs Jo Firth}}"),
    seen("name.title", "recipient.people[1].name", words="Me", recipient="{people: [{name: A B}, {name: ▸Me C D}]}"),
    seen("alternative.contact", "people[1]", people="[{name: A, contact: 04}, ▸{name: B}]"),
    seen("alternative.consent", "people[0]", people="\n  - ▸{name: Studio Sud, contact: 04 78}"),
    seen("alternative.consent", "people[0]", "en", people="\n  - ▸{name: Studio Sud, contact: 04 78, asked: no}"),
    seen("never-say", "never_say[1]", never_say="[procès, ▸Confiance]"),
    seen("never-say", "never_say[0]", "en", never_say="[▸your  TEAM]"),
    seen("never-say", "never_say[0]", never_say="[▸'\"Phénix\"']", thanks='{for: le "Phénix"}'),
    seen("never-say", "never_say[0]", never_say="[▸bravo!]", thanks="{for: ce bravo!}"),
]
STEPS_MISSED = [
    missed("step.missing", "declined", thanks="none"),
    missed("step.missing", "another message", message="reminder", thanks=None, money=OVERDUE),
    missed("step.silent", "declined", regret="none", people="none"),
    missed("step.silent", "nobody was found", people=TRIED),
    missed("step.silent", "another message", message="reminder", regret=None, people=None, money=OVERDUE),
    missed("step.goodwill", "a sum given up", matters=None, money="[{what: la facture, state: waived, amount: 90}]"),
    missed("framing.no-reason", "a fact", reasons="[{fact: nous fermons}]"),
    missed("framing.no-reason", "agreed by both", reasons="[]", end="{date: 2027-01-31, how: mutual}"),
    missed("framing.ours", "facts", framing="facts"),
    missed("text.changed", "a comment", place="Lyon  # la ville"),
    missed("text.changed", "in quotes", place='"Lyon #2"'),
    missed("reason.no-facts", "a late invoice"),
    missed(
        "reason.no-facts", "a fact", reasons="[{reason: scope-creep}, {fact: le plan a changé, reason: scope-creep}]"
    ),
    missed("reason.no-facts", "none is wanted", reasons="[{reason: capacity}]"),
    missed("facts.left-out", "all is told"),
    missed("facts.untold", "all is told"),
    missed("facts.untold", "words of one's own in its place", say="{'money[0]': Tout est réglé.}"),
    missed("say.unknown", "a sentence", say="{decision: Tout est dit., regret: Et voilà., 'after matters[0]': Merci.}"),
    missed("say.number", "the first one", say="{decision: 1, close: 1}"),
    missed("sample", "a longer name", recipient="{organisation: Client Exemple et fils}"),
    missed("name.title", "under its own key", "en", recipient="{person: {name: Jo Firth, title: Mrs}}"),
    missed("name.title", "a name that is one word", recipient="{person: {name: Maître}}"),
    missed("alternative.contact", "a contact", people="[{name: A, contact: 04 78}]"),
    missed("alternative.contact", "a town", people="[{name: A, place: Lyon}]"),
    missed("alternative.contact", "nobody", people=TRIED),
    missed("alternative.consent", "told", people="[{name: A, asked: told}]"),
    missed("never-say", "part of a word", never_say="[confi, trepren, ôle]"),
    missed("never-say", "not there", never_say="[procès]"),
]

DATES_SEEN = [
    seen("end.past", "end.date", end="{date: ▸2026-11-19}"),
    seen("notice.short", "end.date", relationship=agreed("notice: 60 days"), end="{date: ▸2027-01-18}"),
    seen(
        "notice.receipt", "end.date", relationship=agreed("notice: 60 days"), end="{date: ▸2027-01-19}", delivery="post"
    ),
    *days("date.before-letter", TO_COME, "2026-11-19"),
    *days("date.after-letter", {path: text for path, text in PAST.items() if "@" not in path}, "2026-11-21"),
    *days("date.after-letter", {path: text for path, text in PAST.items() if "@" in path}, "2026-12"),
    *days("date.before-relationship", {path: text for path, text in WITHIN.items() if "@" not in path}, "2025-12-31"),
    *days("date.before-relationship", {path: text for path, text in WITHIN.items() if "@" in path}, "2025-12"),
    *(
        wrote("date.weekday", text.split()[0].strip(","), f"l’accueil du {text}")
        for text in (
            "lundi 24 novembre 2026",
            "lundi, 24 novembre",
            "lundi 1er décembre 2026",
            "mardi 3 août 2026",
            "mardi 13 janvier",
        )
    ),
    *(
        wrote("date.weekday", text.split()[0].strip(","), f"the call of {text}", "en")
        for text in (
            "Monday 24 November 2026",
            "monday, 24 November",
            "Monday, November 24, 2026",
            "Monday the 24th November",
            "Monday the 24th of November",
            "Tuesday 13 January",
        )
    ),
    wrote("money.currency", "500 $", "un budget de 500 $ l’an"),
    wrote("money.currency", "£500", "un budget de £500"),
    wrote("money.currency", "CHF 500", "un budget de CHF 500"),
    seen("money.mixed", "money", money=f"▸{MONEY.replace('@', DOLLARS)}"),
]
DATES_MISSED = [
    missed("end.past", "on the day of the letter", end="{date: 2026-11-20}"),
    missed("end.past", "over already", end="{date: 2026-11-18, how: lapsed}"),
    missed("end.past", "the client ended it", end="{date: 2026-11-18, answers: 2026-11-18}"),
    missed("notice.short", "to the day", relationship=agreed("notice: 60 days"), end="{date: 2027-01-19}"),
    missed(
        "notice.short", "to the day of the letter", relationship=agreed("notice: 60 days"), end="{date: 2027-01-19}"
    ),
    missed(
        "notice.receipt",
        "from the letter",
        relationship=agreed("notice: 60 days, notice_from: letter"),
        end="{date: 2027-01-19}",
    ),
    missed("notice.short", "none is owed", relationship=agreed("notice: none"), end="{date: 2026-11-21}"),
    *no_days("date.before-letter", {path: text for path, text in TO_COME.items() if ".due" not in path}, "2026-11"),
    missed("date.before-letter", "done already", matters="[{did: vous remettre les clés, on: 2026-11-02}]"),
    missed("date.before-letter", "begun", matters="[{do: tenir le site, from: 2026-11-02, until: 2027-01-31}]"),
    missed("date.before-letter", "a late invoice", money="[{what: la facture, amount: 90, due: 2026-10-02}]"),
    *no_days("date.after-letter", {path: text for path, text in PAST.items() if "@" in path}, "2026-11"),
    *no_days("date.after-letter", {path: text for path, text in PAST.items() if "@" not in path}, "2026-11-20"),
    *no_days("date.before-relationship", {path: text for path, text in WITHIN.items() if "@" in path}, "2026-01"),
    *no_days(
        "date.before-relationship", {path: text for path, text in WITHIN.items() if "@" not in path}, "2026-01-01"
    ),
    *(
        may_write("date.weekday", f"l’accueil du {text}")
        for text in (
            "mardi 24 novembre 2026",
            "mardi 1er décembre",
            "mercredi 13 janvier",  # the nearest one, of 2027
            "lundi 29 février 2027",  # no such day
            "lundi et du 24 novembre",
            "lundi 24",
        )
    ),
    *(
        may_write("date.weekday", f"the call of {text}", "en")
        for text in (
            "Tuesday, November 24, 2026",
            "Tuesday the 24th of November",
            "Wednesday, 13 January",
            "Monday, 29 February 2027",
            "Monday and of 24 November",
        )
    ),
    may_write("money.currency", "un budget de 500 dollars"),
    may_write("money.currency", "un budget de 500 $", reasons="[]", money="[]"),
    may_write("money.currency", "un budget de 500 $", money=f"{MONEY.replace('@', DOLLARS)}"),
    may_write("money.currency", "a budget of £500", "en"),
    missed("money.mixed", "one currency", money=MONEY.replace("@", EUROS)),
]

STYLE_SEEN = [
    *(
        wrote("placeholder", left, f"la visite de {left} en mai")
        for left in ("[nom du client]", "{nom}", "{{ nom }}", "<date>", "XXX", "xxxx", "TODO", "tbd", "___", "....")
    ),
    wrote("placeholder", "Lorem ipsum", "the words Lorem ipsum", "en"),
    *(
        wrote("register.mixed", word, text)
        for word, text in {
            "tu": "ce que tu fais",
            "te": "ce qui t’a plu",
            "toi": "le temps passé chez Toi",
            "tes": "l’aide de tes équipes",
            "tien": "cet avis, le tien",
        }.items()
    ),
    wrote("register.friend", "vous", "ce que vous faites", **TU_ALL),
    wrote("person.mixed", "je", "ce que j’ai appris"),
    wrote("person.mixed", "mon", "l’accueil de mon équipe"),
    wrote("person.mixed", "i", "what I learned", "en"),
    wrote("person.mixed", "i", "what I’ve learned", "en"),
    wrote("person.plural", "nous", "ce que nous avons appris", voice="I", sender=ALONE),
    wrote("person.plural", "notre", "l’accueil de notre équipe", voice="I", sender=ALONE),
    wrote("person.plural", "we", "what we’ve learned", "en", voice="I", sender=ALONE),
    wrote("person.plural", "our", "the welcome of our small team", "en", voice="I", sender=ALONE),
    wrote("language.mixed", "", "the welcome of your team on the day of the launch"),
    wrote("language.mixed", "", "l’accueil de vos équipes pour la mise en ligne", "en"),
    seen("length.letter", "", say=LONG),
    wrote("length.sentence", "", "un mot " * 18),
    seen("waiver.unused", "waive.end.past", people=None, waive="{step.silent: x, end.past: ▸x}"),
    seen("waiver.unused", "waive.own.rule", "en", waive="\n  own.rule: ▸x"),
]
STYLE_MISSED = [
    *(
        may_write("placeholder", text)
        for text in ("ces mots...", "la note [1]", "les XX et le __", "les méthodos et la TODOLIST", "un et 1 < 2")
    ),
    *(
        may_write("register.mixed", text)
        for text in ("les tests et la tension", "l’attention des tuteurs", "la tue-tête", "le ton de vos échanges")
    ),
    may_write("register.mixed", "ce que tu fais", **TU_ALL),
    may_write("register.friend", "ce que tu fais", **TU_ALL),
    may_write("register.friend", "ce que vous faites", **TU | {"recipient": "{people: [{name: A B}, {name: C D}]}"}),
    missed("register.mixed", "a dated quotation", say=QUOTED),
    may_write("register.mixed", "the tu and the toi", "en"),
    *(may_write("person.mixed", text) for text in ("le jeu et le monde", "ce mois-là", "le contrat JE-2022-08")),
    may_write("person.mixed", "ce que j’ai appris", voice="I"),
    may_write("person.mixed", "the weekly round, i.e. the calls", "en"),
    may_write("person.mixed", "the mining of data", "en"),
    missed("person.mixed", "a dated quotation", say=QUOTED),
    may_write("person.plural", "ce que nous avons appris"),
    may_write("person.plural", "l’accueil de notre équipe", voice="I"),  # the firm of the person who signs
    may_write("person.plural", "la franchise de nos séances", voice="I", sender=ALONE),
    may_write("person.plural", "ce dont nous avons convenu", voice="I", sender=ALONE),
    may_write("person.plural", "our last lessons", "en", voice="I", sender=ALONE),
    may_write("person.plural", "all that we agreed on", "en", voice="I", sender=ALONE),
    may_write("person.plural", "the welcome of our team", "en"),
    may_write("person.plural", "the launch on the US market", "en", voice="I"),
    may_write("language.mixed", "the trust of your team"),  # too short to tell
    may_write("language.mixed", "la campagne « the best of the web » et ses suites"),
    may_write("language.mixed", "the book “Le Bateau de la Mer” and the welcome of your team", "en"),
    may_write("length.sentence", ("un mot " * 18)[:-4]),
    may_write("length.sentence", "one word, " * 17 + "more.", "en"),
    may_write("length.sentence", "one word " * 17 + "more. " + "One word " * 17 + "more.", "en"),
    missed("waiver.unused", "used", people=None, waive="{step.silent: x}"),
]
SEEN = [*STEPS_SEEN, *DATES_SEEN, *STYLE_SEEN]
MISSED = [*STEPS_MISSED, *DATES_MISSED, *STYLE_MISSED, missed("length.letter", "of usual length")]
RULES = {rule.code: rule for rule in registry.all_rules()}
#: Rules of the law table and of the address have tests of their own.
CODES = [
    code for code, rule in RULES.items() if not rule.source and not code.startswith(("address.", "law.", "notice.u"))
]


@pytest.fixture
def case_file(tmp_path):
    """Write a good case of a language with its changes; return the file, and the line and column of its mark."""

    def write(language: str = "fr", **changes: str | None) -> tuple[Path, tuple[int, int]]:
        entries = GOOD[language] | changes
        text = "\n".join(f"{key}: {value}" for key, value in entries.items() if value is not None)
        before = text.partition(MARK)[0] if MARK in text else ""
        path = tmp_path / "case.yaml"
        path.write_text(text.replace(MARK, ""), encoding="utf-8")
        return path, (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)

    return write


class TestRules:
    """Each rule finds what it is for, at its field, line and column, and leaves alone what only looks like it."""

    @pytest.mark.parametrize("language", GOOD)
    def test_a_good_case_has_no_findings(self, case_file, language):
        assert [str(finding) for finding in rupture.review(rupture.load(case_file(language)[0]))] == []

    @pytest.mark.parametrize("code", CODES)
    def test_found(self, case_file, code):
        examples = [example for example in SEEN if example.code == code]
        assert examples, "every rule needs a case in which it finds something"
        for example in examples:
            path, (line, column) = case_file(example.language, **example.changes)
            found = [finding for finding in rupture.review(rupture.load(path)) if finding.code == code]
            assert [(f.path, f.severity, f.file) for f in found] == [(example.path, RULES[code].severity, str(path))]
            assert (found[0].line, found[0].column) == (line, column), example
            assert found[0].words.casefold() == example.words.casefold(), example

    @pytest.mark.parametrize("code", CODES)
    def test_near_misses(self, case_file, code):
        examples = [example for example in MISSED if example.code == code]
        assert examples, "every rule needs a case that it leaves alone"
        for example in examples:
            path, _ = case_file(example.language, **example.changes)
            assert [str(f) for f in rupture.review(rupture.load(path)) if f.code == code] == [], example

    def test_every_example_is_of_a_rule(self):
        assert {example.code for example in (*SEEN, *MISSED)} == set(CODES)

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_the_longest_letter(self, case_file, language):
        def review(count: int) -> tuple[int, bool]:
            say = "{after decision: '" + "mot " * count + "'}"
            case = rupture.load(case_file(language, say=say if count else None)[0])
            (letter,) = rupture.compose(case).letters
            words = [word for part in letter.body for word in str(part).split() if re.search(r"\w", word)]
            return len(words), "length.letter" in {finding.code for finding in rupture.review(case)}

        count, _ = review(0)
        assert review(350 - count) == (350, False)
        assert review(351 - count) == (351, True)

    def test_banned_words_in_each_part(self, case_file):
        path, _ = case_file(
            thanks="{for: la clarté}", never_say="[Claire Martin, clarté]", contact="{name: Claire Martin}"
        )
        found = [finding for finding in rupture.review(rupture.load(path)) if finding.code == "never-say"]
        assert {finding.path for finding in found} == {"never_say[0]", "never_say[1]"}
        assert any("signature" in finding.message for finding in found)


class TestBounds:
    """Every date of the table has an example on the wrong side."""

    @pytest.mark.parametrize(("side", "fields"), [("to come", TO_COME), ("past", PAST), ("within", WITHIN)])
    def test_every_row(self, side, fields):
        wanted = {bound.field.replace("{}", "") for bound in BOUNDS if side in bound.sides}
        assert {re.sub(r"\[\d\]", "[]", path.removesuffix(".@")) for path in fields} == wanted


class TestTwin:
    """In a case of two letters, a finding about words is placed at the words of one language."""

    @pytest.mark.parametrize(
        ("code", "french", "english"),
        [
            ("placeholder", "la visite de [nom]", "the visit of [name]"),
            ("date.weekday", "l’accueil du lundi 24 novembre 2026", "the call of Monday 24 November 2026"),
            ("person.mixed", "ce que j’ai appris", "what I learned"),
            ("money.currency", "un budget de 500 $", "a budget of $500"),
            ("language.mixed", "the welcome of your team on the day", "l’accueil de vos équipes pour la mise en ligne"),
            ("length.sentence", "mot " * 36, "word " * 36),
            ("register.mixed", "ce que tu fais", None),
        ],
    )
    def test_language_of_the_words(self, case_file, code, french, english):
        good = {"fr": "la confiance de vos équipes", "en": "the trust of your team"}
        for language, words in {"fr": french, "en": english}.items():
            if words is None:
                continue
            both = [
                f"{name}: {MARK if name == language else ''}{json.dumps(text, ensure_ascii=False)}"
                for name, text in (good | {language: words}).items()
            ]
            path, place = case_file("twin", thanks=f"{{for: {{{', '.join(both)}}}}}")
            (found,) = (finding for finding in rupture.review(rupture.load(path)) if finding.code == code)
            assert (found.path, (found.line, found.column)) == (f"thanks.for.{language}", place)


class TestWaivers:
    """What the sender lets stand, with a reason, no longer holds the letter back; a waiver of nothing is a finding."""

    def test_a_waived_error_is_listed_and_holds_nothing_back(self, case_file):
        path, _ = case_file(end="{date: 2026-11-19}")
        with pytest.raises(rupture.HeldBack, match=r"end\.past"):
            rupture.render(rupture.load(path), "txt")
        path, _ = case_file(end="{date: 2026-11-19}", waive="{end.past: convenu au téléphone}")
        case = rupture.load(path)
        findings = rupture.review(case)
        (waived,) = (finding for finding in findings if finding.code == "end.past")
        assert (waived.severity, waived.waived) == ("error", "convenu au téléphone")
        assert "convenu au téléphone" in str(waived)
        assert findings.errors == ()
        assert rupture.render(case, "txt")

    def test_another_error_still_holds_back(self, case_file):
        waive = "{end.past: convenu}"
        path, _ = case_file(end="{date: 2026-11-19}", waive=waive, never_say="[Boréal]")
        with pytest.raises(rupture.HeldBack, match="never-say") as held:
            rupture.render(rupture.load(path), "txt")
        assert "end.past" not in str(held.value)
        assert "end.past" in {finding.code for finding in held.value.findings}

    def test_it_counts_for_every_finding_of_its_code(self, case_file):
        path, _ = case_file(regret=None, people=None, waive="{step.silent: plus tard}")
        found = [(f.code, f.path, f.waived) for f in rupture.review(rupture.load(path))]
        assert found == [("step.silent", "regret", "plus tard"), ("step.silent", "people", "plus tard")]

    @pytest.mark.parametrize(
        ("waive", "field", "expected"),
        [
            ("{end.pst: ▸x}", "waive.end.pst", "did you mean 'end.past'?"),
            ("\n  end.past: x\n  nothing: ▸x", "waive.nothing", "'nothing'"),
            ("{own: ▸x}", "waive.own", "'own'"),
            ("{end.past: ▸'  '}", "waive.end.past", "some text"),
        ],
    )
    def test_refused(self, case_file, waive, field, expected):
        path, (line, column) = case_file(waive=waive)
        with pytest.raises(rupture.CaseError) as caught:
            rupture.load(path)
        (problem,) = caught.value.problems
        assert (problem.file, problem.line, problem.column, problem.path) == (str(path), line, column, field)
        assert expected in problem.message

    def test_a_rule_of_ones_own(self, case_file, tmp_path):
        rule = {
            "severity": "error",
            "catches": "the name of a project",
            "message": "“{words}” is a secret.",
            "suggestion": "Leave it out.",
            "why": "It was agreed.",
            "source": "the house",
            "patterns": "phoenix",
        }
        own = tmp_path / "mine"
        file = own / "en" / "review" / "tone" / "own.phoenix.toml"
        file.parent.mkdir(parents=True)
        file.write_text("".join(f"{key} = '''{text}'''\n" for key, text in rule.items()), "utf-8")
        path, place = case_file("en", thanks=thanks("the welcome at the Phoenix launch"))
        (found,) = rupture.review(rupture.load(path), templates=own)
        assert (found.code, found.path, (found.line, found.column)) == ("own.phoenix", "thanks.for", place)
        waive = "{own.phoenix: it is public now}"
        case = rupture.load(case_file("en", thanks=thanks("the Phoenix launch"), waive=waive)[0])
        (found,) = rupture.review(case, templates=own)
        assert found.waived == "it is public now"
        assert [finding.code for finding in rupture.review(case)] == ["waiver.unused"]


# ---------------------------------------------------------------- the wording

WORDING = {language: rulefiles.review_texts(language) for language in locales.languages()}


def wording_faults(wording: Mapping[str, Mapping[str, Mapping[str, str]]], rules: Mapping[str, Any]) -> list[str]:
    """Return what is missing or too much in the wording of the rules, and where two languages differ."""
    faults = []
    for language, texts in wording.items():
        faults += [f"{language}: {code} has no wording" for code in rules if code not in texts]
        faults += [f"{language}: {code} has no rule" for code in texts if code not in rules]
        for code in texts.keys() & rules.keys():
            text = {"source": rules[code].source} | texts[code]
            missing = {"message", "suggestion", "why", "source"} - {
                key for key, words in text.items() if str(words).strip()
            }
            faults += [f"{language}: {code} has no {key}" for key in sorted(missing)]
    for code in set.intersection(*map(set, wording.values())):
        if len({frozenset(values_of(texts[code])) for texts in wording.values()}) > 1:
            faults.append(f"{code}: the languages name different values")
    return sorted(faults)


def values_of(text: Mapping[str, str]) -> set[str]:
    parsed = (Formatter().parse(text.get(key, "")) for key in ("message", "suggestion"))
    return {name for part in parsed for _, name, _, _ in part if name}


class TestWording:
    """Every rule has words in each language, and no words are left without a rule."""

    def test_one_wording_for_each_rule(self):
        assert len(RULES) == len(registry.all_rules()) > 45, "two rules of one code"
        assert wording_faults(WORDING, RULES) == []

    def test_planted_faults_are_found(self):
        texts = {"message": "{day}", "suggestion": "Do.", "why": "So.", "source": "here"}
        rules = {"a.b": RULES["end.past"], "c.d": RULES["end.past"]}
        planted = {
            "fr": {"a.b": texts, "e.f": texts},
            "en": {"a.b": texts | {"message": "{date}", "why": " "}, "c.d": texts},
        }
        assert wording_faults(planted, rules) == [
            "a.b: the languages name different values",
            "en: a.b has no why",
            "fr: c.d has no wording",
            "fr: e.f has no rule",
        ]

    def test_every_rule_says_what_holds(self):
        assert [rule.code for rule in RULES.values() if not rule.holds.endswith(".")] == []

    def test_a_waiver_takes_every_code(self):
        assert set(RULES) <= catalogue.finding_codes()

    @pytest.mark.parametrize(("days", "expected"), [(1, "laisse 1 jour."), (2, "laisse 2 jours.")])
    def test_counts_agree(self, case_file, days, expected):
        terms = "since: 2021, contract: {term: open-ended}"
        path, _ = case_file(relationship=f"{{service: le site, {terms}}}", end=f"{{date: 2026-11-{20 + days}}}")
        messages = {f.code: f.message for f in rupture.review(rupture.load(path))}
        assert messages["notice.missing"].endswith(expected)
        assert "depuis 5 ans ;" in messages["notice.established"]

    def test_a_source_names_the_article_by_its_title(self, case_file):
        (finding,) = rupture.review(rupture.load(case_file("en", reasons="[]", money=None)[0]))
        assert finding.source == "‘7 raisons de licencier des clients et comment le faire correctement’, step 2"


class TestRefused:
    """Two cases written in anger are held back for many reasons, each at its own line."""

    @pytest.mark.parametrize("name", ["colere.fr.yaml", "anger.en.yaml"])
    def test_ten_findings_at_their_lines(self, name):
        path = ROOT / "examples" / "refused" / name
        found = rupture.review(rupture.load(path))
        graver = {finding.code: finding for finding in found if finding.severity != "hint"}
        assert len(graver) >= 15
        lines = path.read_text(encoding="utf-8").splitlines()
        for finding in graver.values():
            field = finding.path.rpartition(".")[2].rstrip("[0123456789]")
            here = lines[finding.line - 1]
            expected = finding.words[:12].replace("’", "'")
            assert field in here or expected in here or here.lstrip().startswith("- "), finding
        with pytest.raises(rupture.HeldBack):
            rupture.render(rupture.load(path), "txt")

    def test_good_cases_have_no_error_and_no_warning(self):
        good = [*(ROOT / "examples").glob("*.yaml"), *(ROOT / "docs" / "gallery" / "cases").glob("*/*.yaml")]
        assert len(good) > 90
        graver = {
            path.name: finding
            for path in good
            for finding in rupture.review(rupture.load(path))
            if finding.severity != "hint" and not finding.waived
        }
        assert graver == {}
