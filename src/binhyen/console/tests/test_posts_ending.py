"""How posts end: a repetition called back, a correction of a correction, a taken-down post that stays down."""

from datetime import timedelta

import pytest

from binhyen.console.tests.test_posts_pages import WORDS, approved, handed_over, second, sent_out, unit, writer
from binhyen.core import clock
from binhyen.groups.models import Group
from binhyen.outreach.models import Post, PostState, Sending, SendingState
from binhyen.units.models import Area
from binhyen.workflows.publishing import finish_posts, start_due_posts

__all__ = ["second", "unit", "writer"]
pytestmark = pytest.mark.django_db(transaction=True)


def board(client, post: Post) -> str:
    return client.get(f"/{post.unit.slug}/tin/{post.public_id}/").content.decode()


def repeated(writer, second, unit) -> Post:
    """A post that is out and waits for its second round."""
    post = sent_out(writer, second, unit, channel=["portal"], repeat_days="3")
    assert finish_posts() == 1
    post.refresh_from_db()
    assert (post.state, post.round) == (PostState.APPROVED, 2)
    return post


def corrected(writer, second, post: Post, act: str = "correct", **more) -> Post:
    """A correction that is out."""
    writer.post(f"/console/posts/{post.public_id}/track/", {"act": act})
    draft = Post.objects.latest("pk")
    writer.post(f"/console/posts/{draft.public_id}/", WORDS | {"act": "submit", "channel": ["portal"]} | more)
    draft.refresh_from_db()
    approved(second, draft)
    with clock.at(clock.now() + timedelta(days=3)):
        assert start_due_posts() >= 1
    draft.refresh_from_db()
    return draft


def tick(writer, post: Post, name: str) -> None:
    row = Sending.objects.get(post=post, target_name=name)
    writer.post(f"/console/posts/{post.public_id}/hand-list/", {"sending": row.pk, "act": "tick"})


def test_cancelling_a_repetition_never_opens_to_change_what_is_on_the_board(writer, second, unit):
    post = repeated(writer, second, unit)
    answer = writer.post(f"/console/posts/{post.public_id}/track/", {"act": "cancel"})
    assert answer["Location"].endswith("/track/")
    writer.post(f"/console/posts/{post.public_id}/", WORDS | {"act": "save", "title": "Chưa ai duyệt"})
    post.refresh_from_db()
    assert (post.state, post.round, post.repeat_days) == (PostState.SENT, 1, None)
    assert "Chưa ai duyệt" not in board(writer, post)
    with clock.at(clock.now() + timedelta(days=30)):
        assert start_due_posts() == 0


def test_a_post_that_waits_for_its_next_round_can_be_taken_down(writer, second, unit):
    post = repeated(writer, second, unit)
    writer.post(f"/console/posts/{post.public_id}/track/", {"act": "withdraw"})
    post.refresh_from_db()
    assert post.state == PostState.WITHDRAWN
    with clock.at(clock.now() + timedelta(days=30)):
        assert start_due_posts() == 0


def test_after_its_correction_the_first_words_reach_nobody(writer, second, unit):
    post = sent_out(writer, second, unit)
    tick(writer, post, "Nhóm thôn 1")
    corrected(writer, second, post, channel=["portal", "manual"])
    states = dict(Sending.objects.filter(post=post, channel="manual").values_list("target_name", "state"))
    assert states == {
        "Nhóm thôn 1": SendingState.SENT, "Nhóm thôn 2": SendingState.CANCELLED, "Nhóm thôn 3": SendingState.CANCELLED,
    }  # fmt: skip


def test_a_corrected_post_is_not_repeated(writer, second, unit):
    post = repeated(writer, second, unit)
    Post.objects.filter(pk=post.pk).update(send_at=clock.now() + timedelta(days=20))
    corrected(writer, second, post)
    post.refresh_from_db()
    assert (post.state, post.repeat_days) == (PostState.SENT, None)


def test_a_second_correction_reaches_who_got_only_the_very_first_words(writer, second, unit):
    post = sent_out(writer, second, unit)
    tick(writer, post, "Nhóm thôn 1")
    one = Area.objects.get(name="Thôn 2")
    first = corrected(writer, second, post, channel=["portal", "manual"], area=[one.public_id])
    again = corrected(writer, second, first, act="call_off", channel=["portal", "manual"], area=[one.public_id])
    reached = set(Sending.objects.filter(post=again, channel="manual").values_list("target_name", flat=True))
    assert reached == {"Nhóm thôn 1", "Nhóm thôn 2"}


def test_what_was_taken_down_is_not_sent_again_by_any_press(writer, second, unit):
    Group.objects.filter(name="Nhóm thôn 3").delete()
    post = sent_out(writer, second, unit)
    tick(writer, post, "Nhóm thôn 1")
    dead = Sending.objects.get(post=post, target_name="Nhóm thôn 2")
    page = f"/console/posts/{post.public_id}"
    writer.post(f"{page}/hand-list/", {"sending": dead.pk, "act": "dead"})
    writer.post(f"{page}/track/", {"act": "withdraw"})
    assert writer.post(f"{page}/track/", {"act": "again", "sending": dead.pk}).status_code == 422
    ticked = Sending.objects.get(post=post, target_name="Nhóm thôn 1")
    writer.post(f"{page}/hand-list/", {"sending": ticked.pk, "act": "untick"})
    assert not Sending.objects.filter(post=post, state=SendingState.BY_HAND).exists()
    shown = writer.get(f"{page}/hand-list/").content.decode()
    assert "data-copies" not in shown
    assert "gỡ lúc" in shown


def test_cancelled_before_its_first_round_it_is_a_draft_again(writer, second, unit):
    post = handed_over(writer, unit)
    approved(second, post)
    writer.post(f"/console/posts/{post.public_id}/track/", {"act": "cancel"})
    post.refresh_from_db()
    assert (post.state, post.published_at) == (PostState.DRAFT, None)
