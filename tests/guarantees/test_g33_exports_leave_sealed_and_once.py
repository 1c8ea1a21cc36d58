"""G33: lists carry no identity, are marked, need a reason and a fresh factor, are encrypted, go once, die in a day."""

import csv
import io
import re
import zipfile
from datetime import timedelta

import pytest
import pyzipper
from django.test import Client
from python_calamine import CalamineWorkbook

from binhyen.audit.models import AuditRow
from binhyen.console.tests.factories import House, age_session, make_conversation, make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.inbox.models import Contact, ConversationTopic, Topic
from binhyen.reviews.actions import change_texts, start_review
from binhyen.statistics.periods import span_of
from binhyen.units.models import Role
from binhyen.units.scope import scope_of
from binhyen.vault import exports
from binhyen.vault.export_files import Table, Watermark, csv_file, defused, xlsx_file
from binhyen.vault.models import Export

pytestmark = pytest.mark.django_db

NEW = "/console/exports/new/?view=unit"
REASON = "Báo cáo giao ban tuần 48"
CANARIES = ("Nguyễn Canary Thị Bích", "0977123987", "canary-zalo-user-5551", "lời kể rất riêng canary")


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def client(house: House) -> Client:
    return sign_in(make_officer(house.unit, "may"))


@pytest.fixture
def telling(house: House) -> None:
    """A conversation that holds a name, a number, a Zalo id and words."""
    conversation = make_conversation(house.zalo, f"Tôi là {CANARIES[0]}, {CANARIES[1]}, {CANARIES[3]}")
    Contact.objects.filter(pk=conversation.contact_id).update(display_name=CANARIES[0], external_id=CANARIES[2])
    topic = Topic.objects.create(unit=house.unit, name="=HYPERLINK(1)")
    ConversationTopic.objects.create(conversation=conversation, topic=topic, labelled_at=clock.now())


def make(client: Client, form: str = "csv", reason: str = REASON) -> tuple[str, str]:
    """Public id and password of a new export."""
    page = client.post(NEW, {"form": form, "reason": reason}).content.decode()
    password = re.search(r'id="password">([a-z2-9-]+)<', page)
    found = re.search(r"/console/exports/([^/]+)/file/", page)
    assert password, page
    assert found, page
    return found[1], password[1]


def take(client: Client, public_id: str):
    return client.post(f"/console/exports/{public_id}/file/")


def opened(content: bytes, password: str) -> dict[str, bytes]:
    with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
        archive.setpassword(password.encode())
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_archive_opens_only_with_the_password_shown_once(telling, client: Client):
    public_id, password = make(client)
    on_disk = exports.path_of(public_id).read_bytes()
    answer = take(client, public_id)

    assert answer.content == on_disk
    assert re.search(r"[a-z2-9]{4}(-[a-z2-9]{4}){4}", password)
    with pytest.raises(RuntimeError, match=r"[Pp]assword"):
        opened(answer.content, "wrong-wrong")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as plain, pytest.raises((RuntimeError, NotImplementedError)):
        plain.read(plain.namelist()[0])
    assert len(opened(answer.content, password)) == 2
    assert password not in client.get("/console/exports/").content.decode()
    assert not [row for row in Export.objects.values() if password in repr(row)]
    assert not [row for row in AuditRow.objects.values() if password in repr(row)]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_identity_and_no_word_of_a_resident_is_in_it(telling, client: Client, form: str):
    public_id, password = make(client, form)
    files = opened(take(client, public_id).content, password)
    everything = b"".join(files.values())
    for name, content in files.items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                everything += b"".join(book.read(part) for part in book.namelist())
    for canary in CANARIES:
        for encoding in ("utf-8", "utf-16-le"):
            assert canary.encode(encoding) not in everything


def test_every_line_and_the_file_say_who_when_and_why(telling, client: Client):
    public_id, password = make(client)
    files = opened(take(client, public_id).content, password)
    about = files.pop("VE-TEP-NAY.txt").decode("utf-8-sig")
    assert "Đ/c May" in about
    assert REASON in about
    assert f"{clock.now().astimezone(clock.VIETNAM):%d/%m/%Y}" in about
    ((_name, content),) = files.items()
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0][-1] == "Dấu xuất"
    assert {row[-1] for row in rows[1:]} == {public_id[:8]}
    assert rows[1][5] == "'=HYPERLINK(1)"


def test_a_spreadsheet_holds_texts_dates_and_numbers_and_no_formula():
    mark = Watermark("ab12cd34", "Công an xã", "Đ/c Mây & Hùng", "Kiểm tra & đối chiếu", clock.now())
    nasty = ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "https://x.vn", "bình\u202ethường", None, 7, clock.now())
    book = xlsx_file([Table("Thử", tuple(f"c{number}" for number in range(len(nasty))), [nasty])], mark)
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheets = b"".join(parts.read(name) for name in parts.namelist())
    assert b"<f>" not in sheets
    assert b"<hyperlink " not in sheets.lower()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Thử").to_python()
    assert rows[1][0] == "=1+1"
    assert rows[1][7] == "bìnhthường"
    assert rows[1][9] == 7
    assert rows[1][-1] == "ab12cd34"
    text = csv_file(Table("T", ("c",), [nasty]), mark).decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(text)))[1]
    assert [cell[0] for cell in cells[:6]] == ["'"] * 6


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_cells_that_a_spreadsheet_would_execute_are_prefixed(start: str):
    assert defused(f"{start}cmd|' /C calc'!A0").startswith("'")


def test_the_second_download_is_gone(client: Client, telling):
    public_id, _password = make(client)
    assert take(client, public_id).status_code == 200
    again = take(client, public_id)
    assert again.status_code == 410
    assert "đã được lấy" in again.content.decode()
    assert not exports.path_of(public_id).exists()


def test_after_a_day_it_is_gone_and_off_the_disk(client: Client, telling):
    exports.forget_exports()  # files of other tests, whose rows are gone
    public_id, _password = make(client)
    with clock.at(clock.now() + timedelta(hours=24)):
        assert exports.forget_exports() == 1
        assert not exports.path_of(public_id).exists()
        with pytest.raises(NotPossible, match="export_gone"):
            exports.take_export(Export.objects.get().officer_key, public_id)
    assert exports.forget_exports() == 0


def test_looking_is_not_taking(client: Client, telling):
    public_id, _password = make(client)
    assert client.get(f"/console/exports/{public_id}/file/").status_code == 302
    assert take(client, public_id).status_code == 200


@pytest.mark.parametrize("reason", ["", "ngắn", "         "])
def test_without_a_reason_there_is_no_export(client: Client, telling, reason: str):
    answer = client.post(NEW, {"form": "csv", "reason": reason})
    assert answer.status_code == 422
    assert "ít nhất 10 ký tự" in answer.content.decode()
    assert not Export.objects.exists()


def test_a_stale_second_factor_is_asked_for_again(client: Client, telling):
    public_id, _password = make(client)
    age_session(client, started=timedelta(minutes=6))
    for answer in (client.get(NEW), client.post(NEW, {"form": "csv", "reason": REASON}), take(client, public_id)):
        assert answer.status_code == 302
        assert "/console/confirm/" in answer.headers["Location"]
    assert Export.objects.get().downloaded_at is None


def test_making_and_taking_are_audited_without_content(client: Client, telling):
    public_id, _password = make(client)
    take(client, public_id)
    rows = AuditRow.objects.filter(action__startswith="export.").order_by("pk")
    assert [(row.action, row.subject) for row in rows] == [("export.made", public_id), ("export.downloaded", public_id)]
    assert rows[0].facts == {"kind": "cuoc-tro-chuyen", "rows": 1, "form": "csv"}


def test_only_who_made_it_takes_it_and_leaders_see_the_register(house: House, client: Client, telling):
    public_id, _password = make(client)
    colleague = sign_in(make_officer(house.unit, "hung"))
    assert take(colleague, public_id).status_code == 404
    assert REASON not in colleague.get("/console/exports/").content.decode()
    leader = sign_in(make_officer(house.unit, "chi-huy", Role.COMMANDER))
    assert REASON in leader.get("/console/exports/").content.decode()
    assert take(leader, public_id).status_code == 404
    other = make_house("khac", "Công an xã Khác")
    stranger = sign_in(make_officer(other.unit, "khac", Role.COMMANDER))
    assert REASON not in stranger.get("/console/exports/").content.decode()


@pytest.mark.parametrize("role", [Role.TECHNICAL_ADMINISTRATOR, Role.PAGE_EDITOR, Role.IDENTITY_CUSTODIAN])
def test_who_reads_no_conversations_takes_none_out(house: House, telling, role: Role):
    other = sign_in(make_officer(house.unit, "khac", role))
    assert other.get(NEW).status_code == 404
    assert other.post(NEW, {"form": "csv", "reason": REASON}).status_code == 404
    assert other.get("/console/exports/").status_code == 404


def test_the_list_is_what_the_place_of_the_inbox_shows(house: House, client: Client):
    make_conversation(house.zalo, kind="report")
    make_conversation(house.zalo, kind="procedure")
    other = make_house("khac", "Công an xã Khác")
    make_conversation(other.zalo, kind="report")
    page = client.post("/console/exports/new/?view=unit&kind=report", {"form": "xlsx", "reason": REASON})
    assert page.status_code == 200
    assert Export.objects.get().row_count == 1


def test_papers_of_reviews_hold_no_resident_and_no_formula(house, telling):
    officer = make_officer(house.unit, "chi-huy", Role.COMMANDER)
    chief = sign_in(officer)
    review = start_review(scope_of(officer), house.unit, span_of("2026"))
    change_texts(scope_of(officer), review, {"lessons": "=HYPERLINK(1)"}, 1)
    for form in ("docx", "xlsx"):
        file = chief.post(f"/console/reviews/{review.public_id}/file/{form}/").content
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            inside = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
        assert not [canary for canary in CANARIES if canary.encode() in inside]
        assert b"<f>" not in inside
    for form in ("csv", "xlsx"):
        file = chief.get(f"/console/figures/?unit={house.unit.public_id}&period=2026&as={form}").content
        assert not [canary for canary in CANARIES if canary.encode() in file]
