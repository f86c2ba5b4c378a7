"""Read, check and score a 200-unit workbook, against a bare python-calamine read of the same file."""

from io import BytesIO

from python_calamine import CalamineWorkbook

from bench.scoring import make_values
from bench.timing import median_ms, say
from data.ingest import read_submission
from data.template import build_template
from data.units import default_classes, load_units
from scoring.engine import score
from scoring.standard import get_standard

_ALLOWANCE_MS = 100


def run() -> None:
    """Print the ratio after the fixed allowance."""
    standard = get_standard()
    units, classes = load_units("2020", "20"), default_classes("2020", "20")
    buffer = BytesIO()
    build_template(buffer, standard, units, 2022, make_values(standard, units.index))
    content = buffer.getvalue()

    def whole_job() -> None:
        ingest = read_submission(content, "a.xlsx", standard, units, 2022)
        score(ingest.wide(), standard, classes)

    def bare_read() -> None:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()

    ours, bare = median_ms(whole_job), median_ms(bare_read)
    print(f"Đọc, kiểm tra, chấm {len(units)} đơn vị: {ours:.0f} ms; chỉ đọc bằng calamine: {bare:.0f} ms")
    say(f"(Cả việc - {_ALLOWANCE_MS} ms) / chỉ đọc", max(0.0, ours - _ALLOWANCE_MS) / bare, 3)
