"""When a post goes out, and the texts made from a draft."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhyen.core.clock import VIETNAM
from binhyen.outreach import rules
from binhyen.outreach.library import starters
from binhyen.outreach.sms import size_of
from binhyen.outreach.variants import LIMITS, Draft, Voice, harmless, too_long, variants_of

VOICE = Voice("Công an xã Thạch Hà", "Công an xã", "02393000000", "https://a.vn/thach-ha/tin/x/")
DRAFT = Draft("warning", "Giả danh công an", "Có người gọi điện.", "Gọi từ số lạ.", "Tắt máy. Gọi trực ban.")


def at(hour: int, minute: int = 0, day: int = 20) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("approved", "wanted", "goes"),
    [
        (at(9), None, at(9, 5)),
        (at(9), at(18), at(18)),
        (at(21, 58), None, at(6, day=21)),
        (at(23), None, at(6, day=21)),
        (at(3), None, at(6)),
        (at(5, 54), None, at(6)),
        (at(9), at(23, 30), at(6, day=21)),
    ],
)
def test_waiting_time_and_night(approved, wanted, goes):
    assert rules.send_time(approved, wanted, [], is_urgent=False) == goes


def test_danger_to_life_waits_for_nothing():
    assert rules.send_time(at(3), None, [at(2), at(2)], is_urgent=True) == at(3)


def test_a_third_post_of_a_day_waits_for_the_next_morning():
    others = [at(8), at(10)]
    assert rules.send_time(at(12), None, others, is_urgent=False) == at(7, day=21)
    assert rules.send_time(at(12), None, others[:1], is_urgent=False) == at(12, 5)
    assert rules.send_time(at(12), None, [*others, at(8, day=21), at(9, day=21)], is_urgent=False) == at(7, day=22)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 30), timezones=st.just(UTC)))
def test_what_is_not_urgent_never_goes_out_at_night_or_at_once(approved):
    goes = rules.send_time(approved, None, [], is_urgent=False)
    assert not rules.is_night(goes)
    assert goes - approved >= rules.CANCEL_WINDOW


def test_repetition_ends():
    assert rules.next_round(at(9), 7, None) == at(9) + timedelta(days=7)
    assert rules.next_round(at(9), 7, at(9, day=22)) is None
    assert rules.next_round(at(9), None, None) is None


def test_a_comparison_shows_what_came_and_went():
    assert rules.changes("a b c", "a x c") == [("same", "a"), ("gone", "b"), ("added", "x"), ("same", "c")]


def test_every_variant_says_who_speaks_and_what_to_do():
    texts = variants_of(DRAFT, VOICE)
    assert texts["group"].startswith("CẢNH BÁO: Giả danh công an\n\nCó người gọi điện.")
    assert texts["group"].endswith("Xem đủ: https://a.vn/thach-ha/tin/x/")
    assert texts["sms"] == "Cong an xa: CANH BAO: Gia danh cong an. Tat may. Goi 02393000000"
    assert "Làm gì ngay:\nTắt máy." in texts["portal"]


def test_a_correction_says_so():
    texts = variants_of(Draft("warning", "Giả danh", "Không đúng.", corrects_title="Giả danh cũ"), VOICE)
    assert texts["group"].startswith("ĐÍNH CHÍNH: Giả danh\n\nVề bài đã gửi: “Giả danh cũ”")
    texts = variants_of(Draft("warning", "A", "B", corrects_title="C", is_cancellation=True), VOICE)
    assert texts["group"].startswith("HỦY THÔNG BÁO")


def test_words_of_ones_own_stay():
    assert variants_of(DRAFT, VOICE, {"sms": "Ngắn thôi", "unknown": "x"})["sms"] == "Ngắn thôi"
    assert too_long({"sms": "x" * 460}) == {"sms": 459}


@given(st.text(max_size=9_000), st.text(max_size=3_000))
def test_texts_keep_their_limits_whatever_was_typed(what, todo):
    texts = variants_of(Draft("news", "Tiêu đề", what, todo=todo), VOICE)
    assert len(texts["group"]) <= LIMITS["group"]
    assert size_of(texts["sms"]).parts == 1
    assert len(texts["poster"]) <= LIMITS["poster"]
    assert "[@" not in "".join(texts.values())


@pytest.mark.parametrize("typed", ["[@all] chú ý", "[ @7000000000000000011]", "[  @x]"])
def test_nobody_is_rung_by_a_text(typed):
    assert "[@" not in harmless(typed).replace(" ", "")


def test_at_least_thirty_starting_posts_each_with_what_to_do():
    rows = starters()
    assert len(rows) >= 30
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        assert row.todo.endswith(".")
        assert not too_long(variants_of(Draft(row.kind, row.title, row.what, row.signs, row.todo), VOICE))
