"""The words of this field's workbooks, by which a text in an old font is recognised."""

from functools import cache

from data.text.legacy_fonts import accented_words
from data.units.lists import list_vintages, load_units
from scoring.standard import get_standard, list_standards

_FORM_TEXTS = ("Tổng cộng", "Mã đơn vị", "Thị trấn", "Ghi chú", "Có", "Không")


def load_vocabulary() -> frozenset[str]:
    """Words with Vietnamese letters of what every standard calls its inputs, of the unit names, and of forms."""
    return _load_vocabulary(tuple(list_standards()))


@cache
def _load_vocabulary(standard_ids: tuple[str, ...]) -> frozenset[str]:
    units = load_units(str(list_vintages().index[0]))
    fields = [field for standard_id in standard_ids for field in get_standard(standard_id).inputs.values()]
    names = [name for field in fields for name in (field.label, *field.aliases)]
    texts = (*names, *units["name"].unique(), *units["district"].unique(), *_FORM_TEXTS)
    return frozenset(word for text in texts for word in accented_words(text))
