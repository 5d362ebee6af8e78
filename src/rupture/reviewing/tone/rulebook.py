"""The tone rules: what each language's ``review.toml`` says must not be written, found in a text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, overload

from rupture.errors import TemplateError
from rupture.language import languages
from rupture.language.words import spelling, vocabulary
from rupture.resources.build_cache import built
from rupture.resources.paths import templates_root
from rupture.reviewing import rulefiles
from rupture.reviewing.findings import RANK
from rupture.reviewing.tone import checks
from rupture.reviewing.tone.index import Lookup, data_of
from rupture.reviewing.tone.patterns import Pattern, PatternError, Reader, Sentence
from rupture.reviewing.tone.tokens import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from rupture.language.words import Spelling
    from rupture.reviewing.findings import Severity
    from rupture.reviewing.tone.index import Data
    from rupture.reviewing.tone.tokens import Token

_TEXTS: Final = ("code", "severity", "catches", "message", "suggestion", "why", "source")
_LINES: Final = ("patterns", "unless", "hits", "misses")


@dataclass(frozen=True, slots=True)
class ToneRule:
    """One rule of the tone.

    Args:
        code: as ``blame.character``; stable, for waivers.
        severity: of what it finds.
        catches: what it is about, in one line.
        message: of a finding; ``{words}`` is what was found.
        suggestion: what to write instead.
        why: why it matters to the reader of the letter.
        source: where the rule comes from.
        patterns: any of them is enough; each is read when it is first wanted.
        unless: in the same sentence, any of them takes the finding away; read as the patterns are.
        check: the name of a function of `checks`, for what is not a matter of words; or empty.
        quoted: whether it reads dated quotations, which the other rules leave alone.
        hits: sentences it finds something in.
        misses: sentences in which nothing is found.
    """

    code: str
    severity: Severity
    catches: str
    message: str
    suggestion: str
    why: str
    source: str
    patterns: Sequence[Pattern]
    unless: Sequence[Pattern]
    check: str
    quoted: bool
    hits: tuple[str, ...]
    misses: tuple[str, ...]

    def excused(self, sentence: Sentence) -> bool:
        """Tell whether something else in the sentence takes the finding away."""
        return any(pattern.find(sentence) for pattern in self.unless)


class _Patterns(Sequence[Pattern]):
    """The patterns of some lines, each read when it is first wanted: a letter needs few of them."""

    def __init__(self, lines: tuple[str, ...], read: Callable[[str], Pattern]) -> None:
        self._lines = lines
        self._read = lru_cache(maxsize=None)(read)  # as many as there are lines

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> Pattern: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Pattern]: ...
    def __getitem__(self, index: int | slice) -> Pattern | Sequence[Pattern]:
        if isinstance(index, slice):
            return tuple(map(self._read, self._lines[index]))
        return self._read(self._lines[index])


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule found, and where in the text."""

    rule: ToneRule
    start: int
    end: int


class Rulebook:
    """The tone rules of a language, ready to read with.

    Args:
        rules: in the order of their file.
        spelling: of the language.
        lookup: of all their patterns, numbered from rule to rule.
    """

    def __init__(self, rules: Iterable[ToneRule], spelling: Spelling, lookup: Lookup) -> None:
        self.rules = tuple(rules)
        self.spelling = spelling
        self._lookup = lookup
        self._read = lru_cache(maxsize=128)(self._read_text)  # letters of one merge share most of what they say
        self._matches = lru_cache(maxsize=256)(self._find)
        self._places = [(rule, place) for rule in self.rules for place in range(len(rule.patterns))]

    def read(self, text: str) -> list[Remark]:
        """Return what the rules find in a text, in its order; of two that overlap, the graver one.

        Args:
            text: a sentence or a paragraph.
        """
        return list(self._read(text))

    def _read_text(self, text: str) -> tuple[Remark, ...]:
        kept: list[Remark] = []
        for remark in sorted(self.read_all(text), key=lambda r: (RANK[r.rule.severity], r.start - r.end)):
            if all(remark.end <= other.start or remark.start >= other.end for other in kept):
                kept.append(remark)
        return tuple(sorted(kept, key=lambda remark: remark.start))

    def read_all(self, text: str) -> Iterator[Remark]:
        """Yield what every rule finds in a text, overlapping or not."""
        parts, quotations = sentences(text, self.spelling)
        for tokens in parts:
            yield from self._read_sentence(tokens, quoted=False)
        for start, end in quotations:
            for tokens in sentences(text[start:end], self.spelling)[0]:
                for remark in self._read_sentence(tokens, quoted=True):
                    yield Remark(remark.rule, remark.start + start, remark.end + start)
        for rule in self.rules:
            if rule.check:
                for start, end in checks.CHECKS[rule.check](text, quotations):
                    around = [tokens for tokens in parts if tokens[0].start < end and start < tokens[-1].end]
                    if not any(rule.excused(_sentence(tokens)) for tokens in around):
                        yield Remark(rule, start, end)

    def _read_sentence(self, tokens: Sequence[Token], *, quoted: bool) -> Iterator[Remark]:
        for rule, first, last in self._matches(tuple(token.word for token in tokens), quoted):
            yield Remark(rule, tokens[first].start, tokens[last].end)

    def _find(self, words: tuple[str, ...], quoted: bool) -> tuple[tuple[ToneRule, int, int], ...]:  # noqa: FBT001  a key
        """Return what matches in a sentence, with its first and last word."""
        sentence = Sentence(words)
        matches: dict[str, tuple[ToneRule, int, int]] = {}
        excused: set[str] = set()
        for number in self._lookup.candidates(words):
            rule, place = self._places[number]
            if rule.code in matches or rule.code in excused or rule.quoted is not quoted:
                continue
            if found := rule.patterns[place].find(sentence):
                if rule.excused(sentence):
                    excused.add(rule.code)
                else:
                    matches[rule.code] = (rule, found[0], max(found[1] - 1, found[0]))
        return tuple(matches.values())


def _sentence(tokens: Sequence[Token]) -> Sentence:
    return Sentence([token.word for token in tokens])


def rulebook(language: str, folder: Path | None = None) -> Rulebook:
    """Return the tone rules of a language.

    Args:
        language: its code.
        folder: of templates of your own; the rules of a ``review.toml`` there are added, or replace their namesakes.

    Raises:
        TemplateError: a rule file cannot be used; names its file and line.
    """
    return _rulebook(language, rulefiles.review_files(language, folder))


@lru_cache(maxsize=16)
def _rulebook(language: str, files: tuple[rulefiles.ReviewFile, ...]) -> Rulebook:
    rules = _rules(files, spelling(language))
    found = _index.cached(language, files[0].text, _words(language)) if len(files) == 1 else None
    tables = _tables(rules, language) if found is None else json.loads(found)
    return Rulebook(rules, spelling(language), Lookup(tables))


def _rules(files: tuple[rulefiles.ReviewFile, ...], known: Spelling) -> tuple[ToneRule, ...]:
    reader = Reader(known)
    rules: dict[str, ToneRule] = {}
    for file in files:
        words, tone = file.data.get("words", {}), file.data.get("tone", [])
        if not isinstance(words, dict) or not isinstance(tone, list) or not all(isinstance(e, dict) for e in tone):
            raise TemplateError(f"{file.path}: write lists of words under [words], each rule under its own [[tone]]")
        for name, entry in words.items():
            if not isinstance(entry, str):
                raise TemplateError(f"{file.place(f'{name} =')}: words.{name}: expected words in quotes")
            reader.add_list(name, entry)
        for entry in tone:
            rule = _rule(entry, reader, file)
            rules[rule.code] = rule
    for file in files[1:]:  # the built-in rules are read by the tests, one's own at once
        _check(file, rules, reader)
    return tuple(rules.values())


def _check(file: rulefiles.ReviewFile, rules: Mapping[str, ToneRule], reader: Reader) -> None:
    for name in file.data.get("words", {}):
        try:
            reader.words(name)
        except PatternError as error:
            raise TemplateError(f"{file.place(f'{name} =')}: words.{name}: {error}") from None
    for entry in file.data.get("tone", ()):
        rule = rules[entry["code"]]
        list(rule.patterns)  # each complains of itself
        list(rule.unless)


def _tables(rules: Iterable[ToneRule], language: str) -> Data:
    known = vocabulary(language)
    patterns = (pattern for rule in rules for pattern in rule.patterns)
    return data_of(patterns, known.telling | known.frequent)


_MODULES: Final = (
    *(f"reviewing/tone/{each}.py" for each in ("rulebook", "index", "patterns", "tokens")),
    "language/plain.py",
    "language/words.py",
)


def _words(language: str) -> bytes:
    return (templates_root() / language / "words.toml").read_bytes()


def _every_language() -> Iterator[tuple[str, str, bytes]]:
    for language in languages.codes():
        yield language, rulefiles.review_files(language)[0].text, _words(language)


@built("lookup", ".json", every=_every_language, modules=_MODULES)
def _index(language: str, rules: str, words: bytes) -> bytes:
    """Return the index of the rules of a language, given the text of its files."""
    del rules, words
    tables = _tables(_rules(rulefiles.review_files(language), spelling(language)), language)
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":")).encode()


def _rule(entry: Mapping[str, Any], reader: Reader, file: rulefiles.ReviewFile) -> ToneRule:
    where = f'code = "{entry.get("code", "")}"'
    if wrong := set(entry) - {*_TEXTS, *_LINES, "check", "quoted"}:
        raise TemplateError(f"{file.place(where)}: unknown key {', '.join(sorted(wrong))} in a tone rule")
    if odd := [key for key in (*_TEXTS, *_LINES, "check") if not isinstance(entry.get(key, ""), str)]:
        raise TemplateError(f"{file.place(where)}: expected a text in quotes: {', '.join(odd)}")
    if missing := [key for key in _TEXTS if not entry.get(key)]:
        raise TemplateError(f"{file.place(where)}: this tone rule has no {', '.join(missing)}")
    if entry["severity"] not in RANK:
        raise TemplateError(f"{file.place(where)}: severity is error, warning or hint, not {entry['severity']!r}")
    if (check := entry.get("check", "")) and check not in checks.CHECKS:
        raise TemplateError(f"{file.place(where)}: there is no check {check!r}, only {', '.join(checks.CHECKS)}")
    if not check and not _lines(entry, "patterns"):
        raise TemplateError(f"{file.place(where)}: this tone rule has neither patterns nor a check")
    return ToneRule(
        **{key: entry[key] for key in _TEXTS},
        patterns=_patterns(entry, "patterns", reader, file, where),
        unless=_patterns(entry, "unless", reader, file, where),
        check=check,
        quoted=bool(entry.get("quoted", False)),
        hits=_lines(entry, "hits"),
        misses=_lines(entry, "misses"),
    )


def _patterns(
    entry: Mapping[str, Any], key: str, reader: Reader, file: rulefiles.ReviewFile, after: str
) -> Sequence[Pattern]:
    def read(line: str) -> Pattern:
        try:
            return reader.pattern(line)
        except PatternError as error:
            raise TemplateError(f"{file.place(line, after)}: {entry['code']}: {error}") from None

    return _Patterns(_lines(entry, key), read)


def _lines(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    stripped = (line.strip() for line in entry.get(key, "").splitlines())
    return tuple(line for line in stripped if line and not line.startswith("# "))
