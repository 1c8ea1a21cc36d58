"""G7: who is set aside stays so in parts, in another unit, at the superior unit, in alarms, cards and openings."""

from datetime import timedelta

import pytest

from binhyen.audit.models import AuditRow
from binhyen.cases import actions, custodians, following, handing_over, queries, unsealing
from binhyen.cases.incidents.swarms import hot_cards_for, look_for_swarms
from binhyen.cases.models import Case
from binhyen.cases.openings import OpeningPurpose
from binhyen.cases.tests.factories import (
    REASON,
    WORDS,
    agree,
    ask_for,
    give_key,
    make_case,
    make_named_case,
    make_station,
)
from binhyen.console.tests.factories import sign_in
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.inbox.alerts import ringing_alerts_for
from binhyen.inbox.models import AlertNotice
from binhyen.inbox.notice_alarms import NoticeAlarms, notice_alarms
from binhyen.inbox.tests.factories import make_officer
from binhyen.units.models import Officer, Role
from binhyen.vault.tests.light_hashes import hash_lightly
from binhyen.workflows.alerting import climb_ladders
from binhyen.workflows.leaving import leave

pytestmark = pytest.mark.django_db
NAME = "Lê Văn Hùng"
FIRE = (
    "Cháy nhà ở chợ Đình, lửa to lắm",
    "Nhà cạnh chợ Đình đang cháy, lửa lớn",
    "Cháy ở chợ Đình bà con ơi, khói mù mịt",
)


@pytest.fixture
def station(monkeypatch):
    """The duty officer has a name that can be told; a commander and a duty officer work above."""
    hash_lightly(monkeypatch)
    found = make_station()
    make_officer(found.parent, "tinh", Role.COMMANDER)
    make_officer(found.parent, "tinh-truc", Role.DUTY_OFFICER)
    Officer.objects.filter(pk=found.duty.pk).update(full_name=NAME)
    return found


def above(station, role=Role.COMMANDER) -> Officer:
    return Officer.objects.get(memberships__unit=station.parent, memberships__role=role)


def assert_unseen(scope, case: Case) -> None:
    with pytest.raises(NotAllowed):
        queries.access_case(scope, case.public_id)
    assert case.public_id not in [alert.subject for alert in ringing_alerts_for(scope)]


@pytest.mark.parametrize("words", ["Phần còn lại", f"Phần của {NAME}"])
def test_a_part_reaches_nobody_whom_the_whole_does_not_reach(station, words):
    whole = make_case(station.unit, f"Cán bộ {NAME} nhận tiền")
    part = handing_over.split(station.scope(station.commander), whole, words, "crime_tip")
    assert_unseen(station.scope(), part)
    assert queries.access_case(station.scope(station.commander), part.public_id) == part


def test_who_is_set_aside_from_the_whole_later_loses_its_parts(station):
    whole = make_case(station.unit, "Có người nhận tiền")
    part = handing_over.split(station.scope(), whole, "Phần đổ rác", "feedback")
    actions.assign(station.scope(), part, station.duty)
    following.add(whole, f"Người đó là {NAME}", [])
    assert_unseen(station.scope(), part)
    part = queries.access_case(station.scope(station.commander), part.public_id)
    assert part.assigned_to is None


def test_parts_go_up_with_the_whole(station):
    whole = make_case(station.unit, "Có người nhận tiền")
    part = handing_over.split(station.scope(), whole, "Phần đổ rác", "feedback")
    following.add(whole, "Người đó là cán bộ ở đây", [], is_about_unit=True)
    assert_unseen(station.scope(station.commander), part)
    assert queries.read_case(station.scope(above(station)), whole).parts == [part]


def test_the_words_that_were_covered_still_set_aside_in_the_other_unit(station):
    other = make_station("dong-hoi")
    Officer.objects.filter(pk=other.duty.pk).update(full_name="Phạm Quốc Bảo")
    case = actions.see(station.scope(), make_case(station.unit, "Có người bảo kê sòng bạc"))
    following.add(case, "Người bảo kê là ông Phạm Quốc Bảo", [])
    onward = handing_over.transfer_to_unit(station.scope(), case, other.unit, "Có người bảo kê sòng bạc", [])
    assert_unseen(other.scope(), onward)
    assert queries.access_case(other.scope(other.commander), onward.public_id) == onward


def test_a_case_that_comes_back_still_knows_who_was_set_aside(station):
    other = make_station("dong-hoi")
    case = actions.see(station.scope(), make_case(station.unit, "Có người nhận tiền"))
    actions.flag_conflict(station.scope(station.commander), case, station.duty)
    scope = station.scope(station.commander)
    onward = handing_over.transfer_to_unit(scope, case, other.unit, "Có người nhận tiền", [])
    onward = actions.see(other.scope(), onward)
    assert not onward.conflicts.exists(), "the other unit is not told who it was"
    back = handing_over.transfer_to_unit(other.scope(), onward, station.unit, "Có người nhận tiền", [])
    assert_unseen(station.scope(), back)


def test_who_is_named_at_the_superior_unit_does_not_work_it_there(station):
    Officer.objects.filter(pk=above(station).pk).update(full_name="Trần Quốc Toản")
    case = make_case(station.unit, "Công an xã nhận tiền, ông Trần Quốc Toản trên tỉnh bao che")
    assert case.goes_up
    assert_unseen(station.scope(above(station)), case)
    desk = station.scope(above(station, Role.DUTY_OFFICER))
    assert queries.access_case(desk, case.public_id) == case
    assert case.public_id in [alert.subject for alert in ringing_alerts_for(desk)]


def test_what_went_up_is_given_to_an_officer_up_there(station):
    case = make_case(station.unit, "Công an xã nhận tiền bảo kê")
    desk = above(station, Role.DUTY_OFFICER)
    page = f"/console/cases/{case.public_id}/"
    client = sign_in(above(station))
    html = client.get(page).content.decode()
    assert desk.public_id in html
    assert station.commander.public_id not in html
    client.post(f"{page}act/", {"act": "assign", "officer": desk.public_id})
    case.refresh_from_db()
    assert case.assigned_to == desk
    client.post(f"{page}act/", {"act": "conflict", "officer": desk.public_id})
    assert_unseen(station.scope(desk), case)
    with pytest.raises(NotPossible, match="conflict_last"):
        actions.flag_conflict(station.scope(above(station)), case, above(station))


def test_who_leaves_the_superior_unit_hands_over_what_went_up(station):
    leaver, desk = above(station), above(station, Role.DUTY_OFFICER)
    admin = make_officer(station.parent, "tinh-quan-tri", Role.UNIT_ADMINISTRATOR)
    cases = [make_case(station.unit, "Công an xã nhận tiền bảo kê") for _ in range(2)]
    for case in cases:
        actions.assign(station.scope(desk), case, leaver)
    actions.flag_conflict(station.scope(leaver), cases[1], desk)
    leave(station.scope(admin), station.parent, leaver, desk)
    assert list(Case.objects.order_by("pk").values_list("assigned_to", flat=True)) == [desk.pk, None]


@pytest.mark.parametrize("words", ["Chỉ huy Trần Quốc Toản nhận tiền", "Công an xã nhận tiền bảo kê"])
def test_the_record_tells_who_it_is_about_of_no_such_case(station, words):
    Officer.objects.filter(pk=station.commander.pk).update(full_name="Trần Quốc Toản")
    case, other = make_case(station.unit, words), make_case(station.unit, "Có người bán pháo")
    reader = above(station) if case.goes_up else station.duty
    queries.read_case(station.scope(reader), case)
    html = sign_in(station.commander).get("/console/record/").content.decode()
    assert other.public_id in html
    assert case.public_id not in html
    assert "case.conflict" not in html
    assert above(station).full_name not in html
    chain = AuditRow.objects.filter(subject=case.public_id)
    assert chain.filter(action="case.read", actor_key=reader.pk).exists(), "the chain itself holds it"


def test_what_rings_is_silent_for_who_is_set_aside_meanwhile(station, settings):
    settings.EMAIL_HOST = "mail.example.test"
    Officer.objects.filter(pk=station.duty.pk).update(email="truc@example.test", alerts_by_mail=True)
    case = make_case(station.unit, "Có người nhận tiền")
    assert [alert.subject for alert in ringing_alerts_for(station.scope())] == [case.public_id]
    climb_ladders()
    assert AlertNotice.objects.filter(officer=station.duty, state="planned").exists()
    actions.flag_conflict(station.scope(station.commander), case, station.duty)
    assert_unseen(station.scope(), case)
    assert not AlertNotice.objects.filter(officer=station.duty, state="planned").exists()
    assert ringing_alerts_for(station.scope(station.commander)), "others still hear it"


def test_notices_that_do_not_get_through_are_counted_for_nobody_who_is_set_aside(station, settings):
    settings.EMAIL_HOST = "mail.example.test"
    Officer.objects.filter(pk=station.duty.pk).update(email="truc@example.test", alerts_by_mail=True)
    case = make_case(station.unit, "Có người nhận tiền")
    climb_ladders()
    scope = station.scope(station.commander)
    for state in ("planned", "failed"):
        AlertNotice.objects.update(state=state)
        with clock.at(clock.now() + timedelta(minutes=5)):
            assert notice_alarms(scope) == notice_alarms()
            assert notice_alarms().late + notice_alarms().failed == 1
    actions.flag_conflict(station.scope(), case, station.commander)
    for state, told in (("planned", (1, 0)), ("failed", (0, 1))):
        AlertNotice.objects.update(state=state)
        with clock.at(clock.now() + timedelta(minutes=5)):
            assert (notice_alarms().late, notice_alarms().failed) == told
            assert notice_alarms(scope) == NoticeAlarms(late=0, failed=0, oldest_at=None, unheard=0)


@pytest.mark.parametrize("how", ["flagged", "gone up"])
def test_a_hot_card_goes_from_who_may_not_see_one_of_its_reports(station, how):
    cases = [make_case(station.unit, words) for words in FIRE]
    look_for_swarms(station.unit.pk)
    assert len(hot_cards_for(station.scope())) == 1
    if how == "flagged":
        actions.flag_conflict(station.scope(station.commander), cases[0], station.duty)
    else:
        following.add(cases[0], "Người đốt là cán bộ ở đây", [], is_about_unit=True)
    assert hot_cards_for(station.scope()) == []


@pytest.mark.parametrize("how", ["flagged", "named by the next report"])
def test_the_alarm_of_a_hot_card_is_silent_for_who_may_not_see_it(station, how):
    cases = [make_case(station.unit, words) for words in FIRE]
    look_for_swarms(station.unit.pk)
    card = hot_cards_for(station.scope())[0].swarm.public_id
    assert card in _ringing_at(station, station.duty)
    if how == "flagged":
        actions.flag_conflict(station.scope(station.commander), cases[0], station.duty)
    else:
        make_case(station.unit, f"Nhà ở chợ Đình cháy to, lửa lớn lắm, {NAME} đốt")
        look_for_swarms(station.unit.pk)
    assert card not in _ringing_at(station, station.duty)
    assert card in _ringing_at(station, station.commander)


def _ringing_at(station, officer: Officer) -> list[str]:
    return [alert.subject for alert in ringing_alerts_for(station.scope(officer))]


def test_who_asked_for_a_name_does_not_get_it_once_the_case_has_gone_up(station):
    give_key(station)
    case = make_named_case(station.unit)
    opening, private = ask_for(station, case)
    following.add(case, "Người đó là cán bộ ở đây", [], is_about_unit=True)
    agree(station, opening)
    opening.refresh_from_db()
    with pytest.raises(NotAllowed):
        unsealing.show(station.scope(), unsealing.access_opening(station.scope(), opening.public_id), private)


def test_custodians_of_the_unit_hear_nothing_while_those_above_are_enough(station):
    reserve = [make_officer(station.parent, name, Role.IDENTITY_CUSTODIAN) for name in ("giu-ba", "giu-bon")]
    for officer in reserve:
        custodians.set_passphrase(station.scope(officer), officer, WORDS)
    give_key(station)
    case = make_named_case(station.unit, text="Công an xã nhận tiền bảo kê", is_about_unit=True)
    opening = unsealing.ask(station.scope(above(station)), case, "statement", REASON, b"k" * 32)
    assert unsealing.awaited(opening) == reserve
    assert unsealing.openings_for(station.scope(station.first)) == []
    with pytest.raises(NotAllowed):
        unsealing.give_share(station.scope(station.first), opening, station.first, WORDS)
    assert unsealing.openings_for(station.scope(reserve[0])) == [opening]
    rehearsal = custodians.ask_together(station.scope(station.first), station.unit, OpeningPurpose.REHEARSAL)
    assert unsealing.openings_for(station.scope(station.second)) == [rehearsal]


def test_where_nobody_above_holds_a_share_the_units_own_custodians_open(station):
    give_key(station)
    case = make_named_case(station.unit, is_about_unit=True)
    opening = unsealing.ask(station.scope(above(station)), case, "statement", REASON, b"k" * 32)
    assert unsealing.awaited(opening) == sorted([station.first, station.second], key=lambda one: one.full_name)
    assert unsealing.openings_for(station.scope(station.second)) == [opening]
