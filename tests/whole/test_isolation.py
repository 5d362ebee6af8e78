"""What a render touches on the machine around it: what it was given, its own libraries, and the file it writes.

Two witnesses watch the same run: Python's own audit hook, and strace, which sees below Python too. Without strace, the
hook watches alone, and the end of the tests names what was left out.
"""

from __future__ import annotations

import json
import mimetypes
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest
from PIL import Image
from reading import ROOT, all_text, plain_data
from validators import need

import rupture
from rupture.loading.starter import starter_case

STRACE = shutil.which("strace")
MERGE = ROOT / "examples" / "merge"
BASE, CLIENTS = MERGE / "base.yaml", MERGE / "clients.csv"
WATCHED = ROOT / "tests" / "support" / "watched.py"
FORMATS = ("--to", "pdf", "--to", "docx", "--to", "eml", "--to", "html", "--to", "txt")

#: The machine's own: libraries and their loader, fonts and their settings, locale, time zone, types of files.
SYSTEM = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/etc/ld.so.preload"),
    *("/etc/fonts", "/usr/share/fontconfig", "/usr/share/fonts", "/usr/local/share/fonts", "/usr/X11R6/lib/X11/fonts"),
    *("/var/cache/fontconfig", "/usr/share/locale", "/usr/share/zoneinfo", "/etc/localtime"),
    "/etc/ssl",  # urllib of Python 3.13 loads the certificates with its first opener; nothing is fetched
    *("/etc/locale.alias", "/usr/share/mime", "/dev/null", "/dev/urandom", "/proc/self", "/proc/meminfo"),
    *("/proc/cpuinfo", "/proc/filesystems", "/proc/sys", "/sys/fs/cgroup", "/sys/devices/system/cpu"),
    *("/etc/selinux", "/selinux", "/sys/fs/selinux"),
    *mimetypes.knownfiles,
)
#: How ctypes.util.find_library, which WeasyPrint asks once, looks for Pango.
PROGRAMS = frozenset({"/sbin/ldconfig", "/usr/sbin/ldconfig", "/sbin/ldconfig.real", "/usr/sbin/ldconfig.real"})
#: Where there is one, it asks the linker too; the jobs here run where none is found.
NO_PROGRAMS = "/nonexistent"
#: What an interpreter looks for around itself to find its library.
_STARTING = re.compile(r"/(lib/python3[\d.]*|lib/python3\d+\.zip|pyvenv\.cfg|pybuilddir\.txt|Setup\.local)(/|$)")
_HOME_FONTS = (".fonts", ".fonts.conf", ".fonts.conf.d", ".fontconfig", ".local/share/fonts", ".config/fontconfig")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass(frozen=True)
class Allowed:
    """What one render may touch."""

    home: Path
    given: Path
    output: Path
    temporary: Path
    witnesses: Path

    def reads(self) -> tuple[str, ...]:
        installed = {sys.prefix, sys.base_prefix, sys.exec_prefix, *filter(os.path.isabs, sys.path)}
        own = (
            self.given,
            ROOT / "src",
            ROOT / "templates",
            ROOT / "tests",
            *(self.home / name for name in _HOME_FONTS),
        )
        return (*SYSTEM, *installed, str(Path(sys.executable).resolve()), *map(str, own), *self.writes())

    def writes(self) -> tuple[str, ...]:
        return tuple(
            map(
                str,
                (
                    self.output,
                    self.temporary,
                    self.witnesses,
                    self.home / ".cache" / "fontconfig",
                    "/var/cache/fontconfig",
                ),
            )
        )

    def read(self, path: str) -> bool:
        whole = self.given / path
        # importlib of Python 3.13 tries the folders above a package as archives
        return whole in ROOT.parents or _within(whole, self.reads())

    def written(self, path: str) -> bool:
        return _within(self.given / path, (*self.writes(), "/dev/null"))

    def probed(self, path: str) -> bool:
        """Whether it may be asked if a file is there: also for the folders on the way to one that may be read."""
        above = os.path.normpath(self.given / path)
        below = self.reads()
        return (
            _within(above, (*below, NO_PROGRAMS))
            or any(_within(root, (above,)) for root in below)
            or bool(_STARTING.search(path))
        )


def _within(path: str | Path, roots: tuple[str, ...]) -> bool:
    plain = re.sub(r"^/proc/\d+", "/proc/self", os.path.normpath(path))
    return any(plain == root or plain.startswith(f"{root.rstrip('/')}/") for root in roots)


# ---------------------------------------------------------------- the two witnesses


_READ_EVENTS = frozenset({"os.listdir", "os.scandir", "pathlib.Path.glob", "pathlib.Path.rglob", "glob.glob"})
_WRITE_EVENTS = frozenset(
    {
        *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.utime"),
        *("tempfile.mkstemp", "tempfile.mkdtemp", "shutil.rmtree"),
    }
)


def audit_faults(lines: list[str], allowed: Allowed) -> list[str]:
    """Return each event that is not allowed; one that is not known is not."""
    wrong = []
    for line in lines:
        event, *arguments = json.loads(line)
        path = arguments[0] if arguments else None
        if event == "open":
            flags = arguments[2] or 0
            fine = isinstance(path, int) or (allowed.written(path) if flags & _WRITING else allowed.read(path))
        elif event in _READ_EVENTS:
            fine = isinstance(path, int) or allowed.read(path)
        elif event in _WRITE_EVENTS:
            beside = event in {"os.remove", "os.rmdir"} and arguments[-1] != -1 and "/" not in path  # inside a rmtree
            fine = beside or all(allowed.written(each) for each in arguments if isinstance(each, str))
        elif event in {"subprocess.Popen", "os.posix_spawn"}:  # the second since Python 3.13
            fine = path in {*PROGRAMS, "ld"}
        else:
            fine = event == "fcntl.flock" or (event == "ctypes.dlopen" and (path is None or path == "None"))
        if not fine:
            wrong.append(line)
    return wrong


_CALL = re.compile(r"^\d+ +(\w+)\((.*)$")
_NAMED = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
_OPENED = re.compile(r"= \d+<([^>]*)>")
_ASKED = re.compile(r"^\d+ +(newfstatat|lstat|readlink)\(")
_ASKS = frozenset(
    {
        *(
            "stat",
            "lstat",
            "newfstatat",
            "statx",
            "statfs",
            "access",
            "faccessat",
            "faccessat2",
            "readlink",
            "readlinkat",
        ),
        *("getcwd",),
    }
)
_OPENS = frozenset({"open", "openat", "openat2"})
_MAKES = frozenset(
    {"mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "chmod", "utimensat"}
)


def trace_faults(lines: list[str], allowed: Allowed) -> list[str]:
    """Return each call to the system that is not allowed; one that is not known is not."""
    wrong = []
    for line in lines:
        found = _CALL.match(line)
        if found is None:
            resumed = "openat resumed" in line and _OPENED.search(line)
            if resumed and not allowed.read(resumed[1]):
                wrong.append(line)
            continue
        call, rest = found.groups()
        paths = [
            str(Path(base) / name) for base, name in _NAMED.findall(rest) if name
        ]  # without one: a file it has open
        if call in _ASKS:
            fine = all(map(allowed.probed, paths[:1]))  # a second one is where a link leads
        elif call in _OPENS:
            judge = allowed.written if re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND", rest) else allowed.read
            opened = _OPENED.search(rest.rpartition(")")[2])
            shared = judge == allowed.read and all(_within(path, SYSTEM) for path in paths)  # links between packages
            fine = all(map(judge, paths)) and (
                opened is None or judge(opened[1]) or (shared and _within(opened[1], ("/usr/share",)))
            )
            fine = fine or (opened is None and "ENOENT" in rest and all(map(allowed.probed, paths)))
        elif call in _MAKES:
            fine = all(map(allowed.written, paths))
        else:
            fine = call == "execve" and (paths[0] in {*PROGRAMS, sys.executable} or NO_PROGRAMS in paths[0])
        if not fine:
            wrong.append(line)
    return wrong


class Watch:
    """A folder with what a render is given, and everything it must leave alone beside it."""

    def __init__(self, folder: Path) -> None:
        self.allowed = Allowed(*(folder / name for name in ("home", "given", "out", "tmp", "logs")))
        for each in vars(self.allowed).values():
            each.mkdir()
        self.given = self.allowed.given
        self.secret = folder / "secret"
        self.secret.mkdir()
        (self.secret / "words.txt").write_text("the secret words", encoding="utf-8")
        Image.new("RGB", (9, 9), "red").save(self.secret / "red.png")

    def run(self, jobs: list) -> tuple[list[int], list[str]]:
        """Run jobs; return their exit codes, and what is not allowed of all that the witnesses saw."""
        codes, faults = self.seen_by_each(jobs)
        return codes, [fault for each in faults.values() for fault in each]

    def seen_by_each(self, jobs: list) -> tuple[list[int], dict[str, list[str]]]:
        """Run jobs; return their exit codes, and what each witness saw that is not allowed."""
        logs = {name: self.allowed.witnesses / f"{name}.log" for name in ("audit", "strace") if name in WITNESSES}
        for log in logs.values():
            log.unlink(missing_ok=True)
        (self.given / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
        command = [sys.executable, WATCHED, logs["audit"], self.given / "jobs.json"]
        if "strace" in logs:
            command = [STRACE, "-f", "-y", "-s", "4096", "-e", "trace=%file,%network", "-o", logs["strace"], *command]
        done = subprocess.run(
            [*map(str, command)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            cwd=self.given,
            env={
                "HOME": str(self.allowed.home),
                "TMPDIR": str(self.allowed.temporary),
                "LANG": "C.UTF-8",
                "PATH": NO_PROGRAMS,
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            },
            timeout=300,
        )
        codes = [int(code) for code in re.findall(r"^exit (\d+)$", done.stdout, re.MULTILINE)]
        assert len(codes) == len(jobs), done.stderr
        lines = {name: log.read_text(encoding="utf-8", errors="replace").splitlines() for name, log in logs.items()}
        assert min(map(len, lines.values())) > 300, "a witness saw next to nothing"
        return codes, {name: JUDGES[name](each, self.allowed) for name, each in lines.items()}


JUDGES = {"audit": audit_faults, "strace": trace_faults}
WITNESSES = ("audit", "strace") if STRACE else ("audit",)


# ---------------------------------------------------------------- what is tried


#: Where a style sheet or a picture may hide another address.
SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'><image xlink:href='{}'/></svg>"
)


def styles(secret: Path) -> list[str]:
    """Style sheets that ask for something to be fetched, each in its own way."""
    targets = (f"file://{secret}/red.png", f"{secret}/red.png", "../secret/red.png", "http://127.0.0.1:9/x.png")
    ways = (
        "p {{ background: url({}) }}",
        ".salutation:before {{ content: url({}) }}",
        "ul {{ list-style-image: url({}) }} li {{ list-style: url({}) }}",
        "@page {{ background: url({}); @top-left {{ content: url({}) }} }}",
        "@font-face {{ font-family: other; src: url({}) }} p {{ font-family: other }}",
        "p {{ border-image-source: url({}); mask-image: url({}) }}",
    )
    asked = [way.replace("{}", f'"{targets[number % len(targets)]}"') for number, way in enumerate(ways)]
    asked = [each.replace("{{", "{").replace("}}", "}") for each in asked]
    return [
        *asked,
        f'@import "file://{secret}/other.css"; @import url(http://127.0.0.1:9/x.css);',
        '@font-face { font-family: other; src: local("DejaVu Sans") } p { font-family: other, "Noto Sans" }',
        f'p {{ background: url("data:image/svg+xml,{SVG.format("file:///etc/passwd")}") }}',
        "a { link: attr(href); anchor: attr(id); bookmark-level: 1 } p { content: attr(href url) }",
    ]


TEMPLATES = (
    '{% include "../../../../etc/passwd" %}',
    '{% include "/etc/passwd" %}',
    '{% import "../../../../../../etc/passwd" as x %}',
    '{% extends "file:///etc/passwd" %}',
    '<p><link rel="attachment" href="file:///etc/passwd">x</p>',
    '<p><img src="http://127.0.0.1:9/x.png">x</p>',
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ cycler.__init__.__globals__.os.popen('id') }}",
    "{{ self._TemplateReference__context.environment.loader.get_source }}",
)

#: For every free text of a case: markup, addresses and the beginnings of other languages.
VALUE = (
    "<img src=\"file:///etc/passwd\"> <link rel=attachment href='http://127.0.0.1:9/'> http://127.0.0.1:9/x "
    "{{ 7 * 7 }} {% include '/etc/passwd' %} url(file:///etc/passwd) ]]> "
    "<!DOCTYPE x SYSTEM 'file:///etc/passwd'> &x; \\input{/etc/passwd}"
)


def everywhere(data: dict, value: str) -> tuple[dict, int]:
    """Return a case with a value behind every text that takes it, and how many did."""
    count = 0

    def walk(part: object, path: tuple) -> None:
        nonlocal count
        items = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
        for key, item in list(items):
            if isinstance(item, str):
                part[key] = f"{item} {value}"
                try:
                    findings = rupture.review(rupture.load(data))
                except rupture.InputError:
                    part[key] = item
                else:
                    part[key] = item if findings.errors else part[key]
                    count += not findings.errors
            else:
                walk(item, (*path, key))

    walk(data, ())
    return data, count


def _starter(*reasons: str, **more: object) -> dict:
    return plain_data("starter.yaml", starter_case("en-GB", reasons, "schema.json", "starter.yaml")) | more


class Jobs:
    """The groups of jobs that one process runs, each with a folder of its own to write to."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.groups = {
            make.__name__: make(watch, self.output(make.__name__))
            for make in (every_format, values, style_sheets, files, templates)
        }
        codes, self.faults = watch.run([job for jobs in self.groups.values() for job in jobs])
        left = iter(codes)
        self.codes = {name: list(islice(left, len(jobs))) for name, jobs in self.groups.items()}

    def output(self, name: str) -> Path:
        folder = self.watch.allowed.output / name
        folder.mkdir(exist_ok=True)
        return folder


def every_format(watch: Watch, output: Path) -> list:
    """Every format of a case, and a merge."""
    for path in (BASE, CLIENTS, ROOT / "examples" / "boreal.fr.yaml"):
        shutil.copy(path, watch.given)
    merge = ["render", BASE.name, "--data", CLIENTS.name, "--limit", "2", "--to", "pdf", "--to", "docx"]
    return [["render", "boreal.fr.yaml", *FORMATS, "--archive", "-o", f"{output}/"], [*merge, "-o", str(output)]]


def values(watch: Watch, output: Path) -> list:
    """A case with a hostile value behind each of its texts."""
    waived = {"placeholder": "braces are what this is about"}
    data, count = everywhere(_starter("late-payment", waive=waived), VALUE)
    assert count > 12
    return [["render", _case(watch, "case.json", data), *FORMATS, "-o", f"{output}/"]]


def style_sheets(watch: Watch, output: Path) -> list:
    """A letter with each hostile style sheet."""
    jobs = []
    for number, style in enumerate(styles(watch.secret)):
        (watch.given / f"{number}.css").write_text(style, encoding="utf-8")
        case = _case(watch, f"{number}.json", _starter(paper={"stylesheet": f"{number}.css"}))
        jobs.append(["render", case, "-o", str(output / f"{number}.pdf")])
    return jobs


def files(watch: Watch, output: Path) -> list:
    """A case that names each hostile file, in each field that names one."""
    (watch.given / "link.png").symlink_to(watch.secret / "red.png")
    (watch.given / "x.svg").write_text(SVG.format((watch.secret / "red.png").as_uri()), encoding="utf-8")
    (watch.given / "x.png").write_text(SVG.format("http://127.0.0.1:9/"), encoding="utf-8")
    names = ("../secret/red.png", str(watch.secret / "red.png"), "../../etc/passwd", "/etc/passwd", "link.png")
    jobs = []
    for number, name in enumerate((*names, "x.svg", "x.png", "http://127.0.0.1:9/x.png", "file:///etc/passwd")):
        for field in ("logo", "letterhead", "stylesheet"):
            value = {"file": name, "alt": "x"} if field == "logo" else name
            case = _case(watch, f"{number}-{field}.json", _starter(paper={field: value}))
            jobs.append(["render", case, "--to", "html", "-o", f"{output}/"])
    return jobs


def templates(watch: Watch, output: Path) -> list:
    """A letter with each hostile template."""
    case = _case(watch, "plain.json", _starter())
    jobs = []
    for number, text in enumerate(TEMPLATES):
        path = watch.given / f"own{number}" / "en" / "sentences" / "subject.html"
        path.parent.mkdir(parents=True)
        path.write_text(f"{{% block one %}}{text}{{% endblock %}}", encoding="utf-8")
        jobs.append(["render", case, "--templates", f"own{number}", "--to", "pdf", "-o", f"{output}/"])
    return jobs


def _case(watch: Watch, name: str, data: dict) -> str:
    (watch.given / name).write_text(json.dumps(data, default=str), encoding="utf-8")
    return name


@pytest.fixture(scope="module")
def jobs(tmp_path_factory):
    return Jobs(Watch(tmp_path_factory.mktemp("watched")))


class TestNothingElse:
    """A render touches what it was given, its libraries, the machine's fonts, and what it writes: nothing else."""

    def test_is_touched(self, jobs):
        asked = [fault for fault in jobs.faults if _ASKED.match(fault) and "secret" in fault]  # where link.png leads
        assert [fault for fault in jobs.faults if fault not in asked] == []
        assert len(asked) <= 3 * 3

    def test_every_format_of_a_case_and_of_a_merge(self, jobs):
        assert jobs.codes["every_format"] == [0, 0]
        assert len(list(jobs.output("every_format").iterdir())) == 5 + 2 * 2 + 1
        assert list(jobs.watch.allowed.temporary.iterdir()) == [], "the fonts' temporary folder stays"

    def test_hostile_values(self, jobs):
        assert jobs.codes["values"] == [0]
        for kind in FORMATS[1::2]:
            text = all_text((jobs.output("values") / f"case.{kind}").read_bytes(), kind)
            assert "link rel=attachment" in " ".join(text.split())
            assert "root:" not in text

    def test_hostile_styles(self, jobs):
        codes = jobs.codes["style_sheets"]
        assert set(codes) <= {0, 2}
        assert codes.count(2) >= 5, "next to none of them was refused"
        for path in jobs.output("style_sheets").iterdir():
            assert b"EmbeddedFile" not in path.read_bytes()

    def test_hostile_files_of_a_case(self, jobs):
        codes = jobs.codes["files"]
        assert codes.count(2) == len(codes) - 2, "only a style sheet may be any text"

    def test_hostile_templates(self, jobs):
        assert jobs.codes["templates"] == [2] * len(TEMPLATES)
        assert list(jobs.output("templates").iterdir()) == []


#: Plants that both witnesses see, each with a word of it that a witness names.
PLANTED = {
    "open('/etc/hostname').read()": "/etc/hostname",
    "import os; os.listdir('/home')": "/home",
    "open('/var/tmp/planted', 'w').close()": "planted",
    "import os; os.open('../secret/words.txt', os.O_RDONLY)": "../secret/words.txt",
    "import socket; socket.socket().close()": "socket",
    "import socket; socket.socket().connect_ex(('127.0.0.2', 9))": "127.0.0.2",
    "import subprocess; subprocess.run(['/bin/true'], check=True)": "/bin/true",
    "import os; os.rename('jobs.json', '/var/tmp/planted')": "rename",
    "import os; os.chmod('/var/tmp/planted', 0o600)": "chmod",
    "import os; os.remove('/var/tmp/planted')": "planted",
}
BELOW_PYTHON = {
    "import ctypes; ctypes.CDLL(None).open(b'/etc/issue', 0)": "/etc/issue",
    "import ctypes; ctypes.CDLL(None).socket(2, 1, 0)": "SOCK_STREAM, ",
    "import ctypes; ctypes.CDLL(None).access(b'/etc/shells', 0)": "/etc/shells",
    "open('inside').read()": '"inside"',
}
ABOVE_THE_SYSTEM = {
    "import socket; socket.getaddrinfo('localhost', 9)": "getaddrinfo",
    "import os; os.system('true')": "os.system",
}


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What each witness saw of all plants, in one process."""
    watch = Watch(tmp_path_factory.mktemp("planted"))
    (watch.given / "inside").symlink_to(watch.secret / "words.txt")
    plants = [*PLANTED, *BELOW_PYTHON, *ABOVE_THE_SYSTEM]
    codes, seen = watch.seen_by_each(plants)
    assert codes == [0] * len(plants)
    return seen


def overlooked(plants: dict[str, str], faults: list[str]) -> list[str]:
    """Return each plant of which no fault names the word."""
    return [plant for plant, word in plants.items() if not any(word in fault for fault in faults)]


class TestTheWitnessesBite:
    """What is planted is seen: a read, a listing, a write, a link, a socket, a program, a name looked up."""

    def test_seen_by_both(self, seen):
        assert [(name, missed) for name, faults in seen.items() if (missed := overlooked(PLANTED, faults))] == []

    def test_seen_by_the_hook_alone(self, seen):
        assert overlooked(ABOVE_THE_SYSTEM, seen["audit"]) == []

    def test_seen_by_strace_alone(self, seen):
        need("strace", STRACE)
        assert overlooked(BELOW_PYTHON, seen["strace"]) == []
        assert overlooked(BELOW_PYTHON, seen["audit"]) == list(BELOW_PYTHON)
