"""Posts into groups of the page and broadcasts: the same sender as for replies, over the rows of this room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q

from binhyen.channels.connector import Later, Outbound, OutboundFile, Outcome, Refused, Sent
from binhyen.channels.models import Account, AccountState
from binhyen.channels.registry import connector_for
from binhyen.channels.zalo_oa.articles import Broadcasts
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.many_rows import update_rows
from binhyen.inbox.deliveries import LOST_AFTER, until_written
from binhyen.inbox.outcomes import Result, apply_outcome
from binhyen.inbox.sending import Source, Way
from binhyen.outreach.models import Article, ArticleState, Channel, Post, Sending, SendingState
from binhyen.outreach.queries import texts_of
from binhyen.outreach.rules import after_night, is_night
from binhyen.outreach.stopping import drop_claimed
from binhyen.vault import files

BATCH = 256
"""Groups marked in one go: what a crash can leave unknown at most."""
BY_MACHINE = (Channel.GMF, Channel.BROADCAST)
PICTURE_NAME = "anh.jpg"


@dataclass(eq=False, slots=True)
class DueSending:
    """A row that is being sent now; plain, since making model instances costs more than the call. See `Sending`."""

    table: ClassVar[type[models.Model]] = Sending
    pk: int
    unit_id: int
    account_id: int
    post_id: int
    channel: str
    target_address: str
    state: str
    why: str
    attempts: int
    due_at: datetime
    finished_at: datetime | None
    external_id: str
    account: Account = field(init=False)
    message: tuple[str, OutboundFile | None] = field(init=False)
    article: Article | None = None


_COLUMNS = (
    *("pk", "unit_id", "account_id", "post_id", "channel", "target_address"),
    *("state", "why", "attempts", "due_at", "finished_at", "external_id"),
)


def claim(limit: int, account_key: int | None = None) -> list[DueSending]:
    """Mark up to `limit` due rows as being attempted and commit; at most the next one of each group.

    Left out: pages that cannot send now, and units whose switch is off (G44). Not inside a transaction.
    """
    now = clock.now()
    accounts = Account.objects.filter(
        Q(held_until=None) | Q(held_until__lte=now), state=AccountState.ACTIVE, unit__sending_stopped_at=None
    )
    accounts = accounts.filter(pk=account_key) if account_key is not None else accounts
    open_now = list(accounts.values_list("pk", flat=True))
    planned = Sending.objects.filter(finished_at=None, state=SendingState.PLANNED)  # finished_at: see the index
    due = planned.filter(account__in=open_now, due_at__lte=now)
    if not due.exists():  # a plain read, so that an idle sender never takes the database's write lock
        return []
    earlier = Sending.objects.filter(
        channel=OuterRef("channel"),
        target_key=OuterRef("target_key"),
        id__lt=OuterRef("id"),
        finished_at=None,
        state__in=[SendingState.PLANNED, SendingState.ATTEMPTING],
    )
    with transaction.atomic(durable=True):
        keys = list(
            due.filter(~Exists(earlier))
            .order_by("id")
            .select_for_update(skip_locked=True, of=("self",), no_key=True)
            .values_list("pk", flat=True)[:limit]
        )
        Sending.objects.filter(pk__in=keys, state=SendingState.PLANNED).update(
            state=SendingState.ATTEMPTING, attempted_at=now, attempts=F("attempts") + 1
        )
    return _with_everything(keys)


def _with_everything(keys: Sequence[int]) -> list[DueSending]:
    found = Sending.objects.filter(pk__in=keys).order_by("id").values_list(*_COLUMNS)
    rows = [DueSending(*values) for values in found]
    accounts = Account.objects.select_related("application").in_bulk({row.account_id for row in rows})
    posts = Post.objects.select_related("unit", "corrects", "picture").in_bulk({row.post_id for row in rows})
    if gone := {key for key, post in posts.items() if post.withdrawn_at is not None}:
        drop_claimed(keys, gone)
        rows = [row for row in rows if row.post_id not in gone]
    articles = {(one.post_id, one.account_id): one for one in Article.objects.filter(post__in=posts)}
    made = {key: _message(post) for key, post in posts.items()}
    for row in rows:
        row.account, row.message = accounts[row.account_id], made[row.post_id]
        row.article = articles.get((row.post_id, row.account_id))
    return rows


def _message(post: Post) -> tuple[str, OutboundFile | None]:
    """Text and picture of a post, made once for a whole batch."""
    text = texts_of(post, configuration().public_url)["group"]
    if post.picture is None:
        return text, None
    return text, OutboundFile(PICTURE_NAME, "image/jpeg", files.open(post.picture))


def address(row: DueSending) -> tuple[Way, Outbound] | Outcome:
    """What a row sends and by which way, or why not now."""
    if row.channel == Channel.BROADCAST:
        return _broadcast(row)
    text, picture = row.message
    return connector_for("zalo_gmf"), Outbound(row.target_address, text, file=picture)


def _broadcast(row: DueSending) -> tuple[Way, Outbound] | Outcome:
    article = row.article
    if article is None or article.state in (ArticleState.FAILED, ArticleState.REMOVED):
        return Refused("article_failed", hint="rewrite")
    if article.state != ArticleState.LIVE:
        return Later(30, "article_processing")
    now = clock.now()
    if is_night(now):
        return Later((after_night(now) - now).total_seconds(), "night")
    return Broadcasts(), Outbound(article.external_id)


def record(results: Iterable[tuple[DueSending, Result]]) -> None:
    """Write what became of a batch, in one transaction. Rows decided about in the meantime take only a sure outcome."""
    results = list(results)
    until_written(lambda: _record(results))


def _record(results: Sequence[tuple[DueSending, Result]]) -> None:
    with transaction.atomic(durable=True):
        open_rows = dict(
            Sending.objects.select_for_update(no_key=True)
            .filter(pk__in=[row.pk for row, _ in results])
            .filter(state__in=[SendingState.ATTEMPTING, SendingState.UNKNOWN])
            .values_list("pk", "attempts")
        )
        # Copies, since this may have to be done again from the beginning.
        mine = [(replace(row), result) for row, result in results if open_rows.get(row.pk) == row.attempts]
        for row, result in mine:
            _apply(row, result)
        fields = ["state", "why", "finished_at", "due_at", "attempts", "external_id"]
        update_rows([row for row, _ in mine], fields)


def _apply(row: DueSending, result: Result) -> None:
    apply_outcome(row, result)
    if isinstance(result, Sent):
        row.external_id = result.message_id[:128]


def park_lost_posts() -> int:
    """Attempts of a process that died: nobody knows whether the platform acted, so a person decides (G61)."""
    now = clock.now()
    lost = Sending.objects.filter(finished_at=None, state=SendingState.ATTEMPTING, attempted_at__lt=now - LOST_AFTER)
    return lost.update(state=SendingState.UNKNOWN, why="interrupted", finished_at=now)


POSTS = Source(claim=claim, address=address, record=record)
"""What goes to groups and followers."""
