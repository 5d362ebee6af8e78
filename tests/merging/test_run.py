"""A merge, called in this process: what a run writes, reports, refuses and continues."""

from __future__ import annotations

import csv
import json
from hashlib import sha256

import pytest
from calling import call
from reading import ROOT, fold

from rupture.merging import journal
from rupture.merging.journal import JOURNAL
from rupture.merging.manifest import MANIFEST

MERGE = ROOT / "examples" / "merge"
BASE, CLIENTS = MERGE / "base.yaml", MERGE / "clients.csv"


def merge(out, *more, data=CLIENTS):
    return call("render", BASE, "--data", data, "--to", "txt", "-o", out, *more)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def table(tmp_path):
    """A table of these lines."""

    def write(*lines):
        (tmp_path / "c.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return tmp_path / "c.csv"

    return write


class TestRun:
    """A run writes every letter it can, and reports the others."""

    def test_every_letter_is_in_the_manifest(self, tmp_path):
        done = merge(tmp_path, "--name", "{recipient.organisation}", "--limit", "12")
        assert (done.returncode, done.text) == (0, "12 letters\n"), done.complaint
        assert "12 of 12 rows" in done.complaint
        manifest = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
        assert len(manifest["files"]) == 12
        for name, digest in manifest["files"].items():
            assert sha256((tmp_path / name).read_bytes()).hexdigest() == digest
        assert contents(tmp_path).keys() == {*manifest["files"], MANIFEST}
        again = merge(tmp_path)
        assert again.returncode == 2
        assert "holds the letters of another run" in again.complaint

    def test_one_letter(self, tmp_path, table):
        done = merge(tmp_path / "out", data=table("recipient.organisation", "Abbey"))
        assert done.text == "1 letter\n"
        assert "1 of 1 row, " in done.complaint

    def test_columns_of_people_money_and_own_sentences(self, tmp_path, table):
        base = tmp_path / "base.yaml"
        money = "money:\n  - {what: the balance, amount: 1, by: 2027-03-31}\n"
        base.write_text(BASE.read_text(encoding="utf-8") + money, encoding="utf-8")
        data = table(
            "recipient.organisation,recipient.person.name,recipient.person.title,money[0].amount,matters[1].by,say.regret",
            'Abbey,Ada Stone,Mrs,"1,250.50",2027-03-12,I know that this comes at a busy time.',
            "Birch,Ben Wood,,80,2027-03-19,",
        )
        done = call("render", base, "--data", data, "--to", "txt", "-o", tmp_path / "out")
        assert (done.returncode, done.text) == (0, "2 letters\n"), done.complaint
        first, second = ((tmp_path / "out" / f"{row}.txt").read_text(encoding="utf-8") for row in (2, 3))
        assert "Dear Mrs Stone" in fold(first)
        assert "£1,250.50" in fold(first)
        assert "12 March 2027" in fold(first)
        assert "I know that this comes at a busy time." in fold(first)
        assert "£80" in second
        assert "busy" not in second

    def test_broken_rows(self, tmp_path):
        head, *rows = CLIENTS.read_text(encoding="utf-8").splitlines()[:8]
        lines = [f"{head},end.date", *(f"{row},2027-03-31" for row in rows)]
        lines[2] = lines[2].rpartition(",")[0] + ",=1+1"
        lines[4] += ",one cell too many"
        lines[6] = lines[6].replace("OB-", "You never pay, you liars: ")
        (tmp_path / "c.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        rehearsed = merge(tmp_path / "out", "--dry-run", data=tmp_path / "c.csv")
        assert rehearsed.returncode == 1
        assert "4 letters would be written, 3 rows would fail; nothing was written" in rehearsed.text
        assert not (tmp_path / "out").exists()
        done = merge(tmp_path / "out", data=tmp_path / "c.csv")
        assert done.returncode == 1, done.complaint
        assert done.text.startswith("4 letters; 3 rows failed, see report.csv")
        text = (tmp_path / "out" / "report.csv").read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(text.splitlines()))
        assert [row["row"] for row in rows] == ["3", "5", "7"]
        assert (rows[0]["column"], rows[0]["field"]) == ("7", "end.date")
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())

    def test_columns_that_are_not_fields(self, tmp_path, table):
        data = table("Client,Notes", "Boréal,x")
        bad = merge(tmp_path / "out", data=data)
        assert bad.returncode == 2
        assert "column 'Client' is not a field of a case" in bad.complaint
        good = merge(tmp_path / "out", "--map", "Client=recipient.organisation", "--map", "Notes=", data=data)
        assert good.returncode == 0, good.complaint
        assert "Boréal" in (tmp_path / "out" / "2.txt").read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("more", "complaint"),
        [
            (("--name", "{client}"), "is not a field of a case"),
            (("--map", "x=y"), "has no such column"),
            (("--map", "=y"), "expected COLUMN=FIELD"),
            (("-o", "-"), "a merge writes many files"),
            (("-o", str(BASE)), "a merge writes many files"),
            (("-o", f"{BASE}/out"), "cannot be written: Not a directory"),
        ],
    )
    def test_wrong_options(self, tmp_path, more, complaint):
        done = merge(tmp_path / "out", *more)
        assert done.returncode == 2
        assert complaint in done.complaint
        assert list(tmp_path.iterdir()) == []


class TestStopped:
    """A run that is stopped in mid-letter says so, and continues to what an undisturbed run gives."""

    def test_stop_and_resume(self, tmp_path, monkeypatch):
        options = ("--limit", "12", "--name", "{recipient.organisation}", "--set", "date=2026-11-20")
        whole, broken = tmp_path / "whole", tmp_path / "broken"
        assert merge(whole, *options).text == "12 letters\n"
        written, plain = [], journal.write_file

        def stopped_at_the_fifth(path, content, **more):
            written.append(path)
            if len(written) == 6:  # the journal is the first
                raise KeyboardInterrupt
            plain(path, content, **more)

        monkeypatch.setattr(journal, "write_file", stopped_at_the_fifth)
        stopped = merge(broken, *options)
        assert (stopped.returncode, stopped.text) == (130, "")
        assert "stopped after 4 letters; add --resume to continue" in stopped.complaint
        monkeypatch.setattr(journal, "write_file", plain)
        with (broken / JOURNAL).open("a", encoding="utf-8") as file:
            file.write('{"row": 99, "fi')  # the process died in the middle of a line
        refused = merge(broken, *options)
        assert refused.returncode == 2
        assert "add --resume to continue" in refused.complaint
        assert "is of another run" in merge(broken, *options, "--set", "place=Leeds", "--resume").complaint
        done = merge(broken, *options, "--resume")
        assert (done.returncode, done.text) == (0, "12 letters\n")
        assert contents(broken) == contents(whole)
