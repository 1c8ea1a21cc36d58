"""An SMS is counted as the telephone network counts it: by its alphabet, alone or joined."""

import pytest

from binhyen.outreach.sms import plain_signs, size_of
from binhyen.outreach.variants import Draft, Voice, too_long, variants_of

VOICE = Voice("Công an xã Ea Kar", "Công an xã", "0262 3 000 000", "https://binhyen.example.vn/ea-kar/tin/x/")


@pytest.mark.parametrize(
    ("text", "used", "parts", "is_plain"),
    [
        ("", 0, 1, True),
        ("x" * 160, 160, 1, True),
        ("x" * 161, 161, 2, True),
        ("x" * 306, 306, 2, True),
        ("x" * 307, 307, 3, True),
        ("ộ" * 70, 70, 1, False),
        ("ộ" * 71, 71, 2, False),
        ("ộ" * 134, 134, 2, False),
        ("ộ" * 135, 135, 3, False),
        ("x" * 70 + "đ", 71, 2, False),
        ("o\u0323\u0302" * 70, 70, 1, False),
        ("àèéìòù" * 26, 156, 1, True),
        ("{" * 80, 160, 1, True),
        ("{" * 81, 162, 2, True),
        ("\U0001f4f1" * 35, 70, 1, False),
        ("\U0001f4f1" * 36, 72, 2, False),
    ],
)
def test_places_and_messages(text, used, parts, is_plain):
    size = size_of(text)
    assert (size.used, size.parts, size.is_plain) == (used, parts, is_plain)


def test_a_sign_of_two_places_is_never_split_between_messages():
    assert size_of("x" * 152 + "{" + "x" * 151).parts == 2
    assert size_of("x" * 152 + "{" + "x" * 152).parts == 3


def test_three_messages_may_be_joined_and_not_four():
    assert not too_long({"sms": "x" * 459})
    assert too_long({"sms": "x" * 460}) == {"sms": 459}
    assert not too_long({"sms": "ộ" * 201})
    assert too_long({"sms": "ộ" * 202}) == {"sms": 201}


@pytest.mark.parametrize("title", ["“Việc nhẹ” – lương cao…", "Cảnh báo \U0001f4f1 mới", "Giá {5} [3] ~ €", "x" * 150])
def test_the_sms_made_from_a_draft_is_one_message_and_ends_with_the_number(title):
    sms = variants_of(Draft("warning", title, "Có người gọi.", todo="Tắt máy ngay và báo trực ban. " * 9), VOICE)["sms"]
    assert size_of(sms).parts == 1
    assert sms.endswith("Goi 0262 3 000 000")


def test_signs_of_print_do_not_cost_ninety_letters():
    assert plain_signs("“A” – ‘B’…") == "\"A\" - 'B'..."
    assert size_of(variants_of(Draft("warning", "“Việc nhẹ” – lương cao…", "A"), VOICE)["sms"]).is_plain
