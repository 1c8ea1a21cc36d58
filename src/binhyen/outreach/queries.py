"""Reads about posts; the scope comes first and decides what exists (G39)."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from binhyen.core import clock
from binhyen.core.clock import VIETNAM
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.inbox.models import Delivery, Message
from binhyen.language.publication import Finding, Publisher, check_publication
from binhyen.outreach.models import (
    Article,
    Channel,
    Figure,
    Post,
    PostMessage,
    PostState,
    PostVersion,
    Sending,
    SendingState,
)
from binhyen.outreach.variants import Draft, Voice, variants_of
from binhyen.units.models import Role, Unit
from binhyen.units.scope import Scope

WRITE_ROLES = frozenset({Role.DUTY_OFFICER, Role.BEAT_OFFICER, Role.PAGE_EDITOR, Role.UNIT_ADMINISTRATOR})
"""Roles that write posts and work off the hand list."""
APPROVE_ROLES = frozenset({Role.COMMANDER, Role.DUTY_OFFICER, Role.UNIT_ADMINISTRATOR})
"""Roles that may be the second person."""
VIEW_ROLES = WRITE_ROLES | APPROVE_ROLES
PAGE_SIZE = 50
OPEN_SENDINGS = (SendingState.PLANNED, SendingState.ATTEMPTING)


def visible_posts(scope: Scope) -> QuerySet[Post]:
    """Posts of the officer's units."""
    return Post.objects.filter(unit_id__in=scope.units_with(VIEW_ROLES))


def posts_for(scope: Scope, page: int = 1) -> tuple[list[Post], bool]:
    """Posts, newest first, with counts of what is open; the second value says whether older ones exist."""
    start = (max(1, page) - 1) * PAGE_SIZE
    rows = (
        visible_posts(scope)
        .select_related("unit", "author", "approver")
        .annotate(
            by_hand_count=Count("sendings", filter=Q(sendings__state=SendingState.BY_HAND)),
            sent_count=Count("sendings", filter=Q(sendings__state=SendingState.SENT)),
            trouble_count=Count("sendings", filter=Q(sendings__state__in=[SendingState.UNKNOWN, SendingState.REFUSED])),
        )
    )
    found: list[Post] = list(rows.order_by("-id")[start : start + PAGE_SIZE + 1])
    return found[:PAGE_SIZE], len(found) > PAGE_SIZE


def waiting_for(scope: Scope) -> list[Post]:
    """Posts that wait for a second officer and that this officer may decide about, oldest first."""
    units = scope.units_with(APPROVE_ROLES)
    rows = Post.objects.filter(unit_id__in=units, state=PostState.REVIEW).exclude(author_id=scope.officer_id)
    return list(rows.select_related("unit", "author").order_by("-is_urgent", "submitted_at"))


def access_post(scope: Scope, public_id: str, roles: frozenset[Role] = VIEW_ROLES) -> Post:
    """The post with unit, people and picture. Raises NotAllowed for a foreign or missing one."""
    rows = Post.objects.filter(unit_id__in=scope.units_with(roles))
    related = ("unit", "author", "approver", "picture", "corrects")
    post = rows.select_related(*related).prefetch_related("areas").filter(public_id=public_id).first()
    if post is None:
        raise NotAllowed
    return post


def draft_of(post: Post) -> Draft:
    """The words of a post."""
    return Draft(
        kind=post.kind,
        title=post.title,
        what=post.what,
        signs=post.signs,
        todo=post.todo,
        video_link=post.video_link,
        is_cancellation=post.is_cancellation,
        corrects_title=post.corrects.title if post.corrects else "",
        language=post.language,
    )


def voice_of(unit: Unit, post: Post, public_url: str) -> Voice:
    """Who speaks: the unit, and the address of the post on its board."""
    address = f"{public_url}/{unit.slug}/tin/{post.public_id}/"
    return Voice(unit.name, unit.short_name, unit.duty_phone, address)


def texts_of(post: Post, public_url: str) -> dict[str, str]:
    """Text of every variant as it would go out."""
    return variants_of(draft_of(post), voice_of(post.unit, post, public_url), post.variants)


def findings_of(post: Post, texts: dict[str, str], publisher: Publisher) -> dict[str, list[Finding]]:
    """What the publication check finds, by the text it stands in: title, the three parts, variants edited by hand."""
    parts = {"title": post.title, "what": post.what, "signs": post.signs, "todo": post.todo}
    parts |= {"video_link": post.video_link, "picture_text": post.picture_text}
    parts |= {name: texts[name] for name in post.variants if name in texts}
    whole = "\n\n".join(part for part in (post.title, post.what, post.signs, post.todo) if part)
    found = {name: check_publication(text, post.kind, publisher) for name, text in parts.items() if text}  # type: ignore[arg-type]
    # Who is meant often stands in another part than what is told: the parts are judged together as well.
    seen = {finding.flag for findings in found.values() for finding in findings}
    rest = [one for one in check_publication(whole, post.kind, publisher) if one.flag not in seen]  # type: ignore[arg-type]
    return {name: findings for name, findings in (found | {"whole": rest}).items() if findings}


def last_version(post: Post) -> PostVersion | None:
    """The version before the one that waits: what the second officer compares with."""
    return PostVersion.objects.filter(post=post, version__lt=post.version).order_by("-version").first()


def other_times(post: Post, moment: datetime) -> list[datetime]:
    """Times of the unit's other posts around a moment that are not urgent: for the calm rule."""
    day = moment.astimezone(VIETNAM).date()
    rows = Post.objects.filter(unit_id=post.unit_id, is_urgent=False, send_at__date__gte=day - timedelta(days=1))
    rows = rows.filter(state__in=[PostState.APPROVED, PostState.SENDING, PostState.SENT]).exclude(pk=post.pk)
    return [at for at in rows.exclude(corrects__isnull=False).values_list("send_at", flat=True) if at is not None]


@dataclass(frozen=True, slots=True)
class ChannelTrack:
    """What became of a post on one channel."""

    channel: str
    planned: int
    sent: int
    by_hand: int
    refused: int
    unknown: int
    cancelled: int
    last_at: datetime | None
    seen: int | None = None
    """People whose telephone told that they opened it; None where no channel tells it."""


def tracks_for(scope: Scope, post: Post) -> list[ChannelTrack]:
    """Counts by channel, with the time of the last one that went out or failed."""
    scope.check(post.unit_id, VIEW_ROLES)
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for channel, state, number in (
        Sending.objects.filter(post=post).values_list("channel", "state").annotate(n=Count("id")).order_by()
    ):
        counted[channel][state] = number
    last = dict(
        Sending.objects.filter(post=post, finished_at__isnull=False)
        .order_by("channel", "finished_at")
        .values_list("channel", "finished_at")
    )
    tracks = [_track(channel, states, last.get(channel)) for channel, states in sorted(counted.items())]
    return [*tracks, *_recent_track(post)]


def _recent_track(post: Post) -> list[ChannelTrack]:
    """What became of the messages to people who wrote lately; they lie in the inbox (numbers only, nobody's name)."""
    told = PostMessage.objects.filter(post=post).values("message_key")
    rows = Delivery.objects.filter(message_id__in=told)
    states = dict(rows.values_list("state").annotate(n=Count("id")).order_by())
    if not states:
        return []
    last_at = rows.aggregate(at=Max("finished_at"))["at"]
    seen = Message.objects.filter(pk__in=told, seen_at__isnull=False).count()
    return [replace(_track(Channel.RECENT, states, last_at), seen=seen)]


def _track(channel: str, states: dict[str, int], last_at: datetime | None) -> ChannelTrack:
    return ChannelTrack(
        channel=channel,
        planned=sum(states.get(state, 0) for state in OPEN_SENDINGS),
        sent=states.get(SendingState.SENT, 0),
        by_hand=states.get(SendingState.BY_HAND, 0),
        refused=states.get(SendingState.REFUSED, 0),
        unknown=states.get(SendingState.UNKNOWN, 0),
        cancelled=states.get(SendingState.CANCELLED, 0),
        last_at=last_at,
    )


def hand_list_for(scope: Scope, post: Post) -> list[Sending]:
    """The ordinary groups of the post's present round, open ones first."""
    scope.check(post.unit_id, VIEW_ROLES)
    rows = Sending.objects.filter(post=post, round=post.round, channel="manual").select_related("officer")
    return sorted(rows, key=lambda row: (row.state != SendingState.BY_HAND, row.pk))


def troubles_for(scope: Scope, post: Post) -> list[Sending]:
    """What was refused or is unknown: a person decides."""
    scope.check(post.unit_id, VIEW_ROLES)
    rows = Sending.objects.filter(post=post, state__in=[SendingState.UNKNOWN, SendingState.REFUSED])
    return list(rows.order_by("-state", "id")[:200])


def access_sending(scope: Scope, post: Post, key: str) -> Sending:
    """One row of the post. Raises NotPossible("sending_gone")."""
    scope.check(post.unit_id, WRITE_ROLES)
    row = Sending.objects.filter(post=post, pk=int(key)).first() if key.isascii() and key.isdecimal() else None
    if row is None:
        raise NotPossible("sending_gone")
    return row


def figures_for(scope: Scope, post: Post) -> list[Figure]:
    """The latest figure of every channel and measure."""
    scope.check(post.unit_id, VIEW_ROLES)
    latest: dict[tuple[str, str], Figure] = {}
    for row in Figure.objects.filter(post=post).select_related("officer").order_by("at", "id"):
        latest[row.channel, row.measure] = row
    return [latest[key] for key in sorted(latest)]


def articles_for(scope: Scope, post: Post) -> list[Article]:
    """The post's articles on the unit's pages."""
    scope.check(post.unit_id, VIEW_ROLES)
    return list(Article.objects.filter(post=post).select_related("account"))


def _on_board(unit_id: int) -> QuerySet[Post]:
    """Posts that went to the portal, those taken down since included."""
    shown = Sending.objects.filter(post=OuterRef("pk"), channel=Channel.PORTAL)
    return Post.objects.filter(Exists(shown), unit_id=unit_id, published_at__isnull=False)


def board(unit_id: int, kind: str = "") -> QuerySet[Post]:
    """What the public board and the feeds show, newest first; `is_corrected` marks what a later post corrects."""
    later = Post.objects.filter(corrects=OuterRef("pk"), published_at__isnull=False, withdrawn_at=None)
    rows = _on_board(unit_id).filter(withdrawn_at=None).annotate(is_corrected=Exists(later))
    return (rows.filter(kind=kind) if kind else rows).select_related("corrects", "picture").order_by("-published_at")


def public_post(unit_id: int, public_id: str) -> Post | None:
    """A post that was published, withdrawn ones too: their page says so."""
    rows = _on_board(unit_id).filter(public_id=public_id)
    return rows.select_related("unit", "corrects", "picture").prefetch_related("areas", "corrections").first()


def due_posts() -> QuerySet[Post]:
    """Approved posts whose time has come, of units that may send."""
    due = Post.objects.filter(state=PostState.APPROVED, send_at__lte=clock.now())
    return due.filter(unit__sending_stopped_at=None).order_by("-is_urgent", "send_at")
