"""The trained second look: odd wordings that no rule knows are held back, talk about tricks passes."""

from pathlib import Path

import pytest

from binhyen.core.text import without_marks
from binhyen.language.publication import Flag, Level, Publisher, check_publication, heaviest
from binhyen.language.publication.meaning import MeaningScores, load_meaning, meaning_findings, train_meaning
from binhyen.language.publication.meaning_rows import CLASSES, labelled_drafts
from binhyen.language.publication.requests import asks_money_or_code

UNIT = Publisher("Công an xã Thạch Bình", ("0239 3 000 000",), ("binhyen.example.vn",))


@pytest.mark.parametrize(
    "text",
    [
        "Bác nào thấy máy hiện sáu số thì đọc liền cho anh em trực để khớp hồ sơ.",
        "Nhà mình ai có lòng thì bắn cho anh em trực đêm ít tiền xăng qua ví nhé.",
        "Ai bận không lên được thì để lại pass VNeID, tối em vào làm hộ.",
        "Mỗi hộ chuẩn bị năm mươi nghìn, chiều có đồng chí qua thu tiền làm mã định danh.",
    ],
)
def test_requests_in_words_no_rule_knows_are_never_published(text: str) -> None:
    assert not asks_money_or_code(text)
    (finding,) = check_publication(f"Kính gửi bà con. {text}", "news", UNIT)
    assert finding.flag is Flag.ASKS_MONEY_OR_CODE
    assert finding.level is Level.NEVER
    assert finding.start == len("Kính gửi bà con. ")
    assert "viết lại cho rõ" in finding.mend


@pytest.mark.parametrize(
    "text",
    [
        "Công an không hỏi sáu số trên máy của bà con bao giờ. Ai hỏi là giả.",
        "Kẻ gian rủ bà con bắn tiền xăng xe để được giải quyết hồ sơ nhanh. Đừng tin.",
        "Đừng để lại mật khẩu VNeID cho bất kỳ ai, kể cả người quen.",
        "Làm mã định danh không mất tiền. Ai đến nhà thu năm mươi nghìn thì báo ngay trực ban.",
        "Nộp lệ phí tại quầy một cửa, nhận biên lai rồi mới về.",
    ],
)
def test_warnings_and_rightful_fees_pass(text: str) -> None:
    assert check_publication(text, "warning", UNIT) == []


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Cô giữ xe ở chợ bị chồng cũ tạt nước sôi, đang nằm trạm xá, hai con gửi bà ngoại.", Flag.VICTIM_IDENTIFIABLE),
        ("Thằng Lì con ông Sáu rèn, học lớp 8, vừa bẻ khóa lấy xe điện của cô giáo.", Flag.CHILD_DETAILS),
    ],
)
def test_the_abused_and_young_offenders_told_without_a_full_name_are_never_published(text: str, flag: Flag) -> None:
    findings = check_publication(text, "news", UNIT)
    assert (flag, Level.NEVER) in {(finding.flag, finding.level) for finding in findings}


def test_what_is_held_already_is_held_for_good_on_less() -> None:
    scores = load_meaning()
    assert scores is not None
    for draft in labelled_drafts()[::25]:
        text = " ".join(sentence.shown.strip() for sentence in draft.sentences)
        assert set(scores.findings(text)) <= set(scores.findings(text, held=True))


def test_every_class_is_taught_and_stands_for_a_level() -> None:
    taught = {name for draft in labelled_drafts() for name in draft.classes}
    assert set(CLASSES) <= taught
    grave = {name for name, (_, level) in CLASSES.items() if level is Level.NEVER}
    assert grave == {"asks_money_or_code", "debtor_shaming", "state_secret_mark", "victim_abuse", "child_offender"}


def test_a_draft_typed_without_marks_is_judged_too() -> None:
    text = without_marks("Bà con đọc mã vừa gửi về máy cho cán bộ, rồi chuyển khoản phí kích hoạt cho em.")
    assert heaviest(check_publication(text, "news", UNIT)) is Level.NEVER


def test_nothing_is_found_in_nothing() -> None:
    assert list(meaning_findings("")) == []
    assert list(meaning_findings(" \n…\n")) == []


def test_without_a_model_the_rules_go_on_and_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("BINHYEN_MODEL_DIR", str(tmp_path / "file" / "models"))
    load_meaning.cache_clear()
    try:
        found = check_publication("Bà con gửi mã OTP cho công an xã.", "news", UNIT)
    finally:
        load_meaning.cache_clear()
    assert heaviest(found) is Level.NEVER
    assert "by the rules alone" in caplog.text


@pytest.mark.slow
def test_the_same_data_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = train_meaning(tmp_path / "one"), train_meaning(tmp_path / "two")
    assert first.name == second.name
    for file in first.iterdir():
        assert file.read_bytes() == (second / file.name).read_bytes(), file.name
    assert MeaningScores(first)


def test_a_trained_folder_is_used_again() -> None:
    folder = train_meaning()
    made = folder.stat().st_mtime_ns
    assert train_meaning() == folder
    assert folder.stat().st_mtime_ns == made
