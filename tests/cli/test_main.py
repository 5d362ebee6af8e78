"""The entry point: every way to end is a message and an exit code, never a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from calling import call
from click.testing import CliRunner

from conftest import EXAMPLES
from rupture import api
from rupture.cli.main import COMMANDS, command

CASE = str(EXAMPLES[0])


class TestExitCodes:
    """Whatever happens, the process ends with a documented code."""

    def test_ctrl_c(self, monkeypatch):
        def interrupted(*_, **__):
            raise KeyboardInterrupt

        monkeypatch.setattr(api, "review", interrupted)
        done = call("check", CASE)
        assert (done.returncode, done.complaint.strip()) == (130, "error: stopped")

    def test_broken_pipe(self):
        for arguments in (["--help"], ["reasons"]):
            reader, writer = os.pipe()
            os.close(reader)
            done = subprocess.run(
                [sys.executable, "-m", "rupture", *arguments], stdout=writer, stderr=subprocess.PIPE, check=False
            )
            os.close(writer)
            assert (done.returncode, done.stderr) == (141, b"")

    def test_a_terminal_without_the_character(self):
        environment = os.environ | {"PYTHONIOENCODING": "ascii"}
        done = subprocess.run(
            [sys.executable, "-m", "rupture", "reasons"], capture_output=True, env=environment, check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout

    @pytest.mark.parametrize(
        "command", [["check"], ["render", "-o", "a.txt"], ["render", "--data", "x.csv", "-o", "out"]]
    )
    def test_what_is_not_a_case(self, tmp_path, command):
        os.mkfifo(tmp_path / "fifo")
        (tmp_path / "folder").mkdir()
        (tmp_path / "binary").write_bytes(bytes(range(256)))
        (tmp_path / "x.csv").write_bytes(b"date\n2026-11-20\n")
        for name in ("fifo", "folder", "binary", "missing", "\udcff", "x" * 300, ""):
            done = call(*command[:1], name, *command[1:], folder=tmp_path)
            assert done.returncode == 2, (name, done)
            assert "error: " in done.complaint, name
        assert sorted(path.name for path in tmp_path.iterdir()) == ["binary", "fifo", "folder", "x.csv"]


class TestHelp:
    """Help fits the terminal, and says everything in it."""

    @pytest.mark.parametrize("columns", ["0", "20", "80", "200"])
    def test_no_text_is_cut(self, columns):
        runner = CliRunner(env={"COLUMNS": columns})
        listed = runner.invoke(command, ["--help"]).output.partition("Commands:")[2]
        assert len(re.findall(r"^  [a-z]", listed, re.MULTILINE)) == len(COMMANDS)
        assert "..." not in listed

    def test_the_texts_are_short(self):
        context = command.make_context("rupture", ["reasons"])
        texts = {name: command.get_command(context, name).get_short_help_str() for name in COMMANDS}
        assert {name: text for name, text in texts.items() if not 10 < len(text) <= 90} == {}

    def test_width_zero_of_every_command(self):
        for name in COMMANDS:
            done = CliRunner(env={"COLUMNS": "0"}).invoke(command, [name, "--help"])
            assert done.exit_code == 0
            assert max(map(len, done.output.splitlines())) <= 110
