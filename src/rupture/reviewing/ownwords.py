"""The sender's own words in a case, each with its field and its language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.case.own_words import prose_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.model import Case
    from rupture.case.own_words import Translations


class _Last:
    """The texts of the case that was asked about last: each rule asks in turn, and a case never changes."""

    kept: tuple[Case | None, tuple[tuple[str, str, str], ...]] = (None, ())


def own_words(case: Case) -> tuple[tuple[str, str, str], ...]:
    """Return (field path, text, language) for each text in the sender's own words."""
    last, texts = _Last.kept
    if last is not case:
        texts = tuple(_own_words(case))
        _Last.kept = (case, texts)  # in one step, for threads
    return texts


def _own_words(case: Case) -> Iterator[tuple[str, str, str]]:
    for path, text in prose_fields(case):
        for language, words in wordings(text):
            yield (str(path / language), words, language) if language else (str(path), words, case.language)


def wordings(text: str | Translations) -> Iterator[tuple[str, str]]:
    """Yield (language, words) for each language of a text; the language of the letter is empty."""
    yield from [("", text)] if isinstance(text, str) else text.root.items()


#: Keys whose texts do not appear in a letter.
_NOT_WRITTEN: Final = frozenset({"never_say", "waive", "known"})


def every_text(case: Case) -> Iterator[tuple[str, str]]:
    """Yield (field path, text) for each text that may be written in the letter: own words, names, addresses."""
    for key, value in case.model_dump(mode="json", by_alias=True, exclude_none=True).items():
        if key not in _NOT_WRITTEN:
            yield from _texts(value, key)


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, f"{path}.{key}")
