"""Where templates of somebody else run: they can call little, and their work and their words are counted.

Jinja's own sandbox keeps a template from Python's internals, not from running for ever, from filling the memory, or
from calling a method of the case that reads a file. So here every expression that repeats or grows is counted, by nodes
put into the template when it is compiled, and only what a letter needs can be called.
"""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from jinja2 import TemplateSyntaxError, nodes, pass_context, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS, make_attrgetter, sync_do_join
from jinja2.runtime import BlockReference, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer
from pydantic import BaseModel

from rupture.composing.functions import Helpers
from rupture.language.grammar import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2.nodes import EvalContext
    from jinja2.runtime import Context

#: What one part of a letter may take: elements of templates that are run, and characters that they make. The longest
#: parts of the built-in letters take some thousands of each.
MOST_STEPS: Final = 1_000_000
MOST_CHARACTERS: Final = 1_000_000
#: The longest template, in characters; the longest built-in one has 8,000.
LONGEST_TEMPLATE: Final = 200_000
_LONGEST_RANGE: Final = 1000
_LARGEST_NUMBER: Final = 10**15

#: Jinja's filters whose result is not larger than what they are given, and always the same.
_FILTERS: Final = (
    *("abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float", "groupby", "int"),
    *("items", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "safe"),
    *("select", "selectattr", "sort", "title", "trim", "unique", "upper", "wordcount"),
)
#: The methods of plain values that can be called.
_METHODS: Final[tuple[tuple[type, frozenset[str]], ...]] = (
    (
        str,
        frozenset(
            (
                *("capitalize", "casefold", "count", "endswith", "find", "isalpha", "isdigit", "islower", "isupper"),
                *("lower", "lstrip", "removeprefix", "removesuffix", "rstrip", "split", "startswith", "strip"),
                *("title", "upper"),
            )
        ),
    ),
    (dict, frozenset(("get", "items", "keys", "values"))),
    (dt.date, frozenset(("isoformat", "isoweekday", "weekday"))),
    (BaseModel, frozenset(("days_late", "earliest", "after"))),
)


class _Budget:
    """What is left to one part of a letter."""

    def __init__(self) -> None:
        self._steps = MOST_STEPS
        self._characters = MOST_CHARACTERS

    def step(self, count: int) -> None:
        """Take some work.

        Raises:
            SecurityError: there is none left.
        """
        self._steps -= count
        if self._steps < 0:
            raise SecurityError(f"more than {MOST_STEPS:,} steps: a loop or a macro here goes on for too long")

    def write(self, count: int) -> None:
        """Take some characters.

        Raises:
            SecurityError: there are none left.
        """
        self._characters -= count
        if self._characters < 0:
            raise SecurityError(f"more than {MOST_CHARACTERS:,} characters are made for one part of the letter")


_LEFT: Final[ContextVar[_Budget | None]] = ContextVar("left", default=None)


@contextmanager
def bounded() -> Iterator[None]:
    """Give what runs inside the budget of one part of a letter."""
    token = _LEFT.set(_Budget())
    try:
        yield
    finally:
        _LEFT.reset(token)


def _step(count: int) -> None:
    if left := _LEFT.get():
        left.step(count)


def _write(count: int) -> None:
    if left := _LEFT.get():
        left.write(count)


# ---------------------------------------------------------------- what is put into a template


@pass_context  # and so it is not worked out once, while the template is compiled; as all of these
def _printed(_context: Context, value: object) -> object:
    """Count what is written into the letter, or into a longer text."""
    return _spelt(value)


def _spelt(value: object) -> object:
    if isinstance(value, str):
        _write(len(value))
    elif isinstance(value, Phrase):
        _write(sum(map(len, value.pieces)))
    elif isinstance(value, list | tuple | dict | set | range):
        raise SecurityError("a whole list is printed here; print its items, with listed() or in a loop")
    return value


@pass_context
def _counted(_context: Context, items: Any, weight: int) -> Iterator[object]:  # noqa: ANN401  whatever is looped over
    """Count the turns of a loop, each by what stands in it."""
    for item in items:
        _step(weight)
        yield item


@pass_context
def _entered(_context: Context, weight: int) -> None:
    """Count a template, a macro or a block by what stands in it."""
    _step(weight)


@pass_context
def _taken(_context: Context, value: object) -> object:
    """Count what a filter goes through."""
    if isinstance(value, str | list | tuple | dict):
        _step(len(value))
    return value


@pass_context
def _weighed(_context: Context, value: object) -> object:
    """Count what a list holds, and what is in that: a list of itself doubles with each line."""
    waiting = [value]
    while waiting:
        held = waiting.pop()
        _step(1)
        if isinstance(held, dict):
            waiting += [*held, *held.values()]
        elif isinstance(held, list | tuple):
            waiting += held
    return value


@pass_eval_context
def _joined(
    context: EvalContext,
    values: Iterable[Any],
    separator: str = "",
    attribute: str | None = None,
) -> str:
    """Join some values, as Jinja's own filter does."""
    items = list(values if attribute is None else map(make_attrgetter(context.environment, attribute), values))
    for item in items:
        _spelt(item)
        _write(len(separator))
    return sync_do_join(context, items, separator)


def _replaced(text: str, old: str, new: str) -> str:
    """Return ``text`` with ``new`` for each ``old``."""
    _write(len(text) + text.count(old) * len(new))
    return text.replace(old, new)


def _range(*bounds: int) -> range:
    """Return Python's range, if it is not a long one."""
    found = range(*bounds)
    if not -_LARGEST_NUMBER < found.start < found.stop + _LARGEST_NUMBER or len(found) > _LONGEST_RANGE:
        raise SecurityError(f"a range of more than {_LONGEST_RANGE:,} numbers")
    return found


class _Counting(NodeTransformer):
    """Puts into a template what counts while it runs."""

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802  the name that Jinja looks for; as all below
        """Count each thing that is printed."""
        self.generic_visit(node)
        node.nodes = [_filtered(child, " printed") for child in node.nodes]
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        """Count the pieces of ``a ~ b``."""
        self.generic_visit(node)
        node.nodes = [_filtered(child, " printed") for child in node.nodes]
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        """Count the turns of a loop."""
        weight = _weight(node.body)
        self.generic_visit(node)
        node.iter = _filtered(node.iter, " counted", nodes.Const(weight))
        return node

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802
        """Count what a filter is given."""
        self.generic_visit(node)
        if node.node is not None:
            node.node = _filtered(node.node, " taken")
        return node

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802
        """Count what a tuple holds, where it is not the target of an assignment."""
        self.generic_visit(node)
        return _filtered(node, " weighed") if node.ctx == "load" else node

    def visit_List(self, node: nodes.List) -> nodes.Node:  # noqa: N802
        """Count what a list holds."""
        self.generic_visit(node)
        return _filtered(node, " weighed")

    visit_Dict = visit_List  # noqa: N815

    def visit_Macro(self, node: Any) -> nodes.Node:  # noqa: ANN401, N802  anything with a body
        """Count each time that a macro, a block or a whole template is run."""
        weight = _weight(node.body)
        self.generic_visit(node)
        entered = nodes.ExprStmt(_filtered(nodes.Const(weight, lineno=node.lineno), " entered"), lineno=node.lineno)
        node.body.insert(0, entered)
        return node  # type: ignore[no-any-return]  # what came in

    visit_CallBlock = visit_Block = visit_Template = visit_Macro  # noqa: N815


def _filtered(node: Any, name: str, *arguments: nodes.Expr) -> nodes.Filter:  # noqa: ANN401  an expression
    return nodes.Filter(node, name, list(arguments), [], None, None, lineno=node.lineno)


def _weight(body: list[nodes.Node]) -> int:
    return sum(1 + sum(1 for _ in node.find_all(nodes.Node)) for node in body) or 1


# ---------------------------------------------------------------- the environment


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for templates that somebody else wrote."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  those of Jinja
        super().__init__(**options)
        self.globals = {"namespace": Namespace, "range": _range}
        own = {"printed": _printed, "counted": _counted, "entered": _entered, "taken": _taken, "weighed": _weighed}
        self.filters = {
            **{name: FILTERS[name] for name in _FILTERS},
            **{f" {name}": counting for name, counting in own.items()},
            "join": _joined,
            "replace": _replaced,
        }

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """Return the source of a template, if it is not too long."""
        if len(source) > LONGEST_TEMPLATE:
            raise TemplateSyntaxError(
                f"a template of {len(source):,} characters (at most {LONGEST_TEMPLATE:,})", 1, name, filename
            )
        return super().preprocess(source, name, filename)

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002  as Jinja declares its hook
    ) -> str:
        """Return the code of a template, with what counts in it."""
        counting = _Counting().visit(source)
        counting.set_environment(self)
        return super()._generate(counting, name, filename, defer_init)

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401  as Jinja declares it
        """Tell whether a template may call that."""
        if isinstance(obj, Macro | BlockReference | LoopContext | Undefined) or obj is Namespace or obj is _range:
            return True  # an undefined name says so when it is called
        owner, name = getattr(obj, "__self__", None), getattr(obj, "__name__", "_")
        if isinstance(owner, Helpers | LoopContext):
            return not name.startswith("_")
        return any(isinstance(owner, kind) and name in names for kind, names in _METHODS)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  as Jinja declares it
        """Call what a template may call, and count it."""
        _step(1)
        if isinstance(obj, LoopContext) and args:  # a recursive loop
            args = (_counted(context, args[0], 1), *args[1:])
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401  as above
        """Return what an operator gives, if that is not large."""
        _step(1)
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            _write(len(left) + len(right))
        elif operator == "+" and isinstance(left, list | tuple) and isinstance(right, list | tuple):
            _weighed(context, (left, right))
        elif isinstance(left, dt.date) or isinstance(right, dt.date):
            pass
        elif operator == "**":
            raise SecurityError("** is not used here")
        elif not all(isinstance(each, int | float | Decimal) for each in (left, right)):
            raise SecurityError(f"{operator} is only used between two numbers")
        elif not all(abs(each) <= _LARGEST_NUMBER for each in (left, right)):
            raise SecurityError(f"a number of more than {len(str(_LARGEST_NUMBER)) - 1} digits")
        return super().call_binop(context, operator, left, right)
