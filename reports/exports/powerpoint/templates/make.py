"""Makes the template of the slides: `python reports/exports/powerpoint/templates/make.py [path]`.

What `reports.exports.powerpoint.deck` needs of a template: layouts by their names, each with its placeholders. Office
programs can change everything else: colours, fonts, places, a logo on the master.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches

TARGET = Path(__file__).with_name("trinh-chieu.pptx")
_FONT = "Arial"  # is on every Windows and has all Vietnamese letters
WIDTH, HEIGHT = 13.333, 7.5
_LEFT, ACROSS = 0.6, 12.13
TOP, BOTTOM = 1.5, 6.8
COLOURS = {"dk2": "1F3A5F", "lt2": "EEF3F7", "accent1": "0B6E99", "accent2": "2166AC", "accent3": "D6604D"}

Box = tuple[float, float, float, float]  # left, top, width, height in inches
# Each layout: its name, and its placeholders (kind, prompt, box, size of type in points).
LAYOUTS: list[tuple[str, list[tuple[str, str, Box, int]]]] = [
    (
        "Trang bìa",
        [
            ("ctrTitle", "Tên bài trình bày", (1.0, 1.6, 11.33, 2.2), 40),
            ("subTitle", "Địa phương, ngày lập", (1.0, 4.1, 11.33, 2.2), 24),
        ],
    ),
    (
        "Con số",
        [
            ("title", "Tiêu đề", (_LEFT, 0.3, ACROSS, 1.05), 30),
            *[("body", "Con số", (_LEFT + column * 3.07, 1.6, 2.9, 2.2), 54) for column in range(4)],
            ("body", "Nhận xét", (_LEFT, 4.0, ACROSS, 2.75), 22),
        ],
    ),
    (
        "Biểu đồ",
        [
            ("title", "Tiêu đề", (_LEFT, 0.3, ACROSS, 1.05), 30),
            ("body", "Nhận xét", (_LEFT, 1.35, ACROSS, 1.2), 20),
            ("chart", "Biểu đồ", (_LEFT, 2.55, ACROSS, BOTTOM - 2.55), 18),
        ],
    ),
    (
        "Hình",
        [
            ("title", "Tiêu đề", (_LEFT, 0.3, ACROSS, 1.05), 30),
            ("pic", "Hình", (_LEFT, TOP, 8.0, BOTTOM - TOP), 18),
            ("body", "Nhận xét", (8.8, TOP, 3.93, BOTTOM - TOP), 20),
        ],
    ),
    (
        "Bảng",
        [
            ("title", "Tiêu đề", (_LEFT, 0.3, ACROSS, 1.05), 30),
            ("body", "Nhận xét", (_LEFT, 1.35, ACROSS, 1.2), 20),
            ("tbl", "Bảng", (_LEFT, 2.6, ACROSS, BOTTOM - 2.6), 14),
        ],
    ),
    (
        "Hai bảng",
        [
            ("title", "Tiêu đề", (_LEFT, 0.3, ACROSS, 1.05), 30),
            ("body", "Nhận xét bảng trái", (_LEFT, 1.4, 5.95, 1.0), 20),
            ("tbl", "Bảng trái", (_LEFT, 2.45, 5.95, BOTTOM - 2.45), 14),
            ("body", "Nhận xét bảng phải", (6.78, 1.4, 5.95, 1.0), 20),
            ("tbl", "Bảng phải", (6.78, 2.45, 5.95, BOTTOM - 2.45), 14),
        ],
    ),
    (
        "Địa bàn",
        [
            ("title", "Tiêu đề", (_LEFT, 0.3, ACROSS, 1.05), 30),
            ("body", "Số đơn vị, vướng mắc", (_LEFT, TOP, 3.2, BOTTOM - TOP), 20),
            ("tbl", "Bảng đơn vị", (3.95, TOP, 4.3, BOTTOM - TOP), 14),
            ("tbl", "Bảng đơn vị (tiếp)", (8.43, TOP, 4.3, BOTTOM - TOP), 14),
        ],
    ),
    (
        "Nội dung",
        [
            ("title", "Tiêu đề", (_LEFT, 0.3, ACROSS, 1.05), 30),
            ("body", "Nội dung", (_LEFT, TOP, ACROSS, BOTTOM - TOP), 22),
        ],
    ),
]
FOOTERS = [
    ("ftr", "Chân trang", (_LEFT, 6.95, 10.5, 0.4), 14),
    ("sldNum", "Số trang", (WIDTH - 1.6, 6.95, 1.0, 0.4), 14),
]
_FIRST_INDEX = {"title": 0, "ctrTitle": 0, "subTitle": 1}
_FOOTER_INDEX = {"ftr": 11, "sldNum": 12}


def build_template(target: Path) -> None:
    """Write the template: a master and a layout for each kind of slide, no slides."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(WIDTH), Inches(HEIGHT)
    master = presentation.slide_master
    _set_theme(master.part.part_related_by(RELATIONSHIP_TYPE.THEME))
    _set_master(master)
    layouts = list(presentation.slide_layouts)
    for layout in layouts[len(LAYOUTS) :]:
        presentation.slide_layouts.remove(layout)
    for layout, (name, placeholders) in zip(layouts, LAYOUTS, strict=False):
        layout._element.attrib.pop("type", None)
        layout._element.attrib["preserve"] = "1"
        layout.name = name
        _fill(layout.shapes._spTree, [*placeholders, *FOOTERS])
    layouts[0].shapes._spTree.insert(2, _band())
    properties = presentation.core_properties
    properties.title = "Mẫu trình chiếu kết quả đánh giá"
    properties.author = properties.last_modified_by = properties.keywords = ""
    presentation.save(str(target))


def _set_theme(part: Any) -> None:
    theme = parse_xml(part.blob)
    for font in theme.xpath("//a:majorFont/a:latin | //a:minorFont/a:latin"):
        font.set("typeface", _FONT)
    for name, colour in COLOURS.items():
        (slot,) = theme.xpath(f"//a:clrScheme/a:{name}")
        slot.clear()
        slot.append(parse_xml(f'<a:srgbClr {nsdecls("a")} val="{colour}"/>'))
    part._blob = serialize_part_xml(theme)


def _set_master(master: Any) -> None:
    _fill(
        master.shapes._spTree,
        [
            ("title", "Tiêu đề", (_LEFT, 0.3, ACROSS, 1.05), 30),
            ("body", "Nội dung", (_LEFT, TOP, ACROSS, BOTTOM - TOP), 22),
            *FOOTERS,
        ],
    )
    rule = parse_xml(
        f'<p:cxnSp {nsdecls("p", "a")}><p:nvCxnSpPr><p:cNvPr id="20" name="Đường kẻ"/><p:cNvCxnSpPr/><p:nvPr/>'
        f'</p:nvCxnSpPr><p:spPr><a:xfrm><a:off x="{Inches(_LEFT)}" y="{Inches(6.9)}"/>'
        f'<a:ext cx="{Inches(ACROSS)}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        '<a:ln w="19050"><a:solidFill><a:schemeClr val="accent1"/></a:solidFill></a:ln></p:spPr></p:cxnSp>'
    )
    master.shapes._spTree.append(rule)
    styles = master._element.find("{http://schemas.openxmlformats.org/presentationml/2006/main}txStyles")
    new = parse_xml(
        f"<p:txStyles {nsdecls('p', 'a')}>"
        f"<p:titleStyle>{_level(1, 30, bold=True, colour='tx2')}</p:titleStyle>"
        f"<p:bodyStyle>{''.join(_level(number, 22 if number == 1 else 18) for number in range(1, 6))}</p:bodyStyle>"
        f"<p:otherStyle>{_level(1, 18)}</p:otherStyle></p:txStyles>"
    )
    styles.getparent().replace(styles, new)


def _band() -> Any:
    """A band of colour beside the title of the first slide."""
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="21" name="Dải màu"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{Inches(0.45)}" cy="{Inches(HEIGHT)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def _fill(tree: Any, placeholders: Iterable[tuple[str, str, Box, int]]) -> None:
    """Put these placeholders in the place of all shapes."""
    for shape in list(tree)[2:]:
        tree.remove(shape)
    index = 13
    for number, (kind, prompt, box, size) in enumerate(placeholders, start=2):
        if kind in _FIRST_INDEX or kind in _FOOTER_INDEX:
            own_index = (_FIRST_INDEX | _FOOTER_INDEX)[kind]
        else:
            own_index, index = index, index + 1
        tree.append(parse_xml(_placeholder(number, kind, own_index, prompt, box, size)))


def _placeholder(number: int, kind: str, index: int, prompt: str, box: Box, size: int) -> str:
    left, top, width, height = (Inches(edge) for edge in box)
    anchor = {"title": "ctr", "ctrTitle": "b", "ftr": "ctr", "sldNum": "ctr"}.get(kind, "t")
    bold = kind in ("title", "ctrTitle") or size >= 54
    colour = "tx2" if bold else "tx1"
    style = _level(1, size, bold=bold, colour=colour, align="r" if kind == "sldNum" else "l")
    if size >= 54:
        style += _level(2, 18)
    text = (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="vi-VN"/><a:t>‹#›</a:t></a:fld>'
        if kind == "sldNum"
        else f'<a:r><a:rPr lang="vi-VN"/><a:t>{escape(prompt)}</a:t></a:r>'
    )
    quarter = ' sz="quarter"' if kind in _FOOTER_INDEX else ""
    index_text = f' idx="{index}"' if index else ""
    return (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="{escape(prompt)}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}"{quarter}{index_text}/></p:nvPr>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="91440" tIns="45720" rIns="91440" bIns="45720" anchor="{anchor}"><a:normAutofit/>'
        f"</a:bodyPr><a:lstStyle>{style}</a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _level(number: int, size: int, bold: bool = False, colour: str = "tx1", align: str = "l") -> str:
    return (
        f'<a:lvl{number}pPr marL="0" indent="0" algn="{align}" rtl="0"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="400"/></a:spcBef><a:buNone/>'
        f'<a:defRPr lang="vi-VN" sz="{size * 100}" b="{int(bold)}" kern="1200">'
        f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
        f'<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{number}pPr>'
    )


if __name__ == "__main__":
    build_template(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
