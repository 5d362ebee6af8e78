"""The commands and the Python that the documentation shows run, and print what it shows.

The blocks of a page run from top to bottom in one folder, which starts with a copy of `examples/`. In the output of a
command, `...` stands for what varies. A block that begins with a comment of a file name (`# answers.yaml`) is saved as
that file. Two kinds of hidden comment steer a page: `<!-- run: COMMAND -->` prepares what the next block needs, and
`<!-- not run: REASON -->` leaves out the block that follows it.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rupture.cli.main import main

ROOT = Path(__file__).parents[2]
ITEM = re.compile(
    r"^<!-- run: (?P<command>.+?) -->$"
    r"|^(?:<!-- not run: (?P<reason>[^\n]+) -->\n+)?```(?P<language>[a-z]+)\n(?P<code>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
FILE = re.compile(r"\A(?:#|\{#|//) (\S+\.(?:yaml|toml|csv|html|json|txt))\b")


@dataclass
class Tally:
    """What was run of a page, and what was left out and why."""

    ran: int = 0
    left_out: list[str] = field(default_factory=list)


def run_page(page: Path, folder: Path) -> Tally:
    """Run the blocks of a page in a folder; raise AssertionError where one fails or prints something else."""
    tally, names = Tally(), {"__name__": "__main__"}
    with chdir(folder):
        for item in ITEM.finditer(page.read_text(encoding="utf-8")):
            place = f"{page.name}: {(item['command'] or item['code']).strip()}"
            if item["command"]:
                check(item["command"], None, place)
            elif item["reason"]:
                tally.left_out.append(item["reason"])
            elif item["language"] in RUN:
                RUN[item["language"]](item["code"], place, names)
                tally.ran += 1
            elif name := FILE.match(item["code"]):
                Path(name[1]).parent.mkdir(parents=True, exist_ok=True)
                Path(name[1]).write_text(item["code"], encoding="utf-8")
    return tally


def run_console(code: str, place: str, _: dict[str, object]) -> None:
    """Run the commands of a block, each with the output shown below it."""
    parts = re.split(r"^\$ ", code.replace("\\\n", " "), flags=re.MULTILINE)
    assert not parts[0], f"{place}\na console block begins with its command"
    for part in parts[1:]:
        command, _, shown = part.partition("\n")
        check(command, shown, place)


def run_shell(code: str, place: str, _: dict[str, object]) -> None:
    """Run the commands of a block whose output is not shown."""
    for line in code.replace("\\\n", " ").splitlines():
        if line.strip() and not line.startswith("#"):
            check(line, None, place)


def run_python(code: str, place: str, names: dict[str, object]) -> None:
    exec(compile(code, place, "exec"), names)  # noqa: S102  the project's own pages


RUN = {"console": run_console, "sh": run_shell, "python": run_python}


def check(command: str, shown: str | None, place: str) -> None:
    output, exit_code = run(command)
    if shown is None:
        assert exit_code == 0, f"{place}\n{output}"
        return
    if not matches(shown.strip(), output.strip()):
        pytest.fail(f"{place}\nprinted:\n{output}", pytrace=False)


def matches(shown: str, output: str) -> bool:
    """Whether an output is as shown, where `...` is the rest of a line, or any number of lines if it stands alone."""
    lines = re.sub(r"^ *\.\.\.$", "\0", shown, flags=re.MULTILINE)
    pattern = re.escape(lines).replace(r"\.\.\.", "[^\n]*").replace("\0", r"[\s\S]*")
    return re.fullmatch(pattern, output) is not None


def run(command: str) -> tuple[str, int]:
    """What a command prints, on both outputs, and its exit code; `rupture` itself runs in this process."""
    words = shlex.split(command, comments=True)
    if words[0] != "rupture" or {">", "|", "&&"}.intersection(words):
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # where `rupture` is
        environment = {**os.environ, "PATH": path}
        done = subprocess.run(["sh", "-c", command], text=True, capture_output=True, env=environment, check=False)  # noqa: S607
        return done.stdout + done.stderr, done.returncode
    arguments, exit_code = [name for word in words[1:] for name in expanded(word)], 0
    bytes_ = io.BytesIO()
    with pytest.MonkeyPatch.context() as patch, io.TextIOWrapper(bytes_, encoding="utf-8", write_through=True) as out:
        patch.setattr(sys, "argv", ["rupture", *arguments])
        with redirect_stdout(out), redirect_stderr(out):
            try:
                main()
            except SystemExit as end:
                exit_code = int(end.code or 0)
        return bytes_.getvalue().decode(), exit_code


def expanded(word: str) -> list[str]:
    """A word of a command line, as a shell expands its `*`."""
    return sorted(map(str, Path().glob(word))) if "*" in word else [word]


def folder_of_examples(folder: Path) -> Path:
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


PAGES = sorted(
    page
    for page in (*ROOT.glob("*.md"), *ROOT.glob("*/README.md"), *(ROOT / "docs").rglob("*.md"))
    if re.search(rf"^```({'|'.join(RUN)})$", page.read_text(encoding="utf-8"), re.MULTILINE)
)


class TestBlocks:
    """Every block of a page runs, or the page says why not."""

    @pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
    def test_run(self, page, tmp_path):
        tally, text = run_page(page, folder_of_examples(tmp_path)), page.read_text(encoding="utf-8")
        assert tally.ran + len(tally.left_out) == len(re.findall(rf"^```(?:{'|'.join(RUN)})", text, re.MULTILINE))
        assert len(tally.left_out) == text.count("not run:")

    def test_are_found(self):
        assert len(PAGES) >= 10


PAGE = """
<!-- run: cp examples/harbor.en.yaml case.yaml -->

```console
$ rupture check case.yaml --set end.date=2026-01-01
case.yaml:19:13: error end.past [end.date]
    The work would end on ...
    > Correct end.date or date; ...
    ...
case.yaml: 1 error
$ rupture render case.yaml \\
    --to txt -o letter.txt
letter.txt
```

```toml
# mine/note.toml
answer = 42
```

```python
from pathlib import Path
assert "Harbor" in Path("letter.txt").read_text() and Path("mine/note.toml").exists()
```

<!-- not run: it needs a network -->

```sh
false
```

```sh
ls letter.txt  # there it is
```
"""


class TestPages:
    """A page whose blocks do not do what they show is found out."""

    def check(self, tmp_path, text):
        page = tmp_path / "page.md"
        page.write_text(text, encoding="utf-8")
        return run_page(page, folder_of_examples(tmp_path))

    def test_a_page_that_tells_the_truth(self, tmp_path):
        assert self.check(tmp_path, PAGE) == Tally(ran=3, left_out=["it needs a network"])

    @pytest.mark.parametrize(
        ("right", "wrong"),
        [
            ("Correct end.date or date;", "Correct the date;"),  # another output
            ("error end.past [", "error ...\n["),  # a line broken elsewhere
            ("\nletter.txt\n", "\nletter.txt\nletter.pdf\n"),  # a line too many
            ("letter.txt  # there", "letter.pdf # there"),  # a command that fails
            ('"Harbor" in', '"Boréal" in'),  # Python that fails
            ("cp examples/harbor", "cp examples/gone"),  # a preparation that fails
            ("<!-- not run: it needs a network -->", "A line between.\n"),  # a block that is not left out
        ],
    )
    def test_a_page_that_does_not(self, tmp_path, right, wrong):
        assert right in PAGE
        with pytest.raises((AssertionError, pytest.fail.Exception)):
            self.check(tmp_path, PAGE.replace(right, wrong))
