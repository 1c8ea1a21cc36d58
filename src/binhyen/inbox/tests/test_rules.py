"""Pure decisions of the inbox hold for any input."""

import inspect
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from binhyen.channels.registry import connector_for
from binhyen.core.text import nfc
from binhyen.inbox.rules import queue_order, reply_window, split_text

ZALO = connector_for("zalo_oa").capabilities
WEB = connector_for("web").capabilities
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_the_window_is_free_for_48_hours_and_closed_after_7_days(seen_at: datetime, since: timedelta) -> None:
    window = reply_window(seen_at, seen_at + since, ZALO)
    expected = "free" if since < timedelta(hours=48) else "charged" if since < timedelta(days=7) else "closed"
    assert window.state == expected


@given(MOMENTS)
def test_the_portal_has_no_window_and_a_stranger_on_zalo_none_to_use(now: datetime) -> None:
    assert reply_window(None, now, WEB).state == "unlimited"
    assert reply_window(None, now, ZALO).state == "closed"


@given(st.text(max_size=600), st.integers(1, 120))
def test_a_cut_text_loses_no_letter_and_fits(text: str, limit: int) -> None:
    pieces = split_text(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(nfc(text).split())


def test_a_text_is_cut_where_a_reader_would_pause() -> None:
    assert split_text("Một câu. Hai câu nữa.", 12) == ["Một câu.", "Hai câu nữa."]


def test_letters_with_marks_count_as_one() -> None:
    assert split_text("ế" * 2_000, 2_000) == [nfc("ế") * 2_000]


@given(st.lists(st.tuples(st.integers(0, 2), st.none() | MOMENTS)))
def test_danger_comes_first_then_what_is_due_first(rows: list[tuple[int, datetime | None]]) -> None:
    ordered = sorted(rows, key=lambda row: queue_order(*row))
    assert [row[0] for row in ordered] == sorted((row[0] for row in rows), reverse=True)
    assert list(inspect.signature(queue_order).parameters) == ["urgency", "due_at"]
