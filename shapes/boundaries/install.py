"""Official boundaries in place of the schematic layer: planned in a process of its own, stored with undo."""

from pathlib import Path

from data.units.lists import load_units
from shapes.boundaries.installed import save_layer
from shapes.boundaries.plan import InstallPlan
from shapes.boundaries.read import plan_file
from shapes.boundaries.report import InstallReport, in_words, list_questions
from shapes.errors import ShapesError


def install(path: Path, vintage: str, crs: str | None = None, accept_suggestions: bool = False) -> InstallReport:
    """Install the boundaries of a file for the provinces whose units it holds; other provinces keep theirs.

    Parameters
    ----------
    path : Path
        GeoJSON, GeoPackage or a zipped Shapefile, in any reference system that it states.
    vintage : str
        Vintage of units to match with.
    crs : str, optional
        The reference system (`EPSG:9215`) of a file that states none or a wrong one.
    accept_suggestions : bool
        Take the proposal of every shape that is not certain; those without a proposal are left out.

    Raises
    ------
    ShapesError
        When the file can't be read, no shape is a unit, coordinates lie outside Vietnam, or shapes must be confirmed
        first. Nothing is changed then.
    """
    plan = plan_file(path, vintage, crs, accept_suggestions)
    if not plan.ready:
        units = load_units(vintage)
        raise ShapesError(
            "\n".join(
                [
                    f"Tệp “{plan.file_name}” còn {in_words(len(plan.matching.questions))} hình phải xác nhận, "
                    "chưa cài gì. Xác nhận trên trang Địa giới, hoặc thêm --accept-suggestions để nhận mọi gợi ý:",
                    *list_questions(plan.matching, units),
                ]
            )
        )
    save_plan(plan)
    return plan.report


def save_plan(plan: InstallPlan) -> None:
    """Put the boundaries of a plan in place; other provinces keep theirs.

    Raises
    ------
    ShapesError
        When questions are open, or nothing matched.
    """
    if not plan.ready or plan.frame.empty:
        raise ShapesError("Còn hình phải xác nhận, chưa cài gì.")
    save_layer(plan.frame, plan.vintage, plan.file_name)
