"""The findings as a web page: each letter with its findings in place."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.reviewing.findings import Findings

_STYLE: Final = (
    "body { font: 1em/1.5 serif; margin: 2em } td, th { padding: .2em .6em; text-align: left; vertical-align: top }"
)
_HEAD: Final = f'<!DOCTYPE html>\n<meta charset="utf-8">\n<title>rupture check</title>\n<style>{_STYLE}</style>\n'


def as_html(reviewed: Mapping[str, Findings], *, whose: bool = False) -> str:
    """Return the findings of each case file as a page.

    Args:
        reviewed: the findings, by file.
        whose: as for `rupture.Findings.html`.
    """
    return _HEAD + "\n".join(
        f"<h1>{escape(file)}</h1>\n{findings.html(whose=whose)}" for file, findings in reviewed.items()
    )
