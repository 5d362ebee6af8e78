"""From text (YAML or JSON) or a mapping to a case, with every complaint at once and at its line."""

from __future__ import annotations

import datetime as dt
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias, get_args

import yaml
from pydantic import BaseModel, ValidationError

from rupture.case import catalogue
from rupture.case.cleaning import first_forbidden, strip_invisible
from rupture.case.files import Files
from rupture.case.images import LARGEST_FILE, read_image
from rupture.case.model import Case, contradictions, nearest
from rupture.errors import CaseError, InputError, Problem
from rupture.page import layouts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic_core import ErrorDetails

    from rupture.case.images import Image
    from rupture.case.model import Picture

#: The deepest a case file nests; its own model needs seven levels.
DEEPEST: Final = 20
#: The most a letterhead unpacks to, in bytes: a few kB can hold gigabytes of nothing.
_LARGEST_LETTERHEAD: Final = 50_000_000
#: The longest key, in characters.
LONGEST_KEY: Final = 200
#: The largest case file, in bytes; the longest example has 6,000.
LARGEST_CASE: Final = 2_000_000
_MOST_BITS: Final = 200
#: The most complaints about one case.
MOST_PROBLEMS: Final = 100
_Parser: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Place: TypeAlias = tuple[int, int]
#: A field: its keys and indexes from the top.
Path_: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a case comes from, and what was remarked while it was read.

    Args:
        file: the name of the file, empty for a mapping.
        places: line and column of each field.
        notes: what was changed or looks odd, without being wrong.
    """

    file: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()

    def problem(self, path: Path_ | str, message: str) -> Problem:
        """Return a problem at the place of that field, or of the nearest one above it."""
        name = path if isinstance(path, str) else path_text(path)
        line, column = self.place(name)
        return Problem(name, message, self.file, line, column)

    def place(self, path: str) -> Place:
        """Return line and column of a field, or of the nearest one above it; (0, 0) for a mapping."""
        return next((self.places[name] for name in above(path) if name in self.places), (0, 0))


def above(path: str) -> Iterator[str]:
    """Yield a field and everything that it stands in: ``end.date``, ``end``, and the case itself, which has no name."""
    while path:
        yield path
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    yield ""


def path_text(path: Path_) -> str:
    """Return a field as people write it: ``reasons[0].facts[1].date``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


# ---------------------------------------------------------------- reading


def load(source: str | Path | Mapping[str, Any], *, changes: Sequence[str] = (), today: dt.date | None = None) -> Case:
    """Return the case of a file or of a mapping.

    Args:
        source: the path of a YAML or JSON file, or the mapping that such a file holds.
        changes: ``field=value`` pairs that replace fields, as ``end.date=2027-03-31``.
        today: the letter's date where the case gives none; the day of the call unless said.

    Raises:
        CaseError: with every problem found, each with its file, line, column and field.
        InputError: the file cannot be read.
    """
    data, origin = read_source(source)
    for change in changes:
        apply_change(data, change)
    return build(data, origin, today or dt.date.today())  # noqa: DTZ011  the writer's own calendar day


def read_source(source: str | Path | Mapping[str, Any]) -> tuple[dict[str, Any], Origin]:
    """Return the plain data of a file or of a mapping, and where each field stands.

    Args:
        source: the path of a YAML or JSON file, or the mapping that such a file holds.

    Raises:
        CaseError: the file is not a mapping in YAML or JSON.
        InputError: it cannot be read.
    """
    if isinstance(source, Mapping):
        return {key: _copied(value, (key,)) for key, value in _keyed(source, ())}, Origin()
    return read(str(source), _text_of(Path(source)))


def _keyed(part: Mapping[Any, Any], path: Path_) -> Iterator[tuple[str, Any]]:
    for key, value in part.items():
        if not isinstance(key, str):
            raise CaseError([Problem(path_text(path), f"the key {_shown(key)} is no text: put it in quotes")])
        yield key, value


def _copied(value: Any, path: Path_) -> Any:  # noqa: ANN401  whatever a mapping holds
    """Return the lists and keys of a mapping anew, so that the caller's stay as they are."""
    if len(path) > DEEPEST:
        raise CaseError([Problem(path_text(path), f"nested more than {DEEPEST} levels deep")])
    if isinstance(value, Mapping):
        return {key: _copied(item, (*path, key)) for key, item in _keyed(value, path)}
    if isinstance(value, list | tuple):
        return type(value)([_copied(item, (*path, index)) for index, item in enumerate(value)])
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:  # Python itself does not write out the largest
        raise CaseError([Problem(path_text(path), "a number of more than sixty digits")])
    return value


def read_file(path: Path, most: int) -> bytes:
    """Return what a file holds, if it is a file and not larger than that.

    Raises:
        InputError: it cannot be read.
    """
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"{path}: cannot be read: it is a folder, or no file at all")
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError as error:  # a name with a null character, or with half a character
        raise InputError(f"{str(path)!r}: cannot be read: {error}") from None
    if len(content) > most:
        raise InputError(f"{path}: cannot be read: more than {most / 1e6:.0f} MB")
    return content


def _text_of(path: Path) -> str:
    raw = read_file(path, LARGEST_CASE)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise CaseError([Problem("", "not UTF-8 text: save the file as UTF-8", str(path), line, 1)]) from None


def read(name: str, text: str) -> tuple[dict[str, Any], Origin]:
    """Read the text of a case file into plain data, and where each field stands.

    Args:
        name: the file, for complaints; ``.json`` reads JSON.
        text: its content.

    Raises:
        CaseError: it is not a mapping in YAML or JSON, or uses what a case file must not.
    """
    is_json = name.endswith(".json") or text.lstrip()[:1] == "{"
    if (position := first_forbidden(text)) >= 0:
        line, column = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
        message = f"control character U+{ord(text[position]):04X}: remove it"
        raise CaseError([Problem("", message, name, line, column)])
    if is_json:
        text = _as_yaml(text)
    try:
        reader = _Reader(name, text, is_json=is_json)
        data = reader.read()
    except yaml.YAMLError as error:
        _raise_if_too_deep(name, text, error, is_json=is_json)
        raise CaseError([_syntax_problem(name, error, "JSON" if is_json else "YAML")]) from None
    return data, Origin(name, reader.places, tuple(reader.notes))


def _raise_if_too_deep(name: str, text: str, error: yaml.YAMLError, *, is_json: bool) -> None:
    """Raise a complaint with its field if the text before a syntax error nests too deep.

    The parser looks ahead, so its own depth limit (1,000 brackets in PyYAML 6.0.4) can come before ours.
    """
    mark = getattr(error, "problem_mark", None)
    try:
        _Reader(name, text[: mark.index if mark else None], is_json=is_json).read()
    except _TooDeepError:
        raise
    except (yaml.YAMLError, CaseError):
        return


class _TooDeepError(CaseError):
    """The value nests deeper than a case file may."""


def _syntax_problem(name: str, error: yaml.YAMLError, kind: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or str(error)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem("", f"not readable as {kind}: {what}", name, line, column)


class _Reader:
    """Builds plain data from YAML events; scalars stay text, and nothing clever is allowed."""

    def __init__(self, file: str, text: str, *, is_json: bool) -> None:
        self._file = file
        self._lines = text.splitlines()
        self._is_json = is_json
        self._loader = _Parser(text)
        self.places: dict[str, Place] = {}
        self.notes: list[Problem] = []

    def read(self) -> dict[str, Any]:
        try:
            self._take(yaml.StreamStartEvent)
            if self._loader.check_event(yaml.StreamEndEvent):
                raise self._error(None, "the file is empty")
            start = self._take(yaml.DocumentStartEvent)
            data = self._value(())
            self._take(yaml.DocumentEndEvent)
            if not self._loader.check_event(yaml.StreamEndEvent):
                raise self._error(self._loader.peek_event(), "a second document begins here: one case per file")
        finally:
            self._loader.dispose()
        if not isinstance(data, dict):
            raise self._error(start, "expected keys such as locale: and sender:, found something else")
        return data

    def _take(self, kind: type[yaml.Event]) -> yaml.Event:
        event = self._loader.get_event()
        if not isinstance(event, kind):
            raise self._error(event, "not a case file")
        return event

    def _value(self, path: Path_) -> Any:  # noqa: ANN401  text, list or mapping
        event = self._loader.get_event()
        self.places[path_text(path)] = _start(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._error(event, "anchors and aliases (& and *) are not used here: write the value out", path)
        if getattr(event, "tag", None):
            raise self._error(event, f"tags such as {event.tag} are not used here: remove it", path)
        if len(path) > DEEPEST:
            raise _TooDeepError(self._error(event, f"nested more than {DEEPEST} levels deep", path).problems)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        return self._scalar(event, path)

    def _list(self, path: Path_) -> list[Any]:
        items: list[Any] = []
        while not self._loader.check_event(yaml.SequenceEndEvent):
            items.append(self._value((*path, len(items))))
        self._loader.get_event()
        return items

    def _mapping(self, path: Path_) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not self._loader.check_event(yaml.MappingEndEvent):
            key = self._loader.get_event()
            if not isinstance(key, yaml.ScalarEvent):
                raise self._error(key, "a key must be a plain word", path)
            if key.value in data:
                raise self._error(key, f"the key {key.value!r} stands here twice", (*path, key.value))
            if len(key.value) > LONGEST_KEY:
                raise self._error(key, f"a key of {len(key.value)} characters (at most {LONGEST_KEY})", path)
            data[key.value] = self._value((*path, key.value))
            self.places[f"{path_text((*path, key.value))}:key"] = _start(key)
        self._loader.get_event()
        return data

    def _scalar(self, event: yaml.ScalarEvent, path: Path_) -> str | None:
        value: str = event.value
        plain = event.style is None or event.style == ""
        if plain and value in {"", "~", "null"}:
            return None
        if self._is_json:
            if plain and value in {"NaN", "Infinity", "-Infinity"}:
                raise self._error(event, f"{value} is not a number that a case can hold", path)
        elif plain:
            self._remark_comment(event, path)
        if strip_invisible(value) != value:
            self._note(event, path, "invisible characters were removed")
        return value.strip("\n") if event.style in {"|", ">"} else value

    def _remark_comment(self, event: yaml.ScalarEvent, path: Path_) -> None:
        end = event.end_mark
        if end and end.line < len(self._lines):
            rest = self._lines[end.line][end.column :]
            if re.match(r"\s+#[^\s!]", rest):
                self._note(event, path, f"{rest.strip()!r} was read as a comment: put the value in quotes to keep it")

    def _note(self, event: yaml.Event, path: Path_, message: str) -> None:
        self.notes.append(Problem(path_text(path), message, self._file, *_start(event)))

    def _error(self, event: yaml.Event | None, message: str, path: Path_ = ()) -> CaseError:
        return CaseError([Problem(path_text(path), message, self._file, *_start(event))])


def _start(event: yaml.Event | None) -> Place:
    mark = event.start_mark if event else None
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


_PAIR: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)


def _as_yaml(text: str) -> str:
    """Rewrite the two things of JSON that YAML reads otherwise: tabs, and characters in two halves."""

    def joined(match: re.Match[str]) -> str:
        point = 0x10000 + ((int(match[2], 16) - 0xD800) << 10) + int(match[3], 16) - 0xDC00
        return f"{match[1]}\\U{point:08x}"

    return _PAIR.sub(joined, text.replace("\t", " "))  # inside JSON strings a tab is always written \t


def apply_change(data: dict[str, Any], change: str) -> None:
    """Set one field from ``field=value``.

    Raises:
        InputError: it is not of that form, or a step on the way is not what the field says.
    """
    name, equals, value = change.partition("=")
    if not equals or not steps_of(name):
        raise InputError(f"--set {_cut(change)}: expected field=value, as end.date=2027-03-31")
    try:
        set_field(data, name, value)
    except InputError as error:
        raise InputError(f"--set {_cut(change)}: {error}") from None


def set_field(data: dict[str, Any], name: str, value: str) -> None:
    """Set the field of that name, as ``end.date`` or ``recipient.address.lines[0]``.

    Raises:
        InputError: there is no such place.
    """
    steps = steps_of(name)
    if not steps:
        raise InputError(f"{_cut(name)!r} is not the name of a field, as recipient.address.lines[0]")
    here: Any = data
    key: Any  # of a mapping or of a list
    for key, following in zip(steps, [*steps[1:], None], strict=True):
        if not isinstance(here, list if isinstance(key, int) else dict):
            raise InputError(f"there is no {path_text((key,))} in that place")
        if isinstance(key, int) and key >= len(here):
            raise InputError(f"the list has {len(here)} entries, counted from 0")
        if following is None:
            here[key] = value
        elif isinstance(here, dict):
            here = here.setdefault(key, {})
        else:
            here = here[key]


def steps_of(name: str) -> Path_:
    """Return the keys and indexes of a field's name, or nothing when it is not one."""
    if len(name) > LONGEST_KEY or not _NAME.fullmatch(name):
        return ()
    steps = tuple(int(step[1:-1]) if step.startswith("[") else step for step in _STEP.findall(name))
    return steps if len(steps) <= DEEPEST else ()


_STEP: Final = re.compile(r"[^.\[\]]+|\[\d+\]")
_NAME: Final = re.compile(r"[^.\[\]]+(?:\.[^.\[\]]+|\[\d{1,4}\])*")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_KEY else f"{text[:LONGEST_KEY]}..."


# ---------------------------------------------------------------- building


def build(data: Mapping[str, Any], origin: Origin, today: dt.date) -> Case:
    """Return the case that plain data holds.

    Raises:
        CaseError: with every problem found.
    """
    if data.get("date") is None:
        data = {**data, "date": today}
    try:
        case = Case.model_validate(data, context={"reasons": catalogue.reasons(), "layouts": layouts.names()})
    except ValidationError as error:
        raise CaseError(_problems(error.errors(include_url=False), data, origin)) from None
    if problems := [
        origin.problem(path, message)
        for path, message in (*contradictions(case), *_wrong_shapes(case), *_waivers(case), *_needs(case))
    ]:
        raise CaseError(problems)
    case._files = _files(case, origin)  # noqa: SLF001  as the next line
    case._origin = origin  # noqa: SLF001  a private attribute, so that two equal cases stay equal
    return case


def _files(case: Case, origin: Origin) -> Files:
    """Read what the identity names, from beside the case file.

    Raises:
        CaseError: a file cannot be read, or is not what its field wants.
    """
    identity = case.identity
    if identity is None:
        return Files()
    folder = Path(origin.file).parent
    problems: list[Problem] = []

    def read(name: str | None, path: str) -> bytes:
        try:
            return _beside(folder, name) if name else b""
        except OSError as error:
            problems.append(origin.problem(path, f"{folder / str(name)}: cannot be read: {error.strerror}"))
        except (InputError, ValueError) as error:
            problems.append(origin.problem(path, str(error)))
        return b""

    def picture(of: Picture | None, path: str) -> Image | None:
        data = read(of.file, f"{path}.file") if of else b""
        try:
            return read_image(data) if data else None
        except InputError as error:
            problems.append(origin.problem(f"{path}.file", str(error)))
            return None

    files = Files(
        logo=picture(identity.logo, "identity.logo"),
        signature=picture(identity.signature, "identity.signature"),
        letterhead=read(identity.letterhead, "identity.letterhead"),
        stylesheet=read(identity.stylesheet, "identity.stylesheet").decode("utf-8", "replace"),
    )
    problems += _letterhead_problems(files.letterhead, origin)
    if problems:
        raise CaseError(problems)
    return files


def _beside(folder: Path, name: str) -> bytes:
    """Return a file that a case names: one beside it or below, so that no case can have others read.

    Raises:
        InputError: it is elsewhere, no plain file, or larger than a letter can want.
        OSError: it cannot be read.
    """
    inside = not Path(name).is_absolute() and ".." not in Path(name).parts  # nothing outside is even asked for
    path = (folder / name).resolve() if inside else folder
    if not inside or not path.is_relative_to(folder.resolve()):
        raise InputError(f"{name} is not in the folder of the case: copy it there, and name it without a path")
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{name} is no file")
    if status.st_size > LARGEST_FILE:
        raise InputError(
            f"a file of {status.st_size / 1e6:.1f} MB (at most {LARGEST_FILE / 1e6:.0f} MB): make it smaller"
        )
    return path.read_bytes()


def _letterhead_problems(data: bytes, origin: Origin) -> list[Problem]:
    try:
        fault = _letterhead_fault(data) if data else ""
    except Exception:  # noqa: BLE001  zipfile, zlib and expat have a dozen errors for a broken file
        fault = "not a .docx file"
    return [origin.problem("identity.letterhead", fault)] if fault else []


def _letterhead_fault(data: bytes) -> str:
    """Return why a letterhead is not used, or nothing."""
    import zipfile  # noqa: PLC0415  slow to import, and few bring a letterhead

    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        if (size := sum(entry.file_size for entry in archive.infolist())) > _LARGEST_LETTERHEAD:
            return f"a letterhead that unpacks to {size // 1_000_000} MB: make it smaller"
        if "word/document.xml" not in names:
            return "not a .docx file"
        if any("vba" in name.lower() or name.endswith(".bin") for name in names):
            return "a letterhead with macros or embedded programs is not used: save it as plain .docx"
        links = [name for name in names if name.endswith(".rels") and _leads_outside(archive.read(name))]
    return f"a letterhead with links to outside is not used ({links[0]}): remove them" if links else ""


def _leads_outside(relations: bytes) -> bool:
    """Tell whether one of these relations is to something that is not in the file."""
    from xml.etree import ElementTree as ET  # noqa: PLC0415  only letterheads need it

    root = ET.fromstring(relations)  # noqa: S314  expat refuses entities that grow without end
    return any(element.get("TargetMode", "").casefold() == "external" for element in root.iter())


def _wrong_shapes(case: Case) -> Iterator[tuple[str, str]]:
    for r, reason in enumerate(case.reasons):
        entry = catalogue.reasons()[reason.reason]
        for f, fact in enumerate(reason.facts):
            if fact.shape not in entry.shapes:
                wanted = " or ".join(entry.shapes)
                yield f"reasons[{r}].facts[{f}].{fact.shape}", f"{reason.reason} takes {wanted}, not {fact.shape}"


def _needs(case: Case) -> Iterator[tuple[str, str]]:
    """Name what a message cannot do without, and paragraphs behind a step it does not have."""
    entry = catalogue.messages()[case.message]
    for key in entry.needs:
        if not getattr(case, key):
            yield key, f"is missing: message {case.message} needs it"
    for index, paragraph in enumerate(case.paragraphs):
        if paragraph.after not in entry.steps:
            steps = ", ".join(entry.steps)
            yield f"paragraphs[{index}].after", f"{case.message} has no step {paragraph.after!r}; there are {steps}"
    if (
        case.message == "reminder"
        and case.invoices
        and not any(not i.paid and i.due < case.date for i in case.invoices)
    ):
        yield "invoices", "no invoice is past its due date and unpaid: there is nothing to remind of"


def _waivers(case: Case) -> Iterator[tuple[str, str]]:
    """Refuse to let stand what is never found; codes of a sender's own rules begin with ``own.``."""
    for index, waiver in enumerate(case.waive):
        if not waiver.code.startswith("own.") and waiver.code not in catalogue.finding_codes():
            near = nearest(waiver.code, catalogue.finding_codes())
            yield f"waive[{index}].code", f"no finding has the code {waiver.code!r}{near}; `rupture check` prints them"


def _problems(errors: Sequence[ErrorDetails], data: Mapping[str, Any], origin: Origin) -> list[Problem]:
    found: dict[str, Problem] = {}
    for error in errors[:MOST_PROBLEMS]:
        too_short = error["type"] == "too_short" and isinstance(error["input"], list | tuple)
        if too_short and len(error["input"]) >= error["ctx"]["min_length"]:
            continue  # it is long enough, but for the entries that are complained about themselves
        path = _in_data(error["loc"], data, missing=error["type"] in {"missing", "extra_forbidden"})
        problem = _problem(error, path, origin)
        if (earlier := found.get(problem.path)) and earlier.message != problem.message:
            problem = Problem(
                earlier.path, f"{earlier.message}; or {problem.message}", earlier.file, earlier.line, earlier.column
            )
        found[problem.path] = problem
    if len(errors) > MOST_PROBLEMS:
        last = max(found.values(), key=lambda each: (each.line, each.column))
        found[""] = Problem("", f"and {len(errors) - MOST_PROBLEMS} more problems", last.file, last.line, last.column)
    return list(found.values())


def _in_data(loc: Path_, data: object, *, missing: bool) -> Path_:
    """Return the part of pydantic's location that is a field: it also names the branches of a union."""
    path: Path_ = ()
    here: Any = data
    for index, step in enumerate(loc):
        steps = dict(enumerate(here)) if isinstance(here, list | tuple) else here
        if isinstance(steps, Mapping) and step in steps:
            here = steps[step]
        elif not (missing and index == len(loc) - 1):
            continue
        path = (*path, step)
    return path


def _problem(error: ErrorDetails, path: Path_, origin: Origin) -> Problem:
    kind = error["type"]
    if kind == "missing":
        return origin.problem(path, f"missing{_described(path)}")
    if kind == "extra_forbidden":
        known = _known_keys(path[:-1])
        close = _closest(str(path[-1]), known)
        hint = f", did you mean {close!r}?" if close else f"; known here: {', '.join(known)}"
        if error["input"] is None and not re.fullmatch(r"\w+", str(path[-1])):
            hint = ": inside { } a comma ends the value before it; put that value in quotes"
        complaint = origin.problem(path, f"unknown key {_cut(str(path[-1]))!r}{hint}")
        line, column = origin.places.get(f"{path_text(path)}:key", (complaint.line, complaint.column))
        return replace(complaint, line=line, column=column)
    return origin.problem(path, _message(error))


def _closest(word: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only needed on the way to an error

    return next(iter(get_close_matches(word, known, n=1)), "")


def _message(error: ErrorDetails) -> str:
    kind, value = error["type"], error["input"]
    context = error.get("ctx", {})
    found = _shown(value)
    if kind == "value_error":
        return f"found {found}: {context['error']}" if isinstance(value, str) else str(context["error"])
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", context["expected"])
        close = _closest(str(value), choices)
        return f"found {found}, expected {' or '.join(choices)}" + (f"; did you mean {close!r}?" if close else "")
    if kind == "too_short" and isinstance(value, str):
        kind = "string_too_short"
    if kind == "string_pattern_mismatch":
        return f"found {found}, expected {_PATTERNS.get(str(error['loc'][-1]), _PATTERNS[''])}"
    wanted = _WANTED.get(kind) or error["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
    return f"found {found}, expected {wanted.format(**context)}"


_WANTED: Final = {
    "model_type": "keys of its own below it",
    "dict_type": "keys of its own below it",
    "model_attributes_type": "keys of its own below it",
    "tuple_type": "a list",
    "string_type": "a text",
    "date_type": "a full date, as 2027-01-31",
    "too_long": "at most {max_length} entries",
    "too_short": "at least {min_length} entry",
    "string_too_short": "some text",
    "int_parsing": "a whole number",
    "int_parsing_size": "a smaller number",
    "decimal_max_digits": "an amount of fewer digits",
    "greater_than": "more than {gt}",
    "decimal_parsing": "an amount",
    "decimal_max_places": "an amount to the cent",
}


_PATTERNS: Final = {
    "time": "a time of day, as 22:40",
    "colour": "a colour, as #1f3d5c",
    "": "a country code of two capitals, as FR",
}


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return f"keys ({', '.join(map(str, value))})"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    text = str(value)
    return repr(text if len(text) <= 60 else f"{text[:57]}...")  # noqa: PLR2004  what fits on a line


def _model_at(path: Path_) -> type[BaseModel] | None:
    model: type[BaseModel] | None = Case
    for step in path:
        if isinstance(step, int):
            continue
        if model is None:
            return None
        names = {entry.alias or name: entry for name, entry in model.model_fields.items()}
        model = _model_in(names[step].annotation) if step in names else None
    return model


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for inner in get_args(annotation) if (model := _model_in(inner))), None)


def _known_keys(path: Path_) -> list[str]:
    model = _model_at(path)
    return [entry.alias or name for name, entry in model.model_fields.items()] if model else []


def _described(path: Path_) -> str:
    model = _model_at(path[:-1])
    names = {entry.alias or name: entry for name, entry in model.model_fields.items()} if model else {}
    entry = names.get(str(path[-1]))
    return f": {entry.description}" if entry and entry.description else ""
