"""Writing files: complete bytes first, then one atomic replace; an older file stays whole until then."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from rupture.errors import OutputError


def write_file(path: Path, content: bytes, *, overwrite: bool = False, durable: bool = True) -> None:
    """Write a whole file in one step.

    Args:
        path: where; its folder is made when it is missing.
        content: the finished bytes.
        overwrite: replace a file that is already there.
        durable: wait until the disk has it; a run of thousands need not, since it can be resumed.

    Raises:
        OutputError: the file exists, or cannot be written.
    """
    if path.is_dir():
        raise OutputError(f"{path}: this is a folder; name a file in it")
    if path.exists() and not overwrite:
        raise OutputError(f"{path}: exists already; add --overwrite to replace it")
    try:
        _replace(path, content, durable=durable)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from None


def _replace(path: Path, content: bytes, *, durable: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:60]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
