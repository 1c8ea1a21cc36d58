"""The register's pages: counter, second officer, found, hand-over in person; foreign records do not exist."""

import io
from datetime import timedelta

import pytest
from docx import Document

from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.inbox.alerts import ringing_alerts_for
from binhyen.inbox.models import AlertState, DutyAlert
from binhyen.lost_found.actions import report
from binhyen.lost_found.models import HandOver, Record, RecordKind, RecordState
from binhyen.lost_found.tests.factories import PROOF, SECRETS
from binhyen.lost_found.typed import Typed
from binhyen.printing.tests.papers import facts_of, text_of
from binhyen.units.models import Officer, Unit
from binhyen.units.scope import scope_of

pytestmark = pytest.mark.django_db
CHILD = {
    "kind": "found_child", "description": "Bé gái", "age_band": "khoảng 4 tuổi", "clothing": "váy vàng",
    "place": "chợ Đông", "happened_on": "20/11/2026", "legal_basis": "emergency_crime_prevention",
    "basis_note": "Chưa tìm được gia đình bé",
}  # fmt: skip
WALLET = {
    "kind": "found_item", "category": "wallet", "description": "ví da nâu", "place": "chợ Đông", "value": "1.200.000",
    **{f"question_{n}": question for n, (question, _) in enumerate(PROOF, 1)},
    **{f"answer_{n}": answer for n, (_, answer) in enumerate(PROOF, 1)},
}  # fmt: skip


@pytest.fixture
def house():
    house = make_house()
    Unit.objects.filter(pk=house.unit.pk).update(duty_phone="02393000000")
    return house


@pytest.fixture
def first(house):
    return sign_in(make_officer(house.unit, "hung"))


@pytest.fixture
def second(house):
    return sign_in(make_officer(house.unit, "may"))


def send(client, house, typed, act="submit"):
    return client.post(f"/console/lost/new/{house.unit.public_id}/", typed | {"act": act})


def act(client, record, name, **more):
    return client.post(f"/console/lost/{record.public_id}/", {"act": name} | more)


def publish(client, record, **more):
    return client.post(f"/console/lost/{record.public_id}/publish/", more)


def test_a_found_child_needs_two_pages_and_two_officers(first, second, house, client):
    answer = send(first, house, CHILD)
    record = Record.objects.get()
    assert answer["Location"].endswith(f"/lost/{record.public_id}/")
    assert record.state == RecordState.REVIEW
    assert publish(first, record).status_code == 422
    assert publish(second, record).status_code == 302
    public = f"/{house.unit.slug}/tim/{record.public_id}/"
    page = client.get(public)
    assert "khoảng 4 tuổi" in page.content.decode()
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert act(first, record, "found").status_code == 302
    assert client.get(public).status_code == 410
    assert "khoảng 4 tuổi" not in client.get(f"/{house.unit.slug}/tim/").content.decode()


@pytest.mark.parametrize(
    ("missing", "words"), [("place", "Tin cần có"), ("legal_basis", "Chọn căn cứ và"), ("basis_note", "Chọn căn cứ và")]
)
def test_what_a_child_notice_lacks_is_told_and_the_draft_is_kept(first, house, missing, words):
    answer = send(first, house, CHILD | {missing: ""})
    record = Record.objects.get()
    assert record.state == RecordState.DRAFT
    assert record.clothing == "váy vàng"
    page = first.get(answer["Location"]).content.decode()
    assert words in page


def test_from_claim_to_hand_over(first, second, house, client):
    send(first, house, WALLET)
    record = Record.objects.get()
    assert publish(second, record).status_code == 302
    form = client.get(f"/{house.unit.slug}/tim/{record.public_id}/nhan/").content.decode()
    assert PROOF[0][0] in form
    assert not any(secret in form for secret in SECRETS)
    sheet = form.split('name="sheet" value="')[1].split('"')[0]
    said = {
        "sheet": sheet,
        "answer_1": SECRETS[0],
        "answer_2": "con voi",
        "answer_3": "không nhớ",
        "name": "Chủ",
        "phone": "0910 000 999",
    }
    assert client.post(f"/{house.unit.slug}/tim/{record.public_id}/nhan/", said).status_code == 200
    claim = record.claims.get()
    assert SECRETS[0].encode() not in bytes(claim.sealed_answers)
    papers = {"receiver": "Nguyễn Văn Chủ", "papers": "căn cước", "papers_seen": "on", "claim": claim.public_id}
    assert act(first, record, "prepare", **papers).status_code == 422
    act(first, record, "judge", claim=claim.public_id, fits_0="yes", fits_1="yes", fits_2="no")
    assert act(first, record, "prepare", **papers).status_code == 302
    both = {"saw_person": "on", "record_signed": "on"}
    assert act(second, record, "complete", **both).status_code == 422
    pdf = first.get(f"/console/lost/{record.public_id}/hand-over.pdf").content
    assert "Nguyễn Văn Chủ" in text_of(pdf)
    word = Document(io.BytesIO(first.get(f"/console/lost/{record.public_id}/hand-over.docx").content))
    lines = [paragraph.text for paragraph in word.paragraphs]
    assert "Người nhận: Nguyễn Văn Chủ" in lines
    assert "Đã trao trả: ví da nâu." in lines
    assert first.get(f"/console/lost/{record.public_id}/hand-over.exe").status_code == 404
    assert facts_of(pdf)["Tagged"] == "yes"
    assert facts_of(pdf)["Pages"] == "1"
    assert act(first, record, "complete", **both).status_code == 422
    assert act(second, record, "complete", saw_person="on").status_code == 422
    assert act(second, record, "complete", **both).status_code == 302
    record.refresh_from_db()
    assert record.state == RecordState.HANDED_OVER
    assert HandOver.objects.get().second_officer.username == "may"
    assert client.get(f"/{house.unit.slug}/tim/{record.public_id}/").status_code == 410


def test_a_claim_keeps_what_was_typed_when_something_is_missing(first, second, house, client):
    send(first, house, WALLET)
    record = Record.objects.get()
    publish(second, record)
    address = f"/{house.unit.slug}/tim/{record.public_id}/nhan/"
    sheet = client.get(address).content.decode().split('name="sheet" value="')[1].split('"')[0]
    answer = client.post(address, {"sheet": sheet, "answer_1": "xanh lá", "name": "Chủ", "phone": "12"})
    assert answer.status_code == 422
    assert 'value="xanh lá"' in answer.content.decode()
    assert not record.claims.exists()


def test_a_resident_tells_of_a_find_and_an_officer_sees_a_draft(first, house, client):
    address = f"/{house.unit.slug}/tim/bao/"
    sheet = client.get(address).content.decode().split('name="sheet" value="')[1].split('"')[0]
    assert client.post(address, {"sheet": sheet, "kind": "found_item", "text": ""}).status_code == 422
    done = client.post(address, {"sheet": sheet, "kind": "found_item", "text": "chùm chìa khóa", "place": "sân bóng"})
    assert done.status_code == 200
    assert "chùm chìa khóa" in first.get("/console/lost/").content.decode()
    assert "chùm chìa khóa" not in client.get(f"/{house.unit.slug}/tim/").content.decode()


def test_matches_show_their_reason(first, house):
    send(first, house, WALLET, "save")
    send(
        first, house, {"kind": "lost_item", "category": "wallet", "description": "ví nâu", "place": "chợ Đông"}, "save"
    )
    found = Record.objects.get(kind="found_item")
    assert "cùng loại" in first.get(f"/console/lost/{found.public_id}/").content.decode()


@pytest.mark.parametrize("kind", ["found_child", "missing_child", "found_item", "lost_item", "missing_person", "x"])
def test_the_empty_form_opens(first, house, kind):
    assert first.get(f"/console/lost/new/{house.unit.public_id}/?kind={kind}").status_code == 200


def test_wrong_amounts_and_days_are_told(first, house):
    for wrong in ({"value": "mười"}, {"happened_on": "31/02/2026"}, {"happened_on": "01/01/2090"}, {"kind": "x"}):
        answer = send(first, house, WALLET | wrong)
        assert answer.status_code == 422
        assert "chợ Đông" in answer.content.decode()
    assert not Record.objects.exists()


def test_foreign_records_do_not_exist(first, house):
    send(first, house, CHILD)
    record = Record.objects.get()
    stranger = sign_in(make_officer(make_house("khac").unit, "la"))
    for tail in ("", "publish/", "picture/", "hand-over.pdf"):
        assert stranger.get(f"/console/lost/{record.public_id}/{tail}").status_code == 404
    assert act(stranger, record, "found").status_code == 404


def test_a_child_somebody_tells_of_rings_until_the_record_is_opened(first, house):
    report(house.unit, Typed(kind=RecordKind.MISSING_CHILD, description="Bé trai 6 tuổi, áo đỏ"))
    record, alert = Record.objects.get(), DutyAlert.objects.get()
    assert "Trẻ lạc hoặc tìm thấy trẻ" in first.get("/console/").content.decode()
    answer = first.post(f"/console/alert/{alert.public_id}/accept/")
    assert answer["Location"] == f"/console/lost/{record.public_id}/"
    DutyAlert.objects.update(state=AlertState.RINGING)
    first.get(f"/console/lost/{record.public_id}/")
    assert DutyAlert.objects.get().state == AlertState.ACCEPTED


def test_what_was_forgotten_rings_below_what_is_urgent(first, house):
    for rule, minutes in (("inbox.forgotten", 90), ("child.first_look", 1)):
        made = clock.now() - timedelta(minutes=minutes)
        DutyAlert.objects.create(unit=house.unit, rule_id=rule, subject=rule, address="/console/", created_at=made)
    shown = [alert.rule_id for alert in ringing_alerts_for(scope_of(Officer.objects.get(username="hung")))]
    assert shown == ["child.first_look", "inbox.forgotten"]
