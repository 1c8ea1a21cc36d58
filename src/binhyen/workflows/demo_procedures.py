"""What the demo's first unit says for itself: one approved version and one that waits for the second person."""

from typing import Any

from binhyen.procedures import actions
from binhyen.procedures.effective import records_of
from binhyen.procedures.models import ProcedureVersion
from binhyen.units.models import Officer, Role, Unit
from binhyen.units.scope import Scope, scope_of
from binhyen.workflows.seeding import add_officer

_APPROVED: dict[str, Any] = {
    "hours_vi": "Sáng thứ hai đến sáng thứ bảy, 7 giờ 30 đến 11 giờ 30",
    "place_vi": "Nhà văn hóa thôn 4 (sáng thứ bảy), các ngày khác tại trụ sở Công an xã",
    "unit_note_vi": "Chủ nhà trọ báo cho cả phòng một lần được.",
}
_WAITING: dict[str, Any] = {"hours_vi": "Chiều thứ tư và thứ sáu, 13 giờ 30 đến 16 giờ 30"}
_NAMES = ["giấy báo khách ngủ lại"]


def seed_demo_procedures(unit: Unit) -> None:
    """Idempotent. The second person is invented, has no way to sign in, and wrote what waits for the demo's officer."""
    if ProcedureVersion.objects.filter(unit=unit).exists():
        return
    officer = Officer.objects.get(username="demo")
    writer = scope_of(officer)
    chief = scope_of(add_officer(unit, "demo-chi-huy", "Đ/c Lan (nhân vật dùng thử)", [Role.COMMANDER]))
    names = {"aliases_vi": [*records_of(unit)["thong-bao-luu-tru"]["aliases_vi"], *_NAMES]}
    actions.approve(chief, _sent(writer, unit, "thong-bao-luu-tru", _APPROVED | names))
    _sent(chief, unit, "tach-ho", _WAITING)


def _sent(scope: Scope, unit: Unit, procedure: str, changes: dict[str, Any]) -> ProcedureVersion:
    version = actions.save_draft(scope, unit, procedure, records_of(unit)[procedure] | changes)
    actions.send_for_approval(scope, version)
    version.refresh_from_db()
    return version
