"""The command, end to end and as a process: what it prints, writes, refuses, and ends with."""

from __future__ import annotations

import email
import errno
import json
import os
import re
import subprocess
import sys

import fields
import jsonschema
import pytest
from calling import Called, call
from click.testing import CliRunner
from reading import plain_data

import rupture
from conftest import EXAMPLES, LOCALES
from rupture import api
from rupture.case import catalogue
from rupture.cli.main import command
from rupture.resources import locales
from rupture.resources.output import write_file
from rupture.writing.formats import WRITERS

COMMANDS = ("assess", "render", "check", "new", "plan", "reasons", "rules", "schema", "completion")
TWO = tuple(map(str, EXAMPLES[:2]))
STARTS = {"pdf": b"%PDF-", "docx": b"PK", "txt": None, "eml": b"Content-Type: multipart/", "html": b"<!DOCTYPE html>"}
ESCAPE = b"\x1b["


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Call the command in an empty folder, in this process."""

    def called(*arguments: object, **environment: str) -> Called:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return call(*arguments, folder=tmp_path)

    return called


@pytest.fixture
def case_file(tmp_path):
    def write(name: str = "case.yaml", *changes: tuple[str, str], of=EXAMPLES[0]):
        text = of.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def files_in(folder) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


class TestRender:
    """A letter is written where it was asked for, whole, in the format that was asked for."""

    @pytest.mark.parametrize("kind", WRITERS)
    def test_to_a_file_by_its_ending(self, run, tmp_path, kind):
        done = run("render", TWO[0], "-o", f"letter.{kind}")
        assert (done.returncode, done.stdout, done.stderr) == (0, f"letter.{kind}\n".encode(), b"")
        written = (tmp_path / f"letter.{kind}").read_bytes()
        assert written == rupture.render(rupture.load(TWO[0]), kind)
        assert STARTS[kind] is None or written.startswith(STARTS[kind])
        assert files_in(tmp_path) == [f"letter.{kind}"]

    def test_several_cases_and_formats_to_a_folder_that_is_made(self, run, tmp_path):
        done = run("render", *map(str, EXAMPLES), "--to", "txt", "--to", "docx", "-o", "out/deep/")
        assert done.returncode == 0
        wanted = sorted(f"out/deep/{path.stem}.{kind}" for path in EXAMPLES for kind in ("txt", "docx"))
        assert files_in(tmp_path) == wanted
        assert sorted(done.stdout.decode().split()) == wanted

    def test_to_a_folder_that_exists(self, run, tmp_path):
        (tmp_path / "out").mkdir()
        assert run("render", TWO[0], "--to", "txt", "-o", "out").returncode == 0
        assert files_in(tmp_path) == [f"out/{EXAMPLES[0].stem}.txt"]

    @pytest.mark.parametrize("kind", [None, "eml", "docx"])
    def test_to_standard_output(self, run, tmp_path, kind):
        done = run("render", TWO[0], *(("--to", kind) if kind else ()), "-o", "-")
        assert done.stdout == rupture.render(rupture.load(TWO[0]), kind or "txt")
        assert files_in(tmp_path) == []

    def test_format_wins_over_ending(self, run, tmp_path):
        assert run("render", TWO[0], "--to", "txt", "-o", "letter.doc").returncode == 0
        assert (tmp_path / "letter.doc").read_bytes() == rupture.render(rupture.load(TWO[0]), "txt")

    def test_set(self, run):
        done = run("render", TWO[0], "--set", "sender.name=Maison Ève", "--set", "sender.phone=12", "-o", "-")
        assert done.stdout.decode().startswith("Maison Ève\n")

    def test_templates(self, run, tmp_path):
        case = rupture.load(TWO[0])
        own = tmp_path / "mine" / case.language / "sentences" / "decision.html"
        own.parent.mkdir(parents=True)
        own.write_text("{% block one %}Quite other words.{% endblock %}", encoding="utf-8")
        assert b"Quite other words." in run("render", TWO[0], "--templates", "mine", "-o", "-").stdout
        own.write_text("{% block one %}\n{{ nothing }}.{% endblock %}", encoding="utf-8")
        done = run("render", TWO[0], "--templates", "mine", "-o", "letter.txt")
        assert done.returncode == 2
        assert b"decision.html:2" in done.stderr
        assert not (tmp_path / "letter.txt").exists()

    def test_attach(self, run):
        done = run("render", TWO[0], "--to", "eml", "--attach", "pdf", "-o", "-")
        names = [part.get_filename() for part in email.message_from_bytes(done.stdout).walk() if part.get_filename()]
        assert len(names) == 1
        assert names[0].endswith(".pdf")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ((TWO[0], "-o", "letter"), b"say the format with --to"),
            ((TWO[0], "-o", "letter.odt"), b"say the format with --to"),
            ((*TWO, "-o", "letter.txt"), b"name a folder"),
            ((TWO[0], "--to", "txt", "--to", "pdf", "-o", "-"), b"name a folder"),
            ((TWO[0], "--to", "odt", "-o", "-"), b"'odt'"),
            ((TWO[0],), b"--output"),
            (("-o", "out/"), b"CASES"),
            (("nowhere.yaml", "-o", "-"), b"nowhere.yaml: cannot be read"),
            ((TWO[0], "-o", "/dev/null/letter.txt"), b"cannot be written"),
            ((TWO[0], "--templates", "nowhere", "-o", "-"), b"nowhere"),
            ((TWO[0], "--set", "nothing", "-o", "-"), b"expected field=value"),
        ],
    )
    def test_refused(self, run, tmp_path, arguments, said):
        done = run("render", *arguments)
        assert done.returncode == 2
        assert said in done.stderr
        assert done.stdout == b""
        assert files_in(tmp_path) == []

    def test_two_cases_of_the_same_name(self, run, case_file, tmp_path):
        paths = case_file("a/case.yaml"), case_file("b/case.yaml")
        done = run("render", *paths, "--to", "txt", "-o", "out/")
        assert done.returncode == 2
        assert b"rename one" in done.stderr
        assert not (tmp_path / "out").exists()


class TestExistingFiles:
    """A file that is there stays as it is, byte for byte, unless `--overwrite` says otherwise."""

    def test_refused_then_replaced(self, run, tmp_path):
        letter = tmp_path / "letter.txt"
        letter.write_bytes(b"old\r\n\xff")
        done = run("render", TWO[0], "-o", "letter.txt")
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"letter.txt: exists already; add --overwrite" in done.stderr
        assert letter.read_bytes() == b"old\r\n\xff"
        assert run("render", TWO[0], "-o", "letter.txt", "--overwrite").returncode == 0
        assert letter.read_bytes() == rupture.render(rupture.load(TWO[0]), "txt")
        assert files_in(tmp_path) == ["letter.txt"], "no temporary file is left"

    def test_nothing_is_written_when_one_of_several_exists(self, run, tmp_path):
        (tmp_path / "out").mkdir()
        old = tmp_path / "out" / f"{EXAMPLES[1].stem}.txt"
        old.write_bytes(b"old")
        done = run("render", *TWO, "--to", "txt", "-o", "out/")
        assert done.returncode == 2
        assert files_in(tmp_path) == [f"out/{old.name}"]
        assert old.read_bytes() == b"old"

    def test_a_failing_letter_leaves_the_old_file(self, run, tmp_path):
        letter = tmp_path / "letter.pdf"
        letter.write_bytes(b"old")
        done = run("render", TWO[0], "--set", "regret=trouver un autre 山", "-o", "letter.pdf", "--overwrite")
        assert done.returncode == 2
        assert "山 (U+5C71)".encode() in done.stderr
        assert letter.read_bytes() == b"old"

    def test_a_file_in_place_of_the_folder(self, run, tmp_path):
        (tmp_path / "out").write_bytes(b"old")
        done = run("render", TWO[0], "--to", "txt", "-o", "out/")
        assert done.returncode == 2
        assert b"out" in done.stderr
        assert (tmp_path / "out").read_bytes() == b"old"

    def test_a_folder_in_place_of_the_file(self, run, tmp_path):
        (tmp_path / "out" / f"{EXAMPLES[0].stem}.txt").mkdir(parents=True)
        done = run("render", TWO[0], "--to", "txt", "-o", "out/", "--overwrite")
        assert done.returncode == 2
        assert files_in(tmp_path) == []

    def test_a_full_disk_leaves_the_old_file(self, tmp_path, monkeypatch):
        old = tmp_path / "letter.txt"
        old.write_bytes(b"old")

        def full(_handle):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(rupture.OutputError, match=r"letter\.txt: cannot be written: No space left"):
            write_file(old, b"new", overwrite=True)
        assert old.read_bytes() == b"old"
        assert files_in(tmp_path) == ["letter.txt"]

    def test_new_refuses_too(self, run, tmp_path):
        (tmp_path / "case.yaml").write_bytes(b"old")
        assert run("new", "case.yaml").returncode == 2
        assert (tmp_path / "case.yaml").read_bytes() == b"old"
        assert files_in(tmp_path) == ["case.yaml"]
        assert run("new", "case.yaml", "--overwrite").returncode == 0
        assert (tmp_path / "case.yaml").read_bytes() != b"old"


class TestWrongCases:
    """Every problem of every case is said at once, with line and column, and nothing is written."""

    def test_every_problem(self, run, case_file, tmp_path):
        broken = case_file("broken.yaml", ("locale: ", "locale: x"), ("sender:\n", "sender:\n  nmae: x\n"))
        other = case_file("other.yaml", ("locale: ", "locale: y"))
        done = run("render", broken, EXAMPLES[1], other, "--to", "txt", "-o", "out/")
        assert (done.returncode, done.stdout) == (2, b"")
        said = done.stderr.decode()
        with pytest.raises(rupture.CaseError) as caught:
            rupture.load(broken)
        assert len(caught.value.problems) > 1
        for problem in caught.value.problems:
            assert f"{broken}:{problem.line}:{problem.column}: {problem.path}" in said
        assert f"{other}:1:9: locale" in said
        assert said.count("error: ") == 1
        assert files_in(tmp_path) == ["broken.yaml", "other.yaml"]

    @pytest.mark.parametrize(
        "content", [b"", b"\xff", b"- a", b"a: [", b"a: &x b", b'{"a": NaN}', b"[" * 3000, b"\x00", b"a: \x00"]
    )
    @pytest.mark.parametrize("command", ["check", "render"])
    def test_not_a_case(self, run, tmp_path, content, command):
        (tmp_path / "case.yaml").write_bytes(content)
        done = run(command, "case.yaml", *(("-o", "letter.txt") if command == "render" else ()))
        assert done.returncode == 2
        assert re.search(rb"case\.yaml:\d+:\d+: ", done.stderr)
        assert files_in(tmp_path) == ["case.yaml"]

    def test_a_folder_as_case(self, run):
        done = run("check", ".")
        assert done.returncode == 2
        assert b"cannot be read" in done.stderr


class TestHeldBack:
    """A letter with an error-level finding is not written, and the command ends with 1."""

    @pytest.mark.parametrize("command", ["check", "render"])
    def test_end_before_the_letter(self, run, tmp_path, command):
        output = ("-o", "letter.txt") if command == "render" else ()
        done = run(command, TWO[0], "--set", "end.date=2026-01-31", *output)
        assert done.returncode == 1
        assert b"end.past" in done.stdout + done.stderr
        assert re.search(rb"%s:\d+:\d+: error end\.past" % re.escape(TWO[0].encode()), done.stdout + done.stderr)
        assert files_in(tmp_path) == []

    def test_one_of_several_holds_all_back(self, run, case_file, tmp_path):
        case = rupture.load(TWO[0])
        late = case_file("late.yaml", (str(case.end.date), "2026-01-31"))
        done = run("render", TWO[1], late, "--to", "txt", "-o", "out/")
        assert done.returncode == 1
        assert files_in(tmp_path) == ["late.yaml"]


class TestCheck:
    """What a review finds is said line by line, with a summary for each case."""

    def test_examples_pass(self, run):
        done = run("check", *map(str, EXAMPLES))
        assert (done.returncode, done.stderr) == (0, b"")
        assert all(f"{path}: ".encode() in done.stdout for path in EXAMPLES)

    def test_missing_steps_are_said_and_do_not_fail(self, run, tmp_path, minimal):
        (tmp_path / "case.json").write_text(json.dumps(minimal()), encoding="utf-8")
        done = run("check", "case.json")
        assert done.returncode == 0
        assert done.stdout.count(b"hint step.silent") == 2
        assert re.search(rb"case\.json: \d+ hints", done.stdout)

    @pytest.mark.parametrize(("options", "told"), [(("--whose",), True), ((), False)])
    def test_whose_words(self, run, case_file, options, told):
        done = run("check", case_file(), "--format", "html", *options)
        assert done.returncode == 0
        assert (b"computed from your case" in done.stdout) == told


class TestPlan:
    """The plan lists every sentence under the name that `say` takes, with its step, its fields and its wordings."""

    @pytest.fixture
    def planned(self):
        return rupture.plan(rupture.load(TWO[0]))

    def test_every_item_and_what_it_rests_on(self, run, planned):
        said = run("plan", TWO[0]).text
        for item in planned.items:
            assert f"  {item.name} [{item.role}]\n" in said
            assert not item.sources or f"    from {', '.join(item.sources)}\n" in f"{said}\n"
            assert planned.sentences[item.name].text.splitlines()[0] in said

    def test_for_programs(self, run, planned):
        data = json.loads(run("plan", TWO[0], "--wordings", "--format", "json").stdout)
        assert [paragraph["name"] for paragraph in data["paragraphs"]] == [each.name for each in planned.paragraphs]
        items = [item for paragraph in data["paragraphs"] for item in paragraph["items"]]
        assert [(item["name"], item["kind"]) for item in items] == [(item.name, item.kind) for item in planned.items]
        for item in items:
            assert item["wordings"][str(item["chosen"])] == item["sentence"]
        assert any(len(item["wordings"]) > 1 for item in items)

    def test_the_wording_of_a_number_is_what_the_letter_says(self, run, planned):
        name, sentence = next((n, each) for n, each in planned.sentences.items() if len(each.choices) > 1)
        said = run("plan", TWO[0], "--wordings").text
        assert f"    {sentence.chosen}* {sentence.text}" in said
        number, text = next((n, text) for n, text in sentence.choices.items() if n != sentence.chosen)
        assert f"    {number}  {text}" in said
        case = rupture.load(plain_data(TWO[0], EXAMPLES[0].read_text(encoding="utf-8")) | {"say": {name: number}})
        assert rupture.plan(case).sentences[name].text == text
        assert text in str(rupture.compose(case))

    def test_what_is_left_out(self, run, tmp_path, minimal):
        money = [{"what": "la facture", "amount": "90 EUR", "due": "2026-10-01"}]
        end = {"date": "2027-01-31", "because": "finir l'an"}
        (tmp_path / "case.json").write_text(json.dumps(minimal(message="reminder", money=money, end=end)))
        assert run("plan", "case.json").text.endswith("left out\n  end.because: not for this message\n")
        (left,) = json.loads(run("plan", "case.json", "--format", "json").stdout)["left_out"]
        assert left == {"path": "end.because", "why": "not-for-this-message"}

    def test_in_a_notebook(self, planned):
        page = planned._repr_html_()
        assert all(f"<td>{item.name}</td><td>{item.role}</td>" in page for item in planned.items)
        assert page.count("<strong>") == sum(len(each.choices) > 1 for each in planned.sentences.values())

    def test_one_case_at_a_time(self, run):
        assert run("plan", *TWO).returncode == 2
        assert run("plan", "nowhere.yaml").returncode == 2


class TestNew:
    """The case that the command writes can be checked and rendered as it stands, in every locale."""

    @pytest.mark.parametrize("locale", LOCALES)
    def test_new_check_render(self, run, tmp_path, locale):
        reasons = list(catalogue.reasons())[:3]
        done = run(
            "new", "deep/case.yaml", "--locale", locale, *(part for slug in reasons for part in ("--reason", slug))
        )
        assert (done.returncode, done.stdout) == (0, b"deep/case.yaml\n")
        assert files_in(tmp_path) == ["deep/case.yaml", "deep/rupture.schema.json"]
        text = (tmp_path / "deep" / "case.yaml").read_text(encoding="utf-8")
        assert text.startswith("# yaml-language-server: $schema=rupture.schema.json\n")
        assert json.loads((tmp_path / "deep/rupture.schema.json").read_text("utf-8")) == rupture.schema()
        checked = run("check", "deep/case.yaml")
        assert (checked.returncode, checked.stderr) == (0, b"")
        assert b"error" not in checked.stdout
        done = run("render", "deep/case.yaml", "--to", "txt", "--to", "html", "-o", "out/")
        assert done.returncode == 0, done.stderr.decode()
        assert len(files_in(tmp_path / "out")) == 2

    def test_in_every_format(self, run, tmp_path):
        assert run("new", "case.yaml", "--locale", "fr-CH").returncode == 0
        done = run("render", "case.yaml", *(part for kind in WRITERS for part in ("--to", kind)), "-o", "out/")
        assert done.returncode == 0, done.stderr.decode()
        assert len(files_in(tmp_path / "out")) == len(WRITERS)

    @pytest.mark.parametrize("code", locales.languages())
    def test_every_reason(self, starter, code):
        locale = next(locale for locale in LOCALES if locale.startswith(code))
        for reason in catalogue.reasons():
            case = rupture.load(starter(locale, reason))
            assert reason in {entry.reason for entry in case.reasons}
            standing = {finding.code for finding in rupture.review(case) if finding.severity != "hint"}
            assert standing == {"sample"}, reason

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--locale", "fr-fr"), b"did you mean 'fr-FR'"),
            (("--reason", "late-payments"), b"did you mean 'late-payment'"),
            ([part for slug in list(catalogue.reasons())[:4] for part in ("--reason", slug)], b"at most 3"),
        ],
    )
    def test_refused(self, run, tmp_path, arguments, said):
        done = run("new", "case.yaml", *arguments)
        assert done.returncode == 2
        assert said in done.stderr
        assert files_in(tmp_path) == []


class TestSchema:
    """The schema is a JSON Schema that takes what the loader takes."""

    def test_is_one(self, run):
        schema = json.loads(run("schema").stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema == rupture.schema()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"locale": "fr"},
            {"end": "2027-01-31"},
            {"nothing": "known"},
            {"sender": {}},
            {"people": "nothing"},
            {"money": [{"what": "x", "amount": "neuf", "due": "2026-12-01"}]},
            {"money": [{"what": "x", "state": "gone"}]},
            {"relationship": {"service": "x", "contract": {"notice": "a while"}}},
            {"waive": [{"code": "end.past", "because": "x"}]},
        ],
    )
    def test_refuses_what_is_wrong(self, minimal, wrong):
        fields.validator().validate(minimal())
        with pytest.raises(jsonschema.ValidationError):
            fields.validator().validate(minimal(**wrong))
        with pytest.raises(rupture.CaseError):
            rupture.load(minimal(**wrong))

    @pytest.mark.parametrize(
        "right",
        [
            {"thanks": "none", "regret": "none", "people": "none", "wish": "none", "contact": "none"},
            {"money": [{"what": "x", "amount": "EUR 980", "due": "2026-12-01"}]},
            {"money": [{"what": "x", "amount": "980,00 EUR", "due": "2026-12-01", "paid": None}]},
            {"money": [{"what": "x", "amount": 980}]},
            {"matters": [{"do": "passer", "on": "2026-12-01"}, {"do": "passer", "on": ["2026-12", "le mardi"]}]},
            {"say": {"decision": "Tout est dit.", "thanks": 2}, "waive": {"end.past": "x"}},
            {"place": None, "regret": None, "thanks": None, "people": None},
            {"relationship": {"service": "x", "since": "le printemps"}},
            {"relationship": {"service": "x", "since": "2021", "contract": {"notice": "1 day", "term": "open-ended"}}},
            {"relationship": {"service": "x", "contract": {"term": "2027-12-31"}}},
        ],
    )
    def test_takes_what_the_loader_takes(self, minimal, right):
        assert rupture.load(minimal(**right))
        fields.validator().validate(minimal(**right))


class TestHelp:
    """Help of each command ends on examples, in plain text when nobody looks at a terminal."""

    def test_the_command(self, run):
        said = run("--help").stdout.decode()
        assert all(re.search(rf"^  {name}\b", said, re.MULTILINE) for name in COMMANDS)
        listed = re.findall(r"^  ([a-z-]+) {2,}\S", said.partition("Commands:")[2], re.MULTILINE)
        assert sorted(listed) == sorted(COMMANDS), "a new command is tested here too"
        assert "Exit codes: 0" in said

    @pytest.mark.parametrize("command", COMMANDS)
    def test_each(self, run, command):
        done = run(command, "--help")
        assert done.returncode == 0
        examples = done.stdout.decode().partition("Examples:\n")[2]
        assert re.search(rf"^  rupture {command}\b", examples, re.MULTILINE)
        assert all(len(line) <= 110 for line in done.stdout.decode().splitlines())

    def test_version(self, run):
        assert run("--version").stdout.decode().strip().endswith(rupture.__version__)

    def test_unknown_command(self, run):
        done = run("rendre")
        assert done.returncode == 2
        assert b"rendre" in done.stderr

    def test_reasons(self, run):
        said = run("reasons").stdout.decode()
        for slug, entry in catalogue.reasons().items():
            assert f"{slug}  {entry.title}" in said
            assert entry.wants in said

    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_completion(self, run, shell):
        done = run("completion", shell)
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"_RUPTURE_COMPLETE" in done.stdout

    @pytest.mark.parametrize(
        "arguments", [("check", *TWO), ("reasons",), ("check", "nowhere.yaml"), ("render", TWO[0], "-o", "-")]
    )
    def test_no_colour_in_a_pipe(self, run, arguments):
        done = run(*arguments, TERM="xterm-256color")
        assert ESCAPE not in done.stdout + done.stderr
        assert done.stdout + done.stderr


class TestOnce:
    """A letter is composed and reviewed once, in however many formats it is written."""

    def test_review(self, monkeypatch, tmp_path):
        real, seen = api.cleared, []
        monkeypatch.setattr(api, "cleared", lambda case, *rest: seen.append(case) or real(case, *rest))
        formats = ["--to", "txt", "--to", "html", "--to", "eml"]
        done = CliRunner().invoke(command, ["render", *TWO, *formats, "-o", f"{tmp_path}/"])
        assert (done.exit_code, len(seen), len(list(tmp_path.iterdir()))) == (0, 2, 6)


class TestImports:
    """What does not need a heavy library does not import it."""

    def test_heavy(self, tmp_path):
        """One command after the other in one process, and after each what has been imported."""
        kinds = [part for kind in ("txt", "eml", "html", "docx") for part in ("--to", kind)]
        commands = [["check", TWO[0]], ["render", TWO[0], *kinds, "-o", "."], ["render", TWO[0], "-o", "letter.pdf"]]
        script = (
            "import json, sys\n"
            "from rupture.cli.main import main\n"
            "for arguments in json.loads(sys.argv[1]):\n"
            "    sys.argv = ['rupture', *arguments]\n"
            "    try:\n"
            "        main()\n"
            "    except SystemExit as ended:\n"
            "        assert ended.code == 0\n"
            "    heavy = {'weasyprint', 'docx', 'tomllib', 'rupture.merging.run'} & set(sys.modules)\n"
            "    print(json.dumps(sorted(heavy)), file=sys.stderr)\n"
        )
        command = [sys.executable, "-c", script, json.dumps(commands)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        assert done.returncode == 0, done.stderr
        assert [json.loads(line) for line in done.stderr.splitlines()] == [[], [], ["weasyprint"]]
        assert len(done.stdout.splitlines()) >= 6
