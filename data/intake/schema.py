"""The contract of the clean frame that ingest hands to the store."""

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
