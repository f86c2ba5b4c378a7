"""What a file of boundaries may measure to be read, checked and drawn. Shared with the process that does it."""

LARGEST_FILE = 200 * 2**20  # bytes, unpacked
MOST_FEATURES = 50_000
MOST_READ_VERTICES = 1_000_000
LONGEST_TEXT = 500  # characters kept of a value
MOST_COLUMNS = 100
MOST_SOUGHT = 3_000  # shapes whose names are looked for among names that are only like them
MEMORY = 450 * 2**20  # bytes that the process may fill
SECONDS = 25  # from the file to the plan
