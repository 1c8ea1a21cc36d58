"""From a draft to the hand list, through two officers; what goes wrong on the way."""

from datetime import timedelta

import pytest

from binhyen.console.tests.factories import age_session, make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.groups.models import Group
from binhyen.outreach.models import Post, PostState, Sending, SendingState
from binhyen.units.models import Area, Role
from binhyen.workflows.publishing import finish_posts, start_due_posts

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {
    "kind": "warning",
    "title": "Giả danh công an gọi điện",
    "what": "Có người gọi điện nói tài khoản bị lỗi.",
    "todo": "Tắt máy, gọi trực ban.",
    "channel": ["portal", "manual"],
}


@pytest.fixture
def unit():
    unit = make_house().unit
    for number in (1, 2, 3):
        area = Area.objects.create(unit=unit, name=f"Thôn {number}", household_count=100)
        link = f"https://zalo.me/g/thon{number}0000"
        Group.objects.create(unit=unit, area=area, name=f"Nhóm thôn {number}", link=link, created_at=clock.now())
    Group.objects.create(
        unit=unit, name="Nội bộ", kind="internal", link="https://zalo.me/g/noibo1", created_at=clock.now()
    )
    return unit


@pytest.fixture
def writer(unit):
    return sign_in(make_officer(unit, "may", Role.PAGE_EDITOR))


@pytest.fixture
def second(unit):
    return sign_in(make_officer(unit, "lan", Role.COMMANDER))


def handed_over(writer, unit, **more) -> Post:
    answer = writer.post(f"/console/posts/new/{unit.public_id}/", WORDS | {"act": "submit"} | more)
    assert answer.status_code == 302, answer.content.decode()
    return Post.objects.latest("pk")


def approved(second, post: Post, **more) -> None:
    answer = second.post(f"/console/posts/{post.public_id}/approve/", {"version": post.version} | more)
    assert answer.status_code == 302, answer.content.decode()


def sent_out(writer, second, unit, **more) -> Post:
    post = handed_over(writer, unit, **more)
    approved(second, post)
    with clock.at(clock.now() + timedelta(days=1, hours=12)):
        assert start_due_posts() == 1
    post.refresh_from_db()
    return post


def test_a_post_in_three_minutes(writer, second, unit):
    post = handed_over(writer, unit)
    assert "Thôn 1" not in second.get("/console/posts/approvals/").content.decode()
    review = second.get(f"/console/posts/{post.public_id}/review/").content.decode()
    assert "Nhóm thôn 3" in review
    approved(second, post)
    post.refresh_from_db()
    assert post.state == PostState.APPROVED
    assert post.send_at - post.approved_at >= timedelta(minutes=5)
    assert start_due_posts() == 0


@pytest.mark.parametrize(
    ("odd", "told"),
    [({"what": "a" * 8_001}, "dài hơn 8000"), ({"title": "a" * 151}, "dài hơn 150"),
     ({"video_link": "javascript:alert(1)"}, "https://"), ({"video_link": "youtube"}, "https://")],
)  # fmt: skip
def test_nothing_is_cut_off_in_silence(writer, unit, odd: dict, told: str):
    answer = writer.post(f"/console/posts/new/{unit.public_id}/", WORDS | odd)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Post.objects.exists()


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "9" * 5_000])
@pytest.mark.parametrize("path", ["/console/posts/", "/console/"])
def test_odd_page_numbers_do_no_harm(second, path: str, page: str):
    assert second.get(path, {"page": page}).status_code == 200


def test_the_hand_list_is_shared(writer, second, unit):
    post = sent_out(writer, second, unit)
    other = sign_in(make_officer(unit, "son", Role.BEAT_OFFICER))
    page = writer.get(f"/console/posts/{post.public_id}/hand-list/").content.decode()
    assert "zalo.me/g/thon10000" in page
    assert "noibo1" not in page
    rows = list(Sending.objects.filter(post=post, channel="manual"))
    assert len(rows) == 3
    for row in rows:
        writer.post(f"/console/posts/{post.public_id}/hand-list/", {"sending": row.pk, "act": "tick"})
    other.post(f"/console/posts/{post.public_id}/hand-list/", {"sending": rows[0].pk, "act": "tick"})
    first = Sending.objects.select_related("officer").get(pk=rows[0].pk)
    assert (first.state, first.officer.username) == (SendingState.SENT, "may")
    other.post(f"/console/posts/{post.public_id}/hand-list/", {"sending": rows[0].pk, "act": "untick"})
    assert Sending.objects.get(pk=rows[0].pk).state == SendingState.SENT
    assert finish_posts() == 1
    assert Post.objects.get(pk=post.pk).state == PostState.SENT
    assert "3" in writer.get(f"/console/posts/{post.public_id}/track/").content.decode()


def test_twelve_of_twelve_groups_in_four_minutes_by_two_officers(writer, second, unit):
    for number in range(4, 13):
        link = f"https://zalo.me/g/thon{number}0000"
        Group.objects.create(unit=unit, name=f"Nhóm thôn {number}", link=link, created_at=clock.now())
    post = sent_out(writer, second, unit)
    page = f"/console/posts/{post.public_id}/hand-list/"
    rows = list(Sending.objects.filter(post=post, channel="manual"))
    with clock.at(post.published_at):
        officers = [sign_in(make_officer(unit, name, Role.BEAT_OFFICER)) for name in ("son", "hai")]
    for number, row in enumerate(rows):
        with clock.at(post.published_at + timedelta(seconds=20 * (number + 1))):
            officers[number % 2].post(page, {"sending": row.pk, "act": "tick"})
            told = officers[0].get(page).content.decode()
    assert "12 trên 12 nhóm" in told
    assert "trong 4 phút" in told


def test_the_writer_cannot_be_the_second(unit):
    both = sign_in(make_officer(unit, "hai", Role.PAGE_EDITOR, Role.COMMANDER))
    post = handed_over(both, unit)
    answer = both.post(f"/console/posts/{post.public_id}/approve/", {"version": post.version})
    assert answer.status_code == 422
    assert Post.objects.get().state == PostState.REVIEW


def test_approving_needs_a_fresh_second_factor(writer, second, unit):
    post = handed_over(writer, unit)
    age_session(second, started=timedelta(minutes=6))
    answer = second.post(f"/console/posts/{post.public_id}/approve/", {"version": post.version})
    assert answer.status_code == 302
    assert Post.objects.get().state == PostState.REVIEW


def test_a_changed_post_is_not_approved_unread(writer, second, unit):
    post = handed_over(writer, unit)
    seen = post.version
    writer.post(f"/console/posts/{post.public_id}/", WORDS | {"title": "Khác hẳn", "act": "submit"})
    answer = second.post(f"/console/posts/{post.public_id}/approve/", {"version": seen})
    assert answer.status_code == 422
    review = second.get(f"/console/posts/{post.public_id}/review/").content.decode()
    assert "<del>" in review
    assert "<ins>" in review


def test_given_back_with_a_reason(writer, second, unit):
    post = handed_over(writer, unit)
    assert second.post(f"/console/posts/{post.public_id}/review/", {"reason": " "}).status_code == 200
    second.post(f"/console/posts/{post.public_id}/review/", {"reason": "Ghi rõ thôn nào"})
    assert "Ghi rõ thôn nào" in writer.get(f"/console/posts/{post.public_id}/").content.decode()


def test_cancelled_in_the_waiting_time_nothing_goes_out(writer, second, unit):
    post = handed_over(writer, unit)
    approved(second, post)
    writer.post(f"/console/posts/{post.public_id}/track/", {"act": "cancel"})
    with clock.at(clock.now() + timedelta(days=2)):
        assert start_due_posts() == 0
    assert not Sending.objects.exists()


def test_cancelled_too_late_says_so(writer, second, unit):
    post = sent_out(writer, second, unit)
    assert writer.post(f"/console/posts/{post.public_id}/track/", {"act": "cancel"}).status_code == 422


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ({"title": ""}, "tiêu đề"),
        ({"channel": []}, "nơi"),
        ({"what": "Thôn … họp lúc … giờ ngày …."}, "chưa điền"),
        ({"what": "Xem tại https://evil.top/x nhé"}, "liên kết"),
        ({"what": "Bà con gửi mã OTP cho cán bộ để xác minh."}, "mã"),
    ],
)
def test_what_cannot_be_handed_over_stays_with_its_words(writer, unit, more, part):
    answer = writer.post(f"/console/posts/new/{unit.public_id}/", WORDS | {"act": "submit"} | more)
    assert answer.status_code == 422
    assert part in answer.content.decode()
    assert Post.objects.get().state == PostState.DRAFT


def test_a_finding_needs_a_ground_of_the_second_officer(writer, second, unit):
    post = handed_over(writer, unit, what="Ai thấy xe máy biển số 38-F1 123.45 thì báo công an.")
    page = second.get(f"/console/posts/{post.public_id}/approve/").content.decode()
    assert 'name="ground_plate"' in page
    assert second.post(f"/console/posts/{post.public_id}/approve/", {"version": 1}).status_code == 422
    approved(second, post, ground_plate="wanted_notice")
    assert Post.objects.get().grounds == {"plate": "wanted_notice"}


def test_only_some_hamlets(writer, second, unit):
    area = Area.objects.get(name="Thôn 2")
    post = sent_out(writer, second, unit, area=[area.public_id])
    assert [row.target_name for row in Sending.objects.filter(post=post, channel="manual")] == ["Nhóm thôn 2"]


def test_danger_to_life_goes_at_once_and_needs_two(writer, second, unit):
    post = handed_over(writer, unit, is_urgent="1")
    approved(second, post)
    assert start_due_posts() == 1


def test_a_correction_reaches_every_group_that_got_the_first(writer, second, unit):
    post = sent_out(writer, second, unit)
    for row in Sending.objects.filter(post=post, channel="manual"):
        writer.post(f"/console/posts/{post.public_id}/hand-list/", {"sending": row.pk, "act": "tick"})
    writer.post(f"/console/posts/{post.public_id}/track/", {"act": "call_off"})
    draft = Post.objects.latest("pk")
    assert draft.corrects_id == post.pk
    only_one = Area.objects.get(name="Thôn 2")
    form = WORDS | {"act": "submit", "channel": ["portal"], "area": [only_one.public_id]}
    writer.post(f"/console/posts/{draft.public_id}/", form)
    approved(second, Post.objects.get(pk=draft.pk))
    with clock.at(clock.now() + timedelta(days=2, hours=12)):
        assert start_due_posts() == 1
    assert Sending.objects.filter(post=draft, channel="manual").count() == 3
    assert "công an gọi điện" in writer.get(f"/console/posts/{draft.public_id}/track/").content.decode()


def test_taken_down(writer, second, unit):
    post = sent_out(writer, second, unit)
    writer.post(f"/console/posts/{post.public_id}/track/", {"act": "withdraw"})
    assert Post.objects.get(pk=post.pk).state == PostState.WITHDRAWN
    assert not Sending.objects.filter(post=post, state=SendingState.BY_HAND).exists()


def test_repeated_posts_come_again_until_their_day(writer, second, unit):
    day = clock.today() + timedelta(days=5)
    post = sent_out(writer, second, unit, channel=["portal"], repeat_days="3", repeat_until=f"{day:%d/%m/%Y}")
    assert finish_posts() == 1
    post.refresh_from_db()
    assert (post.state, post.round) == (PostState.APPROVED, 2)
    with clock.at(clock.now() + timedelta(days=6)):
        assert start_due_posts() == 1
        assert finish_posts() == 1
    assert Post.objects.get(pk=post.pk).state == PostState.SENT


def test_the_stop_switch_holds_posts_back(writer, second, unit):
    post = handed_over(writer, unit, is_urgent="1")
    approved(second, post)
    type(unit).objects.filter(pk=unit.pk).update(sending_stopped_at=clock.now())
    assert start_due_posts() == 0


def test_preview_while_typing_keeps_nothing(writer, unit):
    page = writer.post(f"/console/posts/preview/{unit.public_id}/", WORDS | {"what": "Gọi 0912345678 nhé"})
    assert "finding" in page.content.decode()
    assert not Post.objects.exists()


def test_figures_are_typed_with_time_and_name(writer, second, unit):
    post = sent_out(writer, second, unit)
    form = {"act": "figure", "channel": "manual", "measure": "views", "value": "1.204"}
    writer.post(f"/console/posts/{post.public_id}/track/", form)
    assert "1.204" in writer.get(f"/console/posts/{post.public_id}/track/").content.decode()


def test_a_start_from_the_library(writer, unit):
    assert "Lấy" in writer.get(f"/console/posts/library/{unit.public_id}/").content.decode()
    page = writer.get(f"/console/posts/new/{unit.public_id}/?from=gia-danh-dien-luc").content.decode()
    assert "báo nợ tiền điện" in page


def test_a_post_in_another_language_keeps_it_everywhere(writer, second, unit, client):
    post = sent_out(writer, second, unit, language="rad", kind="warning", title="Čuăn ñu ƀuôn", what="Ƀuôn sang ñu č.")
    page = client.get(f"/{unit.slug}/tin/{post.public_id}/").content.decode()
    assert '<h1 lang="rad">Čuăn ñu ƀuôn</h1>' in page
    assert "<language>rad</language>" in client.get(f"/{unit.slug}/tin/{post.public_id}/canh-bao.xml").content.decode()
    writer.post(f"/console/posts/{post.public_id}/track/", {"act": "correct"})
    assert Post.objects.latest("pk").language == "rad"
    assert (
        'value="rad" lang="rad" selected'
        in writer.get(f"/console/posts/{Post.objects.latest('pk').public_id}/").content.decode()
    )
