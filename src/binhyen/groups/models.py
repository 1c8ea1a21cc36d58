"""Groups, their counts and their QR codes. No row names or counts a single person or household (G14, G32)."""

from django.db import models

from binhyen.channels.models import Account
from binhyen.core.ids import new_public_id
from binhyen.units.models import Area, Officer, Unit


class GroupKind(models.TextChoices):
    """Who can write into the group."""

    MANUAL = "manual"
    """An ordinary Zalo group: no API reaches it, officers copy and paste (zalo section 0, point 1)."""
    GMF = "gmf"
    """Made by the page under its GMF package: driven by the API (zalo section 3.7)."""
    INTERNAL = "internal"
    """Staff only: never counted as coverage, never a target of posts."""


class GroupState(models.TextChoices):
    """Whether posts can go in."""

    ACTIVE = "active"
    DISABLED = "disabled"
    """The GMF package lapsed: sends answer -237 until it is renewed."""
    ENDED = "ended"


class Group(models.Model):
    """One group: its name, area, link, the role that runs it. Members are a number, never a list."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, null=True, on_delete=models.SET_NULL, related_name="+")
    """None: for the whole commune."""
    kind = models.CharField(max_length=10, choices=GroupKind, default=GroupKind.MANUAL)
    name = models.CharField(max_length=100)
    link = models.CharField(max_length=200, default="")
    """https://zalo.me/g/<code>; changes when an administrator resets it (zalo section 5)."""
    admin_role = models.CharField(max_length=120, default="")
    """Post of whoever runs it, as the unit publishes it: "Cảnh sát khu vực"."""
    state = models.CharField(max_length=10, choices=GroupState, default=GroupState.ACTIVE)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    """Page that drives a GMF group."""
    external_id = models.CharField(max_length=60, default="")
    """group_id of a GMF group."""
    asset_id = models.CharField(max_length=60, default="")
    most_members = models.IntegerField(null=True)
    """Size of its package: 10, 50, 100 or 1,000."""
    package_until = models.DateField(null=True)
    """Last day of its package; warned 60, 30 and 7 days before."""
    disbands_on = models.DateField(null=True)
    """auto_delete_date: 45 days after the package ended Zalo disbands the group."""
    link_checked_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "link"],
                condition=~models.Q(link="") & ~models.Q(state="ended"),
                name="one_group_per_link",
            ),
            models.UniqueConstraint(
                fields=["account", "external_id"], condition=~models.Q(external_id=""), name="one_gmf_group"
            ),
        ]
        indexes = [models.Index(fields=["unit", "state", "kind"], name="group_of_unit")]

    def __str__(self) -> str:
        return self.name


class CountSource(models.TextChoices):
    """Where a figure comes from; shown beside it."""

    TYPED = "typed"
    IMPORTED = "imported"
    API = "api"


class GroupCount(models.Model):
    """How many on one day: two numbers and nothing else."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="counts")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    member_count = models.IntegerField(null=True)
    household_count = models.IntegerField(null=True)
    """Households of the hamlet with somebody in the group, as counted by whoever runs it."""
    counted_on = models.DateField()
    source = models.CharField(max_length=10, choices=CountSource)
    officer = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["group", "-counted_on", "-id"], name="group_count_latest")]

    def __str__(self) -> str:
        return f"{self.household_count} / {self.member_count} on {self.counted_on}"


class JoinCode(models.Model):
    """What one batch of printed QR codes leads to: the unit's page that proves itself, then the group (G45)."""

    code = models.CharField(max_length=12, unique=True)
    """Upper case, without letters that are mistaken for digits."""
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, null=True, on_delete=models.SET_NULL, related_name="+")
    group = models.ForeignKey(Group, null=True, on_delete=models.SET_NULL, related_name="codes")
    procedure = models.CharField(max_length=80, default="")
    """Id of the procedure the paper is about; its page is offered first. Empty for other papers."""
    batch = models.CharField(max_length=40, default="")
    """Print run, so that scans tell which paper brings people: "P-2026-014"."""
    printed_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "area"], name="join_code_of_area")]

    def __str__(self) -> str:
        return self.code


class ScanCount(models.Model):
    """Scans of one code on one day; nothing about who or from where (G13)."""

    code = models.ForeignKey(JoinCode, on_delete=models.CASCADE, related_name="scans")
    day = models.DateField()
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "day"], name="one_scan_count_a_day")]

    def __str__(self) -> str:
        return f"{self.count} on {self.day}"
