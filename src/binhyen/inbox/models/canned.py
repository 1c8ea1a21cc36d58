"""Texts a unit answers with again and again, and the few fixed steps that go with them."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.inbox.models.topics import Topic
from binhyen.units.models import Officer, Unit


class CannedReply(models.Model):
    """A reply ready to insert: drafted by an officer, in use as a leader approved it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=80, default="")
    """Approved title and text; empty while nothing was approved yet."""
    text = models.TextField(default="")
    folded = models.TextField(default="", editable=False)
    proposed_title = models.CharField(max_length=80, default="")
    proposed_text = models.TextField(default="")
    """Waits for a leader; empty when nothing waits."""
    proposed_by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    returned_why = models.CharField(max_length=200, default="")
    """Why a leader gave the draft back."""
    approved_by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)
    """Grows with every change, so that two people do not overwrite each other."""
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["unit", "is_withdrawn"], name="canned_by_unit")]

    def __str__(self) -> str:
        return self.title or self.proposed_title


class Assigns(models.TextChoices):
    """What a macro does with the officer in charge."""

    NOTHING = ""
    ME = "me"
    NOBODY = "nobody"


class Macro(models.Model):
    """A few fixed steps under one name, always in this order: topic, reply, officer in charge, close."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    topic = models.ForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="+")
    canned = models.ForeignKey(CannedReply, null=True, on_delete=models.SET_NULL, related_name="+")
    assigns = models.CharField(max_length=10, choices=Assigns, default=Assigns.NOTHING, blank=True)
    closes = models.BooleanField(default=False)
    made_by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["unit", "is_withdrawn"], name="macro_by_unit")]

    def __str__(self) -> str:
        return self.name
