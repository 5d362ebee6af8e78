"""From a case to a document: templates write a small HTML, which is read into the tree and typeset."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final, NoReturn

import jinja2
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from rupture.case import catalogue
from rupture.composing.functions import Helpers
from rupture.composing.markup import UnknownMarkupError, parse, to_markup
from rupture.composing.view import ToldFact, View, disclosure_of
from rupture.errors import RuptureError, TemplateError
from rupture.language import languages, typography
from rupture.language.grammar import capitalised, first_word, with_particle
from rupture.letter.tree import (
    FIRST_OF_BODY,
    LAST_OF_BODY,
    Bullets,
    Document,
    Figure,
    Letter,
    Look,
    Paragraph,
    Part,
    Run,
    Table,
)
from rupture.page import layouts
from rupture.resources import paths
from rupture.resources.build_cache import built

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, MutableMapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from jinja2 import Template

    from rupture.case.model import Case
    from rupture.letter.tree import Block, Line

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
    cases = (case, case.in_locale(case.twin)) if case.twin else (case,)
    person = case.recipient.everybody[0].name if case.recipient.everybody else ""
    return Document(
        letters=tuple(_letter(each, templates) for each in cases),
        sender=(case.sender.name, case.sender.email or ""),
        recipient=(person or case.recipient.organisation or "", case.recipient.email or ""),
        look=_look(case),
    )


def _look(case: Case) -> Look:
    files, identity = case._files, case.identity  # noqa: SLF001  kept private, as they are no facts
    return Look(
        colour=(identity.colour or "") if identity else "",
        footer=tuple(str(line) for line in View(identity, case.language, "identity").footer) if identity else (),
        fold_marks=case.fold_marks,
        letterhead=files.letterhead if files else b"",
        stylesheet=files.stylesheet if files else "",
    )


def _letter(case: Case, templates: Path | None) -> Letter:
    writer = _Writer(case, templates)
    language = languages.get(case.language)
    layout = layouts.get(case.layout or language.layouts[case.locale])
    entry = catalogue.messages()[case.message]
    parts = []
    for name in layout.order:
        if name == "*":
            parts += [writer.step(step, f"{case.message}/{step}.html") for step in entry.steps]
        elif name in {"subject", "close"}:
            parts.append(writer.part(name, f"{case.message}/{name}.html"))
        else:
            parts.append(writer.part(name, "letter.html", block=name.replace("-", "_")))
    for part in parts:
        if part.name in {FIRST_OF_BODY, LAST_OF_BODY} and not part.blocks:
            raise TemplateError(f"{case.language}/letter.html: the block {part.name} is empty: every letter needs one")
    parts = _with_pictures(case, parts)
    addressee = case.recipient.called
    return Letter(
        locale=case.locale,
        title=language.words["title"].format(sender=case.sender.name, recipient=addressee),
        author=case.sender.name,
        date=case.date,
        layout=layout.name,
        parts=tuple(part for part in parts if part.blocks),
        running=f"{addressee} – {typography.date_text(case.date, language.styles[case.locale])}",
    )


def _with_pictures(case: Case, parts: list[Part]) -> list[Part]:
    """Set the logo above the sender and the scanned signature above the first name."""
    files, identity = case._files, case.identity  # noqa: SLF001  as above
    if identity is None or files is None:
        return parts
    seen = View(identity, case.language, "identity")
    pictures = {
        part: Figure(image, str(picture.alt), picture.height)
        for part, image, picture in (
            ("sender", files.logo, seen.logo),
            ("signature", files.signature, seen.signature),
        )
        if image
    }
    return [Part(part.name, (pictures[part.name], *part.blocks)) if part.name in pictures else part for part in parts]


# ---------------------------------------------------------------- what the framing is told


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

    A reason that is not documented tells none; beside another, a reason tells two at most, in sentences. A brief
    letter tells one of each reason.
    """
    documented = [disclosure_of(reason) == "documented" for reason in case.reasons]
    most = MOST_FACTS if sum(documented) == 1 else MOST_FACTS - 1
    available = [min(most, len(reason.facts)) * told for reason, told in zip(case.reasons, documented, strict=True)]
    if case.length == "brief":
        available = [min(1, count) for count in available]
    counts = [0] * len(available)
    left = min(MOST_FACTS, sum(available))
    while left:
        for index, count in enumerate(available):
            if left and counts[index] < count:
                counts[index] += 1
                left -= 1
    return tuple(tuple(range(count)) for count in counts)


# ---------------------------------------------------------------- rendering


def _bounds(templates: Path | None) -> Callable[[], AbstractContextManager[None]]:
    if not templates:
        return nullcontext
    from rupture.composing.sandbox import bounded  # noqa: PLC0415  as in `_environment`

    return bounded


class _Writer:
    """Renders the templates of one case."""

    def __init__(self, case: Case, templates: Path | None) -> None:
        self._case = case
        self._language = languages.get(case.language)
        self._style = self._language.styles[case.locale]
        self._environment = _environment(templates, case.language)
        self._bounded = _bounds(templates)
        self._helpers = Helpers(case)
        self._context: dict[str, Any] = {
            **self._environment.globals,
            "case": View(case, case.language),
            "locale": case.locale,
            "label": self._language.labels[case.locale],
            "reasons": (),
            "brief": case.length == "brief",
            **self._helpers.names(),
        }
        self._context["reasons"] = tuple(self._reasons())

    def step(self, name: str, template: str) -> Part:
        """Return a step with the sender's own paragraphs behind it."""
        part = self.part(name, template)
        own = tuple(
            self._typeset(Paragraph(((Run(str(entry.text), entry.text.path),),)))
            for entry in self._context["case"].paragraphs
            if entry.after == name
        )
        return Part(name, (*part.blocks, *own))

    def part(self, name: str, template: str, block: str | None = None) -> Part:
        self._helpers.forget_year()
        source = self._render(template, block, self._context)
        try:
            blocks = parse(source)
        except UnknownMarkupError as error:
            self._complain(template, str(error), error.wrong)
        return Part(name, tuple(self._typeset(item) for item in blocks))

    def _render(self, template: str, block: str | None, context: dict[str, Any]) -> str:
        name = f"{self._case.language}/{template}"
        try:
            with self._bounded():
                return _rendered(self._environment.get_template(name), block, context)
        except TemplateNotFound as error:
            _refuse(error, name, f"there is no template {error.name}")
        except TemplateSyntaxError as error:
            raise TemplateError(f"{error.filename or error.name}:{error.lineno}: {error.message}") from None
        except RuptureError:
            raise
        except RecursionError as error:
            _refuse(error, name, "nested too deeply: does this template include, import or call itself?")
        except Exception as error:  # noqa: BLE001  whatever a template does wrong is the template's
            _refuse(error, name)

    def _reasons(self) -> Iterator[ToldReason]:
        chosen = chosen_facts(self._case)
        view = self._context["case"]
        for r, reason in enumerate(self._case.reasons):
            facts = tuple(self._told(view.reasons[r].facts[f]) for f in chosen[r])
            yield self._reason(reason.reason, disclosure_of(reason), facts)

    def _reason(self, slug: str, disclosure: str, facts: tuple[ToldFact, ...]) -> ToldReason:
        template = f"reasons/{slug}.html"

        def told(block: str, template: str = template, **more: object) -> Markup:
            return Markup(self._render(template, block, {**self._context, **more}))  # noqa: S704  autoescaped

        self._helpers.forget_year()
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
        return ToldFact(fact, fact.shape, self._helpers.invoice(fact.invoice) if fact.invoice else None)

    def _typeset(self, block: Block) -> Block:
        def set_all(lines: tuple[Line, ...]) -> tuple[Line, ...]:
            return tuple(typography.typeset(line, self._style) for line in lines)

        if isinstance(block, Bullets):
            return Bullets(set_all(block.items))
        if isinstance(block, Table):
            return Table(set_all(block.head), tuple(map(set_all, block.rows)))
        return Paragraph(set_all(block.lines)) if isinstance(block, Paragraph) else block

    def _complain(self, template: str, tag: str, wrong: str) -> NoReturn:
        name = f"{self._case.language}/{template}"
        found = self._environment.get_template(name)
        source = self._environment.loader.get_source(self._environment, name)[0] if self._environment.loader else ""
        line = source[: source.find(tag)].count("\n") + 1 if tag in source else 1
        raise TemplateError(f"{found.filename}:{line}: {tag} {wrong}") from None


def _rendered(template: Template, block: str | None, context: dict[str, Any]) -> str:
    if block and block not in template.blocks:
        raise TemplateError(f"{template.filename}: there is no block {block!r}")
    render = template.blocks[block] if block else template.root_render_func
    try:
        return "".join(render(template.new_context(context, shared=True)))  # shared: not copied for each template
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
    raise TemplateError(f"{place}: {message or ' '.join(str(error).split()) or type(error).__name__}") from None


class _Loader(FileSystemLoader):
    """Takes the code of a template from the build cache, and compiles the others."""

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  as Jinja calls it
    ) -> Template:
        """Return a template by its name, as Jinja asks for it."""
        source, filename, is_fresh = self.get_source(environment, name)
        code = _python.code(name, source) or environment.compile(source, name, filename)
        code = code.replace(co_filename=filename)
        return environment.template_class.from_code(environment, code, globals or {}, is_fresh)


def _every_template() -> Iterator[tuple[str, str]]:
    root = paths.templates_root()
    for path in sorted(root.rglob("*.html")):
        yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


@built("template", ".py", every=_every_template, modules=("composing/compose.py",), versions=(jinja2.__version__,))
def _python(name: str, source: str) -> bytes:
    """Return a template of the package as Python."""
    return _environment(None, name.partition("/")[0]).compile(source, name, name, raw=True).encode()


@lru_cache(maxsize=16)
def _environment(templates: Path | None, code: str) -> Environment:
    folders = [*([templates] if templates else []), paths.templates_root()]
    options: dict[str, Any] = {
        "undefined": StrictUndefined,
        "autoescape": True,
        "finalize": to_markup,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "auto_reload": templates is not None,
    }
    if templates:
        from rupture.composing.sandbox import Sandbox  # noqa: PLC0415  our own templates need no watching, which takes time

        environment: Environment = Sandbox(loader=FileSystemLoader(folders), **options)  # no cache without it
    else:
        environment = Environment(loader=_Loader(folders), **options)  # noqa: S701  it is on, above
    language = languages.get(code)
    for name, particle in language.particles.items():
        environment.filters[name] = partial(with_particle, particle, sounds=language.sounds)
    environment.filters["capitalised"] = capitalised
    environment.filters["first_word"] = first_word
    return environment
