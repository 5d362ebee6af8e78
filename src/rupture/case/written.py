"""Values that a case file writes as one short text: amounts, beginnings, lengths of notice."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from decimal import Decimal
from inspect import cleandoc
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, Self

from babel.core import get_global
from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema, model_serializer, model_validator

from rupture.case.values import Model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema


class Written(Model):
    """A part that a case file writes as one short text."""

    written: ClassVar[dict[str, Any]]

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        described = cleandoc(cls.__doc__ or "").partition("\n\n")[0]
        return {"type": "string", "title": cls.__name__, "description": described, **cls.written}


_AMOUNTS: Final = (
    (re.compile(r"\d+([.,]\d{1,2})?"), ""),
    (re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d{1,2})?"), ","),
    (re.compile(r"[1-9]\d{0,2}(\.\d{3})+,\d{1,2}"), "."),
)


def _number(value: object) -> object:
    return _decimal(value.strip()) if isinstance(value, str) else value


#: A quantity: 31, 24.5, or 24,5.
Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    Field(ge=0, max_digits=12),
    WithJsonSchema({"type": ["number", "string"], "pattern": r"^[0-9][0-9.,' ]*$"}),
]


def _decimal(figure: str) -> Decimal:
    digits = re.sub("(?<=\\d)[ \u00a0\u202f'’](?=\\d{3}(?!\\d))", "", figure)
    for pattern, group in _AMOUNTS:
        if pattern.fullmatch(digits):
            return Decimal(digits.replace(group, "").replace(",", ".") if group else digits.replace(",", "."))
    raise ValueError(f"cannot read {figure!r} as a number: write it like 1250.00")


def _with_code(written: str, signs: Mapping[str, str]) -> str:
    """Return an amount with the code of a currency in place of its sign before or behind it."""
    for sign in sorted(signs, key=len, reverse=True):
        if written.startswith(sign) or written.endswith(sign):
            return f"{written.removeprefix(sign).removesuffix(sign).strip()} {signs[sign]}"
    return written


class Money(Written):
    """An amount with its currency, written ``980.00 EUR``.

    Args:
        amount: the exact amount, never a binary fraction.
        currency: the ISO 4217 code.
    """

    written: ClassVar[dict[str, Any]] = {
        "type": ["string", "number"],
        "pattern": r"^[^a-z]*[0-9][^a-z]*$",
        "examples": ["980.00 EUR", 980],
    }

    amount: Decimal = Field(gt=0, max_digits=15, decimal_places=2)
    currency: str

    @model_validator(mode="before")
    @classmethod
    def _parse(cls, value: object, info: ValidationInfo) -> object:
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            return value
        written = _with_code(str(value).strip(), (info.context or {}).get("signs", {}))
        currency = (info.context or {}).get("currency")
        if currency and re.fullmatch(r"[\d.,'’ \u00a0\u202f]+", written):
            return {"amount": _decimal(written), "currency": currency}
        match = re.fullmatch(r"(.+?)\s*([A-Z]{3})", written) or re.fullmatch(r"([A-Z]{3})\s*(.+)", written)
        if not match:
            raise ValueError("expected an amount with its currency, such as 980.00 EUR")
        first, second = match.groups()
        figure, currency = (second, first) if first.isalpha() else (first, second)
        return {"amount": _decimal(figure), "currency": currency}

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.currency not in get_global("all_currencies"):
            raise ValueError(f"{self.currency} is not a currency code (ISO 4217), such as EUR, CAD or USD")
        return self

    @model_serializer
    def _write(self) -> str:
        return f"{self.amount:.2f} {self.currency}"


_DATE: Final = re.compile(r"\d{4}(-\d{1,2}){0,2}")


def is_date(value: object) -> bool:
    """Return whether a value of a case file is meant as a day, a month or a year, and not as words."""
    if isinstance(value, dict):
        return "year" in value
    if isinstance(value, dt.date) or (isinstance(value, int) and not isinstance(value, bool)):
        return True
    return isinstance(value, str) and _DATE.fullmatch(value.strip()) is not None


class PartialDate(Written):
    """A year, a month or a full date, written ``2021``, ``2021-03`` or ``2021-03-15``.

    Args:
        year: the year.
        month: 1 to 12, or None when only the year is known.
        day: 1 to 31, or None.
    """

    written: ClassVar[dict[str, Any]] = {
        "type": ["string", "integer"],
        "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$",
        "examples": ["2021", "2021-03"],
    }

    year: int
    month: int | None = None
    day: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _parse(cls, value: object) -> object:
        if isinstance(value, dt.date):
            return {"year": value.year, "month": value.month, "day": value.day}
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            return value
        if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value.strip()):
            raise ValueError("expected a year, a month or a date: 2021, 2021-03 or 2021-03-15")
        year, month, day = (*map(int, value.split("-")), None, None)[:3]
        return {"year": year, "month": month, "day": day}

    @model_validator(mode="after")
    def _exists(self) -> Self:
        try:
            self.earliest()
        except (ValueError, OverflowError):
            raise ValueError("there is no such month or day") from None
        return self

    @model_serializer
    def _write(self) -> str:
        parts = (f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part))
        return "-".join(parts)

    def earliest(self) -> dt.date:
        """Return the first day it can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> dt.date:
        """Return the last day it can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


class Notice(Written):
    """A notice period, written ``60 days``, ``3 months``, ``2 weeks`` or ``15 business days``.

    Args:
        count: how many.
        unit: of what.
    """

    written: ClassVar[dict[str, Any]] = {
        "pattern": r"^\d+ (day|week|month|business day)s?$",
        "examples": ["60 days", "3 months", "15 business days"],
    }

    count: int = Field(gt=0, le=999)
    unit: Literal["day", "week", "month", "business day"]

    @model_validator(mode="before")
    @classmethod
    def _parse(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        match = re.fullmatch(r"(\d{1,3})\s*(day|week|month|business day)s?", value.strip())
        if not match:
            raise ValueError("expected a length such as 60 days, 2 weeks, 3 months or 15 business days")
        return {"count": match[1], "unit": match[2]}

    @model_serializer
    def _write(self) -> str:
        return f"{self.count} {self.unit}{'s' if self.count > 1 else ''}"
