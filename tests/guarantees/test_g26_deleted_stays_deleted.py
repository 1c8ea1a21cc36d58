"""G26: what is deleted stays deleted, also after a restore; retention takes what is due and nothing else."""

import json
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection

from binhyen.audit.holds import end_hold, held_subjects, place_hold
from binhyen.audit.journal import erasures_to_repeat, journal_file, mark_repeated
from binhyen.audit.models import AuditRow, ErasureMark
from binhyen.audit.verification import verify_chain
from binhyen.cases.conduct_rows import ConductFeedback
from binhyen.cases.incidents.models import ReportSwarm
from binhyen.cases.incidents.swarms import look_for_swarms
from binhyen.cases.models import Case
from binhyen.cases.retention import destroy_identity, erase_case
from binhyen.cases.tests.factories import make_case, make_station
from binhyen.cli.main import main
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.retention import erased_before, keepings
from binhyen.inbox.ageing import UNLINKED
from binhyen.inbox.models import Attachment, Contact, Conversation, Message
from binhyen.inbox.tests.factories import make_conversation, make_house
from binhyen.units.actions import record_for_officer
from binhyen.vault import files
from binhyen.vault.keyring import create_keyring
from binhyen.vault.tests.samples import picture
from binhyen.workflows.erasing import erase_person
from binhyen.workflows.erasing_again import repeat_erasures
from binhyen.workflows.retention import ERASERS, erase_due, outlook

pytestmark = pytest.mark.django_db
CANARY = "canary-5f1e-mưa"
REASON = "Viện kiểm sát yêu cầu giữ hồ sơ để xác minh"


@pytest.fixture(autouse=True)
def _no_journal():
    journal_file().unlink(missing_ok=True)


def as_backed_up(rows: list) -> None:
    """Bring rows back as a restore of an older database does, the mark of the journal included."""
    for row in rows:
        row.save(force_insert=True)


def test_a_person_erased_after_the_backup_is_erased_again():
    conversation = make_conversation(make_house().zalo, CANARY)
    contact, messages = conversation.contact, list(conversation.messages.all())
    erase_person((contact.account_id, contact.external_id), conversation.unit_id, clock.now())
    as_backed_up([contact, conversation, *messages])
    assert Message.objects.filter(text=CANARY).exists()

    assert repeat_erasures() == 1
    assert not Message.objects.filter(text=CANARY).exists()
    assert not Contact.objects.exists()
    assert repeat_erasures() == 0


def test_a_case_and_an_identity_erased_after_the_backup_are_erased_again():
    station = make_station()
    gone, unnamed = make_case(station.unit, CANARY), make_case(station.unit)
    before = {case.pk: (bytes(case.wrapped_key), bytes(case.sealed_report)) for case in (gone, unnamed)}
    erase_case(gone, "asked")
    destroy_identity(unnamed, "withdrawn")
    for case in (gone, unnamed):
        Case.objects.filter(pk=case.pk).update(
            wrapped_key=before[case.pk][0], sealed_report=before[case.pk][1], sealed_identity=b"again"
        )
    assert repeat_erasures() >= 2
    gone.refresh_from_db()
    unnamed.refresh_from_db()
    assert bytes(gone.wrapped_key) == bytes(gone.sealed_report) == b""
    assert bytes(unnamed.sealed_identity) == b""
    assert bytes(unnamed.wrapped_key)


def test_the_journal_tells_nothing_and_lies_outside_the_database():
    conversation = make_conversation(make_house().zalo, CANARY)
    contact = conversation.contact
    erase_person((contact.account_id, contact.external_id), conversation.unit_id, clock.now())
    text = journal_file().read_text()
    assert contact.external_id not in text
    assert CANARY not in text
    assert journal_file().stat().st_mode & 0o077 == 0
    assert set(json.loads(text)) == {"room", "key", "on"}


def test_a_line_cut_short_by_a_power_failure_does_no_harm():
    erase_case(make_case(make_station().unit), "asked")
    with journal_file().open("a") as handle:
        handle.write('{"room": "ca')
    assert [one.room for one in erasures_to_repeat()] == ["case"]
    mark_repeated(1)
    assert erasures_to_repeat() == []
    assert ErasureMark.objects.get().position == 1


def test_files_go_from_the_disk(django_capture_on_commit_callbacks):
    house = make_house()
    conversation = make_conversation(house.zalo)
    original = files.store(picture(), house.unit.pk, "image/jpeg", "a")
    shown = files.store_clean_copy(original, picture())
    Attachment.objects.create(
        unit=house.unit, message=conversation.messages.get(), kind="image", original=original, shown=shown
    )
    paths = [files.path_of(one.public_id) for one in (original, shown)]
    assert all(path.exists() for path in paths)
    with django_capture_on_commit_callbacks(execute=True), clock.at(clock.now() + timedelta(days=400)):
        Conversation.objects.update(state="answered")
        erase_due()
    assert not any(path.exists() for path in paths)
    assert not Conversation.objects.exists()


def test_every_kind_of_the_rules_file_is_listed_and_every_eraser_is_in_it():
    listed = {one.keeping.data for one in outlook()}
    assert listed == set(keepings())
    assert {eraser.data for eraser in ERASERS} <= listed
    assert all(one.due is not None or one.means for one in outlook())


def test_words_about_officers_are_listed_and_go_after_their_period_while_the_marks_stay():
    house = make_house()
    row = ConductFeedback.objects.create(
        about_unit=house.unit, day=clock.today(), manners=2, guidance=4, wrapped_key=b"k", sealed_words=b"w"
    )

    def due() -> int | None:
        return next(one.due for one in outlook() if one.keeping.data == "rating_free_text")

    with clock.at(clock.now() + timedelta(days=179)):
        assert (due(), erase_due()) == (0, {})
    with clock.at(clock.now() + timedelta(days=182)):
        assert due() == 1
        assert erase_due()["rating_free_text"] == 1
        assert due() == 0
    row.refresh_from_db()
    assert (bytes(row.sealed_words), row.manners) == (b"", 2)


def test_periods_come_from_the_file_in_calendar_units():
    now = clock.now()
    assert now - erased_before("question_contact_link", now) == timedelta(days=90)
    year = erased_before("question_text", now)
    assert (now.astimezone(clock.VIETNAM).month, now.astimezone(clock.VIETNAM).year - 1) == (year.month, year.year)
    with pytest.raises(LookupError):
        erased_before("no such data", now)


def test_the_link_goes_first_then_the_words():
    house = make_house()
    conversation = make_conversation(house.zalo, CANARY)
    Conversation.objects.update(state="answered")
    with clock.at(clock.now() + timedelta(days=91)):
        assert erase_due() == {"question_contact_link": 1}
        assert erase_due() == {}
    contact = Contact.objects.get()
    assert contact.external_id.startswith(UNLINKED)
    assert conversation.contact.external_id not in str(Contact.objects.values())
    assert Message.objects.filter(text=CANARY).exists()
    with clock.at(clock.now() + timedelta(days=367)):
        assert erase_due() == {"question_text": 1}
    assert not Message.objects.exists()


def test_new_content_is_grace_and_nobody_who_waits_is_erased():
    house = make_house()
    fresh, waiting = make_conversation(house.zalo), make_conversation(house.zalo)
    later = clock.now() + timedelta(days=400)
    Conversation.objects.filter(pk=fresh.pk).update(state="answered", last_message_at=later)
    with clock.at(later):
        erase_due()
    assert set(Conversation.objects.values_list("pk", flat=True)) == {fresh.pk, waiting.pk}


def test_closed_cases_lose_the_identity_first_and_then_everything_but_the_register_row():
    station = make_station()
    case = make_case(station.unit, CANARY)
    now = clock.now()
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=now, changed_at=now, sealed_identity=b"x")
    with clock.at(now + timedelta(days=91)):
        assert erase_due()["report_identity_envelope"] == 1
    case.refresh_from_db()
    assert bytes(case.sealed_identity) == b""
    assert bytes(case.wrapped_key)
    with clock.at(now + timedelta(days=367)):
        assert erase_due()["report_content_no_action"] == 1
    case.refresh_from_db()
    assert (bytes(case.wrapped_key), bytes(case.sealed_report)) == (b"", b"")
    assert (case.number, case.state) == (1, "closed")


def test_the_register_row_goes_after_its_years_parts_before_their_whole_and_not_while_held():
    station = make_station()
    whole, part, held = (make_case(station.unit) for _ in range(3))
    now = clock.now()
    Case.objects.update(state="closed", closed_at=now, changed_at=now)
    Case.objects.filter(pk=part.pk).update(split_from=whole)
    place_hold(station.unit.pk, held.public_id, REASON, station.commander.pk)
    with clock.at(now + timedelta(days=1_100)):
        assert "register_row" not in erase_due()
    with clock.at(now + timedelta(days=5 * 366)):
        assert next(one.due for one in outlook() if one.keeping.data == "register_row") == 1, "the part first"
        assert erase_due()["register_row"] == 2
    assert list(Case.objects.values_list("pk", flat=True)) == [held.pk]
    acts = AuditRow.objects.filter(action="case.row_removed").values_list("subject", flat=True)
    assert list(acts) == [part.public_id, whole.public_id]
    assert verify_chain(station.unit.pk)[1] is None
    assert make_case(station.unit).number == 4, "a number is never given twice"


def test_a_register_row_that_went_after_the_backup_goes_again():
    station = make_station()
    case = make_case(station.unit, CANARY)
    before = Case.objects.get(pk=case.pk)
    now = clock.now()
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=now, changed_at=now)
    with clock.at(now + timedelta(days=5 * 366)):
        erase_due()
    assert not Case.objects.exists()
    as_backed_up([before])
    assert repeat_erasures() >= 2
    assert not Case.objects.exists()


def test_where_an_officer_signed_in_from_goes_after_a_year_and_that_they_did_stays():
    station = make_station()
    now = clock.now()
    UserSession.objects.create(
        user=station.duty, ip="203.0.113.7", user_agent="canary-browser", session_key="k", last_seen_at=now
    )
    record_for_officer(station.duty, "officer.signed_in")
    with clock.at(now + timedelta(days=360)):
        assert "officer_signin_log" not in erase_due()
    with clock.at(now + timedelta(days=367)):
        assert next(one.due for one in outlook() if one.keeping.data == "officer_signin_log") == 1
        assert erase_due()["officer_signin_log"] == 1
    assert not UserSession.objects.exists()
    row = AuditRow.objects.get(action="officer.signed_in")
    assert row.facts == {}, "neither address nor browser stands in the record"


def test_an_open_case_is_never_due():
    make_case(make_station().unit)
    with clock.at(clock.now() + timedelta(days=4_000)):
        assert not {name for name in erase_due() if name.startswith("report")}


def test_a_legal_hold_keeps_what_is_due_until_it_ends():
    station = make_station()
    case = make_case(station.unit)
    now = clock.now()
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=now, changed_at=now)
    hold = place_hold(station.unit.pk, case.public_id, REASON, station.commander.pk)
    assert held_subjects() == {case.public_id}
    with clock.at(now + timedelta(days=1_000)):
        assert "report_content_no_action" not in erase_due()
        end_hold(hold, station.commander.pk)
        end_hold(hold, station.commander.pk)
        assert erase_due()["report_content_no_action"] == 1
    acts = list(AuditRow.objects.filter(action__startswith="hold.").values_list("action", flat=True))
    assert acts == ["hold.placed", "hold.ended"]


def test_a_hold_needs_a_reason_and_stands_once():
    with pytest.raises(NotPossible, match="hold_reason_short"):
        place_hold(1, "c1", "vì thế", 1)
    place_hold(1, "c1", REASON, 1)
    with pytest.raises(NotPossible, match="hold_exists"):
        place_hold(1, "c1", REASON, 1)


def test_the_command_lists_without_changing_and_erases_without_the_option(capsys):
    make_conversation(make_house().zalo)
    Conversation.objects.update(state="answered")
    with clock.at(clock.now() + timedelta(days=400)):
        assert main(["retention", "--dry-run", "--json"]) == 0
        rows = {row["data"]: row for row in json.loads(capsys.readouterr().out)["retention"]}
        assert (rows["question_text"]["due"], rows["question_text"]["erased"]) == (1, 0)
        assert Conversation.objects.exists()
        assert main(["retention"]) == 0
    assert "question_text" in capsys.readouterr().out
    assert not Conversation.objects.exists()
    assert connection.vendor in ("sqlite", "postgresql")


@pytest.mark.django_db
def test_a_card_of_many_reports_goes_with_whoever_wrote_one_of_them():
    create_keyring()
    house = make_house()
    told = ("Cháy xưởng gỗ ở thôn 4, lửa lớn", "Xưởng gỗ thôn 4 đang cháy to", "Cháy lớn xưởng gỗ thôn 4 bà con ơi")
    for text in told:
        conversation = make_conversation(house.zalo, text)
        Message.objects.filter(conversation=conversation).update(kind="emergency")
    assert look_for_swarms(house.unit.pk) == 1
    contact = conversation.contact
    erase_person((contact.account_id, contact.external_id), house.unit.pk, clock.now())
    assert not ReportSwarm.objects.exists()
