"""What no page and no file may say under the odd standard, and how texts are gathered from a page."""

import json

import pandas as pd
from streamlit.testing.v1 import AppTest

# Of the decision: its numbers, its rate, its title, its rule on zeros, its criteria.
FOREIGN = (
    "13 tiêu chí",
    "1.000 điểm",
    "/1.000",
    "10.000",
    "06/QĐ",
    "khai sinh",
    "bị loại vì",
    "bị liệt",
    "không tiêu chí nào",
    "không có tiêu chí nào bị 0",
    "không vướng tiêu chí",
    "không còn bị loại",
    "trên 0 điểm",
)


def find_foreign(text: str) -> list[str]:
    """The words of another standard that a text has."""
    return [words for words in FOREIGN if words in text.lower()]


def read_page(app: AppTest) -> str:
    """Everything that a page says: texts, labels of widgets, cells of tables, specifications of charts."""
    parts: list[str] = []
    for element in [*app.main, *app.sidebar]:
        for name in ("value", "label", "help", "delta", "options"):
            said = getattr(element, name, None)
            parts.append(said.to_csv() if isinstance(said, pd.DataFrame) else str(said or ""))
        if element.type == "vega_lite_chart":
            parts.append(json.dumps(json.loads(element.proto.spec), ensure_ascii=False))
    return "\n".join(parts).replace("\\", "")
