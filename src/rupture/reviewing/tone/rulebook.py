"""The tone rules of a language, and what they find in a text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, overload

from rupture.errors import TemplateError
from rupture.language.words import spelling, vocabulary
from rupture.resources import articles, locales
from rupture.resources.build_cache import built
from rupture.resources.memory import remembered
from rupture.reviewing.findings import RANK
from rupture.reviewing.tone import checks
from rupture.reviewing.tone.index import Lookup, data_of
from rupture.reviewing.tone.patterns import Pattern, PatternError, Reader, Sentence
from rupture.reviewing.tone.sources import TEXTS, Sources, digest, sources
from rupture.reviewing.tone.tokens import sentences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from rupture.language.words import Spelling
    from rupture.reviewing.findings import Severity
    from rupture.reviewing.tone.index import Data
    from rupture.reviewing.tone.sources import Lines, RuleFile
    from rupture.reviewing.tone.tokens import Token

#: The modules on which the index depends.
_MODULES: Final = (
    *("language/conjugation.py", "language/plain.py", "language/words.py"),
    *(f"reviewing/tone/{name}.py" for name in ("index", "patterns", "rulebook", "sources", "tokens")),
)


class Patterns(Sequence[Pattern]):
    """The patterns of some lines of a file, each read when it is first wanted: a letter needs few of them.

    Args:
        lines: what each says, and where.
        reader: reads them.
        code: of their rule, for complaints.
    """

    def __init__(self, lines: Lines, reader: Reader, code: str = "") -> None:
        self._lines = lines
        self._reader = reader
        self._code = f"{code}: " if code else ""
        self._read = remembered(None)(self._read_line)  # as many as there are lines

    def __len__(self) -> int:
        return len(self._lines.texts)

    @overload
    def __getitem__(self, index: int) -> Pattern: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Pattern]: ...
    def __getitem__(self, index: int | slice) -> Pattern | Sequence[Pattern]:
        if isinstance(index, slice):
            return tuple(map(self._read, range(len(self))[index]))
        return self._read(range(len(self))[index])

    def place(self, index: int) -> tuple[Path, int]:
        """Return the file and the line of a pattern."""
        return Path(self._lines.file), self._lines.numbers[index]

    def _read_line(self, index: int) -> Pattern:
        try:
            return self._reader.pattern(self._lines.texts[index])
        except PatternError as error:
            file, number = self.place(index)
            raise TemplateError(f"{file}:{number}: {self._code}{error}") from None


@dataclass(frozen=True, slots=True)
class Excuse:
    """What takes a finding away when it stands in the same sentence.

    Args:
        name: of its file; empty for what is a rule's own.
        patterns: any of them is enough.
    """

    name: str
    patterns: Patterns


@dataclass(frozen=True, slots=True)
class ToneRule:
    """One rule of the tone.

    Args:
        code: such as ``blame.character``; stable, for waivers.
        severity: of what it finds.
        catches: what it is about, in one line.
        message: of a finding; ``{words}`` is what was found.
        suggestion: what to write instead.
        why: why it matters to the reader of the letter.
        source: where the rule comes from, articles by their titles.
        patterns: any of them is enough.
        excuses: any of them takes the finding away.
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
    patterns: Patterns
    excuses: tuple[Excuse, ...]
    check: str
    quoted: bool
    hits: tuple[str, ...]
    misses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule found, and where in the text."""

    rule: ToneRule
    start: int
    end: int


class Passages:
    """A text as the rules read it: its sentences, then those of its dated quotations.

    Args:
        text: a sentence or a paragraph.
        spelling: of its language.
    """

    def __init__(self, text: str, spelling: Spelling) -> None:
        self._text = text
        self._spelling = spelling
        self._sentences, self._quotations = sentences(text, spelling)
        self._sentence = cache(lambda number: Sentence([token.word for token in self._sentences[number]]))

    def __iter__(self) -> Iterator[tuple[Sequence[Token], int, bool]]:
        """Yield the tokens of each sentence, how far they are shifted, and whether it is a dated quotation."""
        yield from ((tokens, 0, False) for tokens in self._sentences)
        for start, end in self._quotations:
            quoted = sentences(self._text[start:end], self._spelling)[0]
            yield from ((tokens, start, True) for tokens in quoted)

    def checked(self, rule: ToneRule) -> Iterator[tuple[int, int]]:
        """Yield the places that the check of a rule finds, if it has one."""
        if rule.check:
            yield from checks.CHECKS[rule.check](self._text, self._quotations)

    def around(self, start: int, end: int) -> Iterator[Sentence]:
        """Yield the sentences that reach into a place of the text."""
        for number, tokens in enumerate(self._sentences):
            if tokens[0].start < end and start < tokens[-1].end:
                yield self._sentence(number)


class Rulebook:
    """The tone rules of a language, ready to read with.

    Args:
        rules: in the order of their codes.
        spelling: of the language.
        index: of all their patterns, and of all their excuses, each numbered from rule to rule.
    """

    def __init__(self, rules: Iterable[ToneRule], spelling: Spelling, index: tuple[Data, Data]) -> None:
        self.rules = tuple(rules)
        self.spelling = spelling
        self._lookup, self._excuse_lookup = map(Lookup, index)
        self._excuses = [(each, at) for each in _excuses(self.rules) for at in range(len(each.patterns))]
        self._read = remembered(128)(self._read_text)  # letters of one merge share most of what they say
        self._matches = remembered(256)(self._find)
        self._with_check = tuple(rule for rule in self.rules if rule.check)
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
        passages = Passages(text, self.spelling)
        for tokens, shift, quoted in passages:
            for rule, first, last in self._matches(tuple(token.word for token in tokens), quoted):
                yield Remark(rule, tokens[first].start + shift, tokens[last].end + shift)
        for rule in self._with_check:
            if found := tuple(passages.checked(rule)):
                excuse = cache(partial(self.excuse, rule))
                kept = (place for place in found if not any(map(excuse, passages.around(*place))))
                yield from (Remark(rule, *place) for place in kept)

    def excuse(self, rule: ToneRule, sentence: Sentence) -> tuple[Excuse, int] | None:
        """Return the first excuse of a rule in a sentence, with the number of its pattern, or None."""
        near = (self._excuses[number] for number in self._excuse_lookup.candidates(sentence.words))
        return next(((e, at) for e, at in near if e in rule.excuses and e.patterns[at].find(sentence)), None)

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
                if self.excuse(rule, sentence):
                    excused.add(rule.code)
                else:
                    matches[rule.code] = (rule, found[0], max(found[1] - 1, found[0]))
        return tuple(matches.values())


def rulebook(language: str, folder: Path | None = None) -> Rulebook:
    """Return the tone rules of a language.

    Args:
        language: its code.
        folder: of templates of your own; the rules in it are added, or replace their namesakes.

    Raises:
        TemplateError: a file of a rule cannot be used; names its file and line.
    """
    return _rulebook(language, sources(language, folder))


@remembered(16)
def _rulebook(language: str, read: Sources) -> Rulebook:
    known = spelling(language)
    reader = Reader(known)
    rules = _rules(read, reader)
    if read.own:
        _check(read, rules, reader)
    index = _tables(rules.values(), language) if read.own else json.loads(_index(language, digest(language)))
    return Rulebook(rules.values(), known, index)


def _rules(read: Sources, reader: Reader) -> dict[str, ToneRule]:
    for name, files in read.words.items():
        for lines in files:
            reader.add_list(name, lines.texts)
    excuses = {name: [Excuse(name, Patterns(lines, reader)) for lines in files] for name, files in read.excuses.items()}
    return {code: _rule(code, read.rules[code], excuses, reader) for code in sorted(read.rules)}


def _with_titles(source: str) -> str:
    """Return a source with the titles of the articles that it cites; a user's own rule may cite anything."""
    with suppress(KeyError):
        return articles.with_titles(source)
    return source


def _rule(code: str, file: RuleFile, excuses: Mapping[str, list[Excuse]], reader: Reader) -> ToneRule:
    data = file.data
    if missing := [key for key in TEXTS if not data.get(key)]:
        raise TemplateError(f"{file.file}:1: this tone rule has no {', '.join(missing)}")
    if data["severity"] not in RANK:
        raise TemplateError(f"{file.place('severity')}: severity is error, warning or hint, not {data['severity']!r}")
    if (check := data.get("check", "")) and check not in checks.CHECKS:
        raise TemplateError(f"{file.place('check')}: there is no check {check!r}, only {', '.join(checks.CHECKS)}")
    if not check and not file.patterns.texts:
        raise TemplateError(f"{file.place('patterns')}: this tone rule has neither patterns nor a check")
    if unknown := [name for name in data.get("excuses", ()) if name not in excuses]:
        raise TemplateError(f"{file.place('excuses')}: there is no excuse {unknown[0]!r} in review/excuses")
    named = [excuse for name in data.get("excuses", ()) for excuse in excuses[name]]
    own = [Excuse("", Patterns(file.unless, reader, code))] if file.unless.texts else []
    return ToneRule(
        code=code,
        **{key: data[key] for key in TEXTS if key != "source"},
        source=_with_titles(data["source"]),
        patterns=Patterns(file.patterns, reader, code),
        excuses=(*named, *own),
        check=check,
        quoted=bool(data.get("quoted", False)),
        hits=_samples(data.get("hits", "")),
        misses=_samples(data.get("misses", "")),
    )


def _samples(text: str) -> tuple[str, ...]:
    stripped = (line.strip() for line in text.splitlines())
    return tuple(line for line in stripped if line and not line.startswith("# "))


def _check(read: Sources, rules: Mapping[str, ToneRule], reader: Reader) -> None:
    """Read everything of the user's own at once; the built-in rules are read by the tests."""
    for name in read.own["words"]:
        _check_words(name, read.words[name][-1], reader)
    for rule in rules.values():
        own = rule.code in read.own["tone"]
        parts = [rule.patterns] if own else []
        parts += [excuse.patterns for excuse in rule.excuses if own or excuse.name in read.own["excuses"]]
        for patterns in parts:
            list(patterns)  # each complains of itself


def _check_words(name: str, lines: Lines, reader: Reader) -> None:
    for text, number in zip(lines.texts, lines.numbers, strict=True):
        try:
            reader.check_entry(text)
        except PatternError as error:
            raise TemplateError(f"{lines.file}:{number}: {error}") from None
    try:
        reader.words(name)
    except PatternError as error:
        raise TemplateError(f"{lines.file}: {error}") from None


def _excuses(rules: Iterable[ToneRule]) -> list[Excuse]:
    return list(dict.fromkeys(excuse for rule in rules for excuse in rule.excuses))


def _tables(rules: Collection[ToneRule], language: str) -> tuple[Data, Data]:
    known = vocabulary(language)
    patterns = (pattern for rule in rules for pattern in rule.patterns)
    excuses = (pattern for excuse in _excuses(rules) for pattern in excuse.patterns)
    frequent = known.telling | known.frequent
    return data_of(patterns, frequent), data_of(excuses, frequent)


def _every_language() -> Iterator[tuple[str, bytes]]:
    for language in locales.languages():
        yield language, digest(language)


@built("lookup", ".json", every=_every_language, modules=_MODULES)
def _index(language: str, files: bytes) -> bytes:
    """Return the index of the built-in rules of a language, given the digest of its files."""
    del files
    rules = _rules(sources(language), Reader(spelling(language)))
    return json.dumps(_tables(rules.values(), language), ensure_ascii=False, separators=(",", ":")).encode()
