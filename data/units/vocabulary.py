"""The words of this field's workbooks, by which a text in an old font is recognised."""

from functools import cache

from data.text.legacy_fonts import accented_words
from data.units.lists import list_vintages, load_units
from scoring.standard import get_standard, list_standards

_FORM_TEXTS = ("Tổng cộng", "Mã đơn vị", "Thị trấn", "Ghi chú", "Có", "Không")


@cache
def load_vocabulary() -> frozenset[str]:
    """Words with Vietnamese letters of every standard's inputs, of the unit names, and of what forms say besides."""
    units = load_units(str(list_vintages().index[0]))
    labels = (entry.label for standard in list_standards() for entry in get_standard(standard).inputs.values())
    texts = (*labels, *units["name"].unique(), *units["district"].unique(), *_FORM_TEXTS)
    return frozenset(word for text in texts for word in accented_words(text))
