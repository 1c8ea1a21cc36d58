"""An article that failed at Zalo is handed in again from its page: in the words agreed to, and never twice."""

from datetime import timedelta

import pytest

from binhyen.channels.accounts import credentials_for
from binhyen.channels.models import Account
from binhyen.channels.zalo_oa import articles as zalo
from binhyen.console.tests.factories import make_officer, sign_in
from binhyen.core import clock
from binhyen.outreach.models import Article, ArticleState, Post, PostState, PostVersion
from binhyen.units.models import Role, Unit
from binhyen.vault import files
from binhyen.vault.models import StoredFile
from binhyen.vault.tests.samples import picture
from binhyen.workflows.articles import MOST_LOOKS, move_articles
from binhyen.workflows.publishing import start_due_posts
from tests.flows.living_page import LivingPage, page, zalo_url

__all__ = ["page", "zalo_url"]
CREATE = "/v2.0/article/create"
WORDS = {"kind": "warning", "title": "Cảnh báo", "what": "Có người gọi điện.", "todo": "Tắt máy.", "act": "submit"}


class Desk:
    """Two officers, one post that is out as an article, and the hours that pass."""

    def __init__(self, page: LivingPage) -> None:
        self.page = page
        self.writer = sign_in(make_officer(page.unit, "may", Role.PAGE_EDITOR))
        self.second = sign_in(make_officer(page.unit, "lan", Role.COMMANDER))
        self.now = clock.now()
        self.writer.post(f"/console/posts/new/{page.unit.public_id}/", WORDS | {"channel": ["article"]})
        self.post = Post.objects.get()
        self.second.post(f"/console/posts/{self.post.public_id}/approve/", {"version": self.post.version})
        with clock.at(self.now + timedelta(days=1)):
            assert start_due_posts() == 1
        self.now += timedelta(days=1)

    @property
    def article(self) -> Article:
        return Article.objects.get(post=self.post)

    def work(self, rounds: int = 2) -> None:
        """The worker's rounds, ten seconds and more apart."""
        for _ in range(rounds):
            self.now += timedelta(seconds=40)
            with clock.at(self.now):
                move_articles()

    def act(self, act: str, article: str = ""):
        given = {"act": act, "article": article or str(self.article.pk)}
        return self.writer.post(f"/console/posts/{self.post.public_id}/track/", given)

    def shown(self) -> str:
        return self.writer.get(f"/console/posts/{self.post.public_id}/track/").content.decode()

    def on_the_page(self) -> list[str]:
        told = zalo.newest(credentials_for(Account.objects.get()))
        assert isinstance(told, list)
        return [one.article_id for one in told]


@pytest.fixture
def desk(page: LivingPage) -> Desk:
    page.zalo.do("settings", government_refused=[], echoes=False, article_delay_s=0)
    return Desk(page)


@pytest.fixture
def rejected(desk: Desk) -> Desk:
    desk.work(1)
    desk.page.zalo.do("article", title="Cảnh báo", is_rejected=True)
    desk.work(1)
    assert (desk.article.state, desk.article.why) == (ArticleState.FAILED, "zalo-248")
    return desk


def test_a_rejected_article_is_handed_in_again_in_the_words_agreed_to(rejected):
    assert "Nộp lại" in rejected.shown()
    assert rejected.act("article_again").status_code == 302
    rejected.work()
    assert rejected.article.state == ArticleState.LIVE
    assert rejected.on_the_page() == [rejected.article.external_id]
    assert "Nộp lại" not in rejected.shown()


def test_pressed_twice_it_is_handed_in_once(rejected):
    assert rejected.act("article_again").status_code == 302
    again = rejected.act("article_again")
    assert again.status_code == 422
    assert "Đồng nghiệp đã xử lý việc này." in again.content.decode()
    rejected.work(4)
    assert len(rejected.on_the_page()) == 1


def test_other_words_than_those_agreed_to_are_not_handed_in(rejected):
    Unit.objects.update(duty_phone="02393999999")
    answer = rejected.act("article_again")
    assert answer.status_code == 422
    assert "người thứ hai" in answer.content.decode()
    rejected.work()
    assert rejected.article.state == ArticleState.FAILED


def test_without_a_version_agreed_to_nothing_is_handed_in(rejected):
    PostVersion.objects.all().delete()
    assert rejected.act("article_again").status_code == 422


def test_new_words_go_through_review_again(rejected):
    answer = rejected.act("article_reword")
    draft = Post.objects.latest("pk")
    assert answer["Location"].endswith(f"/posts/{draft.public_id}/")
    assert (draft.state, draft.channels, draft.corrects_id) == (PostState.DRAFT, ["article"], None)
    given = WORDS | {"channel": ["article"], "what": "Có kẻ gọi điện tự xưng công an."}
    rejected.writer.post(f"/console/posts/{draft.public_id}/", given)
    draft.refresh_from_db()
    assert draft.state == PostState.REVIEW
    rejected.work()
    assert not Article.objects.filter(post=draft).exists()
    assert rejected.on_the_page() == []


def test_the_picture_comes_along_and_is_answered_for_anew(rejected):
    stored = files.store(picture(), rejected.page.unit.pk, "image/jpeg", "anh.jpg")
    Post.objects.update(picture=stored, picture_text="Hai tờ tiền giả", picture_faces=1)
    rejected.act("article_reword")
    draft = Post.objects.latest("pk")
    assert (draft.picture, draft.picture_text, draft.picture_faces) == (stored, "Hai tờ tiền giả", 1)
    address = f"/console/posts/{draft.public_id}/"
    given = WORDS | {"channel": ["article"], "what": "Có kẻ gọi điện.", "picture_text": "Hai tờ tiền giả"}
    rejected.writer.post(address, given)
    draft.refresh_from_db()
    approve = rejected.second.post(f"{address}approve/", {"version": draft.version})
    draft.refresh_from_db()
    assert (approve.status_code, draft.state) == (422, PostState.REVIEW)
    rejected.writer.post(address, given | {"drop_picture": "yes"})
    assert StoredFile.objects.filter(pk=stored.pk).exists(), "the first post still shows it"
    Post.objects.update(state=PostState.DRAFT)
    rejected.writer.post(f"/console/posts/{rejected.post.public_id}/", given | {"drop_picture": "yes"})
    assert not StoredFile.objects.exists()


def test_an_article_nobody_knows_about_stays_parked(desk):
    desk.page.zalo.do("faults", path=CREATE, kind="drop", when="after", count=1)
    desk.work(1)
    assert desk.article.state == ArticleState.FAILED
    page = desk.shown()
    assert "Chưa rõ Zalo đã nhận bài hay chưa" in page
    assert "article_again" not in page
    for act in ("article_again", "article_reword"):
        assert desk.act(act).status_code == 422
    desk.work(3)
    assert desk.article.state == ArticleState.FAILED
    assert Post.objects.count() == 1


def test_one_that_zalo_took_is_asked_about_and_not_handed_in(desk):
    desk.page.zalo.do("settings", article_delay_s=36_000)
    desk.work(MOST_LOOKS + 1)
    assert desk.article.why == "gave_up article_processing"
    assert "Hỏi lại Zalo" in desk.shown()
    token = desk.article.token
    assert desk.act("article_again").status_code == 302
    assert (desk.article.state, desk.article.token) == (ArticleState.PROCESSING, token)


def test_one_that_zalo_never_took_in_is_handed_in_again_when_it_is_back(desk):
    desk.page.zalo.do("faults", path=CREATE, kind="error", code=-32, count=MOST_LOOKS)
    desk.work(2 * MOST_LOOKS)
    assert desk.article.why == "gave_up zalo-32"
    assert desk.act("article_again").status_code == 302
    desk.work()
    assert desk.article.state == ArticleState.LIVE
    assert len(desk.on_the_page()) == 1


@pytest.mark.parametrize("end", ["withdraw", "expired", "corrected"])
def test_what_is_over_is_not_handed_in(rejected, end):
    if end == "withdraw":
        rejected.writer.post(f"/console/posts/{rejected.post.public_id}/track/", {"act": "withdraw"})
    elif end == "expired":
        Post.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    else:
        now = clock.now()
        made = {"created_at": now, "changed_at": now, "published_at": now}
        Post.objects.create(unit=rejected.page.unit, corrects=rejected.post, state=PostState.SENT, **made)
    for act in ("article_again", "article_reword"):
        assert rejected.act(act).status_code == 422
    assert rejected.article.state == ArticleState.FAILED


def test_odd_keys_are_refused(rejected):
    for key in ("0", "x", "٣", "9" * 18):
        assert rejected.act("article_again", key).status_code == 422
    assert rejected.article.state == ArticleState.FAILED


def test_who_only_reads_hands_nothing_in(rejected):
    reader = sign_in(make_officer(rejected.page.unit, "bay", Role.COMMANDER))
    address = f"/console/posts/{rejected.post.public_id}/track/"
    assert "article_again" not in reader.get(address).content.decode()
    answer = reader.post(address, {"act": "article_again", "article": str(rejected.article.pk)})
    assert answer.status_code in (403, 404)
    assert rejected.article.state == ArticleState.FAILED


def test_a_search_is_not_worded_anew_apart_from_its_record(rejected):
    Post.objects.update(kind="missing_person")
    assert "article_reword" not in rejected.shown()
    assert rejected.act("article_reword").status_code == 422
