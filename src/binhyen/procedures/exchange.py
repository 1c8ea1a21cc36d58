"""The unit's catalogue as YAML in the format of data/procedures/catalogue.yaml, out and in again."""

import re
from typing import Any

import yaml

from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.yaml_text import parsed
from binhyen.procedures.effective import records_of
from binhyen.procedures.queries import EDIT_ROLES
from binhyen.procedures.record import Row
from binhyen.units.models import Unit
from binhyen.units.scope import Scope

LARGEST_BYTES = 900_000
"""Of a file to read; the whole national catalogue has 200,000."""
MOST_RECORDS = 500
_HEAD = """# Danh mục thủ tục hành chính của {unit}, xuất ngày {day}
# Dùng để sửa rồi nhập lại, hoặc chuyển cho đơn vị khác. Không thay văn bản pháp luật.
"""


def exported(scope: Scope, unit: Unit) -> str:
    """Every procedure as it counts for the unit today. Raises NotAllowed."""
    scope.check(unit.pk, EDIT_ROLES)
    records = [_exported(record) for record in records_of(unit).values()]
    return _HEAD.format(unit=unit.name, day=f"{clock.today():%d/%m/%Y}") + written_yaml(records)


def _exported(record: Row) -> Row:
    """Keys only units have are left out while they say nothing."""
    return {key: value for key, value in record.items() if not (key in _OWN and value == _OWN[key])}


_OWN: Row = {"offered": True, "place_vi": "", "hours_vi": "", "unit_note_vi": "", "sample_questions_vi": []}


class _Dumper(yaml.CSafeDumper):
    """Writes every value out, without references to earlier ones."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the library's name
        """Never refer."""
        return True


def read_records(content: bytes) -> list[Row]:
    """The records of a file. Raises as `read_yaml`, and NotPossible("file_not_records", place)."""
    return _records(read_yaml(content))


def read_yaml(content: bytes) -> Any:
    """Plain values of a file from outside. Raises NotPossible: file_too_large(limit), file_not_yaml(line).

    References are refused, so that a small file cannot grow into a large one; only plain values are made.
    """
    if len(content) > LARGEST_BYTES:
        raise NotPossible("file_too_large", limit=LARGEST_BYTES // 1000)
    try:
        text = content.decode("utf-8-sig")
        tokens = yaml.scan(text, Loader=yaml.CSafeLoader)
        if any(isinstance(token, yaml.AliasToken | yaml.TagToken) for token in tokens):
            raise NotPossible("file_not_yaml", line=1)
        return parsed(text)
    except UnicodeDecodeError as error:
        raise NotPossible("file_not_yaml", line=1) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise NotPossible("file_not_yaml", line=mark.line + 1 if mark else 1) from error


def written_yaml(values: Any) -> str:
    """Plain values as `read_yaml` reads them back."""
    return yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=140)


def _records(found: Any) -> list[Row]:
    if not isinstance(found, list) or not found or len(found) > MOST_RECORDS:
        raise NotPossible("file_not_records", place=1)
    for place, record in enumerate(found, start=1):
        if not isinstance(record, dict) or not re.fullmatch(r"[a-z0-9-]{1,60}", str(record.get("id", ""))):
            raise NotPossible("file_not_records", place=place)
    seen: set[str] = set()
    for place, record in enumerate(found, start=1):
        if record["id"] in seen:
            raise NotPossible("file_not_records", place=place)
        seen.add(record["id"])
    return found
