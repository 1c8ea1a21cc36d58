"""G21: a notice of a child leaves the Zalo page within 15 minutes after "found", asked again until it is gone."""

from datetime import timedelta

import pytest

from binhyen.channels.accounts import credentials_for
from binhyen.core import clock
from binhyen.inbox.tests.factories import make_officer
from binhyen.lost_found import actions, queries
from binhyen.lost_found.models import Record
from binhyen.lost_found.tests.factories import PUBLISHER, make_child
from binhyen.outreach.models import Article, ArticleState
from binhyen.units.models import Unit
from binhyen.units.scope import Scope, scope_of
from binhyen.workflows import lost_found
from binhyen.workflows.articles import move_articles
from binhyen.workflows.publishing import start_due_posts
from tests.flows.living_page import LivingPage, page, zalo_url

__all__ = ["page", "zalo_url"]
REMOVE, VERIFY, CREATE = (f"/v2.0/article/{name}" for name in ("remove", "verify", "create"))
QUARTER = timedelta(minutes=15)


class Search:
    """A child whose notice was handed to the Zalo page."""

    def __init__(self, page: LivingPage) -> None:
        self.page = page
        self.officer: Scope = scope_of(make_officer(page.unit, "hung"))
        second = scope_of(make_officer(page.unit, "lan"))
        self.record: Record = make_child(self.officer, page.unit)
        actions.submit(self.officer, self.record, PUBLISHER)
        lost_found.publish(second, self.record, picture_seen=False)
        self.published_at = clock.now()

    def on_the_page(self) -> int:
        """Articles that stand on the page as Zalo has it."""
        headers = {"access_token": credentials_for(self.page.account)["access_token"]}
        answer = self.page.zalo.http.get("/v2.0/article/getslice", headers=headers).json()
        return len([one for one in answer["data"]["medias"] if one["status"] == "show"])

    def work_for(self, time: timedelta, start: timedelta = timedelta()) -> None:
        """What the worker does every half minute from `start` after the publication."""
        for half_minutes in range(int(time.total_seconds()) // 30):
            with clock.at(self.published_at + start + timedelta(seconds=30 * half_minutes)):
                start_due_posts()
                move_articles()
                lost_found.confirm_take_downs()

    def found(self, at: timedelta) -> None:
        """The child is with its family."""
        with clock.at(self.published_at + at):
            lost_found.resolve(self.officer, self.record)


@pytest.fixture
def search(page: LivingPage) -> Search:
    page.zalo.do("settings", government_refused=[], echoes=False, article_delay_s=0)
    return Search(page)


def gone_in_time(search: Search) -> bool:
    search.record.refresh_from_db()
    record = search.record
    return record.taken_down_at is not None and record.taken_down_at - record.resolved_at <= QUARTER


def test_it_is_removed_though_the_first_calls_fail(search: Search) -> None:
    search.work_for(timedelta(minutes=2))
    assert search.on_the_page() == 1
    search.page.zalo.do("faults", path=REMOVE, kind="http", status=502, when="before", count=3)
    search.page.zalo.do("faults", path=REMOVE, kind="drop", when="after", count=1)
    search.found(timedelta(minutes=2))
    search.work_for(timedelta(minutes=10), start=timedelta(minutes=2))
    assert search.on_the_page() == 0
    assert Article.objects.get().state == ArticleState.REMOVED
    assert gone_in_time(search)


def test_it_is_not_confirmed_while_it_stands_there(search: Search) -> None:
    search.work_for(timedelta(minutes=2))
    search.page.zalo.do("faults", path=REMOVE, kind="http", status=502, when="before", count=1_000)
    search.found(timedelta(minutes=2))
    search.work_for(timedelta(minutes=10), start=timedelta(minutes=2))
    assert search.on_the_page() == 1
    search.record.refresh_from_db()
    assert search.record.taken_down_at is None


def test_one_that_zalo_still_works_on_is_removed_as_soon_as_it_is_there(search: Search) -> None:
    search.page.zalo.do("settings", article_delay_s=3_600)
    search.work_for(timedelta(minutes=1))
    assert Article.objects.get().state == ArticleState.PROCESSING
    search.found(timedelta(minutes=1))
    search.work_for(timedelta(minutes=5), start=timedelta(minutes=1))
    assert not gone_in_time(search), "it may still appear"
    search.page.zalo.do("clock", advance_s=3_600)
    search.work_for(timedelta(minutes=5), start=timedelta(minutes=6))
    assert search.on_the_page() == 0
    assert gone_in_time(search)


def test_the_stop_switch_does_not_keep_it_there(search: Search) -> None:
    search.work_for(timedelta(minutes=2))
    Unit.objects.update(sending_stopped_at=clock.now())
    search.found(timedelta(minutes=2))
    search.work_for(timedelta(minutes=5), start=timedelta(minutes=2))
    assert search.on_the_page() == 0
    assert gone_in_time(search)


def test_an_article_nobody_knows_of_is_looked_for_by_a_person(search: Search) -> None:
    search.page.zalo.do("faults", path=CREATE, kind="drop", when="after", count=1)
    search.work_for(timedelta(minutes=2))
    search.found(timedelta(minutes=2))
    search.work_for(timedelta(minutes=5), start=timedelta(minutes=2))
    (row,) = queries.open_take_downs(search.record)
    assert row.target_name == search.page.account.name
    assert not gone_in_time(search)
    actions.tick_take_down(search.officer, row)
    search.work_for(timedelta(minutes=1), start=timedelta(minutes=8))
    assert gone_in_time(search)
