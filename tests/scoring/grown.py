"""A standard with an indicator more, as a tests' stand-in for one that was just added to a file."""

from scoring.standard import Band, Standard
from scoring.standard.consistency import build_standard
from scoring.standard.model import Indicator, Input

NEW_ANSWER, NEW_PART, NEW_WHOLE = "moi_tra_loi", "moi_mot_phan", "moi_tong"


def with_more(standard: Standard) -> Standard:
    """The standard with a yes/no and a ratio of two new counts in its first criterion, their inputs listed first."""
    first, *others = standard.criteria
    inputs = {
        NEW_ANSWER: Input(id=NEW_ANSWER, label="Chỉ số mới có không", kind="answer", help="Thử."),
        NEW_WHOLE: Input(id=NEW_WHOLE, label="Chỉ số mới tổng", kind="count", help="Thử."),
        NEW_PART: Input(id=NEW_PART, label="Chỉ số mới phần", kind="count", part_of=NEW_WHOLE, help="Thử."),
    }
    bands = (
        Band(at_least=1, points=5, provenance="seen"),
        Band(points=0, provenance="seen"),
    )
    added = (
        Indicator(id="moi.1", name="Mới có không", kind="answer", numerator=NEW_ANSWER, bands=bands),
        Indicator(
            id="moi.2",
            name="Mới tỷ lệ",
            kind="ratio",
            numerator=NEW_PART,
            denominator=NEW_WHOLE,
            unit="percent",
            when_none="full",
            bands=(bands[0].model_copy(update={"at_least": bands[0].at_least * 80}), bands[1]),
        ),
    )
    maximum = first.maximum.model_copy(update={"points": first.max_points + 10})
    grown = first.model_copy(update={"indicators": (*added, *first.indicators), "maximum": maximum})
    fields = {name: getattr(standard, name) for name in Standard.model_fields}
    changes = {
        "id": f"{standard.id}+moi",
        "total_points": standard.total_points + 10,
        "inputs": inputs | standard.inputs,
        "criteria": (grown, *others),
    }
    return build_standard(fields | changes)
