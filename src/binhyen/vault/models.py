"""Stored files sealed on disk under random names; keys of custodians and of identities."""

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
    has_own_key = models.BooleanField(default=False)
    """True: sealed under the key of its case, not under the installation's."""
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit_key", "created_at"], name="file_by_time")]

    def __str__(self) -> str:
        return self.public_id


class CustodianKey(models.Model):
    """The key pair of one custodian; the private half opens with the custodian's passphrase alone."""

    officer_key = models.BigIntegerField()
    public_key = models.BinaryField()
    locked_private_key = models.BinaryField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    """Set when the custodian forgot the passphrase and made a new key: shares of this one are lost."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer_key"], condition=models.Q(retired_at=None), name="one_custodian_key"
            )
        ]

    def __str__(self) -> str:
        return f"custodian {self.officer_key}"


class IdentityKey(models.Model):
    """The public half of a unit's identity key."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit_key = models.BigIntegerField()
    public_key = models.BinaryField()
    created_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    """Set when a newer key took over; envelopes of this one still open with its own shares."""
    rehearsed_at = models.DateTimeField(null=True)
    """Last time two custodians proved together that the key opens."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit_key"], condition=models.Q(replaced_at=None), name="one_identity_key")
        ]

    def __str__(self) -> str:
        return f"identity key {self.pk}"


class IdentityShare(models.Model):
    """One custodian's share of an identity key, sealed to the custodian's own key."""

    identity_key = models.ForeignKey(IdentityKey, on_delete=models.CASCADE, related_name="shares")
    custodian_key = models.ForeignKey(CustodianKey, on_delete=models.PROTECT, related_name="shares")
    sealed_share = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["identity_key", "custodian_key"], name="one_share_per_custodian")
        ]

    def __str__(self) -> str:
        return f"share {self.pk}"


class FloodWindow(models.Model):
    """How often somebody did something in one window of time; the hash tells nobody who (G41)."""

    key_hash = models.CharField(max_length=64, unique=True)
    """Keyed hash of limit, window and subject; another one in every window."""
    ends_at = models.DateTimeField(db_index=True)
    """At most 24 hours after its beginning; then the row goes."""
    taken = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.taken} until {self.ends_at}"


class Export(models.Model):
    """One list that left the building: the register line stays, the archive lives until it is taken, a day at most."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit_key = models.BigIntegerField()
    officer_key = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    form = models.CharField(max_length=4)
    reason = models.CharField(max_length=200)
    row_count = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    """Of the archive, to recognise a copy."""
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    downloaded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit_key", "-created_at"], name="export_by_time")]

    def __str__(self) -> str:
        return f"export {self.public_id}"
