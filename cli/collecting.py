"""The commands that collect figures: the form that goes out and the files that come back."""

import argparse
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cli.options import CommandError, Commands, add_command, add_round_options, add_vintage_option, choose_round

if TYPE_CHECKING:
    from cli.outcome import Outcome
    from data.store import Round, Store


def add_collecting_commands(commands: Commands) -> None:
    """Add `template` and `import` to the commands."""
    blank = add_command(commands, "template", write_template, "ghi biểu mẫu thu thập số liệu")
    add_round_options(blank)
    add_vintage_option(blank)
    blank.add_argument("--district", help="mã huyện, ví dụ 178")
    blank.add_argument("-o", "--output", required=True, help="tệp .xlsx sẽ ghi")

    incoming = add_command(commands, "import", import_files, "nhận tệp số liệu: mỗi tệp tất cả hoặc không gì cả")
    incoming.add_argument("files", nargs="+", metavar="TỆP", help="bảng tính (.xlsx, .xls, .ods, .csv) hoặc gói .zip")
    add_round_options(incoming)
    add_vintage_option(incoming)
    incoming.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không lưu")
    sure = "nhận các gợi ý chắc về cột (từ 60 %%) và đơn vị (từ 80 %%)"
    incoming.add_argument("--accept-suggestions", action="store_true", help=sure)
    incoming.add_argument("--mapping", metavar="M.yaml", help="đối chiếu cột và đơn vị đã xác nhận")
    incoming.add_argument("--save-mapping", metavar="M.yaml", help="ghi lại cách đối chiếu để sửa và dùng lại")
    incoming.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    incoming.add_argument("--submitted-by", default=os.environ.get("USER", "dòng lệnh"), help="người nộp")


def write_template(options: argparse.Namespace) -> int:
    """Write the collection workbook of a province or a district.

    Raises
    ------
    CommandError
        For a district that the list of units does not know.
    """
    from data.store import open_store
    from reports.exports.contexts import FormContext
    from reports.exports.registry import offer
    from reports.facts.assessment import assessed_units
    from scoring.moments import today
    from scoring.standard import get_standard

    store = open_store()
    planned = choose_round(store, options)
    units = assessed_units(store, planned)
    if options.district:
        units = units[units["district_code"] == options.district]
        if units.empty:
            raise CommandError(f"Không có huyện mã {options.district} trong danh mục {planned.vintage}.")
    form = FormContext(get_standard(planned.standard_id), units, planned.year, today(), options.district)
    Path(options.output).write_bytes(offer("form", form).build())
    print(f"Đã ghi biểu mẫu {len(units)} đơn vị vào {options.output}")
    return 0


def import_files(options: argparse.Namespace) -> int:
    """Read spreadsheets and zips of them, each all or nothing; exit code 0 when all were accepted, else 1.

    Raises
    ------
    CommandError
        For a path where no file is.
    """
    from cli.outcome import print_json, print_outcomes
    from data.intake.door import find_overlaps
    from data.store import open_store
    from reports.facts.assessment import assessed_units

    missing = [path for path in options.files if not Path(path).is_file()]
    if missing:
        raise CommandError(f"Không tìm thấy tệp {missing[0]}.")
    store = open_store()
    planned = choose_round(store, options)
    outcomes = [outcome for path in options.files for outcome in _import_path(Path(path), store, planned, options)]
    overlaps = find_overlaps(
        [(outcome.name, outcome.ingest.observations["unit_code"].unique()) for outcome in outcomes],
        assessed_units(store, planned),
    )
    outcomes = [
        replace(outcome, ingest=replace(outcome.ingest, findings=(*outcome.ingest.findings, *findings)))
        for outcome, findings in zip(outcomes, overlaps, strict=True)
    ]
    if options.json:
        print_json(outcomes)
    else:
        print_outcomes(outcomes, options.dry_run)
    return 0 if all(outcome.ingest.accepted for outcome in outcomes) else 1


def _import_path(path: Path, store: "Store", planned: "Round", options: argparse.Namespace) -> "Iterator[Outcome]":
    """Check a spreadsheet, or each one in a zip, and store it unless only a check was asked for."""
    from cli.outcome import Outcome
    from data.intake.choices import load_mapping, save_mapping
    from data.intake.door import Intake, confirm_suggestions
    from data.intake.ingest import refuse
    from data.intake.reading.archive import list_files
    from data.intake.workbook import open_workbook
    from data.store.changes import count_changes
    from data.store.choices import Choices
    from reports.facts.assessment import assessed_units

    files, refusals = list_files(path.name, path.read_bytes())
    for refusal in refusals:
        yield Outcome(path.name, refuse(refusal), None)
    for name, content in files:
        intake = Intake(store, planned, assessed_units(store, planned))
        choices = load_mapping(Path(options.mapping), intake.standard) if options.mapping else Choices()
        workbook = open_workbook(content, name)
        ingest = intake.check(workbook, content, choices, accept_suggestions=options.accept_suggestions)
        changes = count_changes(intake.compare(ingest)) if ingest.accepted else None
        if options.save_mapping:
            save_mapping(Path(options.save_mapping), confirm_suggestions(ingest, choices))
        if ingest.accepted and not options.dry_run:
            intake.accept(ingest, name, content, options.submitted_by, choices)
        yield Outcome(name, ingest, changes)
