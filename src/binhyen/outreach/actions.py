"""Writes about posts: drafting, handing over, deciding, cancelling, ticking off; each with its audit row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from binhyen.audit.actions import record
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.language.publication import Finding, has_secret_mark
from binhyen.outreach import rules
from binhyen.outreach.fixed_words import LANGUAGES
from binhyen.outreach.models import (
    Channel,
    Figure,
    FigureSource,
    Post,
    PostKind,
    PostState,
    PostVersion,
    Sending,
    SendingState,
)
from binhyen.outreach.queries import APPROVE_ROLES, OPEN_SENDINGS, WRITE_ROLES, other_times
from binhyen.outreach.sms import MOST_PARTS, size_of
from binhyen.outreach.variants import EDITABLE, too_long
from binhyen.units.models import Area, Unit
from binhyen.units.scope import Scope
from binhyen.vault import files
from binhyen.vault.models import StoredFile

LIMITS = {"title": 150, "what": 8_000, "signs": 8_000, "todo": 8_000, "picture_text": 300, "video_link": 300}
"""Most characters of what is typed."""
MEASURES = ("views", "shares", "seen")
MOST_FIGURE = 100_000_000


@dataclass(frozen=True, slots=True)
class Typed:
    """What an officer typed into the editor."""

    kind: str
    title: str
    what: str
    signs: str = ""
    todo: str = ""
    video_link: str = ""
    picture_text: str = ""
    channels: Sequence[str] = ()
    variants: Mapping[str, str] | None = None
    is_urgent: bool = False
    wanted_at: datetime | None = None
    repeat_days: int | None = None
    repeat_until: date | None = None
    expires_at: datetime | None = None
    language: str = "vi"


def audit(scope: Scope, post: Post, action: str, **facts: str | int) -> None:
    """One row of the audit chain about a post."""
    subject = f"post {post.public_id}"
    record(post.unit_id, f"post.{action}", actor_key=scope.officer_id, subject=subject, facts=facts)


def _check_typed(typed: Typed) -> None:
    """Nothing with the mark of a state secret is stored (G63), and nothing is cut off in silence.

    Raises NotPossible: post_secret, post_too_long(variant, limit), post_video_link.
    """
    words = (typed.title, typed.what, typed.signs, typed.todo, typed.picture_text, *(typed.variants or {}).values())
    if any(has_secret_mark(text) for text in words):
        raise NotPossible("post_secret")
    for name, limit in LIMITS.items():
        if len(clean(getattr(typed, name))) > limit:
            raise NotPossible("post_too_long", variant=name, limit=limit)
    if typed.video_link.strip() and not re.match(r"https?://[^\s/]+\.", typed.video_link.strip()):
        raise NotPossible("post_video_link")


@transaction.atomic
def begin_post(
    scope: Scope, unit: Unit, typed: Typed, areas: Sequence[Area] = (), corrects: Post | None = None
) -> Post:
    """A new draft; with `corrects` it will reach everyone that post reached.

    Raises NotPossible: post_secret, post_too_long(variant, limit), post_video_link.
    """
    scope.check(unit.pk, WRITE_ROLES)
    _check_typed(typed)
    now = clock.now()
    post = Post(unit=unit, author_id=scope.officer_id, corrects=corrects, created_at=now, changed_at=now)
    fill(post, typed)
    post.save()
    post.areas.set(areas)
    audit(scope, post, "begun")
    return post


@transaction.atomic
def save_draft(scope: Scope, post: Post, typed: Typed, areas: Sequence[Area]) -> None:
    """Keep what was typed. A post that waits goes back to its writer. Raises NotPossible: post_fixed,
    and as `begin_post`.
    """
    scope.check(post.unit_id, WRITE_ROLES)
    _check_typed(typed)
    lock(post, PostState.DRAFT, PostState.REVIEW, code="post_fixed")
    fill(post, typed)
    post.state = PostState.DRAFT
    post.author_id = scope.officer_id
    post.changed_at = clock.now()
    post.save()
    post.areas.set(areas)


def fill(post: Post, typed: Typed) -> None:
    """Put what was typed into an unsaved or locked row."""
    post.kind = typed.kind if typed.kind in PostKind.values else PostKind.NEWS
    post.language = typed.language if typed.language in LANGUAGES else "vi"
    post.title = clean(typed.title).replace("\n", " ")[: LIMITS["title"]]
    for name in ("what", "signs", "todo"):
        setattr(post, name, clean(getattr(typed, name))[: LIMITS[name]])
    post.video_link = typed.video_link.strip()[: LIMITS["video_link"]]
    post.picture_text = clean(typed.picture_text)[: LIMITS["picture_text"]]
    post.channels = [channel.value for channel in Channel if channel.value in typed.channels]
    post.variants = {
        name: clean(text) for name, text in (typed.variants or {}).items() if name in EDITABLE and clean(text)
    }
    post.is_urgent, post.wanted_at, post.expires_at = typed.is_urgent, typed.wanted_at, typed.expires_at
    post.repeat_days, post.repeat_until = typed.repeat_days, typed.repeat_until


def lock(post: Post, *states: PostState, code: str) -> None:
    """Hold the row and see that it still stands where the page showed it."""
    now = Post.objects.select_for_update().values_list("state", "version").get(pk=post.pk)
    if now[0] not in states:
        raise NotPossible(code)
    post.state, post.version = now


@transaction.atomic
def set_picture(scope: Scope, post: Post, picture: StoredFile | None, faces: int | None = None) -> None:
    """The cleaned picture of the post (G10) with the faces a machine saw in it, or none; the one before is not kept."""
    scope.check(post.unit_id, WRITE_ROLES)
    lock(post, PostState.DRAFT, PostState.REVIEW, code="post_fixed")
    before = post.picture
    post.picture, post.picture_faces = picture, faces
    post.save(update_fields=["picture", "picture_faces"])
    if before is not None and before != picture:
        files.erase_if_unused(before)


def check_ready(post: Post, texts: Mapping[str, str], findings: Sequence[Finding]) -> None:
    """Whether the post may be handed over. Raises NotPossible with the first thing to mend."""
    if not post.title.strip() or not post.what.strip():
        raise NotPossible("post_empty")
    if rules.has_blank(post.title, post.what, post.signs, post.todo, *post.variants.values()):
        raise NotPossible("post_blank")
    if not post.channels:
        raise NotPossible("post_channels")
    if post.picture_id and not post.picture_text:
        raise NotPossible("post_picture_text")
    if Channel.BROADCAST in post.channels and Channel.ARTICLE not in post.channels:
        raise NotPossible("post_broadcast_article")
    for name, limit in too_long(dict(texts)).items():
        if name == "sms":
            raise NotPossible("post_sms_long", parts=size_of(texts[name]).parts, most=MOST_PARTS)
        raise NotPossible("post_too_long", variant=name, limit=limit)
    never = rules.never_flags(findings)
    if never:
        raise NotPossible("post_never", flag=never[0])


@transaction.atomic
def submit(scope: Scope, post: Post, texts: Mapping[str, str], findings: Sequence[Finding]) -> None:
    """Hand the post over to a second officer. Raises as `check_ready`."""
    scope.check(post.unit_id, WRITE_ROLES)
    check_ready(post, texts, findings)
    lock(post, PostState.DRAFT, code="post_fixed")
    now = clock.now()
    post.state, post.version, post.submitted_at = PostState.REVIEW, post.version + 1, now
    post.author_id, post.return_reason = scope.officer_id, ""
    post.save()
    kept = {**texts, "title": post.title, "channels": ", ".join(post.channels)}
    PostVersion.objects.create(post=post, version=post.version, texts=kept, officer_id=scope.officer_id, created_at=now)
    audit(scope, post, "submitted", version=post.version)


def _check_second(scope: Scope, post: Post) -> None:
    """The second person: another one than whoever wrote any version since it was begun (G43)."""
    scope.check(post.unit_id, APPROVE_ROLES)
    writers = set(PostVersion.objects.filter(post=post).values_list("officer_id", flat=True)) | {post.author_id}
    if scope.officer_id in writers:
        raise NotPossible("post_own")


@transaction.atomic
def approve(
    scope: Scope, post: Post, seen_version: int, findings: Sequence[Finding], grounds: Mapping[str, str]
) -> datetime:
    """The second yes; the time the post goes out. The door asks for a fresh second factor first (G38).

    Raises NotPossible: post_own, post_changed, post_not_waiting, post_never, post_ground.
    """
    _check_second(scope, post)
    lock(post, PostState.REVIEW, code="post_not_waiting")
    if post.version != seen_version:
        raise NotPossible("post_changed")
    if never := rules.never_flags(findings):
        raise NotPossible("post_never", flag=never[0])
    needed = rules.open_flags(findings, has_picture=post.picture_id is not None, faces=post.picture_faces)
    for flag in needed:
        if grounds.get(flag, "") not in rules.grounds_for(flag):
            raise NotPossible("post_ground", flag=flag)
    now = clock.now()
    others = other_times(post, now) if post.corrects_id is None else []
    post.send_at = rules.send_time(now, post.wanted_at, others, is_urgent=post.is_urgent)
    post.state, post.approver_id, post.approved_at = PostState.APPROVED, scope.officer_id, now
    post.grounds = {flag: grounds[flag] for flag in needed}
    post.changed_at = now
    post.save()
    urgent = "yes" if post.is_urgent else "no"
    audit(scope, post, "approved", version=post.version, urgent=urgent, grounds=",".join(post.grounds.values()))
    return post.send_at


@transaction.atomic
def give_back(scope: Scope, post: Post, reason: str) -> None:
    """The second officer says no, with a reason. Raises NotPossible("post_reason", "post_not_waiting")."""
    scope.check(post.unit_id, APPROVE_ROLES)
    if not clean(reason):
        raise NotPossible("post_reason")
    lock(post, PostState.REVIEW, code="post_not_waiting")
    post.state, post.return_reason = PostState.DRAFT, clean(reason)[:500]
    post.save()
    audit(scope, post, "given_back", version=post.version)


@transaction.atomic
def tick(scope: Scope, sending: Sending) -> bool:
    """An officer pasted the text into the group; False when a colleague had ticked it already."""
    scope.check(sending.unit_id, WRITE_ROLES)
    now = clock.now()
    changed = Sending.objects.filter(pk=sending.pk, state=SendingState.BY_HAND).update(
        state=SendingState.SENT, finished_at=now, officer_id=scope.officer_id
    )
    return bool(changed)


@transaction.atomic
def untick(scope: Scope, sending: Sending) -> None:
    """Ticked by mistake: back on the list; only by whoever ticked it, and not once the post was taken down."""
    scope.check(sending.unit_id, WRITE_ROLES)
    rows = Sending.objects.filter(pk=sending.pk, state=SendingState.SENT, channel=Channel.MANUAL)
    rows = rows.filter(post__withdrawn_at=None)
    rows.filter(officer_id=scope.officer_id).update(state=SendingState.BY_HAND, finished_at=None, officer=None)


@transaction.atomic
def type_figure(scope: Scope, post: Post, channel: str, measure: str, value: int) -> None:
    """Views or shares read off somewhere by hand. Raises NotPossible("figure")."""
    scope.check(post.unit_id, WRITE_ROLES)
    if channel not in Channel.values or measure not in MEASURES or not 0 <= value <= MOST_FIGURE:
        raise NotPossible("figure")
    Figure.objects.create(
        post=post,
        channel=channel,
        measure=measure,
        value=value,
        at=clock.now(),
        source=FigureSource.TYPED,
        officer_id=scope.officer_id,
    )


def finish_post(post: Post) -> bool:
    """Close a post nothing of which is open any more; whether it was closed. Called by the worker."""
    if Sending.objects.filter(post=post, state__in=[*OPEN_SENDINGS, SendingState.BY_HAND]).exists():
        return False
    return bool(
        Post.objects.filter(pk=post.pk, state=PostState.SENDING).update(
            state=PostState.SENT, finished_at=clock.now(), changed_at=clock.now()
        )
    )
