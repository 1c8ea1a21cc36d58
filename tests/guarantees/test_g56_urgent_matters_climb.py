"""G56: urgent matters ring until a named officer accepts, and climb a fixed ladder that hangs on `deadlines.yaml`."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from binhyen.console.tests.factories import make_conversation, make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.core.law import rule_in_force, rules
from binhyen.core.text import fold
from binhyen.inbox.alerts import accept_alert, ring, ringing_alerts_for
from binhyen.inbox.ladder import STEPS, ladder_length, steps_due
from binhyen.inbox.models import AlertNotice, AlertState, DeliveryState, DutyAlert, NoticeState, OfficerZalo
from binhyen.inbox.notice_alarms import notice_alarms
from binhyen.inbox.officer_zalo import link_by_code, new_link_code, written_code
from binhyen.units.models import Role, Shift, Unit
from binhyen.units.scope import scope_of
from binhyen.units.tree import place
from binhyen.workflows.alerting import climb_ladders, send_notices

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 28, 16, 0, tzinfo=UTC)
URGENT_RULES = [
    "danger.first_look",
    "swarm.first_look",
    "child.first_look",
    "child.post_decision",
    "crime.first_look",
    "crime.urgent_call",
    "person.first_look",
]


@pytest.fixture
def desk(settings):
    """A commune with a shift, a chief and a superior; everyone has a mail address."""
    settings.EMAIL_HOST = "mail.test"
    house = make_house()
    province = Unit.objects.create(kind="province_police", name="Công an tỉnh", short_name="Công an tỉnh", slug="tinh")
    place(house.unit, province)
    people = {
        "first": make_officer(house.unit, "hung"),
        "second": make_officer(house.unit, "may"),
        "idle": make_officer(house.unit, "son"),
        "chief": make_officer(house.unit, "quang", Role.COMMANDER),
        "superior": make_officer(province, "tinh", Role.DUTY_OFFICER),
    }
    for name, officer in people.items():
        officer.email = f"{name}@binhyen.test"
        officer.save()
    Shift.objects.create(
        unit=house.unit,
        starts_at=START - timedelta(hours=1),
        ends_at=START + timedelta(hours=8),
        officer=people["first"],
        second=people["second"],
    )
    return house, people


def told(minutes: float) -> list[str]:
    with clock.at(START + timedelta(minutes=minutes)):
        climb_ladders()
        send_notices()
    return [message.to[0].split("@")[0] for message in mail.outbox]


@pytest.mark.parametrize("rule_id", URGENT_RULES)
def test_each_urgent_clock_climbs_at_the_moments_the_law_file_sets(desk, rule_id):
    house, _ = desk
    length = ladder_length(rule_in_force(rule_id, START.date()).due)
    with clock.at(START):
        alert = ring(house.unit.pk, rule_id, "subject-1", "/console/cases/subject-1/")
        assert ring(house.unit.pk, rule_id, "subject-1", "/console/cases/subject-1/") == alert
    minutes = length.total_seconds() / 60
    everyone = ["first", "second", "chief", "superior"]
    if not minutes:
        assert told(0) == everyone
        return
    for share, expected in ((0, 1), (0.49, 1), (0.5, 2), (0.99, 2), (1, 3), (1.99, 3), (2, 4), (20, 4)):
        assert told(minutes * share) == everyone[:expected], share


def test_the_law_file_has_a_ladder_for_every_first_look_of_a_person_or_child_in_danger():
    for rule in rules():
        if rule.due.unit in {"minutes", "hours"}:
            assert steps_due(START, ladder_length(rule.due), START) >= 1
    with pytest.raises(ValueError, match="no ladder"):
        ladder_length(rule_in_force("question.answer", START.date()).due)


def test_nothing_climbs_after_a_named_officer_accepted_and_what_was_planned_is_taken_back(desk):
    house, people = desk
    conversation = make_conversation(house.zalo)
    alert = DutyAlert.objects.create(unit=house.unit, conversation=conversation, created_at=START)
    with clock.at(START):
        climb_ladders()
        assert accept_alert(scope_of(people["idle"]), alert)
        assert not accept_alert(scope_of(people["first"]), alert)
    assert told(60) == []
    alert.refresh_from_db()
    assert (alert.state, alert.accepted_by) == (AlertState.ACCEPTED, people["idle"])
    assert set(AlertNotice.objects.values_list("state", flat=True)) == {NoticeState.TAKEN}


def test_one_person_is_told_about_one_matter_once_in_five_minutes(desk):
    house, people = desk
    Shift.objects.all().delete()
    Shift.objects.create(
        unit=house.unit, starts_at=START, ends_at=START + timedelta(hours=1), officer=people["first"]
    )  # no second officer: the second step names every duty officer, the first one again
    DutyAlert.objects.create(unit=house.unit, conversation=make_conversation(house.zalo), created_at=START)
    assert told(0) == ["first"]
    assert sorted(told(2.5)) == ["first", "idle", "second"]
    joined = AlertNotice.objects.get(state=NoticeState.JOINED)
    assert joined.officer == people["first"]
    with clock.at(START):
        DutyAlert.objects.create(unit=house.unit, conversation=make_conversation(house.web), created_at=START)
    assert told(3).count("first") == 2  # another matter is another message


def test_messages_are_neutral(desk):
    house, _ = desk
    conversation = make_conversation(house.zalo, "CANARYNAME bị đánh ở thôn CANARYPLACE")
    DutyAlert.objects.create(unit=house.unit, conversation=conversation, created_at=START)
    told(60)
    for message in mail.outbox:
        whole = f"{message.subject} {message.body}"
        assert "CANARY" not in whole
        assert conversation.public_id not in whole
        assert house.unit.name not in whole
        assert str(conversation.number) not in message.subject


def test_off_means_off_and_is_written_down(desk):
    house, people = desk
    people["first"].alerts_by_mail = False
    people["first"].save()
    DutyAlert.objects.create(unit=house.unit, conversation=make_conversation(house.zalo), created_at=START)
    assert told(0) == []
    assert AlertNotice.objects.get().state == NoticeState.OFF


def test_the_officer_a_matter_is_about_is_never_told_nor_shown_it(desk):
    house, people = desk
    with clock.at(START):
        ring(house.unit.pk, "crime.first_look", "s", "/console/", excluded_officer_ids=[people["first"].pk])
    assert "first" not in told(120)
    assert ringing_alerts_for(scope_of(people["first"])) == []
    assert len(ringing_alerts_for(scope_of(people["second"]))) == 1


def test_the_superior_s_desk_sees_it_only_when_it_has_climbed_there_and_may_accept_it(desk):
    house, people = desk
    alert = DutyAlert.objects.create(unit=house.unit, conversation=make_conversation(house.zalo), created_at=START)
    superior = scope_of(people["superior"])
    told(9.9)
    assert ringing_alerts_for(superior) == []
    told(10)
    assert ringing_alerts_for(superior) == [alert]
    client = sign_in(people["superior"])
    answer = client.post(f"/console/alert/{alert.public_id}/accept/")
    assert answer.headers["Location"] == "/console/today/"
    assert client.get(f"/console/c/{alert.conversation.public_id}/").status_code == 404


def test_without_a_roster_every_duty_officer_is_told_and_without_one_the_chief(desk):
    house, people = desk
    Shift.objects.all().delete()
    with clock.at(START):
        ring(house.unit.pk, "crime.first_look", "s", "/console/")
    assert sorted(told(0)) == ["first", "idle", "second"]
    mail.outbox.clear()
    for name in ("first", "second", "idle"):
        people[name].is_active = False
        people[name].save()
    with clock.at(START):
        ring(house.unit.pk, "crime.first_look", "other", "/console/")
    assert told(1) == ["chief"]


def test_a_dead_mail_server_is_tried_again_and_then_said_aloud(desk, settings):
    house, people = desk
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nothing listens there
    DutyAlert.objects.create(unit=house.unit, conversation=make_conversation(house.zalo), created_at=START)
    moment = START
    for _ in range(60):
        with clock.at(moment):
            climb_ladders()
            assert send_notices() == 0
        moment += timedelta(minutes=10)
    failed = AlertNotice.objects.filter(officer=people["first"], state=NoticeState.FAILED)
    assert failed.first().attempts == 8
    with clock.at(moment):
        alarms = notice_alarms()
        assert alarms.failed
        assert alarms.unheard == 1
        assert notice_alarms(scope_of(people["idle"])) == alarms
        assert notice_alarms(scope_of(people["superior"])).failed == 0


def test_a_notice_that_nobody_sends_raises_the_age_alarm(desk):
    house, _ = desk
    DutyAlert.objects.create(unit=house.unit, conversation=make_conversation(house.zalo), created_at=START)
    with clock.at(START):
        climb_ladders()
        assert notice_alarms().late == 0
    with clock.at(START + timedelta(minutes=3)):
        alarms = notice_alarms()
    assert (alarms.late, alarms.oldest_at) == (1, START)


def test_an_officer_links_the_own_zalo_once_and_is_told_there(desk):
    house, people = desk
    own_chat = make_conversation(house.zalo, "TRUC", at=START)
    with clock.at(START):
        code = new_link_code(people["first"])
        assert written_code(fold(f"Truc {code}")) == code
        assert not link_by_code("00000000", own_chat.contact)
        assert link_by_code(code, own_chat.contact)
        assert not link_by_code(code, own_chat.contact)
    DutyAlert.objects.create(unit=house.unit, conversation=make_conversation(house.web), created_at=START)
    told(0)
    delivery = own_chat.deliveries.get()
    assert delivery.state == DeliveryState.PLANNED
    assert delivery.message.text.startswith("Có việc chờ đồng chí.")
    assert AlertNotice.objects.get(channel="zalo").delivery == delivery


def test_a_link_code_dies_after_fifteen_minutes(desk):
    house, people = desk
    with clock.at(START):
        code = new_link_code(people["first"])
    with clock.at(START + timedelta(minutes=15)):
        assert not link_by_code(code, make_conversation(house.zalo).contact)
    assert OfficerZalo.objects.get().contact is None


def test_a_closed_reply_window_is_a_failure_that_shows(desk):
    house, people = desk
    own_chat = make_conversation(house.zalo, "TRUC", at=START - timedelta(days=8))
    OfficerZalo.objects.create(officer=people["first"], contact=own_chat.contact)
    DutyAlert.objects.create(unit=house.unit, conversation=make_conversation(house.web), created_at=START)
    told(0)
    notice = AlertNotice.objects.get(channel="zalo")
    assert (notice.state, notice.why) == (NoticeState.FAILED, "window_closed")


def test_the_whole_ladder_is_stepped_in_order():
    assert STEPS == ("duty", "second", "chief", "superior")
