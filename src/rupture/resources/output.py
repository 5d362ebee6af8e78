"""Writing files: complete bytes first, then one atomic replace; an older file stays whole until then."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from rupture.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

#: How every unfinished file begins; one that stays was left by a process that was killed.
UNFINISHED: Final = ".rupture-part-"
#: New and nobody else's, and bytes as they are on Windows too.
_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def write_file(
    path: Path, content: bytes, *, overwrite: bool = False, durable: bool = True, work: Path | None = None
) -> None:
    """Write a whole file in one step.

    Args:
        path: where; its folder is made when it is missing.
        content: the finished bytes.
        overwrite: replace a file that is already there.
        durable: wait until the disk has it; a run of thousands need not, since it can be resumed.
        work: a folder on the same disk for the unfinished file, which must be there, as must that of ``path``;
            beside the file when left out.

    Raises:
        OutputError: the file exists, or cannot be written.
    """
    try:
        if path.is_dir():
            raise OutputError(f"{path}: this is a folder; name a file in it")
        if path.exists() and not overwrite:
            raise OutputError(f"{path}: exists already; add --overwrite to replace it")
        if work is None:
            path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content, work or path.parent, durable=durable)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from None


def _replace(path: Path, content: bytes, folder: Path, *, durable: bool) -> None:
    temporary = folder / f"{UNFINISHED}{secrets.token_hex(8)}"
    try:
        with os.fdopen(os.open(temporary, _FLAGS, 0o666), "wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):  # the first error is the one to tell
            temporary.unlink(missing_ok=True)
        raise
