"""What every file that is taken away carries: the version that made it, and no trace of the minute it was made in."""

import re
import struct
import zlib
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from data.version import VERSION

PROGRAM = f"Xã, phường, thị trấn phù hợp với trẻ em, phiên bản {VERSION}"
_CORE = "docProps/core.xml"
_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_TERMS = "http://purl.org/dc/terms/"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip can hold
_PNG_HEADER = 33  # bytes: signature and the chunk IHDR


def stamp(content: bytes, suffix: str, made_on: date) -> bytes:
    """A built file with the program's version in its properties; the same figures give the same bytes.

    Parameters
    ----------
    suffix : str
        "docx", "pptx", "xlsx", "png" or "svg".
    made_on : date
        What office files say of when they were made.

    Raises
    ------
    KeyError
        For another suffix.
    """
    return _STAMPS[suffix](content, made_on)


def write_entry(package: ZipFile, name: str, content: bytes) -> None:
    """Add a file to a zip without the time of its writing."""
    entry = ZipInfo(name, _EARLIEST)
    entry.compress_type = ZIP_DEFLATED
    package.writestr(entry, content)


def _stamp_office(content: bytes, made_on: date) -> bytes:
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == _CORE:
                part = _stamp_properties(part, made_on)
            elif name.endswith(".xlsx"):  # the figures behind a chart
                part = _stamp_office(part, made_on)
            write_entry(target, name, part)
    return buffer.getvalue()


def _stamp_properties(xml: bytes, made_on: date) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(xml, parser)
    for tag in (f"{{{_PROPERTIES}}}version", f"{{{_TERMS}}}created", f"{{{_TERMS}}}modified"):
        for old in root.findall(tag):
            root.remove(old)
    for name in ("created", "modified"):
        element = etree.SubElement(root, f"{{{_TERMS}}}{name}")
        element.set(f"{{{_INSTANCE}}}type", "dcterms:W3CDTF")
        element.text = f"{made_on:%Y-%m-%d}T00:00:00Z"
    etree.SubElement(root, f"{{{_PROPERTIES}}}version").text = PROGRAM
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _stamp_png(content: bytes, _made_on: date) -> bytes:
    text = b"iTXt" + b"Software\x00\x00\x00\x00\x00" + PROGRAM.encode()
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    return content[:_PNG_HEADER] + chunk + content[_PNG_HEADER:]


def _stamp_svg(content: bytes, _made_on: date) -> bytes:
    return re.sub(
        rb"<svg\b[^>]*>", lambda match: match[0] + f"<metadata>{PROGRAM}</metadata>".encode(), content, count=1
    )


_STAMPS = {"docx": _stamp_office, "pptx": _stamp_office, "xlsx": _stamp_office, "png": _stamp_png, "svg": _stamp_svg}
