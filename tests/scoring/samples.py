"""Random and exemplary values for the scoring tests."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from scoring.standard import get_standard, load_standard

ODD = load_standard(Path(__file__).parents[1] / "standard" / "odd.yaml")
CLASSES = tuple(get_standard().recognition.minimum_total)


def random_values(standard, units: int, seed: int, missing: float = 0.0) -> pd.DataFrame:
    """Values that hold together (parts within wholes), with zeros, ties at thresholds and gaps."""
    rng = np.random.default_rng(seed)
    columns = {}

    def fill(input_id: str) -> np.ndarray:
        if input_id not in columns:
            one = standard.inputs[input_id]
            if one.kind == "answer":
                columns[input_id] = rng.integers(0, 2, units)
            elif one.part_of is None:
                columns[input_id] = rng.choice([0, 1, 20, 50, 100, 200, 1000, 2000, 10_000], units)
            else:
                share = rng.choice([0, 0.0005, 0.0055, 0.006, 0.15, 0.25, 0.65, 0.8, 0.9, 0.95, 0.98, 0.99, 1], units)
                columns[input_id] = np.floor(fill(one.part_of) * share + 1e-9).astype(int)
        return columns[input_id]

    for input_id in standard.inputs:
        fill(input_id)
    index = pd.Index([f"{number:05d}" for number in range(units)], name="code")
    frame = pd.DataFrame({one: pd.array(columns[one], dtype="Int64") for one in standard.inputs}, index=index)
    return frame.mask(rng.random(frame.shape) < missing)


def random_units(codes: pd.Index, seed: int, classes: Sequence[str] = CLASSES) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {"unit_class": rng.choice(classes, len(codes)), "mountainous": rng.random(len(codes)) < 0.5}, index=codes
    )


def best_values(standard) -> dict:
    """Values of a unit that wins every point."""
    values = {}
    for input_id, one in standard.inputs.items():
        values[input_id] = 1 if one.kind == "answer" else 100
    for indicator in standard.indicators:
        if not indicator.higher_is_better:
            values[indicator.numerator] = 0
        if indicator.kind == "rate":
            values[indicator.denominator] = indicator.scale
    return values
