"""Who issues an official document: defaults for province, district and unit, all of them to be overruled."""

from dataclasses import dataclass
from datetime import date

from reports.facts.areas import lower_first
from reports.facts.assessment import Assessment

BLANK = "…………………"
_HEALTH_LEADS_FROM = date(2025, 3, 1)  # the labour departments end; children's affairs go to health
_NO_DISTRICTS_FROM = date(2025, 7, 1)
_PROVINCE_PREFIXES = ("Tỉnh ", "Thành phố ")
_UNIT_PREFIXES = ("Xã ", "Phường ", "Thị trấn ", "Đặc khu ")
_DISTRICT_PREFIXES = ("Huyện ", "Quận ", "Thị xã ", "Thành phố ")


@dataclass(frozen=True)
class Issuer:
    """The issuing body as Decree 30/2020/NĐ-CP writes it.

    Attributes
    ----------
    parent : str
        Body above it, in capitals; empty for people's committees, which stand alone.
    body : str
        The issuing body, in capitals.
    place : str
        Before the date.
    symbol : str
        After the number: “BC-SYT”.
    signer_titles : tuple of str
        Lines above the signature.
    recipients : tuple of str
        Lines of “Nơi nhận”.
    sentence_name : str
        The issuing body inside a sentence; as `body` when empty.
    """

    parent: str
    body: str
    place: str
    symbol: str
    signer_titles: tuple[str, ...]
    recipients: tuple[str, ...]
    sentence_name: str = ""


def default_province_issuer(assessment: Assessment, made_on: date) -> Issuer:
    """The department that leads on a date; dots for the nation."""
    if assessment.round.province_code is None:
        return Issuer("", BLANK, BLANK, "BC-……", ("THỦ TRƯỞNG CƠ QUAN",), ("Như trên;", "Lưu: VT."), BLANK)
    province = str(assessment.units["province"].iloc[0])
    department, symbol, ministry = _leading_department(made_on)
    return Issuer(
        parent=f"ỦY BAN NHÂN DÂN {province.upper()}",
        body=department.upper(),
        place=_without(province, _PROVINCE_PREFIXES),
        symbol=symbol,
        signer_titles=("GIÁM ĐỐC",),
        recipients=(f"{ministry};", f"UBND {lower_first(province)};", "Lãnh đạo Sở;", "Lưu: VT."),
        sentence_name=f"{department} {lower_first(province)}",
    )


def default_district_issuer(assessment: Assessment, district_code: str, made_on: date) -> Issuer:
    """The district's people's committee; since districts ended, the department of the province."""
    if made_on >= _NO_DISTRICTS_FROM:
        return default_province_issuer(assessment, made_on)
    units = assessment.units[assessment.units["district_code"] == district_code]
    district = str(units["district"].iloc[0])
    department = _leading_department(made_on)[0]
    place = _without(district, _DISTRICT_PREFIXES)
    return _committee(district, place, "BC-UBND", (f"{department};", "Lưu: VT."))


def default_unit_issuer(assessment: Assessment, code: str, made_on: date) -> Issuer:
    """The unit's people's committee, reporting to the district's, or since districts ended to the province's."""
    unit = assessment.units.loc[code]
    above = unit["province"] if made_on >= _NO_DISTRICTS_FROM else unit["district"]
    place = _without(str(unit["name"]), _UNIT_PREFIXES)
    return _committee(str(unit["name"]), place, "", (f"UBND {lower_first(str(above))};", "Lưu: VT."))


def default_council(assessment: Assessment, code: str, made_on: date) -> Issuer:
    """The unit's assessment council."""
    committee = default_unit_issuer(assessment, code, made_on)
    return Issuer(
        parent=committee.body,
        body="HỘI ĐỒNG ĐÁNH GIÁ",
        place=committee.place,
        symbol="BB-HĐĐG",
        signer_titles=("CHỦ TRÌ", "CHỦ TỊCH HỘI ĐỒNG"),
        recipients=("Thành viên Hội đồng;", *committee.recipients),
        sentence_name="Hội đồng đánh giá",
    )


def _leading_department(made_on: date) -> tuple[str, str, str]:
    """Department of a province, symbol of its reports, ministry."""
    if made_on >= _HEALTH_LEADS_FROM:
        return "Sở Y tế", "BC-SYT", "Bộ Y tế"
    return "Sở Lao động - Thương binh và Xã hội", "BC-SLĐTBXH", "Bộ Lao động - Thương binh và Xã hội"


def _committee(name: str, place: str, symbol: str, recipients: tuple[str, ...]) -> Issuer:
    return Issuer(
        parent="",
        body=f"ỦY BAN NHÂN DÂN {name.upper()}",
        place=place,
        symbol=symbol,
        signer_titles=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        recipients=recipients,
        sentence_name=f"Ủy ban nhân dân {lower_first(name)}",
    )


def _without(name: str, prefixes: tuple[str, ...]) -> str:
    return next((name.removeprefix(prefix) for prefix in prefixes if name.startswith(prefix)), name)
