"""The sender's own words in a case, each with its field and its language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rupture.case import prose_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.case import Case


def own_words(case: Case) -> Iterator[tuple[str, str, str]]:
    """Yield (field path, text, language) for each text in the sender's own words."""
    for path, text in prose_fields(case):
        if isinstance(text, str):
            yield path, text, case.language
        else:
            yield f"{path}.fr", text.fr, "fr"
            yield f"{path}.en", text.en, "en"
