"""No output names an article by its code: a reader knows its title, not S2."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from reading import ROOT

from rupture.cli import main
from rupture.resources import locales
from rupture.reviewing.rules import registry
from rupture.reviewing.tone.rulebook import rulebook

CODE = re.compile(r"\bS[1-5]\b")
ANGRY = sorted((ROOT / "examples" / "refused").glob("*.yaml"))


def codes_in(output: str) -> list[str]:
    """Return each line of an output that names an article by its code."""
    return [line for line in output.splitlines() if CODE.search(line)]


def printed(*arguments: str) -> str:
    done = CliRunner().invoke(main.command, arguments, catch_exceptions=False)
    return done.stdout + done.stderr


COMMANDS = [(), *((name,) for name in main.command.list_commands(None)), ("rules", "try"), ("rules", "test")]


class TestOutputs:
    """Help, findings, lists, schemas and advice name an article by its title."""

    @pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
    def test_help(self, command):
        output = printed(*command, "--help")
        assert "Usage" in output
        assert codes_in(output) == []

    @pytest.mark.parametrize("form", ["text", "json", "github", "html"])
    def test_findings(self, form):
        output = printed("check", *map(str, ANGRY), "--format", form)
        assert "blame." in output
        assert codes_in(output) == []

    @pytest.mark.parametrize("language", locales.languages())
    def test_rules(self, language):
        texts = [*(rule.source for rule in rulebook(language).rules), *(rule.holds for rule in registry.all_rules())]
        assert len(texts) > 80
        assert codes_in("\n".join(texts)) == []

    @pytest.mark.parametrize(
        "arguments", [("reasons",), ("rules",), ("schema",), ("schema", "--findings")], ids=" ".join
    )
    def test_lists(self, arguments):
        output = printed(*arguments)
        assert len(output.splitlines()) > 15
        assert codes_in(output) == []

    @pytest.mark.parametrize("form", ["text", "json"])
    @pytest.mark.parametrize("locale", ["fr-FR", "en-GB"])
    def test_advice(self, tmp_path, locale, form):
        answers = tmp_path / "answers.yaml"
        told = "late-payment: repeated, abuse: repeated, petty-complaints: repeated, rudeness: once"
        answers.write_text(f"locale: {locale}\nsignals: {{{told}}}\n", encoding="utf-8")
        output = printed("assess", "--answers", str(answers), "--format", form)
        assert len(output) > 500
        assert codes_in(output) == []

    def test_a_code_is_found(self):
        assert codes_in("practice\n(S2, step 2)\nS20, GPS2") == ["(S2, step 2)"]
