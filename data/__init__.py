"""Facts and their storage: units, observations, the collection workbook, ingest."""
