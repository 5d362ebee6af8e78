"""The words of each item of a plan: which wording says it, or what the user says in its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from rupture.case.field_path import FieldPath
from rupture.case.own_words import Translations
from rupture.composing.environment import MODULES, Modules
from rupture.composing.joining import joined, once_stopped, sentence
from rupture.composing.view import View, own_words, seen_at
from rupture.errors import CaseError, Problem, TemplateError
from rupture.letter.blocks import Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.model import Case
    from rupture.composing.functions import Functions
    from rupture.composing.rendering import Renderer
    from rupture.language.languages import Language
    from rupture.letter.blocks import Block, Line
    from rupture.planning.plan import Item

#: Wordings that are taken only when the case asks for them begin with this.
ON_REQUEST: Final = "or_"
#: The first word of a text, and what stands around it in HTML.
_FIRST: Final = re.compile(r"\w*")
_TAGS: Final = re.compile(r"<[^>]*>|^\W+")
_BLOCKS: Final = ("<p>", "<table>", "<ul>")
_SEVERAL: Final = 2
_PLAIN: Final = frozenset({bool, int, str})
#: What every sentence sees, where the plan does not say otherwise.
_AROUND: Final[Mapping[str, Any]] = {
    "section": "",
    "first": False,
    "again": False,
    "same_day": False,
    "still_same_day": False,
    "same_start": False,
    "same_by": False,
    "later": False,
    "labelled": False,
    "in_tasks": False,
}


#: What a case says in place of a sentence that is to fall away.
NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter says for one item: a line of text, or blocks of its own."""

    item: Item
    line: Line = ()
    blocks: tuple[Block, ...] = ()
    chosen: int = 0

    @property
    def is_block(self) -> bool:
        """Whether it stands outside of the sentences around it."""
        return bool(self.blocks)


class Sentences:
    """Says the items of a plan, one after the other, in the language of the letter."""

    def __init__(
        self, case: Case, language: Language, renderer: Renderer, functions: Functions, context: dict[str, Any]
    ) -> None:
        self._case = case
        self._language = language
        self._renderer = renderer
        self._functions = functions
        self._context = {**context, **_AROUND, MODULES: Modules(context)}
        self._view: View = context["case"]
        self._service = str(self._view.relationship.service)
        self._met: Counter[str] = Counter()
        self._opening = self._paragraph = ""  # the first word of the sentence, and of the paragraph, before

    def told(self, item: Item) -> Told:
        """Return what the letter says for an item, and for what is to follow it.

        Raises:
            TemplateError: its template is missing, says nothing, or cannot be used.
            CaseError: the case asks for a wording that there is not.
        """
        wanted = self._case.say.get(item.name)
        if wanted is not None and not isinstance(wanted, int):
            self._met[item.kind] += 1
            if wanted == NONE:
                return Told(item)
            own = self._own(wanted, item.name)
            self._opened(item, own[0].text)
            return Told(item, self._with_note(item, own))
        number, source = self._rendered(item, wanted)
        self._opened(item, source)
        return self._read(item, number, source)

    def _opened(self, item: Item, source: str) -> None:
        self._opening = _first_word(source)
        if item.context.get("first"):
            self._paragraph = self._opening

    def after(self, item: Item) -> Line:
        """Return the sentence of the user's that follows an item, empty for none."""
        name = f"after {item.name}"
        wanted = self._case.say.get(name)
        return () if wanted is None or isinstance(wanted, int) else self._own(wanted, name)

    def wordings(self, item: Item) -> Iterator[Told]:
        """Yield the sentence of an item in every wording, in the order of their numbers; what does not fit is empty."""
        context = self._context_of(item)
        year = self._functions.year
        for number, name in enumerate(self._renderer.wordings(_template(item)), 1):
            self._functions.year = year
            yield self._read(item, number, self._wording(item, name, context))
        self._functions.year = year

    def _with_note(self, item: Item, own: Line) -> Line:
        """Return words of the user's with the note of their part of the case, which stays when its sentence goes."""
        note = getattr(item.of.get(self._case), "note", None) if item.of.steps else None
        return joined((sentence(own), sentence(self._words(note, str(item.of / "note"))))) if note else own

    def _own(self, words: str | Translations, name: str) -> Line:
        return self._words(words, f"say.{name}")

    def _words(self, words: str | Translations, at: str) -> Line:
        if isinstance(words, Translations):
            words, at = words[self._case.language], f"{at}.{self._case.language}"
        seen = own_words(words, self._case.locale, at)
        return (Run(str(seen), seen.path),)

    def _read(self, item: Item, number: int, source: str) -> Told:
        if source.startswith(_BLOCKS):
            return Told(item, blocks=self._renderer.read(_template(item), source), chosen=number)
        return Told(item, once_stopped(self._renderer.read_line(_template(item), source)), chosen=number)

    # ---------------------------------------------------------------- choosing

    def _rendered(self, item: Item, wanted: int | None) -> tuple[int, str]:
        """Return the number and the HTML of the wording that the case asks for, or that its turn brings."""
        names = self._renderer.wordings(_template(item))
        context = self._context_of(item)
        met = self._met[item.kind]
        self._met[item.kind] += 1
        if wanted is not None and 1 <= wanted <= len(names):
            return wanted, self._asked_for(item, wanted, self._wording(item, names[wanted - 1], context))
        before = self._paragraph if item.context.get("first") else self._opening
        found = tuple(self._suitable(item, names, met, context, before))
        if not found:
            raise TemplateError(f"{self._language.code}/{_template(item)}: no wording says anything for {item.name}")
        name, source, self._functions.year = found[-1] if _first_word(found[-1][1]) != before else found[0]
        return names.index(name) + 1, source

    def _suitable(
        self, item: Item, names: tuple[str, ...], met: int, context: dict[str, Any], before: str
    ) -> Iterator[tuple[str, str, int]]:
        """Yield the wordings whose turn it is, to the first that does not open with the word before.

        Each is its name, its HTML, and the year that the next day may leave out.
        """
        year = self._functions.year
        for name in self._turns(item, names, met):
            self._functions.year = year
            if source := self._wording(item, name, context):
                yield name, source, self._functions.year
                if _first_word(source) != before:
                    return

    def _turns(self, item: Item, names: tuple[str, ...], met: int) -> tuple[str, ...]:
        """Return the wordings, beginning with the one whose turn it is for this service."""
        usual = tuple(name for name in names if not name.startswith(ON_REQUEST)) if len(names) > 1 else names
        if len(usual) < _SEVERAL:
            return usual
        first = (crc32(f"{item.kind} {self._service}".encode()) + met) % len(usual)
        return usual[first:] + usual[:first]

    def _asked_for(self, item: Item, number: int, source: str) -> str:
        if source:
            return source
        path, origin = FieldPath(("say", item.name)), self._case._origin  # noqa: SLF001  as when it was loaded
        message = f"wording {number} does not suit this case; `rupture plan --wordings` prints those that do"
        raise CaseError([origin.problem(path, message) if origin else Problem(str(path), message)])

    def _wording(self, item: Item, name: str, context: dict[str, Any]) -> str:
        return self._renderer.html(_template(item), context, name).strip()

    # ---------------------------------------------------------------- what a sentence sees

    def _context_of(self, item: Item) -> dict[str, Any]:
        context = self._context.copy()
        context["it"] = seen_at(self._view, item.of) if item.of.steps else self._view
        for name, value in item.context.items():
            context[name] = value if type(value) in _PLAIN else self._seen(value)
        if "slug" in context:
            context["name"] = self._language.reasons[context["slug"]]
        if "invoices" in context:
            context["invoices"] = tuple(map(self._invoice, context["invoices"]))
        return context

    def _invoice(self, index: int) -> View:
        """Return an entry of the money with the days that it is late."""
        entry: View = self._view.money[index]
        return entry.with_added({"days": self._case.money[index].days_late(self._case.date)})

    def _seen(self, value: Any) -> Any:  # noqa: ANN401  whatever the plan knows
        """Return a value of the plan as templates see it: fields of the case as what stands there."""
        if isinstance(value, FieldPath):
            return seen_at(self._view, value)
        if isinstance(value, tuple):
            return tuple(map(self._seen, value))
        if isinstance(value, Mapping):
            seen = {name: self._seen(each) for name, each in value.items()}
            return seen.pop("of").with_added(seen) if isinstance(value.get("of"), FieldPath) else seen
        return value


def _template(item: Item) -> str:
    return f"sentences/{item.kind}.html"


def _first_word(source: str) -> str:
    """Return the first word of a sentence, as far as an apostrophe."""
    found = _FIRST.match(_TAGS.sub("", source))
    return found[0].casefold() if found else ""
