"""The commands of `run.py`, under the Python of `.venv`."""

import argparse
import importlib
import json
import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoring.refusal import Refusal

if TYPE_CHECKING:
    from data.intake.findings.finding import Finding
    from data.intake.ingest import Ingest
    from data.store import Round, Store
    from data.store.changes import Change

WHOLE_NATION = "all"
BENCHMARKS = ("scoring", "ingest", "shapes", "pages", "exports", "load")


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code; refusals are one Vietnamese sentence on standard error."""
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help")):
        arguments = ["start", *arguments]
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except Refusal as error:
        print(error, file=sys.stderr)
        return 1


def start(options: argparse.Namespace) -> int:
    """Open the app; an empty database gets the demo province first."""
    from data.demo.province import load_demo
    from data.store import open_store
    from reports.exports.excel.collection import build_collection
    from server import serve

    store = open_store()
    if not store.rounds.list():
        print("Nạp số liệu minh họa tỉnh Lạng Sơn 2020–2022 …", flush=True)
        load_demo(store, build_collection)
    store.close()
    print(f"Mở http://localhost:{options.port} — bấm Ctrl+C để dừng.", flush=True)
    serve(options.port, options.address, options.headless)
    return 0


def template(options: argparse.Namespace) -> int:
    """Write the collection workbook of a province or a district."""
    from data.store import open_store
    from reports.exports.contexts import FormContext
    from reports.exports.registry import offer
    from reports.facts.assessment import assessed_units
    from scoring.standard import get_standard

    store = open_store()
    planned = _round(store, options)
    units = assessed_units(store, planned)
    if options.district:
        units = units[units["district_code"] == options.district]
        if units.empty:
            return _refuse(f"Không có huyện mã {options.district} trong danh mục {planned.vintage}.")
    form = FormContext(get_standard(planned.standard_id), units, planned.year, date.today(), options.district)
    Path(options.output).write_bytes(offer("form", form).build())
    print(f"Đã ghi biểu mẫu {len(units)} đơn vị vào {options.output}")
    return 0


def import_files(options: argparse.Namespace) -> int:
    """Read spreadsheets and zips of them, each all or nothing; exit code 0 when all were accepted, else 1."""
    from data.intake.choices import load_mapping, save_mapping
    from data.intake.door import Intake, confirm_suggestions, find_overlaps
    from data.intake.reading.archive import list_files
    from data.intake.workbook import open_workbook
    from data.store import open_store
    from data.store.changes import count_changes
    from data.store.choices import Choices
    from reports.facts.assessment import assessed_units

    missing = [path for path in options.files if not Path(path).is_file()]
    if missing:
        return _refuse(f"Không tìm thấy tệp {missing[0]}.")
    store = open_store()
    planned = _round(store, options)
    chosen = Choices()
    results: list[tuple[str, Ingest]] = []
    changes: list[dict[Change, int] | None] = []
    for path in map(Path, options.files):
        files, refusals = list_files(path.name, path.read_bytes())
        results += [(path.name, _refused(finding)) for finding in refusals]
        changes += [None for _ in refusals]
        for name, content in files:
            intake = Intake(store, planned, assessed_units(store, planned))
            if options.mapping:
                chosen = load_mapping(Path(options.mapping), intake.standard)
            workbook = open_workbook(content, name)
            ingest = intake.check(workbook, content, chosen, accept_suggestions=options.accept_suggestions)
            results.append((name, ingest))
            changes.append(count_changes(intake.compare(ingest)) if ingest.accepted else None)
            if options.save_mapping:
                save_mapping(Path(options.save_mapping), confirm_suggestions(ingest, chosen))
            if ingest.accepted and not options.dry_run:
                intake.accept(ingest, name, content, options.submitted_by, chosen)
    units = assessed_units(store, planned)
    results = [
        (name, replace(ingest, findings=(*ingest.findings, *overlaps)))
        for (name, ingest), overlaps in zip(results, find_overlaps(results, units), strict=True)
    ]
    if options.json:
        print(json.dumps(_as_json(results, changes), ensure_ascii=False))
    else:
        _print_findings(results, changes, options.dry_run)
    return 0 if all(ingest.accepted for _, ingest in results) else 1


def _refused(finding: "Finding") -> "Ingest":
    from data.intake.ingest import refuse

    return refuse(finding)


def _print_findings(
    results: "list[tuple[str, Ingest]]", changes: "list[dict[Change, int] | None]", dry_run: bool
) -> None:
    for (name, ingest), changed in zip(results, changes, strict=True):
        for one in ingest.findings:
            place = " ".join(str(part) for part in (one.sheet, one.cell, one.unit) if part)
            print(f"[{one.severity}] {place}: {one.message} {one.mend}")
        outcome = "Chưa nhận, chưa lưu gì" if not ingest.accepted else "Kiểm tra đạt" if dry_run else "Đã nhận"
        print(f"{name}: {outcome}: {ingest.rows} dòng, {ingest.units} đơn vị, {len(ingest.errors)} lỗi.")
        if changed:
            print(
                f"  giá trị: thêm {changed['added']}, đổi {changed['changed']}, mất {changed['gone']}, "
                f"giữ nguyên {changed['unchanged']}"
            )


def scores(options: argparse.Namespace) -> int:
    """One row a unit: identity, class, status, total, criteria, indicators."""
    from data.store import open_store
    from reports.facts.assessment import load_assessment, scores_table

    store = open_store()
    assessment = load_assessment(store, _scored_round(store, options), options.standard)
    table = scores_table(assessment)
    if options.format == "csv":
        print(table.to_csv(index=False, lineterminator="\n"), end="")
    else:
        print(table.to_json(orient="records", force_ascii=False))
    if assessment.provisional:
        print("Điểm tạm tính: có mức điểm chưa đối chiếu với văn bản.", file=sys.stderr)
    if assessment.demo:
        print(f"Số liệu minh họa: {len(assessment.demo_units)} đơn vị.", file=sys.stderr)
    return 0


def explain(options: argparse.Namespace) -> int:
    """The trace of every point of one unit."""
    from data.store import open_store
    from reports.facts.assessment import explain_unit, load_assessment

    store = open_store()
    assessment = load_assessment(store, store.rounds.choose(options.year, _area(options), options.standard))
    if options.unit not in assessment.units.index:
        return _refuse(f"Không có đơn vị mã {options.unit} trong kỳ {options.year}. Mã gồm 5 chữ số, ví dụ 05971.")
    print(explain_unit(store, assessment, options.unit).text())
    return 0


def install_shapes(options: argparse.Namespace) -> int:
    """Replace the schematic layer of the provinces in a file by their official boundaries."""
    from shapes.boundaries.install import install

    report = install(Path(options.path), options.vintage, options.crs, options.accept_suggestions)
    print(f"Đã cài. {report.text()}")
    return 0


def undo_shapes(options: argparse.Namespace) -> int:
    """Take back the last installation of boundaries."""
    from shapes.boundaries.installed import undo

    print(undo(options.vintage))
    return 0


def bench(options: argparse.Namespace) -> int:
    """Print the benchmarks as ratios measured in this run; exit code 1 when one of them failed at its work."""
    failed = False
    for name in [options.name] if options.name else BENCHMARKS:
        print(f"== {name}", flush=True)
        failed |= bool(importlib.import_module(f"bench.{name}").run())
    return int(failed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py",
        description="Đánh giá xã, phường, thị trấn phù hợp với trẻ em",
        epilog="Cũng có: test (phép thử); wheels THƯ_MỤC và --offline THƯ_MỤC (máy không có mạng), xem README.md.",
    )
    commands = parser.add_subparsers(required=True, metavar="LỆNH")

    def add(name: str, run: object, description: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=description, description=description)
        command.set_defaults(run=run)
        return command

    opening = add("start", start, "mở ứng dụng")
    opening.add_argument("--port", type=int, default=8501, help="cổng, mặc định 8501")
    opening.add_argument("--address", default="localhost", help="địa chỉ nghe, mặc định chỉ máy này")
    opening.add_argument("--headless", action="store_true", help="không tự mở trình duyệt")

    blank = add("template", template, "ghi biểu mẫu thu thập số liệu")
    _add_round(blank)
    _add_vintage(blank)
    blank.add_argument("--district", help="mã huyện, ví dụ 178")
    blank.add_argument("-o", "--output", required=True, help="tệp .xlsx sẽ ghi")

    incoming = add("import", import_files, "nhận tệp số liệu: mỗi tệp tất cả hoặc không gì cả")
    incoming.add_argument("files", nargs="+", metavar="TỆP", help="bảng tính (.xlsx, .xls, .ods, .csv) hoặc gói .zip")
    _add_round(incoming)
    _add_vintage(incoming)
    incoming.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không lưu")
    incoming.add_argument("--accept-suggestions", action="store_true", help="nhận mọi gợi ý về cột và đơn vị")
    incoming.add_argument("--mapping", metavar="M.yaml", help="đối chiếu cột và đơn vị đã xác nhận")
    incoming.add_argument("--save-mapping", metavar="M.yaml", help="ghi lại cách đối chiếu để sửa và dùng lại")
    incoming.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    incoming.add_argument("--submitted-by", default=os.environ.get("USER", "dòng lệnh"), help="người nộp")

    table = add("scores", scores, "in điểm từng đơn vị")
    _add_round(table, standard="bộ tiêu chí của kỳ, hoặc bộ tiêu chí khác để chấm theo")
    table.add_argument("--format", choices=("csv", "json"), default="csv", help="định dạng in")

    trace = add("explain", explain, "giải trình từng điểm của một đơn vị")
    _add_round(trace)
    trace.add_argument("--unit", required=True, help="mã đơn vị 5 chữ số")

    boundaries = commands.add_parser("shapes", help="địa giới trên bản đồ").add_subparsers(
        required=True, metavar="VIỆC"
    )
    installing = boundaries.add_parser(
        "install", help="cài địa giới chính thức từ GeoJSON, Shapefile (zip), GeoPackage"
    )
    installing.add_argument("path", help="tệp địa giới")
    installing.add_argument("--crs", metavar="EPSG:…", help="hệ tọa độ của tệp không ghi hệ, ví dụ EPSG:9215")
    installing.add_argument("--accept-suggestions", action="store_true", help="nhận mọi gợi ý về đơn vị của hình")
    installing.set_defaults(run=install_shapes)
    undoing = boundaries.add_parser("undo", help="bỏ lần cài địa giới gần nhất")
    undoing.set_defaults(run=undo_shapes)
    for command in (installing, undoing):
        command.add_argument("--vintage", default="2020", help="danh mục đơn vị: 2020, 2025-01 hoặc 2025-07")

    measuring = add("bench", bench, "đo tốc độ, in tỷ số")
    measuring.add_argument("name", nargs="?", choices=BENCHMARKS, help="chỉ một phép đo")
    return parser


def _add_round(command: argparse.ArgumentParser, standard: str = "bộ tiêu chí của kỳ") -> None:
    command.add_argument("--year", type=int, required=True, help="năm của số liệu")
    command.add_argument("--province", help=f"mã tỉnh, cần khi một năm có nhiều kỳ; “{WHOLE_NATION}” là cả nước")
    command.add_argument("--standard", help=standard)


def _add_vintage(command: argparse.ArgumentParser) -> None:
    command.add_argument("--vintage", help="danh mục đơn vị: 2020, 2025-01 hoặc 2025-07")


def _round(store: "Store", options: argparse.Namespace) -> "Round":
    """The round that the options speak of: as it is open, else as it would be opened."""
    return store.rounds.choose_or_plan(options.year, _area(options), options.standard, options.vintage)


def _scored_round(store: "Store", options: argparse.Namespace) -> "Round":
    """The open round that the options speak of; by the standard where that tells rounds apart."""
    area = _area(options)
    of_standard = [
        round
        for round in store.rounds.list()
        if round.year == options.year and area in (None, round.area) and round.standard_id == options.standard
    ]
    return store.rounds.choose(options.year, area, options.standard if of_standard else None)


def _area(options: argparse.Namespace) -> str | None:
    from data.settings import NATION

    return NATION if options.province == WHOLE_NATION else options.province


def _as_json(results: "list[tuple[str, Ingest]]", changes: "list[dict[Change, int] | None]") -> dict[str, Any]:
    """The contract's answer for one file; of several files the sums, with each file's own answer under `files`."""

    def listed(findings: "list[Finding]") -> list[dict[str, Any]]:
        names = ("sheet", "cell", "unit", "input", "code", "message", "mend")
        return [{name: getattr(one, name) for name in names} for one in findings]

    answers: list[dict[str, Any]] = [
        {
            "file": name,
            "rows": ingest.rows,
            "units": ingest.units,
            "accepted": ingest.units if ingest.accepted else 0,
            "errors": listed(ingest.errors),
            "warnings": listed(ingest.warnings),
            "notes": listed(ingest.notes),
            "changes": changed,
        }
        for (name, ingest), changed in zip(results, changes, strict=True)
    ]
    if len(answers) == 1:
        return answers[0]
    whole: dict[str, Any] = {key: sum(one[key] for one in answers) for key in ("rows", "units", "accepted")}
    whole |= {key: [found for one in answers for found in one[key]] for key in ("errors", "warnings", "notes")}
    return whole | {"files": answers}


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
