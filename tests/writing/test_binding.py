"""One PDF of many letters: whole, tagged, in order, the same each time, and put in its place in one step."""

from __future__ import annotations

import json
import random
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
import weasyprint
from PIL import Image
from reading import ROOT, pdf_bookmarks, pdf_pages, plain_data

import rupture
from rupture.writing.combine import combine_into


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """A letter of one page and one of two, in each language; the longer ones with a picture and a table."""
    folder = tmp_path_factory.mktemp("cases")
    Image.new("RGBA", (60, 20), (200, 20, 20, 128)).save(folder / "logo.png")
    made = []
    for name in ("boreal.fr", "quarry.en"):
        data = plain_data(f"{name}.yaml", (ROOT / "examples" / f"{name}.yaml").read_text(encoding="utf-8"))
        longer = data | {"paper": {"logo": {"file": "logo.png", "alt": "Logo"}}, "annex": True}
        for which, content in (("short", data), ("long", longer)):
            path = folder / f"{name}.{which}.json"
            path.write_text(json.dumps(content, default=str), encoding="utf-8")
            made.append(rupture.load(path))
    return made


@pytest.fixture(scope="module")
def letters(cases):
    return [rupture.render(case, "pdf") for case in cases]


@pytest.fixture(scope="module")
def book(letters):
    return rupture.combine(letters)


def opened(written):
    return pikepdf.open(BytesIO(written))


def title_of(written):
    with opened(written) as pdf:
        return str(pdf.docinfo.Title)


def tags(element):
    """Return the tags below an element, as nested lists of their kind and what they hold."""
    if not isinstance(element, pikepdf.Object):
        return element
    if isinstance(element, pikepdf.Array):
        return [tags(each) for each in element]
    return [str(element.S), str(element.get("/Alt", "")), tags(element.get("/K", pikepdf.Array()))]


def strays(pdf):
    """Return what contradicts itself in the tags: content whose tag stands on another page or does not hold it."""
    numbers = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    held = 0
    wrong = []
    for index, page in enumerate(pdf.pages):
        if "/Contents" not in page:
            continue
        for mark, tag in enumerate(numbers[page.obj.StructParents]):
            held += 1
            if tag.Pg.objgen != page.obj.objgen or mark not in [int(k) for k in tag.K if isinstance(k, int)]:
                wrong.append((index, mark))
    assert held > 40
    return wrong


def cells(element, found):
    """Collect the names of the head cells of all tables, and those that other cells refer to."""
    named, referred = found
    for each in element.get("/K", ()):
        if isinstance(each, pikepdf.Dictionary):
            named += [str(each.ID)] if "/ID" in each else []
            referred.update(map(str, each.get("/A", pikepdf.Dictionary()).get("/Headers", ())))
            cells(each, found)
    return found


class TestBook:
    """Nothing of a letter is lost or mixed up with another, whoever reads it."""

    def test_every_page_in_order(self, letters, book):
        expected = [page for letter in letters for page in pdf_pages(letter)]
        assert pdf_pages(book) == expected
        assert len(expected) == 6

    def test_each_letter_counts_its_own_pages(self, book):
        assert ["2 / 2" in text for _, text in pdf_pages(book)] == [False, False, True, False, False, True]

    def test_tags(self, letters, book):
        with opened(book) as pdf:
            assert pdf.check_pdf_syntax() == []
            assert strays(pdf) == []
            (document,) = pdf.Root.StructTreeRoot.K
            assert [(str(part.S), str(part.Lang)) for part in document.K] == [
                *[("/Part", "fr-FR")] * 2,
                *[("/Part", "en-US")] * 2,
            ]
            for part, letter in zip(document.K, letters, strict=True):
                with opened(letter) as single:
                    assert tags(part.K) == tags(single.Root.StructTreeRoot.K[0].K)

    def test_strays_are_found(self, book):
        with opened(book) as pdf:
            numbers = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
            first, second = numbers[0], numbers[1]
            for index in range(3):
                first[index] = second[index]
            assert len(strays(pdf)) == 3

    def test_names_within_a_table_stay_within_it(self, letters, book):
        with opened(book) as pdf, opened(letters[1]) as single:
            named, referred = cells(pdf.Root.StructTreeRoot, ([], set()))
            assert len(named) == len(set(named)) == 2 * len(cells(single.Root.StructTreeRoot, ([], set()))[0]) > 0
            assert referred == set(named)

    def test_what_it_says_of_itself(self, book):
        with opened(book) as pdf:
            with pdf.open_metadata() as metadata:
                assert metadata["dc:title"] == "Atelier Nord, lettres"
                assert metadata["pdfuaid:part"] == "1"
            assert str(pdf.docinfo.Title) == "Atelier Nord, lettres"
            assert str(pdf.Root.Lang) == "fr-FR"
            assert pdf.Root.ViewerPreferences.DisplayDocTitle

    def test_bookmarks(self, letters, book):
        own = [title_of(letter) for letter in letters]
        assert pdf_bookmarks(book) == list(zip(own, (0, 1, 3, 4), strict=True))
        named = rupture.combine(letters, bookmarks=["Boréal (1)", "Δέλτα"], title="Tout")
        assert [title for title, _ in pdf_bookmarks(named)] == ["Boréal (1)", "Δέλτα", *own[2:]]
        assert title_of(named) == "Tout"

    def test_double_sided(self, letters):
        made = pdf_pages(rupture.combine(letters, double_sided=True))
        own = [pdf_pages(letter) for letter in letters]
        blank = [(own[0][0][0], "")], [], [(own[2][0][0], "")], []
        assert made == [page for letter, after in zip(own, blank, strict=True) for page in (*letter, *after)]

    def test_the_same_bytes(self, letters, book, tmp_path):
        for number, letter in enumerate(letters):
            (tmp_path / f"{number}.pdf").write_bytes(letter)
        assert rupture.combine(sorted(tmp_path.iterdir())) == book
        assert rupture.combine(reversed(letters)) != book

    def test_what_is_alike_is_there_once(self, letters):
        alone, twice = (rupture.combine([letters[1]] * times) for times in (1, 2))
        for written in (alone, twice):
            with opened(written) as pdf:
                kinds = [str(each.get("/Subtype", "")) for each in pdf.objects if isinstance(each, pikepdf.Stream)]
                assert kinds.count("/Image") == 1
        assert len(twice) < 1.5 * len(alone)

    def test_written_as_it_is_read(self, letters):
        file, sizes = BytesIO(), []

        def watched():
            for _ in range(40):
                sizes.append(file.tell())
                yield letters[0]
            sizes.append(file.tell())

        combine_into(file, watched())
        waited = max(later - earlier for earlier, later in pairwise(sizes))
        assert sizes[-1] > 0.8 * file.tell()  # what is left for the end is small
        assert waited < 2 * len(letters[0])


class TestRefused:
    """What rupture did not write is refused by its name, and never half copied."""

    @pytest.mark.parametrize(
        ("made", "told"),
        [
            (lambda _: b"plain text", "letter 2: not readable as PDF"),
            (lambda letter: letter[: len(letter) // 2], "letter 2: not readable as PDF"),
            (lambda _: weasyprint.HTML(string="<p>x").write_pdf(), "letter 2: not tagged as the PDFs of rupture are"),
            (lambda _: Path("nowhere.pdf"), "nowhere.pdf: cannot be read: No such file"),
        ],
    )
    def test_not_ours(self, letters, made, told):
        with pytest.raises(rupture.InputError, match=told):
            rupture.combine([letters[0], made(letters[1])])

    def test_none(self):
        with pytest.raises(rupture.InputError, match="no letter to combine"):
            rupture.combine([])

    def test_damaged_anywhere(self, letters):
        dice, refused = random.Random(7), 0  # noqa: S311  no secret
        for _ in range(50):
            damaged = bytearray(letters[0])
            for _ in range(dice.randrange(1, 12)):
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            try:
                rupture.combine([letters[0], bytes(damaged)])
            except rupture.InputError:
                refused += 1
        assert refused > 15
