"""Print runs with their state and files, and the unit's own mark. Nothing here is about a person."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.units.models import Officer, Unit
from binhyen.vault.models import StoredFile


class BatchState(models.TextChoices):
    """How far a print run is."""

    WAITING = "waiting"
    RUNNING = "running"
    STOPPED = "stopped"
    """By an officer; it goes on from where it was."""
    DONE = "done"
    FAILED = "failed"


class Bundle(models.TextChoices):
    """How the papers are handed out."""

    PDF = "pdf"
    """One file with every page."""
    ZIP = "zip"
    """Files of some pages each, in one archive."""


class PrintBatch(models.Model):
    """One print run: what was ordered, word for word, so that it can be made again after a crash."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=20)
    """Printed on every sheet and known to its QR codes: "P-2026-014"."""
    paper = models.CharField(max_length=20)
    """A value of `papers.Paper`."""
    ordered = models.JSONField()
    """Unit facts, targets, wording, copies and days, as `orders.order_in` reads them."""
    bundle = models.CharField(max_length=3, choices=Bundle, default=Bundle.PDF)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.WAITING)
    failure = models.CharField(max_length=30, default="")
    """Code of what went wrong: "unreadable", "typesetting", "disk_full"."""
    done_count = models.IntegerField(default=0)
    """Targets whose papers are made and whose code was read back."""
    total_count = models.IntegerField()
    page_count = models.IntegerField()
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="one_print_number")]
        indexes = [
            models.Index(fields=["state", "created_at"], name="print_queue"),
            models.Index(fields=["unit", "-created_at"], name="print_of_unit"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def percent(self) -> int:
        """Share that is made, 0 to 100."""
        return 100 * self.done_count // max(1, self.total_count)


class PrintPart(models.Model):
    """Pages of a run that are made already."""

    batch = models.ForeignKey(PrintBatch, on_delete=models.CASCADE, related_name="parts")
    first = models.IntegerField()
    """Position of its first target in the order."""
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "first"], name="one_part_once")]

    def __str__(self) -> str:
        return f"{self.batch_id} from {self.first}"


class UnitMark(models.Model):
    """The unit's own mark, uploaded after somebody stated that it may be used."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="+")
    png = models.BinaryField()
    """At most 400 x 400 pixels in greys."""
    confirmed_by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"mark of unit {self.unit_id}"
