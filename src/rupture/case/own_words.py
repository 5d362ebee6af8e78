"""The sender's own words: one text, or one per language; and where a case holds them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, Discriminator, Field, RootModel, Tag, TypeAdapter

from rupture.case.field_path import TOP, FieldPath
from rupture.case.values import Language, Line
from rupture.resources.locales import languages

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
            "properties": dict.fromkeys(languages(), line),
            "additionalProperties": False,
            "minProperties": 1,
        }


def _one_or_each(value: object) -> str:
    return "each" if isinstance(value, Mapping | Translations) else "one"


#: Words of the sender's own: one text, or one per language.
Prose = Annotated[
    Annotated[Line, Tag("one")] | Annotated[Translations, Tag("each")],
    Discriminator(_one_or_each),
]


def prose_fields(part: BaseModel, path: FieldPath = TOP) -> Iterator[tuple[FieldPath, str | Translations]]:
    """Yield (path, value) for each text in the sender's own words."""
    for name, alias, is_prose in _fields(type(part)):
        yield from _prose_in(getattr(part, name), path / alias, is_prose=is_prose)


def _prose_in(value: Any, path: FieldPath, *, is_prose: bool) -> Iterator[tuple[FieldPath, str | Translations]]:  # noqa: ANN401  whatever a field holds
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _prose_in(item, path / index, is_prose=is_prose)
    elif is_prose and value is not None:
        yield path, value
    elif isinstance(value, BaseModel):
        yield from prose_fields(value, path)


@lru_cache(maxsize=128)
def _fields(part: type[BaseModel]) -> tuple[tuple[str, str, bool], ...]:
    """Return (name, key in a case file, whether it holds the sender's own words) for each field of a part."""
    fields = part.model_fields.items()
    return tuple((name, entry.alias or name, _is_prose(entry.annotation)) for name, entry in fields)


def _is_prose(annotation: object) -> bool:
    return annotation is Translations or any(map(_is_prose, get_args(annotation)))
