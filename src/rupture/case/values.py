"""The small values that the parts of a case are made of: lines, dates, e-mail addresses, names from a list."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final

from babel.core import get_global
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticKnownError, core_schema

from rupture.case import catalogue
from rupture.case.cleaning import clean_line
from rupture.resources.locales import languages, locales

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

#: The years in which a case can play: a notice of 999 months from the last one is still a date.
FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2399


class Model(BaseModel):
    """What every part of a case has in common: it cannot be changed, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Declinable(Model):
    """A step that the case may decline, by ``none`` in its place."""

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"const": "none"}, handler(schema)]}


def listed(value: object) -> object:
    """Return a list of one where a case file gives one entry without its brackets."""
    return value if isinstance(value, list | tuple) or value is None else (value,)


# ---------------------------------------------------------------- one of some names


@dataclass(frozen=True, slots=True)
class OneOf:
    """Restricts a text to names that the data of the package lists, as a ``Literal`` does to names in the code.

    Args:
        names: returns the names.
    """

    names: Callable[[], Iterable[str]]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "enum": list(self.names())}

    def _checked(self, value: str) -> str:
        names = self.names()
        if value not in names:
            raise PydanticKnownError("literal_error", {"expected": ", ".join(f"'{name}'" for name in names)})
        return value


Locale = Annotated[str, OneOf(locales)]
Language = Annotated[str, OneOf(languages)]
Message = Annotated[str, OneOf(catalogue.messages)]
Jurisdiction = Annotated[str, OneOf(catalogue.jurisdictions)]


# ---------------------------------------------------------------- lines of text


def _line(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return value
    return clean_line(str(value))


Line = Annotated[
    str,
    BeforeValidator(_line),
    Field(min_length=1),
    # YAML writes a number without quotes; x-kind tells a line of text from a word of a list
    WithJsonSchema({"type": ["string", "number"], "minLength": 1, "x-kind": "line"}),
]


# ---------------------------------------------------------------- dates


def _full_date(value: object) -> object:
    if isinstance(value, dt.datetime):
        raise ValueError("expected a date without a time of day, such as 2027-01-31")  # noqa: TRY004
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"there is no such day as {value}") from None
    if not isinstance(value, dt.date):
        raise ValueError("expected a full date, written year-month-day, such as 2027-01-31")  # noqa: TRY004
    return _in_range(value)


def _in_range(day: dt.date) -> dt.date:
    """Refuse a day from which a notice could leave the calendar."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"expected a year from {FIRST_YEAR} to {LAST_YEAR}")
    return day


Date = Annotated[dt.date, BeforeValidator(_full_date), WithJsonSchema({"type": "string", "format": "date"})]


# ---------------------------------------------------------------- e-mail addresses


def _email(value: str) -> str:
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415  slow to import

    try:
        return validate_email(value, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise ValueError(f"not an e-mail address: {str(error).rstrip('.')}") from None


Email = Annotated[Line, AfterValidator(_email)]


# ---------------------------------------------------------------- countries


@cache
def countries() -> frozenset[str]:
    """Return the ISO 3166 code of each country: the territories that have legal tender today (CLDR, by Babel)."""
    used = get_global("territory_currencies").items()
    tender = {code for code, uses in used if any(end is None and legal for _, _, end, legal in uses)}
    return frozenset(tender - {"EU"})


def _country(code: str) -> str:
    if re.fullmatch(r"[A-Z]{2}", code) and code not in countries():
        raise ValueError("no country has this code; expected one of ISO 3166, such as FR, CA or US")
    return code


Country = Annotated[
    str,
    AfterValidator(_country),
    Field(pattern=r"^[A-Z]{2}$", description="ISO 3166 code of two capitals.", examples=["FR"]),
]


# ---------------------------------------------------------------- times of day

Clock = Annotated[
    str,
    BeforeValidator(lambda value: "00:00" if value == "24:00" else value),
    Field(pattern=r"^([01]?\d|2[0-3]):[0-5]\d$", description="A time of day.", examples=["14:00"]),
]
