"""The titles of the articles, which every output shows in place of their codes."""

from __future__ import annotations

import re

import pytest
from reading import ROOT

from rupture.resources import articles


class TestTitles:
    """Each code in a source becomes the title of its article."""

    def test_the_table_is_that_of_the_documentation(self):
        page = (ROOT / "docs/explanation/the-articles.md").read_text("utf-8")
        table = {f"S{number}": title for number, title in re.findall(r"^\| (\d) \| \*(.+?)\* \|", page, re.MULTILINE)}
        assert table == dict(articles.titles())
        assert len(table) == 5

    def test_each_code_is_replaced_and_the_rest_stays(self):
        assert articles.with_titles("practice") == "practice"
        assert articles.with_titles("S4; S2, step 2", ("«", "»")) == (
            "«Ne laissez pas votre énergie être siphonnée»; "
            "«7 raisons de licencier des clients et comment le faire correctement», step 2"
        )

    def test_a_code_of_no_article_is_refused(self):
        with pytest.raises(KeyError):
            articles.with_titles("S9")
