"""The case as templates see it: texts carry their field, in the language of the letter."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from rupture.case.field_path import TOP, FieldPath
from rupture.case.own_words import Translations
from rupture.case.values import Model
from rupture.case.written import Money, Notice, PartialDate
from rupture.language import languages
from rupture.language.grammar import Words
from rupture.language.inline_dates import with_dates
from rupture.resources.locales import locales

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel


class View:
    """A part of a case as templates see it: its texts carry their field."""

    __slots__ = ("_added", "_locale", "_model", "_path", "_seen")

    def __init__(
        self, model: BaseModel, locale: str, path: FieldPath = TOP, added: Mapping[str, Any] | None = None
    ) -> None:
        """See a part of a case.

        Args:
            model: the part.
            locale: of the letter.
            path: its field.
            added: what the plan knows of it beside its keys.
        """
        self._model = model
        self._locale = locale
        self._path = path
        self._added = added or {}
        self._seen: dict[str, Any] = {}  # templates ask for the same field again and again

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the field holds
        if name not in self._seen:
            self._seen[name] = self._added[name] if name in self._added else self._field(name)
        return self._seen[name]

    def with_added(self, added: Mapping[str, Any]) -> View:
        """Return the same part with what the plan knows of it."""
        return View(self._model, self._locale, self._path, added)

    @property
    def field(self) -> str:
        """The field of the part, such as ``reasons[0]``."""
        return str(self._path)

    def _field(self, name: str) -> Any:  # noqa: ANN401  as above
        names = _shown(type(self._model))
        if name not in names:
            raise AttributeError(f"{type(self._model).__name__.lower()} has no key {name!r}")
        return _viewed(getattr(self._model, names[name]), self._locale, self._path / name)


@cache
def _shown(model: type[BaseModel]) -> Mapping[str, str]:
    """Return the names that a template sees of a part of a case: its keys, and what this package adds to them.

    Not what pydantic adds: some of its methods read files, or unpickle.
    """
    fields = {entry.alias or name: name for name, entry in model.model_fields.items()}
    added = (name for kind in model.__mro__ if issubclass(kind, Model) for name in vars(kind))
    return fields | {name: name for name in added if not name.startswith(("_", "model_"))}


def _viewed(value: Any, locale: str, path: FieldPath) -> Any:  # noqa: ANN401  as View
    if isinstance(value, str):
        return own_words(value, locale, path)
    if isinstance(value, Translations):
        language = locales()[locale]
        return own_words(value[language], locale, path / language)
    if isinstance(value, tuple):
        return tuple(_viewed(item, locale, path / index) for index, item in enumerate(value))
    if isinstance(value, Money | PartialDate | Notice) or not hasattr(value, "model_fields_set"):
        return value
    return View(value, locale, path)


def own_words(text: str, locale: str, path: FieldPath) -> Words:
    """Return words of the user with their field, dates in the form of the letter."""
    language = languages.get(locales()[locale])
    return Words(with_dates(text, language, language.styles[locale]), str(path))


def seen_at(view: View, path: FieldPath) -> Any:  # noqa: ANN401  as View
    """Return what stands at a field, as templates see it."""
    seen: Any = view
    for step in path.steps:
        seen = seen[step] if isinstance(step, int) else getattr(seen, step)
    return seen
