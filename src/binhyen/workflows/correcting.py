"""Corrections and cancellations: their draft, and everyone who got what they correct."""

from binhyen.core.errors import NotPossible
from binhyen.groups.models import Group, GroupState
from binhyen.outreach.actions import Typed, begin_post
from binhyen.outreach.models import Channel, Post, Sending, SendingState
from binhyen.units.scope import Scope

CALLED_OFF = {
    "vi": "Thông báo trước không còn hiệu lực. Bà con không cần làm theo nữa. Xin cảm ơn bà con.",
    "en": "The earlier notice no longer holds. You need not follow it any more. Thank you.",
}
"""First words of a post that calls another one off, by its language; where there are none, in Vietnamese."""


def begin_correction(scope: Scope, post: Post, *, is_cancellation: bool) -> Post:
    """A draft that corrects or calls off a post and goes to everyone that one reached. Raises NotPossible."""
    if post.published_at is None:
        raise NotPossible("post_not_out")
    typed = Typed(
        kind=post.kind,
        title=post.title,
        what=CALLED_OFF.get(post.language, CALLED_OFF["vi"]) if is_cancellation else post.what,
        signs="" if is_cancellation else post.signs,
        todo="" if is_cancellation else post.todo,
        channels=post.channels,
        is_urgent=post.is_urgent,
        language=post.language,
    )
    draft = begin_post(scope, post.unit, typed, list(post.areas.all()), corrects=post)
    if is_cancellation:
        draft.is_cancellation = True
        draft.save(update_fields=["is_cancellation"])
    return draft


def corrected_by(post: Post) -> list[int]:
    """Keys of the post this one corrects, of the one that one corrected, and so on."""
    keys: list[int] = []
    above = post.corrects
    while above is not None:
        keys.append(above.pk)
        above = above.corrects
    return keys


def reached_groups(post: Post) -> list[Group]:
    """Groups that what it corrects went to or may have gone to: a correction reaches every one of them."""
    states = [SendingState.SENT, SendingState.UNKNOWN, SendingState.ATTEMPTING]
    rows = Sending.objects.filter(
        post__in=corrected_by(post), channel__in=[Channel.MANUAL, Channel.GMF], state__in=states
    )
    keys = list(rows.values_list("target_key", flat=True))
    return list(Group.objects.filter(pk__in=keys).exclude(state=GroupState.ENDED))
