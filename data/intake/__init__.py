"""A file in: reading, tables, values, checks, findings, the returned workbook."""
