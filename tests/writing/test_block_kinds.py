"""Labels, dated lists, accounts and what is set apart look right in every format; an e-mail is an e-mail."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from io import BytesIO

import docx
import handmade
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from reading import W, message_of, pdf_objects, pdf_text
from validators import docx_faults, need, ooxml_validator, verapdf, verdicts

from rupture.letter import parts
from rupture.letter.blocks import Run, Table, block_text
from rupture.letter.look import Look
from rupture.letter.whose import whose
from rupture.page import layouts
from rupture.writing import formats, text

GENRES = {"formal": handmade.formal, "email": handmade.email, "note": handmade.note}


@cache
def document(genre):
    return handmade.document(GENRES[genre](), look=Look(colour="#1f3d5c"))


@cache
def file(genre, kind, **options):
    return formats.write(document(genre), kind, **options)


@cache
def word(genre):
    """Return a DOCX as python-docx opens it."""
    return docx.Document(BytesIO(file(genre, "docx")))


def lines_of(genre):
    return file(genre, "txt").decode().splitlines()


class TestTxt:
    """In plain text a label has its own line, and figures end below each other."""

    def test_label(self):
        lines = lines_of("formal")
        assert lines[lines.index("Boiler") + 1].startswith("The next engineer")

    def test_what_is_set_apart_stands_behind_a_rule(self):
        lines = lines_of("formal")
        start = lines.index("| Gas safety")
        assert [line[:2] for line in lines[start - 1 : start + 4]] == ["", "| ", "| ", "| ", ""]

    def test_dated_lines(self):
        lines = lines_of("formal")
        start = next(index for index, line in enumerate(lines) if line.startswith("- By 4 December 2026: "))
        assert lines[start + 1].startswith("  that the keys")
        assert lines[start + 3].startswith("- By 18 December 2026: sign")

    def test_account(self):
        lines = lines_of("formal")
        rule = next(index for index, line in enumerate(lines) if set(line) == {"-"})
        assert lines[rule + 1].startswith("Paid back")
        ends = {len(line) for line in lines[rule - 4 : rule + 2] if re.search(r"\d{2}$", line)}
        assert ends == {len(lines[rule])}
        assert len(lines[rule]) <= text.WIDTH

    @pytest.mark.parametrize("words", ["hall", "the hire of the hall " * 8, "W" * 90])
    def test_no_account_is_too_wide(self, words):
        letter = handmade.letter(
            "en-GB", "en-GB", ("money", (handmade.account((words, "2", "£1.00"), ("In all", "2", "£1.00")),))
        )
        written = formats.write(handmade.document(letter), "txt").decode()
        assert re.search(r"2 +£1\.00\n-+\nIn all +2 +£1\.00\n", written)
        assert max(len(line) for line in written.splitlines() if "W" not in line) <= text.WIDTH

    def test_annex_has_a_rule_below_its_head(self):
        cells = [tuple((Run(each),) for each in row) for row in (("Date", "Event"), ("May", "a call"))]
        letter = handmade.letter("en-GB", "en-GB", (parts.ANNEX, (Table(cells[0], (cells[1],)),)))
        assert (
            formats.write(handmade.document(letter), "txt").decode() == "Date   Event\n-------------\nMay    a call\n"
        )


class TestEmail:
    """An e-mail has no address block and no date in it, its subject is a header, and it ends in a signature."""

    def test_txt_is_the_email(self):
        lines = lines_of("email")
        assert lines[:3] == ["Subject: End of our management agreement on 31 January 2027", "", "Dear Ms. Lane:"]
        assert lines[-5:] == [
            "Nora Whitfield",
            "Director",
            "Harrow Vale Lettings Ltd",
            "01632 960144",
            "office@harrowvale.example",
        ]
        assert "November 19, 2026" not in lines

    def test_eml(self):
        message = message_of(file("email", "eml"))
        plain = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
        assert plain.startswith("Dear Ms. Lane:\n")
        assert plain.endswith("office@harrowvale.example\n")
        assert message["Subject"] == document("email").letters[0].subject
        for kind in ("plain", "html"):
            page = message.get_body((kind,)).get_content()
            assert "November 19, 2026" not in page
            assert "Subject: " not in page
        assert 'class="foot"' not in message.get_body(("html",)).get_content()

    def test_html(self):
        page = file("email", "html").decode()
        assert page.index('class="subject"') < page.index('class="salutation"')
        assert 'class="place-date"' not in page

    def test_letter_as_an_email_has_its_letterhead_below(self):
        plain = message_of(file("formal", "eml")).get_body(("plain",)).get_content().replace("\r\n", "\n")
        body, mark, foot = plain.partition("\n-- \n")
        assert body.startswith("Dear Mrs Pettigrew-Lane")
        assert mark
        assert foot.startswith("Harrow Vale Lettings Ltd\n14 Tollgate Parade")
        for part in (parts.RECIPIENT, parts.PLACE_DATE, parts.SUBJECT, parts.MENTION):
            assert str(document("formal").letters[0].part(part)) not in plain

    @pytest.mark.parametrize("kind", ["pdf", "docx"])
    def test_on_paper_its_text_begins_at_the_top(self, kind):
        letter = document("email").letters[0]
        layout = layouts.of(letter)
        assert (layout.body_top, dict(layout.boxes)) == (layout.margins[0], {})
        assert file("email", kind)


class TestPage:
    """The text begins below the window, or higher where nothing has to show in one."""

    def test_with_a_recipient(self):
        assert layouts.of(document("formal").letters[0]) is layouts.get("en-GB")

    @pytest.mark.parametrize("name", layouts.names())
    def test_with_a_sender_alone(self, name):
        letter = handmade.letter("en-GB", name, (parts.SENDER, (handmade.FIRM,)), *handmade.BODY)
        layout = layouts.of(letter)
        box = layout.boxes[parts.SENDER]
        assert layout.body_top == box.y + box.height < layouts.get(name).body_top

    def test_a_note_fits_the_upper_half(self):
        with pypdfium2.PdfDocument(file("note", "pdf")) as pdf:
            page = pdf[0].get_textpage()
            lowest = min(page.get_charbox(index)[1] for index in range(page.count_chars()))
            assert lowest > pdf[0].get_height() / 2


class TestDocx:
    """Each kind of block has a named style of its own."""

    def paragraphs(self, style):
        everywhere = [*word("formal").paragraphs, *self.cells()]
        return [paragraph for paragraph in everywhere if paragraph.style.name == style]

    def cells(self):
        return [
            each
            for table in word("formal").tables
            for row in table.rows
            for cell in row.cells
            for each in cell.paragraphs
        ]

    @pytest.mark.parametrize(
        ("style", "count"),
        [("Urgent Text", 1), ("Dated Task", 3), ("Account Text", 4), ("Account Figure", 4), ("Signing Place", 2)],
    )
    def test_paragraphs(self, style, count):
        assert len(self.paragraphs(style)) == count

    def test_labels(self):
        runs = [run for paragraph in word("formal").paragraphs for run in paragraph.runs]
        assert [run.text for run in runs if run.style.name == "Run-in Label"] == [
            "Gas safety.",
            "Boiler.",
            "Check-out.",
        ]

    def test_looks(self):
        styles = word("formal").styles
        assert styles["Dated Task"].paragraph_format.first_line_indent < 0
        assert styles["Account Figure"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
        assert styles["Urgent Text"].element.xpath("w:pPr/w:pBdr/w:left")

    def test_only_the_sender_and_the_subject_are_in_colour(self):
        styles = word("formal").styles
        assert str(styles["House Strong"].font.color.rgb) == "1F3D5C"
        assert styles["Strong"].font.color is None or styles["Strong"].font.color.rgb is None
        coloured = [
            paragraph.style.name
            for paragraph in word("formal").paragraphs
            for run in paragraph.runs
            if run.style.name == "House Strong"
        ]
        assert coloured == ["Sender", "Subject"]

    def test_an_account_has_one_rule_above_its_result(self):
        (table,) = word("formal").tables
        ruled = [bool(row.xpath(".//w:tcBorders/w:top")) for row in _element(table).iter(f"{W}tr")]
        assert ruled == [False, False, False, True]
        assert not _element(table).xpath("./w:tblPr/w:tblBorders")


def _element(table):
    return table._tbl  # noqa: SLF001  python-docx has no borders of its own


class TestPdf:
    """The same in a PDF, with tags that say what is what."""

    def test_words(self):
        read = pdf_text(file("formal", "pdf"))
        assert "Gas safety. The flue" in read
        assert "By 18 December 2026: sign the enclosed form." in read

    def test_figures_end_at_one_edge(self):
        with pypdfium2.PdfDocument(file("formal", "pdf")) as pdf:
            page = pdf[0].get_textpage()
            read = page.get_text_range()
            ends = {
                round(page.get_charbox(read.index(sum_) + len(sum_) - 1)[2], 0)
                for sum_ in ("£1,250.00", "£300.00", "£95.50")
            }
        assert len(ends) == 1

    def test_rows_of_an_account_have_heads(self):
        assert _tags(file("formal", "pdf"))["TH"] == 4

    def test_sound(self, tmp_path):
        need("veraPDF", verapdf())
        found = verdicts(
            {
                "plain": ({genre: file(genre, "pdf") for genre in GENRES}, ["ua1"]),
                "archived": ({genre: file(genre, "pdf", archive=True) for genre in GENRES}, ["ua1", "3a"]),
            },
            tmp_path,
        )
        assert [verdict for group in found.values() for verdict in group if not verdict.ok] == []

    def test_sound_docx(self, tmp_path):
        need("the validator of the Open XML SDK", ooxml_validator())
        found = docx_faults({genre: file(genre, "docx") for genre in GENRES}, tmp_path)
        assert found == {genre: [] for genre in GENRES}


def _tags(written):
    """Return how often each tag is used."""
    return Counter(name.decode() for name in re.findall(rb"/S\s*/(\w+)", pdf_objects(written)))


class TestWhoseWords:
    """One can see which words are the user's, which were computed and which are ours, also without colour."""

    @pytest.mark.parametrize(
        ("run", "expected"),
        [
            (Run("the keys", "matters[0].do"), "yours"),
            (Run("31 January 2027", "end.date", computed=True), "computed"),
            (Run("£5", computed=True), "computed"),
            (Run("ends on"), "ours"),
        ],
    )
    def test_kinds(self, run, expected):
        assert whose(run) == expected

    def test_html(self):
        page = formats.write(document("formal"), "html", whose=True).decode()
        assert "your words" in page
        assert re.search(r'<span class="yours"[^>]* title="matters\[2\]\.do">sign the enclosed form</span>', page)
        looks = {name: re.search(rf'class="{name}" style="([^"]*)"', page)[1] for name in ("yours", "computed", "ours")}
        underlines = {name: re.findall("solid|dotted", look) for name, look in looks.items()}
        assert underlines == {"yours": ["solid"], "computed": ["dotted"], "ours": []}

    def test_not_without_asking(self):
        assert "your words" not in file("formal", "html").decode()

    def test_notebook(self):
        shown = document("email").whose_words()._repr_html_()
        assert shown.count("<article") == 1
        assert "computed from your case" in shown


class TestText:
    """The words of a block include its label."""

    def test_block_text(self):
        block = document("formal").letters[0].part("urgent").blocks[0]
        assert block_text(block).startswith("Gas safety. The flue")
