"""Posts of the demo in every state: drafts, waiting, planned, half by hand, out with figures, corrected, taken down."""

from datetime import datetime, time, timedelta
from importlib import resources
from typing import Any

from binhyen.core import clock
from binhyen.core.yaml_text import parsed
from binhyen.outreach import library
from binhyen.outreach.models import Channel, Figure, FigureSource, Post, PostState, Sending, SendingState
from binhyen.units.models import Membership, Officer, Role, Unit
from binhyen.workflows.publishing import plan

_OUT = (PostState.SENDING, PostState.SENT, PostState.WITHDRAWN)


def seed_posts() -> None:
    """Posts of the demo, written by one invented officer and approved by another. Idempotent by public id."""
    source = resources.files("binhyen.data") / "demo" / "posts.yaml"
    for row in parsed(source.read_text(encoding="utf8")):
        if not Post.objects.filter(public_id=row["public_id"]).exists():
            _seed_post(Unit.objects.get(slug=row["unit"]), row)


def _seed_post(unit: Unit, row: dict[str, Any]) -> None:
    starter = library.starter(row["starter"])
    if starter is None:
        raise LookupError(row["starter"])
    at = clock.now() - timedelta(days=row["days_ago"], minutes=20)
    writer = _officer(unit, f"may-{unit.slug}", "Đ/c Mây (dùng thử)", Role.PAGE_EDITOR)
    second = _officer(unit, f"quang-{unit.slug}", "Đ/c Quang (dùng thử)", Role.COMMANDER)
    state = PostState(row["state"])
    is_approved = state not in (PostState.DRAFT, PostState.REVIEW)
    post = Post.objects.create(
        public_id=row["public_id"],
        unit=unit,
        kind=starter.kind,
        title=row.get("title", starter.title),
        what=row.get("what", starter.what),
        signs=starter.signs,
        todo=starter.todo,
        channels=["portal", "manual"],
        state=state,
        version=0 if state == PostState.DRAFT else 1,
        author=writer,
        submitted_at=None if state == PostState.DRAFT else at,
        approver=second if is_approved else None,
        approved_at=at if is_approved else None,
        send_at=_send_at(at, state),
        published_at=at if state in _OUT else None,
        corrects=Post.objects.filter(public_id=row.get("corrects", "")).first(),
        withdrawn_at=at + timedelta(hours=5) if state == PostState.WITHDRAWN else None,
        created_at=at,
        changed_at=at,
    )
    if state in _OUT:
        _bring_out(post, row, at)


def _send_at(at: datetime, state: PostState) -> datetime | None:
    """A planned post goes out tomorrow morning, so that it can be seen waiting."""
    if state == PostState.APPROVED:
        return datetime.combine(clock.today() + timedelta(days=1), time(7, 30), clock.VIETNAM)
    return at if state in _OUT else None


def _bring_out(post: Post, row: dict[str, Any], at: datetime) -> None:
    """What went where, ticked by the writer every minute, and figures read off the groups."""
    plan(post)
    by_hand = list(Sending.objects.filter(post=post, channel=Channel.MANUAL).order_by("pk"))
    for number, sending in enumerate(by_hand[: row.get("ticked", len(by_hand))], start=1):
        sending.state, sending.officer = SendingState.SENT, post.author
        sending.finished_at = at + timedelta(seconds=50 * number)
        sending.save()
    for measure in ("views", "shares"):
        if measure in row:
            Figure.objects.create(
                post=post, channel=Channel.MANUAL, measure=measure, value=row[measure], at=at + timedelta(hours=20),
                source=FigureSource.TYPED, officer=post.author,
            )  # fmt: skip


def _officer(unit: Unit, username: str, name: str, role: Role) -> Officer:
    officer, _ = Officer.objects.get_or_create(username=username, defaults={"full_name": name})
    Membership.objects.get_or_create(unit=unit, officer=officer, role=role)
    return officer
