"""G19: a commander sees unusual reading as counts, without content; the reader sees the same counts."""

from datetime import datetime, timedelta

import pytest

from binhyen.audit import actions
from binhyen.audit.models import AuditRow
from binhyen.audit.queries import reads_of
from binhyen.audit.unusual import MANY_A_DAY, readings
from binhyen.cases.models import Case
from binhyen.cases.tests.factories import make_case, make_station
from binhyen.cases.watching import names_family
from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.units.models import Officer, Role
from binhyen.units.tree import place

pytestmark = pytest.mark.django_db

MONDAY_MORNING = datetime(2026, 11, 23, 9, tzinfo=clock.VIETNAM)


def read(unit, officer, at: datetime, subject: str, **facts: int) -> None:
    with clock.at(at):
        actions.record(unit.pk, "case.read", actor_key=officer.pk, subject=subject, facts=facts)


@pytest.fixture
def house():
    return make_house()


def counts(unit):
    with clock.at(MONDAY_MORNING + timedelta(days=3)):
        return {one.actor_key: one for one in readings(reads_of(unit.pk))}


def test_ordinary_reading_is_not_unusual(house):
    officer = make_officer(house.unit, "may")
    for n in range(MANY_A_DAY):
        read(house.unit, officer, MONDAY_MORNING + timedelta(minutes=n), f"c{n}")
        read(house.unit, officer, MONDAY_MORNING + timedelta(minutes=n), f"c{n}")
    one = counts(house.unit)[officer.pk]
    assert (one.cases, one.busiest_day, one.is_unusual) == (MANY_A_DAY, MANY_A_DAY, False)


@pytest.mark.parametrize(
    ("at", "facts", "field"),
    [
        (MONDAY_MORNING.replace(hour=22), {}, "at_night"),
        (MONDAY_MORNING.replace(hour=5, minute=59), {}, "at_night"),
        (MONDAY_MORNING - timedelta(days=2), {}, "on_days_off"),
        (MONDAY_MORNING, {"outside_area": 1}, "outside_area"),
        (MONDAY_MORNING, {"own_family": 1}, "own_family"),
    ],
)
def test_each_sort_of_unusual_reading_is_counted(house, at, facts, field):
    officer = make_officer(house.unit, "may")
    read(house.unit, officer, at, "c1", **facts)
    one = counts(house.unit)[officer.pk]
    assert getattr(one, field) == 1
    assert one.is_unusual


@pytest.mark.parametrize(
    ("officer_name", "text", "is_like"),
    [
        ("Cấn Minh Tâm", "Ông Cấn Đình Lợi đánh bạc ở chợ", True),
        ("Trung tá Cấn Minh Tâm", "ông cấn đình lợi", False),
        ("Nguyễn Hữu Tâm", "Thấy Nguyễn Hữu Lộc bán pháo", True),
        ("Nguyễn Hữu Tâm", "Thấy Nguyễn Đình Lộc bán pháo", False),
        ("Nguyễn Văn Tâm", "Thấy Nguyễn Văn Lộc bán pháo", False),
        ("Y Blim", "Thấy Y Thuột bán pháo", False),
        ("Tâm", "Tâm Anh", False),
        ("Cấn Minh Tâm", "Cấn", False),
    ],
)
def test_a_name_like_the_readers_own_is_noticed_unless_half_a_province_has_it(officer_name, text, is_like):
    assert names_family(text, officer_name) is is_like


def test_opening_a_case_in_the_console_counts_what_is_unusual_and_tells_no_name():
    station = make_station()
    beat = make_officer(station.unit, "dia-ban", Role.BEAT_OFFICER)
    place(station.unit, station.parent)
    above = make_officer(station.parent, "tinh", Role.COMMANDER)
    Officer.objects.filter(pk=beat.pk).update(full_name="Cấn Minh Tâm")
    given = make_case(station.unit, "Ông Cấn Đình Lợi đánh bạc")
    Case.objects.update(assigned_to=station.duty)
    free = make_case(station.unit, "Mất xe đạp")
    for case in (given, free):
        for reader in (beat, above, station.duty):
            assert sign_in(reader).get(f"/console/cases/{case.public_id}/").status_code == 200
    found = {one.actor_key: one for one in readings(reads_of(station.unit.pk))}
    told = {key: (one.outside_area, one.own_family) for key, one in found.items()}
    assert told == {beat.pk: (1, 1), above.pk: (2, 0), station.duty.pk: (0, 0)}
    assert "Cấn" not in str(list(AuditRow.objects.values_list("facts", flat=True)))


def test_many_cases_in_a_day_are_unusual(house):
    officer = make_officer(house.unit, "may")
    for n in range(MANY_A_DAY + 1):
        read(house.unit, officer, MONDAY_MORNING, f"c{n}")
    assert counts(house.unit)[officer.pk].is_unusual


def test_old_reading_and_other_acts_do_not_count(house):
    officer = make_officer(house.unit, "may")
    read(house.unit, officer, MONDAY_MORNING - timedelta(days=60), "c1")
    actions.record(house.unit.pk, "case.received", actor_key=officer.pk, subject="c2")
    assert counts(house.unit) == {}


def test_the_commander_sees_numbers_and_no_content_and_looking_is_a_row(house):
    officer = make_officer(house.unit, "may")
    commander = make_officer(house.unit, "chi-huy", Role.COMMANDER)
    with clock.at(clock.now().replace(hour=20)):  # 3 in the morning in Vietnam
        actions.record(house.unit.pk, "case.read", actor_key=officer.pk, subject="c-secret-1")
    client = sign_in(commander)
    page = client.get("/console/record/").content.decode()
    assert officer.full_name in page
    assert "bất thường" in page
    last = AuditRow.objects.filter(unit_key=house.unit.pk).order_by("-sequence").first()
    assert (last.action, last.actor_key, last.subject) == ("record.read", commander.pk, "")


def test_the_reader_sees_their_own_numbers(house):
    officer = make_officer(house.unit, "may")
    for subject in ("c1", "c2", "c3"):
        actions.record(house.unit.pk, "case.read", actor_key=officer.pk, subject=subject)
    page = sign_in(officer).get("/console/settings/").content.decode()
    assert "<dd>3</dd>" in page


@pytest.mark.parametrize("role", [Role.DUTY_OFFICER, Role.BEAT_OFFICER, Role.PAGE_EDITOR, Role.TECHNICAL_ADMINISTRATOR])
def test_others_do_not_see_the_record(house, role):
    client = sign_in(make_officer(house.unit, "may", role))
    assert client.get("/console/record/").status_code == 404


def test_the_record_of_another_unit_does_not_exist(house):
    other = make_house("khac", "Công an xã Khác").unit
    client = sign_in(make_officer(house.unit, "may", Role.COMMANDER))
    assert client.get(f"/console/record/?unit={other.public_id}").status_code == 404
    assert client.get("/console/record/?unit=nothing").status_code == 404


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", {"c1", "c2"}),
        ("about=c1", {"c1"}),
        ("what=case", {"c1", "c2"}),
        ("what=identity.shown", {"c2"}),
        ("from=24/11/2026", {"c2"}),
        ("to=23/11/2026", {"c1"}),
        ("from=nonsense", {"c1", "c2"}),
        ("who=nobody", set()),
        ("before=2", {"c1"}),
        ("before=99999999999999999999999", {"c1", "c2"}),
    ],
)
def test_lines_are_found_by_every_field(house, query, seen):
    officer = make_officer(house.unit, "may", Role.COMMANDER)
    read(house.unit, officer, MONDAY_MORNING, "c1")
    with clock.at(MONDAY_MORNING + timedelta(days=1)):
        actions.record(house.unit.pk, "case.read", actor_key=officer.pk, subject="c2")
        actions.record(house.unit.pk, "identity.shown", actor_key=officer.pk, subject="c2")
    page = sign_in(officer).get(f"/console/record/?{query}").content.decode()
    assert {code for code in ("c1", "c2") if f">{code}</td>" in page} == seen
    assert ('role="alert"' in page) == (query == "from=nonsense")


def test_older_lines_follow_and_no_query_runs_per_line(house, django_assert_max_num_queries):
    officer = make_officer(house.unit, "may", Role.COMMANDER)
    for n in range(120):
        actions.record(house.unit.pk, "case.read", actor_key=officer.pk, subject=f"c{n}")
    client = sign_in(officer)
    with django_assert_max_num_queries(30):
        page = client.get("/console/record/").content.decode()
    assert "before=" in page
    assert ">c0</td>" in client.get("/console/record/?before=3").content.decode()
