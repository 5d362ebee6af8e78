"""One PDF of many letters, for a print shop."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from rupture.resources.distribution import extra

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def check_installed() -> None:
    """Check that the library is there before a run begins, not after its last letter.

    Raises:
        MissingLibrary: the extra ``merge`` is not installed.
    """
    with extra("merge", "one PDF of many letters"):
        import pikepdf  # noqa: F401, PLC0415  slow to import


def combine(
    letters: Iterable[bytes | Path], *, bookmarks: Iterable[str] = (), title: str = "", double_sided: bool = False
) -> bytes:
    """Return one PDF of many that `render` wrote: tagged, each letter with its own page numbers and a bookmark.

    Args:
        letters: their bytes or their files, in order; those written with ``archive`` give one that is PDF/A-3a too.
        bookmarks: what each letter is called; by default its own title.
        title: of the whole; by default it names the sender of the first letter, in the language of that letter.
        double_sided: each letter begins on a right-hand page: an odd one is followed by a blank page.

    Raises:
        InputError: there is no letter, or a PDF was not written by rupture.
        MissingLibrary: the extra ``merge`` is not installed.
    """
    file = BytesIO()
    combine_into(file, letters, bookmarks=bookmarks, title=title, double_sided=double_sided)
    return file.getvalue()


def combine_into(
    file: BinaryIO,
    letters: Iterable[bytes | Path],
    *,
    bookmarks: Iterable[str] = (),
    title: str = "",
    double_sided: bool = False,
) -> int:
    """Write what `combine` returns into an open file, letter by letter, and return the number of pages.

    Args:
        file: written from front to back.
        letters: as for `combine`.
        bookmarks: as for `combine`.
        title: as for `combine`.
        double_sided: as for `combine`.

    Raises:
        InputError: as for `combine`.
        MissingLibrary: as for `combine`.
    """
    check_installed()
    from rupture.writing.binding import Book, opened  # noqa: PLC0415  slow to import

    book, names = Book(file, double_sided=double_sided), iter(bookmarks)
    for place, letter in enumerate(letters, 1):
        with opened(letter, place) as source:
            book.add(source, next(names, ""), title)
    return book.end()
