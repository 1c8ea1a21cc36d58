"""What officers taught the machine."""

from django.db import models

from binhyen.units.models import Unit


class LabelledExample(models.Model):
    """An officer's "this is about ...", redacted; a row of the next training. No link to a person."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    kind = models.CharField(max_length=20)
    procedure = models.CharField(max_length=60, default="")
    created_on = models.DateField()

    def __str__(self) -> str:
        return f"example {self.pk}"
