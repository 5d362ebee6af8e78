"""Finds languages, reasons, messages and layouts: the only module that knows where files are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from rupture import prepared
from rupture.errors import InputError, TemplateError
from rupture.grammar import Particle, Sounds
from rupture.typography import Style

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_HERE: Final = Path(__file__).parent


@lru_cache(maxsize=1)
def templates_root() -> Path:
    """Return the folder that holds one folder of templates per language: in the wheel, else in the checkout."""
    packaged = _HERE / "templates"
    return packaged if packaged.is_dir() else _HERE.parent.parent / "templates"


@dataclass(frozen=True, slots=True)
class Language:
    """Everything a language is, but for its templates.

    Args:
        code: such as ``fr``.
        name: its own name for itself.
        styles: the typography of each of its locales.
        labels: the courtesies of each locale: mentions, labels and closing formulas, by name.
        layouts: the page of each of its locales, unless the case names another.
        particles: the small words that agree with what follows, by the name templates call them.
        sounds: what counts as a vowel sound.
        numbers: the words for 0, 1, 2... as far as a letter spells them.
        separator: between the items of an enumeration.
        last: before the last of three or more items, by locale, with a default under ``""``.
        last_of_two: between two items.
        between_clauses: before the last of two or more whole clauses.
        words: short fixed wordings, by name.
        starters: what a new case file of each locale is filled with.
        samples: a sample of each shape of fact that is told in the user's words.
    """

    code: str
    name: str
    styles: Mapping[str, Style]
    labels: Mapping[str, Mapping[str, str]]
    layouts: Mapping[str, str]
    particles: Mapping[str, Particle]
    sounds: Sounds
    numbers: tuple[str, ...]
    separator: str
    last: Mapping[str, str]
    last_of_two: str
    between_clauses: str
    words: Mapping[str, Any]
    starters: Mapping[str, Mapping[str, str]]
    samples: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReasonEntry:
    """What the catalogue knows of a reason.

    Args:
        slug: as the case names it.
        title: one line for `rupture reasons`.
        shapes: the shapes of fact it takes, the usual one first.
        wants: what its facts should hold, for the person who fills the case.
        facts_wanted: whether a letter that documents it should tell at least one.
        disclosure: how much the letter says unless the case decides.
        source: the article it comes from (S1..S5, see docs/explanation), or ``practice``.
    """

    slug: str
    title: str
    shapes: tuple[str, ...]
    wants: str
    facts_wanted: bool
    disclosure: str
    source: str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page, in millimetres from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """One national page, all measures in millimetres.

    Args:
        name: such as ``fr-FR``.
        page: width and height.
        margins: top, right, bottom and left.
        boxes: where a part has its own place on the first page; ``recipient`` lies inside the window.
        window: the window of the envelope, which must show every line of the recipient.
        folds: where the sheet is folded, measured from its top.
        body_top: where the first line below the address stands.
        order: the parts of a letter around its steps, in reading order; ``*`` stands for the steps.
        right: the parts that start at ``right_edge`` instead of the left margin.
        right_edge: x of those parts.
        source: where the figures come from.
    """

    name: str
    page: tuple[float, float]
    margins: tuple[float, float, float, float]
    boxes: Mapping[str, Box]
    window: Box
    folds: tuple[float, ...]
    body_top: float
    order: tuple[str, ...]
    right: tuple[str, ...]
    right_edge: float
    source: str


@lru_cache(maxsize=8)
def language(code: str) -> Language:
    """Return the language of that code.

    Raises:
        InputError: there is no folder for it.
    """
    data = _toml(templates_root() / code / "language.toml")
    grammar = data["grammar"]
    listing = data["list"]
    return Language(
        code=code,
        name=data["name"],
        styles=MappingProxyType({name: _style(name, entry) for name, entry in data["locales"].items()}),
        labels=MappingProxyType({name: entry["labels"] for name, entry in data["locales"].items()}),
        layouts=MappingProxyType({name: entry["layout"] for name, entry in data["locales"].items()}),
        particles=MappingProxyType({name: Particle(**entry) for name, entry in grammar["particles"].items()}),
        sounds=_sounds(grammar["sounds"]),
        numbers=tuple(data["numbers"]),
        separator=listing["separator"],
        last=listing["last"],
        last_of_two=listing["last_of_two"],
        between_clauses=listing["between_clauses"],
        words=MappingProxyType(data["words"]),
        starters=MappingProxyType({name: entry["starter"] for name, entry in data["locales"].items()}),
        samples=MappingProxyType(data["starter"]),
    )


def _style(name: str, entry: Mapping[str, Any]) -> Style:
    return Style(
        locale=name,
        before=tuple(entry["before"].items()),
        quotes=(entry["quotes"][0], entry["quotes"][1]),
        single_quote=entry["single_quote"],
        bound=tuple(entry["bound"]),
        first_of_month=entry.get("first_of_month", ""),
        sign_first=tuple(entry.get("sign_first", {}).items()),
        half_days=tuple(entry.get("half_days", ())),
    )


def _sounds(entry: Mapping[str, Any]) -> Sounds:
    return Sounds(
        vowels=entry["vowels"],
        consonant_stems=tuple(entry["consonant_stems"]),
        vowel_stems=tuple(entry["vowel_stems"]),
        vowel_initials=entry["vowel_initials"],
    )


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the codes of the languages there are."""
    return tuple(sorted(folder.parent.name for folder in templates_root().glob("*/language.toml")))


@lru_cache(maxsize=1)
def reasons() -> Mapping[str, ReasonEntry]:
    """Return the reasons by slug, in the order of their file."""
    data = _toml(_HERE / "reasons.toml")
    return MappingProxyType(
        {
            slug: ReasonEntry(
                slug=slug,
                title=entry["title"],
                shapes=tuple(entry["shapes"]),
                wants=entry["wants"],
                facts_wanted=entry["facts"] == "wanted",
                disclosure=entry["disclosure"],
                source=entry["source"],
            )
            for slug, entry in data.items()
        }
    )


@lru_cache(maxsize=16)
def layout(name: str) -> Layout:
    """Return the layout of that name.

    Raises:
        InputError: there is none.
    """
    data = _toml(_HERE / "layouts" / f"{name}.toml")
    return Layout(
        name=name,
        page=_floats(data["page"], 2),
        margins=_floats(data["margins"], 4),
        boxes=MappingProxyType({part: Box(*map(float, box)) for part, box in data["boxes"].items()}),
        window=Box(*map(float, data["window"])),
        folds=tuple(map(float, data["folds"])),
        body_top=float(data["body_top"]),
        order=tuple(data["order"]),
        right=tuple(data["right"]),
        right_edge=float(data["right_edge"]),
        source=data["source"],
    )


def layouts() -> tuple[str, ...]:
    """Return the names of the layouts there are."""
    return tuple(sorted(path.stem for path in (_HERE / "layouts").glob("*.toml")))


@dataclass(frozen=True, slots=True)
class MessageEntry:
    """What the catalogue knows of a message.

    Args:
        steps: in reading order.
        needs: the keys of a case that it cannot do without.
        source: the article that advises it.
    """

    steps: tuple[str, ...]
    needs: tuple[str, ...]
    source: str


@lru_cache(maxsize=1)
def messages() -> Mapping[str, MessageEntry]:
    """Return the messages by name."""
    return MappingProxyType(
        {
            name: MessageEntry(tuple(entry["steps"]), tuple(entry["needs"]), entry["source"])
            for name, entry in _toml(_HERE / "messages.toml").items()
        }
    )


@dataclass(frozen=True, slots=True, eq=False)  # one object for each state of a file
class ReviewFile:
    """A file of review rules, which knows where a line of it stands.

    Args:
        path: where it is.
        text: what it holds.
        data: the same, read.
    """

    path: Path
    text: str
    data: Mapping[str, Any]

    def place(self, wanted: str, after: str = "") -> str:
        """Return ``file:line`` of the first line that holds ``wanted``, at or below the one that holds ``after``."""
        lines = self.text.splitlines()
        first = next((number for number, line in enumerate(lines) if after in line), 0)
        found = (number for number, line in enumerate(lines[first:], first + 1) if wanted in line)
        return f"{self.path}:{next(found, first + 1)}"


def review_files(code: str, folder: Path | None = None) -> tuple[ReviewFile, ...]:
    """Return the review rules of a language: the built-in ones, then those of a folder of templates, if it has any.

    Raises:
        TemplateError: a file is no TOML.
    """
    paths = [root / code / "review.toml" for root in (templates_root(), folder) if root]
    return tuple(_review_file(path, path.stat().st_mtime_ns) for path in paths if path is paths[0] or path.is_file())


@lru_cache(maxsize=16)
def _review_file(path: Path, changed: int) -> ReviewFile:
    del changed  # a file that was edited is read again
    try:
        source = path.read_bytes()
        return ReviewFile(path, source.decode(), MappingProxyType(_parsed(source)))
    except ValueError as error:  # not UTF-8, or not TOML
        raise TemplateError(f"{path}: {error}") from None
    except RecursionError:
        raise TemplateError(f"{path}: nested too deeply") from None
    except OSError as error:
        raise TemplateError(f"{path}: cannot be read: {error.strerror}") from None


@lru_cache(maxsize=1)
def finding_codes() -> frozenset[str]:
    """Return the code of every finding that the built-in rules can make, in any language."""
    data = [review_files(code)[0].data for code in languages()]
    return frozenset(code for each in data for code in (*each["findings"], *(rule["code"] for rule in each["tone"])))


def review_texts(code: str) -> Mapping[str, Mapping[str, str]]:
    """Return the wording of each finding about facts, dates and pages in that language, by its code."""
    texts: Mapping[str, Mapping[str, str]] = review_files(code)[0].data["findings"]
    return texts


@dataclass(frozen=True, slots=True)
class LegalCheck:
    """One row of the law-aware checks.

    Args:
        code: of its finding.
        test: the function of `rupture.review.law` that looks at the case.
        where: the jurisdictions in which it is asked.
        severity: of its finding.
        source: the law it comes from.
        confidence: whether the wording of the source was seen.
        client: ``business`` or ``consumer`` where it is asked of one kind only, else empty.
    """

    code: str
    test: str
    where: tuple[str, ...]
    severity: str
    source: str
    confidence: str
    client: str = ""


@dataclass(frozen=True, slots=True)
class Law:
    """The law-aware checks with the figures they need.

    Args:
        jurisdictions: the jurisdiction of each locale.
        receipt: days from sending to presumed receipt, by the way of delivery.
        near: how many days before or after a critical date count as near.
        checks: in the order of their file.
    """

    jurisdictions: Mapping[str, str]
    receipt: Mapping[str, int]
    near: int
    checks: tuple[LegalCheck, ...]


@lru_cache(maxsize=1)
def law() -> Law:
    """Return the law-aware checks."""
    data = _toml(_HERE / "law.toml")
    return Law(
        jurisdictions=MappingProxyType(data["jurisdictions"]),
        receipt=MappingProxyType(data["receipt"]),
        near=data["near"]["days"],
        checks=tuple(LegalCheck(**entry | {"where": tuple(entry["where"])}) for entry in data["check"]),
    )


@dataclass(frozen=True, slots=True)
class Signal:
    """One question on a client's conduct.

    Args:
        slug: as in an answers file.
        reason: the reason of a letter that says it.
        answers: what may be answered.
        repair: the advice while nothing was tried.
        tries: the repair steps that count for it.
        source: the article it comes from.
        serious: repeated, it is a ground by itself.
        once: the message that a single slip is worth, or empty.
        alone: it needs no other ground, no repair, and nothing softens it.
    """

    slug: str
    reason: str
    answers: tuple[str, ...]
    repair: str
    tries: tuple[str, ...]
    source: str
    serious: bool = False
    once: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Assessing:
    """How the articles weigh what happens with a client.

    Args:
        order: every advice, from the mildest to the gravest.
        messages: the message that carries an advice out.
        repairs: what may have been tried, with the message by which it is.
        signals: the questions on the client's conduct, by slug.
        circumstances: the other questions, with their answers, the usual one first.
        sources: the article each question comes from.
    """

    order: tuple[str, ...]
    messages: Mapping[str, str]
    repairs: Mapping[str, str]
    signals: Mapping[str, Signal]
    circumstances: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, str]


_OFTEN: Final = ("never", "once", "repeated", "persisting")
_YES: Final = ("no", "yes", "persisting")


@lru_cache(maxsize=1)
def assessing() -> Assessing:
    """Return the questions before the letter, and how they weigh."""
    data = _toml(_HERE / "assess.toml")
    signals = [
        Signal(**entry | {"answers": _OFTEN if entry["answers"] == "often" else _YES, "tries": tuple(entry["tries"])})
        for entry in data["signal"]
    ]
    return Assessing(
        order=tuple(data["order"]),
        messages=MappingProxyType(data["messages"]),
        repairs=MappingProxyType(data["repairs"]),
        signals=MappingProxyType({signal.slug: signal for signal in signals}),
        circumstances=MappingProxyType({entry["slug"]: tuple(entry["answers"]) for entry in data["circumstance"]}),
        sources=MappingProxyType(
            {entry["slug"]: entry["source"] for entry in (*data["signal"], *data["circumstance"])}
        ),
    )


@lru_cache(maxsize=8)
def assess_texts(code: str) -> Mapping[str, Any]:
    """Return the words of the questions and the advice in that language."""
    return MappingProxyType(_toml(templates_root() / code / "assess.toml"))


def starter(code: str, message: str) -> dict[str, str]:
    """Return the case file that `rupture new` fills in for that language.

    Args:
        code: of the language.
        message: what is to be written.

    Returns:
        ``whole``, with places for ``history``, what there was between the two, and ``specific``, the message's own.
    """
    folder = templates_root() / code
    names = {"whole": "starter.yaml", "history": "starter/history.yaml", "specific": f"starter/{message}.yaml"}
    return {part: (folder / name).read_text("utf-8") for part, name in names.items()}


@lru_cache(maxsize=1)
def face() -> Mapping[str, Path]:
    """Return the files of the text face, by ``regular``, ``italic``, ``bold`` and ``bold-italic``."""
    from importlib.util import find_spec  # noqa: PLC0415  the package itself walks all its folders when imported

    spec = find_spec("rendercv_fonts")
    folder = Path(spec.origin if spec and spec.origin else "").parent / "Gentium Book Plus"
    names = {"regular": "Regular", "italic": "Italic", "bold": "Bold", "bold-italic": "BoldItalic"}
    return MappingProxyType({style: folder / f"GentiumBookPlus-{name}.ttf" for style, name in names.items()})


def _toml(path: Path) -> dict[str, Any]:
    try:
        return _parsed(path.read_bytes())
    except FileNotFoundError:
        kind = path.parent.name if path.name == "language.toml" else path.stem
        raise InputError(f"there is no {path.name} for {kind} in {path.parent}") from None


def _parsed(source: bytes) -> dict[str, Any]:
    """Return what a TOML file says: JSON is read ten times as fast, where it was prepared."""
    found = prepared.data(_prepared_name(source))
    data: dict[str, Any] = _toml_data(source) if found is None else json.loads(found)
    return data


def _toml_data(source: bytes) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  nothing is read with it where all was prepared

    return tomllib.loads(source.decode())


def _prepared_name(source: bytes) -> str:
    return prepared.name_of("toml", source, end=".json")


def prepare() -> Iterator[tuple[str, bytes]]:
    """Yield what this module finds prepared, by name: every TOML file of the package as JSON."""
    for root in (_HERE, templates_root()):
        for path in sorted(root.rglob("*.toml")):
            source = path.read_bytes()
            data = json.dumps(_toml_data(source), ensure_ascii=False, separators=(",", ":"))
            yield _prepared_name(source), data.encode()


def _floats(values: Sequence[float], count: int) -> Any:  # noqa: ANN401  a tuple whose length the caller names
    if len(values) != count:
        raise ValueError(f"expected {count} measures, found {len(values)}")
    return tuple(map(float, values))
