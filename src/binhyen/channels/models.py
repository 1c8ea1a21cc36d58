"""Accounts: which page of which unit hangs on which connector, with secrets sealed (G42)."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.units.models import Unit


class Application(models.Model):
    """An app registered with a platform; one webhook address serves all pages of the app (zalo section 2.1)."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    """Part of the webhook address: /hooks/<connector>/<public_id>."""
    connector = models.CharField(max_length=20)
    external_id = models.CharField(max_length=40)
    """app_id, a decimal string above 2^53."""
    sealed_keys = models.BinaryField()
    """JSON of app_secret, oa_secret_key, code_verifier, mac_first_term; sealed for the purpose "channel.keys"."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connector", "external_id"], name="one_application")]

    def __str__(self) -> str:
        return f"{self.connector} {self.public_id}"


class AccountState(models.TextChoices):
    """Whether the account can send."""

    ACTIVE = "active"
    NEEDS_CONSENT = "needs_consent"
    """Token lost or revoked: a page administrator must consent again."""
    BLOCKED = "blocked"
    """The platform locked the page, or the package has no API."""


class Account(models.Model):
    """One page, portal or desk of a unit."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="accounts")
    connector = models.CharField(max_length=20)
    application = models.ForeignKey(Application, null=True, on_delete=models.PROTECT, related_name="accounts")
    external_id = models.CharField(max_length=60)
    """oa_id of a Zalo page; the unit's public id for web and manual."""
    name = models.CharField(max_length=120, default="")
    state = models.CharField(max_length=20, choices=AccountState, default=AccountState.ACTIVE)
    state_reason = models.CharField(max_length=200, default="")
    sealed_tokens = models.BinaryField(default=b"")
    """JSON of access_token, refresh_token; sealed for the purpose "channel.tokens"."""
    token_expires_at = models.DateTimeField(null=True)
    refresh_started_at = models.DateTimeField(null=True)
    """Mark written before the platform is asked for new tokens (zalo section 1.6, step 2)."""
    held_until = models.DateTimeField(null=True)
    """Rate limit met: nothing goes out before this time."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connector", "external_id"], name="one_account")]

    def __str__(self) -> str:
        return f"{self.connector} {self.name or self.public_id}"


class ConsentRequest(models.Model):
    """One trip of a page administrator to the platform's consent page; its state is good for one use."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    officer_key = models.BigIntegerField(null=True)
    """Who asked; only they may come back. None in the demo."""
    sealed_verifier = models.BinaryField()
    """PKCE verifier; sealed for the purpose "channel.keys"."""
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"consent {self.public_id}"


class PageCountSource(models.TextChoices):
    """Where a page's figures come from; shown beside them."""

    API = "api"
    TYPED = "typed"


class PageCount(models.Model):
    """Followers of a page on one day: a number, never a list."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="counts")
    follower_count = models.IntegerField(default=0)
    is_verified = models.BooleanField(default=False)
    counted_on = models.DateField()
    source = models.CharField(max_length=10, choices=PageCountSource)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "counted_on"], name="one_page_count_a_day")]

    def __str__(self) -> str:
        return f"{self.follower_count} on {self.counted_on}"
