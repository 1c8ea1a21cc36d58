"""G15: a report in a public place moves to the private path; one neutral hint, nothing in public, nothing quoted."""

from datetime import timedelta

import pytest

from binhyen.cases.models import Case
from binhyen.channels.accounts import credentials_for
from binhyen.channels.connector import PublicComment
from binhyen.core import clock
from binhyen.core.models import DailyCount
from binhyen.inbox.models import Contact, ConversationState, Message
from binhyen.inbox.sending import send_due
from binhyen.outreach.models import Article, Post
from binhyen.workflows import answering
from binhyen.workflows.articles import move_articles
from binhyen.workflows.clear_words import make_due_cases
from binhyen.workflows.intake import receive_now
from binhyen.workflows.publishing import start_due_posts
from tests.flows.living_page import HOA, LivingPage, page, zalo_url

__all__ = ["page", "zalo_url"]

REPORT = "Gần nhà tôi có nhóm thanh niên bán ma túy ở quán nước cô Lan"


def comment(page: LivingPage, text: str, number: int = 1) -> None:
    receive_now(page.account, PublicComment(HOA, f"comment-{number}", text, clock.now()))


def test_one_private_hint_that_quotes_nothing(page: LivingPage) -> None:
    page.says("Chào ạ")  # opens the window, so that Zalo takes the hint
    page.work()
    before = len(page.zalo.sent())
    comment(page, REPORT, 1)
    comment(page, f"{REPORT}, tối nào cũng vậy", 2)
    while send_due():
        pass
    new = page.zalo.sent()[before:]
    assert [message["user_id"] for message in new] == [HOA]
    assert "cất kín" in new[0]["text"]
    assert not any(word in new[0]["text"] for word in ("ma túy", "quán nước", "Lan", "tố giác"))
    make_due_cases()
    assert Case.objects.get().channel == "zalo"
    assert not Message.objects.filter(text__contains="quán nước").exists()


def test_words_that_are_not_clear_wait_for_the_person_and_for_an_officer(
    page: LivingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "CLEAR_REPORT", 1.1)  # nothing is
    comment(page, "thấy cây cần sa trồng trong rẫy nhà anh K ở buôn Ea")
    make_due_cases()
    assert not Case.objects.exists()
    assert page.conversation().state == ConversationState.WAITING


def test_an_article_of_a_post_leaves_no_place_to_report_in_public(page: LivingPage) -> None:
    """Comments are closed, so that nobody names a neighbour below a warning; the words tell the private way."""
    page.zalo.do("settings", government_refused=[], article_delay_s=0)
    now = clock.now()
    Post.objects.create(
        unit=page.unit, kind="warning", title="Cảnh báo", what="Có người giả danh.", channels=["article"],
        state="approved", send_at=now, version=1, created_at=now, changed_at=now,
    )  # fmt: skip
    start_due_posts()
    move_articles()
    with clock.at(clock.now() + timedelta(seconds=10)):
        move_articles()
    article = Article.objects.get()
    keys = credentials_for(page.account)
    answer = page.zalo.http.get(
        "/v2.0/article/getdetail", params={"id": article.external_id}, headers={"access_token": keys["access_token"]}
    ).json()
    assert answer["error"] == 0, answer
    assert answer["data"]["comment"] == "hide"
    assert "02393000000" in answer["data"]["body"][0]["content"]


def test_small_talk_in_public_is_counted_and_not_kept(page: LivingPage) -> None:
    from binhyen.core.errors import NotPossible

    with pytest.raises(NotPossible):
        comment(page, "ảnh đẹp quá")
    assert not Contact.objects.exists()
    assert not Message.objects.exists()
    assert DailyCount.objects.get(name="intake.public_comment").count == 1
