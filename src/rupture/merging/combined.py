"""The combined PDF of a run: every letter, in the order of the rows."""

from __future__ import annotations

import os
from hashlib import file_digest
from typing import TYPE_CHECKING

from rupture.errors import InputError, OutputError
from rupture.writing.combine import combine_into

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rupture.merging.options import Combined
    from rupture.merging.outcome import Outcome


class CombinedPdf:
    """Gathers the PDFs of a run and writes them as one.

    Args:
        folder: of the run.
        options: its name and its look.
    """

    def __init__(self, folder: Path, options: Combined) -> None:
        self.name = options.name
        self._folder = folder
        self._double_sided = options.double_sided
        self._letters: dict[int, tuple[str, str]] = {}

    def add(self, row: int, name: str, bookmark: str) -> None:
        """Add a letter.

        Args:
            row: its line in the table.
            name: of its PDF, from the folder of the run.
            bookmark: the name of its client.
        """
        self._letters[row] = (name, bookmark)

    def write(self, work: Path, outcome: Outcome, progress: Callable[[Outcome], None]) -> str | None:
        """Write the PDF, move it into place in one step and return its digest; None if there is no letter.

        Args:
            work: a folder on the same disk.
            outcome: counts the letters and the pages.
            progress: is called after each letter.

        Raises:
            OutputError: a letter is no longer there.
        """
        if not self._letters:
            return None
        letters = [self._letters[row] for row in sorted(self._letters)]

        def paths() -> Iterator[Path]:
            for name, _ in letters:
                yield self._folder / name
                outcome.bound += 1
                progress(outcome)

        bookmarks = (bookmark for _, bookmark in letters)
        unfinished = work / "combined"
        with unfinished.open("w+b") as file:
            try:
                outcome.pages = combine_into(file, paths(), bookmarks=bookmarks, double_sided=self._double_sided)
            except InputError as error:  # somebody took a letter away
                raise OutputError(str(error)) from None
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            digest = file_digest(file, "sha256").hexdigest()
        unfinished.replace(self._folder / self.name)
        return digest
