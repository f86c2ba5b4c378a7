"""How near a text is to what a standard calls its inputs: shared words, each by how telling it is."""

import math
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache

from rapidfuzz import fuzz

from data.text.names import normalise_name
from scoring.standard import Standard

# What officers of any standard write short or otherwise, in normal form; a standard adds its own.
_SHORT = {"te": "trẻ em", "trẻ": "trẻ em", "cháu": "trẻ em", "t": "tuổi", "th": "tháng", "tdp": "tổ dân phố"}
_FILLERS = frozenset(
    "số tổng các của và ở trong là cho có người về từ trên theo tại đã năm lượt cái hay hoặc".split()  # noqa: SIM905
)
_SAME_WORD = 80  # rapidfuzz ratio from which two words count as one misspelt


def rate_text(text: str, standard: Standard) -> int:
    """How near a text is to the nearest input, in percent; for finding the row of headers."""
    if len(text) > 200:
        return 0
    return max((rate for _, rate in rate_inputs(text, standard)), default=0)


@lru_cache(maxsize=4096)
def rate_inputs(text: str, standard: Standard) -> list[tuple[str, int]]:
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
