"""Spaces, quotes, apostrophes, dates and amounts of each locale."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reading import bare

from conftest import LOCALES
from rupture.case.written import Money, PartialDate
from rupture.language import languages
from rupture.language.typography import NBSP, NNBSP, amount_text, country_name, date_text, since_text, typeset
from rupture.letter.blocks import Run

FRENCH = tuple(locale for locale in LOCALES if locale.startswith("fr"))
ENGLISH = tuple(locale for locale in LOCALES if locale.startswith("en"))


def style_of(locale: str):
    return languages.get(locale[:2]).styles[locale]


def set_text(text: str, locale: str) -> str:
    return "".join(run.text for run in typeset((Run(text),), style_of(locale)))


def shown(text: str) -> str:
    """Return a text in which special spaces can be seen: ``_`` no break, ``'`` thin."""
    return text.replace(NBSP, "_").replace(NNBSP, "`")


class TestSpaces:
    """Each locale has its own space before high punctuation, and none where it has none."""

    @pytest.mark.parametrize(
        ("locale", "text", "expected"),
        [
            ("fr-FR", "Vraiment ?", "Vraiment`?"),
            ("fr-FR", "Vraiment?", "Vraiment`?"),
            ("fr-FR", "Vraiment\u00a0?", "Vraiment`?"),
            ("fr-FR", "Ah ! Oui ; non : bon", "Ah`! Oui`; non_: bon"),
            ("fr-FR", "Quoi ?!", "Quoi`?!"),
            ("fr-FR", "etc. ; fin", "etc.`; fin"),
            ("fr-FR", "Réf. : 12", "Réf._: 12"),
            ("fr-FR", "50 % de remise", "50_% de remise"),
            ("fr-FR", "le « site »", "le «_site_»"),
            ("fr-FR", "le «site»", "le «_site_»"),
            ("fr-FR", '"site"', "«_site_»"),
            ("fr-CH", '"site"', "«`site`»"),
            ("fr-CH", "50 %", "50%"),
            ("fr-CA", "Vraiment ?", "Vraiment?"),
            ("fr-CA", "Ceci : cela", "Ceci_: cela"),
            ("fr-BE", "Vraiment ?", "Vraiment`?"),
            ("en-US", "Really ?", "Really ?"),
            ("en-US", "Really?", "Really?"),
            ("en-US", "this: that; more", "this: that; more"),
            ("en-US", 'the "site"', "the “site”"),
            ("en-GB", 'the "site"', "the ‘site’"),
            ("en-GB", "the 'site'", "the ‘site’"),
        ],
    )
    def test_signs(self, locale, text, expected):
        assert shown(set_text(text, locale)) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("l'été d'Anne", "l’été d’Anne"),
            ("article 9", "article_9"),
            ("l'article 9", "l’article_9"),
            ("M. Dupont", "M._Dupont"),
            ("n° 12", "n°_12"),
            ("le 1er mars 2026", "le 1er_mars_2026"),
            ("le 15 août", "le 15_août"),
            ("1 250 000", "1_250_000"),
            ("12 €", "12_€"),
            ("attendez...", "attendez…"),
            ("1....2", "1....2"),
        ],
    )
    def test_french(self, text, expected):
        assert {shown(set_text(text, locale)) for locale in FRENCH} == {expected}

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("don't", "don’t"),
            ("the clients' words", "the clients’ words"),
            ("section 9", "section_9"),
            ("March 1, 2026", "March_1, 2026"),
            ("1 March 2026", "1_March_2026"),
            ("wait...", "wait…"),
        ],
    )
    def test_english(self, text, expected):
        assert {shown(set_text(text, locale)) for locale in ENGLISH} == {expected}


#: What may not be touched, wherever it stands.
KEPT = (
    "https://example.org/a?b=1;c=2!d",
    "http://example.org:8080/x",
    "www.example.org/?q=l'eau",
    "claire@atelier-nord.example",
    "a.b+c@sub.example.org",
    "FR76 3000 6000 0112 3456 7890 189",
    "CH93 0076 2011 6238 5295 7",
    "14:30",
    "9:05",
)


class TestProtected:
    """Addresses of the web and of mail, bank accounts and times are left as they are."""

    @pytest.mark.parametrize("kept", KEPT)
    def test_unchanged(self, kept):
        for place in (*FRENCH, *ENGLISH):
            for around in ("{}", "voir {} demain", "({})", "« {} »"):
                assert kept in set_text(around.format(kept), place), (place, around)

    def test_the_same_signs_elsewhere_are_changed(self):
        assert "a=1;c" not in set_text("voir a=1;c=2!d", "fr-FR")
        assert "l'eau" not in set_text("boire l'eau", "fr-FR")

    @pytest.mark.parametrize("kept", KEPT)
    def test_unchanged_across_runs(self, kept):
        line = (Run("voir "), Run(kept, "sender.name"), Run(" ; puis"))
        assert {typeset(line, style_of(place))[1].text for place in FRENCH} == {kept}


PIECES = (
    *(
        " ",
        "  ",
        NBSP,
        NNBSP,
        "'",
        '"',
        "«",
        "»",
        "“",
        "”",
        "‘",
        "’",
        "…",
        ".",
        "..",
        "...",
        "....",
        ",",
        ":",
        ";",
        "!",
        "?",
        "%",
    ),
    *(
        "(",
        ")",
        "[",
        "—",
        "–",
        "-",
        "€",
        "$",
        "1",
        "12",
        "250",
        "2026",
        "a",
        "mars",
        "March",
        "1er",
        "M.",
        "n°",
        "article",
        "p.",
    ),
    *(
        "l'eau",
        "le site",
        "don't",
        "d'",
        "14:30",
        "a@b.example",
        "https://x.example/?a;b",
        "FR76 3000 6000 0112 3456 7890 189",
        "é",
    ),
    *("section", "No.", "Mr", "No", "«a»", '"a"', "'a'", ";a", "a;", "? !", "?!", "&", "<b>", "\u200d"),
)
RUNS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join), st.sampled_from([None, "a.b", "c[0]"])
    ),
    min_size=1,
    max_size=4,
).map(lambda runs: tuple(Run(text, source) for text, source in runs))


def owned(line):
    """Return the words of each run with their owner; dots aside: three from two runs become one sign, of the first."""
    words = [(bare(run.text).replace(".", ""), run.source) for run in line]
    return [(word, source) for word, source in words if word]


class TestTypeset:
    """For any line: typesetting twice is typesetting once, no word is lost, and no run changes its owner."""

    @settings(max_examples=settings.default.max_examples * 10)
    @given(line=RUNS, locale=st.sampled_from(LOCALES))
    @example(line=(Run("« "), Run('"a"', "x"), Run(" » ?")), locale="fr-FR")
    @example(line=(Run("Réf. : "), Run("a;b", "x")), locale="fr-FR")
    def test_any_line(self, line, locale):
        once = typeset(line, style_of(locale))
        assert typeset(once, style_of(locale)) == once
        assert bare("".join(run.text for run in once)) == bare("".join(run.text for run in line))
        assert owned(once) == owned(line)

    @given(text=st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40), locale=st.sampled_from(LOCALES))
    def test_any_text(self, text, locale):
        once = set_text(text, locale)
        assert bare(once) == bare(text)
        assert set_text(once, locale) == once

    @given(locale=st.sampled_from(LOCALES), words=st.lists(st.sampled_from(("mot", "site", "une", "2")), max_size=6))
    def test_no_space_is_doubled_or_put_at_the_ends(self, locale, words):
        text = set_text(" ".join(words), locale)
        assert text == text.strip()
        assert not re.search(r"\s\s", text)

    def test_emphasis_stays(self):
        line = (Run("Objet : ", None, strong=True), Run("l'eau", "a"))
        assert [run.strong for run in typeset(line, style_of("fr-FR"))] == [True, False]


class TestDates:
    """A date is in words, in the habit of its locale."""

    @pytest.mark.parametrize(
        ("locale", "long", "short"),
        [
            *((locale, "1er mars 2026", "1er mars") for locale in FRENCH),
            ("en-US", "March 1, 2026", "March 1"),
            ("en-CA", "March 1, 2026", "March 1"),
            ("en-GB", "1 March 2026", "1 March"),
        ],
    )
    def test_first_of_march(self, locale, long, short):
        day = dt.date(2026, 3, 1)
        assert date_text(day, style_of(locale)) == long
        assert date_text(day, style_of(locale), with_year=False) == short

    @given(day=st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), locale=st.sampled_from(LOCALES))
    def test_every_day(self, day, locale):
        text, short = date_text(day, style_of(locale)), date_text(day, style_of(locale), with_year=False)
        figures = re.findall(r"\d+", text)
        assert sorted(figures, key=len) == [str(day.day), str(day.year)]
        assert ("1er" in text) == (day.day == 1 and locale in FRENCH)
        assert short in text
        assert str(day.year) not in short
        assert not re.search(r"[,\s]$|\s\s", short)
        assert " " not in set_text(short, locale), "day and month stay on one line"

    @pytest.mark.parametrize(
        ("since", "french", "english"),
        [("2021", "2021", "2021"), ("2021-03", "mars 2021", "March 2021"), ("2021-03-15", "15 mars 2021", None)],
    )
    def test_since(self, since, french, english):
        for place in (*FRENCH, *ENGLISH):
            expected = french if place in FRENCH else english or date_text(dt.date(2021, 3, 15), style_of(place))
            assert since_text(PartialDate.model_validate(since), style_of(place)) == expected


class TestAmounts:
    """An amount is written as its locale writes it, unbroken, and keeps every figure."""

    @pytest.mark.parametrize(
        ("locale", "written", "expected"),
        [
            ("fr-FR", "1250 EUR", "1`250,00_€"),
            ("fr-BE", "1250 EUR", "1`250,00_€"),
            ("fr-CH", "1250 CHF", "CHF_1'250.00"),
            ("fr-CH", "1250 EUR", "1`250,00_€"),
            ("fr-CA", "1250 CAD", "1_250,00_$"),
            ("fr-FR", "980.5 EUR", "980,50_€"),
            ("en-US", "1250 USD", "$1,250.00"),
            ("en-CA", "1250 CAD", "$1,250.00"),
            ("en-US", "1250 CAD", "CA$1,250.00"),
            ("en-GB", "1250 GBP", "£1,250.00"),
            ("en-GB", "1250 CHF", "CHF_1,250.00"),
            ("en-US", "1250 EUR", "€1,250.00"),
            ("fr-CH", "12345 USD", "12`345,00_$US"),
            ("fr-CA", "1250 USD", "1_250,00_$_US"),
            ("fr-FR", "1250 SEK", "1`250,00_SEK"),
            ("en-GB", "1250 JPY", "JP¥1,250"),
            ("en-GB", "1250.5 JPY", "JP¥1,250.50"),
            ("en-US", "1250 KWD", "KWD_1,250.000"),
        ],
    )
    def test_amount(self, locale, written, expected):
        assert shown(amount_text(Money.model_validate(written), style_of(locale))) == expected

    @given(
        cents=st.integers(1, 10**11),
        currency=st.sampled_from(("EUR", "CHF", "CAD", "USD", "GBP")),
        locale=st.sampled_from(LOCALES),
    )
    def test_figures_survive_and_stay_together(self, cents, currency, locale):
        text = amount_text(Money(amount=Decimal(cents) / 100, currency=currency), style_of(locale))
        assert re.sub(r"\D", "", text) == f"{cents:03}"
        assert " " not in text
        once = set_text(text, locale)
        assert re.sub(r"\D", "", once) == f"{cents:03}"
        assert " " not in once
        assert set_text(once, locale) == once


class TestCountries:
    """A country abroad is named in capitals, in the letter's language."""

    @pytest.mark.parametrize(("locale", "name"), [("fr-FR", "ALLEMAGNE"), ("en-GB", "GERMANY"), ("fr-CA", "ALLEMAGNE")])
    def test_name(self, locale, name):
        assert country_name("DE", style_of(locale)) == name

    def test_unknown_code_stays(self):
        assert country_name("QQ", style_of("fr-FR")) == "QQ"
