"""Stored files: bytes on disk sealed under a random name, facts in a row."""

from django.db import models

from binhyen.core.ids import new_public_id


class StoredFile(models.Model):
    """One file in the data folder. Its name on disk and in addresses is random (G50)."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit_key = models.BigIntegerField()
    content_type = models.CharField(max_length=80)
    """By content, never by name."""
    name = models.CharField(max_length=120, default="")
    """Cleaned file name for a person to read."""
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    original = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="clean_copies")
    """Set on a cleaned copy; None on an original, which officers never get directly (G10)."""
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit_key", "created_at"], name="file_by_time")]

    def __str__(self) -> str:
        return self.public_id


class FloodWindow(models.Model):
    """How often somebody did something in one window of time; the hash tells nobody who (G41)."""

    key_hash = models.CharField(max_length=64, unique=True)
    """Keyed hash of limit, window and subject; another one in every window."""
    ends_at = models.DateTimeField(db_index=True)
    """At most 24 hours after its beginning; then the row goes."""
    taken = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.taken} until {self.ends_at}"
