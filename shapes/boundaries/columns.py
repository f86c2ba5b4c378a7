"""Which columns of a boundary file say the unit's code, name, district, province, type."""

import re
from dataclasses import dataclass

import pandas as pd

from data.text.names import fold, normalise_name
from data.units.matching import UnitNames

CODE_COLUMNS = (
    "code", "ma", "maxa", "madvhc", "mahc", "maphuongxa", "maxaphuong", "mapx", "maxp", "madonvi", "madv", "unitcode",
    "wardcode", "communecode", "xacode", "wardid", "communeid", "idxa", "xaid", "maxaphuon", "maphuongx", "madvhcxa",
    "macapxa", "gsocode", "adm3pcode", "adm3code", "masodvhc", "maso",
)  # fmt: skip
NAME_COLUMNS = (
    "name", "ten", "tenxa", "tendvhc", "tenhc", "tenphuongxa", "tenxaphuong", "tenpx", "tenxp", "tendonvi", "tendv",
    "xa", "phuongxa", "xaphuong", "unitname", "wardname", "communename", "ward", "commune", "name3", "adm3vi", "adm3en",
    "tenxaphuon", "tenphuongx", "communenam", "tencapxa", "donvi", "dvhc", "tendaydu", "fullname",
)  # fmt: skip
DISTRICT_COLUMNS = (
    "district", "districtname", "districtna", "huyen", "tenhuyen", "quanhuyen", "tenquanhuyen", "tenqh", "tenquanhuy",
    "name2", "adm2vi", "adm2en", "districtcode", "districtco", "districtc", "mahuyen", "maqh", "maquanhuyen",
)  # fmt: skip
PROVINCE_COLUMNS = (
    "province", "provincename", "provincena", "tinh", "tentinh", "tinhthanh", "tentinhthanh", "tinhthanhpho", "name1",
    "adm1vi", "adm1en", "provincecode", "provinceco", "provincec", "matinh",
)  # fmt: skip
TYPE_COLUMNS = ("type", "unittype", "loai", "loaidvhc", "cap", "kieu", "type3", "engtype3")
_TYPES = {
    "xa": "Xã", "xã": "Xã", "commune": "Xã", "phuong": "Phường", "phường": "Phường", "ward": "Phường",
    "thi tran": "Thị trấn", "thị trấn": "Thị trấn", "township": "Thị trấn", "townlet": "Thị trấn",
    "dac khu": "Đặc khu", "đặc khu": "Đặc khu",
}  # fmt: skip
_MOSTLY = 0.5


@dataclass(frozen=True)
class Feature:
    """What a file says of one shape; `label` shows it to the officer."""

    code: str
    name: str
    district: str
    province: str

    @property
    def label(self) -> str:
        """“Xã Hòa Bình, Huyện Bình Gia”; the code, or nothing, where there is no name."""
        return ", ".join(part for part in (self.name, self.district, self.province) if part) if self.name else self.code


def find_columns(columns: pd.DataFrame, names: UnitNames) -> dict[str, str]:
    """Which column is read as what; a column of names that has another heading is known by its values."""
    keys = {re.sub(r"[^a-z0-9]", "", fold(str(name)).casefold()): str(name) for name in reversed(columns.columns)}
    column_of: dict[str, str] = {}
    for kind, headings in (
        ("code", CODE_COLUMNS),
        ("district", DISTRICT_COLUMNS),
        ("province", PROVINCE_COLUMNS),
        ("type", TYPE_COLUMNS),
    ):
        named = next((keys[heading] for heading in headings if heading in keys), None)
        if named is not None and columns[named].notna().any():
            column_of[kind] = named
    others = [str(name) for name in columns.columns if str(name) not in column_of.values()]
    shares = {name: _share_of_names(names, columns[name].dropna()) for name in others}
    headed = [keys[heading] for heading in NAME_COLUMNS if keys.get(heading) in shares]
    best = max(headed or others, key=lambda name: shares[name], default=None)
    if best is not None and (headed or shares[best] >= _MOSTLY):
        column_of["name"] = best
    return column_of


def read_features(columns: pd.DataFrame, column_of: dict[str, str]) -> list[Feature]:
    """What the columns of `find_columns` say of each shape."""

    def texts(kind: str) -> list[str]:
        return (
            columns[column_of[kind]].fillna("").astype(str).str.strip().tolist()
            if kind in column_of
            else [""] * len(columns)
        )

    return [
        Feature(code, _with_type(name, kind), district, province)
        for code, name, kind, district, province in zip(
            texts("code"), texts("name"), texts("type"), texts("district"), texts("province"), strict=True
        )
    ]


def _share_of_names(names: UnitNames, texts: pd.Series) -> float:
    return sum(names.match_exactly(text).how != "unknown" for text in texts) / max(1, len(texts))


def _with_type(name: str, kind: str) -> str:
    """“Đại Đồng” of the type “Xã” is “Xã Đại Đồng”."""
    word = _TYPES.get(normalise_name(kind))
    normal = normalise_name(name)
    typed = any(normal.startswith(f"{word} ") for word in ("xã", "phường", "thị trấn", "đặc khu", "tt", "p", "x"))
    return f"{word} {name}" if word and name and not typed else name
