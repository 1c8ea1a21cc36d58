"""G43: a broadcast needs two people, the exact audience and five minutes to cancel; danger skips only the wait."""

from datetime import timedelta

import pytest

from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.groups.models import Group
from binhyen.inbox.tests.factories import make_house, make_officer
from binhyen.outreach import actions, queries, rules, stopping
from binhyen.outreach.actions import Typed
from binhyen.outreach.models import Post, PostState, Sending
from binhyen.units.models import Role
from binhyen.units.scope import Scope, scope_of
from binhyen.workflows.publishing import audience_of, publisher_of, start_due_posts

pytestmark = pytest.mark.django_db(transaction=True)
NOON = clock.now().astimezone(clock.VIETNAM).replace(hour=12, minute=0, second=0, microsecond=0)


class Desk:
    """A unit with a writer, a second officer and three groups."""

    def __init__(self) -> None:
        self.unit = make_house().unit
        self.writer = scope_of(make_officer(self.unit, "may", Role.PAGE_EDITOR, Role.COMMANDER))
        self.second = scope_of(make_officer(self.unit, "lan", Role.COMMANDER))
        for number in range(3):
            link = f"https://zalo.me/g/nhom{number}0000"
            Group.objects.create(unit=self.unit, name=f"Nhóm {number}", link=link, created_at=clock.now())

    def handed_over(self, **more: object) -> Post:
        typed = Typed(kind="warning", title="Cảnh báo", what="Có việc.", channels=("manual",), **more)  # type: ignore[arg-type]
        post = actions.begin_post(self.writer, self.unit, typed)
        actions.submit(self.writer, post, queries.texts_of(post, "https://a.vn"), [])
        return post

    def approve(self, who: Scope, post: Post, version: int | None = None) -> None:
        texts = queries.texts_of(post, "https://a.vn")
        found = [one for part in queries.findings_of(post, texts, publisher_of(self.unit)).values() for one in part]
        actions.approve(who, post, post.version if version is None else version, found, {})


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_the_audience_is_counted_exactly(desk):
    with clock.at(NOON):
        post = desk.handed_over()
        audience = audience_of(post)
    assert (len(audience.manual), audience.counted_at) == (3, NOON)


def test_one_person_alone_never_sends(desk):
    post = desk.handed_over()
    with pytest.raises(NotPossible, match="post_own"):
        desk.approve(desk.writer, post)
    with clock.at(clock.now() + timedelta(days=3)):
        assert start_due_posts() == 0


def test_whoever_wrote_an_earlier_version_is_no_second_person(desk):
    post = desk.handed_over()
    other = scope_of(make_officer(desk.unit, "son", Role.UNIT_ADMINISTRATOR))
    actions.save_draft(other, post, Typed("warning", "Khác", "Khác.", channels=("manual",)), [])
    actions.submit(other, post, queries.texts_of(post, "https://a.vn"), [])
    with pytest.raises(NotPossible, match="post_own"):
        desk.approve(desk.writer, post)
    desk.approve(desk.second, post)


def test_five_minutes_to_the_second(desk):
    with clock.at(NOON):
        post = desk.handed_over()
        desk.approve(desk.second, post)
    with clock.at(NOON + rules.CANCEL_WINDOW - timedelta(seconds=1)):
        assert start_due_posts() == 0
    with clock.at(NOON + rules.CANCEL_WINDOW):
        assert start_due_posts() == 1


def test_cancelled_in_the_last_second_nothing_goes_out(desk):
    with clock.at(NOON):
        post = desk.handed_over()
        desk.approve(desk.second, post)
    with clock.at(NOON + rules.CANCEL_WINDOW - timedelta(seconds=1)):
        stopping.cancel(desk.writer, post)
    with clock.at(NOON + timedelta(days=2)):
        assert start_due_posts() == 0
    assert not Sending.objects.exists()
    with clock.at(NOON + timedelta(days=2)), pytest.raises(NotPossible, match="post_too_late"):
        stopping.cancel(desk.writer, post)


def test_danger_to_life_skips_the_wait_and_not_the_second_person(desk):
    with clock.at(NOON.replace(hour=2)):
        post = desk.handed_over(is_urgent=True)
        assert start_due_posts() == 0
        with pytest.raises(NotPossible, match="post_own"):
            desk.approve(desk.writer, post)
        desk.approve(desk.second, post)
        assert start_due_posts() == 1


def test_an_approval_is_for_what_was_read(desk):
    post = desk.handed_over()
    actions.save_draft(desk.writer, post, Typed("warning", "Khác", "Khác.", channels=("manual",)), [])
    actions.submit(desk.writer, post, queries.texts_of(post, "https://a.vn"), [])
    with pytest.raises(NotPossible, match="post_changed"):
        desk.approve(desk.second, post, version=1)
    assert Post.objects.get().state == PostState.REVIEW


def test_a_started_post_is_planned_once_whatever_happens(desk):
    with clock.at(NOON):
        post = desk.handed_over(is_urgent=True)
        desk.approve(desk.second, post)
        assert start_due_posts() == 1
        Post.objects.filter(pk=post.pk).update(state=PostState.SENDING)
        assert start_due_posts() == 0
    assert Sending.objects.count() == 3
