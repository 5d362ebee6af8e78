"""The combined PDF of a run: beside the single letters or instead of them, and put into place in one step."""

from __future__ import annotations

import errno
import json
import signal
import subprocess
import sys
from hashlib import sha256

import calling
import pytest
from reading import ROOT, pdf_bookmarks, pdf_pages

from rupture.merging import combined, journal
from rupture.merging.journal import LETTERS

MERGE = ROOT / "examples" / "merge"
BASE, CLIENTS = MERGE / "base.yaml", MERGE / "clients.csv"

ROWS = 3
KILLED = ROOT / "tests" / "support" / "killed.py"


def call(*arguments, data=CLIENTS, limit=ROWS):
    return calling.call("render", BASE, "--data", data, "--limit", limit, *arguments)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(scope="module")
def beside(tmp_path_factory):
    """A folder with single letters and all of them in one."""
    folder = tmp_path_factory.mktemp("beside")
    done = call("--combined", "all.pdf", "-o", folder)
    assert (done.returncode, done.text) == (0, f"{ROWS} letters, combined in all.pdf ({ROWS} pages)\n"), done.complaint
    return folder


class TestRun:
    """A run of many letters gives it beside them or instead of them, and loses nothing when it is stopped."""

    def test_beside(self, beside):
        assert names(beside) == sorted(["all.pdf", "manifest.json", *(f"{row}.pdf" for row in range(2, ROWS + 2))])
        files = json.loads((beside / "manifest.json").read_text(encoding="utf-8"))["files"]
        for name in set(names(beside)) - {"manifest.json"}:
            assert files[name] == sha256((beside / name).read_bytes()).hexdigest()
        made = (beside / "all.pdf").read_bytes()
        assert pdf_pages(made) == [page for row in range(2, ROWS + 2) for page in pdf_pages(beside / f"{row}.pdf")]
        assert [title for title, _ in pdf_bookmarks(made)][:2] == ["Lark Joinery", "Ash Catering"]

    def test_instead(self, beside, tmp_path):
        done = call("--combined", "all.pdf", "--combined-only", "-o", tmp_path)
        assert done.returncode == 0, done.complaint
        assert names(tmp_path) == ["all.pdf", "manifest.json"]
        assert list(json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["files"]) == ["all.pdf"]
        assert (tmp_path / "all.pdf").read_bytes() == (beside / "all.pdf").read_bytes()

    def test_beside_another_format_and_double_sided(self, tmp_path):
        done = call("--combined", "all.pdf", "--double-sided", "--to", "txt", "-o", tmp_path, limit=2)
        assert done.returncode == 0, done.complaint
        assert names(tmp_path) == ["2.txt", "3.txt", "all.pdf", "manifest.json"]
        assert [bool(text) for _, text in pdf_pages(tmp_path / "all.pdf")] == [True, False, True, False]

    def test_rows_that_fail_are_left_out(self, tmp_path):
        rows = ["recipient.organisation,thanks.for", "Abbey,the tea", "Birch,nothing; you are liars", "Cedar,the milk"]
        (tmp_path / "c.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        done = call("--combined", "all.pdf", "-o", tmp_path / "out", data=tmp_path / "c.csv")
        assert done.returncode == 1
        assert done.text.startswith("2 letters, combined in all.pdf (2 pages); 1 row failed, see report.csv")
        assert pdf_bookmarks(tmp_path / "out" / "all.pdf") == [("Abbey", 0), ("Cedar", 1)]
        (tmp_path / "c.csv").write_text("\n".join(rows[::2]) + "\n", encoding="utf-8")
        done = call("--combined", "all.pdf", "--combined-only", "-o", tmp_path / "none", data=tmp_path / "c.csv")
        assert done.returncode == 1
        assert names(tmp_path / "none") == ["manifest.json", "report.csv"]

    def test_a_client_of_that_name(self, tmp_path):
        (tmp_path / "c.csv").write_text("recipient.organisation\nAll\nBirch\n", encoding="utf-8")
        options = ("--combined", "all.pdf", "--name", "{recipient.organisation}", "-o", tmp_path / "out")
        assert call(*options, data=tmp_path / "c.csv").returncode == 0
        assert names(tmp_path / "out") == ["All-2.pdf", "Birch.pdf", "all.pdf", "manifest.json"]
        assert len(pdf_pages(tmp_path / "out" / "all.pdf")) == 2

    def test_dry_run(self, tmp_path):
        done = call("--combined", "all.pdf", "--dry-run", "-o", tmp_path / "out")
        assert f"{ROWS} letters would be written and combined in all.pdf, 0 rows would fail" in done.text
        assert not (tmp_path / "out").exists()

    @pytest.mark.parametrize(
        ("options", "complaint"),
        [
            (("--combined-only",), "--combined-only goes with --combined"),
            (("--double-sided",), "--double-sided goes with --combined"),
            (("--combined", "a.pdf", "--combined-only", "--to", "pdf"), "leave out --to"),
            (("--combined", "elsewhere/a.pdf"), "name a PDF in the folder, such as all.pdf"),
            (("--combined", "a.txt"), "name a PDF in the folder, such as all.pdf"),
            (("--combined", ".pdf"), "name a PDF in the folder, such as all.pdf"),
        ],
    )
    def test_options_that_contradict_each_other(self, tmp_path, options, complaint):
        done = call(*options, "-o", tmp_path / "out")
        assert complaint in done.complaint
        assert done.returncode == 2
        assert not (tmp_path / "out").exists()

    def test_without_data(self, tmp_path):
        done = calling.call("render", BASE, "--combined", "a.pdf", "-o", tmp_path)
        assert "--combined goes with --data" in done.complaint

    def test_an_older_one_is_kept(self, tmp_path):
        (tmp_path / "all.pdf").write_bytes(b"older")
        done = call("--combined", "all.pdf", "-o", tmp_path, limit=1)
        assert "all.pdf: exists already; add --overwrite" in done.complaint
        assert names(tmp_path) == ["all.pdf"]
        assert call("--combined", "all.pdf", "-o", tmp_path, "--overwrite", limit=1).returncode == 0
        assert len(pdf_pages(tmp_path / "all.pdf")) == 1

    @pytest.mark.parametrize(
        ("happens", "code", "only"),
        [(KeyboardInterrupt(), 130, ()), (OSError(errno.ENOSPC, "No space left on device"), 2, ("--combined-only",))],
        ids=["Ctrl-C", "the disk is full"],
    )
    def test_stopped_while_it_is_combined(self, beside, tmp_path, monkeypatch, happens, code, only):  # noqa: PLR0913, PLR0917  three fixtures
        def stopped(file, letters, **_):
            file.write(b"%PDF-1.7 half of it")
            next(iter(letters))
            raise happens

        options = ("--combined", "all.pdf", "-o", tmp_path, *only)
        with monkeypatch.context() as patched:
            patched.setattr(combined, "combine_into", stopped)
            done = call(*options)
        assert done.returncode == code
        if code == 2:
            assert "No space left on device; what is done stays done: add --resume" in done.complaint
        assert "all.pdf" not in names(tmp_path)
        with monkeypatch.context() as patched:
            patched.setattr(journal, "write_file", _only_these({"manifest.json"}))  # no letter is written again
            assert call(*options, "--resume").returncode == 0
        assert (tmp_path / "all.pdf").read_bytes() == (beside / "all.pdf").read_bytes()
        assert names(tmp_path) == (["all.pdf", "manifest.json"] if only else names(beside))

    def test_killed(self, beside, tmp_path):
        options = ("--combined", "all.pdf", "--combined-only", "-o", str(tmp_path))
        data = ("--data", str(CLIENTS), "--limit", str(ROWS))
        third = ("os.rename", "3")  # the second letter: the journal is the first
        command = [sys.executable, str(KILLED), *third, "render", str(BASE), *data, *options]
        assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
        assert not (tmp_path / "all.pdf").exists()
        (finished,) = tmp_path.glob(f"{LETTERS}/*.pdf")
        assert finished.read_bytes() == (beside / "2.pdf").read_bytes()
        done = call(*options, "--resume")
        assert done.returncode == 0, done.complaint
        assert (tmp_path / "all.pdf").read_bytes() == (beside / "all.pdf").read_bytes()
        assert names(tmp_path) == ["all.pdf", "manifest.json"]


def _only_these(allowed):
    plain = journal.write_file

    def write(path, content, **more):
        assert path.name in allowed
        plain(path, content, **more)

    return write
