"""Files as the store keeps them, accepted or still being worked on."""

import hashlib
from dataclasses import dataclass

from data.store.rounds import RoundKey


@dataclass(frozen=True)
class FileInfo:
    """What the store says of any file that it keeps, without the content."""

    id: int
    round: RoundKey
    file_name: str
    file_hash: str


def hash_file(content: bytes) -> str:
    """SHA-256 of a file, as the store knows it."""
    return hashlib.sha256(content).hexdigest()
