"""From a case to a document: templates write a small HTML, which is read into the tree and typeset."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final, NoReturn

from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from rupture import catalog, postal, typography
from rupture.case import Money, Notice, Since
from rupture.document import Bullets, Document, Letter, Paragraph, Part, Run
from rupture.errors import RuptureError, TemplateError
from rupture.grammar import Phrase, Words, capitalised, last_word, listed, pieces_of, with_particle

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from jinja2 import Template
    from pydantic import BaseModel

    from rupture.case import Case, Reason
    from rupture.document import Block, Line
    from rupture.grammar import Wording

#: The most facts a letter tells; the others stay in the file (docs/explanation/the-letter.md).
MOST_FACTS: Final = 3

_NOTHING: Final = Markup()


def compose(case: Case, templates: Path | None = None) -> Document:
    """Return the letter that a case asks for.

    Args:
        case: the facts.
        templates: a folder of your own templates, laid out as ``fr/separation/apology.html``; a file found
            there is used instead of the built-in one of the same name.

    Raises:
        TemplateError: a template uses an unknown variable or tag, or cannot be read.
    """
    writer = _Writer(case, templates)
    language = catalog.language(case.language)
    layout = catalog.layout(language.layouts[case.locale])
    steps = catalog.messages()["separation"]
    parts = []
    for name in layout.order:
        if name == "*":
            parts += [writer.part(step, f"separation/{step}.html") for step in steps]
        else:
            parts.append(writer.part(name, "letter.html", block=name.replace("-", "_")))
    addressee = case.recipient.organisation or (case.recipient.person.name if case.recipient.person else "")
    letter = Letter(
        locale=case.locale,
        title=language.words["title"].format(sender=case.sender.name, recipient=addressee),
        author=case.sender.name,
        date=case.date,
        layout=layout.name,
        parts=tuple(part for part in parts if part.blocks),
    )
    return Document(
        letters=(letter,),
        sender=(case.sender.name, case.sender.email or ""),
        recipient=(case.recipient.person.name if case.recipient.person else addressee, case.recipient.email or ""),
    )


# ---------------------------------------------------------------- what templates see of a case


class View:
    """A part of a case as templates see it: its texts know the field they stand in."""

    __slots__ = ("_model", "_path")

    def __init__(self, model: BaseModel, path: str = "") -> None:
        self._model = model
        self._path = path

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the field holds
        field = f"{name}_" if f"{name}_" in type(self._model).model_fields else name
        value = getattr(self._model, field)
        return _viewed(value, f"{self._path}.{name}" if self._path else name)


def _viewed(value: Any, path: str) -> Any:  # noqa: ANN401  as View
    if isinstance(value, str):
        return Words(value, path)
    if isinstance(value, tuple):
        return tuple(_viewed(item, f"{path}[{index}]") for index, item in enumerate(value))
    if isinstance(value, Money | Since | Notice) or not hasattr(value, "model_fields_set"):
        return value
    return View(value, path)


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
class ToldReason:
    """A reason as the framing tells it, each wording already rendered and empty where it is not told.

    Args:
        slug: the reason.
        disclosure: how much of it the letter says.
        neutral: the one sentence of a reason disclosed neutrally.
        principle: the sender's own principle, a clause without capital and full stop.
        misfit: the sentence that ends the argument.
        facts: one or two facts, in sentences.
        intro: what stands before a list of facts.
        items: the facts of a list, without their punctuation.
    """

    slug: str
    disclosure: str
    neutral: Markup = _NOTHING
    principle: Markup = _NOTHING
    misfit: Markup = _NOTHING
    facts: Markup = _NOTHING
    intro: Markup = _NOTHING
    items: tuple[Markup, ...] = ()


def chosen_facts(case: Case) -> tuple[tuple[int, ...], ...]:
    """Return, for each reason, which of its facts a letter tells: one of each reason first, three in all.

    A reason that is not documented tells none; beside another, a reason tells two at most, in sentences.
    """
    documented = [_disclosure(reason) == "documented" for reason in case.reasons]
    most = MOST_FACTS if sum(documented) == 1 else MOST_FACTS - 1
    available = [min(most, len(reason.facts)) * told for reason, told in zip(case.reasons, documented, strict=True)]
    counts = [0] * len(available)
    left = min(MOST_FACTS, sum(available))
    while left:
        for index, count in enumerate(available):
            if left and counts[index] < count:
                counts[index] += 1
                left -= 1
    return tuple(tuple(range(count)) for count in counts)


def _disclosure(reason: Reason) -> str:
    return reason.disclosure or catalog.reasons()[reason.reason].disclosure


# ---------------------------------------------------------------- rendering


class _Writer:
    """Renders the templates of one case."""

    def __init__(self, case: Case, templates: Path | None) -> None:
        self._case = case
        self._language = catalog.language(case.language)
        self._style = self._language.styles[case.locale]
        self._environment = _environment(templates, case.language)
        self._day = _Day(self._style)
        self._context: dict[str, Any] = {
            "case": View(case),
            "locale": case.locale,
            "reasons": (),
            **_helpers(case, self._language, self._style, self._day),
        }
        self._context["reasons"] = tuple(self._reasons())

    def part(self, name: str, template: str, block: str | None = None) -> Part:
        self._day.forget()
        source = self._render(template, block, self._context)
        blocks = parse(source, partial(self._complain, template))
        return Part(name, tuple(self._typeset(item) for item in blocks))

    def _render(self, template: str, block: str | None, context: Mapping[str, Any]) -> str:
        name = f"{self._case.language}/{template}"
        try:
            found = self._environment.get_template(name)
            if block is None:
                return found.render(context)
            return _render_block(found, block, context)
        except TemplateNotFound as error:
            _refuse(error, name, f"there is no template {error.name}")
        except TemplateSyntaxError as error:
            raise TemplateError(f"{error.filename or error.name}:{error.lineno}: {error.message}") from None
        except RuptureError:
            raise
        except Exception as error:  # noqa: BLE001  whatever a template does wrong is the template's
            _refuse(error, name)

    def _reasons(self) -> Iterator[ToldReason]:
        chosen = chosen_facts(self._case)
        view = self._context["case"]
        for r, reason in enumerate(self._case.reasons):
            facts = tuple(self._told(view.reasons[r].facts[f]) for f in chosen[r])
            yield self._reason(reason.reason, _disclosure(reason), facts)

    def _reason(self, slug: str, disclosure: str, facts: tuple[ToldFact, ...]) -> ToldReason:
        template = f"reasons/{slug}.html"

        def told(block: str, template: str = template, **more: object) -> Markup:
            return Markup(self._render(template, block, {**self._context, **more}))  # noqa: S704  autoescaped

        self._day.forget()
        if disclosure != "documented":
            return ToldReason(slug, disclosure, told("neutral") if disclosure == "neutral" else _NOTHING)
        own = tuple(fact for fact in facts if fact.shape != "what")
        free = tuple(fact for fact in facts if fact.shape == "what")
        intro, sentences = _NOTHING, list[Markup]()
        items: tuple[Markup, ...] = ()
        if len(facts) == MOST_FACTS and (not own or not free):
            source = template if own else "reasons/what.html"
            intro = told("intro", source, facts=facts)
            items = tuple(told("item", source, fact=fact) for fact in facts)
        else:
            sentences += [told("facts", facts=own)] if own else []
            sentences += [told("facts", "reasons/what.html", facts=free)] if free else []
        return ToldReason(
            slug, disclosure, _NOTHING, told("principle"), told("misfit"), Markup(" ").join(sentences), intro, items
        )

    def _told(self, fact: View) -> ToldFact:
        return ToldFact(fact, fact.shape, self._context["invoice"](fact.invoice) if fact.invoice else None)

    def _typeset(self, block: Block) -> Block:
        if isinstance(block, Bullets):
            return Bullets(tuple(typography.typeset(item, self._style) for item in block.items))
        return Paragraph(tuple(typography.typeset(line, self._style) for line in block.lines))

    def _complain(self, template: str, tag: str) -> NoReturn:
        name = f"{self._case.language}/{template}"
        found = self._environment.get_template(name)
        source = self._environment.loader.get_source(self._environment, name)[0] if self._environment.loader else ""
        line = source[: source.find(tag)].count("\n") + 1 if tag in source else 1
        raise TemplateError(f"{found.filename}:{line}: {tag} is not known here; templates use p, ul, li, br and strong")


def _render_block(template: Template, block: str, context: Mapping[str, Any]) -> str:
    if block not in template.blocks:
        raise TemplateError(f"{template.filename}: there is no block {block!r}")
    try:
        return "".join(template.blocks[block](template.new_context(dict(context))))
    except Exception:  # noqa: BLE001  Jinja rewrites the traceback to the template's own lines
        template.environment.handle_exception()


def _refuse(error: Exception, name: str, message: str = "") -> NoReturn:
    place = name
    trace = error.__traceback__
    while trace:
        filename = trace.tb_frame.f_code.co_filename
        if filename.endswith(".html"):
            place = f"{filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    raise TemplateError(f"{place}: {message or error}") from None


@lru_cache(maxsize=16)
def _environment(templates: Path | None, code: str) -> ImmutableSandboxedEnvironment:
    folders = [*([templates] if templates else []), catalog.templates_root()]
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=to_markup,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=templates is not None,
    )
    language = catalog.language(code)
    for name, particle in language.particles.items():
        environment.filters[name] = partial(with_particle, particle, sounds=language.sounds)
    environment.filters["capitalised"] = capitalised
    environment.filters["last_word"] = last_word
    return environment


def to_markup(value: Any) -> Any:  # noqa: ANN401  whatever a template prints
    """Return a value as a template may print it: words of the user carry their field, nothing else does."""
    if isinstance(value, Words):
        return Markup('<data value="{}">{}</data>').format(value.path, str(value))
    if isinstance(value, Phrase):
        return Markup("").join(to_markup(piece) for piece in value.pieces)
    if isinstance(value, View):
        raise TypeError("a whole part of the case is printed here; name one of its fields")
    if value is None:
        raise ValueError("a value that the case leaves out is printed here; ask for it with {% if %} first")
    return value


class _Day:
    """Writes dates, leaving out the year that the date before it has just said."""

    def __init__(self, style: typography.Style) -> None:
        self._style = style
        self._year = 0

    def forget(self) -> None:
        self._year = 0

    def __call__(self, day: dt.date) -> str:
        text = typography.date_text(day, self._style, with_year=day.year != self._year)
        self._year = day.year
        return text


def _helpers(
    case: Case, language: catalog.Language, style: typography.Style, day: _Day
) -> dict[str, Callable[..., Any]]:
    last = language.last.get(case.locale, language.last[""])

    def count(number: int, one: str, many: str) -> str:
        words = language.numbers
        return f"{words[number] if number < len(words) else number} {one if number == 1 else many}"

    def enumerate_(wordings: Sequence[Wording]) -> Phrase:
        return listed(tuple(wordings), language.separator, last, language.last_of_two)

    def clauses(wordings: Sequence[Wording]) -> Phrase:
        return listed(tuple(wordings), language.separator, language.between_clauses, language.between_clauses)

    def address(of: View) -> tuple[Wording, ...]:
        abroad = of.country != case.sender.address.country
        fields = {"postcode": of.postcode, "town": of.town, "region": of.region}
        return postal.address_lines(
            of.lines, fields, of.country, typography.country_name(of.country, style) if abroad else ""
        )

    def notice(length: Notice) -> str:
        return count(length.count, *language.words["units"][length.unit])

    def invoice(number: str) -> View:
        index = [entry.number for entry in case.invoices].index(number)
        return View(case.invoices[index], f"invoices[{index}]")

    return {
        "date": lambda day: typography.date_text(day, style),
        "day": day,
        "days": lambda days: enumerate_(tuple(map(day, days))),
        "notice": notice,
        "invoice": invoice,
        "since": lambda value: typography.since_text(value, style),
        "amount": lambda money: typography.amount_text(money, style),
        "count": count,
        "listed": enumerate_,
        "clauses": clauses,
        "address": address,
        "us": lambda we, i: we if case.voice == "we" else i,
        "tone": lambda formal, cordial: formal if case.register_ == "formal" else cordial,
        "phrase": lambda *pieces: Phrase(tuple(piece for wording in pieces for piece in pieces_of(wording))),
    }


# ---------------------------------------------------------------- from the small HTML to the tree

_ANY_TAG: Final = re.compile(r"<[^>]*>?")
_TAG: Final = re.compile(r"<(/?)(\w+)((?:\s[^>]*?)?)\s*/?>")
_SOURCE: Final = re.compile(r'value="([^"]*)"')
_FOLD: Final = re.compile(r"[ \t\n]+")
_KNOWN: Final = frozenset({"p", "ul", "li", "br", "strong", "data"})


def parse(source: str, complain: Callable[[str], NoReturn]) -> tuple[Block, ...]:
    """Read the small HTML of a template (p, ul, li, br, strong, data) into blocks.

    Args:
        source: what the template wrote, autoescaped, so that no data can be structure.
        complain: called with the first thing that does not belong, and does not return.
    """
    reader = _Reader(complain)
    position = 0
    for match in _ANY_TAG.finditer(source):
        reader.text(source[position : match.start()])
        reader.tag(_TAG.fullmatch(match[0]) or complain(match[0]))
        position = match.end()
    reader.text(source[position:])
    return reader.finish()


class _Reader:
    """Collects blocks from tags and text, in order."""

    def __init__(self, complain: Callable[[str], NoReturn]) -> None:
        self._complain = complain
        self._blocks: list[Block] = []
        self._lines: list[list[Run]] = []
        self._items: list[Line] = []
        self._open: list[str] = []
        self._source: str | None = None

    def text(self, escaped: str) -> None:
        if not escaped:
            return
        text = _FOLD.sub(" ", html.unescape(escaped))
        if self._lines:
            self._lines[-1].append(Run(text, self._source, "strong" in self._open))
        elif text.strip():
            self._complain(text.strip()[:40])

    def tag(self, match: re.Match[str]) -> None:
        closing, name, attributes = match.groups()
        if name not in _KNOWN:
            self._complain(match[0])
        if name == "br":
            self._lines.append([]) if self._lines else self._complain(match[0])
        elif closing:
            self._close(name, match[0])
        else:
            self._begin(name, attributes, match[0])

    def _begin(self, name: str, attributes: str, tag: str) -> None:
        inside = self._open[-1] if self._open else ""
        allowed = {"p": "", "ul": "", "li": "ul"}.get(name)
        if (allowed is not None and inside != allowed) or (allowed is None and not self._lines):
            self._complain(tag)
        self._open.append(name)
        if name in {"p", "li"}:
            self._lines = [[]]
        elif name == "data":
            found = _SOURCE.search(attributes)
            self._source = html.unescape(found[1]) if found else None

    def _close(self, name: str, tag: str) -> None:
        if not self._open or self._open.pop() != name:
            self._complain(tag)
        if name == "p":
            if lines := tuple(line for runs in self._lines if (line := _trimmed(runs))):
                self._blocks.append(Paragraph(lines))
            self._lines = []
        elif name == "li":
            self._items.append(_trimmed([run for runs in self._lines for run in runs]))
            self._lines = []
        elif name == "ul":
            self._blocks.append(Bullets(tuple(self._items)))
            self._items = []
        elif name == "data":
            self._source = None

    def finish(self) -> tuple[Block, ...]:
        if self._open:
            self._complain(f"<{self._open[-1]}>")
        return tuple(self._blocks)


def _trimmed(runs: list[Run]) -> Line:
    """Fold the white space of a line across its runs, and drop it at both ends."""
    kept: list[Run] = []
    space_before = True
    for run in runs:
        text = run.text.lstrip(" ") if space_before else run.text
        if text:
            kept.append(Run(text, run.source, run.strong))
            space_before = text.endswith(" ")
    while kept:
        last = kept.pop()
        if stripped := last.text.rstrip(" "):
            return (*kept, Run(stripped, last.source, last.strong))
    return ()
