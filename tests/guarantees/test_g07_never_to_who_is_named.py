"""G7: a case never reaches an officer who is named in it, flagged, or of the line it complains about."""

import pytest

from binhyen.cases import actions, conduct, conflicts, following, queries
from binhyen.cases.tests.factories import make_case, make_station
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.inbox.models import DutyAlert
from binhyen.inbox.tests.factories import make_officer
from binhyen.units.models import Officer, Role
from binhyen.vault.tests.light_hashes import hash_lightly

pytestmark = pytest.mark.django_db


@pytest.fixture
def station(monkeypatch):
    hash_lightly(monkeypatch)
    found = make_station()
    Officer.objects.filter(pk=found.duty.pk).update(full_name="Đ/c Lê Văn Hùng")
    return found


def sees(station, officer, case) -> bool:
    scope = station.scope(officer)
    in_list = case in [row.case for row in queries.list_cases(scope, "open")]
    in_search = case in [row.case for row in queries.search(scope, "nhan tien")[0]]
    try:
        queries.access_case(scope, case.public_id)
    except NotAllowed:
        assert not in_list
        assert not in_search
        return False
    assert in_list
    return True


@pytest.mark.parametrize("role", [Role.DUTY_OFFICER, Role.BEAT_OFFICER, Role.COMMANDER])
@pytest.mark.parametrize(
    "words", ["Cán bộ Lê Văn Hùng nhận tiền", "can bo LE VAN HUNG nhan tien", "ông Lê  Văn\nHùng nhận tiền"]
)
def test_named_in_the_report(station, role, words):
    named = make_officer(station.unit, "bi-neu", role)
    Officer.objects.filter(pk=named.pk).update(full_name="Lê Văn Hùng")
    case = make_case(station.unit, words)
    assert not sees(station, named, case)
    assert not sees(station, station.duty, case)
    assert sees(station, station.commander, case)


def test_half_a_name_is_nobody(station):
    assert sees(station, station.duty, make_case(station.unit, "Anh Hùng nhận tiền"))


def test_flagged_later(station):
    case = make_case(station.unit, "Có người nhận tiền")
    actions.assign(station.scope(station.commander), case, station.duty)
    actions.flag_conflict(station.scope(station.commander), case, station.duty)
    case.refresh_from_db()
    assert case.assigned_to is None
    assert not sees(station, station.duty, case)
    with pytest.raises(NotPossible, match="conflict_officer"):
        actions.assign(station.scope(station.commander), case, station.duty)


def test_when_everybody_is_named_the_superior_unit_works_it(station):
    above = make_officer(station.parent, "tinh", Role.COMMANDER)
    Officer.objects.filter(pk=station.commander.pk).update(full_name="Trần Quốc Toản")
    case = make_case(station.unit, "Lê Văn Hùng và Trần Quốc Toản cùng nhận tiền")
    case.refresh_from_db()
    assert case.goes_up
    assert not sees(station, station.duty, case)
    assert not sees(station, station.commander, case)
    assert queries.access_case(station.scope(above), case.public_id) == case


@pytest.mark.parametrize(
    "words",
    [
        "Công an xã nhận tiền bảo kê sòng bạc",
        "song bac nay duoc cong an xa bao che may nam nay",
        "Trưởng công an xã đã nhiều lần đòi tiền chủ quán",
        "Chủ bãi cát hối lộ công an xã hằng tháng",
        "mấy anh công an xã đánh người ở quán nước",
        "Anh công an xã tên Tâm lấy tiền không viết biên lai",
    ],
)
def test_a_complaint_about_the_unit_goes_to_the_unit_above_and_rings_there(station, words):
    above = make_officer(station.parent, "tinh", Role.COMMANDER)
    case = make_case(station.unit, words)
    for officer in (station.duty, station.commander):
        assert not sees(station, officer, case)
    assert queries.access_case(station.scope(above), case.public_id) == case
    alert = DutyAlert.objects.get(subject=case.public_id)
    assert alert.unit == station.parent


@pytest.mark.parametrize(
    "words",
    [
        "Nhờ công an xã xử lý nhóm bảo kê đòi tiền ở chợ",
        "Có kẻ tự xưng công an xã đòi tiền qua điện thoại",
        "Xin công an xã lấy tiền bồi thường giúp tôi",
        "Công an xã làm luật hay quá, cảm ơn",
        "Tôi đã báo công an xã mà sòng bạc vẫn hoạt động",
        "Công an xã đến lập biên bản rồi chúng lại đánh người",
    ],
)
def test_asking_the_unit_to_act_is_no_complaint_about_it(station, words):
    make_officer(station.parent, "tinh", Role.COMMANDER)
    assert sees(station, station.duty, make_case(station.unit, words))


def test_where_nobody_of_the_superior_unit_is_here_the_complaint_is_not_lost(station):
    assert sees(station, station.duty, make_case(station.unit, "Công an xã nhận tiền bảo kê"))


def test_who_is_named_in_words_added_later_loses_the_case_too(station):
    case = make_case(station.unit, "Có người nhận tiền")
    actions.assign(station.scope(station.commander), case, station.duty)
    following.add(case, "Người đó là cán bộ Lê Văn Hùng", [])
    assert not sees(station, station.duty, case)
    assert sees(station, station.commander, case)
    case.refresh_from_db()
    assert case.assigned_to is None


def test_feedback_on_conduct_is_read_above_the_line(station):
    above = make_officer(station.parent, "tinh", Role.COMMANDER)
    conduct.keep_feedback(conduct.checked_feedback(station.unit, "1", "2", "Nói trống không với người già"))
    for officer in (station.duty, station.commander, station.first):
        assert conduct.words_for(station.scope(officer), clock.today()) == []
        assert conduct.sums_for(station.scope(officer), clock.today()) == []
    assert conduct.words_for(station.scope(above), clock.today()) == [
        (station.unit.name, "Nói trống không với người già")
    ]


def test_other_roles_see_no_case_at_all(station):
    case = make_case(station.unit)
    for role in (Role.UNIT_ADMINISTRATOR, Role.TECHNICAL_ADMINISTRATOR, Role.PAGE_EDITOR, Role.IDENTITY_CUSTODIAN):
        assert not sees(station, make_officer(station.unit, f"vai-{role}", role), case)
    assert {Role.DUTY_OFFICER, Role.BEAT_OFFICER, Role.COMMANDER} == conflicts.CASE_ROLES
