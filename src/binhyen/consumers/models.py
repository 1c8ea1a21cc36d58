"""API consumers, their call counts, webhook subscriptions and the notices sent to them."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.units.models import Officer, Unit


class Consumer(models.Model):
    """Another system with a key of its own; sees its unit and the units below, within its scopes."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    """What it is, in the administrator's words: "Cổng thông tin xã"."""
    scopes = models.JSONField(default=list)
    """Values of `rules.ApiScope`."""
    key_hash = models.CharField(max_length=64, unique=True)
    """Keyed hash of the key, which is shown once and never stored."""
    key_end = models.CharField(max_length=4)
    """Last four characters, so that people can tell keys apart."""
    calls_per_minute = models.IntegerField(default=60)
    calls_per_day = models.IntegerField(default=10_000)
    is_active = models.BooleanField(default=True)
    created_by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "name"], name="consumer_by_unit")]

    def __str__(self) -> str:
        return f"consumer {self.public_id}"


class CallWindow(models.Model):
    """How many calls a consumer made in one minute or on one day; old windows are forgotten."""

    consumer = models.ForeignKey(Consumer, on_delete=models.CASCADE, related_name="+")
    length_s = models.IntegerField()
    starts_at = models.DateTimeField()
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consumer", "length_s", "starts_at"], name="one_call_window")]

    def __str__(self) -> str:
        return f"window {self.pk}"


class Subscription(models.Model):
    """An address of a consumer that is told what happened."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    consumer = models.ForeignKey(Consumer, on_delete=models.CASCADE, related_name="subscriptions")
    url = models.CharField(max_length=500)
    events = models.JSONField(default=list)
    """Values of `rules.NoticeEvent`."""
    sealed_secret = models.BinaryField()
    """Signing secret, sealed by the key ring (G42)."""
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"subscription {self.public_id}"


class ToldUntil(models.Model):
    """How far the rows of one source were announced."""

    source = models.CharField(max_length=40, unique=True)
    last_key = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.source} until {self.last_key}"


class NoticeState(models.TextChoices):
    """Life of a notice."""

    PLANNED = "planned"
    SENT = "sent"
    FAILED = "failed"
    """All tries are used up; an administrator may send it again."""


class Notice(models.Model):
    """One event told to one subscription; ids and codes only, nothing a resident wrote."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    """The header webhook-id: the same at every try and replay, so that the receiver can drop repeats."""
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="notices")
    event = models.CharField(max_length=40)
    body = models.TextField()
    """JSON as it is signed and sent."""
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.PLANNED)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=60, default="")
    """Outcome of the last try: "http_503", "media_ConnectError"; "" when it went well."""

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="planned"), name="notice_due"),
            models.Index(fields=["subscription", "-id"], name="notice_by_subscription"),
        ]

    def __str__(self) -> str:
        return f"notice {self.public_id}"
