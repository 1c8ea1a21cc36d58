"""What the publication check says: a flag with its place in the text, how serious it is, and how to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

PostKind: TypeAlias = Literal[
    "news", "law", "crime_method", "warning", "lost_found", "missing_person", "procedure_change"
]  # fmt: skip
POST_KINDS: tuple[PostKind, ...] = (
    "news", "law", "crime_method", "warning", "lost_found", "missing_person", "procedure_change",
)  # fmt: skip


class Flag(StrEnum):
    """Why a text should not be published as it stands (guarantees G22, G23, G46, G47, G63)."""

    PHONE = "phone"
    ID_NUMBER = "id_number"
    BANK_ACCOUNT = "bank_account"
    PLATE = "plate"
    EXACT_ADDRESS = "exact_address"
    SUSPECT_NAMED = "suspect_named"
    VICTIM_IDENTIFIABLE = "victim_identifiable"
    CHILD_DETAILS = "child_details"
    DEBTOR_SHAMING = "debtor_shaming"
    STATE_SECRET_MARK = "state_secret_mark"  # noqa: S105 - a flag, not a password
    ASKS_MONEY_OR_CODE = "asks_money_or_code"
    LINK_NOT_ALLOWED = "link_not_allowed"


class Level(StrEnum):
    """How far a finding holds a text back; ordered from light to heavy in `LEVELS`."""

    SHOWN = "shown"
    """The writer sees it and may go on."""
    SECOND_OFFICER = "second_officer"
    """Goes out only when a second officer confirms a listed ground."""
    NEVER = "never"
    """Does not go out; the text has to change."""


LEVELS = (Level.SHOWN, Level.SECOND_OFFICER, Level.NEVER)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: `start` and `end` are character offsets into the text as given; `mend` is Vietnamese."""

    flag: Flag
    level: Level
    start: int
    end: int
    mend: str

    @property
    def blocks(self) -> bool:
        """Whether the text stays where it is until somebody acts."""
        return self.level is not Level.SHOWN


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes: the unit's name, its own telephone numbers and its own links (pages, groups, domain)."""

    unit_name: str = ""
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def heaviest(findings: Sequence[Finding]) -> Level | None:
    """The heaviest level, or None for a clean text."""
    return max((finding.level for finding in findings), key=LEVELS.index, default=None)


MENDS: dict[Flag, str] = {
    Flag.PHONE: "Bỏ số điện thoại này. Chỉ ghi số trực ban của đơn vị.",
    Flag.ID_NUMBER: "Bỏ số giấy tờ này. Không có việc nào cần đăng số giấy tờ của một người.",
    Flag.BANK_ACCOUNT: "Bỏ số tài khoản, số thẻ này.",
    Flag.PLATE: "Bỏ biển số. Tả loại xe và màu xe là đủ.",
    Flag.EXACT_ADDRESS: "Bỏ số nhà, ngõ, phòng. Chỉ ghi tên thôn, tổ hoặc nơi công cộng gần đó.",
    Flag.SUSPECT_NAMED: "Bỏ tên người bị nghi vi phạm. Viết “một người”, “một thanh niên”.",
    Flag.VICTIM_IDENTIFIABLE: "Bỏ những gì để lộ người bị hại. Viết “một người dân”.",
    Flag.CHILD_DETAILS: (
        "Chỉ giữ độ tuổi, quần áo, nơi gặp và số trực ban. Bỏ họ tên, trường lớp, cha mẹ, nhà ở, bệnh tật."
    ),
    Flag.DEBTOR_SHAMING: "Bỏ đoạn này. Nợ là việc dân sự, công an không nêu tên người nợ.",
    Flag.STATE_SECRET_MARK: "Có dấu hiệu tài liệu mật. Xóa khỏi đây, không lưu, không gửi; báo chỉ huy đơn vị.",
    Flag.ASKS_MONEY_OR_CODE: (
        "Bỏ đoạn này. Công an không xin tiền, mã OTP, mật khẩu, ảnh giấy tờ, không bảo cài ứng dụng."
    ),
    Flag.LINK_NOT_ALLOWED: "Bỏ liên kết này. Chỉ dẫn tới trang của đơn vị hoặc trang của cơ quan nhà nước.",
}
"""How to mend each finding, for the officer."""

MEND_ABUSE = (
    "Không bao giờ đăng điều để lộ người bị xâm hại, bạo hành: bỏ tên, chữ viết tắt, tuổi, thôn, trường, người thân."
)
MEND_CHILD_OFFENDER = "Không bao giờ đăng điều để lộ trẻ em vi phạm: bỏ tên, chữ viết tắt, tuổi, trường, lớp."
MEND_INTERNAL = "Tài liệu nội bộ. Chỉ đăng khi chỉ huy đã đồng ý bằng văn bản."
