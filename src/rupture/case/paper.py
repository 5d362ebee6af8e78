"""How the sender's paper looks: pictures, colour, letterhead, layout."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo

from rupture.case.own_words import Prose
from rupture.case.values import Line, Model
from rupture.resources.suggestions import did_you_mean


def _known_layout(name: str, info: ValidationInfo) -> str:
    known = (info.context or {}).get("layouts")
    if known is not None and name not in known:
        raise ValueError(f"unknown layout {name!r}{did_you_mean(name, known)}; there are {', '.join(known)}")
    return name


Layout = Annotated[Line, AfterValidator(_known_layout)]


class Picture(Model):
    """A PNG or JPEG beside the case file, with alternative text for screen readers."""

    file: Line
    alt: Prose
    height: float = Field(15, gt=2, le=60, description="On paper, in millimetres.")


class Identity(Model):
    """How the sender's paper looks."""

    logo: Picture | None = None
    signature: Picture | None = Field(None, description="A scanned signature, above the first name.")
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] | None = Field(None, description="Such as #1f3d5c.")
    footer: tuple[Prose, ...] = Field((), max_length=3, description="Lines at the foot: SIRET, VAT number, NEQ...")
    letterhead: Line | None = Field(
        None, description="A .docx whose page setup and named styles the DOCX letter takes over."
    )
    stylesheet: Line | None = Field(None, description="A CSS file of your own, applied last to the PDF.")
