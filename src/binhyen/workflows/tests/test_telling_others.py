"""Other systems are told of posts and of their own requests: ids and states, never a word."""

from datetime import timedelta

import pytest

from binhyen.cases.actions import change_state
from binhyen.cases.models import Case
from binhyen.cases.service_requests import take_request
from binhyen.cases.states import CaseState
from binhyen.consumers import actions
from binhyen.consumers.models import Consumer, Notice, Subscription
from binhyen.consumers.rules import ApiScope, NoticeEvent
from binhyen.core import clock
from binhyen.inbox.tests.factories import House, make_house, make_officer
from binhyen.outreach.models import Post
from binhyen.units.models import Role
from binhyen.units.scope import scope_of
from binhyen.vault.keyring import seal
from binhyen.workflows.publishing import start_due_posts, take_down
from binhyen.workflows.request_notices import announce_requests

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "canary-5521"


@pytest.fixture
def house() -> House:
    found = make_house()
    administrator = scope_of(make_officer(found.unit, "qt", Role.UNIT_ADMINISTRATOR))
    consumer, _ = actions.create_consumer(administrator, found.unit, "Cổng", [ApiScope.POSTS])
    Subscription.objects.create(
        consumer=Consumer.objects.get(pk=consumer.pk),
        url="https://example.vn/",
        events=[event.value for event in NoticeEvent],
        sealed_secret=seal(actions.SECRET_PURPOSE, b"whsec_eA=="),
        created_at=clock.now(),
    )
    return found


def told() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("event", flat=True))


def post_of(house: House, **fields) -> Post:
    now = clock.now()
    values = {"title": CANARY, "what": CANARY, "channels": ["portal"], "state": "approved", "send_at": now}
    return Post.objects.create(unit=house.unit, created_at=now, changed_at=now, **(values | fields))


def test_a_post_is_told_when_it_goes_out_is_corrected_and_taken_down(house: House):
    first = post_of(house)
    start_due_posts()
    post_of(house, corrects=first)
    start_due_posts()
    post_of(house, channels=["manual"])
    start_due_posts()
    first.refresh_from_db()
    take_down(scope_of(make_officer(house.unit, "may", Role.PAGE_EDITOR)), first)

    assert told() == ["post.published", "post.corrected", "post.withdrawn"]
    assert all(
        first.public_id in body
        for body in Notice.objects.exclude(event="post.corrected").values_list("body", flat=True)
    )
    assert not any(CANARY in body for body in Notice.objects.values_list("body", flat=True))


def test_a_request_is_told_once_for_each_change_of_state(house: House):
    announce_requests()
    taken = take_request(house.unit, "feedback", CANARY, CANARY)
    officer = make_officer(house.unit, "hung", Role.DUTY_OFFICER)
    case = Case.objects.get(public_id=taken.request.id)
    change_state(case, "see", CaseState.SEEN, officer_id=officer.pk)
    change_state(case, "verify", CaseState.VERIFYING, officer_id=officer.pk)
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert announce_requests() == 2
        assert announce_requests() == 0

    assert told() == ["request.changed"] * 2
    bodies = list(Notice.objects.order_by("pk").values_list("body", flat=True))
    assert ['"state":"seen"' in bodies[0], '"state":"verifying"' in bodies[1]] == [True, True]
    assert not any(CANARY in body for body in bodies)
