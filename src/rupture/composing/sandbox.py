"""The sandbox for templates of third parties: few calls are allowed, and work and output are limited.

Jinja's own sandbox keeps a template from Python's internals, not from running for ever, from filling the memory, or
from calling a method of the case that reads a file. So every expression that repeats or grows is counted, by nodes
added to the template when it is compiled, and only what a letter needs can be called.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from jinja2 import TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import BlockReference, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from pydantic import BaseModel

from rupture.composing.budget import take_characters, take_steps
from rupture.composing.counting import COUNTING, GROWING, Counting, counted, weighed
from rupture.composing.functions.group import Group

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.runtime import Context

#: The longest template, in characters; the longest built-in one has 8,000.
LONGEST_TEMPLATE: Final = 200_000
_LONGEST_RANGE: Final = 1000
_LARGEST_NUMBER: Final = 10**15

#: Jinja's filters whose result is not larger than what they are given, and always the same.
_FILTERS: Final = (
    *("abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float", "groupby", "int"),
    *("items", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "safe"),
    *("select", "selectattr", "sort", "string", "title", "trim", "unique", "upper", "wordcount"),
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


def _range(*bounds: int) -> range:
    """Return a range, if it is not long."""
    found = range(*bounds)
    if not -_LARGEST_NUMBER < found.start < found.stop + _LARGEST_NUMBER or len(found) > _LONGEST_RANGE:
        raise SecurityError(f"a range of more than {_LONGEST_RANGE:,} numbers")
    return found


class Sandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment for templates of third parties."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  those of Jinja
        super().__init__(**options)
        self.globals = {"namespace": Namespace, "range": _range}
        self.filters = {**{name: FILTERS[name] for name in _FILTERS}, **COUNTING, **GROWING}

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
        """Return the code of a template, with the counting nodes."""
        counting = Counting().visit(source)
        counting.set_environment(self)
        return super()._generate(counting, name, filename, defer_init)

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401  as Jinja declares it
        """Return whether a template may call an object."""
        if isinstance(obj, Macro | BlockReference | LoopContext | Undefined) or obj is Namespace or obj is _range:
            return True  # an undefined name says so when it is called
        owner, name = getattr(obj, "__self__", None), getattr(obj, "__name__", "_")
        if isinstance(owner, Group | LoopContext):
            return not name.startswith("_")
        return any(isinstance(owner, kind) and name in names for kind, names in _METHODS)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  as Jinja declares it
        """Call an object for a template, and count the call."""
        take_steps(1)
        if isinstance(obj, LoopContext) and args:  # a recursive loop
            args = (counted(context, args[0], 1), *args[1:])
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401  as above
        """Return the result of an operator, if it is not large."""
        take_steps(1)
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            take_characters(len(left) + len(right))
        elif operator == "+" and isinstance(left, list | tuple) and isinstance(right, list | tuple):
            weighed(context, (left, right))
        elif isinstance(left, dt.date) or isinstance(right, dt.date):
            pass
        elif operator == "**":
            raise SecurityError("** is not used here")
        elif not all(isinstance(each, int | float | Decimal) for each in (left, right)):
            raise SecurityError(f"{operator} is only used between two numbers")
        elif not all(abs(each) <= _LARGEST_NUMBER for each in (left, right)):
            raise SecurityError(f"a number of more than {len(str(_LARGEST_NUMBER)) - 1} digits")
        return super().call_binop(context, operator, left, right)
