"""A folder held by one process at a time."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rupture.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path


def locked(folder: Path) -> int | None:
    """Return a file descriptor that locks a folder until it is closed or the process ends; None without locks.

    Raises:
        OutputError: another process holds it.
    """
    try:
        import fcntl  # noqa: PLC0415  not on Windows, where two runs in one folder are the user's affair
    except ImportError:
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise OutputError(f"{folder.parent}: is being written by another run; wait until it ends") from None
    except OSError:  # a disk without locks
        pass
    return handle
