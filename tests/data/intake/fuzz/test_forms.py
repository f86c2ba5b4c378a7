"""The promise, on forms that people could have written: equal to the truth, or asked; and asked seldom."""

import os
from collections import Counter

from hypothesis import given, settings

from data.intake.reading.worker import answer
from tests.data.intake.fuzz.forms import Written, compare, written_forms
from tests.examples import examples
from tests.in_process import InProcess

MOST_ASKED = 0.02  # share of the forms that a person would read without a question
NUMBER = int(os.environ.get("FUZZ_FORMS", "0"))  # more than the profile says, on demand


def test_a_form_is_read_as_it_is_or_asked(monkeypatch):
    monkeypatch.setattr("data.intake.reading.cells.readers", InProcess(answer))
    tried, asked = 0, Counter()

    @(settings(max_examples=NUMBER) if NUMBER else examples(200))
    @given(written_forms())
    def read(written: Written) -> None:
        nonlocal tried
        ingest = written.read()
        if ingest.accepted:
            assert compare(written, ingest) == [], written.habits
        if not written.trapped:
            tried += 1
            if not ingest.accepted:
                asked[ingest.errors[0].code] += 1

    read()
    print(f"{tried} forms without a trap, asked: {dict(asked)}")
    assert sum(asked.values()) <= max(1, MOST_ASKED * tried), asked
