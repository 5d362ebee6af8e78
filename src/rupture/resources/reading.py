"""Reading files: whatever the system says against it becomes one typed error that names the file."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rupture.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def readable(path: Path | str, error: type[InputError] = InputError) -> Iterator[None]:
    """Raise ``error`` for whatever keeps the file from being read inside the block.

    Args:
        path: the file, or another name for it, as the message shows it.
        error: what to raise.

    Raises:
        InputError: or what ``error`` says; the message names the file.
    """
    try:
        yield
    except OSError as fault:
        raise error(f"{path}: cannot be read: {fault.strerror or fault}") from None
    except ValueError as fault:  # a name with a null character, or with half a character
        raise error(f"{str(path)!r}: cannot be read: {fault}") from None


def read_bytes(path: Path, *, most: int | None = None, error: type[InputError] = InputError) -> bytes:
    """Return the content of a file.

    Args:
        path: the file.
        most: the largest size accepted, in bytes.
        error: what to raise instead of `InputError`.

    Raises:
        InputError: or what ``error`` says: it is missing, not a plain file, not permitted, or too large.
    """
    with readable(path, error):
        if path.exists() and not path.is_file():
            raise error(f"{path}: cannot be read: it is a folder or a device, not a file")
        with path.open("rb") as file:
            content = file.read(-1 if most is None else most + 1)
    if most is not None and len(content) > most:
        raise error(f"{path}: cannot be read: more than {most / 1e6:.0f} MB")
    return content
