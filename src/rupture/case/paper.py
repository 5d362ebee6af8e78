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

    file: Line = Field(description="Its name, beside the case file.", examples=["logo.png"])
    alt: Prose = Field(description="What a screen reader says.", examples=["Harrow Vale Lettings"])
    height: float = Field(15, gt=2, le=60, description="On paper, in millimetres.", examples=[15])


class Paper(Model):
    """How the page looks."""

    layout: Layout | None = Field(
        None, description="The page, where it is not the locale's own.", examples=["din-5008-b"]
    )
    fold_marks: bool = Field(default=False, description="Draw fold marks.")
    return_address: bool = Field(default=False, description="The sender in one small line above the recipient.")
    logo: Picture | None = None
    signature: Picture | None = Field(None, description="A scanned signature, above the first name.")
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] | None = Field(
        None, description="Of the sender's name and the subject.", examples=["#1f3d5c"]
    )
    footer: tuple[Prose, ...] = Field(
        (), max_length=3, description="Lines at the foot.", examples=[["SIRET 123 456 789 00012"]]
    )
    letterhead: Line | None = Field(
        None,
        description="A .docx whose page setup and named styles the DOCX letter takes over.",
        examples=["paper.docx"],
    )
    stylesheet: Line | None = Field(
        None, description="A CSS file of your own, applied last to the PDF.", examples=["house.css"]
    )
