"""Phrases that a native reader stumbles over do not come back into code, documentation or help."""

from __future__ import annotations

import re

import pytest
from reading import ROOT

THINGS = (
    "row|client|letter|language|locale|line|command|format|process|reason|message|rule|file|case|worker|module|template|page"
    "|folder|text|entry|word"
)

#: What not to write: the pattern, one sentence it finds, one it must leave alone.
PHRASES = {
    "write “is not a”": (
        r"(?<!there )\b(?:is|are|was|were) no (?!longer|more\b|less\b|matter\b|later\b)\w+",
        "This is no format.",
        "It is no longer a format, and there is no other.",
    ),
    "software does not say; write what it does": (
        r"\bis said on\b|\bunless said\b|\bsaid (?:otherwise|once|where)\b",
        "How the file was read is said on the first line, unless said otherwise.",
        "what is said in a letter",
    ),
    "write “one row per client”": (
        rf"\ba (?:{THINGS}) an? (?:{THINGS})\b",
        "a base case and a row a client",
        "a row per client",
    ),
    "write “such as”": (
        r"(?<!such)(?<!same)(?<!known)(?<!well), as (?:`|“|«|\")",
        "a locale, as `fr-FR`",
        "a locale, such as `fr-FR`, known as `locale`",
    ),
    "write “correct”, “repair” or “again”": (r"\bmend(?:ed|s|ing)?\b|\banew\b", "mended and drawn anew", "amend it"),
    "write “no findings”": (r"\bnothing to remark\b", "case.yaml: nothing to remark", "no findings"),
    "write “at most N rows”": (
        r"\bso many (?:rows|letters|lines|words)\b",
        "Take so many rows.",
        "so many that it fails",
    ),
    "write “broken pipe”": (
        r"\bnobody reads (?:it|the output)\b",
        "nobody reads the output",
        "nobody reads Word files",
    ),
    "write what it is a key for": (
        r"\bby which two\b|\bnames know each other\b",
        "by which two names know each other",
        "two",
    ),
}


def texts():
    """The English texts of the repository; not the letters, nor the sheets that readers wrote."""
    for folder, suffix in (("src", "py"), ("tools", "py"), ("docs", "md"), ("benchmarks", "md")):
        for path in sorted((ROOT / folder).rglob(f"*.{suffix}")):
            parts = path.relative_to(ROOT).as_posix()
            if not re.search(r"_build|gallery/\w+/|-sheets/", parts):
                yield path
    yield from sorted(ROOT.glob("*.md"))


def found(text):
    """What stands in a text against the list, each with its line and what to do."""
    return [
        f"{text.count(chr(10), 0, match.start()) + 1}: “{match[0]}”: {advice}"
        for advice, (pattern, *_) in PHRASES.items()
        for match in re.finditer(pattern, text, re.IGNORECASE)
    ]


class TestEnglish:
    """No text holds a phrase of the list; the help of the command is in docs/reference/command.md."""

    def test_no_phrase_is_left(self):
        paths = list(texts())
        wrong = [
            f"{path.relative_to(ROOT)}:{fault}" for path in paths for fault in found(path.read_text(encoding="utf-8"))
        ]
        assert wrong == []
        assert len(paths) > 120

    @pytest.mark.parametrize("advice", PHRASES)
    def test_each_phrase_is_found(self, advice):
        pattern, wrong, right = PHRASES[advice]
        assert re.search(pattern, wrong, re.IGNORECASE)
        assert not re.search(pattern, right, re.IGNORECASE)
