"""The words around a post, in the language of the post: what it is, headings, who answers. Pure."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class FixedWords:
    """Headings and short words of one language; an empty heading leaves the part without one."""

    kinds: dict[str, str]
    correction: str
    called_off: str
    signs: str
    todo: str
    video: str
    about: str
    duty: str
    call_duty: str
    call: str
    more: str


_VIETNAMESE = FixedWords(
    {
        "news": "Tin", "law": "Pháp luật", "crime_method": "Cảnh giác", "warning": "Cảnh báo",
        "lost_found": "Tìm chủ, tìm đồ", "missing_person": "Tìm người", "procedure_change": "Thay đổi thủ tục",
    },
    "Đính chính", "Hủy thông báo", "Nhận ra thế nào:\n", "Làm gì ngay:\n", "Xem video:", "Về bài đã gửi:", "Trực ban:",
    "Gọi trực ban:", "Goi", "Xem đủ:",
)  # fmt: skip
_ENGLISH = FixedWords(
    {
        "news": "News", "law": "Law", "crime_method": "Beware", "warning": "Warning", "lost_found": "Lost and found",
        "missing_person": "Missing", "procedure_change": "Procedure changed",
    },
    "Correction", "Called off", "How to recognise it:\n", "What to do now:\n", "Video:", "About:", "Duty officer:",
    "Call the duty officer:", "Call", "Read all:",
)  # fmt: skip
_WORDS = {"vi": _VIETNAMESE, "en": _ENGLISH, "rad": replace(_VIETNAMESE, signs="", todo="")}
"""In Ê Đê the unit writes the words itself, headings too: none are made up here."""
LANGUAGES = {"vi": "Tiếng Việt", "en": "English", "rad": "Ê Đê"}
"""Languages of a post by BCP 47 tag, each in its own name; Ê Đê (Rade) is ISO 639-3 `rad`."""
KIND_WORDS = _VIETNAMESE.kinds
"""What a kind is called on the unit's own pages."""


def fixed_words(language: str) -> FixedWords:
    """The words of a language; Vietnamese for an unknown one."""
    return _WORDS.get(language, _VIETNAMESE)
