"""G7: what is about officers of the unit itself goes up; every way to report asks, and clear words say it too."""

import re

import pytest
from django.test import Client
from nacl.public import PrivateKey

from binhyen.cases import actions, custodians, following, handing_over, queries, unsealing
from binhyen.cases.accusing import complains_about_unit
from binhyen.cases.models import Case
from binhyen.cases.tests.factories import OTHER_WORDS, REASON, WORDS, give_key, make_case, make_station
from binhyen.channels.connector import Text
from binhyen.console.tests.factories import sign_in
from binhyen.core import clock
from binhyen.core.errors import NotAllowed
from binhyen.inbox.models import DutyAlert
from binhyen.inbox.tests.factories import make_officer
from binhyen.portal.tests.portal_pages import code_in, values_of
from binhyen.portal.units_here import forget_units
from binhyen.units.models import Officer, Role
from binhyen.vault.tests.light_hashes import hash_lightly
from binhyen.workflows.clear_words import make_due_cases
from binhyen.workflows.intake import receive_now

TOLD = "Có người nhận tiền của chủ quán"
TICKED = {"about_unit": "yes"}
ACCUSING = """Cảnh sát khu vực thường xuyên vòi vĩnh hộ kinh doanh
CSKV ăn chặn tiền hỗ trợ
CA xã nhận tiền bảo kê
Ở trụ sở công an xã tôi bị đánh
Con trai ông trưởng công an xã bán ma túy
Người nhà công an xã mở sòng bạc
Tôi phải đưa 5 triệu cho công an xã để được bỏ qua
Công an xã để lộ tên người báo tin cho bọn chúng
Phó trưởng công an phường bắt tay với chủ sòng
Công an viên đánh bạc cùng chúng nó
Công an xã nhận tiền, tôi gọi điện báo nhiều lần không ai nghe
Chồng tôi bị công an xã đánh gãy tay
Chúng nó câu kết với công an xã
cong an xa buc cung em toi""".splitlines()
INNOCENT = """Số lạ gọi điện bảo là công an xã đòi tiền phạt
Cả xã đánh bạc ngày tết
Cặp đôi đánh bạc trong nhà nghỉ
Cả thôn được công an xã đánh giá cao
Nộp tiền phạt cho công an xã ở đâu
Công an xã có thu tiền làm căn cước không
Tôi nhặt được ví đưa tiền cho công an xã để trả người mất
Công an xã bắt đánh bạc hôm qua còn sót một nhóm
Em công an xã ơi cho em hỏi
Bị công an xã bảo về lấy giấy tờ mà giấy tờ bị trộm lấy mất
Vợ tôi đã lên công an xã trình báo vụ mất tiền
Kẻ trộm nhận tiền rồi bỏ chạy khi công an xã đến
Công an phường tuyên truyền không đánh bạc, nhóm này vẫn chơi
Trộm lấy tiền của bác công an xã
Nhóm đó hành hung công an xã
Chúng đánh công an viên đang làm nhiệm vụ
Công an xã đến thì chúng bỏ chạy, đi rồi lại đánh bạc""".splitlines()


@pytest.mark.parametrize("words", ACCUSING)
def test_clear_words_are_understood(words):
    assert complains_about_unit(words)


@pytest.mark.parametrize("words", INNOCENT)
def test_words_that_only_name_the_unit_are_not(words):
    assert not complains_about_unit(words)


@pytest.fixture
def station(db, monkeypatch):
    """A commune below a superior unit whose commander works here."""
    hash_lightly(monkeypatch)
    forget_units()
    found = make_station()
    make_officer(found.parent, "tinh", Role.COMMANDER)
    return found


def above(station) -> Officer:
    return Officer.objects.get(memberships__unit=station.parent, memberships__role=Role.COMMANDER)


def assert_only_above(station, case: Case) -> None:
    for officer in (station.duty, station.commander):
        with pytest.raises(NotAllowed):
            queries.access_case(station.scope(officer), case.public_id)
    assert queries.access_case(station.scope(above(station)), case.public_id) == case
    assert [alert.unit for alert in DutyAlert.objects.filter(subject=case.public_id)] == [station.parent]


def ticked_in_the_wizard(client: Client) -> str:
    html, told = "", ({"topic": "crime"}, {"text": TOLD, **TICKED}, {}, {"act": "next"}, {"way": "anonymous"}, {})
    for step, data in enumerate(told, start=1):
        hidden = {name: values_of(html, name) for name in ("draft", "sheet") if f'name="{name}"' in html}
        html = client.post(f"/thach-binh/g/{step}/", {**hidden, **data}, follow=True).content.decode()
    return html


def ticked_on_the_one_page(client: Client) -> str:
    page = "/thach-binh/g/nhanh/"
    html = client.get(page).content.decode()
    hidden = {name: values_of(html, name) for name in ("draft", "sheet")}
    told = {"topic": "crime", "text": TOLD, "way": "anonymous", **TICKED}
    return client.post(page, {**hidden, **told}).content.decode()


@pytest.mark.parametrize("door", [ticked_in_the_wizard, ticked_on_the_one_page])
def test_ticked_on_the_portal(station, door):
    assert "Cán bộ cấp trên đọc tin" in door(Client())
    assert_only_above(station, Case.objects.get())


def test_ticked_by_the_officer_on_the_telephone(station):
    officer = sign_in(station.duty)
    form = officer.get("/console/cases/take/").content.decode()
    told = {"topic": "crime", "text": TOLD, "channel": "phone", **TICKED}
    officer.post("/console/cases/take/", {"token": values_of(form, "token"), **told})
    assert_only_above(station, Case.objects.get())


def test_ticked_when_the_code_of_words_from_the_chat_is_fetched(station):
    conversation = receive_now(
        station.house.zalo,
        Text("zalo-1", "m1", "ông Tám bán ma túy ở xóm chợ, tối nào cũng có người ra vào", clock.now()),
    )
    make_due_cases()
    case = Case.objects.get()
    assert not case.goes_up
    out = " ".join(f"{one.text}{one.buttons}" for one in conversation.messages.filter(direction="outbound"))
    link = re.search(r"/thach-binh/g/z/[\w-]{43}/", out)[0]
    client = Client()
    assert "about_unit" in client.get(link).content.decode()
    assert code_in(client.post(link, TICKED).content.decode())
    case.refresh_from_db()
    assert case.goes_up
    assert_only_above(station, case)


def test_ticked_later_with_the_code(station):
    case = make_case(station.unit, TOLD)
    actions.assign(station.scope(station.commander), case, station.duty)
    following.add(case, "Người đó là cán bộ ở đây", [], is_about_unit=True)
    assert_only_above(station, case)


def test_the_tick_stays_when_the_words_are_given_back(station):
    code = code_in(ticked_in_the_wizard(Client()))
    Case.objects.update(goes_up=False)
    page = Client().post("/thach-binh/x/", {"code": code}).content.decode()
    hidden = {name: values_of(page, name) for name in ("thread", "case", "sheet")}
    answer = Client().post("/thach-binh/x/", {**hidden, "act": "add", "text": " ", **TICKED})
    assert answer.status_code == 422
    assert re.search(r'name="about_unit"[^>]*checked', answer.content.decode())


def named_on_the_one_page(station) -> None:
    page = "/thach-binh/g/nhanh/"
    html = Client().get(page).content.decode()
    hidden = {name: values_of(html, name) for name in ("draft", "sheet")}
    told = {"topic": "crime", "text": TOLD, "way": "named", "name": "Nguyễn Thị Kín", **TICKED}
    assert code_in(Client().post(page, {**hidden, **told}).content.decode())


def named_on_the_telephone(station) -> None:
    officer = sign_in(station.duty)
    form = officer.get("/console/cases/take/").content.decode()
    told = {"topic": "crime", "text": "Công an xã nhận tiền bảo kê", "channel": "phone", "name": "Nguyễn Thị Kín"}
    officer.post("/console/cases/take/", {"token": values_of(form, "token"), **told})


@pytest.mark.parametrize("door", [named_on_the_one_page, named_on_the_telephone])
def test_the_name_is_sealed_to_custodians_above_alone(station, door):
    give_key(station)
    forget_units()
    reserve = [make_officer(station.parent, name, Role.IDENTITY_CUSTODIAN) for name in ("giu-ba", "giu-bon")]
    for officer, words in zip(reserve, (WORDS, OTHER_WORDS), strict=True):
        custodians.set_passphrase(station.scope(officer), officer, words)
    custodians.make_key(station.scope(reserve[0]), station.parent)
    door(station)
    case = Case.objects.get()
    assert case.identity_key.unit_key == station.parent.pk
    private = PrivateKey.generate()
    desk = station.scope(above(station))
    opening = unsealing.ask(desk, case, "statement", REASON, bytes(private.public_key))
    for officer, words in zip(reserve, (WORDS, OTHER_WORDS), strict=True):
        opening = unsealing.give_share(station.scope(officer), opening, officer, words)
    assert unsealing.show(desk, opening, bytes(private)).name == "Nguyễn Thị Kín"


def test_a_part_of_it_goes_up_as_well(station):
    case = make_case(station.unit, "Công an xã nhận tiền bảo kê")
    part = handing_over.split(station.scope(above(station)), case, "Phần đánh bạc", "crime_tip")
    assert_only_above(station, part)


def test_nothing_is_ticked_in_advance_and_who_reads_is_told_truly(station):
    pages = [Client().get("/thach-binh/g/nhanh/").content.decode()]
    above(station).memberships.all().delete()
    forget_units()
    pages.append(Client().get("/thach-binh/g/nhanh/").content.decode())
    assert ["đơn vị cấp trên đọc. " in page for page in pages] == [True, False]
    assert "chỉ huy đơn vị này sẽ đọc" in pages[1]
    assert not any(re.search(r'name="about_unit"[^>]*checked', page) for page in pages)
