"""Rendering one template, or one block of it, with errors that name the template, its line and the fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from jinja2 import TemplateNotFound, TemplateSyntaxError

from rupture.composing.environment import environment_of
from rupture.composing.markup import UnknownMarkupError, parse, parse_line
from rupture.errors import RuptureError, TemplateError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from jinja2 import Template

    from rupture.letter.blocks import Block, Line


class Renderer:
    """Renders the templates of one language."""

    def __init__(self, language: str, templates: Path | None) -> None:
        self._language = language
        self._environment = environment_of(templates, language)
        self._bounded = _bounds(templates)
        self._templates: dict[str, Template] = {}

    @property
    def globals(self) -> Mapping[str, Any]:
        """What every template sees, by name; a context begins with it."""
        return self._environment.globals

    def html(self, template: str, context: dict[str, Any], block: str) -> str:
        """Return the small HTML that a template writes.

        Args:
            template: its path below the folder of the language, such as ``sentences/decision.html``.
            context: what it sees, by name.
            block: the block to render.

        Raises:
            TemplateError: it uses an unknown name or tag, cannot be read, or takes too much.
        """
        try:
            if self._bounded is None:
                return _rendered(self._template(template), block, context)
            with self._bounded():
                return _rendered(self._template(template), block, context)
        except Exception as error:  # noqa: BLE001  any error is the template's
            self._refuse(template, error)

    def wordings(self, template: str) -> tuple[str, ...]:
        """Return the names of the blocks of a template, in the order of its file; errors as for `html`."""
        try:
            return tuple(self._template(template).blocks)
        except Exception as error:  # noqa: BLE001  as above
            self._refuse(template, error)

    def _template(self, template: str) -> Template:
        if template not in self._templates:
            self._templates[template] = self._environment.get_template(f"{self._language}/{template}")
        return self._templates[template]

    def _refuse(self, template: str, error: Exception) -> NoReturn:
        """Name the template in whatever it did wrong."""
        if isinstance(error, RuptureError):
            raise error
        if isinstance(error, TemplateSyntaxError):
            raise TemplateError(f"{error.filename or error.name}:{error.lineno}: {error.message}") from None
        message = ""
        if isinstance(error, TemplateNotFound):
            message = f"there is no template {error.name}"
        elif isinstance(error, RecursionError):
            message = "nested too deeply: does this template include, import or call itself?"
        place = _place(error) or f"{self._language}/{template}"
        raise TemplateError(f"{place}: {message or ' '.join(str(error).split()) or type(error).__name__}") from None

    def blocks(self, template: str, context: dict[str, Any], block: str) -> tuple[Block, ...]:
        """Return the blocks of the letter that a template writes; arguments and errors as for `html`."""
        return self.read(template, self.html(template, context, block))

    def read(self, template: str, source: str) -> tuple[Block, ...]:
        """Return the blocks that a template wrote as small HTML; errors as for `html`."""
        try:
            return parse(source)
        except UnknownMarkupError as error:
            self._refuse_markup(template, error)

    def read_line(self, template: str, source: str) -> Line:
        """Return the one line that a template wrote as small HTML; errors as for `html`."""
        try:
            return parse_line(source)
        except UnknownMarkupError as error:
            self._refuse_markup(template, error)

    def _refuse_markup(self, template: str, error: UnknownMarkupError) -> NoReturn:
        name, tag = f"{self._language}/{template}", str(error)
        found = self._environment.get_template(name)
        source = self._environment.loader.get_source(self._environment, name)[0] if self._environment.loader else ""
        line = source[: source.find(tag)].count("\n") + 1 if tag in source else 1
        raise TemplateError(f"{found.filename}:{line}: {tag} {error.wrong}") from None


def _bounds(templates: Path | None) -> Callable[[], AbstractContextManager[None]] | None:
    if not templates:
        return None
    from rupture.composing.budget import bounded  # noqa: PLC0415  only templates of somebody else are bounded

    return bounded


def _rendered(template: Template, block: str, context: dict[str, Any]) -> str:
    if (render := template.blocks.get(block)) is None:
        raise TemplateError(f"{template.filename}: there is no block {block!r}")
    try:
        return "".join(render(template.new_context(context, shared=True)))  # shared: not copied for each template
    except Exception:  # noqa: BLE001  Jinja rewrites the traceback to the template's own lines
        template.environment.handle_exception()


def _place(error: Exception) -> str:
    """Return the file and the line of the innermost template that an error passed, empty for none."""
    place = ""
    trace = error.__traceback__
    while trace:
        filename = trace.tb_frame.f_code.co_filename
        if filename.endswith(".html"):
            place = f"{filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
