"""The Big List of Naughty Strings through every text field of a case, into every format, and as names of files.

`blns/` is the list of the npm package `big-list-of-naughty-strings` 1.0.0, kept here with its licence (MIT), so that no
test needs a network. Fields are those that the schema of a case names: a new one is tried without a new line here.
`make soak` (SOAK=1) tries every string in every field of every format; `make test` every string and every field, but
not every string in every field.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import re
import unicodedata
import zipfile
from collections import Counter
from dataclasses import dataclass
from email import message_from_bytes
from functools import lru_cache
from io import BytesIO, StringIO

import docx
import pypdfium2
import pytest
from click.testing import CliRunner
from fields import (
    PLAIN,
    abstract,
    acceptable,
    forms_of,
    grown,
    in_both_languages,
    in_part,
    lines_in,
    lines_of_schema,
    name_of,
    sources_of,
    structure,
    verbed,
    with_values,
)
from fontTools.ttLib import TTFont
from reading import ROOT, all_text, bare, html_parts, message_of, pdf_objects, plain_data, shape_of

import rupture
import rupture.writing.formats
from rupture.case.cleaning import clean_line
from rupture.cli import main as cli
from rupture.letter.blocks import runs_of
from rupture.loading.starter import starter_case
from rupture.merging.options import MergeOptions
from rupture.merging.rows import Merge
from rupture.merging.tables.opening import open_table
from rupture.page import faces

NAUGHTY: tuple[str, ...] = tuple(dict.fromkeys(json.loads((ROOT / "tests" / "blns" / "blns.json").read_text("utf-8"))))
SOAK = os.environ.get("SOAK") == "1"
TODAY = dt.date(2026, 11, 20)
#: Cases that hold together every text field, each grown by all that goes with it: the fullest of the corpus, and new
#: cases of some message, with what a test of them replaces.
CHOSEN: dict[str, tuple[str, str, dict]] = {
    "fullest": ("fr-FR", "", {}),
    "new": ("en-GB", "separation", {}),
    "decline": ("en-US", "decline", {"matters": [{"did": "call", "reason": "capacity"}], "reasons": [{"do": "call"}]}),
    "conversation": (
        "fr-CA",
        "conversation",
        {"matters": [{"fact": "tout est là"}], "reasons": [{"fact": "c’est peu"}]},
    ),
    "asked": (
        "en-CA",
        "decline",
        {
            "request": {"about": "a shop", "reason": "capacity"},
            "recipient": {"people": [{"name": "A B"}]},
        },
    ),
    "told": (
        "en-US",
        "decline",
        {"request": {"do": "call"}, "meeting": {"about": "us"}, "people": [{"tried": "I asked"}]},
    ),
    "doing": (
        "fr-CH",
        "conversation",
        {"meeting": {"do": "parler"}, "request": {"do": "parler"}},
    ),
    "met": (
        "en-GB",
        "conversation",
        {"meeting": {"about": "us", "reason": "capacity"}, "matters": [{"do": "call"}]},
    ),
}
#: Fields that name the subject of a matter; they take the words that it takes.
CITING = {"money[].about", "money[].about.*"}
#: Fields that the schema knows and a case refuses: what is asked for is in about or in do.
REFUSED = {
    f"{part}.{key}" for part in ("request", "meeting") for key in ("did", "did.*", "fact", "fact.*", "used.*")
} & lines_of_schema()
#: Fields that another wording may leave out: a noun that has no gender, a service that is too long.
VARIED = {("relationship", "unit"), ("relationship", "service")}
#: Fields that name a thing: two entries of one name are one thing, though their strings differ in what is not shown.
NAMED = {"about", "what"}
#: Turns of the fullest case: over them, each string stands in some fields of it, and each field has as many strings.
FULL_TURNS = 12


@dataclass(frozen=True)
class Host:
    """A case, its fields that take any words, those that take only some, and those whose words its letter holds."""

    name: str
    data: dict
    free: tuple[tuple, ...]
    bound: tuple[tuple, ...]
    shown: frozenset[tuple]

    @property
    def plain(self) -> dict:
        return with_values(self.data, plain_words(self.free))


def plain_words(paths) -> dict[tuple, str]:
    return {path: f"{PLAIN} {number}" for number, path in enumerate(paths)}


def host_of(name: str, data: dict) -> Host:
    """Return a case with what its fields take: those that refuse plain words are bound."""
    lines = [path for path in lines_in(data) if abstract(path) not in CITING]
    bound: set[str] = set()
    while True:
        free = tuple(path for path in lines if name_of(path) not in bound)
        try:
            case = rupture.load(with_values(data, plain_words(free)))
        except rupture.CaseError as error:
            found = {problem.path for problem in error.problems}
            if found <= bound:
                raise
            bound |= found
        else:
            break
    shown = sources_of(rupture.compose(case))
    others = tuple(path for path in lines if name_of(path) in bound)
    return Host(name, data, free, others, frozenset(path for path in free if name_of(path) in shown))


def all_grown(data: dict, known: set[str]) -> dict:
    """Return a case with every line that goes with it, but for those that are known from another."""
    held = set(map(abstract, lines_in(data)))
    for wanted in sorted(lines_of_schema() - REFUSED - known):
        if wanted.endswith(".*") or wanted in held:
            continue
        try:
            larger = grown(data, wanted)
            rupture.load(larger)
        except (rupture.CaseError, IndexError):
            continue
        data, held = larger, set(map(abstract, lines_in(larger)))
    return data


NAMES = (*CHOSEN, *(f"{name}, twin" for name in CHOSEN))


@lru_cache(maxsize=64)
def host_named(name: str) -> Host:
    """Return one of the chosen cases, or its twin letter."""
    chosen, _, twin = name.partition(", ")
    if twin:
        return host_of(name, in_both_languages(host_named(chosen).data))
    before = [host_named(each) for each in NAMES[: NAMES.index(name)]]
    data = all_grown(beginning(name), {abstract(path) for host in before for path in (*host.free, *host.bound)})
    if name == NAMES[0]:
        picture = {"file": "tests/paper/dot.png", "alt": "words"}
        data["paper"] |= {"logo": picture, "signature": dict(picture)}
    if name == "doing":
        data["contact"] = {"for": "le site"}  # one entry, not a list of one
        data["request"]["on"] = data["meeting"]["on"] = "words"
    return host_of(name, data)


def beginning(name: str) -> dict:
    """Return a chosen case before it is grown."""
    locale, message, changes = CHOSEN[name]
    file = ROOT / "tests" / "corpus" / "yaml" / f"{name}.yaml"
    text = (
        starter_case(locale, (), "s.json", "x.yaml", message=message, today=TODAY)
        if message
        else file.read_text("utf-8")
    )
    return plain_data("x.yaml", text) | changes


def hosts() -> tuple[Host, ...]:
    return tuple(map(host_named, NAMES))


def turn(host: Host, number: int) -> dict[tuple, str]:
    """Return a naughty string for each free field; over as many turns as there are strings, each field has each."""
    values = {path: NAUGHTY[(number + place) % len(NAUGHTY)] for place, path in enumerate(host.free)}
    named: set[str] = set()
    for path in (path for path in host.free if path[-1] in NAMED and acceptable(values[path])):
        word = clean_line(values[path]).casefold()
        if word in named:
            values[path] = plain_words(host.free)[path]
        named.add(word)
    return values


def case_of(host: Host, values: dict[tuple, str]) -> tuple[rupture.Case, dict[tuple, str]]:
    """Return the case with these words, after what no field takes was refused at its field, and is plain words."""
    refused = {path for path, value in values.items() if not fits(host, path, value)}
    if refused:
        with pytest.raises(rupture.CaseError) as caught:
            rupture.load(with_values(host.data, values))
        named = {problem.path for problem in caught.value.problems}
        assert {name for name in named if not re.match(r"money\[\d+\]\.about", name)} == set(map(name_of, refused))
    kept = values | {path: word for path, word in plain_words(host.free).items() if path in refused}
    return rupture.load(with_values(host.data, kept)), kept


def fits(host: Host, path: tuple, value: str) -> bool:
    """Return whether a field takes these words: behind its verb, and as the number of a wording if they are one."""
    if path[0] == "say" and is_number(value):
        return int(value) > 0
    return acceptable(verbed(path, value, host.data["locale"][:2]))


def is_number(value: str) -> bool:
    return value.strip().isascii() and value.strip().isdecimal()


@lru_cache(maxsize=64)
def plain_letter(name: str) -> rupture.Document:
    return rupture.compose(rupture.load(host_named(name).plain))


@lru_cache(maxsize=64)
def plain_structure(name: str, kind: str) -> object:
    return anatomy(write(plain_letter(name), kind), kind)


def anatomy(written: bytes, kind: str) -> object:
    """Return everything in a file other than text: elements, styles, links, attachments, headers, scripts."""
    if kind == "pdf":
        inside = pdf_objects(written)
        marks = (b"/Annot", b"/URI", b"/EmbeddedFile", b"/JavaScript", b"/Launch", b"/OpenAction", b"/AcroForm")
        return {mark: inside.count(mark) for mark in marks}
    if kind == "docx":
        with zipfile.ZipFile(BytesIO(written)) as archive:
            relations = [archive.read(name) for name in archive.namelist() if name.endswith(".rels")]
            return (
                structure(written, kind),
                archive.namelist(),
                relations,
                b"<w:hyperlink" in archive.read("word/document.xml"),
            )
    if kind == "eml":
        message = message_from_bytes(written)
        return sorted(message.keys()), [(part.get_content_type(), part.get_filename()) for part in message.walk()]
    return structure(written, kind)


def spoken_words(document: rupture.Document) -> dict[str, str]:
    """Return what a letter says of each field."""
    spoken: dict[str, str] = {}
    for letter in document.letters:
        for run in runs_of(letter.parts):
            if run.source:
                spoken[run.source] = spoken.get(run.source, "") + run.text
    return spoken


def is_read(path: tuple, value: str) -> bool:
    """Return whether a text is taken for what it means: a stop, which a sentence has once; the number of a wording."""
    return set(clean_line(value)) <= set(".…!?") or (path[0] == "say" and is_number(value))


def check_tree(host: Host, document: rupture.Document, values: dict[tuple, str]) -> None:
    """Check that the letter has the shape of the plain one, and each string where the plain words stood, as often."""
    plain = plain_letter(host.name)
    assert shape_of(document) == shape_of(plain)
    sources, usual = sources_of(document), sources_of(plain)
    spoken = spoken_words(document)
    for path in (path for path in host.shown if path[:2] not in VARIED and not is_read(path, values[path])):
        name = name_of(path)
        assert bool(sources[name]) == bool(usual[name]) or in_part(path), name
        forms = forms_of(clean_line(values[path]), document.letters[0].locale[:2])
        assert in_part(path) or any(form in bare(spoken[name]) for form in forms), f"{name}: {values[path]!r}"


def check_file(host: Host, document: rupture.Document, written: bytes, kind: str) -> None:
    """Check that a file has the anatomy of the plain one, and the words of the letter."""
    assert anatomy(written, kind) == plain_structure(host.name, kind), kind
    if kind == "txt":
        assert signs(written.decode()) == signs(str(document))
    elif kind == "html":
        assert bare("".join(text for _, text in html_parts(written.decode()))) == bare(words_of(document))
    else:
        opened(written, kind)
        text = bare(all_text(written, kind))
        for path, words in spoken_words(document).items():
            assert holds(text, bare(words)) or sources_of(document)[path] > 1, f"{path}: {words!r} is lost from {kind}"


def signs(text: str) -> Counter:
    """Return how often each sign stands in a text, but for those that draw its tables."""
    return Counter(re.sub(r"[-|.]+", "", bare(text)))


def holds(text: str, words: str) -> bool:
    """Return whether a text has these words, perhaps with the end of a page between them."""
    return words in text or any(words[:at] in text and words[at:] in text for at in range(1, len(words)))


def words_of(document: rupture.Document) -> str:
    return "".join(run.text for letter in document.letters for run in runs_of(letter.parts))


def opened(written: bytes, kind: str) -> None:
    """Open a file with a program that did not write it."""
    if kind == "docx":
        assert docx.Document(BytesIO(written)).paragraphs
    elif kind == "pdf":
        with pypdfium2.PdfDocument(written) as pdf:
            assert len(pdf)
    else:
        (attached,) = message_of(written).iter_attachments()
        opened(attached.get_content(), "pdf")


@lru_cache(maxsize=1)
def face() -> frozenset[str]:
    return frozenset(map(chr, TTFont(faces.files()["regular"]).getBestCmap()))


def can_be_shown(value: str) -> bool:
    """Return whether the text face of the PDF has every sign of a text."""
    return face() >= set(clean_line(value)) if acceptable(value) else True


def turns(count: int) -> range:
    """Return so many turns, spread over the strings: in the long form, all of them."""
    return range(0, len(NAUGHTY), 1 if SOAK else -(-len(NAUGHTY) // count))


pytestmark = pytest.mark.usefixtures("first_wordings")


@pytest.fixture(autouse=True)
def in_the_checkout(monkeypatch):
    """A mapping names its pictures from the folder that one is in."""
    monkeypatch.chdir(ROOT)


class TestFields:
    """The strings go through every field that the schema of a case knows."""

    def test_every_line_of_the_schema_is_tried(self):
        tried = {abstract(path) for host in hosts() for path in (*host.free, *host.bound)}
        assert tried | CITING | set(NAMING) == lines_of_schema() - REFUSED
        free = {abstract(path) for host in hosts() for path in host.free}
        assert len(free) > 130
        assert len({abstract(path) for host in hosts() for path in host.shown}) > 120

    def test_there_are_many_strings(self):
        assert len(NAUGHTY) > 450
        assert sum(map(acceptable, NAUGHTY)) > 400
        assert not all(map(acceptable, NAUGHTY))

    def test_every_string_has_its_turn(self):
        host = host_named(NAMES[0])
        tried = {value for number in turns(FULL_TURNS) for value in turn(host, number).values()}
        assert set(NAUGHTY) <= tried

    def test_the_checks_bite(self):
        host = host_named(NAMES[0])
        case, values = case_of(host, turn(host, 0))
        document = rupture.compose(case)
        place = ("sender", "name")
        with pytest.raises(AssertionError):
            check_tree(host, document, values | {place: "something else"})
        for spoilt in (b"<p><script>x</script>", b"<p><a href='x'>", b"</div><p>", b"<p>words"):
            with pytest.raises(AssertionError):
                check_file(
                    host, document, rupture.writing.formats.write(document, "html").replace(b"<p>", spoilt, 1), "html"
                )


class TestLetters:
    """A string stands in the letter as words, where it belongs, or is refused at its field."""

    @pytest.mark.parametrize("name", NAMES)
    def test_tree_text_and_page(self, name):
        host = host_named(name)
        for number in turns(FULL_TURNS if name == NAMES[0] else 3):
            case, values = case_of(host, turn(host, number))
            document = rupture.compose(case)
            check_tree(host, document, values)
            for kind in ("txt", "html"):
                check_file(host, document, rupture.writing.formats.write(document, kind), kind)

    @pytest.mark.parametrize("name", NAMES if SOAK else NAMES[:1])
    @pytest.mark.parametrize("kind", ["docx", "pdf", "eml"])
    def test_files(self, name, kind):
        host = host_named(name)
        for number in turns({"docx": 2, "pdf": 1, "eml": 1}[kind]):
            values = turn(host, number)
            if kind != "docx":
                plain = plain_words(host.free)
                values = {path: value if can_be_shown(value) else plain[path] for path, value in values.items()}
            case, _ = case_of(host, values)
            document = rupture.compose(case)
            check_file(host, document, write(document, kind), kind)

    def test_what_the_text_face_does_not_have_is_named(self, minimal):
        beyond = [value for value in NAUGHTY if not can_be_shown(value)]
        assert len(beyond) > 40
        for value in beyond[:: 1 if SOAK else 12]:
            case = rupture.load(minimal(place=value))
            with pytest.raises(rupture.CharacterError, match=r"U\+[0-9A-F]{4}"):
                rupture.render(case, "pdf")

    def test_the_review_reads_them(self):
        host = host_named(NAMES[0])
        for number in turns(3):
            case, _ = case_of(host, turn(host, number))
            assert all(finding.message for finding in rupture.review(case))


def write(document: rupture.Document, kind: str) -> bytes:
    return rupture.writing.formats.write(document, kind, attach=("pdf",) if kind == "eml" else ())


#: Fields that name a file or a page.
NAMING = ("paper.letterhead", "paper.stylesheet", "paper.layout")


class TestBoundFields:
    """A field that takes only some words refuses the others by its name, or takes them for what they are."""

    @pytest.mark.parametrize("name", NAMES if SOAK else NAMES[:2])
    def test_refused_at_the_field(self, name):
        host = host_named(name)
        assert host.bound
        for value in NAUGHTY[:: 1 if SOAK else 5]:
            changed = with_values(host.data, dict.fromkeys(host.bound, value))
            try:
                rupture.load(changed)
            except rupture.CaseError as error:
                refused = {problem.path for problem in error.problems}
            else:
                refused = set()
            assert refused <= set(map(name_of, host.bound))

    @pytest.mark.parametrize("field", NAMING)
    def test_names_of_files_and_pages(self, minimal, field):
        for value in NAUGHTY[:: 1 if SOAK else 5]:
            with pytest.raises(rupture.CaseError) as caught:
                rupture.load(minimal(), changes=[f"{field}={value}"])
            assert {problem.path for problem in caught.value.problems} == {field}


class TestTables:
    """A cell is a text like any other, and a file name made of it is safe."""

    def test_a_run_of_a_table(self, tmp_path):
        rows = tmp_path / "clients.csv"
        with rows.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["recipient.organisation", "place"])
            writer.writerows([value, "Leeds"] for value in NAUGHTY)
        table = open_table(rows)
        assert [row.cells.get("recipient.organisation", "") for row in table.read()] == [v.strip() for v in NAUGHTY]
        base = ROOT / "examples" / "merge" / "base.yaml"
        merged = list(Merge(base, table, MergeOptions(name="{recipient.organisation}")).rows(dt.date(2026, 11, 20)))
        assert len(merged) == len(NAUGHTY)
        for row, value in zip(merged, NAUGHTY, strict=True):
            if row.case is None:
                assert not acceptable(value)
                assert [(each.path, each.column, each.line) for each in row.problems] == [
                    ("recipient.organisation", 1, row.number)
                ]
            elif value.strip():
                assert row.case.recipient.organisation == clean_line(value)
        names = [row.name for row in merged if row.case]
        assert len({unicodedata.normalize("NFC", name).casefold() for name in names}) == len(names)
        for name in names:
            assert not re.search(r'[/\\:*?"<>|\x00-\x1f]', name)
            assert len(name.encode()) <= 130
            (tmp_path / f"{name}.txt").write_bytes(b"x")
        assert len(list(tmp_path.glob("*.txt"))) == len(names)

    def test_the_report_holds_no_formula(self, tmp_path):
        rows = [json.dumps({"end.date": value, "place": value}) for value in NAUGHTY]
        (tmp_path / "clients.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
        base = ROOT / "examples" / "merge" / "base.yaml"
        arguments = ["render", str(base), "--data", str(tmp_path / "clients.jsonl"), "--to", "txt", "-o", str(tmp_path)]
        assert CliRunner().invoke(cli.command, arguments).exit_code == 1
        report = (tmp_path / "report.csv").read_text(encoding="utf-8-sig")
        report_rows = list(csv.DictReader(StringIO(report, newline="")))
        assert len({row["row"] for row in report_rows}) > len(NAUGHTY) - 20
        assert not [
            cell for row in report_rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        ]
