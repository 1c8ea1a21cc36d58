"""Hamlets and neighbourhoods, and the telephone directory."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.core.text import sort_key
from binhyen.units.models.units import Unit


class AreaKind(models.TextChoices):
    """What an area is; the local word stands in `local_kind`."""

    HAMLET = "hamlet"
    NEIGHBOURHOOD = "neighbourhood"
    HOUSEHOLD_CLUSTER = "household_cluster"


class Area(models.Model):
    """A hamlet, neighbourhood or household cluster of a commune; counted, never listed by household (G32)."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="areas")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    """The hamlet a household cluster belongs to."""
    kind = models.CharField(max_length=20, choices=AreaKind, default=AreaKind.HAMLET)
    name = models.CharField(max_length=120)
    """With its local kind: "Thôn Đông Tiến", "Buôn Ea Nao"."""
    local_kind = models.CharField(max_length=30, default="thôn")
    household_count = models.IntegerField(null=True)
    inhabitant_count = models.IntegerField(null=True)
    sort_key = models.CharField(max_length=600, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="one_area_per_name")]

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the collation key beside the name: a fact of this row."""
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def __str__(self) -> str:
        return self.name


class DirectoryEntry(models.Model):
    """A number residents may call, published by the unit."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="directory")
    area = models.ForeignKey(Area, null=True, on_delete=models.CASCADE, related_name="directory")
    """Set when the person is in charge of one area."""
    title = models.CharField(max_length=120)
    """Post, and the name the unit chose to publish: "Cảnh sát khu vực, đ/c Hùng"."""
    phone = models.CharField(max_length=20)
    position = models.IntegerField(default=0)
    """Order on the list, small first."""
    is_emergency = models.BooleanField(default=False)
    """A local emergency number, shown beside 113, 114, 115 and 111."""
    in_office_hours_only = models.BooleanField(default=False)
    """Outside office hours the duty number is given instead."""

    class Meta:
        indexes = [models.Index(fields=["unit", "position"], name="directory_order")]

    def __str__(self) -> str:
        return f"{self.title} {self.phone}"
