"""G39: what another unit has cannot be told from what does not exist; technical administrators see no conversation."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from binhyen.cases.models import CaseFile, TransferPackage
from binhyen.cases.openings import Opening
from binhyen.cases.tests.factories import make_case
from binhyen.console.tests.factories import make_conversation, make_delivery, make_house, make_officer, sign_in
from binhyen.console.urls import urlpatterns
from binhyen.consumers.models import Consumer
from binhyen.core import clock
from binhyen.core.ids import new_public_id
from binhyen.groups.models import Group, JoinCode
from binhyen.inbox.models import Attachment, BulkAct, CannedReply, DutyAlert
from binhyen.inbox.queries import delivery_key
from binhyen.lost_found.models import Record
from binhyen.outreach.models import Post
from binhyen.printing.models import PrintBatch
from binhyen.procedures.models import ProcedureVersion
from binhyen.reviews.models import Review
from binhyen.units.models import Role
from binhyen.units.setting_up import STEPS
from binhyen.vault import exports
from binhyen.vault.export_files import Table
from binhyen.vault.models import IdentityKey, StoredFile

pytestmark = pytest.mark.django_db

WITH_OBJECTS = [pattern for pattern in urlpatterns if pattern.pattern.converters and pattern.name != "invitation"]
"""Every console address that names an object; new ones join by themselves."""


@pytest.fixture
def foreign() -> dict[str, str]:
    """Public ids of one of everything in another unit."""
    house = make_house("khac", "Công an xã Khác")
    officer = make_officer(house.unit, "khac", Role.UNIT_ADMINISTRATOR)
    conversation = make_conversation(house.zalo)
    stored = StoredFile.objects.create(
        unit_key=house.unit.pk, content_type="image/jpeg", size_bytes=1, sha256="0" * 64, created_at=clock.now()
    )
    Attachment.objects.create(
        unit=house.unit, message=conversation.messages.get(), kind="image", state="stored", shown=stored
    )
    alert = DutyAlert.objects.create(
        unit=house.unit, conversation=conversation, state="ringing", created_at=clock.now()
    )
    consumer = Consumer.objects.create(
        unit=house.unit, name="Cổng", key_hash="0" * 64, key_end="abcd", created_at=clock.now()
    )
    group = Group.objects.create(unit=house.unit, name="Nhóm khác", created_at=clock.now())
    now = clock.now()
    post = Post.objects.create(unit=house.unit, title="Bài khác", state="review", created_at=now, changed_at=now)
    JoinCode.objects.create(code="KHACAA", unit=house.unit, created_at=clock.now())
    record = Record.objects.create(
        unit=house.unit, number=1, kind="found_item", source="counter", received_at=clock.now(), changed_at=clock.now()
    )
    batch = PrintBatch.objects.create(
        unit=house.unit, number="P-2026-001", paper="poster_a4", ordered={}, total_count=1, page_count=1,
        created_at=clock.now(),
    )  # fmt: skip
    version = ProcedureVersion.objects.create(
        unit=house.unit, procedure="tach-ho", state="waiting", drafted_by=officer, drafted_at=clock.now()
    )
    order = exports.Order(house.unit.pk, "x", officer.pk, "x", "danh-sach", "csv", "Đối chiếu số liệu tuần")
    sealed = make_case(house.unit)
    stored_of_case = StoredFile.objects.create(
        unit_key=house.unit.pk, content_type="image/jpeg", size_bytes=1, sha256="1" * 64, created_at=clock.now()
    )
    case_file = CaseFile.objects.create(case=sealed, original=stored_of_case, added_at=clock.now())
    package = TransferPackage.objects.create(
        case=sealed, body_name="X", sealed_package=b"x", officer=officer, made_at=clock.now()
    )
    identity_key = IdentityKey.objects.create(unit_key=house.unit.pk, public_key=b"k" * 32, created_at=clock.now())
    opening = Opening.objects.create(
        unit=house.unit,
        purpose="rehearsal",
        identity_key=identity_key,
        requester=officer,
        asked_at=clock.now(),
    )
    review = Review.objects.create(
        unit=house.unit, starts_on=now.date(), ends_on=now.date(), created_at=now, changed_at=now
    )
    return {
        "review_id": review.public_id,
        "version": "1",
        "form": "pdf",
        "case_id": sealed.public_id,
        "case_file_id": case_file.public_id,
        "package_id": package.public_id,
        "paper": "reception_record",
        "opening_id": opening.public_id,
        "version_id": version.public_id,
        "procedure_id": "tach-ho",
        "consumer_id": consumer.public_id,
        "step": STEPS[0],
        "group_id": group.public_id,
        "code": "KHACAA",
        "batch_id": batch.public_id,
        "record_id": record.public_id,
        "post_id": post.public_id,
        "conversation_id": conversation.public_id,
        "export_id": exports.make_export(order, [Table("T", ("c",), [("x",)])]).export.public_id,
        "act_id": BulkAct.objects.create(
            unit=house.unit,
            kind="close",
            done_count=1,
            skipped_count=0,
            made_at=clock.now(),
            undo_until=clock.now() + timedelta(minutes=5),
        ).public_id,
        "canned_id": CannedReply.objects.create(unit=house.unit, title="Chợ đêm", text="Mở 17 giờ").public_id,
        "file_id": stored.public_id,
        "alert_id": alert.public_id,
        "unit_id": house.unit.public_id,
        "officer_id": officer.public_id,
        "delivery": delivery_key(make_delivery(conversation, "unknown")),
    }


def shape(content: bytes) -> str:
    """The page without what differs by chance: the form token."""
    return re.sub(r'value="[A-Za-z0-9]{64}"|CSRFToken": "\w+"', "", content.decode())


@pytest.mark.parametrize("pattern", WITH_OBJECTS, ids=lambda pattern: pattern.name)
@pytest.mark.parametrize("role", list(Role))
def test_a_foreign_object_is_a_missing_object(pattern, role: Role, foreign: dict[str, str]):
    client = sign_in(make_officer(make_house().unit, "may", role))
    names = list(pattern.pattern.converters)
    theirs = reverse(f"console:{pattern.name}", kwargs={name: foreign[name] for name in names})
    nothing = reverse(f"console:{pattern.name}", kwargs={name: new_public_id() for name in names})
    form = {"text": "x", "act": "take", "delivery": foreign["delivery"], "kind": "report"}

    for ask in (client.get, lambda path: client.post(path, form)):
        one, other = ask(theirs), ask(nothing)
        assert one.status_code == other.status_code
        assert one.status_code in (404, 405)
        assert shape(one.content) == shape(other.content)
        assert {name: value for name, value in one.headers.items() if name != "Content-Length"} == {
            name: value for name, value in other.headers.items() if name != "Content-Length"
        }


def test_lists_counts_and_search_hold_nothing_foreign(foreign: dict[str, str]):
    client = sign_in(make_officer(make_house().unit, "may"))

    for query in ("", "?view=unit", "?view=review", "?q=tam+tru", f"?unit={foreign['unit_id']}"):
        page = client.get(f"/console/{query}").content.decode()
        objects = {value for name, value in foreign.items() if name not in ("unit_id", "step", "version", "form")}
        assert not any(value in page for value in objects)
        assert "Công an xã Khác" not in page


def test_a_technical_administrator_reads_no_conversation():
    house = make_house()
    conversation = make_conversation(house.zalo)
    client = sign_in(make_officer(house.unit, "ky-thuat", Role.TECHNICAL_ADMINISTRATOR))

    assert client.get("/console/").headers["Location"] == "/console/settings/"
    assert client.get(f"/console/c/{conversation.public_id}/").status_code == 404
    assert client.get("/console/pulse/").json()["changed"] == ""
