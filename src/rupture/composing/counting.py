"""Nodes and filters, added to a template when it is compiled, that count its work while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jinja2 import nodes, pass_context, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.filters import make_attrgetter, sync_do_join
from jinja2.visitor import NodeTransformer

from rupture.composing.budget import take_characters, take_steps
from rupture.language.grammar import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jinja2.nodes import EvalContext
    from jinja2.runtime import Context


@pass_context  # and so it is not worked out once, while the template is compiled; as all of these
def _printed(_context: Context, value: object) -> object:
    """Count what is written into the letter, or into a longer text."""
    return _spelt(value)


def _spelt(value: object) -> object:
    if isinstance(value, str):
        take_characters(len(value))
    elif isinstance(value, Phrase):
        take_characters(sum(map(len, value.pieces)))
    elif isinstance(value, list | tuple | dict | set | range):
        raise SecurityError("a whole list is printed here; print its items, with listed() or in a loop")
    return value


@pass_context
def counted(_context: Context, items: Any, weight: int) -> Iterator[object]:  # noqa: ANN401  whatever is looped over
    """Count the turns of a loop, each by the size of its body."""
    for item in items:
        take_steps(weight)
        yield item


@pass_context
def _entered(_context: Context, weight: int) -> None:
    """Count a template, a macro or a block by the size of its body."""
    take_steps(weight)


@pass_context
def _taken(_context: Context, value: object) -> object:
    """Count the items that a filter processes."""
    if isinstance(value, str | list | tuple | dict):
        take_steps(len(value))
    return value


@pass_context
def weighed(_context: Context, value: object) -> object:
    """Count the items of a list, and those nested in them: a list of itself doubles with each line."""
    waiting = [value]
    while waiting:
        held = waiting.pop()
        take_steps(1)
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
        take_characters(len(separator))
    return sync_do_join(context, items, separator)


def _replaced(text: str, old: str, new: str) -> str:
    """Return ``text`` with ``new`` for each ``old``."""
    take_characters(len(text) + text.count(old) * len(new))
    return text.replace(old, new)


class Counting(NodeTransformer):
    """Adds the counting nodes to a template."""

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
        """Count each run of a macro, a block or a whole template."""
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


#: The counting filters by their names, which no template can write.
COUNTING: Final[Mapping[str, Callable[..., Any]]] = {
    " printed": _printed,
    " counted": counted,
    " entered": _entered,
    " taken": _taken,
    " weighed": weighed,
}
#: Jinja's own filters that can make a text longer, counted.
GROWING: Final[Mapping[str, Callable[..., Any]]] = {"join": _joined, "replace": _replaced}
