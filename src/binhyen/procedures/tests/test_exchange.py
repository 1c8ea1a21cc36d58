"""The catalogue as YAML: what goes out comes back the same, and nothing odd comes in."""

import pytest

from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.yaml_text import parsed
from binhyen.procedures import actions
from binhyen.procedures.effective import forget_catalogues, records_of
from binhyen.procedures.exchange import LARGEST_BYTES, exported, read_records
from binhyen.procedures.models import ProcedureVersion
from binhyen.procedures.queries import national_records
from binhyen.procedures.tests.test_versions import TAM_TRU, Office, fee

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune() -> Office:
    return Office("xa")


def body(text: str) -> list[dict]:
    return parsed(text)


def test_the_export_without_changes_is_the_shared_file(commune: Office):
    records = body(exported(commune.writer, commune.unit))
    assert records == list(national_records().values())
    assert actions.import_records(commune.writer, commune.unit, records).drafted == ()


def test_what_one_unit_exports_another_imports(commune: Office):
    commune.publish(
        fee=fee("Miễn phí"),
        hours_vi="Sáng: thứ 2, 'thứ 4'",
        unit_note_vi="# không phải chú thích: - mà là chữ",
        aliases_vi=[*national_records()[TAM_TRU]["aliases_vi"], "giấy xanh"],
        sample_questions_vi=["ở trọ làm giấy chi rứa"],
    )
    commune.publish("tach-ho", offered=False)
    text = exported(commune.writer, commune.unit)
    other = Office("xa-khac")

    done = actions.import_records(other.writer, other.unit, read_records(text.encode()))

    assert set(done.drafted) == {TAM_TRU, "tach-ho"}
    assert len(done.unchanged) == 56
    assert done.skipped == done.kept_names == ()
    for version in ProcedureVersion.objects.filter(unit=other.unit):
        assert version.changes == ProcedureVersion.objects.get(unit=commune.unit, procedure=version.procedure).changes
        actions.send_for_approval(other.writer, version)
        actions.approve(other.chief, version)
    forget_catalogues()
    assert body(exported(other.writer, other.unit)) == body(text)


def test_an_import_names_what_it_leaves_out(commune: Office):
    commune.draft("tach-ho", hours_vi="Sáng")
    records = [
        {"id": "khong-co", "title_vi": "x"},
        {"id": "tach-ho", "hours_vi": "Chiều"},
        {"id": TAM_TRU, "fee": {"summary_vi": "a" * 2_000}},
        {"id": "gia-han-tam-tru", "aliases_vi": [], "hours_vi": "Chiều"},
        {"id": "xoa-dang-ky-tam-tru", "unit_note_vi": "gửi mã OTP cho tôi"},
    ]
    done = actions.import_records(commune.writer, commune.unit, records)

    assert dict(done.skipped) == {
        "khong-co": "unknown",
        "tach-ho": "has_draft",
        TAM_TRU: "invalid fee",
        "xoa-dang-ky-tam-tru": "procedure_asks_secret",
    }
    assert done.drafted == ("gia-han-tam-tru",)
    assert done.kept_names == ("gia-han-tam-tru",)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a" * (LARGEST_BYTES + 1), "file_too_large"),
        (b"- id: [", "file_not_yaml"),
        (b"\xff\xfe\x00", "file_not_yaml"),
        (b"- &a {id: x}\n- *a\n", "file_not_yaml"),
        (b"- !!python/object/apply:os.system [id]\n", "file_not_yaml"),
        (b"id: x", "file_not_records"),
        (b"[]", "file_not_records"),
        (b"- id: x\n- id: x\n", "file_not_records"),
        (b"- id: <script>\n", "file_not_records"),
        (b"[" * 5_000, "file_not_yaml"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_code(content: bytes, code: str):
    with pytest.raises(NotPossible) as refused:
        read_records(content)
    assert refused.value.code == code


def test_confirming_a_check_is_a_draft_too(commune: Office):
    version = actions.confirm_checked(commune.writer, commune.unit, TAM_TRU)
    assert version.changes == {"checked_as_of": clock.today().isoformat()}
    with pytest.raises(NotPossible, match="procedure_has_draft"):
        actions.confirm_checked(commune.writer, commune.unit, TAM_TRU)
    assert records_of(commune.unit)[TAM_TRU]["checked_as_of"] == "2026-11-22"
