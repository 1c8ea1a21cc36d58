"""Reviews, their versions, and the tasks they hand out; no row names a resident."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.units.models import Officer, Unit


class ReviewState(models.TextChoices):
    """Life of a review."""

    DRAFT = "draft"
    """Figures are read live."""
    CLOSED = "closed"
    """The meeting was held: figures stay as they were then, texts can still be corrected."""


class Review(models.Model):
    """The review of one unit and one span of days."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    """The last day, included."""
    state = models.CharField(max_length=8, choices=ReviewState, default=ReviewState.DRAFT)
    version = models.IntegerField(default=1)
    """Grows with every change of the texts."""
    texts = models.JSONField(default=dict)
    """Name of a part (`rules.PARTS`) -> its text."""
    figures = models.JSONField(null=True)
    """What was printed when it was closed (`figures.as_kept`)."""
    author = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "starts_on", "ends_on"], name="one_review_a_span")]
        indexes = [models.Index(fields=["unit", "-ends_on"], name="review_of_unit")]

    def __str__(self) -> str:
        return f"review {self.starts_on}..{self.ends_on}"


class ReviewVersion(models.Model):
    """The texts as they stood after one change."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="versions")
    version = models.IntegerField()
    texts = models.JSONField()
    officer = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "version"], name="one_review_version")]

    def __str__(self) -> str:
        return f"version {self.version}"


class Task(models.Model):
    """Something to do until the next review."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="tasks")
    """Where it was handed out."""
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=120)
    """An officer or a role of the unit, in words: "Trực ban", "Đ/c Mây"."""
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    done_note = models.CharField(max_length=300, default="")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "done_on", "due_on"], name="task_of_unit")]

    def __str__(self) -> str:
        return f"task {self.public_id}"
