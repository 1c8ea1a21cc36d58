"""Officers, their roles, and wrong sign-ins."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.units.models.units import Unit


class Role(models.TextChoices):
    """The seven fixed roles."""

    DUTY_OFFICER = "duty_officer"
    BEAT_OFFICER = "beat_officer"
    PAGE_EDITOR = "page_editor"
    COMMANDER = "commander"
    IDENTITY_CUSTODIAN = "identity_custodian"
    UNIT_ADMINISTRATOR = "unit_administrator"
    TECHNICAL_ADMINISTRATOR = "technical_administrator"


class OfficerManager(BaseUserManager["Officer"]):
    """Makes officers with a usable password hash."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Officer":
        """A saved officer; without a password only a passkey can sign in."""
        officer = self.model(username=username, **fields)
        officer.set_password(password)
        officer.save(using=self._db)
        return officer


class Officer(AbstractBaseUser):
    """A person who works in the console; signs in with a passkey or TOTP (G35)."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=100)
    email = models.EmailField(default="", blank=True)
    language = models.CharField(max_length=5, default="vi")
    theme = models.CharField(max_length=10, default="system")
    is_active = models.BooleanField(default=True)
    alerts_by_mail = models.BooleanField(default=True)
    """Whether duty alerts also go to `email`; False is final: off means off."""
    alerts_by_zalo = models.BooleanField(default=True)
    """Whether duty alerts also go to the officer's own linked Zalo."""
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OfficerManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        """Name shown to colleagues."""
        return self.full_name


class Membership(models.Model):
    """One role of one officer in one unit."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="memberships")
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "officer", "role"], name="one_role_once")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.role} {self.unit_id}"


class WrongSignIns(models.Model):
    """Wrong tries for one name, known or not, so that guessing slows down on every process alike (G36)."""

    name_hash = models.CharField(max_length=64, unique=True)
    """Keyed hash of the folded name typed; the name itself is not kept."""
    wrong_count = models.IntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.wrong_count} wrong tries"
