"""The options of a merge: how letters are written, what is merged, and how a run goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rupture.writing import formats

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from rupture.letter.tree import Document


@dataclass(frozen=True, slots=True)
class LetterOptions:
    """How every letter is written; see `rupture.render`.

    Args:
        formats: such as ``("pdf", "docx")``.
        templates: a folder of your own templates, or None.
        attach: the formats to attach to an e-mail.
        archive: write PDFs for the archive.
    """

    formats: tuple[str, ...]
    templates: str | None = None
    attach: tuple[str, ...] = ()
    archive: bool = False

    def write(self, document: Document, kind: str) -> bytes:
        """Return a letter in one format."""
        attach = self.attach if kind == "eml" else ()
        return formats.write(document, kind, attach=attach, archive=self.archive)


@dataclass(frozen=True, slots=True)
class MergeOptions:
    """How the rows of a table become cases.

    Args:
        renamed: the field of each column that is not named after one; an empty field leaves the column out.
        changes: ``field=value`` pairs for every letter.
        name: the pattern of the file names, such as ``{recipient.organisation}-{date}``; ``{row}`` is the line of the
            table.
        reserved: a file name that no letter gets.
    """

    renamed: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    name: str = "{row}"
    reserved: str = ""


@dataclass(frozen=True, slots=True)
class Combined:
    """One PDF of all letters of a run.

    Args:
        name: of the file, in the folder of the run.
        double_sided: each letter begins on a right-hand page.
    """

    name: str
    double_sided: bool = False


@dataclass(frozen=True, slots=True)
class RunOptions:
    """Where and how a run writes.

    Args:
        folder: of the letters.
        today: the date of letters that give none.
        limit: process at most that many rows, or None.
        jobs: the number of processes.
        overwrite: replace files that exist.
        resume: continue what an earlier run left.
        combined: write one PDF of all letters too, or None.
    """

    folder: Path
    today: dt.date
    limit: int | None = None
    jobs: int = 1
    overwrite: bool = False
    resume: bool = False
    combined: Combined | None = None
