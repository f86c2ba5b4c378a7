"""Shared texts of an .xlsx that are not read as they are written: partly struck through, or with a raised mark."""

from data.intake.reading.looks import Run, read_runs
from data.intake.reading.styles import is_on
from data.intake.reading.xml import Attributes, walk

RAISED = ("superscript", "subscript")
RUN_MARKS = (b"strike", b"vertAlign")  # without these bytes no text has such runs


class RunReader:
    """Collects the runs of a text from the elements of a shared or an inline text."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self._struck = self._raised = self._phonetic = self._in_text = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""
        if tag == "r":
            self._struck = self._raised = False
        elif tag == "strike":
            self._struck = is_on(attributes)
        elif tag == "vertAlign":
            self._raised = attributes.get("val") in RAISED
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "t":
            self._in_text = not self._phonetic

    def text(self, data: str) -> None:
        """Take characters."""
        if self._in_text:
            self.runs.append(Run(data, self._struck, self._raised))

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == "t":
            self._in_text = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "r":
            self._struck = self._raised = False


def read_strings(xml: bytes) -> dict[str, str]:
    """What a person reads of shared texts, by the number that cells name; only where that is not all of the text."""
    if not any(mark in xml for mark in RUN_MARKS):
        return {}
    read: dict[str, str] = {}
    count, reader = -1, RunReader()

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal count, reader
        if tag == "si":
            count, reader = count + 1, RunReader()
        reader.start(tag, attributes)

    def end(tag: str) -> None:
        reader.end(tag)
        if tag == "si":
            text = read_runs(reader.runs)
            if text is not None:
                read[str(count)] = text

    walk(xml, start, lambda data: reader.text(data), end, prefixed=False)
    return read
