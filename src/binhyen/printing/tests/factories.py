"""Orders for the print room's tests; every name and number is invented."""

from datetime import date

from binhyen.printing.papers import Order, Paper, Target, UnitFacts, Wording
from binhyen.units.models import Membership, Officer, Role, Unit, UnitKind
from binhyen.vault.keyring import create_keyring

UNIT = UnitFacts(
    "Công an xã Thạch Hà", "Công an xã", "xã Thạch Hà, tỉnh Hà Tĩnh", "Công an tỉnh Hà Tĩnh", "02393000000",
    numbers=(("Trưởng Công an xã, đ/c Quang", "0910000001"), ("Bộ phận tiếp nhận hồ sơ", "02393000001")),
)  # fmt: skip
ADDRESS = "https://binhyen.example.vn/n/TB06K2"
HAMLET = Target("Buôn Čư M’gar", ADDRESS, "TB06K2", "school")
DAY = date(2026, 11, 28)
NOTICE = Wording(
    "Giả danh công an gọi điện", "Chuyện gì: có người giả danh công an.\nLàm gì ngay: dập máy.", label="Cảnh báo"
)


def make_order(paper: Paper = Paper.POSTER_A4, targets: tuple[Target, ...] = (HAMLET,), **more: object) -> Order:
    """An order as the print room keeps it."""
    wording = NOTICE if paper is Paper.NOTICE else Wording()
    values: dict[str, object] = {"wording": wording} | more
    return Order(paper, UNIT, targets, "P-2026-014", DAY, **values)  # type: ignore[arg-type]


def make_unit(slug: str = "thach-binh", name: str = "Công an xã Thạch Bình") -> Unit:
    """A commune's unit."""
    create_keyring()
    return Unit.objects.create(kind=UnitKind.COMMUNE_POLICE, name=name, short_name="Công an xã", slug=slug)


def make_officer(unit: Unit, username: str, role: Role = Role.DUTY_OFFICER) -> Officer:
    """An officer with one role in the unit."""
    officer = Officer.objects.create_user(username, "Mat khau dai 1", full_name=f"Đ/c {username.title()}")
    Membership.objects.create(unit=unit, officer=officer, role=role)
    return officer
