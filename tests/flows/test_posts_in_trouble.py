"""What goes wrong with posts on their way, seen from the pages of officers and from Zalo's side."""

import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from binhyen.channels.consent import connect_demo
from binhyen.channels.models import Account, AccountState
from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.groups.models import Group
from binhyen.inbox.sending import Sender
from binhyen.outreach.models import Post, PostState, Sending, SendingState
from binhyen.outreach.sending import BATCH, POSTS
from binhyen.units.models import Role
from binhyen.vault import files
from binhyen.vault.pictures import COPY_BYTES, COPY_SIDE
from binhyen.vault.tests.samples import noisy_picture
from binhyen.workflows.publishing import finish_posts, start_due_posts
from tests.flows.living_page import LivingPage, page, zalo_url

__all__ = ["page", "zalo_url"]
GROUP_CALL = "/v3.0/oa/group/message"


def planned_groups(page: LivingPage, count: int) -> Post:
    """An approved post, planned for groups that the simulator makes up as they are written to."""
    page.zalo.do("settings", auto_groups=True, echoes=False, government_refused=[])
    now = clock.now()
    for number in range(count):
        Group.objects.create(
            unit=page.unit, account=page.account, kind="gmf", name=f"Nhóm {number}", external_id=f"nhom{number:04d}",
            created_at=now,
        )  # fmt: skip
    post = Post.objects.create(
        unit=page.unit, kind="warning", title="Cảnh báo", what="Giả danh công an.", channels=["gmf"],
        state=PostState.APPROVED, send_at=now, version=1, created_at=now, changed_at=now,
    )  # fmt: skip
    assert start_due_posts() == 1
    return post


def send_all() -> None:
    with Sender(source=POSTS) as sender:
        for _ in range(20):
            if not sender.send_due(BATCH, threading.Event()):
                return


def got(page: LivingPage) -> list[str]:
    return [one["group_id"] for one in page.zalo.http.get("/_sim/group_messages").json()["messages"]]


def states() -> set[str]:
    return set(Sending.objects.values_list("state", flat=True))


@pytest.mark.parametrize(("when", "arrived"), [("before", 0), ("after", 1)])
@pytest.mark.parametrize("kind", ["drop", "http", "wrong_json"])
def test_an_unclear_answer_of_a_group_waits_for_a_person(page: LivingPage, kind, when, arrived):
    planned_groups(page, 1)
    page.zalo.do("faults", path=GROUP_CALL, kind=kind, when=when, count=1)
    send_all()
    with clock.at(clock.now() + timedelta(days=1)):
        send_all()
    assert states() == {SendingState.UNKNOWN}
    assert len(got(page)) == arrived


def test_consent_taken_back_in_the_middle_holds_the_rest_and_loses_nothing(page: LivingPage):
    planned_groups(page, 5)
    with Sender(threads=1, source=POSTS) as sender:
        sender.send_due(2, threading.Event())
    page.zalo.do("revoke")
    send_all()
    assert Account.objects.get(pk=page.account.pk).state == AccountState.NEEDS_CONSENT
    assert Sending.objects.filter(state=SendingState.SENT).count() == 2
    assert Sending.objects.filter(state=SendingState.PLANNED).count() == 3
    connect_demo(Account.objects.select_related("application").get(pk=page.account.pk))
    with clock.at(clock.now() + timedelta(minutes=11)):
        send_all()
    assert states() == {SendingState.SENT}
    assert sorted(got(page)) == [f"nhom{number:04d}" for number in range(5)]


def test_a_dead_link_leaves_the_hand_list_and_comes_back_with_the_new_one(db):
    unit = make_house().unit
    group = Group.objects.create(unit=unit, name="Nhóm thôn 1", link="https://zalo.me/g/cu1111", created_at=clock.now())
    now = clock.now()
    post = Post.objects.create(
        unit=unit, title="Tin", what="Nội dung", channels=["manual"], state=PostState.APPROVED, send_at=now,
        version=1, created_at=now, changed_at=now,
    )  # fmt: skip
    assert start_due_posts() == 1
    officer = sign_in(make_officer(unit, "may", Role.UNIT_ADMINISTRATOR))
    row = Sending.objects.get()
    address = f"/console/posts/{post.public_id}/hand-list/"
    officer.post(address, {"sending": row.pk, "act": "dead"})
    officer.post(address, {"sending": row.pk, "act": "tick"})
    row.refresh_from_db()
    assert (row.state, row.why) == (SendingState.REFUSED, "link_dead")
    assert "Nhóm thôn 1" in officer.get(f"/console/posts/{post.public_id}/track/").content.decode()
    assert finish_posts() == 1
    Group.objects.filter(pk=group.pk).update(link="https://zalo.me/g/moi2222")
    officer.post(f"/console/posts/{post.public_id}/track/", {"act": "again", "sending": row.pk})
    assert "zalo.me/g/moi2222" in officer.get(address).content.decode()
    officer.post(address, {"sending": row.pk, "act": "tick"})
    assert finish_posts() == 1
    assert Post.objects.get().state == PostState.SENT


def test_a_picture_too_large_for_zalo_is_made_smaller(db):
    unit = make_house().unit
    content = noisy_picture((3_000, 2_000))
    assert len(content) > 2 * COPY_BYTES
    words = {"kind": "news", "title": "Tin", "what": "Nội dung", "channel": ["portal"], "picture_text": "Cây cầu"}
    sent = SimpleUploadedFile("cau.jpg", content, "image/jpeg")
    officer = sign_in(make_officer(unit, "may", Role.PAGE_EDITOR))
    assert officer.post(f"/console/posts/new/{unit.public_id}/", words | {"picture": sent}).status_code == 302
    picture = Post.objects.get().picture
    assert len(files.open(picture)) <= COPY_BYTES
    assert officer.get(f"/console/posts/{Post.objects.get().public_id}/picture/")["content-type"] == "image/jpeg"
    assert COPY_SIDE == 1_600


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_tick_the_same_group_at_once_count_once():
    from django.db import connection

    from binhyen.outreach.actions import tick
    from binhyen.units.scope import scope_of

    unit = make_house().unit
    now = clock.now()
    Group.objects.create(unit=unit, name="Nhóm", link="https://zalo.me/g/abc111", created_at=now)
    Post.objects.create(
        unit=unit, title="Tin", what="Nội dung", channels=["manual"], state=PostState.APPROVED, send_at=now,
        version=1, created_at=now, changed_at=now,
    )  # fmt: skip
    start_due_posts()
    row = Sending.objects.get()
    officers = [make_officer(unit, name) for name in ("hung", "may")]
    start, won = threading.Barrier(2), []

    def one(officer) -> None:
        scope = scope_of(officer)
        start.wait(10)
        if tick(scope, row):
            won.append(officer.pk)
        connection.close()

    threads = [threading.Thread(target=one, args=(officer,)) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    row.refresh_from_db()
    assert len(won) == 1
    assert (row.state, row.officer_id) == (SendingState.SENT, won[0])
