"""Whose words a letter is made of: the user's, those worked out from the case, and ours."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from rupture.letter.markup import run_html

if TYPE_CHECKING:
    from rupture.letter.blocks import Run

# Underlines tell them apart without colour; the tints are none of those that findings have.
_LOOKS: Final = {
    "yours": "background:#e7f3e2;border-bottom:1.5px solid #3d6b2f",
    "computed": "background:#ece6f6;border-bottom:1.5px dotted #5b3f8c",
    "ours": "color:#5a5a57",
}
_NAMES: Final = {"yours": "your words", "computed": "computed from your case", "ours": "ours"}


def whose(run: Run) -> str:
    """Return whose words these are: ``yours``, ``computed`` or ``ours``."""
    if run.computed:
        return "computed"
    return "yours" if run.source else "ours"


def whose_html(run: Run) -> str:
    """Return a run as HTML that shows whose words it holds, and names their field to the pointer."""
    return dressed(run, run_html(run))


def dressed(run: Run, html: str) -> str:
    """Return the HTML of a run, showing whose words it holds.

    Args:
        run: the run.
        html: its HTML so far.
    """
    source = f' title="{escape(run.source)}"' if run.source else ""
    kind = whose(run)
    return f'<span class="{kind}" style="{_LOOKS[kind]}"{source}>{html}</span>'


def legend() -> str:
    """Return what the looks mean, in one small line."""
    told = " &nbsp; ".join(f'<span style="{_LOOKS[kind]}">{name}</span>' for kind, name in _NAMES.items())
    return f'<p style="font:0.8em sans-serif;color:#5a5a57">{told}</p>'


@dataclass(frozen=True, slots=True)
class Shown:
    """HTML that a notebook shows."""

    html: str

    def _repr_html_(self) -> str:
        return self.html
