"""The assessment: what the articles advise, why, and what a person at a terminal sees of it."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import get_args

import pytest
from calling import call
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from reading import ROOT

import rupture
from rupture.assessing import questions
from rupture.assessing.assess import as_data
from rupture.case import catalogue
from rupture.cli.main import command
from rupture.planning.plan import Role
from rupture.resources import articles, locales

KNOWN = questions.known()
EXAMPLES = sorted((ROOT / "examples" / "assess").glob("*.yaml"))

#: What each worked case leads to: the advice, the next message, and an article that says so.
WORKED = {
    "outside-strengths.fr": ("refer-project", "refer-project", "S5"),
    "told-how-to-work.fr": ("expert", "conversation", "S5"),
    "told-how-to-work-still.fr": ("separate", "separation", "S5"),
    "constant-renegotiation.fr": ("adapt-terms", "conversation", "S5"),
    "calls-at-night.en": ("limits", "limits", "S1"),
    "limits-refused.en": ("separate", "separation", "S1"),
    "one-late-invoice.en": ("keep", "reminder", "S3"),
    "serial-late-payment.fr": ("separate", "separation", "S3"),
    "insults.en": ("separate", "separation", "S2"),
    "asked-to-hide-income.fr": ("separate", "separation", "S2"),
    "more-than-one-problem.en": ("separate", "separation", "S2"),
    "about-to-change.fr": ("conversation", "conversation", "S2"),
    "hard-times.en": ("extra-effort", "extra-effort", "S4"),
    "never-told-how.fr": ("expectations", "expectations", "S4"),
    "a-clash.en": ("colleague", None, "S1"),
    "rude-prospect.fr": ("separate", "decline", "S3"),
}

SIGNALS = st.fixed_dictionaries(
    {},
    optional={slug: st.sampled_from([a for a in s.answers if a != "persisting"]) for slug, s in KNOWN.signals.items()},
)
CIRCUMSTANCES = st.fixed_dictionaries(
    {},
    optional={
        slug: st.sampled_from(answers)
        for slug, answers in KNOWN.circumstances.items()
        if slug not in {"prospect", "only-personality"}
    },
)
TRIED = st.lists(st.sampled_from([r for r in KNOWN.repairs if r != "extra-effort"]), unique=True, max_size=3)
SERIOUS = sorted(slug for slug, signal in KNOWN.signals.items() if signal.serious)


def assess(signals=(), circumstances=(), tried=(), locale="en-GB"):
    return rupture.assess(
        {"locale": locale, "signals": dict(signals), "circumstances": dict(circumstances), "tried": list(tried)}
    )


class TestWorkedCases:
    """The worked cases give the advice that the articles give."""

    def test_each_is_told_here(self):
        assert {path.stem for path in EXAMPLES} == set(WORKED)

    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
    def test_advice(self, path):
        assessment = rupture.assess(path)
        advice, message, source = WORKED[path.stem]
        assert (assessment.advice, assessment.message) == (advice, message)
        assert articles.titles()[source] in str(assessment)
        assert not re.search(r"\bS\d\b", f"{assessment}{as_data(assessment)}"), "an article is named by its title"
        assert all(ground.source for ground in assessment.grounds)
        assert assessment.because

    def test_the_more_than_one_problem_goes_first(self):
        by_name = {path.stem: rupture.assess(path) for path in EXAMPLES}
        assert [name for name, found in by_name.items() if found.first] == ["more-than-one-problem.en"]

    def test_old_clients_get_more_tact_and_the_same_advice(self):
        plain = assess({"late-payment": "repeated"})
        old = assess({"late-payment": "repeated"}, {"closeness": "friend"})
        assert old.advice == plain.advice
        assert set(old.notes) - set(plain.notes)


class TestWeighing:
    """What holds for any answers."""

    @given(SIGNALS, CIRCUMSTANCES, TRIED)
    def test_the_same_answers_give_the_same(self, signals, circumstances, tried):
        first, second = (assess(dict(order), circumstances, tried) for order in (signals, reversed(signals.items())))
        assert (first.advice, first.message, first.because) == (second.advice, second.message, second.because)

    @given(SIGNALS, CIRCUMSTANCES, TRIED, st.sampled_from(SERIOUS))
    def test_a_serious_repeated_signal_never_makes_it_milder(self, signals, circumstances, tried, more):
        rank = KNOWN.order.index
        answer = "yes" if "yes" in KNOWN.signals[more].answers else "repeated"
        before = assess(signals, circumstances, tried)
        after = assess(signals | {more: answer}, circumstances, tried)
        assert rank(after.advice) >= rank(before.advice)

    @given(SIGNALS, CIRCUMSTANCES, TRIED, st.sampled_from(["fr-FR", "en-US"]))
    def test_no_advice_without_its_reasons(self, signals, circumstances, tried, locale):
        assessment = assess(signals, circumstances, tried, locale)
        assert assessment.because
        assert assessment.title in str(assessment)
        assert all(reason in str(assessment) for reason in assessment.because)
        assert not set(assessment.not_tried) & set(tried)
        assert assessment.message in {None, *catalogue.messages()}

    def test_one_slip_is_not_a_ground(self):
        slips = {slug: signal for slug, signal in KNOWN.signals.items() if "once" in signal.answers}
        assert len(slips) > 5
        for slug, entry in slips.items():
            assert assess({slug: "once"}).advice == ("limits" if entry.alone else "keep"), slug

    def test_what_persists_after_a_repair_is_enough(self):
        for slug in KNOWN.signals:
            assert assess({slug: "persisting"}, tried=["conversation"]).advice == "separate", slug

    @pytest.mark.parametrize("softer", [{"likely-to-change": "yes"}, {"client-in-difficulty": "yes"}])
    def test_abuse_and_unethical_requests_stand_alone(self, softer):
        for signals in ({"abuse": "repeated"}, {"unethical-request": "yes"}):
            assert assess(signals, softer).advice == "separate"
        assert assess({"late-payment": "repeated"}, softer).advice != "separate"

    def test_several_grounds_ask_for_a_talk_first(self):
        signals = {"scope-creep": "repeated", "missed-meetings": "repeated"}
        assert assess(signals).advice == "transition"
        assert assess(signals, tried=["limits"]).advice == "separate"


class TestTables:
    """Every question, answer and advice has its words in both languages, and leads somewhere."""

    @pytest.mark.parametrize("language", locales.languages())
    def test_words(self, language):
        texts = questions.texts(language)
        answers = {answer for signal in KNOWN.signals.values() for answer in signal.answers}
        answers |= {answer for choices in KNOWN.circumstances.values() for answer in choices}
        assert set(texts["signals"]) == set(KNOWN.signals)
        assert set(texts["circumstances"]) == set(KNOWN.circumstances)
        assert set(texts["advice"]) == set(KNOWN.order)
        assert set(texts["repairs"]) == set(KNOWN.repairs)
        assert answers <= set(texts["answers"])
        assert answers <= set(texts["choices"])
        assert len(set(texts["choices"].values())) == len(texts["choices"])

    def test_languages_say_the_same(self):
        def keys(part, path=""):
            if not isinstance(part, dict):
                return {path}
            return {key for name, below in part.items() for key in keys(below, f"{path}.{name}")}

        said = [keys(dict(questions.texts(code))) for code in locales.languages()]
        assert len(said) > 1
        assert all(each == said[0] for each in said)

    def test_what_it_names_exists(self):
        assert {signal.reason for signal in KNOWN.signals.values()} <= set(catalogue.reasons())
        assert {signal.repair for signal in KNOWN.signals.values()} <= set(KNOWN.order)
        assert {step for signal in KNOWN.signals.values() for step in signal.tries} <= set(KNOWN.repairs)
        assert {m for m in (*KNOWN.messages.values(), *KNOWN.repairs.values()) if m} <= set(catalogue.messages())
        said = {*KNOWN.messages.values(), *KNOWN.repairs.values(), "decline"} - {""}
        assert said == set(catalogue.messages())


class TestBadAnswers:
    """Every complaint has its file, line and column."""

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("locale: xx\n", r"a\.yaml:1:9: locale: expected one of"),
            ("locale: fr-FR\nsignals: {rudness: once}\n", r"a\.yaml:2:\d+: signals\.rudness: unknown question"),
            (
                "locale: fr-FR\nsignals: {rudeness: often}\n",
                r"a\.yaml:2:\d+: signals\.rudeness: unknown answer 'often'",
            ),
            ("locale: fr-FR\ntried: [yoga]\n", r"a\.yaml:2:9: tried\[0\]: unknown step 'yoga'"),
            ("locale: fr-FR\ntried: limits\n", r"tried: expected a list"),
            ("locale: fr-FR\nsignals: rude\n", r"signals: expected `question: answer` lines"),
            ("locale: fr-FR\nmood: bad\n", r"a\.yaml:2:\d+: mood: unknown key"),
            ("locale: fr-FR\nsignals: {rudeness: persisting}\n", "persisting means after a repair step"),
            ("locale: fr-FR\ncircumstances: {prospect: yes}\ntried: [limits]\n", "a prospect is not a client yet"),
            (
                "locale: fr-FR\nsignals: {abuse: once}\ncircumstances: {only-personality: yes}\n",
                "abuse is not a matter of personality",
            ),
            (
                "locale: fr-FR\ncircumstances: {client-in-difficulty: no}\ntried: [extra-effort]\n",
                "an extra effort is for a client in difficulty",
            ),
        ],
    )
    def test_complaint(self, tmp_path, monkeypatch, text, told):
        monkeypatch.chdir(tmp_path)
        Path("a.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(rupture.CaseError, match=told):
            rupture.assess("a.yaml")


class TestCommand:
    """From answers to a case file, and the questions on a terminal."""

    def test_json(self):
        ended = CliRunner().invoke(command, ["assess", "--answers", str(EXAMPLES[0]), "--format", "json"])
        told = json.loads(ended.stdout)
        assert told["version"] == 1
        assert told["advice"] == WORKED[EXAMPLES[0].stem][0]
        assert rupture.assess(told["answers"]).advice == told["advice"]

    @pytest.mark.parametrize("path", [path for path in EXAMPLES if WORKED[path.stem][1]], ids=lambda path: path.stem)
    def test_to_a_case_that_renders(self, tmp_path, path):
        target = tmp_path / "case.yaml"
        ended = CliRunner().invoke(command, ["assess", "--answers", str(path), "--to", str(target)])
        assert ended.exit_code == 0, ended.output
        case = rupture.load(target)
        assert case.message == WORKED[path.stem][1]
        assert [f for f in rupture.review(case) if f.severity == "error"] == []
        assert rupture.render(case, "txt")
        assert "#" in target.read_text(encoding="utf-8")

    def test_nothing_to_write(self, tmp_path):
        target = tmp_path / "case.yaml"
        answers = ROOT / "examples" / "assess" / "a-clash.en.yaml"
        ended = call("assess", "--answers", answers, "--to", target)
        assert ended.returncode == 2
        assert "the advice is not to write now" in ended.complaint
        assert not target.exists()

    @pytest.mark.parametrize(
        ("locale", "typed", "told"),
        [
            ("fr-CA", {"contact-at-all-hours": "nonsense\nsouv"}, "limites"),
            ("en-GB", {"late-payment": "often", "tried": "4, 2"}, "Part, with"),
        ],
    )
    def test_the_form_on_a_terminal(self, locale, typed, told):
        code, shown = _typed(locale, typed)
        assert code == 0, shown
        assert told in shown
        assert "Traceback" not in shown
        assert ("Je ne connais pas cette réponse : nonsense" in " ".join(shown.split())) is ("nonsense" in str(typed))

    @pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["ctrl-c", "ctrl-d"])
    def test_stopped_in_the_middle(self, key):
        code, shown = _typed("fr-FR", {"scope-creep": key})
        assert code == 2
        assert "stopped before the last question; nothing was written" in shown
        assert "Traceback" not in shown


def _typed(locale: str, answers: dict[str, str]) -> tuple[int, str]:
    """Answer the questions on a pseudo-terminal: those named, and Enter for the others; return exit code and screen."""
    questions = ["prospect", *KNOWN.signals, *(slug for slug in KNOWN.circumstances if slug != "prospect"), "tried"]
    lines = [line for slug in questions for line in answers.get(slug, "").split("\n")]
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "rupture", "assess", "--locale", locale],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=os.environ | {"TERM": "dumb", "PYTHONIOENCODING": "utf-8"},
        start_new_session=True,
        preexec_fn=_own_terminal,  # noqa: PLW1509  no thread runs here
    )
    os.close(slave)
    shown = b""
    asked = 0
    while True:
        if not select.select([master], [], [], 20)[0]:
            process.kill()
            pytest.fail(f"nothing was shown for a minute, after {shown[-300:]!r}")
        try:
            shown += os.read(master, 65_536)
        except OSError:  # the other end is closed
            break
        if len(re.findall(rb"\)( \[[^\]]*\])?: $|(?:answer|ponse)( \[[^\]]*\])?: $", shown)) and asked < len(lines):
            line = lines[asked]
            asked += 1
            if line == "\x03":
                time.sleep(0.2)  # until the prompt is being read, and the key not lost before it
            os.write(master, line.encode() if line in {"\x03", "\x04"} else f"{line}\n".encode())
    os.close(master)
    return process.wait(), shown.decode("utf-8", "replace")


def _own_terminal() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a test run in the background ignores it, and hands that down
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class TestTheArticles:
    """Every place that the table of the articles names is there."""

    TABLE = (ROOT / "docs" / "explanation" / "the-articles.md").read_text(encoding="utf-8")

    def test_every_place_exists(self):
        properties = rupture.schema()["properties"] | {"relationship.closeness": {}}
        places = {
            "question": {*KNOWN.signals, *KNOWN.circumstances},
            "advice": set(KNOWN.order),
            "repair": set(KNOWN.repairs),
            "message": set(catalogue.messages()),
            "step": set(get_args(Role)),
            "reason": set(catalogue.reasons()),
            "field": set(properties),
            "finding": set(catalogue.finding_codes()),
        }
        named = re.findall(r"`(\w+):([^`\s]+)`", self.TABLE)
        assert len(named) > 120
        assert [f"{kind}:{name}" for kind, name in named if name not in places[kind]] == []

    def test_nothing_is_left_out(self):
        named = {f"{kind}:{name}" for kind, name in re.findall(r"`(\w+):([^`\s]+)`", self.TABLE)}
        wanted = {f"question:{slug}" for slug in (*KNOWN.signals, *KNOWN.circumstances)}
        wanted |= {f"advice:{slug}" for slug in KNOWN.order} | {f"message:{name}" for name in catalogue.messages()}
        wanted |= {f"reason:{slug}" for slug, entry in catalogue.reasons().items() if entry.source.startswith("S")}
        assert wanted - named - {"message:separation"} == set()
