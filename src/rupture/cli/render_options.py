"""The options of `rupture render`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rupture.merging.options import LetterOptions

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What `rupture render` was called with: one field per option, under the name that click gives it."""

    cases: tuple[Path, ...]
    formats: tuple[str, ...]
    output: str
    attach: tuple[str, ...]
    changes: tuple[str, ...]
    templates: Path | None
    archive: bool
    overwrite: bool
    data: Path | None
    renamed: tuple[str, ...]
    name: str
    dry_run: bool
    limit: int | None
    jobs: int
    resume: bool
    combined: str | None
    combined_only: bool
    double_sided: bool

    @property
    def merges(self) -> bool:
        """Whether many letters are asked for, from the rows of a table."""
        return bool(self.data or self.combined is not None or self.combined_only or self.double_sided)

    def letters(self, formats: tuple[str, ...]) -> LetterOptions:
        """Return how each letter is written, in these formats."""
        return LetterOptions(formats, str(self.templates) if self.templates else None, self.attach, self.archive)
