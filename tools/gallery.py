"""Write the gallery: every case in docs/gallery/cases as a letter in Markdown, and pictures of a few first pages.

With ``--check``, list the stale letters and write nothing.
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import rupture
from pictures import DOTS_PER_INCH, PAGES, first_page
from rupture.letter.blocks import Bullets, Figure, Table, labelled_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.letter.blocks import Block, Line
    from rupture.letter.tree import Letter

GALLERY: Final = Path(__file__).parent.parent / "docs" / "gallery"
CASES: Final = GALLERY / "cases"
PICTURED: Final = ("fr/late-payment", "fr/axis-fullest", "en/closure", "en/axis-fullest")
GROUPS: Final = {
    "": "One for each reason:",
    "message-": "One for each message that ends nothing:",
    "axis-": "One for each of these:",
}
TITLES: Final = {"fr": "French", "en": "English", "twin": "Both languages in one document"}


def main(arguments: list[str]) -> int:
    """Write the stale pages, or list them with ``--check``; return the exit code."""
    pages = dict(_pages())
    stale = [path for path, text in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    orphans = [path for path in GALLERY.glob("*/*.md") if path not in pages]
    if "--check" in arguments:
        for path in (*stale, *orphans):
            print(f"{path.relative_to(GALLERY)} is stale: run `make gallery`")
        return 1 if stale or orphans else 0
    for path in orphans:
        path.unlink()
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages[path], encoding="utf-8")
        print(f"wrote {path.relative_to(GALLERY)}")
    _draw()
    return 0


def _pages() -> Iterator[tuple[Path, str]]:
    entries: dict[str, list[str]] = {}
    for case in sorted(CASES.glob("*/*.yaml")):
        folder = case.parent.name
        page = GALLERY / folder / f"{case.stem}.md"
        title = _title(case)
        letters = rupture.compose(rupture.load(case)).letters
        text = "\n\n---\n\n".join(_markdown(letter) for letter in letters)
        yield page, f"# {case.stem}\n\n*{title}*\n\n[The case](../cases/{folder}/{case.name})\n\n---\n\n{text}\n"
        entries.setdefault(folder, []).append(f"- [{case.stem}]({folder}/{case.stem}.md): {title}")
    yield GALLERY / "README.md", _index(entries)


def _picture(name: str) -> str:
    return f"{name.replace('/', '-')}.png"


def _title(case: Path) -> str:
    first = case.read_text(encoding="utf-8").partition("\n")[0]
    if not first.startswith("# "):
        raise ValueError(f"{case}: the first line must be a comment that describes the situation")
    return first.removeprefix("# ").rstrip(".") + "."


def _index(entries: dict[str, list[str]]) -> str:
    parts = [
        "# The gallery\n",
        "The library wrote every letter on these pages from the case next to it. `make gallery` writes them again, and",
        "`make test` fails when one is stale. People and companies are fictitious.\n",
        " ".join(f'<img src="{_picture(name)}" width="380" alt="First page of {name}">' for name in PICTURED),
    ]
    for folder, title in TITLES.items():
        parts += [f"\n## {title}", *_groups(entries.get(folder, []))]
    parts += [
        "\n## The layouts\n",
        "One letter for each layout: the PDF on the left, the DOCX as LibreOffice displays it on the right.",
        "`make pictures` draws them.\n",
        *(f'<img src="pages/{name}.png" width="800" alt="{name}: PDF and DOCX side by side">\n' for name in PAGES),
    ]
    return "\n".join(parts) + "\n"


def _groups(entries: list[str]) -> Iterator[str]:
    """Yield the entries below the title of their kind, which the beginning of a name tells; one kind has no title."""
    kinds = {kind: [each for each in entries if _kind(each) == kind] for kind in GROUPS}
    for kind, found in kinds.items():
        if found:
            title = "" if len(found) == len(entries) else f"\n{GROUPS[kind]}"
            yield from (f"{title}\n", *found) if title else ("", *found)


def _kind(entry: str) -> str:
    return max((kind for kind in GROUPS if entry.startswith(f"- [{kind}")), key=len)


def _markdown(letter: Letter) -> str:
    blocks = [_block(block, part.name) for part in letter.seen for block in part.blocks]
    return "\n\n".join(filter(None, blocks))


def _block(block: Block, part: str) -> str:
    if isinstance(block, Bullets):
        return "\n".join(f"- {_line(item)}" for item in block.items)
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Figure):
        return ""
    lines = labelled_lines(block)
    if part == "subject":
        lines = (_bold(lines[0]), *lines[1:])
    text = "  \n".join(map(_line, lines))
    return f"> {text}" if block.urgent else text


def _table(table: Table) -> str:
    columns = len(table.rows[0])
    head = table.head or ((),) * columns
    rule = ("---", *("---:" if table.account else "---" for _ in range(columns - 1)))
    rows = (tuple(map(_line, row)) for row in (head, *table.rows))
    first, *others = (f"| {' | '.join(cells)} |" for cells in rows)
    return "\n".join((first, f"| {' | '.join(rule)} |", *others))


def _bold(line: Line) -> Line:
    return tuple(replace(run, strong=True) for run in line)


def _line(line: Line) -> str:
    """Return a line in Markdown; runs that are emphasised side by side share their stars."""
    parts = (("".join(run.text for run in runs), strong) for strong, runs in groupby(line, lambda run: run.strong))
    return "".join(_emphasised(text) if strong else _escaped(text) for text, strong in parts)


def _emphasised(text: str) -> str:
    words = text.strip()
    return _escaped(text).replace(_escaped(words), f"**{_escaped(words)}**", 1) if words else text


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text)


def _draw() -> None:
    for name in PICTURED:
        case = CASES / f"{name}.yaml"
        picture = first_page(rupture.render(rupture.load(case), "pdf"), DOTS_PER_INCH)
        picture.save(GALLERY / _picture(name), optimize=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
