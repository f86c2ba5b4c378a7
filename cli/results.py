"""The commands that print the figures and what they lead to: points and their trace."""

import argparse
import sys
from typing import TYPE_CHECKING

from cli.options import CommandError, Commands, add_command, add_round_options, choose_open_round, read_area

if TYPE_CHECKING:
    import pandas as pd


def add_result_commands(commands: Commands) -> None:
    """Add `scores`, `observations` and `explain` to the commands."""
    table = add_command(commands, "scores", print_scores, "in điểm từng đơn vị")
    add_round_options(table, standard="bộ tiêu chí của kỳ, hoặc bộ tiêu chí khác để chấm theo")
    _add_format(table)

    stored = add_command(
        commands, "observations", print_observations, "in số liệu đã lưu, mỗi giá trị một dòng, kèm tệp, trang, ô"
    )
    add_round_options(stored)
    _add_format(stored)

    trace = add_command(commands, "explain", print_trace, "giải trình từng điểm của một đơn vị")
    add_round_options(trace)
    trace.add_argument("--unit", required=True, help="mã đơn vị 5 chữ số")


def print_scores(options: argparse.Namespace) -> int:
    """Print a row a unit: identity, class, status, total, criteria, indicators."""
    from data.store import open_store
    from reports.facts.assessment import load_assessment, scores_table

    store = open_store()
    assessment = load_assessment(store, choose_open_round(store, options), options.standard)
    table = scores_table(assessment)
    _print_table(table, options.format)
    if assessment.provisional:
        print("Điểm tạm tính: có mức điểm chưa đối chiếu với văn bản.", file=sys.stderr)
    if assessment.demo:
        print(f"Số liệu minh họa: {len(assessment.demo_units)} đơn vị.", file=sys.stderr)
    return 0


def print_observations(options: argparse.Namespace) -> int:
    """Print the stored values, a row each: unit, input, value, and its file, sheet, cell and submission."""
    from data.store import open_store

    store = open_store()
    values = store.observations.load_cells(store.rounds.choose(options.year, read_area(options), options.standard))
    _print_table(values, options.format)
    return 0


def print_trace(options: argparse.Namespace) -> int:
    """Print the trace of every point of one unit.

    Raises
    ------
    CommandError
        For a unit that the round does not have.
    """
    from data.store import open_store
    from reports.facts.assessment import explain_unit, load_assessment

    store = open_store()
    assessment = load_assessment(store, store.rounds.choose(options.year, read_area(options), options.standard))
    if options.unit not in assessment.units.index:
        raise CommandError(f"Không có đơn vị mã {options.unit} trong kỳ {options.year}. Mã gồm 5 chữ số, ví dụ 05971.")
    print(explain_unit(store, assessment, options.unit).text())
    return 0


def _add_format(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=("csv", "json"), default="csv", help="định dạng in")


def _print_table(table: "pd.DataFrame", form: str) -> None:
    if form == "csv":
        print(table.to_csv(index=False, lineterminator="\n"), end="")
    else:
        print(table.to_json(orient="records", force_ascii=False))
