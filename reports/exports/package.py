"""One zip of several files to take away."""

from collections.abc import Callable, Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from reports.exports.export import Offer
from reports.exports.stamp import PROGRAM, write_entry


def build_package(offers: Iterable[Offer], tell: Callable[[int, str], None] = lambda _number, _title: None) -> bytes:
    """One zip of the files; `tell` hears the number and the title of each before it is built."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        package.comment = PROGRAM.encode()
        for number, offered in enumerate(offers):
            tell(number, offered.title)
            write_entry(package, offered.file_name, offered.build())
    return buffer.getvalue()
