"""Reads of reviews and tasks; the scope of who looks comes first."""

from django.db.models import Q

from binhyen.core.errors import NotAllowed
from binhyen.reviews.models import Review, ReviewVersion, Task
from binhyen.statistics.queries import VIEW_ROLES
from binhyen.units.models import Unit
from binhyen.units.scope import LEADER_ROLES, Scope

READ_ROLES = VIEW_ROLES
"""Who reads reviews: those who see the figures in them."""
WRITE_ROLES = LEADER_ROLES
"""Who writes them and closes them."""
SHOWN = 60


def reviews_for(scope: Scope, unit: Unit) -> list[Review]:
    """The unit's reviews, the latest period first. Raises NotAllowed."""
    scope.check(unit.pk, READ_ROLES)
    return list(Review.objects.filter(unit=unit).select_related("author").order_by("-ends_on", "-starts_on")[:SHOWN])


def access_review(scope: Scope, public_id: str) -> Review:
    """One review, when the officer may read those of its unit. Raises NotAllowed."""
    review = Review.objects.filter(public_id=public_id).select_related("unit__parent", "author", "closed_by").first()
    if review is None:
        raise NotAllowed
    scope.check(review.unit_id, READ_ROLES)
    return review


def access_task(scope: Scope, review: Review, public_id: str) -> Task:
    """A task the review shows: its own, or one that came back. Raises NotAllowed."""
    task = Task.objects.filter(public_id=public_id, unit_id=review.unit_id).select_related("review").first()
    if task is None or task.review.ends_on > review.ends_on:
        raise NotAllowed
    scope.check(review.unit_id, READ_ROLES)
    return task


def tasks_of(review: Review) -> list[Task]:
    """What the review hands out, by day."""
    return list(Task.objects.filter(review=review).order_by("due_on", "id"))


def tasks_back(review: Review) -> list[Task]:
    """Tasks of earlier reviews: those still open, and those done since the review before this one."""
    earlier = Review.objects.filter(unit_id=review.unit_id, ends_on__lt=review.ends_on).exclude(pk=review.pk)
    last = earlier.order_by("-ends_on", "-starts_on").first()
    if last is None:
        return []
    rows = Task.objects.filter(review__in=earlier).filter(Q(done_on=None) | Q(done_on__gt=last.ends_on))
    return list(rows.select_related("review").order_by("due_on", "id"))


def versions_of(review: Review) -> list[ReviewVersion]:
    """Every version, the latest first."""
    return list(review.versions.select_related("officer").order_by("-version"))
