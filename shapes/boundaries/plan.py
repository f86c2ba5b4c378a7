"""An installation of boundaries that is ready to be looked at, and stored."""

from dataclasses import dataclass

import geopandas as gpd

from shapes.boundaries.matching import Matching
from shapes.boundaries.report import InstallReport
from shapes.layers.layers import Layer


@dataclass(frozen=True)
class InstallPlan:
    """An installation ready to be looked at and stored.

    Attributes
    ----------
    vintage, file_name : str
    matching : Matching
        With the officer's answers; `matching.questions` are still open, and keep the plan from being stored.
    frame : GeoDataFrame
        Index `code`; columns `district_code`, `province_code`, `how` (see Matching), geometry: simplified, in degrees.
    asked : GeoSeries
        Index label; the shapes of the open questions, coarse, in degrees.
    report : InstallReport
    """

    vintage: str
    file_name: str
    matching: Matching
    frame: gpd.GeoDataFrame
    asked: gpd.GeoSeries
    report: InstallReport

    @property
    def ready(self) -> bool:
        """Whether no question is open."""
        return not self.matching.questions

    def preview(self, province_code: str) -> Layer:
        """The shapes of a province, ready to draw."""
        shown = self.frame[self.frame["province_code"] == province_code]
        lost = [code for code in self.report.without_shape if code not in shown.index]
        return Layer(
            shown[["district_code", "geometry"]],
            False,
            f"Xem trước địa giới trong tệp “{self.file_name}”, chưa lưu.",
            tuple(lost),
            {"type": "mercator"},
            shown.iloc[:0][["geometry"]].rename_axis("district_code"),
        )
