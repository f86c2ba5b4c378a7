"""The parts of an Office Open XML workbook: those that its relationships name, whatever they are called.

calamine looks for parts under the names that Excel gives them; `in_usual_names` puts those of other programs there.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.sax.saxutils import quoteattr

from data.intake.reading.xml import DAMAGED, Attributes, walk
from data.processes.worker import RefusedError

_USUAL = {"officeDocument": "xl/workbook", "styles": "xl/styles", "sharedStrings": "xl/sharedStrings"}
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class Relation:
    """A part that another one refers to: `kind` is the last word of its type, `target` its path as it is written."""

    id: str
    kind: str
    path: str
    target: str


class Package:
    """The parts of a zip by what relates to them; names are compared as Windows does, slashes of either kind."""

    def __init__(self, archive: zipfile.ZipFile):
        self._archive = archive
        self._entries = {_normalise(name): name for name in archive.namelist()}
        self._relations: dict[str, list[Relation]] = {}

    @cached_property
    def book(self) -> str | None:
        """Path of the workbook's own part; None where there is none."""
        related = (one.path for one in self.relations("") if one.kind == "officeDocument")
        usual = (f"xl/workbook{ending}" for ending in (".xml", ".bin"))
        return next((path for path in (*related, *usual) if self.has(path)), None)

    @cached_property
    def sheets(self) -> list[tuple[str, Relation | None]]:
        """Name and part of every sheet of an .xlsx, in the workbook's order."""
        related = {one.id: one for one in self.relations(self.book or "")}
        listed: list[tuple[str, Relation | None]] = []

        def start(tag: str, attributes: Attributes) -> None:
            if tag == "sheet" and "name" in attributes:
                listed.append((attributes["name"], related.get(attributes.get("id", ""))))

        walk(self.read(self.book or ""), start)
        return listed

    def has(self, path: str) -> bool:
        """Whether there is a part of that path."""
        return _normalise(path) in self._entries

    def has_folder(self, name: str) -> bool:
        """Whether there are parts in a folder."""
        return any(path.startswith(f"{name}/") for path in self._entries)

    def read(self, path: str) -> bytes:
        """A part; raises RefusedError where it is missing."""
        entry = self._entries.get(_normalise(path))
        if entry is None:
            raise RefusedError("not_a_workbook", reason=DAMAGED)
        return read_entry(self._archive, entry)

    def read_related(self, kind: str) -> bytes:
        """The part of the workbook of a kind (styles, sharedStrings); empty where it has none."""
        paths = [one.path for one in self.relations(self.book or "") if one.kind == kind]
        path = next((path for path in paths if self.has(path)), None)
        return self.read(path) if path else b""

    def relations(self, path: str) -> list[Relation]:
        """What a part refers to inside the file; of the empty path, what the package does."""
        if path not in self._relations:
            self._relations[path] = self._read_relations(path)
        return self._relations[path]

    def _read_relations(self, path: str) -> list[Relation]:
        folder, name = posixpath.split(path)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(listed):
            return []
        related: list[Relation] = []

        def start(tag: str, attributes: Attributes) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target, kind = attributes.get("Target", ""), attributes.get("Type", "").rpartition("/")[2]
                whole = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
                related.append(Relation(attributes.get("Id", ""), kind, whole, target))

        walk(self.read(listed), start)
        return related

    @property
    def is_usual(self) -> bool:
        """Whether the parts stand where Excel puts them, spelled as the relationships spell them."""
        names = set(self._archive.namelist())
        book, ending = posixpath.splitext(self.book or "")
        if book != _USUAL["officeDocument"] or not {self.book, f"xl/_rels/workbook{ending}.rels"} <= names:
            return False
        return all(
            one.path in names
            and one.target in (one.path.removeprefix("xl/"), f"/{one.path}")
            and one.path == _USUAL.get(one.kind, one.path.removesuffix(ending)) + ending
            for one in self.relations(self.book or "")
            if _is_read(one)
        )

    def in_usual_names(self) -> bytes:
        """The parts that hold values, in an archive with the names that Excel gives them."""
        ending = posixpath.splitext(self.book or "")[1]
        book = f"{_USUAL['officeDocument']}{ending}"
        buffer, entries = io.BytesIO(), []
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(book, self.read(self.book or ""))
            for number, relation in enumerate(self.relations(self.book or "")):
                target = _USUAL.get(relation.kind, f"xl/{relation.kind}s/part{number}") + ending
                if _is_read(relation) and self.has(relation.path):
                    archive.writestr(target, self.read(relation.path))
                entries.append((relation.id, relation.kind, target.removeprefix("xl/")))
            archive.writestr(f"xl/_rels/workbook{ending}.rels", "".join(_write_relations(entries)))
            archive.writestr("_rels/.rels", "".join(_write_relations([("rId1", "officeDocument", book)])))
        return buffer.getvalue()


def read_entry(archive: zipfile.ZipFile, name: str) -> bytes:
    """A file of an archive, never more of it than its size as stated: larger ones are damaged."""
    with archive.open(name) as packed:
        return packed.read(archive.getinfo(name).file_size + 1)


def _is_read(relation: Relation) -> bool:
    return relation.kind in ("worksheet", "styles", "sharedStrings")


def _write_relations(entries: list[tuple[str, str, str]]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_RELATIONS}">'
    for id, kind, target in entries:
        yield f"<Relationship Id={quoteattr(id)} Type={quoteattr(_KINDS + kind)} Target={quoteattr(target)}/>"
    yield "</Relationships>"


def _normalise(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").casefold()
