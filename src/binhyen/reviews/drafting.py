"""Sentences in the manner of administrative reports, made of figures; pure text, an officer may change every one."""

from collections.abc import Iterator
from typing import NamedTuple

from binhyen.reviews.figures import COVERAGE, KEPT, SATISFACTION, Figures, Line

GOOD_SHARE = 90.0
"""Per cent of time limits kept from which it is called good."""


class Topic(NamedTuple):
    """One paragraph: how it begins, and the figures in it with the words after each."""

    heading: str
    lead: str
    parts: tuple[tuple[str, str], ...]


TOPICS = (
    Topic(
        "Kênh liên lạc và nhóm Zalo",
        "Đến hết kỳ có",
        (
            ("communes", "đơn vị cấp xã tham gia"),
            ("areas", "thôn, tổ dân phố"),
            ("households", "hộ"),
            ("inhabitants", "nhân khẩu"),
            ("pages", "trang Zalo"),
            ("verified_pages", "trang đã xác thực"),
            ("followers", "người quan tâm"),
            ("groups", "nhóm Zalo với người dân"),
            ("members", "thành viên nhóm"),
            ("households_reached", "hộ tham gia nhóm"),
            (COVERAGE, "số hộ được kết nối"),
            ("internal_groups", "nhóm nội bộ"),
            ("internal_members", "thành viên nhóm nội bộ"),
            ("own_procedures", "thủ tục có hướng dẫn riêng của đơn vị"),
        ),
    ),
    Topic(
        "Tiếp nhận và trả lời",
        "Có",
        (
            ("messages_in", "tin nhắn của người dân"),
            ("questions_answered", "câu hỏi được trả lời"),
            ("answered_by_machine", "do máy trả lời"),
            ("answered_by_officer", "do cán bộ trả lời"),
            ("answered_at_desk", "trả lời qua bàn dán tin"),
            ("first_answer", "là thời gian trả lời lần đầu ở mức giữa"),
            ("waiting", "người còn chờ trả lời"),
            ("waiting_long", "người chờ quá 24 giờ"),
        ),
    ),
    Topic(
        "Tin báo, phản ánh",
        "Có",
        (
            ("reports_received", "tin báo tiếp nhận"),
            ("reports_transferred", "tin đã chuyển cơ quan có thẩm quyền"),
            ("reports_solved", "tin đã có kết quả"),
            ("reports_contested", "tin người báo chưa đồng ý"),
            ("limits_kept", "thời hạn thực hiện đúng"),
            ("limits_missed", "thời hạn bị quá"),
            (KEPT, "thời hạn đúng hạn"),
            ("ratings", "ý kiến về thái độ cán bộ"),
            (SATISFACTION, "điểm trung bình của các ý kiến"),
        ),
    ),
    Topic(
        "Tuyên truyền, trao trả",
        "Có",
        (
            ("posts", "bài đăng, cảnh báo"),
            ("views", "lượt xem"),
            ("shares", "lượt chia sẻ"),
            ("qr_scans", "lượt quét mã QR"),
            ("form_downloads", "biểu mẫu được tải"),
            ("found_returned", "lượt trao trả người, tài sản"),
            ("return_time", "là thời gian đến khi trao trả ở mức giữa"),
        ),
    ),
)


def paragraphs(figures: Figures, unit_name: str, period: str) -> list[tuple[str, str]]:
    """Heading and text of every topic that has figures."""
    opening = f"Trong kỳ {period}, {unit_name} báo cáo kết quả như sau. "
    found: list[tuple[str, str]] = []
    for topic in TOPICS:
        clauses = list(_clauses(figures, topic))
        if clauses:
            found.append((topic.heading, f"{'' if found else opening}{topic.lead} {'; '.join(clauses)}."))
    return found


def _clauses(figures: Figures, topic: Topic) -> Iterator[str]:
    for code, words in topic.parts:
        line = figures[code]
        if line is not None and not line.is_nothing and not line.is_hidden:
            yield _clause(line, words)


def _clause(line: Line, words: str) -> str:
    notes = [note for note in (_change(line), line.period) if note]
    return f"{line.value} {words} ({', '.join(notes)})" if notes else f"{line.value} {words}"


def _change(line: Line) -> str:
    if not line.change or not line.delta:
        return ""
    return f"{line.change} so với kỳ trước"


def nothing_counted(figures: Figures) -> list[str]:
    """Titles of the figures that are zero, so that none is left out in silence."""
    return [line.title for line in figures.lines if line.is_nothing]


def hidden(figures: Figures) -> list[str]:
    """Titles of the figures that are hidden, for the note that says so."""
    return [line.title for line in figures.lines if line.is_hidden]


def went_well(figures: Figures) -> list[str]:
    """First words for what went well."""
    found = [
        f"{line.title}: {line.value} ({line.change} so với kỳ trước)."
        for code in (
            "households_reached",
            "followers",
            "questions_answered",
            "reports_solved",
            "posts",
            "found_returned",
        )
        if (line := figures[code]) is not None and line.delta and line.delta > 0
    ]
    share = figures[KEPT]
    if share is not None and share.number is not None and share.number >= GOOD_SHARE:
        found.append(f"{share.value} thời hạn được thực hiện đúng.")
    first = figures["first_answer"]
    if first is not None and first.delta and first.delta < 0:
        found.append(f"Trả lời nhanh hơn kỳ trước: {first.value} ({first.change}).")
    return found


def is_late(figures: Figures, late_tasks: int) -> list[str]:
    """First words for what is late."""
    sentences = {
        "waiting_long": "{} người chờ trả lời quá 24 giờ.",
        "limits_missed": "{} thời hạn bị quá.",
        "reports_contested": "{} tin người báo cho biết chưa giải quyết xong.",
    }
    found = [
        words.format(line.value)
        for code, words in sentences.items()
        if (line := figures[code]) is not None and line.number
    ]
    found += [
        f"{line.title}: {line.value} ({line.change} so với kỳ trước)."
        for code in ("households_reached", "questions_answered")
        if (line := figures[code]) is not None and line.delta and line.delta < 0
    ]
    return [*found, f"{late_tasks} việc giao kỳ trước đã quá hạn."] if late_tasks else found
