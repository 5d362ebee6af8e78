"""The letter by which a service business ends its relationship with a client.

import rupture

case = rupture.load("case.yaml")
rupture.compose(case)                  # shows itself in a notebook
rupture.review(case)                   # what to look at first
rupture.render(case, "pdf")            # bytes
"""

from __future__ import annotations

from importlib.metadata import version as _version

from rupture.api import assess, compose, load, render, review, review_text, schema
from rupture.assess import Assessment, Ground
from rupture.case import Case
from rupture.document import Document, Letter
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
from rupture.many import Rendered, render_many
from rupture.review import Finding, Findings

__version__ = _version("rupture")

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
    "Letter",
    "MissingLibrary",
    "OutputError",
    "Problem",
    "Rendered",
    "RuptureError",
    "TemplateError",
    "assess",
    "compose",
    "load",
    "render",
    "render_many",
    "review",
    "review_text",
    "schema",
]
