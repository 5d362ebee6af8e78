"""The reasons of a case in its letter: their facts, how much is disclosed, and how the catalogue has them treated."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from dataclasses import MISSING

import pytest
from reading import bare, fold, plain_data

import rupture
from rupture.case import catalogue
from rupture.case.reasons import MOST_FACTS
from rupture.composing.reasons import chosen_facts
from rupture.letter.tree import Bullets, Paragraph, runs_of
from rupture.loading.starter import starter_case
from rupture.resources import paths

REASONS = tuple(catalogue.reasons())
#: One locale of each language: reasons know no locale.
LOCALES = ("fr-FR", "en-US")
#: Reasons of different treatment whose fact is a bare date.
EVENTS = ("public-criticism", "unprofitable", "closure", "conflict-of-interest")
TEMPLATES = paths.templates_root()
TREATMENT = tuple(field.name for field in dataclasses.fields(catalogue.ReasonEntry) if field.default is not MISSING)


def about(part: rupture.Part) -> list[str]:
    """Return the fields of reasons and invoices that a part gives words from."""
    sources = (run.source or "" for run in runs_of((part,)))
    return [source for source in sources if source.startswith(("reasons[", "invoices["))]


class TestReasons:
    """Every reason is told in every language, however many facts it has and however much is disclosed."""

    @staticmethod
    def with_facts(data: dict, reason: str, count: int) -> dict:
        shape = catalogue.reasons()[reason].shapes[0]
        if shape == "invoice":
            first = data["invoices"][0]
            data["invoices"] += [first | {"number": f"X-{n}"} for n in range(count)]
            facts = [{"invoice": f"X-{n}"} for n in range(count)]
        else:
            words = "subject" if shape == "event" else shape
            facts = [{"date": f"2026-0{n + 1}-15", words: f"the thing {n}"} for n in range(count)]
        data |= {"date": "2026-11-20", "end": {"date": "2027-02-28"}}
        data["reasons"] = [{"reason": reason, "disclosure": "documented", "facts": facts}]
        data["relationship"]["since"] = "2022"
        return data

    @pytest.mark.parametrize("reason", REASONS)
    def test_facts(self, starter, letter_of, reason):
        for locale in LOCALES:
            for count in (0, 1, 2, 3, 5):
                data = self.with_facts(starter(locale, reason), reason, count)
                framing = letter_of(data).part("framing")
                if catalogue.reasons()[reason].shapes[0] != "event":  # an event gives its day, and perhaps its subject
                    assert len(set(about(framing))) == min(count, MOST_FACTS), (locale, count)
                listed = any(isinstance(block, Bullets) for block in framing.blocks)
                assert listed == (count >= MOST_FACTS), (locale, count)
                assert chosen_facts(rupture.load(data)) == (tuple(range(min(count, MOST_FACTS))),)
                assert not re.search(r"[ ]{2}|,\s*\.|\.\s*\.|:\s*\.", fold(str(framing))), str(framing)

    @pytest.mark.parametrize("reason", REASONS)
    def test_neutral_tells_no_fact(self, starter, letter_of, reason):
        for locale in LOCALES:
            data = starter(locale, reason)
            framing = {}
            for disclosure in ("documented", "neutral", "none"):
                data["reasons"][0]["disclosure"] = disclosure
                framing[disclosure] = letter_of(data).part("framing")
            assert about(framing["neutral"]) + about(framing["none"]) == []
            if catalogue.reasons()[reason].shapes[0] != "event":
                assert about(framing["documented"])
            lengths = [len(str(part)) for part in framing.values()]
            assert lengths == sorted(set(lengths), reverse=True), locale

    def test_two_and_three_reasons_make_one_argument(self, locale, starter, letter_of):
        lengths = []
        for count in (1, 2, 3):
            framing = letter_of(starter(locale, *REASONS[:count])).part("framing")
            assert all(isinstance(block, Paragraph) for block in framing.blocks)
            lengths.append(len(str(framing)))
        assert lengths == sorted(set(lengths))

    def test_every_voice_and_register(self, locale, starter, letter_of):
        for register in ("formal", "cordial"):
            data = starter(locale, *REASONS[:3]) | {"register": register}
            ours, mine = (letter_of(data | {"voice": voice}) for voice in ("we", "I"))
            assert str(ours.part("framing")) != str(mine.part("framing"))
            assert bare(data["sender"]["name"]) in bare(str(ours.part("sender")))


class TestTreatment:
    """How a letter treats a reason is an attribute in the catalogue, in every message and language alike."""

    @staticmethod
    def letter(locale: str, reason: str, message: str) -> str:
        text = starter_case(locale, [reason], "schema.json", "case.yaml", message=message, today=dt.date(2026, 11, 20))
        data = plain_data("case.yaml", text)
        data["reasons"] = [{"reason": reason, "disclosure": "documented", "facts": [{"date": "2026-10-06"}]}]
        return fold(str(rupture.compose(rupture.load(data))))

    @pytest.mark.parametrize(("locale", "said"), [("fr-FR", "6 octobre 2026"), ("en-US", "October 6, 2026")])
    def test_only_what_bears_on_a_price_explains_one(self, locale, said):
        for reason in EVENTS:
            told = self.letter(locale, reason, "price-increase")
            assert (said in told) == catalogue.reasons()[reason].bears_on_price, reason

    @pytest.mark.parametrize(("locale", "said"), [("fr-FR", "6 octobre"), ("en-US", "October 6")])
    def test_what_is_settled_is_not_discussed(self, locale, said):
        for reason in EVENTS:
            assert (said in self.letter(locale, reason, "conversation")) != catalogue.reasons()[reason].settled, reason

    @pytest.mark.parametrize(("locale", "said"), [("fr-FR", "6 octobre"), ("en-US", "October 6")])
    def test_only_what_lies_with_the_client_calls_for_a_rule(self, locale, said):
        for reason in EVENTS:
            told = self.letter(locale, reason, "limits")
            assert (said in told) == (catalogue.reasons()[reason].cause == "client"), reason

    def test_every_attribute_is_used_by_some_reason_and_some_template(self):
        assert len(TREATMENT) > 5
        sources = "".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
        for name in TREATMENT:
            assert len({getattr(entry, name) for entry in catalogue.reasons().values()}) > 1, name
            assert f"entry.{name}" in sources, name
