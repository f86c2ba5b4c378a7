"""Word templates: found beside the program or, replaced by the administrator, in the state folder; filled."""

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage  # type: ignore[import-untyped]
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from data.paths import app_home
from reports.errors import ReportError

BUILT_IN = Path(__file__).resolve().parent / "templates"

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Picture:
    """A PNG to put into a document, `width` mm wide; `text` says what it shows to who cannot see it."""

    png: bytes
    width: float
    text: str


def find_word_template(name: str) -> Path:
    """The administrator's template of this name in `<app_home>/templates/`, else the built-in one."""
    replaced = app_home() / "templates" / name
    return replaced if replaced.is_file() else BUILT_IN / name


def fill_template(name: str, values: dict[str, Any], title: str) -> bytes:
    """A document from a template.

    Parameters
    ----------
    values : dict
        What the names in the template stand for: texts, a `Picture`, lists of texts, lists of dicts of texts. Texts
        are written as they are, whatever marks they contain.
    title : str
        Title in the file's properties.

    Raises
    ------
    ReportError
        When a replaced template can't be used.
    """
    path = find_word_template(name)
    if path.parent == BUILT_IN:
        return _fill(path, values, title)
    try:
        return _fill(path, values, title)
    except Exception as error:  # a foreign file can raise anything, from zip, XML, Word or Jinja
        raise ReportError(
            f"Mẫu “{name}” trong thư mục {path.parent} không dùng được: {_describe(error)}. "
            "Sửa mẫu trong Word, hoặc xóa tệp này để dùng mẫu có sẵn."
        ) from error


def _fill(path: Path, values: dict[str, Any], title: str) -> bytes:
    template = DocxTemplate(BytesIO(path.read_bytes()))
    template.init_docx()
    # Sandboxed, because templates come from outside; strict, so that no figure vanishes by a slip of the pen.
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    template.render({key: _prepare(value, template) for key, value in values.items()}, environment)
    document = template.docx
    document.core_properties.title = _clean(title)
    texts = iter(value.text for value in values.values() if isinstance(value, Picture))
    for picture in document.element.body.iter(qn("wp:docPr")):
        if "descr" not in picture.attrib:
            picture.set("descr", _clean(next(texts, "")))
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _prepare(value: Any, template: DocxTemplate) -> Any:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, Picture):
        return InlineImage(template, BytesIO(value.png), width=Mm(value.width))
    if isinstance(value, dict):
        return {key: _prepare(part, template) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_prepare(part, template) for part in value]
    return value


def _clean(text: str) -> str:
    """Without what XML forbids, and on one line: docxtpl makes new paragraphs and pages of control characters."""
    return re.sub(r"\s+", " ", _NOT_IN_XML.sub("", text))


def _describe(error: Exception) -> str:
    if isinstance(error, UndefinedError):
        names = re.findall(r"'([^']+)'", str(error))
        return f"mẫu dùng tên “{names[-1] if names else error}” mà phần mềm không có"
    if isinstance(error, TemplateSyntaxError):
        near = next((line.strip() for line in getattr(error, "docx_context", ()) if "{" in line), "")
        where = f" (gần “{near[:80]}”)" if near else ""
        return f"câu lệnh trong dấu {{{{ }}}} hoặc {{% %}} viết sai{where}"
    return "tệp không phải là tài liệu Word (.docx) nguyên vẹn"
