"""How a clock is explained in Vietnamese, to officers and to residents."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from binhyen.core.clock import VIETNAM
from binhyen.core.law import Amount
from binhyen.core.working_time import WEEKDAY_NAMES, WorkCalendar

STARTS = {
    "received": "lúc nhận tin",
    "contested": "lúc người gửi báo chưa xong",
    "received_by_body": "lúc cơ quan điều tra nhận tin",
    "decision_made": "lúc có quyết định",
    "transferred": "lúc chuyển tin",
    "accepted": "lúc thụ lý",
    "concluded": "lúc có kết luận",
    "complainant_learned": "lúc người khiếu nại biết quyết định hoặc việc làm đó",
    "item_received": "lúc nhận đồ",
    "public_notice": "lúc thông báo công khai",
    "owner_result_known": "lúc biết kết quả tìm chủ",
    "published": "lúc đăng",
    "resolved": "lúc giải quyết xong",
    "valid_request": "lúc nhận yêu cầu hợp lệ",
    "discovered": "lúc phát hiện",
}
"""Where each clock starts, by the names of the law file."""
UNIT_NAMES = {
    "minutes": "phút",
    "hours": "giờ",
    "working_days": "ngày làm việc",
    "calendar_days": "ngày",
    "months": "tháng",
    "years": "năm",
}
SURENESS = {
    "A": "theo văn bản luật đã đọc",
    "B": "theo luật, nhiều nguồn thống nhất",
    "C": "theo một nguồn, cần đối chiếu văn bản",
    "D": "chưa kiểm chứng, không nói với người dân như luật",
    "P": "cam kết của đơn vị, không phải luật",
}
"""What the confidence letters of the law file mean."""
_REASONS = {
    "complex": "vụ việc phức tạp",
    "very_complex": "vụ việc đặc biệt phức tạp",
    "complex or several places": "phức tạp hoặc ở nhiều nơi",
    "still not finished": "chưa thể kết thúc",
}
_MOST_DAYS_LISTED = 7


def day(value: date) -> str:
    """As in "thứ Hai 30/11/2026"."""
    return f"{WEEKDAY_NAMES[value.weekday()]} {value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """As in "08:28 thứ Sáu 27/11/2026"."""
    here = value.astimezone(VIETNAM)
    return f"{here:%H:%M} {day(here.date())}"


def beginning(starts_on: str, started_at: datetime) -> str:
    """Sentence: from when the clock counts."""
    return f"Tính từ {STARTS[starts_on]}: {moment(started_at)}."


def amount(length: Amount) -> str:
    """As in "2 ngày làm việc"; "ngay lập tức" for zero."""
    return f"{length.value} {UNIT_NAMES[length.unit]}" if length.value else "ngay lập tức"


def length(value: Amount) -> str:
    """Sentence: how long, and what that means."""
    if value.unit in {"minutes", "hours"}:
        return f"Thời hạn {amount(value)}" + (", tính liên tục cả đêm và ngày nghỉ." if value.value else ".")
    return f"Thời hạn {amount(value)}, ngày đầu không tính."


def extended(extensions: Mapping[str, int]) -> str:
    """Sentence: which prolongations were granted."""
    granted = [
        f"{_REASONS.get(reason, reason)}{f' ({times} lần)' if times > 1 else ''}"
        for reason, times in extensions.items()
        if times
    ]
    return f"Đã kéo dài: {', '.join(granted)}." if granted else ""


def skipped(value: Amount, first: date, last: date, calendar: WorkCalendar) -> str:
    """Sentence: which days between did not count, when working days are counted."""
    if value.unit != "working_days":
        return ""
    between = (first + timedelta(days=ahead) for ahead in range(1, (last - first).days))
    off = [one for one in between if not calendar.is_working_day(one)]
    if not off:
        return ""
    listed = ", ".join(f"{one:%d/%m} ({calendar.why_off(one)})" for one in off[:_MOST_DAYS_LISTED])
    more = f" và {len(off) - _MOST_DAYS_LISTED} ngày nghỉ khác" if len(off) > _MOST_DAYS_LISTED else ""
    return f"Không tính {listed}{more}."


def ending(value: Amount, unrolled: datetime, rolled: datetime, calendar: WorkCalendar) -> str:
    """Sentence: when it ends, and why it was moved."""
    if value.unit in {"minutes", "hours"}:
        return f"Hạn: {moment(rolled)}."
    last, moved = unrolled.astimezone(VIETNAM).date(), rolled.astimezone(VIETNAM).date()
    if last == moved:
        return f"Hạn: hết {day(moved)}."
    why = calendar.why_off(last)
    said = f"là {why}" if why != WEEKDAY_NAMES[last.weekday()] else "là ngày nghỉ"
    return f"Ngày cuối {day(last)} {said}, nên hạn là hết {day(moved)}; đơn vị cố gắng xong trước."


def rule(rule_id: str, valid_from: date, confidence: str) -> str:
    """Sentence: under which rule and version, and how sure it is."""
    return f"Quy tắc {rule_id}, bản {valid_from:%d/%m/%Y} ({SURENESS[confidence]})."
