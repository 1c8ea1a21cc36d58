"""G47: links in posts and notices lead to the allow-list only; what a resident wrote is text alone."""

import pytest

from binhyen.channels.models import Account
from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.groups.models import Group
from binhyen.lost_found import actions as lost_actions
from binhyen.lost_found import queries as lost_queries
from binhyen.lost_found.tests.factories import PUBLISHER, make_record
from binhyen.outreach.models import Post, PostState
from binhyen.units.models import Role
from binhyen.units.scope import scope_of
from binhyen.workflows import lost_found
from binhyen.workflows.publishing import start_due_posts

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    unit = make_house().unit
    Group.objects.create(unit=unit, name="Thôn 1", link="https://zalo.me/g/thon111", created_at=clock.now())
    Group.objects.create(
        unit=unit, name="Nội bộ", kind="internal", link="https://zalo.me/g/noibo1", created_at=clock.now()
    )
    return unit


def state_after(unit, link: str, field: str = "what") -> str:
    """State of a post with the link after its writer handed it over."""
    writer = sign_in(make_officer(unit, "may", Role.PAGE_EDITOR))
    words = {"kind": "news", "title": "Tin của xã", "what": "Mời bà con xem.", "channel": ["portal"], "act": "submit"}
    words[field] = link if field == "video_link" else f"Mời bà con xem {link} nhé."
    writer.post(f"/console/posts/new/{unit.public_id}/", words)
    state: str = Post.objects.get().state
    return state


@pytest.mark.parametrize("field", ["what", "todo", "video_link"])
@pytest.mark.parametrize(
    "link",
    [
        "https://bit.ly/cccd",
        "http://vneid-gov.vn.example/tai-app",
        "https://dichvucong.gov.vn@evil.example/",
        "https://zalo.me/g/noibo1",
        "https://zalo.me/g/nhomla99",
    ],
)
def test_a_foreign_link_is_never_handed_over(unit, link, field):
    assert state_after(unit, link, field) == PostState.DRAFT


@pytest.mark.parametrize(
    "link", ["https://dichvucong.gov.vn/", "https://bocongan.gov.vn/tin", "https://zalo.me/g/thon111"]
)
def test_government_and_own_links_pass(unit, link):
    assert state_after(unit, link) == PostState.REVIEW


def test_own_pages_pass(unit):
    page = Account.objects.filter(unit=unit, connector="zalo_oa").get()
    assert state_after(unit, f"https://zalo.me/{page.external_id}") == PostState.REVIEW


def test_the_board_makes_no_link_of_what_a_post_says(client, unit):
    now = clock.now()
    post = Post.objects.create(
        unit=unit, title="Tin", what='Xem <a href="https://evil.example">đây</a> javascript:alert(1)',
        channels=["portal"], state=PostState.APPROVED, send_at=now, version=1, created_at=now, changed_at=now,
    )  # fmt: skip
    start_due_posts()
    page = client.get(f"/{unit.slug}/tin/{post.public_id}/").content.decode()
    assert "&lt;a href=" in page
    assert 'href="https://evil.example' not in page
    assert 'href="javascript:' not in page


def test_a_link_in_a_find_is_held_back_and_on_the_register_only_text(unit):
    officer = make_officer(unit, "hung")
    record = make_record(scope_of(officer), unit, description="ví nâu, xem https://evil.example/anh")
    with pytest.raises(NotPossible, match="lost_words"):
        lost_actions.submit(scope_of(officer), record, PUBLISHER)
    assert lost_queries.public_notices(unit) == []
    page = sign_in(officer).get(f"/console/lost/{record.public_id}/").content.decode()
    assert 'href="https://evil.example' not in page
    with pytest.raises(NotPossible):
        lost_found.publish(scope_of(make_officer(unit, "lan")), record, picture_seen=False)
