"""Standards read from YAML. An officer may edit a file, so a refusal names the file, the place in it and the reason."""

from collections.abc import Hashable, Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from scoring.refusal import Refusal
from scoring.standard.consistency import PlacedError, build_standard
from scoring.standard.model import CONDITION_KINDS, Standard

STANDARDS_FOLDER = Path(__file__).parents[1] / "standards"


class StandardError(Refusal):
    """A standard that can't be used; the message names the file, the place in it and the reason."""


def load_standard(path: Path | str) -> Standard:
    """Read and check a standard.

    Raises
    ------
    StandardError
        Naming file, place in the file and reason: unreadable YAML, a repeated or unknown key, points that don't add
        up, bands in the wrong order, overlapping or leaving a gap, an input unknown or unused, a missing reference.
    """
    path = Path(path)
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)  # noqa: S506 - a SafeLoader
        return build_standard(_with_ids(content))
    except (OSError, UnicodeDecodeError) as error:
        raise StandardError(f"{path.name}: không đọc được tệp ({error})") from error
    except yaml.YAMLError as error:
        raise StandardError(f"{path.name}: {_yaml_reason(error)}") from error
    except PlacedError as error:
        raise StandardError(f"{path.name}: {error}") from error
    except ValidationError as error:
        raise StandardError("\n".join(f"{path.name}: {reason}" for reason in _reasons(error))) from error


@cache
def get_standard(standard_id: str = "qd-06-2019") -> Standard:
    """The built-in standard of an id; raises StandardError."""
    return load_standard(STANDARDS_FOLDER / f"{standard_id}.yaml")


def list_standards() -> list[str]:
    """Ids of the built-in standards."""
    return sorted(path.stem for path in STANDARDS_FOLDER.glob("*.yaml"))


def standard_for_year(year: int) -> Standard:
    """The standard in force on 31 December of a year; the oldest one for years before any."""
    standards = sorted(
        (get_standard(standard_id) for standard_id in list_standards()), key=lambda standard: standard.in_force.start
    )
    last_day = date(year, 12, 31)
    in_force = [
        standard
        for standard in standards
        if standard.in_force.start <= last_day and (standard.in_force.end or date.max) >= last_day
    ]
    return in_force[-1] if in_force else standards[0]


class _StrictLoader(yaml.SafeLoader):
    """A safe loader that refuses a key given twice, which YAML otherwise drops in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in keys:
                raise yaml.constructor.ConstructorError(None, None, f"khóa “{key}” lặp lại", key_node.start_mark)
            keys.add(key)
        return super().construct_mapping(node, deep)


def _with_ids(content: Any) -> Any:
    """Give inputs the id that is their key, and criteria the number that is their place."""
    if not isinstance(content, dict):
        return content
    inputs = content.get("inputs")
    if isinstance(inputs, dict):
        content["inputs"] = {
            key: {"id": key, **value} if isinstance(value, dict) else value for key, value in inputs.items()
        }
    criteria = content.get("criteria")
    if isinstance(criteria, list):
        content["criteria"] = [
            {"number": number, **criterion} if isinstance(criterion, dict) else criterion
            for number, criterion in enumerate(criteria, start=1)
        ]
    return content


_REASONS = {
    "extra_forbidden": "khóa không có trong mẫu",
    "missing": "thiếu",
    "string_too_short": "để trống",
    "too_short": "thiếu phần tử",
    "too_long": "nhiều hơn {max_length} phần tử",
    "literal_error": "giá trị không thuộc danh sách cho phép ({expected})",
    "union_tag_invalid": "kind không thuộc danh sách cho phép ({expected_tags})",
    "union_tag_not_found": "thiếu kind",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "int_from_float": "phải là số nguyên",
    "string_type": "phải là chữ",
    "greater_than": "phải lớn hơn {gt}",
    "greater_than_equal": "không được nhỏ hơn {ge}",
    "less_than_equal": "không được lớn hơn {le}",
    "model_type": "phải có các khóa con",
    "model_attributes_type": "phải có các khóa con",
    "dict_type": "phải có các khóa con",
    "date_from_datetime_parsing": "phải là ngày, dạng 2019-01-03",
    "date_type": "phải là ngày, dạng 2019-01-03",
}


def _reasons(error: ValidationError) -> Iterator[str]:
    for problem in error.errors():
        # Below a list of conditions the model names the kind that it read, which is no key of the file.
        parts = [part for before, part in pairwise((None, *problem["loc"])) if not _is_kind(before, part)]
        path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")
        cause = problem.get("ctx", {}).get("error")
        if problem["type"] in _REASONS:
            yield f"{path}: {_REASONS[problem['type']].format(**problem.get('ctx', {}))}"
        else:
            yield f"{path}: {cause or problem['msg']}"


def _is_kind(before: int | str | None, part: int | str | None) -> bool:
    return isinstance(before, int) and part in CONDITION_KINDS


def _yaml_reason(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "không đúng cú pháp YAML"
    return f"dòng {mark.line + 1}: {problem}" if mark else problem
