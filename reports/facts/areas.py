"""The area that a page or a file is about: the nation, a province, a district; what it is called where."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from data.text.labels import UNIT_TYPE_WORDS
from data.text.names import slug
from data.units.lists import list_vintages
from reports.facts.assessment import Assessment

AreaKind = Literal["nation", "province", "district"]
UNKNOWN_DISTRICT = "Chưa rõ địa bàn"
_PROVINCE = "toàn tỉnh"


@dataclass(frozen=True)
class Area:
    """The nation, a province or a district of it.

    Attributes
    ----------
    code : str
        Of the province or the district; empty for the nation.
    name : str
        As a heading: “Tỉnh Lạng Sơn”, “Huyện Chi Lăng”, since July 2025 “Địa bàn huyện Bình Gia cũ”, “Cả nước”.
    stem : str
        As a part of a file's name: “toan-tinh”, “huyen-chi-lang”.
    province : str
        Of a district, the name of its province; empty for others.
    """

    kind: AreaKind
    code: str
    name: str
    stem: str
    province: str = ""

    @property
    def in_sentence(self) -> str:
        """Within a sentence: “tỉnh Lạng Sơn”, “huyện Chi Lăng”, “địa bàn huyện Bình Gia cũ”, “cả nước”."""
        return lower_first(self.name)

    @property
    def full_name(self) -> str:
        """With the province of a district: “Huyện Chi Lăng, Tỉnh Lạng Sơn”."""
        return f"{self.name}, {self.province}" if self.province else self.name

    @property
    def whole(self) -> str:
        """As the scope of a list or a file: “toàn tỉnh”, “cả nước”, “huyện Chi Lăng”."""
        return _PROVINCE if self.kind == "province" else self.in_sentence

    @property
    def on_it(self) -> str:
        """Where something is reported of: “trên địa bàn tỉnh Lạng Sơn”, “trên cả nước”."""
        if self.kind == "nation" or self.in_sentence.startswith("địa bàn "):
            return f"trên {self.in_sentence}"
        return f"trên địa bàn {self.in_sentence}"


def area_of_round(assessment: Assessment) -> Area:
    """The area that a round is about: a province, or the nation."""
    code, name = assessment.round.province_code, assessment.round.area_name
    if code is None:
        return Area("nation", "", name, slug(name))
    return Area("province", code, name, slug(_PROVINCE))


def area_of_district(assessment: Assessment, district_code: str) -> Area:
    """A district of a round, since July 2025 the area of a former one.

    Raises
    ------
    KeyError
        For a district that has no units.
    """
    units = assessment.units[assessment.units["district_code"] == district_code]
    if units.empty:
        raise KeyError(district_code)
    district = _first(units["district"]) or UNKNOWN_DISTRICT
    former = are_districts_former(assessment) and district != UNKNOWN_DISTRICT
    name = f"Địa bàn {lower_first(district)} cũ" if former else district
    return Area("district", district_code, name, slug(district), _first(units["province"]))


def area_of_units(assessment: Assessment) -> Area:
    """The district where all units of an assessment are of one, else the area of its round."""
    codes = assessment.units["district_code"].unique()
    return area_of_district(assessment, codes[0]) if len(codes) == 1 else area_of_round(assessment)


def are_districts_former(assessment: Assessment) -> bool:
    """Whether districts are only a grouping that users still ask for, as since July 2025."""
    return bool(list_vintages().loc[assessment.round.vintage, "districts"] == "former")


def name_kinds(assessment: Assessment) -> str:
    """“xã, phường, thị trấn”: the kinds of units that there are."""
    present = set(assessment.units["unit_type"])
    return ", ".join(word.lower() for kind, word in UNIT_TYPE_WORDS.items() if kind in present)


def upper_first(text: str) -> str:
    """A text as the start of a sentence; only its first letter changes."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """A text with a small first letter, as within a sentence."""
    return text[:1].lower() + text[1:]


def _first(names: pd.Series) -> str:
    """The first name on one line; empty without any."""
    return " ".join(str(names.iloc[0]).split()) if len(names) else ""
