"""The draft of the hand-over record (form 155 of TT 119/2021 as far as known): printed, signed by hand, never by us."""

from binhyen.core import clock
from binhyen.lost_found.handing_over import receiver_of
from binhyen.lost_found.models import Category, HandOver, Record
from binhyen.lost_found.queries import CATEGORY_NAMES
from binhyen.printing.typesetting import typeset


def hand_over_pdf(record: Record, hand_over: HandOver, officers: tuple[str, str]) -> bytes:
    """The draft as a tagged A4 PDF; `officers` are the names of both, the second may be empty."""
    name, papers = receiver_of(hand_over)
    now = clock.now().astimezone(clock.VIETNAM)
    thing = record.description or record.age_band or CATEGORY_NAMES[Category(record.category)]
    data = {
        "title": f"Biên bản trao trả {record.label}",
        "unit": record.unit.name,
        "label": record.label,
        "place": record.unit.place_name,
        "at": f"{now:%H} giờ {now:%M}, ngày {now:%d} tháng {now:%m} năm {now:%Y}",
        "thing": thing,
        "is_person": record.is_person,
        "found": f"{record.place}{f', ngày {record.happened_on:%d/%m/%Y}' if record.happened_on else ''}",
        "receiver": name,
        "papers": papers,
        "first": officers[0],
        "second": officers[1],
    }
    return typeset("binhyen.lost_found", "hand_over", data)
