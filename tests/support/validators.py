"""Asks programs that other people wrote what they think of a finished letter: veraPDF, the Open XML SDK, LibreOffice.

They are installed by ``make validators``. Where one is missing, a test that asks for it is left out and named at the
end of the run; where ``CI`` is ``true``, it fails.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from reading import ROOT, bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rupture.page.layouts import Box

CACHE = ROOT / ".validators"
LEFT_OUT = "left out: "
_TIMEOUT = 600

# What veraPDF needs beside a JRE, and Java no longer brings.
_JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-core", "javax.activation", "istack-commons-runtime", "txw2", "stax-ex")
_JAVA = Path("/usr/share/java")


def need(tool: str, found: object) -> None:
    """Leave the test out, or fail in CI, where that tool was not found."""
    if found:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{tool} is not installed, and CI leaves nothing out: make validators")
    pytest.skip(f"{LEFT_OUT}{tool} (install with make validators)")


# ---------------------------------------------------------------- veraPDF


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of one file and one profile."""

    name: str
    profile: str
    ok: bool
    checks: int
    faults: tuple[str, ...]


def verapdf() -> list[str]:
    """Return the command that runs `verapdf.js`, or an empty list."""
    java, jar = shutil.which("java"), CACHE / "verapdf.jar"
    jars = [_JAVA / f"{name}.jar" for name in _JAXB]
    if not java or not all(path.exists() for path in (jar, *jars)):
        return []
    path = os.pathsep.join(map(str, (jar, *jars)))
    script = str(Path(__file__).with_name("verapdf.js"))
    quick = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # half the time on two cores
    return [java, *quick, "-cp", path, "org.mozilla.javascript.tools.shell.Main", "-version", "200", script]


def verdicts(groups: Mapping[str, tuple[Mapping[str, bytes], Sequence[str]]], folder: Path) -> dict[str, list[Verdict]]:
    """Hold each group's files, by their name, against its profiles (``ua1``, ``3a``), all in one process."""
    asked = []
    for number, (group, (files, profiles)) in enumerate(groups.items()):
        for name, content in files.items():
            path = folder / f"{number}-{name.replace('/', '-')}.pdf"
            path.write_bytes(content)
            asked += [(group, name, profile, str(path)) for profile in profiles]
    ended = subprocess.run(
        verapdf(),
        input="".join(f"{profile}\t{path}\n" for _, _, profile, path in asked),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_TIMEOUT,
        check=False,
    )
    report = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [(each["profile"], each["path"]) for each in report] == [each[2:] for each in asked], ended.stderr
    told: dict[str, list[Verdict]] = {group: [] for group in groups}
    for (group, name, profile, _), each in zip(asked, report, strict=True):
        faults = tuple(sorted({_fault(fault) for fault in each["faults"]}))
        told[group].append(Verdict(name, profile, each["ok"], each["checks"], faults))
    return told


def _fault(fault: Mapping[str, str]) -> str:
    return f"{fault['rule']}: {fault['message']}"


# ---------------------------------------------------------------- the Open XML SDK


def ooxml_validator() -> Path | None:
    """Return the validator's program, if it is there."""
    path = CACHE / "ooxml-validator"
    return path if os.access(path, os.X_OK) else None


def docx_faults(files: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """Return what the Open XML SDK finds wrong in each file; a sound one has an empty list.

    The program takes one file and half a second a run: so two run at a time, and a file that this version of it found
    sound is not asked about again.
    """
    program = ooxml_validator()
    version = (CACHE / "openxml.version").read_bytes()
    sound = CACHE / "sound"
    sound.mkdir(exist_ok=True)

    def faults(name: str) -> list[str]:
        mark = sound / sha256(version + files[name]).hexdigest()
        if mark.exists():
            return []
        path = folder / f"{name.replace('/', '-')}.docx"
        path.write_bytes(files[name])
        ended = subprocess.run([str(program), str(path)], capture_output=True, timeout=_TIMEOUT, check=False)
        report = json.loads(ended.stdout)
        found = [f"{each['path']} {each['xPath']}: {each['description']}" for each in report["errors"]]
        assert report["ok"] is not bool(found), ended.stdout  # it ends with 0 either way
        if not found:
            mark.touch()
        return found

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(files, pool.map(faults, files), strict=True))


# ---------------------------------------------------------------- LibreOffice


def libreoffice() -> str | None:
    """Return LibreOffice's command, if it is there."""
    return shutil.which("soffice")


def converted(files: Mapping[str, bytes], folder: Path, faces: Path | None = None) -> dict[str, bytes]:
    """Return each DOCX as the PDF that LibreOffice makes of it, all in one process.

    Args:
        files: the DOCX by name.
        folder: an empty one, for the files and for a profile of LibreOffice's own.
        faces: the folder of the only faces that LibreOffice shall find; by default it finds those of the machine.
    """
    program = libreoffice()
    environment = dict(os.environ)
    if faces:
        config = folder / "fonts.conf"
        config.write_text(
            f"<fontconfig><dir>{faces}</dir><cachedir>{folder / 'fonts'}</cachedir></fontconfig>", encoding="utf-8"
        )
        environment["FONTCONFIG_FILE"] = str(config)
    paths = {name: folder / f"{name.replace('/', '-')}.docx" for name in files}
    for name, path in paths.items():
        path.write_bytes(files[name])
    out = folder / "converted"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(program), profile, "--headless", "--convert-to", "pdf", "--outdir", str(out)]
    ended = subprocess.run(
        [*command, *map(str, paths.values())], capture_output=True, env=environment, timeout=_TIMEOUT, check=False
    )
    pdfs = {name: out / f"{path.stem}.pdf" for name, path in paths.items()}
    lost = [name for name, path in pdfs.items() if not path.exists()]
    assert not lost, (lost, ended.stdout, ended.stderr)
    return {name: path.read_bytes() for name, path in pdfs.items()}


# ---------------------------------------------------------------- where words stand on paper

_MM = 25.4 / 72


@dataclass(frozen=True)
class Ink:
    """The rectangle that some words cover on a page, in millimetres from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def __str__(self) -> str:
        return f"x {self.left:.1f} to {self.right:.1f}, y {self.top:.1f} to {self.bottom:.1f}"

    def within(self, box: Box, slack: float) -> bool:
        """Return whether it lies in that box, or at most ``slack`` outside."""
        return (
            self.left >= box.x - slack
            and self.top >= box.y - slack
            and self.right <= box.x + box.width + slack
            and self.bottom <= box.y + box.height + slack
        )

    def touches(self, box: Box) -> bool:
        """Return whether any of it lies in that box."""
        return (
            self.right > box.x
            and self.left < box.x + box.width
            and self.bottom > box.y
            and self.top < box.y + box.height
        )


class Sheet:
    """A page of a PDF: its signs, folded as `bare` folds them, and where the ink of each one is."""

    def __init__(self, written: bytes, number: int = 0) -> None:
        signs: list[str] = []
        self.inks: list[Ink] = []
        with pypdfium2.PdfDocument(written) as pdf:
            page = pdf[number]
            height, text = page.get_height(), page.get_textpage()
            for index in range(text.count_chars()):
                folded = bare(text.get_text_range(index, 1))
                left, bottom, right, top = text.get_charbox(index)
                ink = Ink(left * _MM, (height - top) * _MM, right * _MM, (height - bottom) * _MM)
                signs += folded
                self.inks += [ink] * len(folded)
        self.text = "".join(signs)

    def places(self, lines: Iterable[str], near: Box) -> list[range]:
        """Return which signs each of these lines is, which stand one after the other, as close as can be to a box.

        A line that is not drawn, nor what follows it, has an empty range.
        """
        wanted = [bare(line) for line in lines]
        for count in range(len(wanted), 0, -1):
            whole = "".join(wanted[:count])
            starts = [at for at in range(len(self.text)) if self.text.startswith(whole, at)]
            if starts:
                ends = list(accumulate(map(len, wanted[:count]), initial=min(starts, key=partial(self._far, near))))
                return [*map(range, ends, ends[1:]), *[range(0)] * (len(wanted) - count)]
        return [range(0)] * len(wanted)

    def ink(self, signs: range) -> Ink:
        """Return the rectangle around these signs."""
        inks = self.inks[signs.start : signs.stop]
        return Ink(
            min(ink.left for ink in inks),
            min(ink.top for ink in inks),
            max(ink.right for ink in inks),
            max(ink.bottom for ink in inks),
        )

    def showing(self, box: Box) -> list[int]:
        """Return which signs show in that box, wholly or in part."""
        return [index for index, ink in enumerate(self.inks) if ink.touches(box)]

    def _far(self, near: Box, at: int) -> float:
        return abs(self.inks[at].left - near.x) + abs(self.inks[at].top - near.y)
