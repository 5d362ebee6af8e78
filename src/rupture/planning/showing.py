"""A plan as text, as plain data, and as HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.planning.plan import Item, LeftOut, Paragraph, Plan, Sentence

_COLUMNS: Final = ("paragraph", "name", "role", "sentence", "rests on")


def as_text(plan: Plan, *, wordings: bool = False) -> str:
    """Return a plan as text for a terminal.

    Args:
        plan: what to show.
        wordings: list every wording of each sentence, with its number.
    """
    lines: list[str] = []
    for paragraph in plan.paragraphs:
        lines.append(_heading(paragraph))
        for item in paragraph.items:
            lines += _item(item, plan.sentence(item), wordings=wordings)
        lines.append("")
    lines += ["left out", *(f"  {left.path}: {_why(left)}" for left in plan.left_out)] if plan.left_out else []
    return "\n".join(lines).rstrip()


def _heading(paragraph: Paragraph) -> str:
    form = "" if paragraph.form == "sentences" else f", {paragraph.form}"
    return f"{paragraph.name}{form}{f' ({paragraph.label})' * bool(paragraph.label)}"


def _item(item: Item, sentence: Sentence, *, wordings: bool) -> Iterator[str]:
    yield f"  {item.name} [{item.role}]"
    if wordings and len(sentence.choices) > 1:
        for number, text in sentence.choices.items():
            yield f"    {number}{'*' if number == sentence.chosen else ' '} {text}"
    elif sentence.text:
        yield f"    {sentence.text}"
    yield f"    from {', '.join(item.sources)}" if item.sources else "    a courtesy"


def _why(left: LeftOut) -> str:
    return left.why.replace("-", " ")


def as_data(plan: Plan, *, wordings: bool = False) -> dict[str, Any]:
    """Return a plan as plain data, for programs.

    Args:
        plan: what to show.
        wordings: give every wording of each sentence too.
    """
    return {
        "paragraphs": [
            {
                "name": paragraph.name,
                "form": paragraph.form,
                "label": paragraph.label,
                "items": [_item_data(plan, item, wordings=wordings) for item in paragraph.items],
            }
            for paragraph in plan.paragraphs
        ],
        "left_out": [{"path": left.path, "why": left.why} for left in plan.left_out],
    }


def _item_data(plan: Plan, item: Item, *, wordings: bool) -> dict[str, Any]:
    sentence = plan.sentence(item)
    data: dict[str, Any] = {"name": item.name, "kind": item.kind, "role": item.role, "sentence": sentence.text}
    data["sources"] = list(item.sources)
    return data | ({"wordings": sentence.choices, "chosen": sentence.chosen} if wordings else {})


def as_html(plan: Plan) -> str:
    """Return a plan as tables: its items with every wording of their sentences, and what is left out."""
    head = "".join(f'<th scope="col">{title}</th>' for title in _COLUMNS)
    rows = "".join(_row(plan, paragraph, item) for paragraph in plan.paragraphs for item in paragraph.items)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    left = "".join(f"<li>{escape(each.path)}: {escape(_why(each))}</li>" for each in plan.left_out)
    return f"{table}<p>Left out:</p><ul>{left}</ul>" if left else table


def _row(plan: Plan, paragraph: Paragraph, item: Item) -> str:
    sentence = plan.sentence(item)
    said = _wordings(sentence) if len(sentence.choices) > 1 else escape(sentence.text)
    cells = (escape(paragraph.name), escape(item.name), escape(item.role), said, escape(", ".join(item.sources)))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _wordings(sentence: Sentence) -> str:
    """Return the wordings of a sentence as a numbered list, that of the letter in bold."""
    own = "" if sentence.chosen else escape(sentence.text)
    return f"{own}<ol>{''.join(_wording(sentence, number) for number in sentence.choices)}</ol>"


def _wording(sentence: Sentence, number: int) -> str:
    text = escape(sentence.choices[number])
    return f'<li value="{number}">{f"<strong>{text}</strong>" if number == sentence.chosen else text}</li>'
