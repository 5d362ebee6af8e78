"""What templates see of a case: its texts know the field they stand in, in the language of the letter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rupture.case import catalogue
from rupture.case.own_words import Translations
from rupture.case.values import Model
from rupture.case.written import Money, Notice, Since
from rupture.language.grammar import Words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from pydantic import BaseModel

    from rupture.case.model import Case
    from rupture.case.reasons import Reason


class View:
    """A part of a case as templates see it: its texts know the field they stand in."""

    __slots__ = ("_language", "_model", "_path", "_seen")

    def __init__(self, model: BaseModel, language: str, path: str = "") -> None:
        self._model = model
        self._language = language
        self._path = path
        self._seen: dict[str, Any] = {}  # templates ask the same again and again

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the field holds
        if name not in self._seen:
            names = _shown(type(self._model))
            if name not in names:
                raise AttributeError(f"{type(self._model).__name__.lower()} has no key {name!r}")
            path = f"{self._path}.{name}" if self._path else name
            self._seen[name] = _viewed(getattr(self._model, names[name]), self._language, path)
        return self._seen[name]


@lru_cache(maxsize=128)
def _shown(model: type[BaseModel]) -> Mapping[str, str]:
    """Return what a template sees of a part of a case: its keys, and what this package adds to them.

    Not what pydantic adds: some of its methods read files, or unpickle.
    """
    fields = {entry.alias or name: name for name, entry in model.model_fields.items()}
    added = (name for kind in model.__mro__ if issubclass(kind, Model) for name in vars(kind))
    return fields | {name: name for name in added if not name.startswith(("_", "model_"))}


def _viewed(value: Any, language: str, path: str) -> Any:  # noqa: ANN401  as View
    if isinstance(value, str):
        return Words(value, path)
    if isinstance(value, Translations):
        return Words(value[language], f"{path}.{language}")
    if isinstance(value, tuple):
        return tuple(_viewed(item, language, f"{path}[{index}]") for index, item in enumerate(value))
    if isinstance(value, Money | Since | Notice) or not hasattr(value, "model_fields_set"):
        return value
    return View(value, language, path)


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact chosen to be told, with the invoice it cites."""

    fact: View
    shape: str
    invoice: View | None

    @property
    def date(self) -> dt.date:
        """The day that places it among the others."""
        day: dt.date = self.invoice.due if self.invoice else self.fact.date
        return day


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the chronology.

    Args:
        date: its day.
        kind: ``due``, ``paid``, ``unpaid``, ``reminder``, or the shape of the fact.
        of: the invoice or the fact.
    """

    date: dt.date
    kind: str
    of: View


def chronology(case: Case) -> tuple[Entry, ...]:
    """Return every dated fact of the reasons that the case documents, oldest first."""
    entries: list[Entry] = []
    for r, reason in enumerate(case.reasons):
        if disclosure_of(reason) != "documented":
            continue
        for f, fact in enumerate(reason.facts):
            seen = View(fact, case.language, f"reasons[{r}].facts[{f}]")
            entries += _of_invoice(case, fact.invoice) if fact.invoice else _of_event(seen)
    return tuple(sorted(entries, key=lambda entry: entry.date))


def disclosure_of(reason: Reason) -> str:
    """Return how much of a reason the letter says: as the case decides, else as the catalogue does."""
    return reason.disclosure or catalogue.reasons()[reason.reason].disclosure


def _of_event(fact: View) -> list[Entry]:
    return [Entry(fact.date, fact.shape, fact), *(Entry(day, "reminder", fact) for day in fact.reminders)]


def _of_invoice(case: Case, number: str) -> list[Entry]:
    index = [entry.number for entry in case.invoices].index(number)
    invoice = View(case.invoices[index], case.language, f"invoices[{index}]")
    after = Entry(invoice.paid, "paid", invoice) if invoice.paid else Entry(case.date, "unpaid", invoice)
    return [Entry(invoice.due, "due", invoice), after]
