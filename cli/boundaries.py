"""The commands that install official boundaries and take them back."""

import argparse
from pathlib import Path

from cli.options import Commands, add_command, add_vintage_option


def add_boundary_commands(commands: Commands) -> None:
    """Add `shapes install` and `shapes undo` to the commands."""
    shapes = commands.add_parser("shapes", help="địa giới trên bản đồ").add_subparsers(required=True, metavar="VIỆC")
    installing = add_command(
        shapes,
        "install",
        install_boundaries,
        "cài địa giới chính thức từ GeoJSON, Shapefile (zip), GeoPackage",
    )
    installing.add_argument("path", help="tệp địa giới")
    installing.add_argument("--crs", metavar="EPSG:…", help="hệ tọa độ của tệp không ghi hệ, ví dụ EPSG:9215")
    installing.add_argument("--accept-suggestions", action="store_true", help="nhận mọi gợi ý về đơn vị của hình")
    undoing = add_command(shapes, "undo", undo_installation, "bỏ lần cài địa giới gần nhất")
    for command in (installing, undoing):
        add_vintage_option(command, default="2020")


def install_boundaries(options: argparse.Namespace) -> int:
    """Replace the schematic layer of the provinces in a file by their official boundaries."""
    from shapes.boundaries.install import install

    report = install(Path(options.path), options.vintage, options.crs, options.accept_suggestions)
    print(f"Đã cài. {report.text()}")
    return 0


def undo_installation(options: argparse.Namespace) -> int:
    """Take back the last installation of boundaries."""
    from shapes.boundaries.installed import undo

    print(undo(options.vintage))
    return 0
