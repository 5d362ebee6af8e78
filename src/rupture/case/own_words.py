"""The sender's own words: one text, or one per language; and where a case holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final, get_args

from pydantic import BaseModel, ConfigDict, Discriminator, Field, RootModel, Tag, TypeAdapter

from rupture.case.field_path import FieldPath, Steps
from rupture.case.values import Language, Line
from rupture.case.written import PartialDate, Written, is_date
from rupture.resources.locales import languages
from rupture.resources.memory import remembered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema


class Translations(RootModel[Annotated[dict[Language, Line], Field(min_length=1)]]):
    """A text given once per language, for a letter and its twin."""

    model_config = ConfigDict(frozen=True)

    def __getitem__(self, language: str) -> str:
        """Return the text in that language.

        Raises:
            KeyError: there is none.
        """
        return self.root[language]

    def __hash__(self) -> int:
        return hash(tuple(self.root.items()))

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        line = TypeAdapter(Line).json_schema()
        return {
            "type": "object",
            "title": cls.__name__,
            "description": cls.__doc__,
            "propertyNames": {"enum": list(languages())},
            "additionalProperties": line,
            "minProperties": 1,
        }


def _one_or_each(value: object) -> str:
    return "each" if isinstance(value, Mapping | Translations) else "one"


#: Words of the sender's own: one text, or one per language.
Prose = Annotated[
    Annotated[Line, Tag("one")] | Annotated[Translations, Tag("each")],
    Discriminator(_one_or_each),
]


def _kind_of_time(value: object) -> str:
    return "date" if isinstance(value, PartialDate) or is_date(value) else _one_or_each(value)


class _AnyOf:
    """Lets a value fit two branches of a schema: a date is a line of text too."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        made = handler(core)
        return {"anyOf": made.pop("oneOf"), **made}


#: A day, a month or a year, or words: `2026-12-18`, `2026-12`, `2026`, `the last lesson`.
When = Annotated[
    Annotated[PartialDate, Tag("date")] | Annotated[Line, Tag("one")] | Annotated[Translations, Tag("each")],
    Discriminator(_kind_of_time),
    _AnyOf(),
]


def _number_or_words(value: object) -> str:
    is_number = isinstance(value, int) or (isinstance(value, str) and value.isascii() and value.strip().isdecimal())
    return "number" if is_number and not isinstance(value, bool) else _one_or_each(value)


#: A sentence of the sender's own, or the number of another wording of ours.
Said = Annotated[
    Annotated[int, Field(ge=1), Tag("number")] | Annotated[Line, Tag("one")] | Annotated[Translations, Tag("each")],
    Discriminator(_number_or_words),
    _AnyOf(),
]


#: What may stand in place of own words, in any language.
SHORTHANDS: Final = frozenset({"none", "us", "you", "refused", "accepted", "unchanged"})


def prose_fields(part: BaseModel) -> Iterator[tuple[FieldPath, str | Translations]]:
    """Yield (path, value) for each text in the sender's own words."""
    return ((FieldPath(steps), value) for steps, value in _texts(part, ()))


def _texts(part: BaseModel, steps: Steps) -> Iterator[tuple[Steps, str | Translations]]:
    for name, alias, is_prose in _fields(type(part)):
        if value := getattr(part, name):
            yield from _texts_in(value, (*steps, alias), is_prose=is_prose)


def _texts_in(value: Any, steps: Steps, *, is_prose: bool) -> Iterator[tuple[Steps, str | Translations]]:  # noqa: ANN401  whatever a field holds
    if isinstance(value, tuple | Mapping):
        for step, item in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from _texts_in(item, (*steps, step), is_prose=is_prose)
    elif is_prose and isinstance(value, str | Translations):
        yield from [] if value in SHORTHANDS else [(steps, value)]
    elif isinstance(value, BaseModel) and not isinstance(value, Written):
        yield from _texts(value, steps)


@remembered(128)
def _fields(part: type[BaseModel]) -> tuple[tuple[str, str, bool], ...]:
    """Return (name, key in a case file, whether it holds own words) for each field that holds own words or parts."""
    fields = [(name, entry.alias or name, _types_in(entry.annotation)) for name, entry in part.model_fields.items()]
    return tuple((name, alias, Translations in types) for name, alias, types in fields if types)


def _types_in(annotation: object) -> set[type[BaseModel]]:
    """Return the parts of a case that an annotation names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {found for inner in get_args(annotation) for found in _types_in(inner)}
