"""Many letters: the rows of a table, the run that loses nothing, and cases fed to any executor."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from hashlib import sha256
from multiprocessing import get_context

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from reading import ROOT

import rupture
from rupture.cli import main as cli
from rupture.merging import journal, run
from rupture.merging import pool as many
from rupture.merging.pool import BATCH
from rupture.merging.rows import safe_name
from rupture.merging.tables import open_table

MERGE = ROOT / "examples" / "merge"
BASE, CLIENTS = MERGE / "base.yaml", MERGE / "clients.csv"


def command(*arguments, **more):
    return subprocess.run(
        [sys.executable, "-m", "rupture", "render", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **more,
    )


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".txt"}


def _heed_interrupts():
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a test run in the background ignores them, and hands that down


class TestTables:
    """Rows are read as spreadsheets write them, and how they were read is said."""

    @pytest.mark.parametrize(
        ("written", "note"),
        [
            ("a;b\n1;é\n".encode(), "read as UTF-8, separated by semicolons"),
            ("a;b\r\n1;é\r\n".encode("utf-8-sig"), "read as UTF-8, separated by semicolons"),
            ("a;b;;\n1;é;;\n\n;;;\n".encode("cp1252"), "read as Windows-1252 (not UTF-8), separated by semicolons"),
            ("a,b\n1,é\n".encode(), "read as UTF-8, separated by commas"),
            ('a\tb\n1\t"é"\n'.encode(), "read as UTF-8, separated by tabs"),
        ],
    )
    def test_csv(self, tmp_path, written, note):
        (tmp_path / "t.csv").write_bytes(written)
        table = open_table(tmp_path / "t.csv")
        assert (table.columns, table.note) == (("a", "b"), note)
        assert [(row.number, dict(row.cells)) for row in table.read()] == [(2, {"a": "1", "b": "é"})]

    def test_a_row_with_too_many_cells_does_not_stop_the_others(self, tmp_path):
        (tmp_path / "t.csv").write_text("a,b\n1,2\n1,2,3\n4,5\n", encoding="utf-8")
        rows = list(open_table(tmp_path / "t.csv").read())
        assert [bool(row.wrong) for row in rows] == [False, True, False]
        assert "3 cells, but 2 columns" in str(rows[1].wrong)

    def test_json_lines(self, tmp_path):
        (tmp_path / "t.jsonl").write_text('{"a": {"b": [{"c": 1}, null]}, "d": true}\nnonsense\n', encoding="utf-8")
        first, second = open_table(tmp_path / "t.jsonl").read()
        assert dict(first.cells) == {"a.b[0].c": "1", "d": "true"}
        assert "not readable as JSON" in str(second.wrong)

    def test_xlsx(self, tmp_path):
        sheet = (
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c>'
            '<c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'
            '<row r="2"><c r="A2"><v>12</v></c>'
            '<c r="B2" t="inlineStr"><is><t>é</t></is></c></row></sheetData></worksheet>'
        )
        main = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        parts = {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{main}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            f'xmlns:r="{main}"><sheets><sheet name="Clients" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="r1" Type="{main}/worksheet" Target="worksheets/s.xml"/></Relationships>',
            "xl/worksheets/s.xml": sheet,
        }
        with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
        table = open_table(tmp_path / "t.xlsx")
        assert "Clients" in table.note
        assert [(row.number, dict(row.cells)) for row in table.read()] == [(2, {"a": "12", "b": "é"})]

    @pytest.mark.parametrize(
        ("name", "written", "told"),
        [
            ("t.csv", b"", "the file is empty"),
            ("t.csv", b"a,a\n1,2\n", "this column is there twice"),
            ("t.csv", b"a,,b\n1,2,3\n", "column 2 has no name"),
            ("t.ods", b"", "rows come from .csv, .xlsx or .jsonl"),
            ("t.xlsx", b"nonsense", "not readable as XLSX"),
        ],
    )
    def test_a_bad_table(self, tmp_path, name, written, told):
        (tmp_path / name).write_bytes(written)
        with pytest.raises(rupture.InputError, match=told):
            open_table(tmp_path / name)


class TestNames:
    """A file name that comes from data is safe on every system."""

    @given(st.text(max_size=300))
    def test_safe(self, text):
        name = safe_name(text)
        assert len(name.encode()) <= 121
        assert not re.search(r'[/\\:*?"<>|\x00-\x1f]', name)
        assert not name.startswith((".", " "))
        assert name.partition(".")[0].casefold() not in {"con", "nul", "aux", "prn", "com1", "lpt9"}


class TestRun:
    """A run writes every letter it can, reports the others, and can be stopped at any moment."""

    def test_two_hundred_letters(self, tmp_path):
        done = command(BASE, "--data", CLIENTS, "--to", "txt", "-o", tmp_path, "--name", "{recipient.organisation}")
        assert (done.returncode, done.stdout) == (0, "200 letters\n"), done.stderr
        assert "200 of 200 rows" in done.stderr
        manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
        assert len(manifest["files"]) == 200
        for name, digest in manifest["files"].items():
            assert sha256((tmp_path / name).read_bytes()).hexdigest() == digest
        assert {path.name for path in tmp_path.iterdir()} == {*manifest["files"], "manifest.json"}
        again = command(BASE, "--data", CLIENTS, "--to", "txt", "-o", tmp_path)
        assert again.returncode == 2
        assert "holds the letters of another run" in again.stderr

    def test_three_broken_rows(self, tmp_path):
        lines = CLIENTS.read_text(encoding="utf-8").splitlines()
        lines[4] = lines[4].rpartition(",")[0] + ",=1+1"
        lines[100] += ",one cell too many"
        lines[150] = lines[150].replace("OB-", "You never pay, you liars: ")
        (tmp_path / "c.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = command(BASE, "--data", tmp_path / "c.csv", "--to", "txt", "-o", tmp_path / "out")
        assert done.returncode == 1, done.stderr
        assert done.stdout.startswith("197 letters; 3 rows failed, see report.csv")
        text = (tmp_path / "out" / "report.csv").read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(text.splitlines()))
        assert [row["row"] for row in rows] == ["5", "101", "151"]
        assert rows[0]["column"] == "6"
        assert rows[0]["field"] == "relationship.since"
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())

    def test_dry_run_and_limit(self, tmp_path):
        done = command(BASE, "--data", CLIENTS, "-o", tmp_path / "out", "--dry-run", "--limit", "3")
        assert done.returncode == 0
        assert "3 letters would be written, 0 rows would fail; nothing was written" in done.stdout
        assert not (tmp_path / "out").exists()

    def test_columns_that_are_no_fields(self, tmp_path):
        (tmp_path / "c.csv").write_text("Client,Notes\nBoréal,x\n", encoding="utf-8")
        bad = command(BASE, "--data", tmp_path / "c.csv", "-o", tmp_path / "out")
        assert bad.returncode == 2
        assert "column 'Client' is no field of a case" in bad.stderr
        maps = ("--map", "Client=recipient.organisation", "--map", "Notes=")
        good = command(BASE, "--data", tmp_path / "c.csv", "-o", tmp_path / "out", "--to", "txt", *maps)
        assert good.returncode == 0, good.stderr
        assert "Boréal" in (tmp_path / "out" / "2.txt").read_text(encoding="utf-8")

    def test_two_processes_write_the_same(self, tmp_path):
        for jobs in ("1", "2"):
            done = command(
                *(BASE, "--data", CLIENTS, "--to", "txt", "-o", tmp_path / jobs, "--limit", "60", "--jobs", jobs)
            )
            assert done.returncode == 0, done.stderr
        assert contents(tmp_path / "1") == contents(tmp_path / "2")
        assert len(contents(tmp_path / "1")) == 60

    @pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["killed", "stopped"])
    def test_resume(self, tmp_path, how):
        whole, broken = tmp_path / "whole", tmp_path / "broken"
        options = (BASE, "--data", CLIENTS, "--to", "txt", "--set", "date=2026-11-20")
        assert command(*options, "-o", whole).returncode == 0
        arguments = [sys.executable, "-m", "rupture", "render", *map(str, (*options, "-o", broken))]
        process = subprocess.Popen(
            arguments,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=_heed_interrupts,  # noqa: PLW1509  no thread runs here
        )
        while process.poll() is None and (not broken.exists() or sum(1 for _ in broken.iterdir()) < 40):
            time.sleep(0.01)
        process.send_signal(how)
        process.communicate()
        assert process.returncode == (-signal.SIGKILL if how == signal.SIGKILL else 130)
        partial = contents(broken)
        assert 0 < len(partial) < 200
        assert all(contents(whole)[name] == content for name, content in partial.items())
        refused = command(*options, "-o", broken)
        assert refused.returncode == 2
        assert "add --resume to go on" in refused.stderr
        other = command(*options, "--set", "place=Leeds", "-o", broken, "--resume")
        assert "is of another run" in other.stderr
        done = command(*options, "-o", broken, "--resume")
        assert done.returncode == 0, done.stderr
        assert contents(broken) == contents(whole)
        assert (broken / "manifest.json").read_bytes() == (whole / "manifest.json").read_bytes()

    def test_a_folder_that_cannot_be_written(self, tmp_path):
        (tmp_path / "file").write_text("x", encoding="utf-8")
        done = command(BASE, "--data", CLIENTS, "-o", tmp_path / "file" / "out")
        assert done.returncode == 2
        assert "Traceback" not in done.stderr


def _end_worker(*_):
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(scope="module")
def cases():
    return [rupture.load(BASE, changes=[f"recipient.organisation=Client {n}"]) for n in range(60)]


class TestRenderMany:
    """Cases are taken as they are needed, and come back in their order, from any executor."""

    @pytest.mark.parametrize("kind", ["none", "threads", "processes"])
    def test_in_order(self, cases, kind):
        executor = {
            "none": lambda: None,
            "threads": lambda: ThreadPoolExecutor(2),
            "processes": lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
        }[kind]()
        results = list(rupture.render_many(cases, ["txt"], executor))
        if executor:
            executor.shutdown()
        assert [result.index for result in results] == list(range(60))
        assert all(f"Client {n}\n" in result.files["txt"].decode() for n, result in enumerate(results))

    def test_a_failure_stops_nobody(self, cases):
        angry = rupture.load(BASE, changes=["thanks.for=nothing, you liars"])
        first, second, third = rupture.render_many([cases[0], angry, cases[1]], ["txt"])
        assert first.files
        assert third.files
        assert not second.files
        assert any(finding.severity == "error" for finding in second.findings)

    def test_lazily_fed(self, cases):
        taken = []

        def feed():
            for n in range(10_000):
                taken.append(n)
                yield cases[n % 60]

        with ThreadPoolExecutor(1) as executor:
            results = rupture.render_many(feed(), ["txt"], executor)
            assert next(results).index == 0
            assert len(taken) <= BATCH * 17
            results.close()

    def test_a_pool_that_breaks_loses_nothing(self, cases, caplog):
        class Killed(ProcessPoolExecutor):
            def submit(self, do, *arguments):
                submitted.append(do)
                return super().submit(_end_worker if len(submitted) == 2 else do, *arguments)

        submitted = []
        with Killed(1, mp_context=get_context("spawn")) as executor:
            results = list(rupture.render_many(cases * 2, ["txt"], executor, ahead=2))
        assert [result.index for result in results] == list(range(120))
        assert all(f"Client {n % 60}\n" in result.files["txt"].decode() for n, result in enumerate(results))
        assert len(submitted) == 5  # a pool that broke refuses those that come after, too
        told = [record.getMessage() for record in caplog.records]
        assert ["BrokenProcessPool" in message for message in told] == [True] * 4

    def test_a_fault_of_the_program_is_seen(self, cases, monkeypatch):
        monkeypatch.setattr(many, "_render", lambda *_: 1 / 0)
        with ThreadPoolExecutor(1) as executor, pytest.raises(ZeroDivisionError):
            list(rupture.render_many(cases, ["txt"], executor))

    def test_a_killed_worker_loses_nothing(self, cases):
        class Dying(ThreadPoolExecutor):
            def submit(self, *_, **__):
                future = Future()
                future.set_exception(BrokenExecutor("killed"))
                return future

        results = list(rupture.render_many(cases, ["txt"], Dying(1)))
        assert [result.index for result in results] == list(range(60))
        assert all(result.files for result in results)


class TestInOneProcess:
    """The same, called and not run: what a run does, step by step."""

    @staticmethod
    def run(*arguments):
        return CliRunner().invoke(cli.command, ["render", str(BASE), "--data", str(CLIENTS), *map(str, arguments)])

    def test_write_stop_and_resume(self, tmp_path, monkeypatch):
        done = self.run("--to", "txt", "-o", tmp_path / "whole", "--limit", "12", "--name", "{recipient.organisation}")
        assert (done.exit_code, done.stdout) == (0, "12 letters\n")
        written, plain = [], journal.write_file

        def stopped_at_the_fifth(path, content, **more):
            written.append(path)
            if len(written) == 6:  # the journal is the first
                raise KeyboardInterrupt
            plain(path, content, **more)

        options = ("--to", "txt", "-o", tmp_path / "broken", "--limit", "12", "--name", "{recipient.organisation}")
        monkeypatch.setattr(journal, "write_file", stopped_at_the_fifth)
        assert self.run(*options).exit_code == 130
        monkeypatch.setattr(journal, "write_file", plain)
        with (tmp_path / "broken" / run.JOURNAL).open("a", encoding="utf-8") as file:
            file.write('{"row": 99, "fi')  # the process died in the middle of a line
        assert isinstance(self.run(*options).exception, rupture.OutputError)
        done = self.run(*options, "--resume")
        assert (done.exit_code, done.stdout) == (0, "12 letters\n")
        assert contents(tmp_path / "broken") == contents(tmp_path / "whole")

    def test_failures_are_reported(self, tmp_path):
        rows = ["recipient.organisation,thanks.for", "Abbey,the tea", "Birch,nothing; you are liars", "Cedar,a,b"]
        (tmp_path / "c.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        arguments = ["render", str(BASE), "--data", str(tmp_path / "c.csv"), "--to", "txt", "-o", str(tmp_path / "out")]
        rehearsed = CliRunner().invoke(cli.command, [*arguments, "--dry-run"])
        assert rehearsed.exit_code == 1
        assert "1 letters would be written, 2 rows would fail; nothing was written" in rehearsed.stdout
        done = CliRunner().invoke(cli.command, arguments)
        assert done.exit_code == 1
        assert done.stdout.startswith("1 letters; 2 rows failed, see report.csv")
        report = (tmp_path / "out" / run.REPORT).read_text(encoding="utf-8-sig")
        assert [row["row"] for row in csv.DictReader(report.splitlines())] == ["3", "4"]

    @pytest.mark.parametrize(
        ("more", "told"),
        [
            (("--name", "{client}"), "is no field of a case"),
            (("--map", "x=y"), "has no such column"),
            (("--map", "=y"), "expected COLUMN=FIELD"),
            (("-o", "-"), "a merge writes many files"),
        ],
    )
    def test_wrong_options(self, tmp_path, more, told):
        done = self.run("-o", tmp_path / "out", *more)
        assert isinstance(done.exception, rupture.InputError)
        assert told in str(done.exception)

    def test_two_alike_get_a_number(self, tmp_path):
        (tmp_path / "c.csv").write_text("recipient.organisation\nAbbey\nABBEY\nAbbey-2\nAbbey\n", encoding="utf-8")
        arguments = ["--data", str(tmp_path / "c.csv"), "--to", "txt", "-o", str(tmp_path / "out")]
        done = CliRunner().invoke(cli.command, ["render", str(BASE), *arguments, "--name", "{recipient.organisation}"])
        assert done.exit_code == 0
        assert len({name.casefold() for name in contents(tmp_path / "out")}) == 4
