"""What `zipfile` raises for an archive that it can't read."""

import zipfile
import zlib

ZIP_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,  # cut off
    NotImplementedError,  # packed in a way that it doesn't know
    OSError,  # offsets outside the file
    RuntimeError,  # a password
)
