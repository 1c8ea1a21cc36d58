"""Many people telling of one event: one card with count, place and first words, and one alert, within seconds."""

from datetime import timedelta

import pytest

from binhyen.audit.models import AuditRow
from binhyen.cases.incidents.models import ReportSwarm
from binhyen.cases.incidents.swarms import forget_old, hot_cards_for, look_for_swarms
from binhyen.cases.models import Case
from binhyen.cases.retention import erase_case
from binhyen.cases.routes import MOVED, keep_route
from binhyen.cases.tests.factories import make_case, make_station
from binhyen.core import clock
from binhyen.inbox.models import DutyAlert, Message
from binhyen.inbox.tests.factories import make_conversation, make_officer
from binhyen.language.report_places import commonest_place
from binhyen.units.models import Role

pytestmark = pytest.mark.django_db
TOLD = [
    "Cháy xưởng gỗ ở thôn 4, lửa lớn lắm khói đen kịt",
    "Xưởng gỗ thôn 4 đang cháy to, khói đen mù mịt",
    "Cháy lớn xưởng gỗ thôn 4 bà con ơi, lửa cao quá",
    "Đang cháy xưởng gỗ bên thôn 4, có khói đen",
]


def chat(station, text):
    conversation = make_conversation(station.house.zalo, text)
    Message.objects.filter(conversation=conversation).update(kind="emergency")
    return conversation


def test_three_reports_make_one_card_that_rings_once(station):
    for text in TOLD[:3]:
        assert look_for_swarms(station.unit.pk) == 0
        make_case(station.unit, text)
    assert look_for_swarms(station.unit.pk) == 1
    make_case(station.unit, TOLD[3])
    assert look_for_swarms(station.unit.pk) == 0
    (card,) = hot_cards_for(station.scope())
    assert card.swarm.count == 4
    assert card.place == "sau chợ"
    assert card.words.startswith("Cháy xưởng gỗ")
    (alert,) = DutyAlert.objects.filter(rule_id="swarm.first_look")
    assert alert.subject == card.swarm.public_id


def test_a_report_that_cannot_be_read_silences_no_swarm(station):
    broken = make_case(station.unit, TOLD[3])
    Case.objects.filter(pk=broken.pk).update(sealed_report=b"altered" * 20)
    for text in TOLD[:3]:
        make_case(station.unit, text)
    assert look_for_swarms(station.unit.pk) == 1
    assert ReportSwarm.objects.get().count == 3


def test_messages_and_reports_count_together_without_being_linked(station):
    chat(station, TOLD[0])
    chat(station, TOLD[1])
    case = make_case(station.unit, TOLD[2])
    assert look_for_swarms(station.unit.pk) == 1
    row = ReportSwarm.objects.get()
    assert row.count == 3
    stored = str(ReportSwarm.objects.filter(pk=row.pk).values()[0])
    assert case.public_id not in stored
    assert "xưởng" not in stored


def test_one_sender_alone_is_no_swarm(station):
    conversation = chat(station, TOLD[0])
    case = make_case(station.unit, TOLD[1])
    keep_route(case, conversation.public_id, clock.now() + timedelta(days=7))
    make_case(station.unit, TOLD[2])
    make_case(station.unit, TOLD[2])
    assert look_for_swarms(station.unit.pk) == 0


def test_what_moved_into_a_case_counts_no_more(station):
    for _ in range(4):
        chat(station, TOLD[0])
    Message.objects.update(text=MOVED)
    assert look_for_swarms(station.unit.pk) == 0


def test_old_reports_and_other_units_do_not_count(station):
    other = make_station("dong-hoi")
    make_case(other.unit, TOLD[0])
    with clock.at(clock.now() - timedelta(minutes=11)):
        make_case(station.unit, TOLD[1])
    make_case(station.unit, TOLD[2])
    make_case(station.unit, TOLD[3])
    assert look_for_swarms(station.unit.pk) == 0


def test_an_officer_named_in_one_of_them_never_sees_it(station):
    named = make_officer(station.unit, "x", Role.DUTY_OFFICER)
    named.full_name = "Trần Văn Lửa"
    named.save()
    for text in [*TOLD[:2], f"{TOLD[2]} có ông Trần Văn Lửa ở đó"]:
        make_case(station.unit, text)
    assert look_for_swarms(station.unit.pk) == 1
    assert hot_cards_for(station.scope(named)) == []
    assert DutyAlert.objects.get(rule_id="swarm.first_look").excluded_officer_ids == [named.pk]
    assert len(hot_cards_for(station.scope())) == 1


def test_the_first_look_of_each_officer_is_recorded_and_others_see_nothing(station):
    for text in TOLD[:3]:
        make_case(station.unit, text)
    look_for_swarms(station.unit.pk)
    for _ in range(2):
        hot_cards_for(station.scope())
    assert AuditRow.objects.filter(action="swarm.read").count() == 1
    assert hot_cards_for(make_station("dong-hoi").scope()) == []
    assert hot_cards_for(station.scope(station.first)) == []


def test_a_card_is_gone_after_a_day(station):
    for text in TOLD[:3]:
        make_case(station.unit, text)
    look_for_swarms(station.unit.pk)
    with clock.at(clock.now() + timedelta(hours=25)):
        assert hot_cards_for(station.scope()) == []
        forget_old()
    assert not ReportSwarm.objects.exists()


def test_the_first_words_of_a_card_do_not_repeat_the_place(station):
    for text in TOLD[:3]:
        make_case(station.unit, text)
    look_for_swarms(station.unit.pk)
    (card,) = hot_cards_for(station.scope())
    assert card.place == "sau chợ"
    assert "sau chợ" not in card.words
    assert card.words.endswith("khói đen kịt")


@pytest.mark.parametrize(
    ("told", "place"),
    [
        (("Cháy nhà ở chợ Đình, lửa to lắm", "Nhà cạnh chợ Đình đang cháy", "Cháy chợ đình bà con ơi"), "chợ Đình"),
        (("Tai nạn ngã tư Bà Triệu", "xe tải tông ngã tư Bà Triệu", "Tai nạn ở ngã tư bà triệu"), "ngã tư Bà Triệu"),
        (("Xe khách lật ở km 12", "Lật xe khách km 12", "xe khách bị lật chỗ km 12"), "km 12"),
        (("Cháy to quá, cứu với", "Cháy rồi, cháy to quá", "Cháy lớn lắm bà con ơi"), ""),
    ],
)
def test_a_place_that_is_no_hamlet_stands_on_the_card(station, told, place):
    for text in told:
        chat(station, text)
    assert commonest_place(told) == place
    look_for_swarms(station.unit.pk)
    if place:
        assert [card.place for card in hot_cards_for(station.scope())] == [place]


def test_a_card_goes_with_a_report_that_is_erased(station):
    cases = [make_case(station.unit, text) for text in TOLD[:3]]
    assert look_for_swarms(station.unit.pk) == 1
    erase_case(cases[1], "asked")
    assert not ReportSwarm.objects.exists()
