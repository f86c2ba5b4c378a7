"""Plans an installation of untrusted boundaries in a process of its own: `python -m shapes.boundaries.worker`.

A hostile file can make a geometry library hang, exhaust memory or abort, when it is read and when its shapes are
repaired, matched, overlaid and simplified; here that ends this process and nothing else. `shapes.boundaries.read` asks
it by a `data.processes` pool and shuts the ways out (`ENVIRONMENT`). Answer: a plan as `pack_plan` packs it. Refusals
are Vietnamese sentences, with the `likely` reference systems where that of the file is missing.
"""

import json
import warnings
from pathlib import Path

from data.processes.worker import RefusedError, serve
from shapes.boundaries.areas import read_areas
from shapes.boundaries.limits import MEMORY
from shapes.boundaries.packing import pack_plan
from shapes.boundaries.planning import make_plan
from shapes.boundaries.reference_systems import MissingSystemError
from shapes.errors import ShapesError


def main() -> None:
    """Answer what `data.processes` asks: a request of `make_request`."""
    serve(answer, MEMORY, of_data=True)


def answer(request: bytes) -> dict[str, object]:
    """The packed plan of an installation."""
    asked = json.loads(request)
    decisions = dict(asked["decisions"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            source = read_areas(Path(asked["source"]), asked["name"])
            plan = make_plan(source, asked["vintage"], asked["crs"], decisions, asked["accept_suggestions"])
        except MissingSystemError as error:
            raise RefusedError(str(error), likely=list(error.likely)) from error
        except ShapesError as error:
            raise RefusedError(str(error)) from error
    return pack_plan(plan)


if __name__ == "__main__":
    main()
