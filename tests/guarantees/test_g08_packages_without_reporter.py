"""G8: what is handed to another body leaves without the reporter's name, contact, voice or originals."""

import io
import zipfile

import msgspec
import pytest

from binhyen.cases import actions, files_of_case, handing_over
from binhyen.cases.models import Case
from binhyen.cases.reports import Report, key_of, report_in, sealed_report
from binhyen.cases.tests.factories import agree, ask_for, make_case, make_named_case, make_station
from binhyen.core.errors import NotPossible
from binhyen.vault.tests.samples import jpeg_with_everything
from binhyen.workflows.case_papers import package_zip
from tests.guarantees.sealed_station import station_with_key

pytestmark = pytest.mark.django_db
INTRODUCTIONS = [
    "Tôi tên là Trịnh Ngọc Hương, ở xóm trên. Ông Tám bán pháo lậu.",
    "Ông Tám bán pháo lậu. Người báo tin: Trịnh Ngọc Hương, sđt 0987 001 234",
    "Em là Trịnh Ngọc Hương số 0987001234 xin báo ông Tám bán pháo lậu",
    "Ông Tám bán pháo lậu. Liên hệ trinhhuong@example.vn hoặc +84987001234. Ký tên: Trịnh Ngọc Hương",
    "Họ và tên người gửi là Trịnh Ngọc Hương, căn cước 042301123456. Ông Tám bán pháo lậu.",
]
CANARIES = ("Hương", "0987", "987001234", "trinhhuong", "042301123456")


@pytest.fixture
def station(monkeypatch):
    return station_with_key(monkeypatch)


@pytest.mark.parametrize("text", INTRODUCTIONS)
def test_the_proposal_covers_who_reports_and_keeps_the_matter(text):
    proposed = handing_over.proposed_text(Report(text))
    assert not [one for one in CANARIES if one in proposed]
    assert "bán pháo lậu" in proposed  # names of others are covered too, until an officer writes them back


def test_where_it_happened_goes_along_without_the_door_of_who_reports():
    proposed = handing_over.proposed_text(Report(INTRODUCTIONS[0], "nhà tôi, số 0987001234, sau chợ", "Thôn 4"))
    assert "Ở đâu: Thôn 4" in proposed
    assert "sau chợ" in proposed
    assert not [one for one in CANARIES if one in proposed]


def test_what_is_written_back_has_to_be_compared(station):
    case = make_case(station.unit)
    text = "Tiền chuyển vào số 0987001234"
    with pytest.raises(NotPossible, match="package_not_compared") as refused:
        handing_over.check_package(case, text, [], is_compared=False)
    assert "0987001234" in str(refused.value.facts["found"])
    assert handing_over.check_package(case, text, [], is_compared=True) == []


def voiced(case: Case) -> list[str]:
    contents = (jpeg_with_everything(), b"#!AMR\n" + b"\x3c" * 64)
    files = [files_of_case.add_to_case(case, content) for content in contents]
    files_of_case.clean_waiting()
    return [file.public_id for file in files]


def test_voices_never_go_and_originals_only_after_an_opening_of_this_case(station):
    case, other = make_named_case(station.unit), make_named_case(station.unit)
    picture, voice = voiced(case)
    assert [file.public_id for file in handing_over.files_to_offer(case)] == [picture]
    with pytest.raises(NotPossible, match="package_file"):
        handing_over.check_package(case, "Ông Tám bán pháo", [voice], is_compared=True)
    elsewhere = agree(station, ask_for(station, other)[0])
    for opening in ("", "khong-co", elsewhere.public_id):
        with pytest.raises(NotPossible, match="package_original_sealed"):
            handing_over.check_package(case, "Ông Tám bán pháo", [f"original:{picture}"], True, opening)
    own = agree(station, ask_for(station, case)[0])
    assert handing_over.check_package(case, "Ông Tám bán pháo", [f"original:{picture}"], True, own.public_id)


def test_the_archive_and_the_other_units_case_hold_no_canary(station):
    there = make_station("dong-hoi")
    case = make_named_case(station.unit, text=INTRODUCTIONS[1])
    told = report_in(case, key_of(case))
    happened = f"tối qua, {INTRODUCTIONS[1]}"
    case.sealed_report = sealed_report(key_of(case), case.public_id, msgspec.structs.replace(told, happened=happened))
    case.save()
    voiced(case)
    for act in ("see", "verify"):
        case = actions.take_step(station.scope(), case, act)
    text = handing_over.proposed_text(report_in(case, key_of(case)))
    chosen = handing_over.check_package(case, text, [one.public_id for one in handing_over.files_to_offer(case)], True)
    with zipfile.ZipFile(io.BytesIO(package_zip(case, text, "Phòng Cảnh sát hình sự", chosen))) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
        names = " ".join(archive.namelist())
    onward = handing_over.transfer_to_unit(station.scope(), case, there.unit, text, chosen)
    carried = report_in(onward, key_of(onward))
    for canary in CANARIES:
        assert canary.encode() not in whole
        assert canary not in names + str(carried)
    assert not onward.sealed_identity
    assert onward.receipt_hash is None
    assert b"GPS" not in whole
