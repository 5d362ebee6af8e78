"""One PDF of many letters: whole, tagged, in order, the same each time, and put in its place in one step."""

from __future__ import annotations

import errno
import json
import random
import signal
import subprocess
import sys
import time
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import weasyprint
from click.testing import CliRunner
from PIL import Image
from reading import ROOT, pdf_text, plain_data
from validators import need, verapdf, verdicts

import rupture
from rupture.cli import main as cli
from rupture.merging import journal, run
from rupture.merging.journal import LETTERS
from rupture.writing.combine import combine_into

MERGE = ROOT / "examples" / "merge"
BASE, CLIENTS = MERGE / "base.yaml", MERGE / "clients.csv"


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """A letter of one page and one of two, in each language; the longer ones with a picture and a table."""
    folder = tmp_path_factory.mktemp("cases")
    Image.new("RGBA", (60, 20), (200, 20, 20, 128)).save(folder / "logo.png")
    made = []
    for name in ("boreal.fr", "quarry.en"):
        data = plain_data(f"{name}.yaml", (ROOT / "examples" / f"{name}.yaml").read_text(encoding="utf-8"))
        longer = data | {"identity": {"logo": {"file": "logo.png", "alt": "Logo"}}, "annex": True}
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


def pages(written):
    """Return size and text of each page."""
    with pypdfium2.PdfDocument(written) as pdf:
        return [(page.get_size(), page.get_textpage().get_text_range()) for page in pdf]


def bookmarks(written):
    """Return the title of each bookmark and the index of its page."""
    with pypdfium2.PdfDocument(written) as pdf:
        return [(mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc()]


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
        expected = [page for letter in letters for page in pages(letter)]
        assert pages(book) == expected
        assert len(expected) == 6

    def test_each_letter_counts_its_own_pages(self, book):
        assert ["2 / 2" in text for _, text in pages(book)] == [False, False, True, False, False, True]

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
        assert bookmarks(book) == list(zip(own, (0, 1, 3, 4), strict=True))
        named = rupture.combine(letters, bookmarks=["Boréal (1)", "Δέλτα"], title="Tout")
        assert [title for title, _ in bookmarks(named)] == ["Boréal (1)", "Δέλτα", *own[2:]]
        assert title_of(named) == "Tout"

    def test_double_sided(self, letters):
        made = pages(rupture.combine(letters, double_sided=True))
        own = [pages(letter) for letter in letters]
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
        for _ in range(150):
            damaged = bytearray(letters[0])
            for _ in range(dice.randrange(1, 12)):
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            try:
                rupture.combine([letters[0], bytes(damaged)])
            except rupture.InputError:
                refused += 1
        assert refused > 50


class TestValid:
    """veraPDF finds no fault in it."""

    def test_accessible_and_archived(self, cases, letters, tmp_path):
        need("veraPDF", verapdf())
        archived = rupture.combine([rupture.render(case, "pdf", archive=True) for case in cases], double_sided=True)
        told = [
            *verdicts({"single": rupture.combine(letters)}, ["ua1"], tmp_path),
            *verdicts({"double": rupture.combine(letters, double_sided=True)}, ["ua1"], tmp_path),
            *verdicts({"archived": archived}, ["ua1", "3a"], tmp_path),
        ]
        assert [(verdict.name, verdict.faults) for verdict in told if not verdict.ok] == []
        assert len(told) == 4


ROWS = 5


def call(*arguments, data=CLIENTS, limit=ROWS):
    options = ["render", str(BASE), "--data", str(data), "--limit", str(limit), *map(str, arguments)]
    return CliRunner().invoke(cli.command, options)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(scope="module")
def beside(tmp_path_factory):
    """A folder with single letters and all of them in one."""
    folder = tmp_path_factory.mktemp("beside")
    done = call("--combined", "all.pdf", "-o", folder)
    assert (done.exit_code, done.stdout) == (0, f"{ROWS} letters, together in all.pdf ({ROWS} pages)\n"), done.output
    return folder


class TestRun:
    """A run of many letters gives it beside them or instead of them, and loses nothing when it is stopped."""

    def test_beside(self, beside):
        assert names(beside) == sorted(["all.pdf", "manifest.json", *(f"{row}.pdf" for row in range(2, ROWS + 2))])
        files = json.loads((beside / "manifest.json").read_text(encoding="utf-8"))["files"]
        for name in set(names(beside)) - {"manifest.json"}:
            assert files[name] == sha256((beside / name).read_bytes()).hexdigest()
        made = (beside / "all.pdf").read_bytes()
        assert pages(made) == [page for row in range(2, ROWS + 2) for page in pages(beside / f"{row}.pdf")]
        assert [title for title, _ in bookmarks(made)][:2] == ["Lark Joinery", "Ash Catering"]

    def test_instead(self, beside, tmp_path):
        done = call("--combined", "all.pdf", "--combined-only", "-o", tmp_path)
        assert done.exit_code == 0, done.output
        assert names(tmp_path) == ["all.pdf", "manifest.json"]
        assert list(json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["files"]) == ["all.pdf"]
        assert (tmp_path / "all.pdf").read_bytes() == (beside / "all.pdf").read_bytes()

    def test_beside_another_format_and_double_sided(self, tmp_path):
        done = call("--combined", "all.pdf", "--double-sided", "--to", "txt", "-o", tmp_path, limit=2)
        assert done.exit_code == 0, done.output
        assert names(tmp_path) == ["2.txt", "3.txt", "all.pdf", "manifest.json"]
        assert [bool(text) for _, text in pages(tmp_path / "all.pdf")] == [True, False, True, False]

    def test_rows_that_fail_are_left_out(self, tmp_path):
        rows = ["recipient.organisation,thanks.for", "Abbey,the tea", "Birch,nothing; you are liars", "Cedar,the milk"]
        (tmp_path / "c.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        done = call("--combined", "all.pdf", "-o", tmp_path / "out", data=tmp_path / "c.csv")
        assert done.exit_code == 1
        assert done.stdout.startswith("2 letters, combined in all.pdf (2 pages); 1 row failed, see report.csv")
        assert bookmarks(tmp_path / "out" / "all.pdf") == [("Abbey", 0), ("Cedar", 1)]
        (tmp_path / "c.csv").write_text("\n".join(rows[::2]) + "\n", encoding="utf-8")
        done = call("--combined", "all.pdf", "--combined-only", "-o", tmp_path / "none", data=tmp_path / "c.csv")
        assert done.exit_code == 1
        assert names(tmp_path / "none") == ["manifest.json", "report.csv"]

    def test_a_client_of_that_name(self, tmp_path):
        (tmp_path / "c.csv").write_text("recipient.organisation\nAll\nBirch\n", encoding="utf-8")
        options = ("--combined", "all.pdf", "--name", "{recipient.organisation}", "-o", tmp_path / "out")
        assert call(*options, data=tmp_path / "c.csv").exit_code == 0
        assert names(tmp_path / "out") == ["All-2.pdf", "Birch.pdf", "all.pdf", "manifest.json"]
        assert len(pages(tmp_path / "out" / "all.pdf")) == 2

    def test_dry_run(self, tmp_path):
        done = call("--combined", "all.pdf", "--dry-run", "-o", tmp_path / "out")
        assert f"{ROWS} letters would be written and combined in all.pdf, 0 rows would fail" in done.stdout
        assert not (tmp_path / "out").exists()

    @pytest.mark.parametrize(
        ("options", "told"),
        [
            (("--combined-only",), "--combined-only goes with --combined"),
            (("--double-sided",), "--double-sided goes with --combined"),
            (("--combined", "a.pdf", "--combined-only", "--to", "pdf"), "leave out --to"),
            (("--combined", "elsewhere/a.pdf"), "name a PDF in the folder, such as all.pdf"),
            (("--combined", "a.txt"), "name a PDF in the folder, such as all.pdf"),
            (("--combined", ".pdf"), "name a PDF in the folder, such as all.pdf"),
        ],
    )
    def test_options_that_contradict_each_other(self, tmp_path, options, told):
        done = call(*options, "-o", tmp_path / "out")
        assert told in str(done.exception)
        assert isinstance(done.exception, rupture.InputError)
        assert not (tmp_path / "out").exists()

    def test_without_data(self, tmp_path):
        done = CliRunner().invoke(cli.command, ["render", str(BASE), "--combined", "a.pdf", "-o", str(tmp_path)])
        assert "--combined goes with --data" in str(done.exception)

    def test_an_older_one_is_kept(self, tmp_path):
        (tmp_path / "all.pdf").write_bytes(b"older")
        done = call("--combined", "all.pdf", "-o", tmp_path, limit=1)
        assert "all.pdf: exists already; add --overwrite" in str(done.exception)
        assert names(tmp_path) == ["all.pdf"]
        assert call("--combined", "all.pdf", "-o", tmp_path, "--overwrite", limit=1).exit_code == 0
        assert len(pages(tmp_path / "all.pdf")) == 1

    @pytest.mark.parametrize(
        ("happens", "code"),
        [(KeyboardInterrupt(), 130), (OSError(errno.ENOSPC, "No space left on device"), 1)],
        ids=["Ctrl-C", "the disk is full"],
    )
    @pytest.mark.parametrize("only", [(), ("--combined-only",)], ids=["beside", "instead"])
    def test_stopped_while_it_is_put_together(  # noqa: PLR0913, PLR0917  three fixtures
        self, beside, tmp_path, monkeypatch, happens, code, only
    ):
        def stopped(file, letters, **_):
            file.write(b"%PDF-1.7 half of it")
            next(iter(letters))
            raise happens

        options = ("--combined", "all.pdf", "-o", tmp_path, *only)
        with monkeypatch.context() as patched:
            patched.setattr(run, "combine_into", stopped)
            done = call(*options)
        assert done.exit_code == code
        if code == 1:
            assert "No space left on device; what is done stays done: add --resume" in str(done.exception)
        assert "all.pdf" not in names(tmp_path)
        with monkeypatch.context() as patched:
            patched.setattr(journal, "write_file", _only_these({"manifest.json"}))  # no letter is written again
            assert call(*options, "--resume").exit_code == 0
        assert (tmp_path / "all.pdf").read_bytes() == (beside / "all.pdf").read_bytes()
        assert names(tmp_path) == (["all.pdf", "manifest.json"] if only else names(beside))

    def test_killed(self, tmp_path):
        whole, broken = tmp_path / "whole", tmp_path / "broken"
        options = ("--combined", "all.pdf", "--combined-only", "-o")
        assert call(*options, whole, limit=60).exit_code == 0
        plain = ["render", str(BASE), "--data", str(CLIENTS), "--limit", "60", "--jobs", "2", *options, str(broken)]
        arguments = [sys.executable, "-m", "rupture", *plain]
        process = subprocess.Popen(arguments, stderr=subprocess.PIPE)
        while process.poll() is None and not sum(1 for _ in broken.glob(f"{LETTERS}/*.pdf")):
            time.sleep(0.01)
        process.kill()
        process.communicate(timeout=60)  # ends when its workers do, who hold the other end
        assert process.returncode == -signal.SIGKILL
        assert not (broken / "all.pdf").exists()
        finished = list(broken.glob(f"{LETTERS}/*.pdf"))
        assert 0 < len(finished) < 60
        assert all("Ousegate" in pdf_text(path.read_bytes()) for path in finished)
        done = subprocess.run([*arguments, "--resume"], check=False, capture_output=True)
        assert done.returncode == 0, done.stderr
        for name in ("all.pdf", "manifest.json"):
            assert (broken / name).read_bytes() == (whole / name).read_bytes()
        assert names(broken) == names(whole) == ["all.pdf", "manifest.json"]


def _only_these(allowed):
    plain = journal.write_file

    def write(path, content, **more):
        assert path.name in allowed
        plain(path, content, **more)

    return write
