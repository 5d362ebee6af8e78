"""What a letterhead must not hold: macros, embedded programs, links to outside, gigabytes of nothing."""

from __future__ import annotations

from io import BytesIO
from typing import Final

#: The most a letterhead unpacks to, in bytes: a few kB can hold gigabytes of nothing.
_LARGEST: Final = 50_000_000


def letterhead_fault(data: bytes) -> str:
    """Return why a letterhead is not used, or nothing.

    Args:
        data: the DOCX file.
    """
    try:
        return _fault(data)
    except Exception:  # noqa: BLE001  zipfile, zlib and expat have a dozen errors for a broken file
        return "not a .docx file"


def _fault(data: bytes) -> str:
    import zipfile  # noqa: PLC0415  slow to import, and few bring a letterhead

    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        if (size := sum(entry.file_size for entry in archive.infolist())) > _LARGEST:
            return f"a letterhead that unpacks to {size // 1_000_000} MB: make it smaller"
        if "word/document.xml" not in names:
            return "not a .docx file"
        if any("vba" in name.lower() or name.endswith(".bin") for name in names):
            return "a letterhead with macros or embedded programs is not used: save it as plain .docx"
        links = [name for name in names if name.endswith(".rels") and _leads_outside(archive.read(name))]
    return f"a letterhead with links to outside is not used ({links[0]}): remove them" if links else ""


def _leads_outside(relations: bytes) -> bool:
    """Tell whether one of these relations is to something that is not in the file."""
    from xml.etree import ElementTree as ET  # noqa: PLC0415  only letterheads need it

    root = ET.fromstring(relations)  # noqa: S314  expat refuses entities that grow without end
    return any(element.get("TargetMode", "").casefold() == "external" for element in root.iter())
