"""From an approved post to every target: who it reaches, what is planned, when it is over, what is repeated."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from binhyen.audit.actions import record
from binhyen.channels.models import Account, AccountState
from binhyen.consumers.actions import announce
from binhyen.consumers.rules import NoticeEvent
from binhyen.core import clock
from binhyen.core.clock import VIETNAM
from binhyen.core.configuration import configuration
from binhyen.core.many_rows import insert_rows
from binhyen.groups.models import Group, GroupKind, GroupState
from binhyen.inbox.models import Author, Contact, Conversation, Delivery, Direction, Message
from binhyen.language.publication import Publisher
from binhyen.outreach import troubles
from binhyen.outreach.actions import finish_post
from binhyen.outreach.models import Article, ArticleState, Channel, Post, PostMessage, PostState, Sending, SendingState
from binhyen.outreach.queries import due_posts, texts_of
from binhyen.outreach.rules import next_round
from binhyen.outreach.stopping import stop_corrected, withdraw
from binhyen.units.models import DirectoryEntry, Unit
from binhyen.units.scope import Scope
from binhyen.workflows.correcting import corrected_by, reached_groups

RECENT = timedelta(hours=47)
"""People who wrote so lately can still be written to free of charge when their turn comes (zalo section 4)."""
PLANNED_AT_ONCE = 5_000
"""Rows written in one transaction, so that nobody waits long for the lock."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Exactly who a post would reach now; overlap between channels is not known and not looked for."""

    manual: list[Group]
    gmf: list[Group]
    pages: list[Account]
    recent_count: int
    counted_at: datetime


def publisher_of(unit: Unit) -> Publisher:
    """What the publication check takes for the unit's own: numbers, pages, groups, this server."""
    phones = DirectoryEntry.objects.filter(unit=unit).values_list("phone", flat=True)
    links = Group.objects.filter(unit=unit).exclude(link="").exclude(kind=GroupKind.INTERNAL)
    pages = Account.objects.filter(unit=unit, connector="zalo_oa").values_list("external_id", flat=True)
    return Publisher(
        unit_name=unit.name,
        phones=(unit.duty_phone, *phones, "113", "114", "115", "111"),
        links=(
            configuration().public_url,
            *links.values_list("link", flat=True),
            *(f"https://zalo.me/{page}" for page in pages),
        ),
    )


def audience_of(post: Post) -> Audience:
    """Groups and people the post would reach if it went out now."""
    groups = _groups(post)
    return Audience(
        manual=[group for group in groups if group.kind == GroupKind.MANUAL],
        gmf=[group for group in groups if group.kind == GroupKind.GMF],
        pages=_pages(post.unit_id),
        recent_count=_recent(post).count() if not post.areas.exists() else 0,
        counted_at=clock.now(),
    )


def _groups(post: Post) -> list[Group]:
    rows = Group.objects.filter(unit_id=post.unit_id, state=GroupState.ACTIVE).exclude(kind=GroupKind.INTERNAL)
    areas = list(post.areas.values_list("pk", flat=True))
    if areas:
        rows = rows.filter(Q(area_id__in=areas) | Q(area=None))
    return list(rows.select_related("area").order_by("area__sort_key", "name"))


def _pages(unit_id: int) -> list[Account]:
    return list(Account.objects.filter(unit_id=unit_id, connector="zalo_oa").order_by("pk"))


def _recent(post: Post) -> QuerySet[Contact]:
    since = clock.now() - RECENT
    active = Q(account__connector="zalo_oa", account__state=AccountState.ACTIVE)
    return Contact.objects.filter(active, unit_id=post.unit_id, last_interaction_at__gte=since)


def start_due_posts(limit: int = 20) -> int:
    """Plan every approved post whose time has come; the number begun. Not inside a transaction."""
    keys = list(due_posts().values_list("pk", flat=True)[:limit])
    return sum(_start(key) for key in keys)


def _start(key: int) -> bool:
    """Plan one post whole or not at all: a crash in between begins it again without doubles."""
    with transaction.atomic(durable=True):
        post = Post.objects.select_for_update(of=("self",)).select_related("unit", "corrects").get(pk=key)
        if post.state != PostState.APPROVED or post.send_at is None or post.send_at > clock.now():
            return False
        plan(post)
        if post.corrects is not None:
            stop_corrected(post.corrects)
        now = clock.now()
        post.state, post.changed_at = PostState.SENDING, now
        post.published_at = post.published_at or now
        post.save()
        facts = {"round": post.round, "version": post.version}
        record(post.unit_id, "post.started", actor_key=None, subject=f"post {post.public_id}", facts=facts)
        if Channel.PORTAL in _channels(post):
            _tell(post, NoticeEvent.POST_CORRECTED if post.corrects else NoticeEvent.POST_PUBLISHED)
    return True


def plan(post: Post) -> int:
    """Write one row for every target of the post's round; the number of rows. Joins the caller's transaction."""
    rows = list(_planned(post))
    for start in range(0, len(rows), PLANNED_AT_ONCE):
        insert_rows(rows[start : start + PLANNED_AT_ONCE])
    if Channel.ARTICLE in post.channels:
        for page in _pages(post.unit_id):
            Article.objects.get_or_create(post=post, account=page, defaults={"next_look_at": clock.now()})
    count = len(rows)
    if Channel.RECENT in _channels(post):
        count += _plan_recent(post)
    return count


def _channels(post: Post) -> list[str]:
    """The post's channels; a correction takes those of the post it corrects as well."""
    return list(dict.fromkeys([*post.channels, *(post.corrects.channels if post.corrects else [])]))


def _planned(post: Post) -> Iterable[Sending]:
    channels = _channels(post)
    if Channel.PORTAL in channels:
        yield _row(post, Channel.PORTAL, 0, post.unit.name, "", SendingState.SENT)
    targets = {group.pk: group for group in _groups(post)}
    if post.corrects is not None:
        targets |= {group.pk: group for group in reached_groups(post)}
    pages = {page.pk: page for page in _pages(post.unit_id)}
    for group in targets.values():
        if group.kind == GroupKind.MANUAL and Channel.MANUAL in channels:
            yield _row(post, Channel.MANUAL, group.pk, group.name, group.link, SendingState.BY_HAND)
        elif group.kind == GroupKind.GMF and Channel.GMF in channels and group.account_id in pages:
            row = _row(post, Channel.GMF, group.pk, group.name, group.external_id, SendingState.PLANNED)
            row.account_id = group.account_id
            yield row
    if Channel.BROADCAST in channels:
        for page in pages.values():
            row = _row(post, Channel.BROADCAST, page.pk, page.name, page.external_id, SendingState.PLANNED)
            row.account_id = page.pk
            yield row


def _row(post: Post, channel: Channel, key: int, name: str, address: str, state: SendingState) -> Sending:
    now = clock.now()
    return Sending(
        post=post,
        round=post.round,
        unit_id=post.unit_id,
        channel=channel,
        target_key=key,
        target_name=name,
        target_address=address,
        state=state,
        due_at=now,
        finished_at=now if state == SendingState.SENT else None,
    )


def _plan_recent(post: Post) -> int:
    """One message each to people who wrote lately, and to those the corrected post was sent to."""
    contacts = set(_recent(post).values_list("pk", flat=True))
    if post.corrects is not None:
        told = PostMessage.objects.filter(post__in=corrected_by(post)).values_list("message_key", flat=True)
        contacts |= set(Message.objects.filter(pk__in=told).values_list("conversation__contact_id", flat=True))
    text = texts_of(post, configuration().public_url)["group"]
    keys = sorted(contacts)
    for start in range(0, len(keys), PLANNED_AT_ONCE):
        _plan_messages(post, text, keys[start : start + PLANNED_AT_ONCE])
    return len(keys)


def _plan_messages(post: Post, text: str, contact_keys: list[int]) -> None:
    now = clock.now()
    conversations = list(Conversation.objects.filter(contact_id__in=contact_keys).order_by("pk"))
    messages = [
        Message(
            unit_id=post.unit_id,
            conversation=conversation,
            direction=Direction.OUTBOUND,
            author=Author.OFFICER,
            officer_id=post.author_id,
            text=text,
            sent_at=now,
            created_at=now,
        )
        for conversation in conversations
    ]
    insert_rows(messages)
    insert_rows(
        [
            Delivery(
                unit_id=post.unit_id,
                account_id=message.conversation.account_id,
                conversation=message.conversation,
                message=message,
                due_at=now,
            )
            for message in messages
        ]
    )
    insert_rows([PostMessage(post=post, round=post.round, message_key=message.pk) for message in messages])


def finish_posts(limit: int = 100) -> int:
    """Close posts that are through, and set the next round of those that are repeated; the number closed."""
    count = 0
    for post in Post.objects.filter(state=PostState.SENDING).order_by("changed_at")[:limit]:
        if finish_post(post):
            count += 1
            _repeat(post)
    return count


def _repeat(post: Post) -> None:
    until = datetime.combine(post.repeat_until, time(23, 59), VIETNAM) if post.repeat_until else None
    again = next_round(post.send_at, post.repeat_days, until) if post.send_at else None
    if again is not None:
        Post.objects.filter(pk=post.pk, state=PostState.SENT).update(
            state=PostState.APPROVED, send_at=again, round=post.round + 1
        )


def take_down(scope: Scope, post: Post) -> None:
    """Off the board at once, off the Zalo page by the next round of the worker, nothing more goes out."""
    with transaction.atomic():
        withdraw(scope, post)
        Article.objects.filter(post=post).exclude(state=ArticleState.REMOVED).update(next_look_at=clock.now())
        if Channel.PORTAL in _channels(post):
            _tell(post, NoticeEvent.POST_WITHDRAWN)


def resolve_trouble(scope: Scope, row: Sending, *, send_again: bool) -> None:
    """A person decided about a row; a group takes the link it has now. Raises NotPossible("sending_gone")."""
    link = ""
    if row.channel == Channel.MANUAL:
        link = Group.objects.filter(pk=row.target_key).values_list("link", flat=True).first() or ""
    troubles.resolve_trouble(scope, row, send_again=send_again, address=link)


def _tell(post: Post, event: NoticeEvent) -> None:
    """Webhooks of other systems: which post, and where it stands on the public board; never its words."""
    page = f"{configuration().public_url}/{post.unit.slug}/tin/{post.public_id}/"
    announce(post.unit, event, {"post": post.public_id, "kind": post.kind, "page": page})
