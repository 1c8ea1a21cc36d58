"""A unit's way of working moves to the next one as a file; nobody is in it, and nothing goes out unseen."""

from datetime import timedelta

import pytest
import yaml
from click.testing import CliRunner
from django.apps import apps

from binhyen.audit.models import AuditRow
from binhyen.cli.main import root
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.inbox.canned.actions import MacroSteps, add_macro, approve_canned, draft_canned
from binhyen.inbox.filters.actions import save_filter
from binhyen.inbox.filters.rules import QueueFilter, View
from binhyen.inbox.models import CannedReply, Contact, Macro, SavedFilter, Topic, WaitLimit
from binhyen.inbox.tests.factories import House, make_conversation, make_house, make_officer
from binhyen.inbox.topics.actions import add_topic
from binhyen.inbox.waiting.actions import set_wait_limit
from binhyen.procedures.models import ProcedureVersion
from binhyen.units.models import Area, DirectoryEntry, Role, Unit
from binhyen.units.scope import scope_of
from binhyen.units.setting_up import save_day, save_hours
from binhyen.workflows.unit_configuration import export_configuration
from binhyen.workflows.unit_configuration_import import import_configuration, read_configuration

pytestmark = pytest.mark.django_db
CANARIES = ("Nguyễn Canary Thị Bích", "0977123987", "Trần Văn Canh", "Đ/c Canary", "canary-zalo-5551", "Thôn Canary")
WEEK = ["07:00-11:00, 13:00-17:00"] * 5 + ["07:00-11:00", ""]


@pytest.fixture
def model() -> Unit:
    """A unit with a bit of everything, canaries in all that must not leave."""
    house = make_house("mau", "Công an xã Mẫu")
    unit = house.unit
    chief, writer = make_officer(unit, "chi-huy-canary", Role.UNIT_ADMINISTRATOR), make_officer(unit, "soan")
    chief.full_name = CANARIES[3]
    chief.save()
    scope = scope_of(chief)
    save_hours(scope, unit, WEEK)
    save_day(scope, unit, clock.today() + timedelta(days=9), "08:00-11:00", "Tết sớm", is_working_day=True)
    topic = add_topic(scope, unit, "Chợ đêm")
    for title, text in (
        ("Mất căn cước", "Mang theo giấy khai sinh."),
        ("Gặp", f"Gặp ông {CANARIES[2]}, {CANARIES[1]}"),
    ):
        draft = draft_canned(scope_of(writer), unit, title, text)
        approve_canned(scope, draft, draft.version)
    set_wait_limit(scope, unit, 90)
    _filters(unit, make_officer(unit, "truc", Role.DUTY_OFFICER), topic)
    canned = {row.title: row for row in CannedReply.objects.all()}
    add_macro(scope, unit, "Xong việc chợ", MacroSteps(topic, canned["Mất căn cước"], closes=True))
    add_macro(scope, unit, "Mời gặp", MacroSteps(canned=canned["Gặp"]))
    _own_version(unit, writer, chief, {"hours_vi": "Sáng thứ bảy", "place_vi": "Nhà văn hóa Canary"})
    _residents(house)
    Area.objects.create(unit=unit, name=CANARIES[5])
    DirectoryEntry.objects.create(unit=unit, title=CANARIES[3], phone=CANARIES[1])
    return unit


def _filters(unit: Unit, officer, topic: Topic) -> None:
    """One for everybody, one that looks for an officer, one of the officer alone."""
    scope, market = scope_of(officer), QueueFilter(topic=topic.public_id, officer="nobody", hours="24")
    save_filter(scope, unit, "Chợ bỏ quên", View.UNIT, market, is_shared=True)
    save_filter(scope, unit, "Của anh Canary", View.UNIT, QueueFilter(officer=officer.public_id), is_shared=True)
    save_filter(scope, unit, "Riêng tôi", View.UNIT, market, is_shared=False)


def _own_version(unit: Unit, writer, chief, changes: dict[str, str]) -> None:
    note = {"unit_note_vi": f"Hỏi ông {CANARIES[2]}"}
    ProcedureVersion.objects.create(
        unit=unit, procedure="dang-ky-tam-tru", number=1, state="approved", changes=changes | note,
        valid_from=clock.today(), drafted_by=writer, editors=[writer.pk], drafted_at=clock.now(),
        approved_by=chief, approved_at=clock.now(),
    )  # fmt: skip


def _residents(house: House) -> None:
    conversation = make_conversation(house.zalo, f"Tôi là {CANARIES[0]}, {CANARIES[1]}")
    Contact.objects.filter(pk=conversation.contact_id).update(display_name=CANARIES[0], external_id=CANARIES[4])


@pytest.fixture
def next_unit() -> Unit:
    return make_house("tiep", "Công an xã Tiếp").unit


def test_no_resident_and_no_officer_is_in_the_file(model):
    exported = export_configuration(model)
    assert [canary for canary in (*CANARIES, "chi-huy-canary", "soan") if canary in exported.text] == []
    assert "Canary" not in exported.text
    assert exported.left_out == [
        ("filters", "Của anh Canary"),
        ("canned", "Gặp"),
        ("macros", "Mời gặp"),
        ("procedures", "dang-ky-tam-tru: unit_note_vi"),
    ]


def test_the_next_unit_works_the_same_way_and_residents_read_nothing_unapproved(model, next_unit):
    chief = scope_of(make_officer(next_unit, "nguoi-moi", Role.UNIT_ADMINISTRATOR))
    found = read_configuration(export_configuration(model).text.encode())
    lines = import_configuration(chief, next_unit, found, dry_run=False)
    assert [line for line in lines if line.outcome == "refused"] == []
    next_unit.refresh_from_db()
    assert next_unit.hours.count() == 11
    assert "7 giờ" in next_unit.office_hours
    assert next_unit.calendar_days.get().note == "Tết sớm"
    assert list(Topic.objects.filter(unit=next_unit).values_list("name", flat=True)) == ["Chợ đêm"]
    assert WaitLimit.objects.get(unit=next_unit).minutes == 90
    kept, topic = SavedFilter.objects.get(unit=next_unit), Topic.objects.get(unit=next_unit)
    assert (kept.name, kept.is_shared) == ("Chợ bỏ quên", True)
    assert kept.query == f"view=unit&topic={topic.public_id}&officer=nobody&hours=24"
    reply = CannedReply.objects.get(unit=next_unit)
    assert (reply.text, reply.proposed_text) == ("", "Mang theo giấy khai sinh.")
    macro = Macro.objects.get(unit=next_unit)
    assert (macro.topic.name, macro.canned, macro.closes) == ("Chợ đêm", reply, True)
    version = ProcedureVersion.objects.get(unit=next_unit)
    assert (version.state, version.changes["hours_vi"]) == ("draft", "Sáng thứ bảy")
    assert AuditRow.objects.filter(unit_key=next_unit.pk, action="configuration.imported").count() == 1


def test_twice_changes_nothing_more_and_a_dry_run_nothing_at_all(model, next_unit):
    chief = scope_of(make_officer(next_unit, "nguoi-moi", Role.UNIT_ADMINISTRATOR))
    found = read_configuration(export_configuration(model).text.encode())
    tried = import_configuration(chief, next_unit, found, dry_run=True)
    assert {line.outcome for line in tried} == {"taken", "waits", "there"}
    assert not CannedReply.objects.filter(unit=next_unit).exists()
    assert not next_unit.hours.exists()
    assert import_configuration(chief, next_unit, found, dry_run=False) == tried
    again = import_configuration(chief, next_unit, found, dry_run=False)
    assert {line.outcome for line in again} == {"there"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"- 1", "configuration_format"),
        (b"format: binhyen-unit-configuration\nversion: 9", "configuration_version"),
        (b"format: binhyen-unit-configuration\nversion: 1\ntopics: {a: 1}", "configuration_part"),
        (b"format: binhyen-unit-configuration\nversion: 1\nofficers: []", "configuration_part"),
        (b"a: &x [1]\nb: *x", "file_not_yaml"),
        (b"\xff\xfe", "file_not_yaml"),
        (b"x" * 1_000_000, "file_too_large"),
    ],
)
def test_a_wrong_file_is_refused_whole(content: bytes, code: str):
    with pytest.raises(NotPossible, match=code):
        read_configuration(content)


GOES = {"units.OfficeHours", "units.CalendarDay", "inbox.Topic", "inbox.CannedReply", "inbox.Macro"} | {
    "inbox.SavedFilter", "inbox.WaitLimit", "procedures.ProcedureVersion",
}  # fmt: skip
STAYS = {
    "the place itself": {"units.Area", "units.UnitName", "units.FormerAddress", "printing.UnitMark"},
    "officers and their numbers": {"units.DirectoryEntry", "units.Membership", "units.Shift", "units.HandOver"},
    "accounts, keys and consents": {"channels.Account", "channels.ConsentRequest", "consumers.Consumer"},
    "what residents wrote or did": {
        *("inbox.Contact", "inbox.Conversation", "inbox.Message", "inbox.Delivery", "inbox.DutyAlert"),
        *("inbox.AlertNotice", "inbox.Attachment", "inbox.LabelledExample", "inbox.ThreadGroup", "inbox.Tombstone"),
        *("lost_found.Record", "lost_found.Claim", "cases.Incident", "cases.ReportSwarm", "cases.Opening"),
        *("cases.Case", "cases.CaseCounter", "cases.ReportDraft"),
    },
    "work that was done": {
        *("printing.PrintBatch", "inbox.BulkAct", "groups.Group", "groups.GroupCount", "groups.JoinCode"),
        *("outreach.Post", "outreach.Sending", "reviews.Review", "reviews.Task"),
        *("statistics.DayFigures", "statistics.MonthFigures", "statistics.AreaFigures", "statistics.BroughtIn"),
        "statistics.WaitingCount",
    },
}


def test_everything_a_unit_keeps_goes_into_the_file_or_stays_for_a_reason():
    kept = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("binhyen.") and "unit" in {field.name for field in model._meta.fields}
    }
    assert kept == GOES.union(*STAYS.values())


def test_a_limit_of_its_own_stays(model, next_unit):
    keeper = scope_of(make_officer(next_unit, "quan-tri", Role.UNIT_ADMINISTRATOR))
    set_wait_limit(keeper, next_unit, 45)
    found = read_configuration(export_configuration(model).text.encode())
    lines = {(line.part, line.name): line for line in import_configuration(keeper, next_unit, found, dry_run=False)}
    assert lines["manners", "first_answer_minutes"].outcome == "there"
    assert WaitLimit.objects.get(unit=next_unit).minutes == 45


@pytest.mark.parametrize("minutes", [0, -5, True, "90", 10**9, None])
def test_a_limit_that_cannot_be_is_refused(next_unit, minutes):
    chief = scope_of(make_officer(next_unit, "nguoi-moi", Role.UNIT_ADMINISTRATOR))
    lines = import_configuration(chief, next_unit, {"manners": {"first_answer_minutes": minutes}}, dry_run=False)
    assert [line.outcome for line in lines] == ["refused"]
    assert not WaitLimit.objects.exists()


@pytest.mark.parametrize(
    "odd", [{"view": "x"}, {}, {"view": "unit", "topic": "Không có"}, {"view": "unit", "officer": "ai-do"}]
)
def test_an_odd_filter_is_refused_alone(next_unit, odd):
    chief = scope_of(make_officer(next_unit, "nguoi-moi", Role.UNIT_ADMINISTRATOR, Role.DUTY_OFFICER))
    lines = import_configuration(chief, next_unit, {"filters": [{"name": "Lọc", **odd}]}, dry_run=False)
    assert [line.outcome for line in lines] == ["refused"]
    assert not SavedFilter.objects.exists()


def test_a_wrong_value_is_refused_alone_and_told(next_unit):
    chief = scope_of(make_officer(next_unit, "nguoi-moi", Role.UNIT_ADMINISTRATOR))
    found = {
        "manners": {"address_form": "mày", "answers_automatically": "có"},
        "hours": ["x"],
        "days": [{"day": "hôm nay", "is_working_day": True}],
        "topics": ["Chợ", "Người hay kiện"],
        "canned": [{"title": "Không lời"}, {"title": "Tiền", "text": "Hãy gửi mã OTP cho cán bộ"}],
        "macros": [{"name": "Lạ", "topic": "Không có"}],
        "procedures": [{"procedure": "khong-co", "changes": {}}, {"procedure": "dang-ky-tam-tru", "changes": 3}],
    }
    lines = import_configuration(chief, next_unit, found, dry_run=False)
    taken = [line.name for line in lines if line.outcome != "refused"]
    assert taken in (["Chợ"], ["Chợ", "Người hay kiện"])
    assert all(line.why for line in lines if line.outcome == "refused")


def test_only_a_leader_of_the_unit_takes_it_in(model, next_unit):
    found = read_configuration(export_configuration(model).text.encode())
    for officer in (make_officer(next_unit, "truc-moi", Role.DUTY_OFFICER), make_officer(model, "la", Role.COMMANDER)):
        with pytest.raises(NotAllowed):
            import_configuration(scope_of(officer), next_unit, found, dry_run=True)


def test_the_commands_write_read_and_say_what_is_wrong(model, next_unit, tmp_path):
    make_officer(next_unit, "nguoi-moi", Role.UNIT_ADMINISTRATOR)
    run, file = CliRunner().invoke, str(tmp_path / "mau.yaml")
    told = run(root, ["export-configuration", "mau", file])
    assert told.exit_code == 0, told.output
    assert "left out, somebody could be recognised: canned: Gặp" in told.output
    assert yaml.safe_load((tmp_path / "mau.yaml").read_text(encoding="utf8"))["version"] == 1
    assert run(root, ["export-configuration", "mau", file]).exit_code == 2
    assert run(root, ["export-configuration", "la", str(tmp_path / "x")]).exit_code == 2
    tried = run(root, ["import-configuration", "tiep", file, "--by", "nguoi-moi", "--dry-run"])
    assert "would be: 6 taken, 2 waits" in tried.output, tried.output
    assert run(root, ["import-configuration", "tiep", file, "--by", "ai"]).exit_code == 2
    assert run(root, ["import-configuration", "tiep", file, "--by", "chi-huy-canary"]).exit_code == 1
    (tmp_path / "x.yaml").write_text("- 1", encoding="utf8")
    wrong = run(root, ["import-configuration", "tiep", str(tmp_path / "x.yaml"), "--by", "nguoi-moi"])
    assert "not a file of export-configuration" in wrong.output
