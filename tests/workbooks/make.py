"""The corpus: spreadsheets as they really come. `python -m tests.workbooks.make` writes them to tests/workbooks/files.

What is odd about each and what has to come of it stands in `cases.yaml`, under the file's name. The figures are random;
TRUTH holds them, so that a test can compare what was stored.
"""

import unicodedata
import zipfile
from collections.abc import Callable
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd

from data.units.lists import load_units
from tests.data.samples import UNITS, random_values, workbook
from tests.workbooks.old_fonts import to_tcvn3, to_vni
from tests.workbooks.sheets import (
    SIGNATURES,
    STANDARD,
    TITLE,
    Grid,
    Sheet,
    labels,
    show_answer,
    to_csv,
    to_ods,
    to_xls,
    to_xlsx,
    to_zip,
    total_row,
    unit_rows,
)

FOLDER = Path(__file__).parent / "files"
TRUTH = random_values(UNITS, 2022)
LATER_UNITS = load_units("2025-07", "20")
THANH_HOA = load_units("2025-07", "38")
LATER_TRUTH = pd.concat([random_values(LATER_UNITS, 2026), random_values(THANH_HOA, 2026)])
DINH_LAP = UNITS[UNITS["district"] == "Huyện Đình Lập"]
HEAD = ["STT", "Xã, phường, thị trấn", *labels().values()]
_CASES: dict[str, Callable[[], bytes]] = {}


def case(name: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Register the maker of a file."""

    def register(make: Callable[[], bytes]) -> Callable[[], bytes]:
        _CASES[name] = make
        return make

    return register


@cache
def make_all() -> dict[str, bytes]:
    """Content of every file of the corpus, by name: made once, not to be changed."""
    return {name: make() for name, make in _CASES.items()}


def district(name: str) -> pd.DataFrame:
    return UNITS[UNITS["district"] == name]


def plain_rows(units: pd.DataFrame = DINH_LAP, **more: Any) -> Grid:
    return unit_rows(units, TRUTH, **more)


def one_sheet(rows: Grid, name: str = "Sheet1", **more: Any) -> bytes:
    return to_xlsx({name: Sheet(rows, **more)})


@case("bieu-mau.xlsx")
def own_form() -> bytes:
    return workbook(DINH_LAP, TRUTH.loc[DINH_LAP.index])


@case("tieu-de-tren-duoi.xlsx")
def title_and_signatures() -> bytes:
    rows = [*TITLE, [*HEAD, "Ghi chú"], *plain_rows(), *SIGNATURES]
    return one_sheet(rows, merges=[(0, 0, 0, 3), (0, 4, 0, 9), (3, 0, 3, 9), (4, 0, 4, 9)])


@case("tieu-de-hai-tang.xlsx")
def header_of_two_rows() -> bytes:
    inputs = ("births", "births_registered", "infants", "infants_immunised")
    top = ["STT", "Xã, phường, thị trấn", "Số trẻ em", None, None, None, "Ghi chú"]
    below = [None, None, "sinh ra trong năm", "được khai sinh đúng quy định", "dưới 1 tuổi"]
    below += ["dưới 1 tuổi được tiêm chủng đầy đủ", None]
    merges = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 5), (0, 6, 1, 6)]
    return one_sheet([top, below, *plain_rows(inputs=inputs)], merges=merges)


@case("tieu-de-ba-tang.xlsx")
def header_of_three_rows_and_numbering() -> bytes:
    inputs = ("children", "births", "births_registered", "infants", "infants_immunised")
    text = labels(inputs)
    first = ["TT", "Tên đơn vị", "Trẻ em", None, None, None, None]
    second = [None, None, text["children"], "Khai sinh", None, "Tiêm chủng", None]
    third = [None, None, None, *(text[one] for one in inputs[1:])]
    numbers = ["A", "B", "(1)", "(2)", "(3)", "(4)", "(5)"]
    merges = [(0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 0, 6), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 1, 6)]
    return one_sheet([first, second, third, numbers, *plain_rows(inputs=inputs)], merges=merges)


def by_districts(wrong_sum: int = 0) -> Grid:
    rows: Grid = [*TITLE, HEAD]
    names = ("Thành phố Lạng Sơn", "Huyện Bình Gia", "Huyện Đình Lập")
    for number, name in zip(("I", "II", "III"), names, strict=True):
        units = district(name)
        rows += [[number, name.upper()], *unit_rows(units, TRUTH)]
        rows.append(total_row("Cộng", TRUTH.loc[units.index]))
    rows[-1][3] += wrong_sum
    every = pd.concat([district(name) for name in names])
    return [*rows, total_row("TỔNG CỘNG", TRUTH.loc[every.index]), *SIGNATURES]


@case("dong-huyen-va-cong.xlsx")
def headings_and_sums() -> bytes:
    return one_sheet(by_districts())


@case("cong-sai.xlsx")
def wrong_sum() -> bytes:
    return one_sheet(by_districts(wrong_sum=7))


@case("huyen-ghi-tong-o-tren.xlsx")
def sums_in_headings() -> bytes:
    rows: Grid = [HEAD]
    for name in ("Huyện Bình Gia", "Huyện Đình Lập"):
        units = district(name)
        rows += [total_row(name, TRUTH.loc[units.index]), *unit_rows(units, TRUTH)]
    return one_sheet(rows)


@case("moi-huyen-mot-trang.xlsx")
def a_sheet_a_district() -> bytes:
    names = ("Huyện Bình Gia", "Huyện Văn Quan", "Huyện Hữu Lũng")
    return to_xlsx({name.removeprefix("Huyện "): Sheet([HEAD, *plain_rows(district(name))]) for name in names})


@case("bang-xoay.xlsx")
def transposed() -> bytes:
    upright = [["Chỉ tiêu", *labels().values()], *unit_rows(DINH_LAP, TRUTH, lead=lambda n, code, unit: [unit["name"]])]
    return one_sheet([["Huyện Đình Lập"], [], *(list(row) for row in zip(*upright, strict=True))])


@case("cu.xls")
def old_excel() -> bytes:
    return to_xls({"Sheet1": Sheet([["Số liệu năm 2022"], HEAD, *plain_rows()], merges=[(0, 0, 0, 6)])})


@case("co-macro.xlsm")
def with_macros() -> bytes:
    buffer = BytesIO(one_sheet([HEAD, *plain_rows()]))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(zipfile.ZipInfo("xl/vbaProject.bin", (2022, 11, 10, 0, 0, 0)), b"Attribute VB_Name")
    return buffer.getvalue()


@case("libreoffice.ods")
def open_document() -> bytes:
    return to_ods({"Bảng 1": Sheet([["Số liệu năm 2022"], [], HEAD, *plain_rows()])})


@case("cham-phay.csv")
def semicolons() -> bytes:
    return to_csv([HEAD, *plain_rows()], "utf-8-sig", ";")


@case("unicode-tab.csv")
def unicode_tabs() -> bytes:
    return to_csv([["Số liệu năm 2022"], HEAD, *plain_rows()], "utf-16", "\t")


@case("windows-1258.csv")
def windows_1258() -> bytes:
    def spread(text: Any) -> Any:
        # The code page holds â, ê, ô, ă, ơ, ư, đ as letters and the tones as marks after them.
        if not isinstance(text, str):
            return text
        letters = []
        for letter in unicodedata.normalize("NFC", text):
            base, *marks = unicodedata.normalize("NFD", letter)
            tones = [one for one in marks if one in "\u0300\u0301\u0303\u0309\u0323"]
            shape = unicodedata.normalize("NFC", base + "".join(one for one in marks if one not in tones))
            letters.append(shape + "".join(tones))
        return "".join(letters)

    rows = [[spread(value) for value in row] for row in [HEAD, *plain_rows()]]
    return to_csv(rows, "cp1258", ",")


def in_font(encode: Callable[[str], str]) -> bytes:
    rows = [["Số liệu trẻ em năm 2022, huyện Đình Lập"], HEAD, *plain_rows()]
    return one_sheet([[encode(one) if isinstance(one, str) else one for one in row] for row in rows])


@case("phong-tcvn3.xlsx")
def tcvn3() -> bytes:
    return in_font(to_tcvn3)


@case("phong-vni.xlsx")
def vni() -> bytes:
    return in_font(to_vni)


SHORT = {
    "officer": "Cán bộ làm CTBVTE cấp xã (bảo vệ trẻ em)",
    "births": "Trẻ sinh trong năm",
    "births_registered": "TE được khai sinh đúng QĐ",
    "children": "Tổng số TE",
    "infants": "TE < 1 tuổi",
    "infants_immunised": "TE < 1 tuổi TCMR",
    "play_place": "Có điểm vui chơi TE cấp xã",
    "villages": "Tổng số thôn, TDP",
}


@case("nhan-viet-tat.xlsx")
def short_headers() -> bytes:
    return one_sheet([["STT", "Xã", *SHORT.values()], *plain_rows()])


@case("nhan-doi-thu-tu.xlsx")
def headers_in_other_words() -> bytes:
    inputs = (
        "under5_weighed",
        "under5_underweight",
        "under5_measured",
        "under5_stunted",
        "injured",
        "special",
        "special_assisted",
    )
    head = [
        "Trẻ dưới 5 tuổi được cân",
        "TE dưới 5 tuổi SDD nhẹ cân",
        "Đo chiều cao: trẻ dưới 5 tuổi",
        "TE SDD thấp còi dưới 5 tuổi",
    ]
    head += ["TE bị TNTT", "TE có HCĐB", "TE có HCĐB đã được trợ giúp"]
    return one_sheet([["STT", "Tên xã", *head], *plain_rows(inputs=inputs)])


@case("ma-mat-so-0.xlsx")
def codes_as_numbers() -> bytes:
    rows = unit_rows(DINH_LAP, TRUTH, lead=lambda n, code, unit: [int(code)])
    return one_sheet([["Mã đơn vị", *labels().values()], *rows])


@case("ten-viet-tat.xlsx")
def short_types() -> bytes:
    def lead(number: int, code: str, unit: pd.Series) -> list[Any]:
        name = unit["name"].replace("Xã ", "X. ").replace("Thị trấn ", "TT.").replace("Phường ", "P.")
        return [number, f" {name.replace(' ', '  ')} "]

    return one_sheet([HEAD, *plain_rows(district("Thành phố Lạng Sơn"), lead=lead), *plain_rows(lead=lead)])


@case("chu-hoa-to-hop.xlsx")
def capitals_decomposed() -> bytes:
    def shout(text: str) -> str:
        return unicodedata.normalize("NFD", text.upper())

    rows = plain_rows(lead=lambda n, code, unit: [n, shout(unit["name"])])
    return one_sheet([[shout(text) for text in HEAD], *rows])


@case("dau-kieu-cu.xlsx")
def old_tone_place() -> bytes:
    def old(text: str) -> str:
        for new, former in {"òa": "oà", "óa": "oá", "ủy": "uỷ", "ụy": "uỵ", "ỏe": "oẻ", "ụ ": "ụ "}.items():
            text = text.replace(new, former)
        return text

    units = UNITS[UNITS["name"].str.contains("Hòa|Thụy")]
    rows = plain_rows(units, lead=lambda n, code, unit: [n, old(unit["name"]), unit["district"]])
    return one_sheet([["STT", "Xã", "Huyện", *(old(text) for text in labels().values())], *rows])


@case("trung-ten-khong-huyen.xlsx")
def same_name_without_district() -> bytes:
    return one_sheet([HEAD, *plain_rows(UNITS[UNITS["name"] == "Xã Hòa Bình"].head(1)), *plain_rows()])


@case("trung-ten-co-huyen.xlsx")
def same_name_with_district() -> bytes:
    units = UNITS[UNITS["name"].isin(["Xã Hòa Bình", "Xã Tân Thành"])]
    rows = plain_rows(units, lead=lambda n, code, unit: [n, unit["name"], unit["district"].removeprefix("Huyện ")])
    return one_sheet([["STT", "Xã", "Huyện", *labels().values()], *rows])


@case("ten-cu-2026.xlsx")
def former_names() -> bytes:
    # Thị trấn Mường Lát became Xã Mường Lát whole.
    rows = unit_rows(THANH_HOA.loc[["14845"]], LATER_TRUTH, lead=lambda n, code, unit: [n, "Thị trấn Mường Lát"])
    return one_sheet([HEAD, *rows])


@case("ten-da-nhap-2026.xlsx")
def merged_unit() -> bytes:
    rows = unit_rows(LATER_UNITS.head(3), LATER_TRUTH)
    rows[1][1] = "Xã Đào Viên"
    return one_sheet([HEAD, *rows])


@case("ten-khong-dau.xlsx")
def without_diacritics() -> bytes:
    rows = plain_rows()
    rows[2][1] = unidecode(rows[2][1])
    return one_sheet([HEAD, *rows])


def unidecode(text: str) -> str:
    folded = "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))
    return folded.replace("đ", "d").replace("Đ", "D")


def grouped(sign: str) -> Callable[[Any, str], Any]:
    def show(value: Any, input_id: str) -> Any:
        shown = show_answer(value, input_id)
        return f"{shown:,}".replace(",", sign) if isinstance(shown, int) else shown

    return show


@case("so-dau-cham.xlsx")
def dots_between_thousands() -> bytes:
    return one_sheet([HEAD, *plain_rows(show=grouped("."))])


@case("so-dau-phay.xlsx")
def commas_between_thousands() -> bytes:
    return one_sheet([HEAD, *plain_rows(show=grouped(","))])


@case("so-kem-chu.xlsx")
def numbers_with_words() -> bytes:
    def show(value: Any, input_id: str) -> Any:
        shown = show_answer(value, input_id)
        return f" {shown} {'thôn' if input_id == 'villages' else 'trẻ'} " if isinstance(shown, int) else shown

    return one_sheet([HEAD, *plain_rows(show=show)])


@case("phan-tram.xlsx")
def percentages() -> bytes:
    rows = plain_rows()
    rows[0][4], rows[1][4] = "98 %", "95,5%"
    return one_sheet([HEAD, *rows])


@case("dinh-dang-phan-tram.xlsx")
def shown_as_percentages() -> bytes:
    rows = plain_rows()
    for number, row in enumerate(rows):
        row[4] = (1, 0.98, 0.955)[number % 3]
    return one_sheet([HEAD, *rows], percent=[(row, 4) for row in range(1, len(rows) + 1)])


@case("dau-x.xlsx")
def marks() -> bytes:
    def show(value: Any, input_id: str) -> Any:
        shown = show_answer(value, input_id)
        return {"Có": "x" if input_id == "officer" else "✓", "Không": None}.get(shown, shown)

    return one_sheet([HEAD, *plain_rows(show=show)])


@case("tra-loi-nhieu-kieu.xlsx")
def answers_in_many_ways() -> bytes:
    rows = plain_rows()
    for number, row in enumerate(rows):
        yes = row[2] == "Có"
        row[2] = (("X", 1, "có", "CÓ")[number % 4]) if yes else (("Không", 0, "không", "KHÔNG")[number % 4])
    return one_sheet([HEAD, *rows])


@case("o-loi.xlsx")
def error_cells() -> bytes:
    rows = plain_rows()
    rows[0][3], rows[3][5] = "#REF!", "#DIV/0!"
    return one_sheet([HEAD, *rows])


@case("ngay-thang.xlsx")
def dates() -> bytes:
    rows = plain_rows()
    rows[1][9] = datetime(2022, 5, 12)
    return one_sheet([HEAD, *rows])


@case("cong-thuc-khong-ket-qua.xlsx")
def formulas_without_values() -> bytes:
    rows = plain_rows()
    rows[1][9] = "=1+11"
    return one_sheet([HEAD, *rows])


@case("dong-cot-an.xlsx")
def hidden_places() -> bytes:
    return one_sheet([HEAD, *plain_rows()], hidden_rows=[3, 4], hidden_columns=[9])


@case("trang-an.xlsx")
def hidden_sheet() -> bytes:
    now, before = (
        Sheet([HEAD, *plain_rows()]),
        Sheet([HEAD, *unit_rows(DINH_LAP, random_values(UNITS, 1))], hidden=True),
    )
    return to_xlsx({"Năm nay": now, "Năm ngoái": before})


@case("cot-thua-va-ty-le.xlsx")
def columns_beside() -> bytes:
    head = ["STT", "Xã", *labels().values(), "Diện tích tự nhiên (ha)", "Tỷ lệ khai sinh (%)", "Ghi chú"]
    rows = [[*row, 12.5, 97.3, "đã rà soát"] for row in plain_rows()]
    return one_sheet([head, *rows])


@case("dong-trong-cot-trong.xlsx")
def blank_rows_and_columns() -> bytes:
    rows: Grid = [[], [], [None, None, *HEAD[:4], None, *HEAD[4:]]]
    for row in plain_rows():
        rows += [[None, None, *row[:4], None, *row[4:]], []]
    return one_sheet(rows)


@case("mot-xa.xlsx")
def one_commune() -> bytes:
    code = "06034"
    every = list(STANDARD.inputs)
    lines = [
        [number, STANDARD.inputs[one].label, "người", show_answer(TRUTH.at[code, one], one)]
        for number, one in enumerate(every, start=1)
    ]
    rows = [
        ["UBND XÃ CHI LĂNG, HUYỆN TRÀNG ĐỊNH"],
        ["Báo cáo năm 2022"],
        [],
        ["STT", "Nội dung", "ĐVT", "Số liệu"],
        *lines,
    ]
    return one_sheet(rows)


@case("khao-sat.xlsx")
def survey_answers() -> bytes:
    rows: Grid = [["Phiếu khảo sát năm 2022"], ["STT", "Xã", "Đối tượng", "Mức độ hài lòng"]]
    for code, of, good in (("06613", 40, 31), ("06616", 35, 35)):
        for number in range(of):
            answer = (
                ("Rất hài lòng", "Hài lòng")[number % 2]
                if number < good
                else ("Không hài lòng", "Bình thường")[number % 2]
            )
            rows.append([number + 1, UNITS.at[code, "name"], "Trẻ em", answer])
        for number in range(of + 5):
            rows.append(
                [number + 1, UNITS.at[code, "name"], "Người dân", "Hài lòng" if number < good else "Không hài lòng"]
            )
    rows.append([99, UNITS.at["06613", "name"], "Người dân", None])
    return one_sheet(rows, "Khảo sát")


@case("don-vi-lap.xlsx")
def unit_twice() -> bytes:
    rows = plain_rows()
    return one_sheet([HEAD, *rows, rows[3]])


@case("phan-lon-hon-tong.xlsx")
def part_above_whole() -> bytes:
    rows = plain_rows()
    rows[2][4] = rows[2][3] + 1
    return one_sheet([HEAD, *rows])


@case("chep-dong.xlsx")
def copied_row() -> bytes:
    inputs = tuple(one.id for one in STANDARD.inputs.values() if one.kind == "count")
    rows = plain_rows(inputs=inputs)
    rows[5][2:] = rows[4][2:]
    return one_sheet([["STT", "Xã", *labels(inputs).values()], *rows])


@case("co-mat-khau.xlsx")
def with_password() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


@case("la-tep-word.xlsx")
def word_file() -> bytes:
    return to_zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})


@case("bi-cat.xlsx")
def truncated() -> bytes:
    content = one_sheet([HEAD, *plain_rows()])
    return content[: len(content) * 2 // 3]


@case("doi-duoi.xls")
def renamed() -> bytes:
    return one_sheet([HEAD, *plain_rows()])


@case("khong-phai-so-lieu.xlsx")
def no_table() -> bytes:
    return one_sheet([["KẾ HOẠCH"], ["Nội dung", "Thời gian"], ["Tập huấn cán bộ", "Tháng 5"]])


@case("mau-nam-khac.xlsx")
def another_year() -> bytes:
    return workbook(DINH_LAP, TRUTH.loc[DINH_LAP.index], year=2021)


@case("huyen-la.xlsx")
def unknown_district_and_lists_of_names() -> bytes:
    rows: Grid = [["Số liệu năm 2021"], HEAD, ["I", "Huyện Không Có"]]
    rows += plain_rows(lead=lambda n, code, unit: [n, unit["name"].removeprefix("Xã ") if n == 5 else unit["name"]])
    return one_sheet(rows)


@case("muoi-mot-huyen.zip")
def eleven_districts() -> bytes:
    names = UNITS["district"].unique()
    return to_zip({f"Số liệu {name}.xlsx": one_sheet([[name], HEAD, *plain_rows(district(name))]) for name in names})


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    for name, content in make_all().items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
