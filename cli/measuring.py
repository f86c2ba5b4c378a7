"""The command that measures how fast the product is."""

import argparse
import importlib

from cli.options import Commands, add_command

BENCHMARKS = ("scoring", "ingest", "shapes", "pages", "exports", "load")
LONG = ("soak",)  # asked for by name only


def add_measuring_command(commands: Commands) -> None:
    """Add `bench` to the commands."""
    command = add_command(commands, "bench", run_benchmarks, "đo tốc độ, in tỷ số")
    command.add_argument("name", nargs="?", choices=(*BENCHMARKS, *LONG), help="chỉ một phép đo")


def run_benchmarks(options: argparse.Namespace) -> int:
    """Print the benchmarks as ratios measured in this run; exit code 1 when one of them failed at its work."""
    failed = False
    for benchmark in [options.name] if options.name else BENCHMARKS:
        print(f"== {benchmark}", flush=True)
        failed |= bool(importlib.import_module(f"bench.{benchmark}").run())
    return int(failed)
