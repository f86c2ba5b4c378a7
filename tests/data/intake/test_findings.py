"""The catalogue of findings is whole: every kind has its words, is caused by a test, and is on the help page."""

import re
from pathlib import Path

import pytest

from data.intake.findings.catalogue import CATALOGUE, make_finding

TESTS = Path(__file__).resolve().parents[2]
ENGLISH = re.compile(r"\b(?:error|file|sheet|cell|row|column|value|invalid|warning)\b", re.IGNORECASE)


def test_every_kind_is_caused_by_a_test():
    sources = [*TESTS.rglob("test_*.py"), TESTS / "workbooks" / "cases.yaml"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources if path != Path(__file__))
    assert [code for code in CATALOGUE if not re.search(rf"\b{code}\b", text)] == []


def test_every_kind_is_used_by_the_product():
    text = "\n".join(path.read_text(encoding="utf-8") for path in (TESTS.parent / "data").rglob("*.py"))
    assert [code for code in CATALOGUE if text.count(f'"{code}"') < 2] == []


@pytest.mark.parametrize("code", CATALOGUE)
def test_words_of_a_kind(code):
    kind = CATALOGUE[code]
    for text in (kind.title, kind.message, kind.mend):
        assert text[0].isupper() or text[0] in "{“"
        assert not ENGLISH.search(re.sub(r"\{\w+\}", "", text))
    assert kind.message.rstrip().endswith((".", "{because}", "{would}"))
    assert kind.mend.endswith(".")
    words = dict.fromkeys(re.findall(r"\{(\w+)\}", kind.message + kind.mend), "7")
    places = {one: words.pop(one) for one in ("value", "unit") if one in words}
    assert "{" not in make_finding(code, **places, **words).message


def test_titles_differ():
    titles = [kind.title for kind in CATALOGUE.values()]
    assert len(set(titles)) == len(titles)
