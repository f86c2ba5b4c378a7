"""From the areas of a file to a plan: matched, checked, simplified once. Runs in the process of the worker."""

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from data.units.lists import list_vintages, load_units
from shapes.boundaries.areas import BoundaryFile
from shapes.boundaries.coverage import (
    MOST_DRAWN_VERTICES,
    count_vertices,
    find_gaps,
    find_overlaps,
    fit_together,
    repair_shapes,
    round_places,
    simplify_shapes,
)
from shapes.boundaries.matching import Matching, count_known, find_provinces, match_units, settle
from shapes.boundaries.plan import InstallPlan
from shapes.boundaries.reference_systems import locate, metric_system
from shapes.boundaries.report import InstallReport, in_words
from shapes.errors import ShapesError
from shapes.layers.layers import orient

_FAR_METRES = 20_000.0  # of a shape from the centre point of its unit
_COARSE_DEGREES = 0.0005
_SHOWN = 5


def make_plan(
    source: BoundaryFile,
    vintage: str,
    crs: str | None,
    decisions: Mapping[int, str | None],
    accept_suggestions: bool = False,
) -> InstallPlan:
    """Match, check and simplify the shapes of a file; nothing is stored.

    Parameters
    ----------
    decisions : mapping
        The officer's answers by position of the shape: a unit code, or None to leave the shape out.

    Raises
    ------
    ShapesError
        When no shape is a unit, or the coordinates lie outside Vietnam. Open questions stand in the plan.
    """
    units = load_units(vintage)
    columns = pd.DataFrame(source.features.drop(columns="geometry"))
    located, notes = locate(
        source.features.geometry, source.name, crs, lambda: match_units(columns, units).codes, units
    )
    drawn, invalid = repair_shapes(located)
    has_area = drawn.notna() & ~drawn.is_empty
    found = match_units(columns, units, find_provinces(drawn[has_area].to_numpy(), units), drawn.to_numpy())
    known = {place: code for place, code in decisions.items() if code is None or code in units.index}
    matching = settle(found, known, accept_suggestions)
    _refuse_unmatched(matching, columns, source.name, vintage)
    places = [place for place in sorted(matching.codes) if has_area.iloc[place]]
    codes = pd.Index([matching.codes[place] for place in places], name="code", dtype=object)
    shapes = gpd.GeoSeries(drawn.iloc[places].to_numpy(), index=codes, crs=drawn.crs)
    notes = [*source.notes, *notes, *_describe_matching(matching, codes, vintage, columns)]
    repaired = tuple(dict.fromkeys(codes[invalid.iloc[places].to_numpy()]))
    shapes = _unite_parts(shapes)
    notes += _describe_places(shapes, units)
    frame, report = _build(source.name, vintage, shapes, units, matching, repaired, notes)
    asked = drawn.iloc[[one.feature for one in matching.questions]].simplify(_COARSE_DEGREES)
    asked.index = pd.Index([one.label for one in matching.questions], dtype=object)
    return InstallPlan(vintage, source.name, matching, frame, asked, report)


def _refuse_unmatched(matching: Matching, columns: pd.DataFrame, file_name: str, vintage: str) -> None:
    if matching.codes or matching.questions:
        return
    if not matching.columns.keys() & {"code", "name"}:
        listed = ", ".join(f"“{name}”" for name in list(columns.columns)[:20]) or "không có cột nào"
        raise ShapesError(
            f"Tệp “{file_name}”: không thấy cột mã hay tên đơn vị. Các cột có trong tệp: {listed}. "
            "Đổi tên cột mã thành “code”, hoặc cột tên thành “ten_xa”."
        )
    used = " và ".join(f"“{matching.columns[kind]}”" for kind in ("code", "name") if kind in matching.columns)
    raise ShapesError(
        f"Tệp “{file_name}”: không mã nào hay tên nào trong cột {used} thuộc danh mục {vintage}. "
        "Kiểm tra lại cột mã, cột tên và danh mục đơn vị."
    )


def _describe_matching(matching: Matching, codes: pd.Index, vintage: str, columns: pd.DataFrame) -> list[str]:
    notes = []
    if matching.restored:
        notes.append(f"Đã thêm số 0 ở đầu {in_words(matching.restored)} mã đơn vị.")
    repeated = codes[codes.duplicated()].unique()
    if len(repeated):
        notes.append(f"{in_words(len(repeated))} đơn vị có nhiều hình đã được gộp lại ({_some(list(repeated))}).")
    if matching.contradictions:
        notes.append(
            f"{in_words(len(matching.contradictions))} hình có mã của một đơn vị nhưng tên của đơn vị khác, đã theo mã "
            f"({_some(list(matching.contradictions))})."
        )
    missing = len(matching.unknown) + len(matching.questions)
    for other in list_vintages().index if missing else ():
        if other != vintage and len(columns) - count_known(columns, load_units(other)) < missing / 2:
            notes.append(f"Phần lớn các hình đó có trong danh mục {other}: có thể tệp thuộc danh mục {other}.")
            break
    return notes


def _describe_places(shapes: gpd.GeoSeries, units: pd.DataFrame) -> list[str]:
    """Units whose shape lies far from where the list of units has them: a wrong system or a wrong code."""
    known = units.loc[shapes.index].dropna(subset=["lat"])
    own = shapes.loc[known.index]
    if own.empty:
        return []
    metres = metric_system(own)
    centres = gpd.GeoSeries(gpd.points_from_xy(known["lon"], known["lat"]), index=known.index, crs=4326).to_crs(metres)
    far = own.index[own.to_crs(metres).distance(centres) > _FAR_METRES]
    if far.empty:
        return []
    names = [f"{units.at[code, 'name']} ({code})" for code in far]
    return [
        f"{in_words(len(far))} đơn vị có hình cách vị trí trong danh mục hơn 20 km, kiểm tra hệ tọa độ và mã "
        f"({_some(names)})."
    ]


def _unite_parts(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    if not shapes.index.has_duplicates:
        return shapes
    united = gpd.GeoDataFrame(geometry=shapes).dissolve(level=0, sort=False).geometry
    return united.rename_axis("code")


def _build(
    file_name: str,
    vintage: str,
    shapes: gpd.GeoSeries,
    units: pd.DataFrame,
    matching: Matching,
    repaired: tuple[str, ...],
    notes: list[str],
) -> tuple[gpd.GeoDataFrame, InstallReport]:
    provinces = units.loc[shapes.index, "province_code"]
    of_provinces = units[units["province_code"].isin(provinces.unique())]
    without_shape = of_provinces[~of_provinces.index.isin(shapes.index)]
    fitted, unfit = fit_together(shapes)
    if unfit:
        notes.append(
            f"Ranh giới của {in_words(unfit)} đơn vị không khít với đơn vị bên cạnh: bản vẽ đã được chỉnh cho khít, "
            "chỗ chồng vẽ cho đơn vị nhỏ hơn."
        )
    simple = []
    for code in sorted(provinces.unique()):
        part, kept_together = simplify_shapes(fitted[provinces == code])
        name = of_provinces["province"][of_provinces["province_code"] == code].iloc[0]
        if count_vertices(part) > MOST_DRAWN_VERTICES:
            raise ShapesError(
                f"Tệp “{file_name}”: {name} gồm quá nhiều mảnh rời, không giảm được xuống "
                f"{in_words(MOST_DRAWN_VERTICES)} đỉnh để vẽ. Gộp hoặc bỏ các mảnh nhỏ rồi thử lại."
            )
        simple.append(part)
        if not kept_together:
            notes.append(f"{name}: từng hình được giảm đỉnh riêng vì ranh giới không khít; có thể có khe nhỏ.")
    drawn = round_places(pd.concat(simple) if simple else fitted)
    how = {matching.codes[place]: found for place, found in matching.how.items()}
    frame = gpd.GeoDataFrame(units.loc[drawn.index, ["district_code", "province_code"]], geometry=drawn, crs=4326)
    frame["how"] = [how[code] for code in frame.index]
    frame = orient(frame).rename_axis("code")
    report = InstallReport(
        vintage=vintage,
        file_name=file_name,
        provinces=tuple(of_provinces["province"].unique()),
        matched=tuple(frame.index),
        by_code=matching.count("code"),
        by_name=matching.count("name"),
        confirmed=matching.count("confirmed"),
        without_shape=tuple(without_shape.index),
        unknown=tuple(one.label for one in matching.unknown),
        left_out=matching.left_out,
        overlaps=find_overlaps(shapes),
        gaps=find_gaps(shapes, without_shape),
        repaired=repaired,
        notes=tuple(notes),
        vertices=count_vertices(frame.geometry),
        vertices_before=count_vertices(shapes),
        names=of_provinces["name"].to_dict(),
    )
    return frame, report


def _some(texts: list[str]) -> str:
    return ", ".join(texts[:_SHOWN]) + (" …" if len(texts) > _SHOWN else "")
