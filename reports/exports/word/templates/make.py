"""Makes the Word templates beside this file: `python -m reports.exports.word.templates.make`.

The form is that of Decree 30/2020/NĐ-CP, appendix I: paper, margins, type, national title, issuing body, number, place
and date, title, signature, recipients, page number. What stands in {{ }} and {% %} is filled by
`reports.exports.word.report`; its names are Vietnamese, because officers meet them when they edit a template in Word.
"""

from pathlib import Path

from reports.exports.word.templates.minutes import make_minutes
from reports.exports.word.templates.report import make_report
from reports.exports.word.templates.score_sheet import make_score_sheet

FOLDER = Path(__file__).resolve().parent


def make_templates(folder: Path) -> list[Path]:
    """Write all templates into a folder; their paths."""
    made = {
        "bao-cao-tinh.docx": make_report(by_district=True),
        "bao-cao-huyen.docx": make_report(by_district=False),
        "phieu-cham-diem.docx": make_score_sheet(),
        "bien-ban-hop.docx": make_minutes(),
    }
    paths = []
    for name, document in made.items():
        path = folder / name
        document.save(str(path))
        paths.append(path)
    return paths


if __name__ == "__main__":
    for made_path in make_templates(FOLDER):
        print(made_path)
