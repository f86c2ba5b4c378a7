"""The contract of the clean frame that the intake hands to the store."""

import pandas as pd
import pandera.pandas as pa

OBSERVATIONS = pa.DataFrameSchema(
    {
        "unit_code": pa.Column(str, pa.Check.str_length(5, 5)),
        "input_id": pa.Column(str),
        "value": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "sheet": pa.Column(str),
        "cell": pa.Column(str),
        "original": pa.Column(str),
    },
    unique=["unit_code", "input_id"],
    strict=True,
)


def widen(observations: pd.DataFrame) -> pd.DataFrame:
    """Observations as a table: index unit code, a column an input, Int64."""
    wide = observations.pivot(index="unit_code", columns="input_id", values="value")
    return wide.rename_axis(index="code", columns=None)
