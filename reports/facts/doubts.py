"""What is in doubt about figures: the labels that every page and file made of them must show, in one order."""

from dataclasses import dataclass

from data.text.labels import DEMO_LABEL
from reports.facts.assessment import Assessment
from scoring.words import PROVISIONAL_LABEL, format_number

_REAL = "số liệu thật, điểm chính thức"


@dataclass(frozen=True)
class Doubts:
    """What is in doubt about the figures of a year; everything is empty where nothing is.

    Attributes
    ----------
    labels : tuple of str
        “Số liệu minh họa”, “Điểm tạm tính”: illustrative figures weigh more, so that they come first.
    sentences : tuple of str
        Each label with what it means.
    mixed : str
        How many units' figures are illustrative, where not all are.
    """

    labels: tuple[str, ...]
    sentences: tuple[str, ...]
    mixed: str

    @property
    def footer(self) -> str:
        """The labels for the foot of a page: “Số liệu minh họa · Điểm tạm tính”."""
        return " · ".join(self.labels)

    @property
    def in_sentence(self) -> str:
        """The labels within a sentence: “số liệu minh họa và điểm tạm tính”."""
        return " và ".join(label[:1].lower() + label[1:] for label in self.labels)

    @property
    def lines(self) -> tuple[str, ...]:
        """The sentences, then how many units' figures are illustrative where not all are."""
        return (*self.sentences, self.mixed) if self.mixed else self.sentences


def find_doubts(assessment: Assessment) -> Doubts:
    """Find what is in doubt about the figures of a year."""
    meanings = {}
    if assessment.demo:
        meanings[DEMO_LABEL] = "không phải số liệu thật"
    if assessment.provisional:
        meanings[f"Điểm {PROVISIONAL_LABEL}"] = "có mức điểm chưa đối chiếu với văn bản"
    demo, units = len(assessment.demo_units), len(assessment.units)
    mixed = f"{format_number(demo)}/{format_number(units)} đơn vị dùng số liệu minh họa, ghi bên tên đơn vị"
    return Doubts(
        labels=tuple(meanings),
        sentences=tuple(f"{label}: {meaning}" for label, meaning in meanings.items()),
        mixed=mixed if 0 < demo < units else "",
    )


def write_footer(assessment: Assessment, before: Assessment | None = None) -> str:
    """“Năm 2022 · Số liệu minh họa · Điểm tạm tính”; `before`: the other year's doubts too, where they differ."""
    doubts = find_doubts(assessment)
    parts = [f"Năm {assessment.round.year}", *doubts.labels]
    if before is not None:
        other = find_doubts(before)
        if other.labels != doubts.labels:
            parts.append(f"Năm {before.round.year}: {', '.join(other.labels).lower() or _REAL}")
    return " · ".join(parts)
