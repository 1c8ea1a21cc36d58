"""Every starting post passes the publication check in every variant, and the tricks of the day are there."""

from collections import Counter

import pytest

from binhyen.language.publication import POST_KINDS, Publisher, check_publication
from binhyen.outreach.library import Starter, starters, starters_by_topic
from binhyen.outreach.variants import Draft, Voice, variants_of

VOICE = Voice(
    "Công an xã Thạch Bình", "Công an xã", "0239 3 000 000", "https://binhyen.example.gov.vn/thach-binh/tin/x/"
)
UNIT = Publisher(
    unit_name=VOICE.unit_name,
    phones=(VOICE.duty_phone, "113", "114", "115", "111"),
    links=("https://binhyen.example.gov.vn",),
)
TRICKS = {
    "fake officers": ("giả danh công an", "tự xưng công an", "tự xưng là công an"),
    "VNeID links": ("vneid",),
    "online jobs": ("việc nhẹ", "cộng tác viên", "làm nhiệm vụ"),
    "investment": ("đầu tư", "sàn"),
    "deep-fake calls": ("deepfake", "ghép mặt", "giả mặt", "giả giọng", "gọi video"),
    "delivery fees": ("giao hàng", "shipper"),
    "loan apps": ("vay",),
    "romance": ("tình cảm", "kết bạn", "yêu"),
    "bank cards": ("thẻ",),
}
"""Issue: what the library has to warn of, and words of which one stands in at least one post."""


@pytest.mark.parametrize("row", starters(), ids=lambda row: row.id)
def test_nothing_is_flagged_in_any_variant(row: Starter) -> None:
    parts = {"title": row.title, "what": row.what, "signs": row.signs, "todo": row.todo}
    texts = parts | variants_of(Draft(row.kind, row.title, row.what, row.signs, row.todo), VOICE)
    found = {name: check_publication(text, row.kind, UNIT) for name, text in texts.items()}
    assert not {name: findings for name, findings in found.items() if findings}


@pytest.mark.parametrize("trick", TRICKS)
def test_the_tricks_of_the_day_are_there(trick: str) -> None:
    texts = [f"{row.title} {row.what} {row.signs}".lower() for row in starters()]
    assert any(word in text for text in texts for word in TRICKS[trick])


def test_there_are_thirty_tricks_and_every_other_kind_has_its_starts() -> None:
    count = Counter(row.kind for row in starters())
    assert count["crime_method"] + count["warning"] + count["law"] >= 30
    assert all(count[kind] >= 3 for kind in POST_KINDS)
    assert len({row.id for row in starters()}) == len(starters())
    assert {"Báo kết thúc", "Tìm người", "Thủ tục thay đổi"} <= set(starters_by_topic())


def test_closing_notices_name_nobody_and_ask_to_take_copies_down() -> None:
    searches = [row for row in starters_by_topic()["Báo kết thúc"] if row.kind != "warning"]
    assert all("gỡ xuống" in row.todo for row in searches)


def test_the_check_would_find_it() -> None:
    spoilt = f"{starters()[0].what} Gọi anh Tài 0912 345 678."
    assert check_publication(spoilt, "warning", UNIT)
