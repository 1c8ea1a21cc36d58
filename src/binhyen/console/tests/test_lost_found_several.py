"""Several reports and several claims of one thing: one record goes on, nobody is forgotten, nothing goes to two."""

from datetime import timedelta

import pytest

from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.lost_found import actions, claiming, ending, handing_over, joining, queries
from binhyen.lost_found.models import Claim, ClaimState, RecordState
from binhyen.lost_found.tests.factories import PUBLISHER, SECRETS, make_child, make_record
from binhyen.units.scope import scope_of
from binhyen.workflows import lost_found
from binhyen.workflows.retention import erase_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return make_house()


@pytest.fixture
def hung(house):
    return make_officer(house.unit, "hung")


@pytest.fixture
def may(house):
    return make_officer(house.unit, "may")


@pytest.fixture
def record(hung, may, house):
    record = make_record(scope_of(hung), house.unit)
    actions.submit(scope_of(hung), record, PUBLISHER)
    lost_found.publish(scope_of(may), record, picture_seen=False)
    return record


def page_of(officer, record):
    return sign_in(officer).get(f"/console/lost/{record.public_id}/").content.decode()


def act(officer, record, name, **more):
    return sign_in(officer).post(f"/console/lost/{record.public_id}/", {"act": name} | more)


def claim(house, record, phone, answers=SECRETS):
    return claiming.claim(house.unit, record.public_id, answers, "Người nhận", phone)


def judged(hung, house, record, phone, fits=(True, True, True)):
    made = claim(house, record, phone)
    claiming.judge(scope_of(hung), made, fits)
    return made


def prepare(hung, record, made):
    handing_over.prepare(scope_of(hung), record, "Người nhận", "căn cước", papers_seen=True, claim=made)
    handing_over.note_printed(scope_of(hung), record)


# ----- reports


def test_a_second_report_is_suggested_and_joined_and_its_finder_is_told_too(hung, may, house, record):
    with clock.at(clock.now() - timedelta(days=2)):
        again = make_record(
            scope_of(hung), house.unit, proof=(), contact_name="Lê Văn Thấy", contact_phone="0900111222"
        )
    assert record.label in page_of(hung, again)
    assert act(hung, again, "join", into=record.public_id).status_code == 302
    again.refresh_from_db()
    record.refresh_from_db()
    assert (again.state, again.joined_to_id, again.is_same_reporter) == (RecordState.JOINED, record.pk, False)
    assert record.received_at == again.received_at
    page = page_of(hung, record)
    assert "Lê Văn Thấy" in page
    assert "2 người nhặt" in page
    assert again.label not in sign_in(hung).get("/console/lost/").content.decode()
    made = judged(hung, house, record, "0911 111 111")
    prepare(hung, record, made)
    handing_over.complete(scope_of(may), record, saw_person=True, record_signed=True)
    due = {(task.record.pk, task.clock.rule_id) for task in queries.tasks_for(scope_of(hung), house.unit, clock.now())}
    assert due == {(record.pk, "found.tell_finder"), (again.pk, "found.tell_finder")}
    assert act(hung, again, "told").status_code == 302
    assert len(queries.tasks_for(scope_of(hung), house.unit, clock.now())) == 1


def test_the_same_person_reporting_twice_is_one_finder_told_once(hung, may, house, record):
    again = make_record(scope_of(hung), house.unit)
    act(hung, again, "join", into=record.public_id, reporter="same")
    assert joining.finders_of(record) == 1
    lost_found.resolve(scope_of(hung), record)
    due = [task.record.pk for task in queries.tasks_for(scope_of(hung), house.unit, clock.now())]
    assert due == [record.pk]


def test_what_the_first_report_lacks_comes_from_the_second_and_a_mistake_can_be_undone(hung, house):
    first = make_record(scope_of(hung), house.unit, proof=(), place="", value_vnd=None)
    second = make_record(scope_of(hung), house.unit)
    act(hung, second, "join", into=first.public_id)
    first.refresh_from_db()
    assert (first.place, first.proof_count, first.value_vnd) == ("gần chợ Đông", 3, 1_234_567)
    assert act(hung, second, "part").status_code == 302
    second.refresh_from_db()
    assert (second.state, second.joined_to_id) == (RecordState.DRAFT, None)


def test_what_cannot_be_joined_is_told(hung, may, house, record):
    other = make_record(scope_of(hung), house.unit)
    child = make_child(scope_of(hung), house.unit)
    for chosen, words in (
        ({"into": child.public_id}, "cùng loại"),
        ({"into": other.public_id}, "cùng loại"),
        ({}, "cùng loại"),
    ):
        answer = act(hung, other, "join", **chosen)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert "gỡ tin" in act(hung, record, "join", into=other.public_id).content.decode()
    claim(house, record, "0911 111 111")
    lost_found.take_down(scope_of(may), record)
    with pytest.raises(NotPossible, match="join_claims"):
        joining.join(scope_of(hung), record, other, is_same_reporter=False)
    ended = make_record(scope_of(hung), house.unit)
    lost_found.resolve(scope_of(hung), ended)
    with pytest.raises(NotPossible, match="join_state"):
        joining.join(scope_of(hung), other, ended, is_same_reporter=False)


def test_a_foreign_record_is_never_joined(hung, house, record):
    strange = make_house("khac")
    foreign = make_record(scope_of(make_officer(strange.unit, "la")), strange.unit)
    assert act(hung, record, "join", into=foreign.public_id).status_code == 404


def test_two_callers_about_one_missing_child_become_one_record(hung, house):
    first = make_child(scope_of(hung), house.unit, kind="missing_child")
    second = make_child(scope_of(hung), house.unit, kind="missing_child")
    assert [other.pk for other, _ in joining.twins_for(scope_of(hung), second)] == [first.pk]
    joining.join(scope_of(hung), second, first, is_same_reporter=False)
    assert [row.pk for row in queries.records_for(scope_of(hung), house.unit)] == [first.pk]


def test_who_reported_too_is_kept_as_long_as_the_record_runs(hung, house, record):
    again = make_record(scope_of(hung), house.unit)
    joining.join(scope_of(hung), again, record, is_same_reporter=False)
    with clock.at(clock.now() + timedelta(days=200)):
        assert erase_due().get("lost_found_personal", 0) == 0
        lost_found.resolve(scope_of(hung), record)
    with clock.at(clock.now() + timedelta(days=291)):
        assert erase_due().get("lost_found_personal", 0) == 2


# ----- claims


def test_two_fitting_claims_stop_the_hand_over_until_one_steps_back(hung, may, house, record):
    right, rival = judged(hung, house, record, "0911 111 111"), judged(hung, house, record, "0922 222 222")
    assert "2 người trả lời khớp" in page_of(hung, record)
    with pytest.raises(NotPossible, match="claim_rivals"):
        prepare(hung, record, right)
    assert act(hung, record, "set_aside", claim=rival.public_id, reason="thích").status_code == 422
    assert act(hung, record, "set_aside", claim=rival.public_id, reason="further_proof").status_code == 302
    prepare(hung, record, right)
    handing_over.complete(scope_of(may), record, saw_person=True, record_signed=True)
    states = dict(Claim.objects.values_list("pk", "state"))
    assert states == {right.pk: ClaimState.DONE, rival.pk: ClaimState.PASSED}
    assert act(hung, record, "claimant_told", claim=rival.public_id).status_code == 302
    assert act(hung, record, "claimant_told", claim=right.public_id).status_code == 422
    assert "Đã báo lúc" in page_of(hung, record)


def test_a_claim_that_comes_between_the_two_officers_is_looked_at_first(hung, may, house, record):
    prepare(hung, record, judged(hung, house, record, "0911 111 111"))
    late = claim(house, record, "0922 222 222")
    with pytest.raises(NotPossible, match="claim_unread"):
        handing_over.complete(scope_of(may), record, saw_person=True, record_signed=True)
    claiming.judge(scope_of(hung), late, (False, False, False))
    handing_over.complete(scope_of(may), record, saw_person=True, record_signed=True)


def test_one_number_replaces_its_unread_claim_and_guesses_three_times_at_most(hung, house, record):
    first = claim(house, record, "0911 111 111", ("đỏ", "mèo", "mười nghìn"))
    again = claim(house, record, "+84 911 111 111", ("xanh", "chó", "năm nghìn"))
    assert first.pk == again.pk
    assert claiming.answers_of(again) == ["xanh", "chó", "năm nghìn"]
    for _ in range(2):
        claiming.judge(scope_of(hung), again, (False, False, False))
        again = claim(house, record, "0911 111 111")
    claiming.judge(scope_of(hung), again, (False, False, False))
    with pytest.raises(NotPossible, match="claim_again"):
        claim(house, record, "0911111111")
    assert claim(house, record, "0933 333 333").pk


def test_somebody_without_a_telephone_page_claims_at_the_counter(hung, may, house, record):
    lost_found.take_down(scope_of(may), record)
    said = {
        "said_1": SECRETS[0],
        "said_2": "con voi",
        "said_3": "",
        "claimant": "Bà Hai",
        "claimant_phone": "02393111222",
    }
    refused = act(hung, record, "claim", **said)
    assert refused.status_code == 422
    assert 'value="con voi"' in refused.content.decode()
    assert act(hung, record, "claim", **(said | {"said_3": "không nhớ"})).status_code == 302
    made = Claim.objects.get()
    assert queries.opened(queries.CONTACT, made.sealed_contact) == ["Bà Hai", "02393111222"]
    claiming.judge(scope_of(hung), made, (True, True, False))
    prepare(hung, record, made)
    handing_over.complete(scope_of(may), record, saw_person=True, record_signed=True)
    assert act(hung, record, "claim", **said).status_code == 422


def test_the_share_is_shown_by_the_base_salary_of_the_end_and_of_the_notice_when_it_changed(hung, house):
    record = make_record(scope_of(hung), house.unit, value_vnd=40_000_000)
    record.notice_at = clock.now().replace(year=2025, month=9, day=1)
    record.save()
    rows = ending.shares_by_salary(record)
    assert [(found.finder_vnd, found.state_vnd) for _, found in rows] == [
        (32_650_000, 7_350_000),
        (31_700_000, 8_300_000),
    ]
    page = page_of(hung, record)
    assert "32.650.000" in page
    assert "31.700.000" in page


def test_a_refused_change_keeps_what_was_typed(hung, house, record):
    draft = make_record(scope_of(hung), house.unit)
    answer = act(hung, draft, "save", description="ví đỏ mới tả", happened_on="45/13/2026")
    assert answer.status_code == 422
    assert "ví đỏ mới tả" in answer.content.decode()
