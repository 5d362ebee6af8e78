"""The Jinja environment in which templates run: where they are found, and which filters they have."""

from __future__ import annotations

import re
from collections.abc import Hashable
from functools import partial
from types import CodeType
from typing import TYPE_CHECKING, Any, Final

import jinja2
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.utils import missing

from rupture.composing.markup import to_markup
from rupture.language import languages
from rupture.language.grammar import capitalised, first_word, last_word, lowered, sentence, with_particle
from rupture.resources import paths
from rupture.resources.build_cache import built
from rupture.resources.memory import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, MutableMapping
    from pathlib import Path

    from jinja2.environment import TemplateModule


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


#: The name, which no template can write, of what `Modules` holds for a letter.
MODULES: Final = " modules"


class Modules(dict[Hashable, "TemplateModule"]):
    """The macros that the templates of one letter import, made once for each context on which they depend.

    Args:
        shared: the names that mean the same in every template of the letter.
    """

    def __init__(self, shared: Iterable[str]) -> None:
        super().__init__()
        self._shared = frozenset(shared)
        self._own: dict[str | None, frozenset[str]] = {}

    def own(self, template: Template) -> frozenset[str]:
        """Return the names that a template asks of its context and that may mean something else each time."""
        if template.name not in self._own:
            self._own[template.name] = _asked(template.root_render_func.__code__) - self._shared
        return self._own[template.name]


class _Template(Template):
    """A template that makes its macros once for all that import them in a letter, and not once for each."""

    @classmethod
    def _from_namespace(cls, environment: Environment, namespace: Any, globals: Any) -> Template:  # noqa: A002, ANN401  as Jinja declares its hook
        made = super()._from_namespace(environment, namespace, globals)
        made.globals = dict(made.globals)  # Jinja's chain of mappings is walked for every context
        return made

    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002  as Jinja calls them
        shared: bool = False,  # noqa: FBT001, FBT002  as above
        locals: Mapping[str, Any] | None = None,  # noqa: A002  as above
    ) -> TemplateModule:
        """Return the macros of this template in a context."""
        made: Modules | None = (vars or {}).get(MODULES)
        if vars is None or made is None:
            return super().make_module(vars, shared, locals)
        own = made.own(self)
        if locals and any(value is not missing and name in own for name, value in locals.items()):
            return super().make_module(vars, shared, locals)
        try:
            key = (self.name, frozenset((name, vars[name]) for name in own & vars.keys()))
            if key not in made:
                made[key] = super().make_module(vars, shared)
        except TypeError:  # something that cannot be a key
            return super().make_module(vars, shared, locals)
        return made[key]


@remembered(128)
def _asked(code: CodeType) -> frozenset[str]:
    """Return the variables in some code and in what it holds, among which is every name that it asks of the context."""
    given = code.co_varnames[: code.co_argcount]
    own = (_VARIABLE.fullmatch(name) for name in (*code.co_varnames, *code.co_cellvars) if name not in given)
    inner = (_asked(each) for each in code.co_consts if isinstance(each, CodeType))
    return frozenset(match[1] for match in own if match).union(*inner)


#: What Jinja calls the variable of a template in the code that it makes.
_VARIABLE: Final = re.compile(r"l_\d+_(\w+)")


def _every_template() -> Iterator[tuple[str, str]]:
    root = paths.templates_root()
    for path in sorted(root.rglob("*.html")):
        yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


@built("template", ".py", every=_every_template, modules=("composing/environment.py",), versions=(jinja2.__version__,))
def _python(name: str, source: str) -> bytes:
    """Return a template of the package as Python."""
    return environment_of(None, name.partition("/")[0]).compile(source, name, name, raw=True).encode()


@remembered(16)
def environment_of(templates: Path | None, code: str) -> Environment:
    """Return the environment of the templates of one language.

    Args:
        templates: a folder of templates that replace the built-in ones of the same name.
        code: of the language.
    """
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
        from rupture.composing.sandbox import Sandbox  # noqa: PLC0415  built-in templates need no sandbox, which costs time

        environment: Environment = Sandbox(loader=FileSystemLoader(folders), **options)  # no cache without it
    else:
        environment = Environment(loader=_Loader(folders), **options)  # noqa: S701  it is on, above
    environment.template_class = _Template
    language = languages.get(code)
    for name, particle in language.particles.items():
        environment.filters[name] = partial(with_particle, particle, sounds=language.sounds)
    environment.filters["capitalised"] = capitalised
    environment.filters["sentence"] = sentence
    environment.filters["lowered"] = partial(lowered, small_words=language.small_words)
    environment.filters["first_word"] = first_word
    environment.filters["last_word"] = last_word
    return environment
