"""The catalogue of findings is whole: every kind has its words, is caused by a test, and is on the help page."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from data.intake.findings.catalogue import CATALOGUE, join_kinds
from data.intake.findings.finding import make_finding
from data.intake.findings.kind import Kind

TESTS = Path(__file__).resolve().parents[3]
KINDS = TESTS.parent / "data" / "intake" / "findings" / "kinds"
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


def test_every_subject_is_in_the_catalogue():
    modules = [path.stem for path in KINDS.glob("*.py") if path.stem != "__init__"]
    assert modules
    for name in modules:
        kinds = getattr(import_module(f"data.intake.findings.kinds.{name}"), name.upper())
        assert kinds
        assert all(CATALOGUE[kind.code] is kind for kind in kinds)


def test_a_code_that_stands_twice_is_refused():
    kind = Kind("a", "note", "Một", "Một.", "Một.")
    assert list(join_kinds([kind], [Kind("b", "note", "Hai", "Hai.", "Hai.")])) == ["a", "b"]
    with pytest.raises(ValueError, match="a stands twice"):
        join_kinds([kind], [kind])


def test_only_warnings_are_explained():
    explainable = {kind.severity for kind in CATALOGUE.values() if kind.explainable}
    assert explainable == {"warning"}
    assert make_finding("survey_small", value="7", least=30, step="14,3").explainable
    assert not make_finding("survey_blank", count=1).explainable
