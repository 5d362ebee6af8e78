"""The national pages."""

from __future__ import annotations

import pytest

import rupture
from rupture.language import languages
from rupture.page import layouts
from rupture.resources import locales


class TestLayouts:
    """Each layout is a page whose boxes lie inside it, and whose recipient lies inside the window."""

    @pytest.mark.parametrize("name", layouts.names())
    def test_geometry(self, name):
        layout = layouts.get(name)
        window, box = layout.window, layout.boxes["recipient"]
        assert window.x <= box.x
        assert window.y <= box.y
        assert box.x + box.width <= window.x + window.width
        assert box.y + box.height <= window.y + window.height
        assert all(0 < fold < layout.page[1] for fold in layout.folds)
        if layout.boxes["mention"].y < box.y:
            assert layout.boxes["mention"].y + 4.65 <= layout.boxes["return-address"].y  # one line of the text
        assert layout.boxes["return-address"].y + 3 <= box.y
        assert layout.folds

    @pytest.mark.parametrize("name", layouts.names())
    def test_a_case_names_its_layout(self, starter, name):
        letter = rupture.compose(rupture.load(starter("en-GB") | {"paper": {"layout": name}})).letters[0]
        assert letter.layout == name

    def test_an_unknown_layout_is_refused(self, starter):
        with pytest.raises(rupture.CaseError, match=r"unknown layout 'din5008b', did you mean 'din-5008-b'"):
            rupture.load(starter("en-GB") | {"paper": {"layout": "din5008b"}})

    def test_every_layout_is_used_and_told_where_its_figures_come_from(self):
        used = {name for code in locales.languages() for name in languages.get(code).layouts.values()}
        assert used | {"din-5008-b", "fr-CH-left"} == set(layouts.names())  # the case may name these two
        for name in layouts.names():
            layout = layouts.get(name)
            assert len(layout.source) > 20
            assert layout.order.count("*") == 1
            for part, box in layout.boxes.items():
                assert part in layout.order
                assert 0 <= box.x <= box.x + box.width <= layout.page[0]
                assert 0 <= box.y <= box.y + box.height <= layout.body_top
