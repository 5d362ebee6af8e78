"""The sender's own words in a case, each with its field and its language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rupture.case.field_path import FieldPath
from rupture.case.own_words import prose_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case.model import Case
    from rupture.case.own_words import Translations


def own_words(case: Case) -> Iterator[tuple[str, str, str]]:
    """Yield (field path, text, language) for each text in the sender's own words."""
    for path, text in prose_fields(case):
        for language, words in wordings(text):
            yield (str(path / language), words, language) if language else (str(path), words, case.language)


def wordings(text: str | Translations) -> Iterator[tuple[str, str]]:
    """Yield (language, words) for each language of a text; the language of the letter is empty."""
    yield from [("", text)] if isinstance(text, str) else text.root.items()


#: Keys whose texts do not appear in a letter.
_NOT_WRITTEN: Final = frozenset({"never_say", "waive"})


def every_text(case: Case) -> Iterator[tuple[str, str]]:
    """Yield (field path, text) for each text that may be written in the letter: own words, names, addresses."""
    for key, value in case.model_dump(by_alias=True, exclude_unset=True).items():
        if key not in _NOT_WRITTEN:
            yield from _texts(value, FieldPath((key,)))


def _texts(value: object, path: FieldPath) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield str(path), value
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _texts(item, path / index)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, path / key)
