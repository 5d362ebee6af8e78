"""A time stands behind the preposition that its precision and its language want."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rupture.case.written import PartialDate
from rupture.language import languages
from rupture.language.grammar import Computed, Words, pieces_of
from rupture.language.inline_dates import with_dates
from rupture.language.spans import between
from rupture.language.times import Calendar
from rupture.resources.locales import locales

TODAY = dt.date(2026, 11, 19)


def calendar(locale, *, year=0):
    language = languages.get(locales()[locale])
    return Calendar(TODAY, language, language.styles[locale], year=year)


def when(text):
    return PartialDate.model_validate(text) if text[:4].isdigit() else Words(text, "a")


def said(locale, function, *texts, year=0, **options):
    times = tuple(map(when, texts))
    return str(getattr(calendar(locale, year=year), function)(times if len(times) > 1 else times[0], **options))


class TestOne:
    """One time of each precision, behind each preposition."""

    @pytest.mark.parametrize(
        ("function", "text", "french", "english"),
        [
            ("on", "2026-12-18", "le 18 décembre 2026", "on 18 December 2026"),
            ("on", "2027-03-01", "le 1er mars 2027", "on 1 March 2027"),
            ("on", "2026-12", "en décembre 2026", "in December 2026"),
            ("on", "2027", "en 2027", "in 2027"),
            ("by", "2026-12-18", "au plus tard le 18 décembre 2026", "by 18 December 2026"),
            ("by", "2027-06", "au plus tard à la fin de juin 2027", "by the end of June 2027"),
            ("by", "2027-08", "au plus tard à la fin d’août 2027", "by the end of August 2027"),
            ("begin", "2027-02-01", "à partir du 1er février 2027", "from 1 February 2027"),
            ("begin", "2027-04", "à partir d’avril 2027", "from April 2027"),
            ("until", "2027-01-29", "jusqu’au 29 janvier 2027", "until 29 January 2027"),
            ("until", "2027-10", "jusqu’à la fin d’octobre 2027", "until the end of October 2027"),
            ("since", "2023", "depuis 2023", "since 2023"),
            ("since", "2026-06", "depuis juin 2026", "since June 2026"),
            ("since", "2023-04-03", "depuis le 3 avril 2023", "since 3 April 2023"),
            ("date_of", "2023-04-03", "3 avril 2023", "3 April 2023"),
        ],
    )
    def test_dates(self, function, text, french, english):
        assert said("fr-FR", function, text) == french
        assert said("en-GB", function, text) == english

    @pytest.mark.parametrize(
        ("function", "text", "expected"),
        [
            ("on", "le printemps", "au printemps"),
            ("on", "la dernière leçon", "à la dernière leçon"),
            ("on", "chaque lundi", "chaque lundi"),
            ("on", "le dernier samedi du mois", "le dernier samedi du mois"),
            ("on", "à la remise", "à la remise"),
            ("on", "octobre", "en octobre"),
            ("by", "la remise", "au plus tard à la remise"),
            ("by", "les vacances", "au plus tard aux vacances"),
            ("by", "en mars", "au plus tard en mars"),
            ("begin", "le printemps", "à partir du printemps"),
            ("begin", "au printemps", "à partir du printemps"),
            ("begin", "à la rentrée", "à partir de la rentrée"),
            ("until", "la dernière leçon", "jusqu’à la dernière leçon"),
            ("until", "l'été", "jusqu’à l'été"),
            ("until", "en juin", "jusqu’en juin"),
            ("since", "Pâques", "depuis Pâques"),
            ("since", "la rentrée", "depuis la rentrée"),
            ("by", "avant Noël", "avant Noël"),
            ("by", "fin juin", "au plus tard fin juin"),
            ("by", "le lundi suivant", "au plus tard le lundi suivant"),
            ("until", "fin juin", "jusqu’à fin juin"),
            ("until", "demain", "jusqu’à demain"),
            ("begin", "demain", "à partir de demain"),
            ("since", "hier", "depuis hier"),
            ("on", "15 décembre", "le 15 décembre"),
            ("on", "fin juin", "fin juin"),
            ("on", "l'été prochain", "à l'été prochain"),
        ],
    )
    def test_french_words(self, function, text, expected):
        assert said("fr-FR", function, text) == expected

    @pytest.mark.parametrize(
        ("function", "text", "expected"),
        [
            ("on", "spring", "in spring"),
            ("on", "the last lesson", "at the last lesson"),
            ("on", "the last Saturday of May", "on the last Saturday of May"),
            ("on", "Easter", "at Easter"),
            ("on", "every Monday", "every Monday"),
            ("on", "next week", "next week"),
            ("by", "the handover", "by the handover"),
            ("by", "at the handover", "by the handover"),
            ("begin", "in spring", "from spring"),
            ("until", "the last lesson", "until the last lesson"),
            ("since", "summer", "since summer"),
            ("by", "before Christmas", "before Christmas"),
            ("by", "next Friday", "by next Friday"),
            ("since", "last summer", "since last summer"),
            ("on", "December 18", "on December 18"),
            ("on", "the 18th of December", "on the 18th of December"),
            ("on", "mid-March", "in mid-March"),
            ("on", "the end of June", "at the end of June"),
            ("on", "Monday evenings", "on Monday evenings"),
            ("on", "two weeks later", "two weeks later"),
        ],
    )
    def test_english_words(self, function, text, expected):
        assert said("en-GB", function, text) == expected

    @pytest.mark.parametrize(
        ("locale", "hour", "expected"),
        [
            ("fr-FR", "14:00", "le 18 décembre 2026 à 14\u00a0h"),
            ("fr-FR", "9:30", "le 18 décembre 2026 à 9\u00a0h\u00a030"),
            ("fr-FR", "12:00", "le 18 décembre 2026 à midi"),
            ("en-US", "16:00", "on December 18, 2026 at 4\u00a0PM"),
            ("en-GB", "16:30", "on 18 December 2026 at 4:30\u00a0pm"),
            ("en-GB", "12:00", "on 18 December 2026 at noon"),
        ],
    )
    def test_hour(self, locale, hour, expected):
        assert said(locale, "on", "2026-12-18", at=hour) == expected

    @pytest.mark.parametrize(
        ("locale", "expected"),
        [
            ("fr-CH", "le vendredi 18 décembre 2026"),
            ("en-GB", "on Friday 18 December 2026"),
            ("en-US", "on Friday, December 18, 2026"),
        ],
    )
    def test_weekday(self, locale, expected):
        assert said(locale, "on", "2026-12-18", weekday=True) == expected

    @pytest.mark.parametrize(
        ("locale", "expected"),
        [
            ("fr-FR", "jusqu’au 29 janvier 2027 inclus"),
            ("en-GB", "until 29 January 2027"),
            ("en-US", "through January 29, 2027"),
        ],
    )
    def test_included(self, locale, expected):
        assert said(locale, "until", "2027-01-29", included=True) == expected


class TestBetween:
    """A span says once what its two ends have in common."""

    @pytest.mark.parametrize(
        ("start", "end", "french", "english"),
        [
            ("2027-03", "2027-10", "de mars à octobre 2027", "from March to October 2027"),
            ("2027-04", "2028-01", "d’avril 2027 à janvier 2028", "from April 2027 to January 2028"),
            ("2027-03-01", "2027-10-05", "du 1er mars au 5 octobre 2027", "from March 1 to October 5, 2027"),
            ("2027-03-03", "2027-03-05", "du 3 au 5 mars 2027", "from March 3 to 5, 2027"),
            ("2027", "2029", "de 2027 à 2029", "from 2027 to 2029"),
            ("2027-03", "2027-05-05", "à partir de mars 2027 jusqu’au 5 mai 2027", "from March 2027 until May 5, 2027"),
        ],
    )
    def test_span(self, start, end, french, english):
        found = [str(between(calendar(locale), when(start), when(end))) for locale in ("fr-FR", "en-US")]
        assert [text.replace("\u00a0", " ") for text in found] == [french, english]


class TestSeveral:
    """Several times share what they have in common."""

    @pytest.mark.parametrize(
        ("texts", "french", "american", "british"),
        [
            (
                ["2027-06-22", "2027-09-08"],
                "les 22 juin et 8 septembre 2027",
                "on June 22 and September 8, 2027",
                "on 22 June and 8 September 2027",
            ),
            (
                ["2027-06-22", "2027-06-24", "2027-06-29"],
                "les 22, 24 et 29 juin 2027",
                "on June 22, 24, and 29, 2027",
                "on 22, 24 and 29 June 2027",
            ),
            (
                ["2027-06-22", "2027-06-24", "2027-09-01"],
                "les 22 et 24 juin et le 1er septembre 2027",
                "on June 22 and 24 and on September 1, 2027",
                "on 22 and 24 June and on 1 September 2027",
            ),
            (
                ["2026-12-22", "2027-01-05"],
                "les 22 décembre 2026 et 5 janvier 2027",
                "on December 22, 2026 and January 5, 2027",
                "on 22 December 2026 and 5 January 2027",
            ),
            (
                ["2027-08", "2027-10-09"],
                "en août 2027 et le 9 octobre 2027",
                "in August 2027 and on October 9, 2027",
                "in August 2027 and on 9 October 2027",
            ),
            (
                ["2027-08", "2027-10"],
                "en août et octobre 2027",
                "in August and October 2027",
                "in August and October 2027",
            ),
        ],
    )
    def test_enumeration(self, texts, french, american, british):
        got = [said(locale, "on", *texts) for locale in ("fr-FR", "en-US", "en-GB")]
        assert got == [french, american, british]

    @pytest.mark.parametrize(
        ("locale", "expected"),
        [
            ("fr-FR", "le mardi 12 et le jeudi 14 janvier 2027"),
            ("en-US", "on Tuesday, January 12 and Thursday, January 14, 2027"),
            ("en-GB", "on Tuesday 12 and Thursday 14 January 2027"),
        ],
    )
    def test_weekdays(self, locale, expected):
        assert said(locale, "on", "2027-01-12", "2027-01-14", weekday=True) == expected

    def test_weekdays_of_two_months(self):
        got = said("fr-FR", "on", "2027-01-12", "2027-02-04", weekday=True)
        assert got == "le mardi 12 janvier et le jeudi 4 février 2027"


class TestYear:
    """A time to come names its year; a past one leaves out the year of the time before it."""

    def test_past(self):
        assert said("en-GB", "on", "2026-06-22", year=2026) == "on 22 June"
        assert said("en-GB", "on", "2026-06-22", year=2025) == "on 22 June 2026"
        assert said("fr-FR", "on", "2026-08", "2026-10-09") == "en août 2026 et le 9 octobre"

    def test_to_come(self):
        assert said("en-GB", "on", "2026-12-22", year=2026) == "on 22 December 2026"
        assert said("en-GB", "by", "2026-06-22", year=2026) == "by 22 June 2026"

    def test_between_friends(self):
        language = languages.get("en")
        spoken = Calendar(TODAY, language, language.styles["en-GB"], spoken=True)
        assert str(spoken.on(when("2026-12-22"))) == "on 22 December"
        assert str(spoken.on(when("2027-12-22"))) == "on 22 December 2027"

    def test_forgotten(self):
        written = calendar("en-GB")
        assert [str(written.on(when("2026-06-22"))) for _ in range(2)] == ["on 22 June 2026", "on 22 June"]
        written.forget_year()
        assert written.day(dt.date(2026, 6, 22)) == "22 June 2026"


class TestOrigin:
    """Words keep their field; dates are computed."""

    @given(
        text=st.text("abcdé'", min_size=1, max_size=12),
        function=st.sampled_from(["on", "by", "begin", "until", "since", "date_of"]),
        locale=st.sampled_from(sorted(locales())),
    )
    def test_words(self, text, function, locale):
        phrase = getattr(calendar(locale), function)(Words(text, "matters[0].on"))
        own = [piece for piece in pieces_of(phrase) if isinstance(piece, Words)]
        assert [(piece, piece.path) for piece in own] == [(text, "matters[0].on")]

    def test_dates(self):
        assert all(isinstance(piece, Computed) for piece in calendar("fr-FR").on(when("2026-12-18"), "14:00").pieces)


class TestInside:
    """A date inside a phrase of the user's is written as the locale writes it, and nothing else changes."""

    @pytest.mark.parametrize(
        ("locale", "text", "expected"),
        [
            ("fr-FR", "refusée le 2026-07-03", "refusée le 3 juillet 2026"),
            ("fr-FR", "refusée le 2026-08-01.", "refusée le 1er août 2026."),
            ("fr-FR", "à partir de 2027-04", "à partir d’avril 2027"),
            ("fr-FR", "à partir de 2027-01", "à partir de janvier 2027"),
            ("fr-FR", "la facture 2026-07", "la facture 2026-07"),
            ("en-US", "you declined it on 2026-07-03", "you declined it on July 3, 2026"),
            ("en-GB", "order 2026-07 of 2026-07-03", "order 2026-07 of 3 July 2026"),
            (
                "en-GB",
                "F-2026-07, 2026-13, 2026-02-30 and 2026-07-031",
                "F-2026-07, 2026-13, 2026-02-30 and 2026-07-031",
            ),
        ],
    )
    def test_written(self, locale, text, expected):
        language = languages.get(locales()[locale])
        assert with_dates(text, language, language.styles[locale]) == expected

    @given(st.text("ab -12", max_size=20))
    def test_nothing_else_changes(self, text):
        language = languages.get("en")
        result = with_dates(text, language, language.styles["en-GB"])
        assert result == text or "20" in text or "1" in text
