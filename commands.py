"""The commands of `run.py`, under the Python of `.venv`: each subject in `cli` adds its own."""

import argparse
import sys

from cli.boundaries import add_boundary_commands
from cli.collecting import add_collecting_commands
from cli.measuring import add_measuring_command
from cli.results import add_result_commands
from cli.starting import add_start_command
from data.faults import put_in_words

SUBJECTS = (
    add_start_command,
    add_collecting_commands,
    add_result_commands,
    add_boundary_commands,
    add_measuring_command,
)


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code; what goes wrong is one Vietnamese sentence on standard error."""
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help")):
        arguments = ["start", *arguments]
    options = _make_parser().parse_args(arguments)
    try:
        exit_code: int = options.run(options)
    except Exception as error:
        print(put_in_words(error), file=sys.stderr)
        return 1
    return exit_code


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py",
        description="Đánh giá xã, phường, thị trấn phù hợp với trẻ em",
        epilog="Cũng có: test (phép thử); wheels THƯ_MỤC và --offline THƯ_MỤC (máy không có mạng), xem README.md.",
    )
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    for add_commands in SUBJECTS:
        add_commands(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
