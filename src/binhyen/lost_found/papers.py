"""The draft of the hand-over record (form 155 of TT 119/2021 as far as known): printed, signed by hand, never by us."""

from dataclasses import dataclass

from binhyen.core import clock
from binhyen.lost_found.handing_over import receiver_of
from binhyen.lost_found.models import Category, HandOver, Record
from binhyen.lost_found.queries import CATEGORY_NAMES
from binhyen.printing.typesetting import typeset

DOTS = "." * 42
CLOSING = (
    "Người nhận đã trả lời đúng câu hỏi đối chiếu, đã kiểm tra và nhận đủ. Biên bản lập hai bản, mỗi bên giữ một bản."
)
SIGNERS = ("Người nhận", "Cán bộ thứ nhất", "Cán bộ thứ hai")


@dataclass(frozen=True, slots=True)
class HandOverPaper:
    """The words of the draft, the same in PDF and DOCX; an empty line of text is one to write on."""

    unit: str
    title: str
    note: str
    lines: tuple[str, ...]
    signers: tuple[str, ...] = SIGNERS


def hand_over_paper(record: Record, hand_over: HandOver, officers: tuple[str, str]) -> HandOverPaper:
    """The draft; `officers` are the names of both, the second may be empty."""
    name, papers = receiver_of(hand_over)
    now = clock.now().astimezone(clock.VIETNAM)
    unit = record.unit.name
    place = f", {record.unit.place_name}" if record.unit.place_name else ""
    thing = record.description or record.age_band or CATEGORY_NAMES[Category(record.category)]
    found = f"{record.place}{f', ngày {record.happened_on:%d/%m/%Y}' if record.happened_on else ''}"
    return HandOverPaper(
        unit=unit,
        title=f"BIÊN BẢN TRAO TRẢ {'NGƯỜI' if record.is_person else 'TÀI SẢN'}",
        note=f"Bản nháp, số {record.label}. Đối chiếu mẫu hiện hành trước khi ký.",
        lines=(
            f"Hồi {now:%H} giờ {now:%M}, ngày {now:%d} tháng {now:%m} năm {now:%Y}, tại trụ sở {unit}{place}.",
            "Chúng tôi gồm:",
            *(f"{number}. {officer or DOTS}, cán bộ {unit}" for number, officer in enumerate(officers, start=1)),
            f"Người nhận: {name}",
            f"Giấy tờ đã xem (không giữ bản chụp): {papers}",
            f"{'Đã giao người' if record.is_person else 'Đã trao trả'}: {thing}.",
            f"Nơi gặp, nhặt được: {found}.",
            "Tình trạng khi giao:",
            "",
            CLOSING,
        ),
    )


def hand_over_pdf(paper: HandOverPaper) -> bytes:
    """The draft as a tagged A4 PDF."""
    data = {
        "unit": paper.unit,
        "title": paper.title,
        "note": paper.note,
        "lines": list(paper.lines),
        "signers": list(paper.signers),
    }
    return typeset("binhyen.lost_found", "hand_over", data)
