"""Posts into groups of the page, articles and broadcasts: from the approved post to Zalo and back, with its faults."""

import threading
from datetime import timedelta

import pytest

from binhyen.core import clock
from binhyen.groups.models import Group, GroupCount, GroupState
from binhyen.inbox.sending import Sender
from binhyen.outreach.models import Article, ArticleState, Figure, Post, PostState, Sending, SendingState
from binhyen.outreach.queries import tracks_for
from binhyen.outreach.sending import BATCH, POSTS, park_lost_posts
from binhyen.units.models import Area, Officer, Role, Unit
from binhyen.units.scope import Scope
from binhyen.workflows import page_groups
from binhyen.workflows.articles import count_views, move_articles
from binhyen.workflows.publishing import finish_posts, start_due_posts, take_down
from tests.flows.living_page import HOA, LivingPage, page, zalo_url

__all__ = ["page", "zalo_url"]
ADMIN = "7000000000000000901"
GROUP_CALL = "/v3.0/oa/group/message"


def scope_in(unit: Unit) -> Scope:
    officer = Officer.objects.create(username="may", full_name="Đ/c Mây")
    return Scope.of(officer.pk, [(unit.pk, Role.UNIT_ADMINISTRATOR.value)])


@pytest.fixture
def ready(page: LivingPage) -> LivingPage:
    page.zalo.do("settings", government_refused=[], echoes=False, article_delay_s=0)
    page.zalo.do("follow", user_id=HOA)
    return page


def made_groups(page: LivingPage, count: int) -> list[Group]:
    scope, area = scope_in(page.unit), Area.objects.get()
    for _ in range(count):
        page.zalo.do("asset", product_type="gmf50")
    free = [one for one in page_groups.free_packages(page.unit) if one.product_type == "gmf50"]
    return [page_groups.make_group(scope, page.unit, area, one.asset_id, ADMIN) for one in free]


def approved(page: LivingPage, channels: list[str], **more) -> Post:
    now = clock.now()
    values = {"title": "Cảnh báo", "what": "Có người gọi điện. [@all] Chú ý.", "kind": "warning", "version": 1}
    return Post.objects.create(
        unit=page.unit,
        channels=channels,
        state=PostState.APPROVED,
        send_at=now,
        created_at=now,
        changed_at=now,
        **values,
        **more,
    )


def posted(page: LivingPage) -> list[dict]:
    return page.zalo.http.get("/_sim/group_messages").json()["messages"]


def send_all() -> None:
    with Sender(source=POSTS) as sender:
        while sender.send_due(BATCH, threading.Event()):
            pass


def states() -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Sending.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def test_a_post_reaches_every_group_once_and_rings_nobody(ready):
    groups = made_groups(ready, 3)
    post = approved(ready, ["gmf"])
    assert start_due_posts() == 1
    send_all()
    got = posted(ready)
    assert sorted(one["group_id"] for one in got) == sorted(group.external_id for group in groups)
    assert all("[@" not in one["text"] for one in got)
    assert got[0]["text"].startswith("CẢNH BÁO: Cảnh báo")
    assert finish_posts() == 1
    assert Post.objects.get(pk=post.pk).state == PostState.SENT


def test_members_are_counted_by_the_api_and_packages_watched(ready):
    (group,) = made_groups(ready, 1)
    assert (group.most_members, group.state) == (50, GroupState.ACTIVE)
    assert page_groups.refresh_groups() == 1
    group.refresh_from_db()
    assert GroupCount.objects.get(group=group).member_count == 1
    assert group.package_until > clock.today()
    ready.zalo.do("asset", asset_id=group.asset_id, days=-1)
    page_groups.refresh_groups()
    group.refresh_from_db()
    assert group.state == GroupState.DISABLED
    assert group.disbands_on > clock.today()


def test_joins_are_decided_and_nobody_is_kept(ready):
    (group,) = made_groups(ready, 1)
    scope = Scope.of(1, [(ready.unit.pk, Role.BEAT_OFFICER.value)])
    ready.zalo.do("ask_to_join", group_id=group.external_id, user_id=HOA)
    assert page_groups.waiting_count(scope, group) == 1
    assert page_groups.decide_joins(scope, group, let_in=True) == 1
    assert page_groups.waiting_count(scope, group) == 0
    page_groups.refresh_groups()
    assert GroupCount.objects.filter(group=group).latest("pk").member_count == 2


def test_a_package_that_ends_at_night_stops_one_group_alone(ready):
    first, second = made_groups(ready, 2)
    ready.zalo.do("asset", asset_id=first.asset_id, days=-1)
    approved(ready, ["gmf"])
    start_due_posts()
    send_all()
    assert states() == {SendingState.REFUSED: 1, SendingState.SENT: 1}
    assert page_groups.mark_lapsed_groups() == 1
    assert Group.objects.get(pk=first.pk).state == GroupState.DISABLED
    assert Group.objects.get(pk=second.pk).state == GroupState.ACTIVE


def test_a_lost_answer_is_parked_and_never_sent_again(ready):
    made_groups(ready, 3)
    approved(ready, ["gmf"])
    start_due_posts()
    ready.zalo.do("faults", path=GROUP_CALL, kind="drop", when="after", count=1)
    send_all()
    send_all()
    assert states() == {SendingState.UNKNOWN: 1, SendingState.SENT: 2}
    assert len(posted(ready)) == 3


def test_a_token_that_dies_in_the_middle_is_renewed(ready):
    made_groups(ready, 3)
    approved(ready, ["gmf"])
    start_due_posts()
    ready.zalo.do("faults", path=GROUP_CALL, kind="error", code=-216, count=2)
    send_all()
    assert states() == {SendingState.SENT: 3}
    assert len(posted(ready)) == 3


def test_a_locked_page_holds_everything_and_loses_nothing(ready):
    made_groups(ready, 2)
    approved(ready, ["gmf"])
    start_due_posts()
    ready.zalo.do("pages", is_disabled=True)
    send_all()
    assert states() == {SendingState.PLANNED: 2}
    assert posted(ready) == []


def test_a_sender_that_died_leaves_its_attempts_to_a_person(ready):
    made_groups(ready, 2)
    approved(ready, ["gmf"])
    start_due_posts()
    assert len(POSTS.claim(1, None)) == 1
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert park_lost_posts() == 1
    send_all()
    assert states() == {SendingState.UNKNOWN: 1, SendingState.SENT: 1}


def test_the_switch_stops_posts(ready):
    made_groups(ready, 1)
    approved(ready, ["gmf"])
    start_due_posts()
    Unit.objects.update(sending_stopped_at=clock.now())
    send_all()
    assert posted(ready) == []


def test_an_article_is_live_only_when_zalo_says_so_and_the_broadcast_waits(ready):
    ready.zalo.do("settings", article_delay_s=3600)
    noon = clock.now().astimezone(clock.VIETNAM).replace(hour=12, minute=0)
    with clock.at(noon):
        post = approved(ready, ["article", "broadcast"])
        start_due_posts()
    with clock.at(noon + timedelta(seconds=5)):
        assert move_articles() == 1
    with clock.at(noon + timedelta(seconds=20)):
        move_articles()
        send_all()
    assert Article.objects.get().state == ArticleState.PROCESSING
    assert Sending.objects.get(post=post).why == "article_processing"
    assert ready.zalo.http.get("/_sim/group_messages").json()["broadcasts"] == []


def test_a_live_article_is_broadcast_counted_and_taken_down(ready):
    post = approved(ready, ["article"])
    start_due_posts()
    move_articles()
    with clock.at(clock.now() + timedelta(seconds=10)):
        move_articles()
    assert Article.objects.get().state == ArticleState.LIVE
    ready.zalo.do("article", title="Cảnh báo", views=1204, shares=37)
    assert count_views() == 2
    assert count_views() == 0
    assert dict(Figure.objects.values_list("measure", "value")) == {"views": 1204, "shares": 37}
    finish_posts()
    post.refresh_from_db()
    scope = Scope.of(Officer.objects.create(username="b", full_name="B").pk, [(ready.unit.pk, "page_editor")])
    take_down(scope, post)
    with clock.at(clock.now() + timedelta(minutes=1)):
        move_articles()
    assert Article.objects.get().state == ArticleState.REMOVED


def test_a_rejected_article_fails_and_its_broadcast_with_it(ready):
    approved(ready, ["article", "broadcast"])
    start_due_posts()
    move_articles()
    ready.zalo.do("article", title="Cảnh báo", is_rejected=True)
    with clock.at(clock.now() + timedelta(seconds=10)):
        move_articles()
        send_all()
    assert (Article.objects.get().state, Article.objects.get().why) == (ArticleState.FAILED, "zalo-248")
    assert Sending.objects.get().why == "article_failed"


def test_no_broadcast_between_22_and_6(ready):
    approved(ready, ["article", "broadcast"])
    start_due_posts()
    move_articles()
    with clock.at(clock.now() + timedelta(seconds=10)):
        move_articles()
    night = clock.now().astimezone(clock.VIETNAM).replace(hour=23, minute=0) + timedelta(days=1)
    with clock.at(night):
        send_all()
        row = Sending.objects.get()
        assert row.why == "night"
        assert row.due_at.astimezone(clock.VIETNAM).hour == 6
    assert ready.zalo.http.get("/_sim/group_messages").json()["broadcasts"] == []


def test_people_who_wrote_lately_get_it_in_their_conversation(ready):
    ready.says("Cho hỏi")
    ready.work()
    before = len(ready.heard())
    post = approved(ready, ["recent"])
    start_due_posts()
    ready.work()
    assert ready.heard()[before]["text"].startswith("CẢNH BÁO")
    approved(ready, ["portal"], corrects=post)
    start_due_posts()
    ready.work()
    assert ready.heard()[-1]["text"].startswith("ĐÍNH CHÍNH")


def test_what_became_of_messages_to_people_stands_with_the_post(ready):
    ready.says("Cho hỏi")
    ready.work()
    post = approved(ready, ["recent"])
    start_due_posts()
    scope = scope_in(ready.unit)
    (track,) = tracks_for(scope, post)
    assert (track.channel, track.planned, track.sent, track.seen) == ("recent", 1, 0, 0)
    ready.work()
    ready.zalo.do("see", user_id=HOA)
    ready.work()
    (track,) = tracks_for(scope, post)
    assert (track.planned, track.sent, track.seen) == (0, 1, 1)
    assert track.last_at is not None
