"""The case as templates see it: texts carry their field, in the language of the letter."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from rupture.case.field_path import TOP, FieldPath
from rupture.case.own_words import Translations
from rupture.case.values import Model
from rupture.case.written import Money, Notice, PartialDate
from rupture.language.grammar import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from rupture.case.model import Case


class View:
    """A part of a case as templates see it: its texts carry their field."""

    __slots__ = ("_language", "_model", "_path", "_seen")

    def __init__(self, model: BaseModel, language: str, path: FieldPath = TOP) -> None:
        self._model = model
        self._language = language
        self._path = path
        self._seen: dict[str, Any] = {}  # templates ask for the same field again and again

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the field holds
        if name not in self._seen:
            names = _shown(type(self._model))
            if name not in names:
                raise AttributeError(f"{type(self._model).__name__.lower()} has no key {name!r}")
            self._seen[name] = _viewed(getattr(self._model, names[name]), self._language, self._path / name)
        return self._seen[name]


@cache
def _shown(model: type[BaseModel]) -> Mapping[str, str]:
    """Return the names that a template sees of a part of a case: its keys, and what this package adds to them.

    Not what pydantic adds: some of its methods read files, or unpickle.
    """
    fields = {entry.alias or name: name for name, entry in model.model_fields.items()}
    added = (name for kind in model.__mro__ if issubclass(kind, Model) for name in vars(kind))
    return fields | {name: name for name in added if not name.startswith(("_", "model_"))}


def _viewed(value: Any, language: str, path: FieldPath) -> Any:  # noqa: ANN401  as View
    if isinstance(value, str):
        return Words(value, str(path))
    if isinstance(value, Translations):
        return Words(value[language], str(path / language))
    if isinstance(value, tuple):
        return tuple(_viewed(item, language, path / index) for index, item in enumerate(value))
    if isinstance(value, Money | PartialDate | Notice) or not hasattr(value, "model_fields_set"):
        return value
    return View(value, language, path)


def invoice_view(case: Case, number: str) -> View:
    """Return the invoice of that number as templates see it."""
    index = [entry.number for entry in case.invoices].index(number)
    return View(case.invoices[index], case.language, FieldPath(("invoices", index)))
