"""What a review prints for people, programs, a workflow's log and a browser."""

from __future__ import annotations

import json
import re
import sys
from html import unescape
from html.parser import HTMLParser

import jsonschema
import pytest
from click.testing import CliRunner

import rupture
from rupture.cli import main
from rupture.letter.tree import Document
from rupture.reviewing.findings import Finding, Findings
from rupture.reviewing.reports.github import as_github
from rupture.reviewing.reports.json import REPORT_SCHEMA, VERSION, as_json

FORMATS = ("text", "json", "github", "html")
#: A command of a workflow's log, as GitHub's runner reads it.
COMMAND = re.compile(
    r"::(?P<kind>error|warning|notice) "
    r"file=(?P<file>[^,:\r\n]*),line=(?P<line>[1-9]\d*),col=(?P<col>[1-9]\d*),title=(?P<title>[^,:\r\n]*)"
    r"::(?P<text>[^\r\n]+)"
)

#: Those of the page that shows a review.
ELEMENTS = {"meta", "title", "style", "h1", "table", "thead", "tbody", "tr", "th", "td"}
ELEMENTS |= {"article", "div", "p", "ul", "li", "br", "strong", "mark", "sup"}

CASE = """\
locale: {locale}
date: 2026-11-20
end: {{date: {end}}}
sender: {{name: Atelier Nord, signatories: [{{name: Claire Martin}}],
  address: {{lines: [12 rue des Tanneurs], postcode: 69007, town: Lyon, country: FR}}}}
recipient: {{organisation: Boréal}}
relationship: {{service: le site}}
thanks: {{for: {thanks}}}
reasons: [{{reason: capacity}}]
matters: [{{do: vous remettre les accès, by: 2027-01-29, gift: true}}]
regret: none
people: none
{more}
"""


def read_back(text: str) -> str:
    """Return what a workflow's log shows of an escaped text."""
    for sign, code in {"\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C", "%": "%25"}.items():
        text = text.replace(code, sign)
    return text


@pytest.fixture
def write(tmp_path):
    """Write a case file; without changes it has no findings."""

    def case(name="case.yaml", *, locale="fr-FR", end="2027-01-31", thanks="la confiance", more=""):
        path = tmp_path / name
        path.write_text(
            CASE.format(locale=locale, end=end, thanks=json.dumps(thanks, ensure_ascii=False), more=more),
            encoding="utf-8",
        )
        return path

    return case


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Run `rupture check` (or another command) beside the case files; return its code and what it printed."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, command: str = "check") -> tuple[int, str]:
        done = CliRunner().invoke(main.command, [command, *arguments], catch_exceptions=False)
        assert done.stderr == ""
        return done.exit_code, done.stdout

    return run


class TestExitCode:
    """The command ends with 1 when any case has an error that is not waived, in every format, and with 0 otherwise."""

    @pytest.mark.parametrize("form", FORMATS)
    def test_an_error_in_one_of_two(self, write, check, form):
        write("good.yaml")
        write("late.yaml", end="2026-11-19")
        code, printed = check("good.yaml", "late.yaml", "--format", form)
        assert code == 1
        assert "end.past" in printed

    @pytest.mark.parametrize("form", FORMATS)
    def test_a_waived_error(self, write, check, form):
        write(end="2026-11-19", more="waive: {end.past: convenu hier}")
        code, printed = check("case.yaml", "--format", form)
        assert code == 0
        assert "end.past" in printed
        assert "convenu hier" in printed

    @pytest.mark.parametrize("form", FORMATS)
    def test_no_findings(self, write, check, form):
        write()
        code, printed = check("case.yaml", "--format", form)
        assert code == 0
        expected = {"text": "case.yaml: no findings", "json": '"findings": []', "html": "No findings."}
        assert expected.get(form, "") in printed
        assert form != "github" or not printed.strip()


class TestJson:
    """The JSON is as its schema says it is, and holds what the library returns."""

    def test_several_cases(self, write, check):
        late = write("late.yaml", end="2026-11-19", thanks="un budget de [x à dire], « l’été »")
        write("good.yaml", locale="fr-CH")
        write("waived.yaml", end="2026-11-19", more="waive: {end.past: convenu}")
        code, printed = check("late.yaml", "good.yaml", "waived.yaml", "--format", "json")
        report = json.loads(printed)
        schema = json.loads(check("--findings", command="schema")[1])
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(report, schema, jsonschema.Draft202012Validator)
        assert schema == REPORT_SCHEMA
        assert (code, report["version"]) == (1, VERSION)
        assert [(case["file"], case["held_back"]) for case in report["cases"]] == [
            ("late.yaml", True),
            ("good.yaml", False),
            ("waived.yaml", False),
        ]
        for listed, finding in zip(report["cases"][0]["findings"], rupture.review(rupture.load(late)), strict=True):
            assert listed == {name: getattr(finding, name) for name in listed}
        assert [finding["waived"] for finding in report["cases"][2]["findings"]] == ["convenu"]
        assert "« [x à dire] »" in printed, "letters beyond ASCII stay readable"

    def test_every_finding_of_the_library_fits(self, example):
        report = json.loads(as_json({str(example): rupture.review(rupture.load(example))}))
        jsonschema.validate(report, REPORT_SCHEMA)
        assert not report["cases"][0]["held_back"]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"version": 2, "cases": []},
            {"version": 1},
            {"version": 1, "cases": [{"file": "a", "findings": []}]},
            {"version": 1, "cases": [{"file": "a", "held_back": False, "findings": [{"code": "a"}]}]},
            {"version": 1, "cases": [], "more": 1},
        ],
    )
    def test_the_schema_refuses(self, wrong):
        jsonschema.validate({"version": 1, "cases": []}, REPORT_SCHEMA)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, REPORT_SCHEMA)

    def test_every_field_of_a_finding_that_a_program_needs(self):
        properties = REPORT_SCHEMA["$defs"]["finding"]["properties"]
        assert set(Finding.__dataclass_fields__) - set(properties) == {"file", "start"}, (
            "the file is given once per case"
        )


class TestGithub:
    """Each finding is one command of the log, whatever it contains, and reads back as it was."""

    @pytest.mark.parametrize(
        ("severity", "waived", "kind"),
        [("error", "", "error"), ("warning", "", "warning"), ("hint", "", "notice"), ("error", "said so", "notice")],
    )
    def test_kind(self, severity, waived, kind):
        command = as_github({"a.yaml": Findings([Finding("a.b", severity, "What.", "Do.", waived=waived)])})
        match = COMMAND.fullmatch(command)
        assert match["kind"] == kind
        assert match["text"] == ("What. Do. (waived: said so)" if waived else "What. Do.")

    @pytest.mark.parametrize(
        "text", ["100 % sure", "a\nb", "a\r\nb", "a: b, c; d", "%0A", "%250A", "::error::x", "é « »"]
    )
    def test_escaping(self, text):
        finding = Finding("own.a:b,c", "error", text, "Do.", line=3, column=7)
        command = as_github({f"{text}.yaml": Findings([finding])})
        match = COMMAND.fullmatch(command)
        assert match, command
        assert read_back(match["file"]) == f"{text}.yaml"
        assert (match["line"], match["col"]) == ("3", "7")
        assert read_back(match["title"]) == "own.a:b,c"
        assert read_back(match["text"]) == f"{text} Do."

    def test_a_message_keeps_its_commas(self):
        assert as_github({"a": Findings([Finding("a.b", "hint", "a: b, c")])}).endswith("::a: b, c")

    def test_no_place_is_the_first_line(self):
        match = COMMAND.fullmatch(as_github({"a.yaml": Findings([Finding("a.b", "hint", "What.")])}))
        assert (match["line"], match["col"]) == ("1", "1")

    def test_of_two_files(self, write, check):
        odd = "a,b%c:d.yaml" if sys.platform != "win32" else "a,b%c.yaml"
        late = write(odd, end="2026-11-19", thanks="une remise de 15 %, [à voir] : oui")
        write("other.yaml", more="waive: {end.past: 'sûr : 100 %, oui'}")
        code, printed = check(odd, "other.yaml", "--format", "github")
        commands = [COMMAND.fullmatch(line) for line in printed.splitlines()]
        assert all(commands), printed
        assert code == 1
        findings = rupture.review(rupture.load(late))
        assert len(commands) == len(findings) + 1
        for command, finding in zip(commands, findings, strict=False):
            assert (read_back(command["file"]), read_back(command["title"])) == (odd, finding.code)
            assert (int(command["line"]), int(command["col"])) == (finding.line, finding.column)
            assert read_back(command["text"]) == f"{finding.message} {finding.suggestion}"
        assert (commands[-1]["file"], commands[-1]["title"]) == ("other.yaml", "waiver.unused")


def marks(page: str) -> list[tuple[str, int]]:
    """Return the marked words of a page, each with its number."""
    found = re.findall(r"<mark [^>]*>(.*?)<sup>(\d+)</sup></mark>", page)
    return [(unescape(words), int(number)) for words, number in found]


class _Elements(HTMLParser):
    """Collects the names of the elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def rows(page: str) -> list[list[str]]:
    """Return the cells of the table of findings."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in re.findall("<tr>.*?</tr>", body)
    ]


class TestHtml:
    """The letter shows the words that a finding is about, under its number; nothing of a case becomes markup."""

    def test_the_letter_with_its_marks(self, write):
        path = write(thanks="la visite de [nom] en mai", end="2026-11-19", more="never_say: [Nord]")
        findings = rupture.review(rupture.load(path))
        page = findings._repr_html_()
        assert [(row[0], row[2], row[3]) for row in rows(page)] == [
            (str(number), finding.code, finding.path) for number, finding in enumerate(findings, 1)
        ]
        number = [finding.code for finding in findings].index("placeholder") + 1
        assert marks(page) == [("[nom]", number)]
        assert 'la visite de <mark style="' in page
        assert "</mark> en mai" in page
        assert page.count('<article lang="fr-FR"') == 1

    def test_two_findings_in_one_field(self, write):
        findings = rupture.review(rupture.load(write(thanks="la visite de [nom] pour tes équipes")))
        numbers = {finding.code: number for number, finding in enumerate(findings, 1)}
        assert sorted(marks(findings._repr_html_())) == [
            ("[nom]", numbers["placeholder"]),
            ("tes", numbers["register.mixed"]),
        ]

    def test_a_finding_about_a_whole_field(self, write):
        english = "the welcome of your team on the day of the launch"
        findings = rupture.review(rupture.load(write(thanks=english)))
        assert [finding.code for finding in findings] == ["language.mixed"]
        assert marks(findings._repr_html_()) == [(english, 1)]

    def test_nothing_of_a_case_is_markup(self, write, check):
        bad = "<script>alert(1)</script>"
        waived = f"waive: {{never-say: '{bad}'}}\nnever_say: ['{bad}']"
        write("a&b.yaml", thanks=f'["onclick="x"] {bad} & <b>tout</b>', more=waived)
        _, page = check("a&b.yaml", "--format", "html")
        elements = _Elements(page)
        assert elements.tags <= ELEMENTS
        assert {"mark", "td", "article"} <= elements.tags
        assert elements.attributes <= {"charset", "scope", "style", "lang", "class", "title"}
        assert [number for _, number in marks(page)] == [1]
        assert "<h1>a&amp;b.yaml</h1>" in page
        plain = re.sub(r"</?mark[^>]*>|<sup>\d+</sup>", "", page)
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;tout&lt;/b&gt;" in plain
        assert "error, waived: &lt;script&gt;alert(1)&lt;/script&gt;" in page

    def test_several_cases(self, write, check):
        write("one.yaml", thanks="la visite de [nom]")
        write("two.yaml", end="2026-11-19")
        write("good.yaml")
        code, page = check("one.yaml", "two.yaml", "good.yaml", "--format", "html")
        assert code == 1
        assert page.startswith("<!DOCTYPE html>\n<meta charset=")
        assert re.findall("<h1>(.*?)</h1>", page) == ["one.yaml", "two.yaml", "good.yaml"]
        parts = page.split("<h1>")[1:]
        assert [len(rows(part)) for part in parts] == [1, 1, 0]
        assert "placeholder" in parts[0]
        assert "end.past" in parts[1]
        assert "No findings." in parts[2]

    def test_each_letter_of_a_twin(self, minimal):
        both = {"fr": "l'entretien [x à dire]", "en": "the upkeep [to be said]"}
        case = rupture.load(minimal(twin="en-GB", relationship={"service": both}))
        page = rupture.review(case)._repr_html_()
        assert re.findall('<article lang="(.*?)"', page) == ["fr-FR", "en-GB"]
        first, second = page.split("<hr>")
        assert {words for words, _ in marks(first)} == {"[x à dire]"}
        assert {words for words, _ in marks(second)} == {"[to be said]"}

    def test_a_text_without_a_letter(self):
        findings = rupture.review_text("You are a bully.", "en-GB")
        assert findings
        page = findings._repr_html_()
        assert len(rows(page)) == len(findings)
        assert "<article" not in page

    def test_examples(self, example):
        findings = rupture.review(rupture.load(example))
        page = findings._repr_html_()
        assert isinstance(findings.document, Document)
        assert len(rows(page)) == len(findings)
        assert {number for _, number in marks(page)} <= set(range(1, len(findings) + 1))


class TestText:
    """For people: the place, the code and the field of a finding, what to do about it, and a count for each case."""

    def test_a_finding(self, write, check):
        path = write(thanks="la visite de [nom]")
        (finding,) = rupture.review(rupture.load(path))
        code, printed = check("case.yaml")
        assert code == 1
        assert printed.splitlines() == [
            f"case.yaml:{finding.line}:{finding.column}: error placeholder [thanks.for]",
            f"    {finding.message}",
            f"    > {finding.suggestion}",
            f"    {finding.why} ({finding.source})",
            "case.yaml: 1 error",
        ]
        assert (finding.line, finding.column) == (8, 15)

    def test_why_and_source(self, write, check):
        path = write(end="2026-11-27")
        text = path.read_text(encoding="utf-8").replace("le site", "le site, contract: {notice: 99 days}")
        path.write_text(text, encoding="utf-8")
        _, printed = check("case.yaml")
        assert "> Reportez end.date" in printed
        assert "Un préavis trop court se paie en dommages et intérêts. (le contrat ;" in printed

    def test_a_summary_of_each_case(self, write, check):
        write("a.yaml", end="2026-11-19", thanks="la visite de [nom] pour tes équipes")
        write("b.yaml", end="2026-11-19", more="waive: {end.past: convenu, own.x: y}")
        code, printed = check("a.yaml", "b.yaml")
        assert code == 1
        assert "a.yaml: 2 errors, 1 warning\n" in printed
        assert "b.yaml: 1 hint, 1 waived\n" in printed
        assert "b.yaml:3:13: error end.past [end.date] (waived: convenu)" in printed
        assert printed.index("end.past") < printed.index("register.mixed"), "worst first"

    def test_of_one_finding(self):
        finding = Finding("a.b", "hint", "What.", "Do.", file="c.yaml", line=3, column=7, waived="agreed")
        assert str(finding) == "c.yaml:3:7: hint a.b (waived: agreed): What. Do."
        assert str(Finding("a.b", "hint", "What.")) == "hint a.b: What."
