"""Options that several commands share, and the round that they speak of."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from scoring.refusal import Refusal

if TYPE_CHECKING:
    from data.store import Round, Store

Commands = argparse._SubParsersAction  # argparse has no public name for what `add_subparsers` makes
WHOLE_NATION = "all"


class CommandError(Refusal):
    """A command asks for what is not there; the message is one Vietnamese sentence."""


def add_command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int], description: str
) -> argparse.ArgumentParser:
    """Add a command that `run` answers with an exit code; the caller adds the options of its own."""
    command: argparse.ArgumentParser = commands.add_parser(name, help=description, description=description)
    command.set_defaults(run=run)
    return command


def add_round_options(command: argparse.ArgumentParser, standard: str = "bộ tiêu chí của kỳ") -> None:
    """Add the options that tell a round: year, province and standard; `standard` is the help of the last."""
    command.add_argument("--year", type=int, required=True, help="năm của số liệu")
    command.add_argument("--province", help=f"mã tỉnh, cần khi một năm có nhiều kỳ; “{WHOLE_NATION}” là cả nước")
    command.add_argument("--standard", help=standard)


def add_vintage_option(command: argparse.ArgumentParser, default: str | None = None) -> None:
    """Add the option that names a list of units."""
    command.add_argument("--vintage", default=default, help="danh mục đơn vị: 2020, 2025-01 hoặc 2025-07")


def read_area(options: argparse.Namespace) -> str | None:
    """The area that the options name: the code of a province, the nation, or None where they name none."""
    from data.settings import NATION

    return NATION if options.province == WHOLE_NATION else options.province


def choose_round(store: "Store", options: argparse.Namespace) -> "Round":
    """The round that the options speak of: as it is open, else as it would be opened.

    Raises
    ------
    StoreError
        When several rounds fit, or none can be opened so.
    """
    return store.rounds.choose_or_plan(options.year, read_area(options), options.standard, options.vintage)


def choose_open_round(store: "Store", options: argparse.Namespace) -> "Round":
    """The open round that the options speak of; by the standard where that tells rounds apart.

    Raises
    ------
    StoreError
        When several open rounds fit, or none.
    """
    area = read_area(options)
    of_standard = [
        round
        for round in store.rounds.list()
        if round.year == options.year and area in (None, round.area) and round.standard_id == options.standard
    ]
    return store.rounds.choose(options.year, area, options.standard if of_standard else None)
