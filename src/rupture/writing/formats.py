"""Writers turn a document into bytes, each for one format.

To add a format, add one module with ``write(document: Document) -> bytes`` and one line to ``WRITERS``.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from rupture.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.letter.tree import Document

#: Each format with the module that writes it, imported only when it is asked for.
WRITERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pdf": "rupture.writing.pdf",
        "docx": "rupture.writing.docx.writer",
        "txt": "rupture.writing.text",
        "eml": "rupture.writing.email",
        "html": "rupture.writing.html",
    }
)

#: What an e-mail can carry.
ATTACHABLE: Final = ("pdf", "docx")


def write(
    document: Document, output: str, *, attach: tuple[str, ...] = (), archive: bool = False, whose: bool = False
) -> bytes:
    """Return the document in one format.

    Args:
        document: what to write.
        output: one of ``WRITERS``.
        attach: for ``eml``, the formats to attach, such as ``("pdf",)``.
        archive: for ``pdf``, also where it is attached: PDF/A-3a beside PDF/UA-1.
        whose: for ``html``, show which words are the user's, which were computed, and which are ours.

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
    options: dict[str, Any] = {}
    if attach:
        options["attachments"] = {name: write(document, name, archive=archive) for name in attach}
    if archive and output == "pdf":
        options["archive"] = True
    if whose and output == "html":
        options["whose"] = True
    written: bytes = module.write(document, **options)
    return written
