"""The one catalogue of findings: what can be wrong with a workbook, in words that a commune officer understands.

The kinds stand in `kinds/`, a file a subject; the help page and the tests read them here.
"""

from collections.abc import Iterable

from data.intake.findings.kind import Kind
from data.intake.findings.kinds.cells import CELLS
from data.intake.findings.kinds.file import FILE
from data.intake.findings.kinds.plausible import PLAUSIBLE
from data.intake.findings.kinds.survey import SURVEY
from data.intake.findings.kinds.table import TABLE
from data.intake.findings.kinds.units import UNITS
from data.intake.findings.kinds.whole import WHOLE


def join_kinds(*subjects: Iterable[Kind]) -> dict[str, Kind]:
    """The kinds of all subjects by their code.

    Raises
    ------
    ValueError
        When a code stands twice.
    """
    joined: dict[str, Kind] = {}
    for kind in (kind for subject in subjects for kind in subject):
        if kind.code in joined:
            raise ValueError(f"the finding {kind.code} stands twice in the catalogue")
        joined[kind.code] = kind
    return joined


CATALOGUE = join_kinds(FILE, TABLE, UNITS, CELLS, WHOLE, PLAUSIBLE, SURVEY)
