"""The doors by which a stranger's bytes come in, each as one function; `test_fuzz.py` and `soak/fuzz.py` knock there.

A door takes any bytes. It ends quietly, with a good case or a `RuptureError`; any other exception is a fault. Bytes
that once were one stay in `corpus/`, in the folder of their door.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import zipfile
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING

from reading import ROOT, plain_data

import rupture
from rupture.merging.options import MergeOptions
from rupture.merging.rows import Merge
from rupture.merging.tables.opening import open_table
from rupture.writing import formats

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

CORPUS = ROOT / "tests" / "corpus"
TODAY = dt.date(2026, 11, 20)
BASE = ROOT / "examples" / "merge" / "base.yaml"
#: The longest complaint that a person is asked to read, in characters.
LONGEST_COMPLAINT = 100_000
#: The fields that the columns of any table are mapped to, in turn.
FIELDS = (
    "recipient.organisation",
    "recipient.address.lines[0]",
    "place",
    "thanks.for",
    "end.date",
    "locale",
    "matters[0].by",
    "",
)
#: What means something to one of the readers, thrown into the seeds.
TOKENS = (
    *("{", "}", "[", "]", "{{ ", " }}", "{% ", " %}", "{#", "-", ": ", "? ", "&a", "*a", "!!str ", "|", ">", "%", "#"),
    *("'", '"', "\\", "\n", "\r", "\t", ";", ",", "=", "\x00", "\x07", "\u2028", "\ufeff", "\u202e", "\u0301", "𝒳"),
    *("9" * 30, "-1", "1e999", "NaN", "null", "true", "[0]", "[99]", ".", "..", "~", "2026-02-30", "9999-12-31"),
    *("{% for i in range(999) %}", "{% endfor %}", "{% set x = x ~ x %}", "{{ x }}", "{% include ", "|replace('a', "),
    *("<p>", "</p>", "<ul><li>", "<table>", "<br>", '<data value="', "&#0;", "&lt;", "**9", "()", "__class__", "..5!"),
    *(
        '<c r="XFD9"/>',
        "<number>",
        "case.",
        ".parse_raw",
        "self.",
        "locale: ",
        "recipient.people",
        '[[tone]]\ncode = "',
    ),
)


def knock(door: str, data: bytes, folder: Path) -> str:
    """Return the complaint that these bytes meet, or nothing when they are taken.

    Args:
        door: one of ``DOORS``.
        data: any bytes.
        folder: where they may be laid down.
    """
    try:
        DOORS[door](data, folder)
    except rupture.RuptureError as error:
        complaint = str(error)
    else:
        return ""
    assert complaint.strip(), "an empty complaint"
    assert len(complaint) < LONGEST_COMPLAINT, "a complaint too long to read"
    return complaint


@lru_cache(maxsize=1)
def base_case() -> dict:
    return plain_data(BASE.name, BASE.read_text("utf-8"))


def live_through(case: rupture.Case, templates: Path | None = None) -> None:
    """Do with a case everything short of the slow formats."""
    document = rupture.compose(case, templates=templates)
    rupture.review(case, templates=templates)
    for kind in ("txt", "html", "eml"):
        formats.write(document, kind)


_TIMES = count(1_700_000_000)


def file(data: bytes, folder: Path, name: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    time = next(_TIMES)  # another each time: a template is read again when its time is another
    os.utime(path, (time, time))
    return path


# ---------------------------------------------------------------- load


def _case(name: str) -> Callable[[bytes, Path], None]:
    def door(data: bytes, folder: Path) -> None:
        live_through(rupture.load(file(data, folder, name), today=TODAY))

    return door


def _changes(data: bytes, folder: Path) -> None:
    del folder
    changes = data.decode("utf-8", "surrogateescape").split("\n")[:20]
    live_through(rupture.load(base_case(), changes=changes, today=TODAY))


def _answers(data: bytes, folder: Path) -> None:
    assert str(rupture.assess(file(data, folder, "answers.yaml")))


def _paper(key: str, name: str) -> Callable[[bytes, Path], None]:
    def door(data: bytes, folder: Path) -> None:
        file(data, folder, name)
        paper = {key: {"file": name, "alt": "words"} if key == "logo" else name}
        lines = BASE.read_text("utf-8") + f"paper: {paper}\n".replace("'", "")
        case = rupture.load(file(lines.encode(), folder, "case.yaml"), today=TODAY)
        document = rupture.compose(case)
        formats.write(document, "docx")

    return door


# ---------------------------------------------------------------- merge


def _table(name: str) -> Callable[[bytes, Path], None]:
    def door(data: bytes, folder: Path) -> None:
        table = open_table(file(data, folder, name))
        columns = table.columns or tuple(dict.fromkeys(key for row in table.read() for key in row.cells))
        mapped = {column: FIELDS[index % len(FIELDS)] for index, column in enumerate(columns)}
        patterns = ("".join(columns)[:50] + "{recipient.organisation}", "{row}-{" + "}{".join(columns[:2]) + "}")
        complaint = None
        for renamed, pattern in zip((mapped, {}), patterns, strict=True):
            try:
                _merged(Merge(BASE, table, MergeOptions(renamed, name=pattern)))
            except rupture.InputError as error:
                complaint = error
        if complaint:
            raise complaint

    return door


def _merged(merge: Merge) -> None:
    rows = list(merge.rows(TODAY))
    assert merge.count() == len(rows)
    assert len({row.number for row in rows}) == len(rows), "two rows of one number"
    for row in rows:
        assert (row.case is None) == bool(row.problems)
        assert all(str(problem).strip() for problem in row.problems)
    names = [row.name for row in rows if row.case]
    assert len({name.casefold() for name in names}) == len(names), "two files of one name"
    for name in names:
        assert len(name.encode()) <= 130, "a name that no file system takes"
        assert not re.search(r'[/\\:*?"<>|\x00-\x1f]', name), "a name that is a path"


def workbook(sheet: bytes) -> bytes:
    """Return a workbook whose first sheet is this XML."""
    main = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{main}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{main}"><sheets><sheet name="Clients" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{main}/worksheet" Target="worksheets/s.xml"/></Relationships>',
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/s.xml", sheet)
    return buffer.getvalue()


def _workbook(data: bytes, folder: Path) -> None:
    _table("clients.xlsx")(data if data.startswith(b"PK") else workbook(data), folder)


# ---------------------------------------------------------------- templates


def _template(data: bytes, folder: Path) -> None:
    """The bytes are the sentence of a letter's regret, whole or in its block."""
    whole = data if b"{% block" in data else b"{% block one %}" + data + b"{% endblock %}"
    file(whole, folder, "en/sentences/regret.html")
    live_through(rupture.load(base_case(), today=TODAY), folder)


def _letter(data: bytes, folder: Path) -> None:
    """Every block around the steps is what the bytes say, and the slow formats are written too."""
    names = re.findall(r"{%-?\s*block\s+(\w+)", (ROOT / "templates" / "en" / "letter.html").read_text("utf-8"))
    blocks = [b"{% block " + name.encode() + b" %}" + data + b"{% endblock %}" for name in names]
    file(b"\n".join(blocks), folder, "en/letter.html")
    case = rupture.load(base_case(), today=TODAY)
    live_through(case, folder)
    formats.write(rupture.compose(case, templates=folder), "docx")


_NO_PATTERN = b"severity='hint'\ncatches='c'\nmessage='m'\nsuggestion='s'\nwhy='w'\nsource='s'\ncheck='shouting'\n"


def _rules(data: bytes, folder: Path) -> None:
    """The bytes are a list of words, an excuse and a rule; each is refused by itself.

    Rules without a pattern stand in for the built-in ones, which would all be read and indexed again each time.
    """
    for built_in in (ROOT / "templates" / "en" / "review" / "tone").iterdir():
        if not (folder / "en/review/tone" / built_in.name).exists():
            file(_NO_PATTERN, folder, f"en/review/tone/{built_in.name}")
    for name in ("words/lines.txt", "excuses/lines.txt"):
        path = file(data, folder, f"en/review/{name}")
        with suppress(rupture.TemplateError):
            rupture.review_text("You never answer, so plouf.", "en-GB", templates=folder)
        path.unlink()
    file(data, folder, "en/review/tone/own.x.toml")
    rupture.review(rupture.load(base_case(), today=TODAY), templates=folder)


DOORS: Mapping[str, Callable[[bytes, Path], None]] = {
    "yaml": _case("case.yaml"),
    "json": _case("case.json"),
    "changes": _changes,
    "answers": _answers,
    "letterhead": _paper("letterhead", "paper.docx"),
    "logo": _paper("logo", "logo.png"),
    "csv": _table("clients.csv"),
    "jsonl": _table("clients.jsonl"),
    "xlsx": _workbook,
    "template": _template,
    "letter": _letter,
    "rules": _rules,
}
