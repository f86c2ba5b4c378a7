"""LibreOffice without a window: many files in one call, all calls of a worker with one profile."""

import subprocess
from collections.abc import Mapping
from itertools import count
from pathlib import Path


class Office:
    """A LibreOffice and the profile that it is started with, made by its first call."""

    def __init__(self, program: str, folder: Path):
        self._program, self._folder, self._calls = program, folder, count()

    def convert(self, contents: Mapping[str, bytes], kind: str) -> dict[str, bytes]:
        """Files by name, as files of another kind (`pdf`, `xlsx`) under the same names with that suffix."""
        folder = self._folder / str(next(self._calls))
        given, made = folder / "given", folder / "made"
        given.mkdir(parents=True)
        paths = []
        for name, content in contents.items():
            (given / name).write_bytes(content)
            paths.append(str(given / name))
        profile = f"-env:UserInstallation={(self._folder / 'profile').as_uri()}"
        command = [self._program, profile, "--headless", "--convert-to", kind, "--outdir", str(made)]
        subprocess.run([*command, *paths], check=True, capture_output=True, timeout=240)
        names = [Path(name).with_suffix(f".{kind}").name for name in contents]
        return {name: (made / name).read_bytes() for name in names}
