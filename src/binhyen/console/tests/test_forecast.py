"""Before the second yes: when a post would leave, how many follow, broadcasts used, packages that end."""

from datetime import date, datetime, timedelta

import pytest

from binhyen.channels.models import Account, PageCount
from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.core.clock import VIETNAM
from binhyen.groups.models import Group, GroupState
from binhyen.outreach.models import Channel, Post, PostState, Sending, SendingState
from binhyen.units.models import Role
from binhyen.workflows.forecast import forecast_of
from binhyen.workflows.publishing import audience_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=VIETNAM)
NINE = datetime(2026, 11, 25, 9, 0, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOON):
        yield


@pytest.fixture
def unit():
    unit = make_house().unit
    page = Account.objects.filter(unit=unit, connector="zalo_oa").first() or Account.objects.create(
        unit=unit, connector="zalo_oa", external_id="2000000000000000009", name="Trang xã"
    )
    for day, followers in ((date(2026, 11, 20), 900), (date(2026, 11, 23), 1_234)):
        PageCount.objects.create(
            account=page, counted_on=day, follower_count=followers, source="api", created_at=clock.now()
        )
    for name, until, state in (
        ("Nhóm thôn 1", date(2026, 12, 1), GroupState.ACTIVE),
        ("Nhóm thôn 2", date(2027, 6, 1), GroupState.ACTIVE),
        ("Nhóm thôn 3", date(2026, 11, 1), GroupState.DISABLED),
    ):
        Group.objects.create(
            unit=unit, account=page, kind="gmf", name=name, external_id=name, package_until=until, state=state,
            created_at=clock.now(),
        )  # fmt: skip
    return unit


def waiting(unit, **more) -> Post:
    now = clock.now()
    values = {"channels": [Channel.PORTAL, Channel.GMF, Channel.ARTICLE, Channel.BROADCAST], "title": "Cảnh báo"}
    values |= {"state": PostState.REVIEW}
    return Post.objects.create(
        unit=unit, what="Giả danh công an.", version=1, created_at=now, changed_at=now,
        submitted_at=now, **values | more,
    )  # fmt: skip


def broadcast(unit, at: datetime) -> None:
    post = waiting(unit, state=PostState.SENT)
    Sending.objects.create(
        post=post, unit=unit, channel=Channel.BROADCAST, state=SendingState.SENT, due_at=at, finished_at=at
    )


def test_numbers_that_the_second_officer_needs(unit):
    broadcast(unit, NOON - timedelta(days=3))
    broadcast(unit, NOON - timedelta(hours=2))
    broadcast(unit, NOON - timedelta(days=40))
    post = waiting(unit)
    found = forecast_of(post, audience_of(post))
    assert [(one.count, one.counted_on) for one in found.followers] == [(1_234, date(2026, 11, 23))]
    assert (found.broadcasts_today, found.broadcasts_this_month) == (1, 2)
    assert [group.name for group in found.ending] == ["Nhóm thôn 1"]
    assert [group.name for group in found.lapsed] == ["Nhóm thôn 3"]


@pytest.mark.parametrize(
    ("hour", "more", "reason", "leaves"),
    [
        (12, {}, "window", datetime(2026, 11, 24, 12, 5, tzinfo=VIETNAM)),
        (21, {"wanted_at": NINE}, "wanted", NINE),
        (23, {}, "night", datetime(2026, 11, 25, 6, 0, tzinfo=VIETNAM)),
        (2, {}, "night", datetime(2026, 11, 24, 6, 0, tzinfo=VIETNAM)),
        (23, {"is_urgent": True}, "urgent", datetime(2026, 11, 24, 23, 0, tzinfo=VIETNAM)),
    ],
)  # fmt: skip
def test_when_it_would_leave_and_why(unit, hour, more, reason, leaves):
    with clock.at(NOON.replace(hour=hour)):
        post = waiting(unit, **more)
        found = forecast_of(post, audience_of(post))
    assert (found.reason, found.send_at) == (reason, leaves)
    assert 6 <= found.broadcast_at.astimezone(VIETNAM).hour < 22


def test_the_last_minutes_before_night_and_the_third_post_of_a_day(unit):
    with clock.at(NOON.replace(hour=21, minute=57)):
        post = waiting(unit)
        found = forecast_of(post, audience_of(post))
    assert (found.reason, found.send_at) == ("night", datetime(2026, 11, 25, 6, 0, tzinfo=VIETNAM))
    for _ in range(2):
        waiting(unit, state=PostState.APPROVED, send_at=NOON)
    post = waiting(unit)
    found = forecast_of(post, audience_of(post))
    assert (found.reason, found.send_at) == ("calm", datetime(2026, 11, 25, 7, 0, tzinfo=VIETNAM))


def test_the_review_page_shows_it(client, unit):
    broadcast(unit, clock.now())
    writer = make_officer(unit, "may", Role.PAGE_EDITOR)
    post = waiting(unit, author=writer)
    page = sign_in(make_officer(unit, "lan", Role.COMMANDER)).get(f"/console/posts/{post.public_id}/review/")
    words = page.content.decode()
    for expected in ("1.234", "23/11/2026", "12:05", "Nhóm thôn 1", "01/12/2026", "Nhóm thôn 3"):
        assert expected in words, expected


def test_more_groups_ask_no_more_questions(unit, django_assert_max_num_queries):
    post = waiting(unit)
    audience = audience_of(post)
    with django_assert_max_num_queries(4):
        forecast_of(post, audience)
