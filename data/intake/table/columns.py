"""Which input a column holds: by id, by label in one normal form; what is only close is a proposal to confirm."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz import fuzz

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
_SIDE_HEADERS = frozenset(
    (
        "stt",
        "tt",
        "số tt",
        "số thứ tự",
        "ghi chú",
        "chú thích",
        "nguồn",
        "người báo cáo",
        "đơn vị tính",
        "đvt",
        "ký tên",
    )
)
_UNIT_ROLES = {header: role for role, headers in _UNIT_HEADERS.items() for header in headers}
_RATIO = re.compile(r"\b(?:tỷ lệ|tỉ lệ|tỷ suất|tỉ suất|phần trăm)\b")

# What officers of any standard write short or otherwise, in normal form; a standard adds its own.
_SHORT = {"te": "trẻ em", "trẻ": "trẻ em", "cháu": "trẻ em", "t": "tuổi", "th": "tháng", "tdp": "tổ dân phố"}
_FILLERS = frozenset(
    "số tổng các của và ở trong là cho có người về từ trên theo tại đã năm lượt cái hay hoặc".split()  # noqa: SIM905
)
_COLUMN_NUMBER = re.compile(r"^\s*\(?\d{1,2}\)?\s*$")
_LIST_NUMBER = re.compile(r"^\s*\(?\d{1,2}(?:\.\d{1,2})*\s*[.)]\s*(?=\D)")
_LEAST_CONFIDENCE = 45
_LEAST_ACCEPTED = 60  # percent; a proposal below it is asked even of an officer who accepts suggestions
_SAME_WORD = 80  # rapidfuzz ratio from which two words count as one misspelt

How = Literal["exact", "chosen", "close", "unit", "side", "ratio", "unknown"]


@dataclass(frozen=True)
class Header:
    """The header of a column: its texts from top to bottom, each with the number of columns that it spans."""

    column: int
    texts: tuple[tuple[str, int], ...]

    @property
    def text(self) -> str:
        """All texts in one line, as an officer would read them."""
        return " / ".join(" ".join(text.split()) for text, _ in self.texts)

    @property
    def key(self) -> str:
        """What the header is known by in a mapping."""
        return normalise_name(" ".join(text for text, _ in self.texts))


@dataclass(frozen=True)
class ColumnMatch:
    """What a column holds: `target` is an input id or a role; `confidence` in percent (100: exact or chosen).

    `how`: `exact` (id or label), `chosen` (by the officer), `close` (a proposal), `unit` (code, name or district),
    `side` (STT, notes), `ratio` (computed percentages), `unknown`.
    `clear`: of a proposal, whether it may be accepted unseen: 60 % sure at least, the column reads as no other
    input as well, and no other column as this input.
    """

    header: Header
    how: How
    target: str = SKIP
    confidence: int = 100
    others: tuple[tuple[str, int], ...] = field(default=())
    clear: bool = False


def match_columns(headers: Iterable[Header], standard: Standard, chosen: Mapping[str, str]) -> list[ColumnMatch]:
    """Match the headers of a table: what was chosen, then what is exact, then proposals, one column an input.

    Parameters
    ----------
    chosen : mapping
        Target by header key (`Header.key`), as the officer confirmed it.
    """
    headers = list(headers)
    sure = {header.column: found for header in headers if (found := _match_surely(header, standard, chosen))}
    taken = {one.target for one in sure.values()}
    open_headers = [header for header in headers if header.column not in sure]
    readings = {header.column: dict(_propose(header, standard)) for header in open_headers}
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


def is_input_text(text: str, standard: Standard) -> bool:
    """Whether a text is the id, the label or an alias of an input, or its id and label together."""
    return normalise_name(text) in _exact_texts(standard)


def rate_text(text: str, standard: Standard) -> int:
    """How near a text is to the nearest input, in percent; for finding the row of headers."""
    if len(text) > 200:
        return 0
    return max((rate for _, rate in _rate(text, standard)), default=0)


def _match_surely(header: Header, standard: Standard, chosen: Mapping[str, str]) -> ColumnMatch | None:
    if header.key in chosen:
        return ColumnMatch(header, "chosen", chosen[header.key])
    if _is_ratio(header):
        return None
    exact = _exact_texts(standard)
    own = [text for text, span in header.texts if span == 1]
    for text in _full_readings(header):
        if text in exact:
            return ColumnMatch(header, "exact", exact[text])
    by_id = next((text.strip() for text in own if text.strip().lower() in standard.inputs), None)
    if by_id is not None:
        return ColumnMatch(header, "exact", by_id.lower())
    for text in map(normalise_name, reversed(own)):
        if text in _UNIT_ROLES:
            return ColumnMatch(header, "unit", _UNIT_ROLES[text])
        if text in _SIDE_HEADERS:
            return ColumnMatch(header, "side")
    return None


def _full_readings(header: Header) -> list[str]:
    """What a column can be called: its lowest text, alone or after the texts above; each part must say something.

    A text above others names a group: “Tổng số trẻ em” over “Nam” is not the number of children.
    """
    told = [one for one in header.texts if not _COLUMN_NUMBER.match(one[0])]
    texts = [_LIST_NUMBER.sub("", text) for text, _ in told]
    if not texts or told[-1][1] != 1 or not all(normalise_name(text) for text in texts):
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
    rates: dict[str, int] = {}
    texts = [(_LIST_NUMBER.sub("", text), span) for text, span in header.texts]
    readings = {" ".join(text for text, _ in texts), *(text for text, span in texts if span == 1)}
    for text in readings:
        for target, rate in _rate(text, standard):
            rates[target] = max(rates.get(target, 0), rate)
    found = [(target, rate) for target, rate in rates.items() if rate >= _LEAST_CONFIDENCE]
    return sorted(found, key=lambda one: -one[1])


@lru_cache(maxsize=4096)
def _rate(text: str, standard: Standard) -> list[tuple[str, int]]:
    """Likeness of a text to each input, in percent (at most 99): shared words, each by how telling it is."""
    words = _split_words(text, standard)
    if not words:
        return []
    weights = _word_weights(standard)
    common = max(weights.values())
    nearest = {word: _nearest(word, weights) for word in words}
    own = sum(weights.get(nearest[word] or "", common) for word in words)
    rated: dict[str, int] = {}
    for target, label_words in _label_words(standard):
        shared = sum(weights[word] for word in {nearest[one] for one in words} & label_words if word)
        total = sum(weights[word] for word in label_words)
        rated[target] = max(rated.get(target, 0), min(99, round(200 * shared / (own + total))))
    return list(rated.items())


def _nearest(word: str, known: Mapping[str, float]) -> str | None:
    if word in known:
        return word
    if len(word) < 4:
        return None
    best = max(known, key=lambda one: fuzz.ratio(word, one))
    return best if fuzz.ratio(word, best) >= _SAME_WORD else None


@cache
def _split_words(text: str, standard: Standard) -> frozenset[str]:
    written_out = _SHORT | standard.abbreviations
    spelled = text.replace("<", " dưới ").replace("≥", " từ ").replace("+", " trở lên ")
    words: list[str] = []
    before = ""
    for word in normalise_name(spelled).split():
        if not (word == "trẻ" and before in ("nhà", "đi nhà")):
            words += written_out.get(word, word).split()
        else:
            words.append("nhà_trẻ")
        before = word
    return frozenset(word for word in words if word not in _FILLERS)


@cache
def _label_words(standard: Standard) -> list[tuple[str, frozenset[str]]]:
    """The words of each label and each alias, with the input that it names."""
    return [
        (one.id, _split_words(text, standard)) for one in standard.inputs.values() for text in (one.label, *one.aliases)
    ]


@cache
def _word_weights(standard: Standard) -> dict[str, float]:
    """Weight of each word of the labels: the fewer inputs have it, the more it tells."""
    inputs: dict[str, set[str]] = {}
    for target, words in _label_words(standard):
        inputs.setdefault(target, set()).update(words)
    counts = Counter(word for words in inputs.values() for word in words)
    return {word: math.log(1 + len(inputs) / count) for word, count in counts.items()}
