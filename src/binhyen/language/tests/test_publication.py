"""Drafts are looked over before publication: what is never said, what needs a second officer, what passes."""

import json
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhyen.language.evaluation_rows import RowError
from binhyen.language.publication import (
    LONGEST,
    POST_KINDS,
    Flag,
    Level,
    Publisher,
    check_publication,
    evaluate_publication,
    has_secret_mark,
    heaviest,
)
from binhyen.language.training_rows import data_folder

UNIT = Publisher(
    "Công an xã Thạch Bình",
    ("0239 3 000 000", "0262 3822 113"),
    ("https://zalo.me/2000000000000000001", "binhyen.example.vn", "https://zalo.me/congan-hoabinh"),
)
FILES = sorted((data_folder() / "publication").glob("*.jsonl"))


def flags(text: str, kind: str = "news") -> set[str]:
    return {finding.flag.value for finding in check_publication(text, kind, UNIT)}


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_the_labelled_drafts_meet_the_bars(file: Path) -> None:
    figures = evaluate_publication(file, UNIT)
    assert figures["never_recall"] == 1.0
    assert figures["block_recall"] >= 0.93
    assert figures["false_alarms"] <= 0.05
    assert figures["clean"] >= 30


def test_every_kind_and_flag_has_drafts() -> None:
    rows = [json.loads(line) for file in FILES for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 300
    assert {row["kind"] for row in rows} == set(POST_KINDS)
    assert {flag for row in rows for flag in row["expect"]} == set(Flag)


@pytest.mark.parametrize(
    "text",
    [
        "KHẨN CẤP! Sơ tán ngay lập tức, nước đang lên. Gọi 112 hoặc 0239 3 000 000!",
        "Dừng lại! Đừng đọc mã OTP cho ai, đừng chuyển tiền, gọi ngay cho công an!",
        "CẢNH BÁO: kẻ gian đang gọi điện, yêu cầu bà con gửi ảnh căn cước và mã OTP.",
    ],
)
def test_urgent_true_warnings_pass(text: str) -> None:
    assert check_publication(text, "warning", UNIT) == []


def test_a_finding_tells_its_place_its_level_and_how_to_mend_it() -> None:
    text = "Ai thấy gọi 0912.345.678 nhé"
    (finding,) = check_publication(text, "lost_found", UNIT)
    assert text[finding.start : finding.end] == "0912.345.678"
    assert finding.flag is Flag.PHONE
    assert finding.level is Level.SECOND_OFFICER
    assert finding.blocks
    assert "số trực ban" in finding.mend


def test_places_hold_in_decomposed_text() -> None:
    text = unicodedata.normalize("NFD", "Đối tượng Lê Hữu Phước đã trộm xe, gọi 0912 345 678")
    found = {finding.flag: text[finding.start : finding.end] for finding in check_publication(text, "news", UNIT)}
    assert unicodedata.normalize("NFC", found[Flag.SUSPECT_NAMED]) == "Lê Hữu Phước"
    assert found[Flag.PHONE] == "0912 345 678"


def test_the_unit_own_number_page_and_government_pages_pass() -> None:
    text = "Gọi 02393000000, 113. Xem zalo.me/2000000000000000001, binhyen.example.vn/x, https://bocongan.gov.vn/a."
    assert flags(text) == set()
    assert flags("Xem zalo.me/g/nguoila123") == {"link_not_allowed"}
    assert flags("Xem https://binhyen.example.vn.evil.top/") == {"link_not_allowed"}


def test_the_kind_matters_for_a_missing_child() -> None:
    minimal = "Bé Na, khoảng 4 tuổi, áo hồng, đi lạc ở chợ Đông sáng nay. Gọi 0239 3 000 000."
    assert flags(minimal, "missing_person") == set()
    assert flags(minimal + " Bé học lớp 1A Trường Tiểu học Lê Lợi.", "missing_person") == {"child_details"}


@pytest.mark.parametrize(
    "text",
    [
        "Cháu L.T.N 13 tuổi ở thôn 2 bị hàng xóm xâm hại.",
        "Em Trần Quốc Khánh, 15 tuổi, trộm xe đạp của trường.",
        "Bà con nhắn mã OTP vào đây để công an xác minh.",
        "TỐI MẬT: phương án bảo vệ đoàn khách.",
        "Anh Nguyễn Văn Lành nợ 20 triệu đồng không trả, bà con tránh xa.",
    ],
)
def test_what_is_never_published(text: str) -> None:
    assert heaviest(check_publication(text, "news", UNIT)) is Level.NEVER


def test_an_overlong_draft_is_refused_and_a_long_one_is_quick() -> None:
    with pytest.raises(ValueError, match="at most"):
        check_publication("a" * (LONGEST + 1), "news", UNIT)
    worst = [
        "Anh Nguyễn Văn " * 1300, "0 9 1 2 " * 2400, "gửi " * 4900, "chuyển tiền " * 1600, "a." * 9_900, "A.B." * 4_900,
        "nợ vay tiền " * 1600,
    ]  # fmt: skip
    for text in worst:
        began = time.process_time()
        check_publication(text[:LONGEST], "news", UNIT)
        assert time.process_time() - began < 4, text[:20]


@given(st.text(max_size=200), st.sampled_from(POST_KINDS))
def test_any_text_is_judged_and_places_lie_in_it(text: str, kind: str) -> None:
    for finding in check_publication(text, kind, UNIT):
        assert 0 <= finding.start < finding.end <= len(text)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"text": 3}, '"text" must be text'),
        ({"text": "a", "kind": "poem"}, '"kind" is "poem"'),
        ({"text": "a", "kind": "news", "expect": ["x"]}, "is no flag"),
        ({"text": "a", "kind": "news", "expect": [], "block": 1}, "true or false"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(row: dict[str, object], problem: str) -> None:
    with pytest.raises(RowError, match="line 1") as error:
        evaluate_publication([row], UNIT)
    assert problem in str(error.value)


def test_a_file_without_drafts_has_no_figures() -> None:
    with pytest.raises(RowError, match="no draft"):
        evaluate_publication([], UNIT)


@pytest.mark.parametrize(
    "text",
    [
        "Tạm giữ nhóm ném đá xe khách: L.M.T (2010), N.H.P (2011), ở thôn 2.",
        "Y Phong Êban (17 tuổi) trấn lột học sinh trước cổng trường.",
        "Lập biên bản em Lê Gia Khiêm, lớp 11A3, vì lạng lách.",
    ],
)
def test_offenders_below_18_are_never_published(text: str) -> None:
    findings = check_publication(text, "news", UNIT)
    assert ("child_details", "never") in {(finding.flag.value, finding.level.value) for finding in findings}


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Theo điện khẩn (đóng dấu T Ố I  M Ậ T) của cấp trên.", True),
        ("Anh em tải 41_QD_do-mat-MAT_phan cong co so.docx về đọc.", True),
        ("MẬT. Kế hoạch số 5.", True),
        ("Chụp văn bản có dấu TUYỆT MẬT, TỐI MẬT hay MẬT gửi qua Zalo là vi phạm.", False),
        ("Không được chụp tài liệu có dấu MẬT rồi đăng lên mạng, bị phạt nặng.", False),
        ("PHÒNG CHỐNG SỎI MẬT Ở NGƯỜI CAO TUỔI", False),
    ],
)
def test_stamps_are_told_from_lessons_about_them(text: str, marked: bool) -> None:
    assert has_secret_mark(text) is marked
