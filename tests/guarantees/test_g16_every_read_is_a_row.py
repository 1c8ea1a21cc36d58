"""G16: every page that shows something sealed writes one row of the record, found from the console's own addresses."""

import ast
import inspect
from importlib import import_module

import pytest
from django.urls import reverse
from django.utils import translation

from binhyen.audit import queries
from binhyen.audit.models import AuditRow
from binhyen.audit.verification import verify_chain
from binhyen.cases.models import CaseFile, EventKind, FileState
from binhyen.cases.reports import key_of
from binhyen.cases.tests.factories import make_case, make_station
from binhyen.console.tests.factories import make_conversation, sign_in
from binhyen.console.texts_record import words_of_act
from binhyen.console.urls import urlpatterns
from binhyen.core import clock
from binhyen.inbox.models import Attachment, Message
from binhyen.vault import files
from binhyen.vault.tests.samples import picture

READS = {"case": "case.read", "case-file": "case.file_read", "case-paper": "case.paper", "transfer": "case.read"}
"""Addresses that open a case or part of it with GET -> the act of the row."""
LISTED = {
    "cases",
    "take-report",
    "case-act",
    "case-package",
    "ask-opening",
    "openings",
    "opening",
    "custodians",
    "conduct",
}
"""Addresses of the same modules that show nothing sealed by GET, or whose rows are counted by G3, G4 and G31."""
_OPENERS = {"read_case", "shown_content", "report_in", "key_of"}


def opens_something(view) -> bool:
    """Whether the module of a view uses what opens sealed things."""
    tree = ast.parse(inspect.getsource(import_module(inspect.unwrap(view).__module__)))
    return bool(_OPENERS & {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)})


def test_every_address_that_opens_something_sealed_is_looked_at():
    opening = {
        pattern.name for pattern in urlpatterns if hasattr(pattern, "callback") and opens_something(pattern.callback)
    }
    assert opening >= {"case", "case-file"}
    assert opening <= set(READS) | LISTED, "say what row the new page writes"


@pytest.mark.django_db
@pytest.mark.parametrize("name", READS)
def test_one_look_is_one_row(name):
    station = make_station()
    case = make_case(station.unit, "Ông Tám bán pháo lậu")
    client = sign_in(station.duty)
    client.get(reverse("console:case", args=[case.public_id]))  # the first look also moves the state
    original = files.store(picture(), station.unit.pk, "image/jpeg", "", key=key_of(case))
    shown = files.store_clean_copy(original, picture(), key_of(case))
    file = CaseFile.objects.create(
        case=case, original=original, shown=shown, state=FileState.READY, added_at=clock.now()
    )
    arguments = {
        "case": [case.public_id],
        "case-file": [file.public_id],
        "case-paper": [case.public_id, "reception_record"],
        "transfer": [case.public_id],
    }[name]
    before = AuditRow.objects.count()
    answer = client.get(reverse(f"console:{name}", args=arguments))
    assert answer.status_code == 200
    rows = list(AuditRow.objects.order_by("-id")[: AuditRow.objects.count() - before])
    assert [(row.action, row.actor_key, row.subject) for row in rows] == [
        (READS[name], station.duty.pk, case.public_id)
    ]
    assert "pháo" not in str([row.facts for row in rows])
    assert verify_chain(station.unit.pk)[1] is None


@pytest.mark.django_db
def test_a_search_in_sealed_cases_is_a_row_without_its_words():
    station = make_station()
    make_case(station.unit, "Ông Tám bán pháo lậu")
    client = sign_in(station.duty)
    client.post(reverse("console:cases"), {"words": "pháo"})
    row = AuditRow.objects.order_by("-id").first()
    assert row.action == "case.searched"
    assert "pháo" not in str(row.facts)


@pytest.mark.django_db
def test_a_refused_look_opens_nothing_and_reads_nothing():
    station, other = make_station(), make_station("dong-hoi")
    case = make_case(other.unit)
    client = sign_in(station.duty)
    before = AuditRow.objects.filter(action="case.read").count()
    assert client.get(reverse("console:case", args=[case.public_id])).status_code == 404
    assert AuditRow.objects.filter(action="case.read").count() == before


@pytest.mark.django_db
def test_a_look_at_a_chat_that_reports_something_is_a_row_and_a_page_that_stays_open_is_one_look():
    station = make_station()
    house, client = station.house, sign_in(station.duty)
    reported = make_conversation(house.zalo, "thấy cây cần sa trong rẫy")
    Message.objects.filter(conversation=reported).update(kind="report")
    asked = make_conversation(house.zalo, "làm căn cước")
    for conversation in (reported, asked):
        address = reverse("console:thread", args=[conversation.public_id])
        client.get(address)
        client.get(address, headers={"HX-Request": "true", "HX-Target": "messages"})
    rows = AuditRow.objects.filter(action="conversation.read").values_list("actor_key", "subject")
    assert list(rows) == [(station.duty.pk, reported.public_id)]


@pytest.mark.django_db
def test_a_file_of_such_a_chat_is_a_row():
    station = make_station()
    house, client = station.house, sign_in(station.duty)
    conversation = make_conversation(house.zalo, "thấy cây cần sa trong rẫy")
    message = conversation.messages.get()
    Message.objects.filter(pk=message.pk).update(kind="report")
    original = files.store(picture(), house.unit.pk, "image/jpeg", "")
    shown = files.store_clean_copy(original, picture())
    Attachment.objects.create(unit=house.unit, message=message, kind="image", original=original, shown=shown)
    assert client.get(reverse("console:file", args=[shown.public_id])).status_code == 200
    row = AuditRow.objects.get(action="conversation.file_read")
    assert (row.actor_key, row.subject) == (station.duty.pk, conversation.public_id)


def test_every_act_of_sealed_matters_reads_as_words():
    acts = {f"case.{kind.value}" for kind in EventKind} | set(READS.values()) | {*queries.READS, *queries.CHAT_READS}
    with translation.override("vi"):
        assert not [act for act in acts if str(words_of_act(act)) == act]
