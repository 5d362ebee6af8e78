"""DOCX: a letter is its own paragraphs in a skeleton that python-docx builds once per page and language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from rupture.writing.docx.archive import zipped
from rupture.writing.docx.building import RUNNING
from rupture.writing.docx.fitting import fitting_density
from rupture.writing.docx.metadata import core_xml
from rupture.writing.docx.paragraphs import letter_xml
from rupture.writing.docx.pictures import Pictures
from rupture.writing.docx.skeleton import shared_archive, skeleton_files

if TYPE_CHECKING:
    from rupture.letter.tree import Document


_REFERENCES: Final = re.compile(r"<w:(?:header|footer)Reference [^>]*/>")


def write(document: Document) -> bytes:
    """Return the document as a DOCX of named styles and real paragraphs, the same bytes for the same letter."""
    first, last = document.letters[0], document.letters[-1]
    look = document.look
    paper = (last.layout, first.locale, look, fitting_density(document))
    skeleton = skeleton_files(*paper)
    parts = dict(skeleton)
    pictures = Pictures()
    main = parts["word/document.xml"].decode()
    heads = "".join(_REFERENCES.findall(main)) if first is not last else ""
    body = "".join(
        letter_xml(
            letter, pictures, section=heads if letter is not last else None, foreign=letter.locale != first.locale
        )
        for letter in document.letters
    )
    parts["word/document.xml"] = main.replace("<w:sectPr", f"{body}<w:sectPr", 1).encode()
    running = RUNNING.encode()
    for name, content in parts.items():
        if name.startswith("word/header") and running in content:
            parts[name] = content.replace(running, escape(first.running).encode())
    pictures.add_to(parts)
    parts["docProps/core.xml"] = core_xml(first).encode()
    own = {name: content for name, content in parts.items() if content is not skeleton.get(name)}
    return zipped(own, shared_archive(*paper, frozenset(own)))
