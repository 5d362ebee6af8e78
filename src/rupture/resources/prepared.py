"""Work done once, when the package is built, and found again by a hash of all that went into it.

Nothing depends on it: what is not there, or is out of date, is worked out in the process that needs it.
``tools/prepare.py`` writes it; docs/decisions/0015 says why.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from rupture.resources.paths import PACKAGE

if TYPE_CHECKING:
    from types import CodeType

#: Where it lies; generated, and not kept in the repository.
FOLDER: Final = PACKAGE / "_prepared"


def name_of(kind: str, *inputs: bytes | str, end: str) -> str:
    """Return the name of what these inputs give.

    Args:
        kind: what it is, for people.
        inputs: everything that it depends on.
        end: of the name, as ``.json``.
    """
    digest = blake2b(digest_size=12)
    for each in inputs:
        content = each.encode() if isinstance(each, str) else each
        digest.update(len(content).to_bytes(8, "big") + content)
    return f"{kind}_{digest.hexdigest()}{end}"


@lru_cache(maxsize=16)
def source_of(*modules: str) -> bytes:
    """Return the source of modules of the package, whose change puts what they prepared out of date.

    Args:
        modules: their paths, as ``composing/compose.py``.
    """
    return b"".join((PACKAGE / module).read_bytes() for module in modules)


def data(name: str) -> bytes | None:
    """Return what was prepared under that name, or None."""
    try:
        return (FOLDER / name).read_bytes()
    except OSError:
        return None


def code(name: str) -> CodeType | None:
    """Return the Python that was prepared under that name, as Python keeps it compiled, or None."""
    from importlib.machinery import SourceFileLoader  # noqa: PLC0415  only wanted here

    try:
        return SourceFileLoader(name, str(FOLDER / name)).get_code(name)
    except (OSError, ImportError):
        return None
