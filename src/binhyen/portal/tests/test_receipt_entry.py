"""A mistyped code points at the group of three to look at again."""

from hypothesis import given, settings
from hypothesis import strategies as st

from binhyen.core.errors import NotPossible
from binhyen.portal.receipt_entry import groups_of, suspect_groups
from binhyen.vault import receipts

PLACES = st.integers(0, receipts.CODE_LENGTH - 1)
DIGITS = st.text("0123456789", min_size=16, max_size=16)


def is_right(code: str) -> bool:
    try:
        receipts.check_code(code)
    except NotPossible:
        return False
    return True


@settings(deadline=None, max_examples=50)
@given(DIGITS, PLACES, st.integers(1, 9))
def test_one_wrong_digit_is_within_the_groups_named(digits, place, more):
    code = digits + receipts.check_digits(digits)
    wrong = code[:place] + str((int(code[place]) + more) % 10) + code[place + 1 :]
    named = suspect_groups(receipts.grouped(wrong), is_right)
    assert not is_right(wrong)
    assert named == [] or place // 3 + 1 in named


def test_incomplete_group_is_named():
    assert suspect_groups("482 719 06 351 774 205", is_right) == [3]
    assert suspect_groups("482 719", is_right) == [3]


def test_written_in_many_ways():
    expected = ["482", "719", "063", "351", "774", "205"]
    for entry in (
        "482719063351774205",
        "４８２　７１９　０６３　３５１　７７４　２０５",
        "482 719 063 351 774 205",
        "482.719.063-351 774 205",
        "mã: 4827190 63351774205",
    ):
        assert groups_of(entry) == expected


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=120))
def test_any_text_is_taken(entry):
    assert set(suspect_groups(entry, is_right)) <= {1, 2, 3, 4, 5, 6}
