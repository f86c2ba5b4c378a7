"""A hardened walk through the XML of workbooks: namespaces understood whatever their prefixes, no entities."""

from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from data.processes.worker import RefusedError

Attributes = dict[str, str]
DAMAGED = "tệp hỏng hoặc bị cắt ngang"
ENTITIES = "tệp chứa khai báo XML lạ, không an toàn"


class LocalNames(dict[str, str]):
    """Names without their namespaces, each worked out once."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition("\n")[2]
        return local


def make_parser() -> Any:
    """A parser of expat that refuses declarations of entities; names come with their namespaces."""
    parser = expat.ParserCreate(namespace_separator="\n")
    parser.buffer_text = True

    def refuse(*_: Any) -> None:
        raise RefusedError("not_a_workbook", reason=ENTITIES)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def parse(parser: Any, xml: bytes | memoryview, whole: bool = True) -> None:
    """Let a parser read a document, or the beginning of one; raises RefusedError where it is damaged."""
    try:
        parser.Parse(xml, whole)
    except expat.ExpatError as error:
        raise RefusedError("not_a_workbook", reason=DAMAGED) from error


def walk(
    xml: bytes,
    start: Callable[[str, Attributes], None],
    text: Callable[[str], None] | None = None,
    end: Callable[[str], None] | None = None,
    prefixed: bool = True,
) -> None:
    """Walk a document from beginning to end; names come without namespaces.

    Attributes too, but where none of interest is `prefixed` they are handed on as they come, which is faster.
    """
    parser, names = make_parser(), LocalNames()
    if prefixed:
        parser.StartElementHandler = lambda name, attributes: start(
            names[name], {names[key]: value for key, value in attributes.items()}
        )
    else:
        parser.StartElementHandler = lambda name, attributes: start(names[name], attributes)
    if text is not None:
        parser.CharacterDataHandler = text
    if end is not None:
        parser.EndElementHandler = lambda name: end(names[name])
    parse(parser, xml)
