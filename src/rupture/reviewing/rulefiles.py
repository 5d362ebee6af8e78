"""The files of review rules, built in and of the sender's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rupture.errors import TemplateError
from rupture.resources import toml
from rupture.resources.paths import templates_root

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True, eq=False)  # one object for each state of a file
class ReviewFile:
    """A file of review rules, which knows where a line of it stands.

    Args:
        path: where it is.
        text: what it holds.
        data: the same, read.
    """

    path: Path
    text: str
    data: Mapping[str, Any]

    def place(self, wanted: str, after: str = "") -> str:
        """Return ``file:line`` of the first line that holds ``wanted``, at or below the one that holds ``after``."""
        lines = self.text.splitlines()
        first = next((number for number, line in enumerate(lines) if after in line), 0)
        found = (number for number, line in enumerate(lines[first:], first + 1) if wanted in line)
        return f"{self.path}:{next(found, first + 1)}"


def review_files(code: str, folder: Path | None = None) -> tuple[ReviewFile, ...]:
    """Return the review rules of a language: the built-in ones, then those of a folder of templates, if it has any.

    Raises:
        TemplateError: a file is no TOML.
    """
    paths = [root / code / "review.toml" for root in (templates_root(), folder) if root]
    return tuple(_review_file(path, path.stat().st_mtime_ns) for path in paths if path is paths[0] or path.is_file())


@lru_cache(maxsize=16)
def _review_file(path: Path, changed: int) -> ReviewFile:
    del changed  # a file that was edited is read again
    try:
        source = path.read_bytes()
        return ReviewFile(path, source.decode(), MappingProxyType(toml.parse(source)))
    except ValueError as error:  # not UTF-8, or not TOML
        raise TemplateError(f"{path}: {error}") from None
    except RecursionError:
        raise TemplateError(f"{path}: nested too deeply") from None
    except OSError as error:
        raise TemplateError(f"{path}: cannot be read: {error.strerror}") from None


def review_texts(code: str) -> Mapping[str, Mapping[str, str]]:
    """Return the wording of each finding about facts, dates and pages in that language, by its code."""
    return toml.read(templates_root() / code / "review" / "findings.toml")
