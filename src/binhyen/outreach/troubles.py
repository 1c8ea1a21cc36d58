"""Rows of a post that a person decides about: refused, unknown, or a link that opens nothing (G61)."""

from django.db import transaction

from binhyen.audit.actions import record
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.outreach.models import Channel, Post, PostState, Sending, SendingState
from binhyen.outreach.queries import WRITE_ROLES
from binhyen.units.scope import Scope


def _audit(scope: Scope, sending: Sending, action: str, **facts: str | int) -> None:
    subject = f"post {sending.post.public_id}"
    record(sending.unit_id, f"post.{action}", actor_key=scope.officer_id, subject=subject, facts=facts)


@transaction.atomic
def note_dead_link(scope: Scope, sending: Sending) -> None:
    """The group's link opens nothing: off the hand list and among what a person looks at. Raises "sending_gone"."""
    scope.check(sending.unit_id, WRITE_ROLES)
    rows = Sending.objects.filter(pk=sending.pk, state=SendingState.BY_HAND)
    if not rows.update(state=SendingState.REFUSED, why="link_dead", finished_at=clock.now()):
        raise NotPossible("sending_gone")
    _audit(scope, sending, "link_dead", group=sending.target_key)


@transaction.atomic
def resolve_trouble(scope: Scope, sending: Sending, *, send_again: bool, address: str = "") -> None:
    """A person looked: send once more, to a new address if there is one, or let it be (G61).

    Ordinary groups go back on the hand list. Raises NotPossible: "sending_gone"; "post_not_out" for sending again what
    was taken down.
    """
    scope.check(sending.unit_id, WRITE_ROLES)
    if send_again and sending.post.withdrawn_at is not None:
        raise NotPossible("post_not_out")
    rows = Sending.objects.filter(pk=sending.pk, state__in=[SendingState.UNKNOWN, SendingState.REFUSED])
    again = SendingState.BY_HAND if sending.channel == Channel.MANUAL else SendingState.PLANNED
    values = {"state": again, "due_at": clock.now(), "finished_at": None, "why": ""}
    values["target_address"] = address or sending.target_address
    if not send_again:
        values = {"state": SendingState.CANCELLED, "finished_at": clock.now(), "officer_id": scope.officer_id}
    if not rows.update(**values):
        raise NotPossible("sending_gone")
    if send_again:
        Post.objects.filter(pk=sending.post_id, state=PostState.SENT).update(state=PostState.SENDING)
    _audit(scope, sending, "resolved", again="yes" if send_again else "no")
