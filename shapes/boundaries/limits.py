"""What a file of boundaries may measure to be read. Shared with the reading process."""

LARGEST_FILE = 200 * 2**20  # bytes, unpacked
MOST_FEATURES = 50_000
MOST_READ_VERTICES = 5_000_000
LONGEST_TEXT = 500  # characters kept of a value
MOST_COLUMNS = 100
MEMORY = 4 * 2**30  # address space of the reading process
SECONDS = 120
