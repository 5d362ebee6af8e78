"""Digests that tell whether a run, or a letter of it, is still the same."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from rupture.resources import distribution
from rupture.resources.reading import readable

if TYPE_CHECKING:
    from rupture.case.model import Case


def identity_of(base: Path, table: Path, templates: str | None, *options: object) -> str:
    """Return a digest of the inputs of a run: the same files, options and version give the same.

    Args:
        base: the base case.
        table: the rows.
        templates: the folder of own templates, or None.
        options: everything else that the letters depend on.

    Raises:
        InputError: a file cannot be read.
    """
    digest = sha256(repr((distribution.version(), options)).encode())
    own = sorted(path for path in Path(templates).rglob("*") if path.is_file()) if templates else []
    for path in (base, table, *own):
        digest.update(f"\n{path}\n".encode())
        with readable(path), path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()


def digest_of(case: Case) -> str:
    """Return a digest of everything that a letter takes from its case, pictures and paper included."""
    digest = sha256(case.model_dump_json().encode())
    if files := case._files:  # noqa: SLF001  kept private, as they are not facts
        pictures = (picture.data for picture in (files.logo, files.signature) if picture)
        for data in (files.letterhead, files.stylesheet.encode(), *pictures):
            digest.update(b"%d:" % len(data) + data)
    return digest.hexdigest()
