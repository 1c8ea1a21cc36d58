"""Units in their tree, areas, officers with roles, and the telephone directory."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.core.text import fold, sort_key


class UnitKind(models.TextChoices):
    """Level of a unit; districts are historic (abolished 2025-03-01)."""

    MINISTRY = "ministry"
    PROVINCE_POLICE = "province_police"
    DISTRICT_POLICE = "district_police"
    COMMUNE_POLICE = "commune_police"


class Address(models.TextChoices):
    """How the unit addresses residents; the variable {ai} of the interface."""

    BA_CON = "bà con"
    BAN = "bạn"
    QUY_VI = "quý vị"


class Unit(models.Model):
    """A police unit that serves residents here."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    kind = models.CharField(max_length=20, choices=UnitKind)
    name = models.CharField(max_length=120)
    """Full name: "Công an xã Thạch Bình"."""
    short_name = models.CharField(max_length=60)
    """What the unit calls itself: "Công an xã"."""
    place_name = models.CharField(max_length=120, default="")
    """Place and province for people who choose: "xã Thạch Bình, tỉnh Hà Tĩnh"."""
    slug = models.SlugField(max_length=60, unique=True)
    """Its address on the portal."""
    national_code = models.CharField(max_length=10, default="", blank=True)
    """Code of the administrative unit in the national list."""
    address_form = models.CharField(max_length=20, choices=Address, default=Address.BA_CON)
    office_hours = models.CharField(max_length=200, default="")
    """Sentence for residents; computing hours come with duty."""
    street_address = models.CharField(max_length=200, default="")
    duty_phone = models.CharField(max_length=20, default="")
    """Number that answers day and night; shown on every page."""
    has_api = models.BooleanField(default=True)
    """False: the Zalo page has no API package, officers work by the paste-in desk."""
    sending_stopped_at = models.DateTimeField(null=True)
    """Set while the unit's switch holds back everything outgoing (G44)."""
    answers_automatically = models.BooleanField(default=True)
    """False: confident answers are offered as buttons only."""
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class UnitName(models.Model):
    """A name the unit is found by: its own, short forms and names from before a reorganisation."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=160)
    folded = models.CharField(max_length=160, db_index=True, editable=False)
    is_current = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="one_name_per_unit")]

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the search form beside the name: a fact of this row."""
        self.folded = fold(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A hamlet, neighbourhood or household cluster of a commune; counted, never listed by household (G32)."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="areas")
    name = models.CharField(max_length=120)
    """With its local kind: "Thôn Đông Tiến", "Buôn Ea Nao"."""
    local_kind = models.CharField(max_length=30, default="thôn")
    household_count = models.IntegerField(null=True)
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

    class Meta:
        indexes = [models.Index(fields=["unit", "position"], name="directory_order")]

    def __str__(self) -> str:
        return f"{self.title} {self.phone}"


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
