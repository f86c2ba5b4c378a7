"""Where layers lie: the built-in ones in the project, the installed ones with the other state."""

from pathlib import Path

from data.paths import app_home

_FOLDER = Path(__file__).parent


def schematic_path(vintage: str) -> Path:
    """The built-in schematic layer of a vintage."""
    return _FOLDER / "schematic" / f"{vintage}.parquet"


def hexagons_path(vintage: str) -> Path:
    """The built-in hexagon layout of a vintage."""
    return _FOLDER / "hexagons" / f"{vintage}.csv"


def installed_path(vintage: str) -> Path:
    """The installed official boundaries of a vintage, where there are any."""
    return app_home() / "shapes" / f"{vintage}.parquet"
