"""The installed distribution: its name, its version and its extras."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rupture.errors import MissingLibrary

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Its name in a package index; ``rupture`` there is somebody else's package.
NAME: Final = "rupture-letters"


def version() -> str:
    """Return the version of the installed distribution."""
    from importlib import metadata  # noqa: PLC0415  slow to import

    return metadata.version(NAME)


@contextmanager
def extra(name: str, purpose: str) -> Iterator[None]:
    """Import libraries of an extra in the body of ``with``.

    Args:
        name: of the extra in pyproject.toml.
        purpose: what needs it, for the message: ``a table in XLSX``.

    Raises:
        MissingLibrary: one of them is not installed; the message says what to install.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingLibrary(
            f'{purpose} needs {error.name}, which is not installed: run pip install "{NAME}[{name}]"'
        ) from None
