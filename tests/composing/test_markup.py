"""The small HTML that templates write, and the tree read from it."""

from __future__ import annotations

import pytest

from rupture.composing.markup import UnknownMarkupError, parse, parse_line, runs_of_wording, to_markup
from rupture.language.grammar import Computed, Phrase, Words
from rupture.letter.blocks import Run, Table, line_text


class TestOrigins:
    """What a template prints carries whose words it is, through the HTML into the tree."""

    def test_of_each_kind(self):
        phrase = Phrase(("am ", Computed("1. Mai"), Words(" <b> & Co", "sender.name")))
        runs = parse_line(f"Hier {to_markup(phrase)}.")
        assert runs == (
            Run("Hier am "),
            Run("1. Mai", computed=True),
            Run(" <b> & Co", "sender.name"),
            Run("."),
        )

    def test_without_a_template(self):
        runs = tuple(runs_of_wording(Phrase(("a", Words("b", "x"), Computed("c")))))
        assert runs == (Run("a"), Run("b", "x"), Run("c", computed=True))

    def test_white_space_is_one_space_across_runs(self):
        assert line_text(parse_line("  a \n <strong> b </strong>  c ")) == "a b c"
        assert parse_line(" \n ") == ()


class TestTables:
    """A first row of headings is the header; without one, the table is an account."""

    def test_with_a_header(self):
        (table,) = parse("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>")
        assert isinstance(table, Table)
        assert [line_text(cell) for cell in table.head] == ["A", "B"]
        assert len(table.rows) == 1
        assert not table.account

    @pytest.mark.parametrize("first", ["th", "td"])
    def test_an_account(self, first):
        row = f"<tr><{first}>A</{first}><td>1</td></tr>"
        tables = parse(f"<table>{row}{row}</table><table>{row}</table>")
        assert [len(table.rows) for table in tables] == [2, 1]
        assert all(table.account and not table.head for table in tables)

    @pytest.mark.parametrize("rows", ["", "<tr></tr>", "<tr><td>1</td></tr><tr><td>1</td><td>2</td></tr>"])
    def test_an_uneven_one_is_refused(self, rows):
        with pytest.raises(UnknownMarkupError):
            parse(f"<table>{rows}</table>")


class TestSentences:
    """A sentence is one line of text."""

    @pytest.mark.parametrize("source", ["a<br>b", "a</p><p>b", "<p>a</p>", "<table></table>", "a<ul></ul>"])
    def test_a_block_is_refused(self, source):
        with pytest.raises(UnknownMarkupError):
            parse_line(source)
