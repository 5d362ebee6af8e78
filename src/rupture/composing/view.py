"""The case as templates see it: texts carry their field, in the language of the letter."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

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

    from rupture.case.field_path import FieldPath


class View:
    """A part of a case as templates see it: its texts carry their field."""

    def __init__(self, model: BaseModel, locale: str, at: str = "", added: Mapping[str, Any] | None = None) -> None:
        """See a part of a case.

        Args:
            model: the part.
            locale: of the letter.
            at: its field, such as ``reasons[0]``; empty for the case itself.
            added: what the plan knows of it beside its keys.
        """
        self._model = model
        self._locale = locale
        self._at = at
        self.__dict__.update(added or {})

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the field holds
        names = _shown(type(self._model))
        if name not in names:
            raise AttributeError(f"{type(self._model).__name__.lower()} has no key {name!r}")
        value = getattr(self._model, names[name])
        if type(value) not in _PLAIN:
            value = _viewed(value, self._locale, f"{self._at}.{name}" if self._at else name)
        self.__dict__[name] = value  # templates ask for the same field again and again
        return value

    def with_added(self, added: Mapping[str, Any]) -> View:
        """Return the same part with what the plan knows of it."""
        return View(self._model, self._locale, self._at, added)


@cache
def _shown(model: type[BaseModel]) -> Mapping[str, str]:
    """Return the names that a template sees of a part of a case: its keys, and what this package adds to them.

    Not what pydantic adds: some of its methods read files, or unpickle.
    """
    fields = {entry.alias or name: name for name, entry in model.model_fields.items()}
    added = (name for kind in model.__mro__ if issubclass(kind, Model) for name in vars(kind))
    return fields | {name: name for name in added if not name.startswith(("_", "model_"))}


def _viewed(value: Any, locale: str, at: str) -> Any:  # noqa: ANN401  as View
    if type(value) in _PLAIN:
        return value
    if isinstance(value, str):
        return own_words(value, locale, at)
    if isinstance(value, Translations):
        language = locales()[locale]
        return own_words(value[language], locale, f"{at}.{language}")
    if isinstance(value, tuple):
        return tuple(_viewed(item, locale, f"{at}[{index}]") for index, item in enumerate(value))
    return View(value, locale, at) if isinstance(value, Model) else value


#: Values that templates see as they are.
_PLAIN: Final = frozenset({Money, PartialDate, Notice, dt.date, Decimal, bool, type(None)})


def own_words(text: str, locale: str, at: str) -> Words:
    """Return words of the user with their field, dates in the form of the letter."""
    if "-" in text:
        language = languages.get(locales()[locale])
        text = with_dates(text, language, language.styles[locale])
    return Words(text, at)


def seen_at(view: View, path: FieldPath) -> Any:  # noqa: ANN401  as View
    """Return what stands at a field, as templates see it."""
    seen: Any = view
    for step in path.steps:
        seen = seen[step] if isinstance(step, int) else getattr(seen, step)
    return seen
