"""Separated values whose cells have moved are refused, by line; every other regular text is read."""

import pytest

from data.intake.reading.cells import read_sheets

HEAD = "STT,Tên đơn vị,Tổng số trẻ em,Số thôn"


def read(text: str, encoding: str = "utf-8"):
    sheets, findings = read_sheets(text.encode(encoding), "a.csv")
    return (sheets[0].rows if sheets else None), findings


@pytest.mark.parametrize("above", ["", "SỐ LIỆU NĂM 2022\n\n", "UBND TỈNH,,SỞ\n"])
@pytest.mark.parametrize("lines", [[0], [2], [0, 1, 2]])
def test_thousands_without_quotes_are_told_by_line(above, lines):
    rows = [f"{row},Xã {row},1,037,9" if row in lines else f"{row},Xã {row},737,9" for row in range(3)]
    sheets, (finding,) = read(above + "\n".join([HEAD, *rows]))
    assert sheets is None
    assert finding.code == "csv_row_longer"
    first = above.count("\n") + 2
    assert f"dòng {', '.join(str(first + row) for row in lines)} có" in finding.message
    assert "4 cột" in finding.message


def test_a_number_that_is_cut_inside_the_table_is_told():
    _, (finding,) = read(f"{HEAD}\n1,Xã A,737,9\n2,Xã B,1,037\n")
    assert (finding.code, "dòng 3 " in finding.message) == ("csv_number_cut", True)


@pytest.mark.parametrize(("main", "other"), [(";", ","), (",", ";"), (";", "\t"), ("\t", ";")])
def test_other_separators_in_a_row_are_told(main, other):
    rows = [HEAD, "1,Xã A,737,9", "2,Xã B,738,8", "3,Xã C,739,7"]
    text = "\n".join(row.replace(",", other if number == 2 else main) for number, row in enumerate(rows))
    _, (finding,) = read(text)
    assert (finding.code, "dòng 3 " in finding.message) == ("csv_separators_mixed", True)


@pytest.mark.parametrize(
    "text",
    [
        f'{HEAD}\n1,Xã A,"1,037",9\n2,Xã B,737,8\n',
        f"{HEAD},,\n1,Xã A,1037,9,,\n2,Xã B,737,8,,\n",
        f"{HEAD}\n1,Xã A,1037,9,,,\n2,Xã B,737\n",
        f'{HEAD}\n1,"Xã A\ncũ",1037,9\n',
        "UBND;;;;;;HUYỆN\nSTT;Tên đơn vị;a;b\n1;Xã A;12,5;9\n",
        "a;b\nx;y\n",
        "sep=;\nSTT;Tên;a\n1;Xã A;7\n",
    ],
)
def test_regular_texts_are_read(text):
    rows, findings = read(text)
    assert findings == []
    assert rows


def test_lines_are_counted_as_an_editor_counts_them():
    _, (finding,) = read(f'sep=,\n{HEAD}\n1,"Xã A\ncũ",737,9\n2,Xã B,1,037,8\n')
    assert "dòng 5 có" in finding.message


def test_a_page_in_one_file_is_no_table():
    _, (finding,) = read("MIME-Version: 1.0\nContent-Type: multipart/related\n\n1,2\n")
    assert finding.code == "other_format"
