"""The tree of a letter: it cannot be changed, and shows itself."""

from __future__ import annotations

import pytest
from reading import body_of, fold

import rupture


class TestTree:
    """The tree is immutable and shows itself."""

    def test_frozen(self, minimal, letter_of):
        letter = letter_of(minimal())
        with pytest.raises(AttributeError):
            letter.title = "x"
        with pytest.raises(AttributeError):
            letter.parts[0].blocks[0].lines = ()

    def test_shows_itself(self, example):
        document = rupture.compose(rupture.load(example))
        assert body_of(document) in fold(str(document)) or "- " in str(document)
        page = document._repr_html_()
        assert page.count("<article") == page.count("</article>") == len(document.letters)
