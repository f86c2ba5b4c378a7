"""Which input a column holds: by id, by label in one normal form; what is only close is a proposal to confirm."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from data.intake.table.header_texts import Header
from data.intake.table.likeness import rate_inputs
from data.intake.table.qualifiers import Qualified, read_qualifiers, strip_asides
from data.text.names import normalise_name
from scoring.standard import Standard

SKIP, CODE, NAME, DISTRICT = "-", "code", "name", "district"
ROLES = {CODE: "Mã đơn vị", NAME: "Tên đơn vị", DISTRICT: "Huyện, thành phố", SKIP: "Không dùng cột này"}

_UNIT_HEADERS = {
    CODE: ("mã đơn vị", "mã xã", "mã", "mã số", "mã đvhc", "mã đơn vị hành chính", "mã xã phường",
           "mã xã phường thị trấn"),
    NAME: (
        "tên đơn vị", "đơn vị", "xã phường thị trấn", "xã phường", "tên xã", "tên xã phường", "xã thị trấn", "xã",
        "tên xã phường thị trấn", "địa phương", "địa bàn", "đơn vị hành chính", "tên đơn vị hành chính",
        "tên địa phương", "phường xã", "xã phường tt", "đơn vị xã phường thị trấn",
    ),
    DISTRICT: (
        "huyện thành phố", "huyện", "tên huyện", "quận huyện", "huyện thị xã thành phố", "huyện tp", "thành phố huyện",
        "địa bàn huyện cũ", "huyện quận", "quận huyện thị xã", "thuộc huyện",
    ),
}  # fmt: skip
_LIST_HEADERS = frozenset(("stt", "tt", "số tt", "số thứ tự"))
_SIDE_HEADERS = _LIST_HEADERS | {
    "ghi chú", "chú thích", "nguồn", "người báo cáo", "đơn vị tính", "đvt", "ký tên", "nhóm", "đánh giá", "xếp loại",
}  # fmt: skip
_UNIT_ROLES = {header: role for role, headers in _UNIT_HEADERS.items() for header in headers}
_RATIO = re.compile(r"\b(?:tỷ lệ|tỉ lệ|tỷ suất|tỉ suất|phần trăm)\b")

_COLUMN_NUMBER = re.compile(r"^\s*\(?\d{1,2}\)?\s*$")
_LIST_NUMBER = re.compile(r"^\s*\(?\d{1,2}(?:\.\d{1,2})*\s*[.)]\s*(?=\D)")
_LEAST_CONFIDENCE = 45
_OVER_SEVERAL = 99  # percent, of the name of an input over several columns
_LEAST_ACCEPTED = 60  # percent; a proposal below it is asked even of an officer who accepts suggestions

How = Literal["exact", "chosen", "close", "unit", "side", "ratio", "other_year", "part", "opposite", "unknown"]


@dataclass(frozen=True)
class ColumnMatch:
    """What a column holds: `target` is an input id or a role; `confidence` in percent (100: exact or chosen).

    `how`: `exact` (id or label), `chosen` (by the officer), `close` (a proposal), `unit` (code, name or district),
    `side` (STT, notes), `ratio` (computed percentages), `other_year`, `part` (boys of all children, planned of planned
    and done), `opposite` (Không beside the column Có of `target`), `unknown`.
    `clear`: of a proposal, whether it may be accepted unseen: 60 % sure at least, the column reads as no other
    input as well, and no other column as this input.
    """

    header: Header
    how: How
    target: str = SKIP
    confidence: int = 100
    others: tuple[tuple[str, int], ...] = field(default=())
    clear: bool = False


def match_columns(
    headers: Iterable[Header], standard: Standard, chosen: Mapping[str, str], year: int | None = None
) -> list[ColumnMatch]:
    """Match the headers of a table: what was chosen, then what is exact, then proposals, one column an input.

    Parameters
    ----------
    chosen : mapping
        Target by header key (`Header.key`), as the officer confirmed it.
    year : int, optional
        The year of the round; a column of another year is of no input.
    """
    headers = list(headers)
    qualified = read_qualifiers(headers, year, lambda text: is_input_text(_LIST_NUMBER.sub("", text), standard))
    sure = {
        header.column: found
        for header in headers
        if (found := _match_surely(header, qualified[header.column], standard, chosen))
    }
    taken = {one.target for one in sure.values()}
    open_headers = [header for header in headers if header.column not in sure]
    readings = {header.column: dict(_propose(qualified[header.column].header, standard)) for header in open_headers}
    proposals = {
        column: [(target, rate) for target, rate in rates.items() if target not in taken]
        for column, rates in readings.items()
    }
    ranked = sorted(
        ((confidence, -column, target) for column, found in proposals.items() for target, confidence in found),
        reverse=True,
    )
    best: dict[int, tuple[str, int]] = {}
    for confidence, negative, target in ranked:
        if -negative not in best and target not in taken:
            best[-negative] = (target, confidence)
            taken.add(target)
    matches = []
    for header in headers:
        if header.column in sure:
            matches.append(sure[header.column])
        elif header.column in best:
            target, confidence = best[header.column]
            others = tuple(one for one in proposals[header.column] if one[0] != target)[:4]
            clear = _is_clear(header.column, target, readings)
            matches.append(ColumnMatch(header, "close", target, confidence, others, clear))
        else:
            matches.append(ColumnMatch(header, "ratio" if _is_ratio(header) else "unknown", SKIP, 0))
    return matches


def match_role(header: Header) -> str | None:
    """What a column says of the units, by its own texts: a role; `SKIP` for the numbers of a list; None for neither."""
    own = [normalise_name(text) for text, span in header.texts if span == 1]
    return next((_UNIT_ROLES.get(text, SKIP) for text in own if text in _UNIT_ROLES or text in _LIST_HEADERS), None)


def is_input_text(text: str, standard: Standard) -> bool:
    """Whether a text is the id, the label or an alias of an input, or its id and label together."""
    return normalise_name(text) in _exact_texts(standard)


def is_header_text(text: str, standard: Standard) -> bool:
    """Whether a text names an input, with its number in a list, its unit of measure or a year at most."""
    bare = _LIST_NUMBER.sub("", text)
    if is_input_text(bare, standard):
        return True
    if "(" not in bare and "20" not in bare:
        return False
    return is_input_text(strip_asides(bare, lambda one: is_input_text(one, standard)), standard)


def _match_surely(
    header: Header, qualified: Qualified, standard: Standard, chosen: Mapping[str, str]
) -> ColumnMatch | None:
    if header.key in chosen:
        return ColumnMatch(header, "chosen", chosen[header.key])
    if qualified.aside == "other_year":
        return ColumnMatch(header, "other_year", SKIP, 0)
    bare = qualified.header
    if _is_ratio(bare):
        return None
    exact = _exact_texts(standard)
    own = [text for text, span in bare.texts if span == 1]
    for text in _full_readings(bare, qualified.group):
        if text in exact and (not qualified.answer or standard.inputs[exact[text]].kind == "answer"):
            return ColumnMatch(header, "opposite" if qualified.aside == "opposite" else "exact", exact[text])
    if qualified.aside == "part":
        return ColumnMatch(header, "part", SKIP, 0)
    by_id = next((text.strip() for text in own if text.strip().lower() in standard.inputs), None)
    if by_id is not None:
        return ColumnMatch(header, "exact", by_id.lower())
    for text in map(normalise_name, reversed(own)):
        if text in _UNIT_ROLES:
            return ColumnMatch(header, "unit", _UNIT_ROLES[text])
        if text in _SIDE_HEADERS:
            return ColumnMatch(header, "side")
    return None


def _full_readings(header: Header, group: bool) -> list[str]:
    """What a column can be called: its lowest text, alone or after the texts above; each part must say something.

    A text above others names a group: “Tổng số trẻ em” over “Nam” is not the number of children. But it is over
    “Tổng số”: then `group` is true, and the lowest text says nothing more.
    """
    told = [one for one in header.texts if not _COLUMN_NUMBER.match(one[0])]
    if group and len(told) > 1 and told[-1][1] == 1:
        told = told[:-1]
    texts = [_LIST_NUMBER.sub("", text) for text, _ in told]
    if not texts or not (group or told[-1][1] == 1) or not all(normalise_name(text) for text in texts):
        return []
    return [normalise_name(" ".join(texts[start:])) for start in (len(texts) - 1, max(0, len(texts) - 2), 0)]


@cache
def _exact_texts(standard: Standard) -> dict[str, str]:
    exact: dict[str, str] = {}
    for one in standard.inputs.values():
        name, label = normalise_name(one.id), normalise_name(one.label)
        exact |= dict.fromkeys((name, label, f"{name} {label}", f"{label} {name}"), one.id)
        exact |= dict.fromkeys(map(normalise_name, one.aliases), one.id)
    return exact


def _is_ratio(header: Header) -> bool:
    own = [text for text, span in header.texts if span == 1]
    return any("%" in text for text in own) or any(_RATIO.search(normalise_name(text)) for text in own[-1:])


def _is_clear(column: int, target: str, readings: Mapping[int, Mapping[str, int]]) -> bool:
    """Whether nothing speaks as loudly against a proposal as the header for it."""
    confidence = readings[column][target]
    rivals = [rate for other, rate in readings[column].items() if other != target]
    rivals += [rates.get(target, 0) for other, rates in readings.items() if other != column]
    return confidence >= _LEAST_ACCEPTED and all(rate < confidence for rate in rivals)


def _propose(header: Header, standard: Standard) -> list[tuple[str, int]]:
    """Inputs near to a header, best first, with confidence in percent."""
    if _is_ratio(header):
        return []
    lowest = normalise_name(header.texts[-1][0]) if header.texts else ""
    if lowest in _exact_texts(standard) and header.texts[-1][1] > 1:
        return [(_exact_texts(standard)[lowest], _OVER_SEVERAL)]  # one of the columns below it, and of no other input
    rates: dict[str, int] = {}
    texts = [(_LIST_NUMBER.sub("", text), span) for text, span in header.texts]
    readings = {" ".join(text for text, _ in texts), *(text for text, span in texts if span == 1)}
    for text in readings:
        for target, rate in rate_inputs(text, standard):
            rates[target] = max(rates.get(target, 0), rate)
    found = [(target, rate) for target, rate in rates.items() if rate >= _LEAST_CONFIDENCE]
    return sorted(found, key=lambda one: -one[1])
