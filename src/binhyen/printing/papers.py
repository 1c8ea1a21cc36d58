"""What stands on each paper of the print room: from the unit's facts, the targets and the words to template data."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from binhyen.printing.typesetting import qr_svg
from binhyen.printing.wording import (
    DANGER,
    INVITATIONS,
    NOTE,
    REPORT_KINDS,
    RULE,
    SECOND_STEPS,
    SECOND_TITLES,
    STEPS,
    TITLES,
    with_names,
)

PACKAGE = "binhyen.printing"


class Paper(StrEnum):
    """Everything the print room makes."""

    POSTER_A4 = "poster_a4"
    POSTER_A5 = "poster_a5"
    POSTER_A6 = "poster_a6"
    LETTER_HOUSEHOLD = "letter_household"
    LETTER_INSTITUTION = "letter_institution"
    HOTLINE_FLYER = "hotline_flyer"
    HOTLINE_CARD = "hotline_card"
    DOOR_LEAFLET = "door_leaflet"
    NOTICE = "notice"
    STICKERS = "stickers"
    REPORT_FORM = "report_form"
    DROP_BOX_SLIP = "drop_box_slip"


PER_PAGE = {
    Paper.POSTER_A5: 2, Paper.POSTER_A6: 4, Paper.HOTLINE_FLYER: 2, Paper.HOTLINE_CARD: 10, Paper.DOOR_LEAFLET: 3,
    Paper.STICKERS: 24, Paper.DROP_BOX_SLIP: 2,
}  # fmt: skip
"""Papers that stand on one page of A4; one where it is not listed. A page is filled with copies of one target."""

_TEMPLATES = {
    Paper.POSTER_A4: "poster", Paper.POSTER_A5: "poster", Paper.POSTER_A6: "poster", Paper.LETTER_HOUSEHOLD: "letter",
    Paper.LETTER_INSTITUTION: "letter", Paper.NOTICE: "notice", Paper.REPORT_FORM: "report",
    Paper.DROP_BOX_SLIP: "report",
}  # fmt: skip


class SecondLanguage(StrEnum):
    """A second language under the Vietnamese; the words in Ê Đê are typed by the unit, none are made up."""

    NONE = ""
    ENGLISH = "en"
    EDE = "rad"
    """ISO 639-3 of Ê Đê (Rade)."""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What papers say of the unit."""

    name: str
    short_name: str
    place_name: str
    superior: str = ""
    duty_phone: str = ""
    address_form: str = "bà con"
    numbers: tuple[tuple[str, str], ...] = ()
    """Pairs of title and telephone number for the lists of numbers."""
    mark_png: bytes = b""
    """The unit's own mark; empty draws the neutral one."""


@dataclass(frozen=True, slots=True)
class Target:
    """One place or subject that gets papers: its name, and where its QR code leads."""

    name: str
    """"Thôn Đông Tiến", "Đăng ký tạm trú"; empty for the whole unit."""
    address: str
    """Whole address; printed in capitals inside the code."""
    code: str = ""
    institution: str = ""
    """Kind of institution of a letter: hotel, school, shop, other."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words the officer may change; empty ones take the ready text. {thon}, {don_vi}, {so} stand for names."""

    title: str = ""
    body: str = ""
    second: SecondLanguage = SecondLanguage.NONE
    second_title: str = ""
    second_body: str = ""
    label: str = ""
    """Kind of a notice: "Cảnh báo", "Tìm đồ"."""


@dataclass(frozen=True, slots=True)
class Order:
    """Papers of one kind for some targets."""

    paper: Paper
    unit: UnitFacts
    targets: tuple[Target, ...]
    batch: str
    printed_on: date
    expires_on: date | None = None
    copies: int = 1
    """Pages for each target."""
    wording: Wording = field(default_factory=Wording)


def template_of(paper: Paper) -> str:
    """Name of the template."""
    return _TEMPLATES.get(paper, "cards")


def qr_text(address: str) -> str:
    """The address in capitals, so that the code stays in alphanumeric mode and small: HTTPS://HOST/N/TB06."""
    return address.upper()


def pages_in(order: Order) -> int:
    """Pages of A4 the order makes."""
    return len(order.targets) * order.copies


def template_data(order: Order, targets: Sequence[Target]) -> dict[str, Any]:
    """Data of the template for some of the order's targets, each on pages of its own."""
    common = _common(order)
    sheets = [sheet for target in targets for sheet in _sheets(order, target)]
    return common | _of_paper(order) | {"sheets": sheets}


def _sheets(order: Order, target: Target) -> list[dict[str, Any]]:
    count = PER_PAGE.get(order.paper, 1) * order.copies
    return [_sheet(order, target)] * count


def _sheet(order: Order, target: Target) -> dict[str, Any]:
    words = _Names(order, target)
    title = words.of(order.wording.title or TITLES[order.paper])
    return {
        "title": title,
        "second_title": words.of(order.wording.second_title or _second_title(order)),
        "second_paragraphs": [words.of(line) for line in order.wording.second_body.split("\n") if line.strip()],
        "short": words.of(TITLES[Paper.STICKERS]),
        "name": target.name,
        "qr": qr_svg(qr_text(target.address)),
        "address": _shown(target.address),
        "code": target.code,
        **_letter(order, target, words),
    }


def _second_title(order: Order) -> str:
    """The ready title of the language; a notice speaks of something else, so there is none for it."""
    return "" if order.paper is Paper.NOTICE else SECOND_TITLES.get(order.wording.second.value, "")


@dataclass(frozen=True, slots=True)
class _Names:
    order: Order
    target: Target

    def of(self, text: str) -> str:
        return with_names(
            text, self.order.unit.name, self.target.name, _grouped(self.order.unit.duty_phone), self._address_form
        )

    @property
    def _address_form(self) -> str:
        return self.order.unit.address_form


def _letter(order: Order, target: Target, words: _Names) -> dict[str, Any]:
    if order.paper not in (Paper.LETTER_HOUSEHOLD, Paper.LETTER_INSTITUTION):
        return {}
    invitation = INVITATIONS["household" if order.paper is Paper.LETTER_HOUSEHOLD else target.institution or "other"]
    body = order.wording.body or invitation.body
    return {
        "addressee": words.of(invitation.addressee),
        "paragraphs": [words.of(line) for line in body.split("\n") if line.strip()],
    }


def _common(order: Order) -> dict[str, Any]:
    unit = order.unit
    duty = _grouped(unit.duty_phone)
    numbers = [("Khẩn cấp", "113"), *([("Trực ban 24/24", duty)] if duty else []), ("Trẻ em", "111")]
    second = order.wording.second
    words = _Names(order, Target("", ""))
    return {
        "kind": order.paper.value,
        "title": f"{TITLES[order.paper]} – {unit.name}",
        "unit": unit.name,
        "superior": unit.superior,
        "place": unit.place_name,
        "duty": duty,
        "mark": list(unit.mark_png),
        "numbers": numbers,
        "all_numbers": [
            ("Công an", "113"), ("Chữa cháy, cứu nạn", "114"), ("Cấp cứu", "115"), ("Trẻ em", "111"),
            *([("Trực ban 24/24", duty)] if duty else []),
            *((title, _grouped(phone)) for title, phone in unit.numbers),
        ],
        "steps": [words.of(step) for step in STEPS],
        "note": NOTE,
        "rule": RULE,
        "danger": DANGER,
        "kinds": REPORT_KINDS,
        "batch": f"Đợt in {order.batch}",
        "expires": f"{order.expires_on:%d/%m/%Y}" if order.expires_on else "",
        "second_lang": second.value,
        "second_steps": SECOND_STEPS.get(second.value, []) if not order.wording.second_title else [],
    }  # fmt: skip


def _of_paper(order: Order) -> dict[str, Any]:
    day = order.printed_on
    dated = f"{_place_short(order.unit.place_name)}, ngày {day:%d} tháng {day:%m} năm {day:%Y}"
    body = [line for line in order.wording.body.split("\n") if line.strip()]
    return {
        "size": order.paper.value.removeprefix("poster_"),
        "dated": dated if order.paper is not Paper.NOTICE else f"Ngày {day:%d/%m/%Y}",
        "heading": order.wording.title or TITLES[order.paper],
        "subject": "Tham gia nhóm “Kết nối bình yên”",
        "signer": f"Trưởng {order.unit.short_name}",
        "label": order.wording.label or "Thông báo",
        "paragraphs": body,
    }


def _place_short(place: str) -> str:
    """ "xã Thạch Hà, tỉnh Hà Tĩnh" signs its letters "Thạch Hà"."""
    first = place.split(",", maxsplit=1)[0]
    return first.split(" ", 1)[1] if " " in first and first.split(" ", 1)[0] in {"xã", "phường"} else first


def _shown(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://")


def _grouped(phone: str) -> str:
    """ "02393000000" as "0239 3 000 000", mobile numbers in 4-3-3; the spaces do not break."""
    digits = "".join(character for character in phone if character.isdigit())
    if len(digits) == 11 and digits.startswith("02"):
        return f"{digits[:4]}\u00a0{digits[4]}\u00a0{digits[5:8]}\u00a0{digits[8:]}"
    if len(digits) == 10 and digits.startswith("0"):
        return f"{digits[:4]}\u00a0{digits[4:7]}\u00a0{digits[7:]}"
    return phone


def for_one(order: Order) -> Order:
    """The order's first target alone, one page: for a preview."""
    return replace(order, targets=order.targets[:1], copies=1)
