"""Nothing more goes out: cancelled before its time, taken down, or corrected by another post."""

from collections.abc import Collection

from django.db import transaction

from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.inbox.models import Delivery, DeliveryState
from binhyen.outreach.actions import audit, lock
from binhyen.outreach.models import Post, PostMessage, PostState, Sending, SendingState
from binhyen.outreach.queries import APPROVE_ROLES, WRITE_ROLES
from binhyen.units.scope import Scope


@transaction.atomic
def cancel(scope: Scope, post: Post) -> None:
    """Take an approved post back before it goes out, up to the last second. Raises NotPossible("post_too_late").

    A post that was out already only loses its repetitions: what people read was approved and stays so (G43).
    """
    scope.check(post.unit_id, WRITE_ROLES | APPROVE_ROLES)
    lock(post, PostState.APPROVED, code="post_too_late")
    if post.published_at is not None:
        end_repetition(post)
    else:
        post.state, post.send_at, post.approver, post.approved_at = PostState.DRAFT, None, None, None
    post.changed_at = clock.now()
    post.save()
    audit(scope, post, "cancelled", version=post.version)


def end_repetition(post: Post) -> None:
    """An unsaved change: no further round; one that waits for its time is not begun."""
    post.repeat_days = None
    if post.state == PostState.APPROVED and post.published_at is not None:
        post.state, post.round = PostState.SENT, post.round - 1
        post.send_at = post.finished_at or post.published_at


@transaction.atomic
def withdraw(scope: Scope, post: Post) -> None:
    """Take a published post down: the board at once, what is not sent yet never; repetitions end. Not undone.

    Articles of the Zalo page are removed by `workflows.publishing`; what groups got needs a correction.
    Raises NotPossible("post_not_out").
    """
    scope.check(post.unit_id, WRITE_ROLES | APPROVE_ROLES)
    lock(post, PostState.SENDING, PostState.SENT, PostState.APPROVED, code="post_not_out")
    if post.published_at is None:
        raise NotPossible("post_not_out")
    end_repetition(post)
    now = clock.now()
    post.state, post.withdrawn_at, post.changed_at = PostState.WITHDRAWN, now, now
    post.save()
    stop_sending(post, "withdrawn")
    audit(scope, post, "withdrawn")


@transaction.atomic
def stop_corrected(post: Post) -> None:
    """A correction of the post goes out: nobody gets the first words after it, by machine or from the hand list."""
    row = Post.objects.select_for_update().get(pk=post.pk)
    end_repetition(row)
    row.save(update_fields=["repeat_days", "state", "round", "send_at"])
    stop_sending(post, "corrected")


def stop_sending(post: Post, why: str) -> None:
    """What is planned or on the hand list is not needed any more. Calls on their way end by themselves."""
    now = clock.now()
    open_rows = Sending.objects.filter(post=post, state__in=[SendingState.PLANNED, SendingState.BY_HAND])
    open_rows.update(state=SendingState.CANCELLED, finished_at=now, why=why)
    told = PostMessage.objects.filter(post=post).values("message_key")
    open_ones = Delivery.objects.filter(message_id__in=told, state=DeliveryState.PLANNED)
    open_ones.update(state=DeliveryState.CANCELLED, finished_at=now, why=why)


def drop_claimed(keys: Collection[int], posts: Collection[int]) -> None:
    """Rows marked for sending whose post was taken down or corrected in the meantime."""
    rows = Sending.objects.filter(pk__in=keys, post__in=posts, state=SendingState.ATTEMPTING)
    rows.update(state=SendingState.CANCELLED, finished_at=clock.now(), why="withdrawn")
