"""What an officer confirmed about a file: which column is which input, which text is which unit.

Kept in the store for files of the same shape, and in a YAML file for the command line.
"""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from data.intake.table.columns import ROLES
from data.store.choices import Choices
from data.text.names import normalise_name
from scoring.refusal import Refusal
from scoring.standard import Standard


class MappingError(Refusal):
    """A mapping that can't be used; the message is a Vietnamese sentence for the user."""


class _MappingFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    columns: dict[str, str] = {}
    units: dict[str, str] = {}


def load_mapping(path: Path, standard: Standard) -> Choices:
    """Read a mapping file: `columns: {header: input id}` and `units: {name as written: unit code}`.

    Raises
    ------
    MappingError
        When the file can't be read or names an unknown input.
    """
    try:
        content = _MappingFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise MappingError(
            f"Không đọc được tệp đối chiếu {path}: cần hai mục columns và units, mỗi dòng “tên: mã”."
        ) from error
    for header, target in content.columns.items():
        if target not in standard.inputs and target not in ROLES:
            raise MappingError(f"Tệp đối chiếu {path}: cột “{header}” trỏ tới “{target}”, không phải mã chỉ tiêu nào.")
    return Choices(
        {normalise_name(key): value for key, value in content.columns.items()},
        {normalise_name(key): value for key, value in content.units.items()},
        by=f"tệp {path.name}",
    )


def save_mapping(path: Path, choices: Choices) -> None:
    """Write a mapping file that `load_mapping` reads."""
    content = {"columns": choices.columns, "units": choices.units}
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def shape_of(header_keys: Iterable[str]) -> str:
    """What files of one form have in common: the set of their headers."""
    return sha256("\n".join(sorted(set(header_keys))).encode()).hexdigest()
