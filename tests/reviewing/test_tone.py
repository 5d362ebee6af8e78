"""The tone rules catch what they say they catch, and nothing beside; their files stay such as a person can keep."""

from __future__ import annotations

import shutil
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from rupture.language.plain import plain
from rupture.resources import locales
from rupture.resources.paths import templates_root
from rupture.reviewing.tone.rulebook import rulebook
from rupture.reviewing.tone.samples import failures
from rupture.reviewing.tone.sources import joined

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RULES = [(language, rule.code) for language in locales.languages() for rule in rulebook(language).rules]
LONGEST_LINE = 160


def rule_of(language: str, code: str, folder=None):
    book = rulebook(language, folder)
    return book, next(rule for rule in book.rules if rule.code == code)


class TestSamples:
    """Every rule finds something in its hits, and nothing is found in its misses."""

    @pytest.mark.parametrize(("language", "code"), RULES)
    def test_samples(self, language, code):
        book, rule = rule_of(language, code)
        assert min(len(rule.hits), len(rule.misses)) >= 3
        assert not list(failures(book, rule)), "\n".join(map(str, failures(book, rule)))

    def test_both_kinds_of_failure_are_seen(self, tmp_path):
        folder = tmp_path / "en" / "review" / "tone"
        folder.mkdir(parents=True)
        text = (templates_root() / "en/review/tone/blame.character.toml").read_text("utf-8")
        planted = text.replace("hits = '''\n", "hits = '''\nThe weather is mild.\n")
        planted = planted.replace("misses = '''\n", "misses = '''\nYou are a liar.\n")
        (folder / "blame.character.toml").write_text(planted, encoding="utf-8")
        book, rule = rule_of("en", "blame.character", tmp_path)
        assert [(each.kind, each.text) for each in failures(book, rule)] == [
            ("hits", "The weather is mild."),
            ("misses", "You are a liar."),
        ]


def faults(root: Path) -> Iterator[str]:
    """Yield what is not such as a person can keep in the rule files of a language."""
    review = root / "review"
    for path in sorted(path for path in (*review.rglob("*"), *root.glob("*.toml")) if path.is_file()):
        yield from (
            f"{path.name}:{number} is {len(line)} characters long"
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
            if len(line) > LONGEST_LINE and (review in path.parents or path.stem in {"words", "verbs"})
        )
    for path in sorted((review / "words").glob("*.txt")):
        entries = [text for _, text in joined(path.read_text("utf-8"))]
        keys = [plain(entry) for entry in entries]
        yield from (f"{path.name}: {entry} is more than one entry" for entry in entries if "," in entry or "|" in entry)
        yield from (f"{path.name}: {key} stands twice" for key in sorted({key for key in keys if keys.count(key) > 1}))
        yield from (f"{path.name}: {b} is out of order" for a, b in pairwise(keys) if a > b)
    for path in sorted((review / "excuses").glob("*.txt")):
        lines = [text for _, text in joined(path.read_text("utf-8"))]
        yield from (f"{path.name}: {line} stands twice" for line in set(lines) if lines.count(line) > 1)
        yield from [] if path.read_text("utf-8").startswith("# ") else [f"{path.name} does not say what it excuses"]
    yield from unused(review)


def unused(review: Path) -> Iterator[str]:
    """Yield the lists and the excuses that nothing names."""
    texts = {path: path.read_text("utf-8") for path in review.rglob("*") if path.is_file()}
    for path in sorted((review / "words").glob("*.txt")):
        if not any(f"<{path.stem}>" in text for other, text in texts.items() if other != path):
            yield f"{path.name}: no pattern names this list"
    for path in sorted((review / "excuses").glob("*.txt")):
        if not any(f'"{path.stem}"' in text for other, text in texts.items() if other.parent.name == "tone"):
            yield f"{path.name}: no rule names this excuse"


class TestLayout:
    """One rule a file, one entry a line, in order, each once, and no line longer than an editor shows."""

    @pytest.mark.parametrize("language", locales.languages())
    def test_the_files_are_such_as_a_person_can_keep(self, language):
        assert not list(faults(templates_root() / language))

    @pytest.mark.parametrize(
        ("file", "planted", "fault"),
        [
            ("review/words/trait.txt", "arrogant\narrogant\n", "arrogant stands twice"),
            ("review/words/trait.txt", "Élan\nelan\n", "elan stands twice"),
            ("review/words/trait.txt", "b\na\n", "a is out of order"),
            ("review/words/trait.txt", "a, b\n", "a, b is more than one entry"),
            ("review/words/trait.txt", "a" * 161, "is 161 characters long"),
            ("review/words/nobody.txt", "a\n", "nobody.txt: no pattern names this list"),
            ("review/tone/blame.character.toml", f"# {'a' * 160}", "is 162 characters long"),
            ("review/excuses/nobody.txt", "# None.\na\n", "nobody.txt: no rule names this excuse"),
            ("review/excuses/nobody.txt", "# None.\na\na\n", "a stands twice"),
            ("review/excuses/nobody.txt", "a\n", "does not say what it excuses"),
            ("words.toml", f"# {'a' * 160}", "is 162 characters long"),
        ],
    )
    def test_a_planted_fault_is_seen(self, tmp_path, file, planted, fault):
        shutil.copytree(templates_root() / "en", tmp_path / "en")
        (tmp_path / "en" / file).write_text(planted, encoding="utf-8")
        assert fault in "\n".join(faults(tmp_path / "en"))
