"""`rupture rules`: the list of rules, what they make of a sentence, and their samples."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from rupture.cli.main import command
from rupture.errors import InputError, TemplateError
from rupture.resources.paths import templates_root
from rupture.reviewing.rules.registry import all_rules
from rupture.reviewing.tone.rulebook import rulebook


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(command, ["rules", *map(str, arguments)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


class TestList:
    """Every rule is listed with its severity and what it catches, for people and for programs."""

    def test_every_rule(self):
        listed = {row["code"]: row for row in json.loads(run("--format", "json")[1])}
        assert sorted(listed) == sorted({rule.code for rule in (*all_rules(), *rulebook("en").rules)})
        assert all(row["catches"] and row["severity"] in {"error", "warning", "hint"} for row in listed.values())
        assert listed["step.missing"]["kind"] == "facts"
        assert listed["blame.character"] == {
            "code": "blame.character",
            "severity": "error",
            "kind": "tone",
            "catches": "a character trait attributed to the client or their people",
        }

    def test_for_people_in_french(self):
        lines = run("--locale", "fr-CH")[1].splitlines()
        assert "blame.character        error    tone   un trait de caractère prêté au client ou à ses gens" in lines

    def test_an_unknown_locale_is_refused(self):
        with pytest.raises(InputError, match="unknown language 'de-DE': en, fr"):
            run("--locale", "de-DE")


class TestTry:
    """The rule and the line that match are shown, and the excuse that takes the finding away."""

    @pytest.mark.parametrize(
        ("text", "locale", "code", "words"),
        [
            ("Vous êtes arrogant.", "fr-FR", "blame.character", "Vous êtes arrogant"),
            ("You never answer.", "en-GB", "gen.always", "You never answer"),
            ("VOUS ÊTES EN RETARD.", "fr-FR", "shout", "VOUS ÊTES EN RETARD"),
            ("On 3 May you wrote: “you idiots”.", "en-GB", "quote.insult", "idiots"),
        ],
    )
    def test_what_matches(self, text, locale, code, words):
        matches = json.loads(run("try", text, "--locale", locale, "--format", "json")[1])
        match = next(match for match in matches if match["code"] == code)
        assert (match["words"], match["excuse"]) == (words, None)
        if place := match["pattern"]:
            file = templates_root() / locale[:2] / "review" / "tone" / f"{code}.toml"
            assert place["file"] == str(file)
            assert file.read_text("utf-8").splitlines()[place["line"] - 1].rstrip("\\") in place["text"]

    @pytest.mark.parametrize(
        ("text", "locale", "excuse", "line"),
        [
            ("Nobody is saying that you are rude.", "en-GB", "no-reproach", "nobody is saying"),
            ("Nous n’avons jamais pensé que vous étiez arrogant.", "fr-FR", "not-our-view", "nous|je"),
        ],
    )
    def test_which_excuse_lets_go(self, text, locale, excuse, line):
        said = run("try", text, "--locale", locale)[1]
        assert f"let go by the excuse {excuse}, " in said
        assert f"review/excuses/{excuse}.txt:" in said
        assert f"\n        {line}" in said

    def test_nothing_matches(self):
        assert run("try", "Thank you for the cake.", "--locale", "en") == (0, "no rule matches\n")


class TestTest:
    """The samples of a rule pass, or are named with what was found instead."""

    def test_all_rules_of_a_language(self):
        code, said = run("test", "--locale", "fr")
        assert code == 0
        assert len(said.splitlines()) == len(rulebook("fr").rules)
        assert "failed" not in said

    def test_one_rule_in_every_language(self):
        code, said = run("test", "blame.character")
        assert (code, [line[:19] for line in said.splitlines()]) == (0, ["en blame.character:", "fr blame.character:"])

    def test_an_unknown_rule_is_refused(self):
        with pytest.raises(InputError, match=r"there is no tone rule 'blame\.nobody'"):
            run("test", "blame.nobody")

    def test_a_failing_sample_is_named(self, tmp_path):
        folder = tmp_path / "en" / "review" / "tone"
        folder.mkdir(parents=True)
        text = (templates_root() / "en/review/tone/insult.word.toml").read_text("utf-8")
        (folder / "insult.word.toml").write_text(text.replace("hits = '''\n", "hits = '''\nA fine day.\n"), "utf-8")
        code, said = run("test", "insult.word", "--locale", "en", "--templates", tmp_path)
        assert code == 1
        assert "1 failed\n  must be caught: A fine day.\n    found: nothing" in said

    def test_a_broken_file_is_reported_with_its_line(self, tmp_path):
        folder = tmp_path / "en" / "review" / "excuses"
        folder.mkdir(parents=True)
        (folder / "no-reproach.txt").write_text("# Ours.\nno|\n", encoding="utf-8")
        with pytest.raises(TemplateError, match=r"no-reproach\.txt:2: a word is missing beside"):
            run("test", "--templates", tmp_path)
