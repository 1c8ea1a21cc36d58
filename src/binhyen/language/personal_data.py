"""Find personal data in free text and cover it up; best effort, tuned so that digits do not stay visible."""

from collections.abc import Mapping

from binhyen.language.personal_data_search import search
from binhyen.language.spans import Span

__all__ = ["Span", "find_personal_data", "hide_for_reading", "redact"]


def find_personal_data(text: str) -> list[Span]:
    """Spans in order, never overlapping."""
    return search(text)


def redact(text: str) -> str:
    """Put "[PHONE]" and the like in place of each span: for training rows and logs."""
    return _replaced(text, {})


_SHOWN_AS = {
    "PHONE": "số điện thoại",
    "CCCD": "số căn cước",
    "CMND": "số chứng minh",
    "PLATE": "biển số",
    "BANK": "số tài khoản",
    "NAME": "tên",
    "ADDR": "địa chỉ",
    "EMAIL": "thư điện tử",
    "PASSPORT": "số hộ chiếu",
    "TAX": "mã số thuế",
    "SOCIAL": "số bảo hiểm",
    "BHXH": "số bảo hiểm",
    "BHYT": "thẻ bảo hiểm",
    "LICENCE": "số bằng lái",
    "DOB": "ngày sinh",
}


def hide_for_reading(text: str) -> str:
    """Put "[số điện thoại]" and the like in place of each span: for lists that officers read."""
    return _replaced(text, _SHOWN_AS)


def _replaced(text: str, words: Mapping[str, str]) -> str:
    parts, end = [], 0
    for span in find_personal_data(text):
        parts += [text[end : span.start], f"[{words.get(span.type, span.type)}]"]
        end = span.end
    return "".join([*parts, text[end:]])
