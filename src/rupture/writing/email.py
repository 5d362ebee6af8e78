"""An e-mail draft (.eml): text and HTML alternatives, and attachments on request."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from email import message_from_bytes, policy
from email.charset import QP, Charset
from email.generator import BytesGenerator
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from rupture.errors import CharacterError
from rupture.letter import parts
from rupture.writing import html, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.letter.blocks import Part
    from rupture.letter.tree import Document, Letter

_PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{0,60}")
#: What can be attached, with its subtype of ``application``.
_TYPES: Final = {
    "pdf": "pdf",
    "docx": "vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def write(document: Document, attachments: Mapping[str, bytes] | None = None) -> bytes:
    """Return the document as a draft that a mail program opens ready to send (``X-Unsent: 1``).

    Args:
        document: the letter; the letterhead of one made for paper moves below the signature.
        attachments: finished files by format, such as ``{"pdf": b"..."}``.

    Raises:
        CharacterError: an e-mail address that headers cannot carry.
    """
    letter = document.letters[0]
    message = _alternatives(document, _foot(letter))
    if attachments:
        message = _with_attachments(message, attachments, letter)
    headers = _headers(document, letter)
    for name, value in headers.items():
        message[name] = value
    _fix_boundaries(message)
    buffer = BytesIO()
    BytesGenerator(buffer, policy=policy.compat32.clone(linesep="\r\n", max_line_length=0, mangle_from_=False)).flatten(
        message
    )
    written = buffer.getvalue()
    _check_headers(written, headers)
    return written


def _foot(letter: Letter) -> tuple[Part, ...]:
    """Return the letterhead for below the signature; that of an e-mail tells the same itself."""
    letterhead = letter.part(parts.SENDER)
    return () if letter.email or not letterhead.blocks else (letterhead,)


def _alternatives(document: Document, foot: tuple[Part, ...]) -> MIMEMultipart:
    utf8 = Charset("utf-8")
    utf8.body_encoding = QP
    message = MIMEMultipart("alternative")
    plain = "\n\n\n".join(text.parts_text(letter.message) for letter in document.letters) + "\n"
    if foot:
        plain += f"\n-- \n{text.parts_text(foot)}\n"
    message.attach(MIMEText(plain, "plain", utf8))  # type: ignore[arg-type]  # a Charset is what the class wants
    message.attach(MIMEText(html.email_page(document, foot), "html", utf8))  # type: ignore[arg-type]  # as above
    return message


def _with_attachments(inner: MIMEMultipart, files: Mapping[str, bytes], letter: Letter) -> MIMEMultipart:
    message = MIMEMultipart("mixed")
    message.attach(inner)
    for kind, content in files.items():
        part = MIMEApplication(content, _TYPES[kind])
        part.add_header("Content-Disposition", "attachment", filename=f"{letter.date.isoformat()}.{kind}")
        message.attach(part)
    return message


def _headers(document: Document, letter: Letter) -> dict[str, str]:
    headers = {
        "Subject": Header(
            " / ".join(letter.subject for letter in document.letters), "utf-8", header_name="Subject"
        ).encode(linesep="\r\n")
    }
    for name, (who, address) in (("From", document.sender), ("To", document.recipient)):
        if address:
            headers[name] = _mailbox(name, who, address)
    headers["Date"] = format_datetime(dt.datetime.combine(letter.date, dt.time(12), dt.UTC))
    headers["X-Unsent"] = "1"
    return headers


def _mailbox(header: str, who: str, address: str) -> str:
    local, _, domain = address.rpartition("@")
    if not local.isascii():
        raise CharacterError(f"{address}: the part before @ must be plain letters, digits and signs (ASCII)")
    spec = f"{local}@{domain.encode('idna').decode()}"
    if _PLAIN_NAME.fullmatch(who):
        return f"{who} <{spec}>"
    return f"{Header(who, 'utf-8', header_name=header).encode(linesep=chr(13) + chr(10))} <{spec}>"


def _fix_boundaries(message: MIMEMultipart) -> None:
    """Give each multipart a boundary made from its content, so that the same letter gives the same bytes."""
    for part in reversed(list(message.walk())):  # the innermost first: it is part of the others' content
        if part.is_multipart():
            digest = hashlib.sha256("".join(map(str, part.get_payload())).encode("utf-8", "replace")).hexdigest()[:24]
            part.set_boundary(f"=_rupture_{digest}")


def _check_headers(written: bytes, headers: Mapping[str, str]) -> None:
    """Parse the finished message again: data must not have become a header (CPython before 3.11.10 let it)."""
    expected = {*headers, "MIME-Version", "Content-Type"}
    found = list(message_from_bytes(written).keys())
    if set(found) != expected or len(found) != len(expected):
        raise CharacterError(f"these headers cannot be written safely: {', '.join(sorted(set(found) ^ expected))}")
