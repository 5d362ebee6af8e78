"""The small values of a case: dates, e-mail addresses, countries, names from a list."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError

import rupture
from rupture.case.values import Country, Email, Locale, OneOf, countries
from rupture.resources.locales import locales


class TestDates:
    """A date is a whole day of the calendar, and nothing that only resembles one."""

    @pytest.mark.parametrize("value", ["2027-01-31", dt.date(2027, 1, 31)])
    def test_read(self, minimal, value):
        assert rupture.load(minimal(end={"date": value})).end.date == dt.date(2027, 1, 31)

    @pytest.mark.parametrize(
        "value",
        [
            *("2027-1-31", "2027-02-29", "20270131", "31.01.2027", "2027-01-31 ", "2027-W04-7", ""),
            *(1_800_000_000, 0, 86_400, True, False, 1.5, [2027, 1, 31]),
            dt.datetime(2027, 1, 31),  # noqa: DTZ001  a time of day is what is refused
        ],
    )
    def test_refused(self, minimal, value):
        with pytest.raises(rupture.CaseError, match=r"end\.date"):
            rupture.load(minimal(end={"date": value}))


class TestEmail:
    """An address is accepted as the library that knows every rule accepts it."""

    @pytest.mark.parametrize(
        "address", ["a@b.local", "a@b.arpa", "a@xn--b.fr", "a@b", "a.@b.fr", "a@-b.fr", "a b@c.fr"]
    )
    def test_refused(self, address):
        with pytest.raises(ValidationError, match="not an e-mail address"):
            TypeAdapter(Email).validate_python(address)

    @pytest.mark.parametrize("email", ["a@b.example", "a.b+c@sub.example.org", "A@Müller.example", "a@localhost.test"])
    def test_taken_in_a_case(self, minimal, email):
        data = minimal()
        data["sender"]["email"] = email
        assert rupture.load(data).sender.email.casefold() == email.casefold()

    @pytest.mark.parametrize(
        "email",
        [
            "a",
            "a@",
            "@b.example",
            "a b@c.example",
            "a@b",
            "a@b..example",
            "x <a@b.example>",
            "a@b.example, c@d.example",
        ],
    )
    def test_refused_in_a_case(self, minimal, email):
        data = minimal()
        data["sender"]["email"] = email
        with pytest.raises(rupture.CaseError, match=r"sender\.email: .*e-mail"):
            rupture.load(data)


class TestCountries:
    """A country is one that has a code today; a well-formed code of no country is refused."""

    @pytest.mark.parametrize("code", ["FR", "CA", "US", "GB", "BE", "CH", "LU", "XK", "TW", "VA", "GP"])
    def test_taken(self, code):
        assert TypeAdapter(Country).validate_python(code) == code

    @pytest.mark.parametrize("code", ["ZZ", "XX", "UK", "EU", "SU", "YU", "XA"])
    def test_no_country(self, code):
        with pytest.raises(ValidationError, match="no country has this code"):
            TypeAdapter(Country).validate_python(code)

    @pytest.mark.parametrize("code", ["fr", "FRA", "F", "", "F1", "ÉÉ"])
    def test_not_a_code(self, code):
        with pytest.raises(ValidationError):
            TypeAdapter(Country).validate_python(code)

    def test_there_are_as_many_as_the_world_has(self):
        assert 245 < len(countries()) < 260

    def test_the_field_is_named(self, minimal):
        data = minimal()
        data["sender"]["address"]["country"] = "ZZ"
        with pytest.raises(rupture.CaseError, match=r"sender\.address\.country: found 'ZZ': no country has this code"):
            rupture.load(data)


class TestOneOf:
    """A name is one of those that the data lists at the time, and the schema lists the same."""

    def test_locales(self):
        assert TypeAdapter(Locale).json_schema()["enum"] == list(locales())
        assert TypeAdapter(Locale).validate_python("fr-FR") == "fr-FR"
        with pytest.raises(ValidationError, match="'fr-FR'"):
            TypeAdapter(Locale).validate_python("fr-fr")

    def test_the_names_are_asked_for_each_time(self):
        names = ["a"]
        adapter = TypeAdapter(Annotated[str, OneOf(lambda: names)])
        with pytest.raises(ValidationError):
            adapter.validate_python("b")
        names.append("b")
        assert adapter.validate_python("b") == "b"
        assert adapter.json_schema() == {"type": "string", "enum": ["a", "b"]}
