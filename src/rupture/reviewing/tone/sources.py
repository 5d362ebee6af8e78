"""The files of the tone rules: one per rule, list of words and excuse; built in, and of the user's own.

templates/<language>/review/tone/<code>.toml     a rule
templates/<language>/review/words/<name>.txt     a list of words, one entry a line
templates/<language>/review/excuses/<name>.txt   patterns that take a finding away, one a line
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rupture.errors import TemplateError
from rupture.language import conjugation
from rupture.resources import locales, toml
from rupture.resources.build_cache import built
from rupture.resources.memory import remembered
from rupture.resources.paths import templates_root
from rupture.resources.reading import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The folders of the three kinds, and how the names of their files end.
_KINDS: Final[Mapping[str, str]] = {"tone": ".toml", "words": ".txt", "excuses": ".txt"}
TEXTS: Final = ("severity", "catches", "message", "suggestion", "why", "source")
LINES: Final = ("patterns", "unless", "hits", "misses")
_KEYS: Final = frozenset({*TEXTS, *LINES, "excuses", "check", "quoted"})
#: To the end of the line; "#" itself may be part of a word.
_REMARK: Final = re.compile(r"(?:^|\s+)#(?:\s.*)?$|\s+$")
#: The modules on which the packed files depend.
_MODULES: Final = ("language/conjugation.py", "reviewing/tone/sources.py")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a file that say something, without remarks and with their verbs expanded.

    Args:
        file: its path.
        texts: a pattern each, or an entry of a list of words: phrases joined by ``_``, alternatives by ``|``.
        numbers: of the line on which each begins, from 1.
    """

    file: str
    texts: tuple[str, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A file that is a rule.

    Args:
        file: its path.
        data: the values of its keys.
        patterns: the lines of its patterns.
        unless: the lines of its own excuses.
    """

    file: str
    data: Mapping[str, Any]
    patterns: Lines
    unless: Lines

    def place(self, key: str) -> str:
        """Return ``file:line`` of a key, or of the first line where the key is missing."""
        return _place(self.file, key, _text(Path(self.file)))


@dataclass(frozen=True, slots=True, eq=False)  # one object for each state of the files
class Sources:
    """The files of a language, read.

    Args:
        rules: by code.
        words: by name; the user's own entries follow the built-in ones.
        excuses: by name, in the same way.
        own: the codes and names that are the user's own, by kind.
    """

    rules: Mapping[str, RuleFile]
    words: Mapping[str, tuple[Lines, ...]]
    excuses: Mapping[str, tuple[Lines, ...]]
    own: Mapping[str, frozenset[str]] = field(default_factory=dict)


def sources(language: str, folder: Path | None = None) -> Sources:
    """Return the files of a language: the built-in ones, then those of a folder of templates.

    The user's rules replace those with the same code; lists and excuses are added to those with the same name.

    Args:
        language: its code.
        folder: of the user's templates.

    Raises:
        TemplateError: a file of the folder cannot be used.
    """
    if folder is None:
        return _built_in(language)
    root = folder / language
    if (root / "review.toml").exists():
        raise TemplateError(
            f"{root / 'review.toml'}: rules have a file each now: move each [[tone]] entry to review/tone/<code>.toml "
            "and each list under [words] to review/words/<name>.txt, one entry a line"
        )
    state = tuple((path, _changed(path)) for kind in _KINDS for path in _paths(root, kind))
    return _with_own(language, root, state) if state else _built_in(language)


@remembered(16)
def _with_own(language: str, root: Path, state: tuple[tuple[Path, int], ...]) -> Sources:
    del state  # a file that was edited is read again
    built_in, own = _built_in(language), _read(root, language)
    return Sources(
        {**built_in.rules, **own.rules},
        _together(built_in.words, own.words),
        _together(built_in.excuses, own.excuses),
        {"tone": frozenset(own.rules), "words": frozenset(own.words), "excuses": frozenset(own.excuses)},
    )


def _together(
    first: Mapping[str, tuple[Lines, ...]], second: Mapping[str, tuple[Lines, ...]]
) -> dict[str, tuple[Lines, ...]]:
    return {name: (*first.get(name, ()), *second.get(name, ())) for name in {**first, **second}}


@cache
def _built_in(language: str) -> Sources:
    return _unpacked(templates_root() / language, json.loads(_packed(language, digest(language))))


# ---------------------------------------------------------------- reading


def _paths(root: Path, kind: str) -> list[Path]:
    """Return the files of a kind, ordered by name.

    Raises:
        TemplateError: a file there is of another kind.
    """
    folder, ending = root / "review" / kind, _KINDS[kind]
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))  # noqa: PTH208  twice as fast
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise TemplateError(f"{folder}: cannot be read: {error.strerror}") from None
    if odd := [name for name in names if not name.endswith(ending)]:
        raise TemplateError(f"{folder / odd[0]}: the files of review/{kind} end in {ending}")
    return [folder / name for name in names]


def _changed(path: Path) -> int:
    """Return when a file was changed."""
    try:
        return path.stat().st_mtime_ns
    except OSError as error:
        raise TemplateError(f"{path}: cannot be read: {error.strerror}") from None


def _name(path: Path) -> str:
    return path.name.removesuffix(path.suffix)


def _read(root: Path, language: str) -> Sources:
    return Sources(
        {_name(path): _rule_file(path, language) for path in _paths(root, "tone")},
        {_name(path): (_lines(path, language, _text(path), 1, phrases=True),) for path in _paths(root, "words")},
        {_name(path): (_lines(path, language, _text(path), 1),) for path in _paths(root, "excuses")},
    )


def _text(path: Path) -> str:
    try:
        return read_bytes(path, error=TemplateError).decode().replace("\r\n", "\n")
    except ValueError:
        raise TemplateError(f"{path}: is not text in UTF-8") from None


def _lines(path: Path, language: str, text: str, first: int, *, phrases: bool = False) -> Lines:
    """Return the lines of a text that begins on that line of a file; with ``phrases``, each is one phrase."""
    texts, numbers = [], []
    for number, line in joined(text, first):
        try:
            texts.append(conjugation.expanded("_".join(line.split()) if phrases else line, language))
        except conjugation.UnknownFormError as error:
            raise TemplateError(f"{path}:{number}: {error}") from None
        numbers.append(number)
    return Lines(str(path), tuple(texts), tuple(numbers))


def joined(text: str, first: int = 1) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text without remarks, one that ends in a backslash together with the next.

    Args:
        text: of a file, or a part of it.
        first: the number of its first line.
    """
    begun, start = "", 0
    for number, line in enumerate((*text.split("\n"), ""), first):
        said = _REMARK.sub("", line).lstrip()
        start = start if begun else number
        begun += said.removesuffix("\\")
        if begun.strip() and not said.endswith("\\"):
            yield start, begun.strip()
            begun = ""


def written(path: Path, number: int) -> str:
    """Return what stands on a line of a file, with the lines that go on with it."""
    return dict(joined(_text(path)))[number]


def _rule_file(path: Path, language: str) -> RuleFile:
    text = _text(path)
    data = _toml(path, text)
    if wrong := sorted(set(data) - _KEYS):
        raise TemplateError(f"{_place(path, wrong[0], text)}: unknown key {', '.join(wrong)} in a tone rule")
    for key in (*TEXTS, *LINES, "check"):
        if not isinstance(data.get(key, ""), str):
            raise TemplateError(f"{_place(path, key, text)}: {key}: expected a text in quotes")
    names = data.get("excuses", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise TemplateError(f'{_place(path, "excuses", text)}: excuses: expected names in quotes, such as ["praise"]')
    patterns, unless = (
        _lines(path, language, data.pop(key, ""), _first_line(key, text)) for key in ("patterns", "unless")
    )
    return RuleFile(str(path), data, patterns, unless)


def _toml(path: Path, text: str) -> dict[str, Any]:
    try:
        return toml.parse(text.encode())
    except ValueError as error:
        place = re.search(r" \(at line (\d+), column (\d+)\)", str(error))
        where, what = (f":{place[1]}:{place[2]}", str(error).replace(place[0], "")) if place else ("", str(error))
        raise TemplateError(f"{path}{where}: {what}") from None
    except RecursionError:
        raise TemplateError(f"{path}: nested too deeply") from None


def _place(path: Path | str, key: str, text: str) -> str:
    return f"{path}:{_line_of(key, text) or 1}"


def _line_of(key: str, text: str) -> int:
    """Return the number of the line on which a key stands, or 0."""
    found = re.search(rf"^{re.escape(key)}\s*=", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _first_line(key: str, text: str) -> int:
    """Return the number of the first line of the value of a key."""
    number = _line_of(key, text)
    written = text.split("\n")[number - 1].rstrip()
    return number + written.endswith(("'''", '"""'))


# ---------------------------------------------------------------- built with the package


@cache
def digest(language: str) -> bytes:
    """Return a digest of every file that decides what the built-in tone rules of a language are."""
    root = templates_root() / language
    paths = [path for kind in _KINDS for path in _paths(root, kind)]
    hashed = blake2b(digest_size=16)
    for path in map(str, (*paths, root / "verbs.toml", root / "words.toml")):
        with open(path, "rb") as file:  # noqa: PTH123  some 140 files, at each start
            content = file.read()
        hashed.update(f"{path.rpartition(os.sep)[2]} {len(content)} ".encode() + content)
    return hashed.digest()


def _every_language() -> Iterator[tuple[str, bytes]]:
    for language in locales.languages():
        yield language, digest(language)


@built("tone", ".json", every=_every_language, modules=_MODULES)
def _packed(language: str, files: bytes) -> bytes:
    """Return the built-in files of a language in one, verbs expanded, given their digest."""
    del files
    read = _read(templates_root() / language, language)
    packed = {
        "tone": {c: [r.data, _packed_lines(r.patterns), _packed_lines(r.unless)] for c, r in read.rules.items()},
        # Only the user's own lists need the numbers of their lines.
        "words": {name: ("\n".join(lines.texts), ()) for name, (lines,) in read.words.items()},
        "excuses": {name: _packed_lines(lines) for name, (lines,) in read.excuses.items()},
    }
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode()


def _packed_lines(lines: Lines) -> tuple[str, tuple[int, ...]]:
    return "\n".join(lines.texts), lines.numbers


def _unpacked(root: Path, packed: Mapping[str, Any]) -> Sources:
    folder = f"{root / 'review'}"
    rules = {}
    for code, (data, *both) in packed["tone"].items():
        file = f"{folder}/tone/{code}.toml"
        rules[code] = RuleFile(file, data, *(_unpacked_lines(file, each) for each in both))
    words, excuses = (
        {name: (_unpacked_lines(f"{folder}/{kind}/{name}.txt", each),) for name, each in packed[kind].items()}
        for kind in ("words", "excuses")
    )
    return Sources(rules, words, excuses)


def _unpacked_lines(file: str, lines: tuple[str, list[int]]) -> Lines:
    texts, numbers = lines
    return Lines(file, tuple(texts.split("\n")) if texts else (), tuple(numbers))
