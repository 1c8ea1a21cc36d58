"""One of everything in one unit, real enough to be opened, under the names that the console's addresses use."""

from datetime import timedelta

from binhyen.cases import files_of_case, handing_over
from binhyen.cases.models import Case, CaseChannel, CaseKind
from binhyen.cases.openings import Opening
from binhyen.cases.receiving import NewReport, receive_report
from binhyen.cases.reports import Report
from binhyen.cases.states import CaseState
from binhyen.console.tests.factories import House, make_conversation, make_delivery
from binhyen.consumers.models import Consumer
from binhyen.core import clock
from binhyen.groups.models import Group, JoinCode
from binhyen.inbox.models import Attachment, BulkAct, CannedReply, DutyAlert, Topic
from binhyen.inbox.queries import delivery_key
from binhyen.lost_found.handing_over import RECEIVER
from binhyen.lost_found.models import HandOver, Record
from binhyen.outreach.models import Post
from binhyen.printing.models import PrintBatch
from binhyen.procedures.models import ProcedureVersion
from binhyen.reviews import actions as reviews
from binhyen.reviews.models import ReviewVersion
from binhyen.statistics.models import AreaFigures
from binhyen.statistics.periods import span_of
from binhyen.units.models import Area, Officer, Role
from binhyen.units.scope import Scope
from binhyen.units.setting_up import STEPS
from binhyen.vault import exports, files
from binhyen.vault.export_files import Table
from binhyen.vault.keyring import seal
from binhyen.vault.models import IdentityKey, StoredFile
from binhyen.vault.tests.samples import picture


def make_everything(house: House, maker: Officer) -> dict[str, str]:
    """Public ids by the name of the part of an address; `maker` did what somebody had to do."""
    return {
        "unit_id": house.unit.public_id,
        "officer_id": maker.public_id,
        **_conversation(house, maker),
        **_case(house, maker),
        **_outgoing(house),
        **_register(house, maker),
        "procedure_id": "tach-ho",
        "version_id": ProcedureVersion.objects.create(
            unit=house.unit, procedure="tach-ho", state="waiting", drafted_by=maker, drafted_at=clock.now()
        ).public_id,
        "consumer_id": Consumer.objects.create(
            unit=house.unit, name="Cổng", key_hash=f"{house.unit.pk:064d}", key_end="abcd", created_at=clock.now()
        ).public_id,
        "step": STEPS[0],
        "topic": Topic.objects.create(unit=house.unit, name="Tạm trú", folded="tam tru").public_id,
        "area_id": _hamlet(house),
        "area": Area.objects.create(unit=house.unit, name="Thôn 1").public_id,
    }


def every_role(house: House, maker: Officer) -> Scope:
    """Of somebody who may do everything in the unit."""
    return Scope.of(maker.pk, [(house.unit.pk, role) for role in Role])


def _hamlet(house: House) -> str:
    """A hamlet large enough for a page of its own."""
    area = Area.objects.create(unit=house.unit, name="Thôn 2", household_count=90)
    month = clock.today().replace(day=1)
    AreaFigures.objects.create(area=area, unit=house.unit, month=month, counts={"households": 90})
    return area.public_id


def _picture(house: House, original: StoredFile | None = None) -> StoredFile:
    return files.store(picture(), house.unit.pk, "image/jpeg", "anh.jpg", original)


def _conversation(house: House, maker: Officer) -> dict[str, str]:
    conversation, now = make_conversation(house.zalo), clock.now()
    original = _picture(house)
    shown = _picture(house, original)
    Attachment.objects.create(
        unit=house.unit, message=conversation.messages.get(), kind="image", state="stored", original=original,
        shown=shown,
    )  # fmt: skip
    order = exports.Order(house.unit.pk, "x", maker.pk, "x", "danh-sach", "csv", "Đối chiếu số liệu tuần")
    return {
        "conversation_id": conversation.public_id,
        "file_id": shown.public_id,
        "alert_id": DutyAlert.objects.create(
            unit=house.unit, conversation=conversation, state="ringing", created_at=now
        ).public_id,
        "delivery": delivery_key(make_delivery(conversation, "unknown")),
        "export_id": exports.make_export(order, [Table("T", ("c",), [("x",)])]).export.public_id,
        "act_id": BulkAct.objects.create(
            unit=house.unit, kind="close", done_count=1, skipped_count=0, made_at=now,
            undo_until=now + timedelta(minutes=5),
        ).public_id,
        "canned_id": CannedReply.objects.create(unit=house.unit, title="Chợ đêm", text="Mở 17 giờ").public_id,
    }  # fmt: skip


def _case(house: House, maker: Officer) -> dict[str, str]:
    now, report = clock.now(), Report("Tụ tập đánh bạc", "sau chợ")
    sealed = receive_report(NewReport(house.unit, CaseKind.CRIME_TIP, CaseChannel.WEB, report))[0]
    file = files_of_case.add_to_case(sealed, picture())
    files_of_case.clean_waiting()
    Case.objects.filter(pk=sealed.pk).update(state=CaseState.VERIFYING)
    package = handing_over.transfer_to_body(every_role(house, maker), sealed, "Cơ quan điều tra", b"x")
    identity_key = IdentityKey.objects.create(unit_key=house.unit.pk, public_key=b"k" * 32, created_at=now)
    opening = Opening.objects.create(
        unit=house.unit, purpose="rehearsal", identity_key=identity_key, requester=maker, asked_at=now
    )
    return {
        "case_id": sealed.public_id,
        "case_file_id": file.public_id,
        "package_id": package.public_id,
        "paper": "reception_record",
        "opening_id": opening.public_id,
    }


def _outgoing(house: House) -> dict[str, str]:
    now = clock.now()
    post = Post.objects.create(
        unit=house.unit, title="Bài của đơn vị", state="review", created_at=now, changed_at=now,
        picture=_picture(house),
    )  # fmt: skip
    code = f"KHAC{chr(65 + house.unit.pk % 20)}{chr(65 + house.unit.pk // 20 % 20)}"
    JoinCode.objects.create(code=code, unit=house.unit, created_at=now)
    batch = PrintBatch.objects.create(
        unit=house.unit, number="P-2026-001", paper="poster_a4", ordered={}, total_count=1, page_count=1,
        created_at=now, file=_picture(house),
    )  # fmt: skip
    return {
        "post_id": post.public_id,
        "group_id": Group.objects.create(unit=house.unit, name="Nhóm của thôn", created_at=now).public_id,
        "code": code,
        "batch_id": batch.public_id,
    }


def _register(house: House, maker: Officer) -> dict[str, str]:
    now = clock.now()
    record = Record.objects.create(
        unit=house.unit, number=1, kind="found_item", source="counter", received_at=now, changed_at=now,
        picture=_picture(house),
    )  # fmt: skip
    HandOver.objects.create(
        record=record, sealed_receiver=seal(RECEIVER, b'["X", "Y"]'), papers_seen=True, first_officer=maker,
        prepared_at=now,
    )  # fmt: skip
    review = reviews.start_review(every_role(house, maker), house.unit, span_of("2025-Q4"))
    ReviewVersion.objects.get_or_create(review=review, version=1, defaults={"texts": {}, "created_at": now})
    return {"record_id": record.public_id, "review_id": review.public_id, "version": "1", "form": "docx"}
