"""What an export is: how it is called, which format it has, what it is made of, and how it is built."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Literal, Protocol, TypeVar

from reports.exports.stamp import stamp

Group = Literal["word", "slides", "excel", "picture", "unit"]
GROUP_WORDS: dict[Group, str] = {
    "word": "Văn bản Word",
    "slides": "Trình chiếu PowerPoint",
    "excel": "Bảng tính Excel",
    "picture": "Hình",
    "unit": "Phiếu của từng đơn vị",
}


@dataclass(frozen=True)
class Format:
    """A kind of file: its suffix without the dot, and its name for browsers."""

    suffix: str
    mime: str


DOCX = Format("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
PPTX = Format("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation")
XLSX = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
PNG = Format("png", "image/png")
SVG = Format("svg", "image/svg+xml")
ZIP = Format("zip", "application/zip")


class Context(Protocol):
    """What an export is made of; its type is the scope: an area, a unit, a table on screen, a scenario …"""

    @property
    def stem(self) -> str:
        """The part of a file's name that says what it is of: “huyen-van-lang”; empty where that is plain."""

    @property
    def year(self) -> int:
        """The year of the figures."""

    @property
    def demo(self) -> bool:
        """Whether any figure in it is illustrative."""

    @property
    def made_on(self) -> date:
        """The day that the file names as its own."""


ContextT = TypeVar("ContextT", bound=Context)


def _one_variant(_context: Any) -> dict[str, str]:
    return {"": ""}


@dataclass(frozen=True)
class Export(Generic[ContextT]):
    """A kind of file that can be taken away.

    Attributes
    ----------
    id : str
        Unique in the registry.
    stem : str
        How the names of its files begin, without marks: old programs unpack them too.
    scope : type
        Of the contexts that it is made of.
    title : callable
        Context and variant → what the file is called on screen.
    render : callable
        Context and variant → the file. It may raise `reports.errors.ReportError`.
    variants : callable
        Context → name by id of the files that it makes of one context, such as a map for each measure; one unless
        stated. An empty mapping: nothing to make.
    """

    id: str
    group: Group
    format: Format
    stem: str
    scope: type[ContextT]
    title: Callable[[ContextT, str], str]
    render: Callable[[ContextT, str], bytes]
    variants: Callable[[ContextT], Mapping[str, str]] = _one_variant

    def offer(self, context: ContextT) -> "list[Offer]":
        """The files that it would make of a context; nothing is built yet."""
        return [Offer(self, context, variant) for variant in self.variants(context)]


@dataclass(frozen=True)
class Offer:
    """One file that can be built: an export, of a context, in a variant."""

    export: Export[Any]
    context: Context
    variant: str = ""

    @property
    def group(self) -> Group:
        """The group that it is listed in."""
        return self.export.group

    @property
    def mime(self) -> str:
        """Its format for browsers."""
        return self.export.format.mime

    @property
    def title(self) -> str:
        """What it is called on screen."""
        return self.export.title(self.context, self.variant)

    @property
    def file_name(self) -> str:
        """What the export and the variant are, of what, of which year, whether illustrative: in ASCII letters."""
        demo = "so-lieu-minh-hoa" if self.context.demo else ""
        parts = (self.export.stem, self.variant, self.context.stem, str(self.context.year), demo)
        return "-".join(part for part in parts if part) + f".{self.export.format.suffix}"

    def build(self) -> bytes:
        """The file, with the program's version in its properties.

        Raises
        ------
        reports.errors.ReportError
            When it can't be made: a template that was replaced by one that can't be used.
        """
        content = self.export.render(self.context, self.variant)
        return stamp(content, self.export.format.suffix, self.context.made_on)
