"""The command as a whole process beside the plain script that only does the last step, both cold."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import letters, reading
from benchmarks.timing import TAKEN_HEAD, Report, compared, interleaved, ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from benchmarks.timing import Effort

PLAIN: Final = Path(__file__).parent / "plain"
#: Each format with the most that the command may take, as a multiple of the plain script.
TARGETS: Final[Mapping[str, float]] = {"txt": 2.5, "docx": 1.5, "pdf": 1.2}
_SCRIPTS: Final = {"txt": "to_text.py", "docx": "to_docx.py", "pdf": "to_pdf.py"}


def environment() -> dict[str, str]:
    """Return the environment of every process here: modules are compiled once, as for anybody."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def commands(folder: Path, case: Path = letters.CASE) -> dict[str, list[str]]:
    """Return the processes that are measured, by name, with all that they need in that folder.

    Args:
        folder: where templates are put, and letters written.
        case: the case file that all of them read.
    """
    text, page, markdown = folder / "letter.txt.jinja", folder / "letter.html.jinja", folder / "letter.md"
    text.write_text(letters.text_template(), encoding="utf-8")
    page.write_text(letters.page_template(), encoding="utf-8")
    markdown.write_text(_markdown(), encoding="utf-8")
    templates = {"txt": text, "docx": text, "pdf": page}
    ours = str(Path(sys.executable).with_name("rupture"))
    found = {"python -c pass": [sys.executable, "-c", "pass"]}
    for kind, script in _SCRIPTS.items():
        found[f"rupture render, {kind}"] = [ours, "render", str(case), "--to", kind, "-o", str(folder / f"ours.{kind}")]
        found[f"plain script, {kind}"] = [
            sys.executable,
            str(PLAIN / script),
            str(case),
            str(templates[kind]),
            str(folder / f"plain.{kind}"),
        ]
    if pandoc := shutil.which("pandoc"):
        found["pandoc, Markdown to docx"] = [pandoc, str(markdown), "-o", str(folder / "pandoc.docx")]
    found["rupture --help"] = [ours, "--help"]
    found["rupture check"] = [ours, "check", str(case)]
    return found


def _markdown() -> str:
    blocks = (text for _, text in letters.paragraphs(letters.samples(1)[0].document))
    return "\n\n".join(block.replace("\n", "\\\n") for block in blocks) + "\n"


def run(command: list[str], _: int = 0) -> None:
    """Run one process to its end."""
    target = Path(command[-1])
    if command[-2] == "-o":
        target.unlink(missing_ok=True)
    subprocess.run(command, check=True, env=environment(), stdout=subprocess.DEVNULL)


def check_words(folder: Path) -> int:
    """Refuse to compare letters that do not say the same, and return how many there are.

    Raises:
        ValueError: one of them says something else.
    """
    document = letters.samples(1)[0].document
    written = [path for path in sorted(folder.iterdir()) if path.suffix in {".txt", ".docx", ".pdf"}]
    for path in written:
        reading.check_same(document, path.read_bytes(), path.suffix.removeprefix("."), path.name)
    return len(written)


def measure(effort: Effort) -> Report:
    """Return what each process takes, and the ratios asked for."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        processes = commands(folder)
        steps: dict[str, Callable[[int], object]] = {each: partial(run, line) for each, line in processes.items()}
        taken = interleaved(steps, effort.rounds)
        check_words(folder)
    report = Report("Command, cold, whole process", ("Process", *TAKEN_HEAD))
    report.rows = [[each, *figures.row()] for each, figures in taken.items()]
    report.verdicts = [
        compared(
            f"`rupture render` to {kind} / plain script",
            taken[f"rupture render, {kind}"],
            taken[f"plain script, {kind}"],
            target,
            most=True,
        )
        for kind, target in TARGETS.items()
    ]
    if "pandoc, Markdown to docx" in taken:
        against = ratio(taken["rupture render, docx"].wall, taken["pandoc, Markdown to docx"].wall)
        report.notes.append(f"`rupture render` to docx takes {against} times as long as pandoc from finished Markdown.")
    else:
        report.notes.append("pandoc is not installed here, and was left out.")
    return report
