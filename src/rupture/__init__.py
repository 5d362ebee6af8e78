"""The letter by which a service business ends its relationship with a client.

import rupture

case = rupture.load("case.yaml")
rupture.plan(case)                     # what is said, in which order, and what is left out
rupture.compose(case)                  # shows itself in a notebook
rupture.review(case)                   # what to look at first
rupture.render(case, "pdf")            # bytes
"""

from __future__ import annotations

from rupture.api import assess, combine, compose, load, plan, render, review, review_text, schema
from rupture.assessing.assess import Assessment, Ground
from rupture.case.model import Case
from rupture.errors import (
    CaseError,
    CharacterError,
    HeldBack,
    InputError,
    MissingLibrary,
    OutputError,
    Problem,
    RuptureError,
    TemplateError,
)
from rupture.letter.tree import Document, Letter
from rupture.merging.pool import Rendered, render_many, warm_up
from rupture.planning.plan import Item, Paragraph, Plan, Sentence
from rupture.resources import distribution
from rupture.reviewing.findings import Finding, Findings


def __getattr__(name: str) -> str:
    if name != "__version__":
        raise AttributeError(f"module 'rupture' has no attribute {name!r}")
    return distribution.version()


__all__ = [
    "Assessment",
    "Case",
    "CaseError",
    "CharacterError",
    "Document",
    "Finding",
    "Findings",
    "Ground",
    "HeldBack",
    "InputError",
    "Item",
    "Letter",
    "MissingLibrary",
    "OutputError",
    "Paragraph",
    "Plan",
    "Problem",
    "Rendered",
    "RuptureError",
    "Sentence",
    "TemplateError",
    "assess",
    "combine",
    "compose",
    "load",
    "plan",
    "render",
    "render_many",
    "review",
    "review_text",
    "schema",
    "warm_up",
]
