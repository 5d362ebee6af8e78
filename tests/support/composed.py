"""Plans written by hand, and sentences of a test's own, so that composing is seen without the built-in wording."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from planned import item

import rupture
from rupture.planning import planner
from rupture.planning.plan import Paragraph, Plan

if TYPE_CHECKING:
    from pathlib import Path

    from rupture.letter.blocks import Block

#: What surrounds the text of every letter.
FRAME = ("subject", "salutation", "close")


@pytest.fixture
def own_sentences(tmp_path):
    """Write sentences, each the content of its file by kind, and return the folder of templates."""

    def write(language: str = "fr", **kinds: str) -> Path:
        folder = tmp_path / language / "sentences"
        folder.mkdir(parents=True, exist_ok=True)
        for kind, content in ({name: f"{name}," for name in FRAME} | kinds).items():
            blocks = content if "{% block" in content else f"{{% block one %}}{content}{{% endblock %}}"
            (folder / f"{kind}.html").write_text(blocks, "utf-8")
        return tmp_path

    return write


@pytest.fixture
def letter_told(monkeypatch, minimal, own_sentences):
    """Compose the smallest case from these paragraphs and sentences."""

    def tell(
        paragraphs: list[Paragraph], sentences: dict[str, str], locale: str = "fr-FR", **keys: object
    ) -> rupture.Letter:
        frame = [Paragraph(name, (item(name),)) for name in FRAME]
        monkeypatch.setattr(planner, "plan", lambda _case: Plan((*frame[:2], *paragraphs, *frame[2:])))
        folder = own_sentences(locale[:2], **sentences)
        return rupture.compose(rupture.load(minimal(locale, **keys)), templates=folder).letters[0]

    return tell


@pytest.fixture
def told(letter_told):
    """The blocks of one paragraph of a letter, from the sentences of its kinds in their order."""

    def tell(sentences: dict[str, str], locale: str = "fr-FR", **keys: object) -> tuple[Block, ...]:
        paragraph = Paragraph("matters", tuple(map(item, sentences)))
        return letter_told([paragraph], sentences, locale, **keys).part("matters").blocks

    return tell
