"""The draft of a breach notice: every field the law asks for, filled from this installation (law 91/2025/QH15; G64)."""

# ruff: noqa: E501 -- sentences for a form are easier to read unbroken

from dataclasses import dataclass
from datetime import datetime

from binhyen.audit import actions as audit
from binhyen.audit.models import AuditRow
from binhyen.cases.models import Case
from binhyen.core import clock
from binhyen.core.deadlines import end_after
from binhyen.core.errors import NotPossible
from binhyen.core.law import rule_in_force
from binhyen.inbox.models import Contact, Conversation, Message
from binhyen.lost_found.models import Record
from binhyen.units.models import Membership, Role, Unit
from binhyen.vault.models import StoredFile

RULE = "breach.notify_authority"


@dataclass(frozen=True, slots=True)
class Field:
    """One numbered field of the draft."""

    title: str
    text: str


def draft_breach_notice(unit: Unit, discovered_at: datetime, what: str, measures: str) -> list[Field]:
    """All fields in order, in Vietnamese; what a machine cannot know is said to be filled in by hand, never left empty.

    Raises NotPossible("breach_what_missing").
    """
    what = what.strip()
    if not what:
        raise NotPossible("breach_what_missing")
    rule = rule_in_force(RULE, clock.today())
    due = end_after(rule.due, discovered_at)
    audit.record(unit.pk, "breach.drafted", actor_key=None, facts={"rule": rule.version})
    return [
        Field("Nơi nhận", "Cơ quan chuyên trách bảo vệ dữ liệu cá nhân (Bộ Công an)"),
        Field("Bên thông báo", ", ".join(part for part in (unit.name, unit.street_address, unit.duty_phone) if part)),
        Field("Người liên hệ", _contact(unit)),
        Field("Thời điểm phát hiện", _moment(discovered_at)),
        Field(
            "Hạn thông báo",
            f"{_moment(due)} ({rule.due.value} giờ kể từ khi phát hiện, mục {rule.id} bản {rule.version})",
        ),
        Field("Mô tả vi phạm", what),
        Field("Loại dữ liệu có thể bị ảnh hưởng", _kinds(unit)),
        Field("Số lượng", _counts(unit)),
        Field("Dữ liệu được bảo vệ thế nào trước đó", _protection()),
        Field("Ai đã truy cập trong 7 ngày trước khi phát hiện", _readers(unit, discovered_at)),
        Field("Hậu quả có thể xảy ra", _consequences(unit)),
        Field("Biện pháp đã làm", measures.strip() or "Chưa có; ghi tại đây trước khi gửi."),
        Field("Thông báo cho người bị ảnh hưởng", _people(unit)),
        Field("Người lập", "Ghi họ tên, chức vụ và ký trước khi gửi. Đây là bản thảo do phần mềm soạn."),
    ]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(clock.VIETNAM):%H giờ %M ngày %d/%m/%Y}"


def _contact(unit: Unit) -> str:
    heads = Membership.objects.filter(unit=unit, role=Role.COMMANDER).select_related("officer").order_by("id")
    names = [one.officer.full_name for one in heads]
    return f"{', '.join(names) or 'Chỉ huy đơn vị'}, điện thoại {unit.duty_phone or 'ghi tại đây'}"


def _kinds(unit: Unit) -> str:
    found = []
    if Conversation.objects.filter(unit=unit).exists():
        found.append("nội dung trao đổi, tên hiển thị và mã Zalo của người nhắn (dữ liệu cơ bản)")
    if Case.objects.filter(unit=unit).exclude(wrapped_key=b"").exists():
        found.append("tin báo niêm phong (có thể là dữ liệu nhạy cảm)")
    if Case.objects.filter(unit=unit).exclude(sealed_identity=b"").exists():
        found.append("danh tính niêm phong của người báo tin")
    if Record.objects.filter(unit=unit).exists():
        found.append("hồ sơ mất, nhặt được, người đi lạc: họ tên, liên hệ, ảnh (có thể là dữ liệu của trẻ em)")
    if StoredFile.objects.filter(unit_key=unit.pk).exists():
        found.append("tệp đính kèm đã mã hóa")
    return "; ".join(found) or "không có dữ liệu của người dân"


def _counts(unit: Unit) -> str:
    return (
        f"{Contact.objects.filter(unit=unit).count()} người nhắn, {Message.objects.filter(unit=unit).count()} tin nhắn, "
        f"{Case.objects.filter(unit=unit).exclude(wrapped_key=b'').count()} vụ việc niêm phong, "
        f"{Case.objects.filter(unit=unit).exclude(sealed_identity=b'').count()} danh tính niêm phong, "
        f"{Record.objects.filter(unit=unit).count()} hồ sơ mất, nhặt được, "
        f"{StoredFile.objects.filter(unit_key=unit.pk).count()} tệp (mức cao nhất, tính cả đơn vị)"
    )


def _protection() -> str:
    return (
        "Tin báo và tệp mã hóa bằng khóa để ngoài cơ sở dữ liệu; danh tính người báo tin mã hóa bằng khóa chia cho nhiều "
        "người giữ; cán bộ đăng nhập hai lớp; mọi lần xem ghi sổ không sửa được."
    )


def _readers(unit: Unit, discovered_at: datetime) -> str:
    since = datetime.fromtimestamp(discovered_at.timestamp() - 7 * 86_400, tz=discovered_at.tzinfo)
    rows = AuditRow.objects.filter(unit_key=unit.pk, at__gt=since, at__lte=discovered_at, actor_key__isnull=False)
    people = rows.order_by().values("actor_key").distinct().count()
    return f"{people} cán bộ, {rows.count()} dòng trong nhật ký (binhyen verify-audit kiểm tra nhật ký nguyên vẹn)"


def _consequences(unit: Unit) -> str:
    if Case.objects.filter(unit=unit).exclude(sealed_identity=b"").exists():
        return "Nếu cả khóa cũng bị lấy: người báo tin có thể bị lộ, bị trả thù. Nếu khóa còn nguyên: nội dung không đọc được."
    return "Người nhắn có thể bị lộ việc đã hỏi, bị gọi điện lừa đảo bằng thông tin đã trao đổi."


def _people(unit: Unit) -> str:
    if Contact.objects.filter(unit=unit).exists():
        return "Báo riêng qua chính kênh người dân đã dùng, lời trung tính, không nhắc nội dung; đăng thông báo trên trang của đơn vị."
    return "Không có người bị ảnh hưởng được lưu."
