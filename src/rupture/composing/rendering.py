"""Rendering one template, or one block of it, with errors that name the template, its line and the fault."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, NoReturn

from jinja2 import TemplateNotFound, TemplateSyntaxError

from rupture.composing.environment import environment_of
from rupture.composing.markup import UnknownMarkupError, parse
from rupture.errors import RuptureError, TemplateError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from jinja2 import Template

    from rupture.letter.tree import Block


class Renderer:
    """Renders the templates of one language."""

    def __init__(self, language: str, templates: Path | None) -> None:
        self._language = language
        self._environment = environment_of(templates, language)
        self._bounded = _bounds(templates)

    @property
    def globals(self) -> Mapping[str, Any]:
        """What every template sees, by name; a context begins with it."""
        return self._environment.globals

    def html(self, template: str, context: dict[str, Any], block: str | None = None, *, optional: bool = False) -> str:
        """Return the small HTML that a template writes.

        Args:
            template: its path below the folder of the language, such as ``separation/close.html``.
            context: what it sees, by name.
            block: the one block to render, or None for the whole template.
            optional: whether a template without that block writes nothing.

        Raises:
            TemplateError: it uses an unknown name or tag, cannot be read, or takes too much.
        """
        name = f"{self._language}/{template}"
        try:
            with self._bounded():
                found = self._environment.get_template(name)
                return "" if optional and block not in found.blocks else _rendered(found, block, context)
        except TemplateNotFound as error:
            _refuse(error, name, f"there is no template {error.name}")
        except TemplateSyntaxError as error:
            raise TemplateError(f"{error.filename or error.name}:{error.lineno}: {error.message}") from None
        except RuptureError:
            raise
        except RecursionError as error:
            _refuse(error, name, "nested too deeply: does this template include, import or call itself?")
        except Exception as error:  # noqa: BLE001  any error is the template's
            _refuse(error, name)

    def blocks(self, template: str, context: dict[str, Any], block: str | None = None) -> tuple[Block, ...]:
        """Return the blocks of the letter that a template writes; arguments and errors as for `html`."""
        source = self.html(template, context, block)
        try:
            return parse(source)
        except UnknownMarkupError as error:
            self._refuse_markup(template, error)

    def _refuse_markup(self, template: str, error: UnknownMarkupError) -> NoReturn:
        name, tag = f"{self._language}/{template}", str(error)
        found = self._environment.get_template(name)
        source = self._environment.loader.get_source(self._environment, name)[0] if self._environment.loader else ""
        line = source[: source.find(tag)].count("\n") + 1 if tag in source else 1
        raise TemplateError(f"{found.filename}:{line}: {tag} {error.wrong}") from None


def _bounds(templates: Path | None) -> Callable[[], AbstractContextManager[None]]:
    if not templates:
        return nullcontext
    from rupture.composing.budget import bounded  # noqa: PLC0415  only templates of somebody else are bounded

    return bounded


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
