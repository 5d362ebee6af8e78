"""Writers turn a document into bytes, each for one format.

To add a format, add one module with ``write(document: Document) -> bytes`` and one line to ``WRITERS``.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rupture.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.document import Document

#: Each format with the module that writes it, imported only when it is asked for.
WRITERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pdf": "rupture.writers.pdf",
        "docx": "rupture.writers.docx",
        "txt": "rupture.writers.text",
        "eml": "rupture.writers.email",
        "html": "rupture.writers.html",
    }
)

#: What an e-mail can carry.
ATTACHABLE: Final = ("pdf", "docx")


def write(document: Document, output: str, *, attach: tuple[str, ...] = ()) -> bytes:
    """Return the document in one format.

    Args:
        document: what to write.
        output: one of ``WRITERS``.
        attach: for ``eml``, the formats to attach, such as ``("pdf",)``.

    Raises:
        InputError: an unknown format, or an attachment to something that is not an e-mail.
        CharacterError: the format cannot show a character.
        MissingLibrary: a system library is not installed.
    """
    if output not in WRITERS:
        raise InputError(f"unknown format {output!r}; there are {', '.join(WRITERS)}")
    if unfit := [name for name in attach if name not in ATTACHABLE]:
        raise InputError(f"cannot attach {', '.join(unfit)}; there are {', '.join(ATTACHABLE)}")
    if attach and output != "eml":
        raise InputError(f"only an e-mail (eml) has attachments, not {output}")
    module = import_module(WRITERS[output])
    files = {name: write(document, name) for name in attach}
    written: bytes = module.write(document, files) if files else module.write(document)
    return written
