"""National, province, commune: what counts, since when, approved by whom, and what it was on a day in the past."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from binhyen.audit.models import AuditRow
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.inbox.tests.factories import make_house, make_officer
from binhyen.procedures import actions
from binhyen.procedures.effective import catalogue_of, forget_catalogues, read_catalogue_of, record_above, records_of
from binhyen.procedures.history import record_on, remember_national_records
from binhyen.procedures.models import NationalRecord, ProcedureVersion
from binhyen.procedures.queries import catalogue, national_records
from binhyen.procedures.record import differing
from binhyen.units.models import Role, Unit
from binhyen.units.scope import Scope, scope_of

pytestmark = pytest.mark.django_db
TAM_TRU = "dang-ky-tam-tru"


class Office:
    """A unit with somebody who writes and somebody who approves."""

    def __init__(self, slug: str, parent: Unit | None = None) -> None:
        self.unit = make_house(slug, f"Công an {slug}").unit
        self.unit.parent = parent
        self.unit.save(update_fields=["parent"])
        self.writer = scope_of(make_officer(self.unit, f"{slug}-viet", Role.PAGE_EDITOR, with_code=False))
        self.chief = scope_of(make_officer(self.unit, f"{slug}-chi-huy", Role.COMMANDER, with_code=False))

    def draft(self, procedure: str = TAM_TRU, begins: date | None = None, ends: date | None = None, **changes: Any):
        record = records_of(self.unit)[procedure] | changes
        return actions.save_draft(self.writer, self.unit, procedure, record, begins, ends)

    def publish(self, procedure: str = TAM_TRU, begins: date | None = None, ends: date | None = None, **changes: Any):
        version = self.draft(procedure, begins, ends, **changes)
        actions.send_for_approval(self.writer, version)
        actions.approve(self.chief, version)
        forget_catalogues()
        version.refresh_from_db()
        return version

    def told(self, procedure: str = TAM_TRU):
        return read_catalogue_of(self.unit.pk).procedure(procedure)


@pytest.fixture
def province() -> Office:
    return Office("tinh")


@pytest.fixture
def commune(province: Office) -> Office:
    return Office("xa", province.unit)


def fee(words: str) -> dict[str, Any]:
    return {"summary_vi": words, "items": [], "source": "Nghị quyết của tỉnh"}


def test_a_unit_without_changes_shares_the_national_catalogue(commune: Office):
    assert catalogue_of(commune.unit.pk) is catalogue()


def test_changes_come_down_from_province_to_commune_and_the_nearer_one_wins(province: Office, commune: Office):
    province.publish(fee=fee("Toàn tỉnh miễn phí"), hours_vi="Thứ 2 đến thứ 6")
    commune.publish(hours_vi="Cả sáng thứ bảy", place_vi="Nhà văn hóa thôn 4", unit_note_vi="Nhớ lấy số thứ tự")

    told = commune.told()

    assert told.fee.summary == "Toàn tỉnh miễn phí"
    assert (told.hours, told.place, told.own_note) == ("Cả sáng thứ bảy", "Nhà văn hóa thôn 4", "Nhớ lấy số thứ tự")
    assert told.documents == catalogue().procedure(TAM_TRU).documents
    assert province.told().hours == "Thứ 2 đến thứ 6"
    assert Office("xa-khac").told() is catalogue().procedure(TAM_TRU)


def test_only_what_differs_is_kept_and_names_are_added(commune: Office):
    national = national_records()[TAM_TRU]
    version = commune.publish(aliases_vi=[*national["aliases_vi"], "giấy xanh ở trọ"], result=national["result"])

    assert version.changes == {"aliases_vi": ["giấy xanh ở trọ"]}
    assert commune.told().own_aliases == ("giấy xanh ở trọ",)
    assert commune.told().aliases == (*national["aliases_vi"], "giấy xanh ở trọ")


def test_a_hidden_procedure_is_told_to_nobody_until_it_is_offered_again(commune: Office):
    commune.publish(offered=False)
    assert commune.told() is None
    assert len(catalogue_of(commune.unit.pk).procedures) == 57

    commune.publish(offered=True)
    assert commune.told() is not None


def test_what_changed_above_since_is_seen(province: Office, commune: Office):
    version = commune.publish(fee=fee("10.000 đồng"))
    province.publish(fee=fee("15.000 đồng"))

    assert differing(version.above, record_above(commune.unit, TAM_TRU)) == ["fee"]
    assert commune.told().fee.summary == "10.000 đồng"


def test_a_version_begins_and_ends_on_its_days(commune: Office):
    today = clock.today()
    commune.publish(hours_vi="Mỗi ngày")
    commune.publish(begins=today + timedelta(days=3), ends=today + timedelta(days=5), hours_vi="Nghỉ Tết")
    hours = []
    for days in (0, 2, 3, 5, 6):
        with clock.at(clock.now() + timedelta(days=days)):
            hours.append(commune.told().hours)

    assert hours == ["Mỗi ngày", "Mỗi ngày", "Nghỉ Tết", "Nghỉ Tết", "Mỗi ngày"]


def test_nothing_counts_before_a_second_person_approved_it(commune: Office):
    version = commune.draft(hours_vi="Mỗi ngày")
    assert commune.told().hours == ""
    with pytest.raises(NotPossible, match="procedure_gone"):
        actions.approve(commune.chief, version)

    actions.send_for_approval(commune.writer, version)
    assert commune.told().hours == ""
    with pytest.raises(NotAllowed):
        actions.approve(commune.writer, version)
    actions.approve(commune.chief, version)
    assert commune.told().hours == "Mỗi ngày"


def test_nobody_approves_what_they_had_a_hand_in(commune: Office):
    version = commune.draft(hours_vi="Mỗi ngày")
    record = records_of(commune.unit)[TAM_TRU] | {"hours_vi": "Sáng thứ hai"}
    actions.save_draft(commune.chief, commune.unit, TAM_TRU, record)
    actions.save_draft(commune.writer, commune.unit, TAM_TRU, record)
    actions.send_for_approval(commune.writer, version)

    with pytest.raises(NotPossible, match="procedure_own_draft"):
        actions.approve(commune.chief, version)


def test_the_database_too_refuses_one_person_in_both_parts(commune: Office):
    version = commune.draft(hours_vi="Mỗi ngày")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcedureVersion.objects.filter(pk=version.pk).update(approved_by=version.drafted_by)


@pytest.mark.parametrize("role", [Role.BEAT_OFFICER, Role.TECHNICAL_ADMINISTRATOR, Role.IDENTITY_CUSTODIAN])
def test_other_roles_and_other_units_change_nothing(commune: Office, province: Office, role: Role):
    stranger = scope_of(make_officer(commune.unit, "khac", role, with_code=False))
    for scope in (stranger, province.writer, Scope.of(0)):
        with pytest.raises(NotAllowed):
            actions.save_draft(scope, commune.unit, TAM_TRU, national_records()[TAM_TRU])
        with pytest.raises(NotAllowed):
            record_on(scope, commune.unit, TAM_TRU, clock.today())


def test_two_editors_notice_each_other(commune: Office):
    commune.draft(hours_vi="Sáng")
    record = records_of(commune.unit)[TAM_TRU] | {"hours_vi": "Chiều"}
    with pytest.raises(NotPossible, match="procedure_conflict"):
        actions.save_draft(commune.chief, commune.unit, TAM_TRU, record, seen_edit=0)
    actions.save_draft(commune.chief, commune.unit, TAM_TRU, record, seen_edit=1)


def test_sent_back_with_a_reason_and_thrown_away(commune: Office):
    version = commune.draft(hours_vi="Sáng")
    actions.send_for_approval(commune.writer, version)
    with pytest.raises(NotPossible, match="procedure_reason_missing"):
        actions.send_back(commune.chief, version, "  ")
    actions.send_back(commune.chief, version, "Ghi rõ ngày")
    version.refresh_from_db()
    assert (version.state, version.return_reason) == ("draft", "Ghi rõ ngày")
    actions.discard(commune.writer, version)
    assert not ProcedureVersion.objects.exists()


def test_an_offered_procedure_needs_its_main_facts(commune: Office):
    version = commune.draft(fee=fee(""), legal_basis=[])
    with pytest.raises(NotPossible) as refused:
        actions.send_for_approval(commune.writer, version)
    assert refused.value.facts["missing"] == "no_fee no_legal_basis"
    with pytest.raises(NotPossible, match="procedure_unchanged"):
        actions.send_for_approval(commune.writer, commune.draft())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"agency": "a" * 601}, "agency"),
        ({"steps": ["bước"] + [str(n) for n in range(61)]}, "steps"),
        ({"time_limit": {"value": "ba", "unit": "days"}}, "time_limit"),
        ({"time_limit": {"value": -1, "unit": "days"}}, "time_limit"),
        ({"time_limit": {"value": 3, "unit": "tuần"}}, "time_limit"),
        ({"fee": {"summary_vi": "x", "items": [{"channel": "in_person", "amount_vnd": 1.5}]}}, "fee"),
        ({"dossier": [{"item": "x", "kind": "bản gì"}]}, "dossier"),
        ({"dossier": [{"item": "x", "copies": -1}]}, "dossier"),
        ({"channels": [{"channel": "fax"}]}, "channels"),
        ({"source": [{"title": "x", "url": "javascript:alert(1)"}]}, "source"),
        ({"confidence": "chắc"}, "confidence"),
        ({"checked_as_of": "31/02/2026"}, "checked_as_of"),
    ],
)
def test_what_cannot_be_kept_is_named(commune: Office, changes: dict[str, Any], field: str):
    with pytest.raises(actions.InvalidRecord) as refused:
        commune.draft(**changes)
    assert {problem.field for problem in refused.value.problems} == {field}
    assert not ProcedureVersion.objects.exists()


def test_a_version_cannot_end_before_it_begins_and_never_asks_for_codes(commune: Office):
    with pytest.raises(NotPossible, match="procedure_dates"):
        commune.draft(ends=clock.today() - timedelta(days=1), hours_vi="Sáng")
    with pytest.raises(NotPossible, match="procedure_asks_secret"):
        commune.draft(unit_note_vi="Gửi mã OTP cho cán bộ qua điện thoại")


def test_sample_questions_are_kept_without_personal_data(commune: Office):
    version = commune.draft(sample_questions_vi=["số 0912345678 hỏi làm giấy xanh ở trọ"])
    assert "0912345678" not in str(version.changes)


def test_every_step_leaves_an_audit_row_without_content(commune: Office):
    commune.publish(unit_note_vi="một lưu ý riêng")
    rows = AuditRow.objects.filter(unit_key=commune.unit.pk, action__startswith="procedure.").order_by("sequence")
    assert [row.action for row in rows] == ["procedure.drafted", "procedure.sent_for_approval", "procedure.approved"]
    assert "lưu ý riêng" not in str([row.facts for row in rows])


def test_what_did_we_answer_on_the_first_of_march(commune: Office, province: Office):
    def on(month: int, day: int) -> datetime:
        return datetime(2027, month, day, 3, tzinfo=UTC)

    with clock.at(on(1, 5)):
        remember_national_records()
        province.publish(fee=fee("Tỉnh: 8.000 đồng"))
        commune.publish(hours_vi="Sáng")
    with clock.at(on(3, 1)):
        replaced = commune.publish(hours_vi="Chiều")
        last = commune.publish(hours_vi="Cả ngày")
    with clock.at(on(4, 1)):
        commune.publish(hours_vi="Tối", fee=fee("Miễn phí"))
        found = record_on(commune.writer, commune.unit, TAM_TRU, date(2027, 3, 1))
        before = record_on(commune.writer, commune.unit, TAM_TRU, date(2027, 2, 28))
        long_ago = record_on(commune.writer, commune.unit, TAM_TRU, date(2026, 1, 1))

    assert (found.procedure.hours, found.procedure.fee.summary) == ("Cả ngày", "Tỉnh: 8.000 đồng")
    assert found.national_since == date(2027, 1, 5)
    assert [version.unit for version in found.versions] == [province.unit, commune.unit]
    assert found.versions[-1] == last
    assert found.versions[-1].approved_by.username == "xa-chi-huy"
    assert [version.procedure for version in found.earlier_that_day] == [TAM_TRU, TAM_TRU]
    assert found.earlier_that_day[-1] == replaced
    assert before.procedure.hours == "Sáng"
    assert long_ago.national_since is None
    assert long_ago.versions == ()


def test_national_records_are_noted_once_and_again_when_an_upgrade_changes_them(monkeypatch):
    assert remember_national_records() == 58
    assert remember_national_records() == 0
    changed = national_records() | {TAM_TRU: {**national_records()[TAM_TRU], "agency": "Nơi khác"}}
    monkeypatch.setattr("binhyen.procedures.history.national_records", lambda: changed)
    with clock.at(clock.now() + timedelta(days=30)):
        assert remember_national_records() == 1
        assert remember_national_records() == 0
    rows = NationalRecord.objects.filter(procedure=TAM_TRU).order_by("valid_from")
    assert [row.record["agency"] for row in rows] == [national_records()[TAM_TRU]["agency"], "Nơi khác"]
    assert rows[0].valid_to == rows[1].valid_from - timedelta(days=1)


def test_a_catalogue_is_read_from_memory_and_read_again_in_few_queries(commune: Office, django_assert_num_queries):
    commune.publish(hours_vi="Sáng")
    catalogue_of(commune.unit.pk)
    with django_assert_num_queries(0):
        catalogue_of(commune.unit.pk)
    with django_assert_num_queries(3):  # two levels of the tree, then the keys that count
        read_catalogue_of(commune.unit.pk)
