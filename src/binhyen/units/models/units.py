"""Units in their tree, every name and address they are or were found by."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.core.text import fold


class UnitKind(models.TextChoices):
    """Level of a unit; districts are historic (abolished 2025-03-01)."""

    MINISTRY = "ministry"
    PROVINCE_POLICE = "province_police"
    DISTRICT_POLICE = "district_police"
    COMMUNE_POLICE = "commune_police"
    POLICE_POST = "police_post"


class Address(models.TextChoices):
    """How the unit addresses residents; the variable {ai} of the interface."""

    BA_CON = "bà con"
    BAN = "bạn"
    QUY_VI = "quý vị"


class Unit(models.Model):
    """A police unit that serves residents here."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=255, default="", editable=False, db_index=True)
    """Keys from the top of the tree down to this unit, "/1/34/567/"; kept by `units.tree`."""
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
    """Sentence for residents; rows of OfficeHours compute."""
    is_remote_area = models.BooleanField(default=False)
    """Remote, mountainous or island: some limits of the law are longer (law section 3.1)."""
    street_address = models.CharField(max_length=200, default="")
    duty_phone = models.CharField(max_length=20, default="")
    """Number that answers day and night; shown on every page."""
    has_api = models.BooleanField(default=True)
    """False: the Zalo page has no API package, officers work by the paste-in desk."""
    sending_stopped_at = models.DateTimeField(null=True)
    """Set while the unit's switch holds back everything outgoing (G44)."""
    publishes_figures = models.BooleanField(default=False)
    """Open data: anybody may fetch the unit's figures, hidden as on its own page (G28)."""
    answers_automatically = models.BooleanField(default=True)
    """False: confident answers are offered as buttons only."""
    went_live_at = models.DateTimeField(null=True)
    """When an administrator finished the set-up guide; None: still being set up."""
    skipped_steps = models.JSONField(default=list)
    """Steps of the set-up guide that were left out on purpose."""
    closed_on = models.DateField(null=True)
    """Day of the reorganisation that ended it; its history stays readable for the successors."""
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors", blank=True)
    """Units that took over its people and papers."""
    created_at = models.DateTimeField(auto_now_add=True)

    def save(self, *args: object, **kwargs: object) -> None:
        """A new row gets its path, which holds its own key: a fact of this row."""
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        if not self.path:
            self.path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
            Unit.objects.filter(pk=self.pk).update(path=self.path)

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


class FormerAddress(models.Model):
    """A portal address from before a reorganisation: printed codes keep leading to the unit."""

    slug = models.SlugField(max_length=60, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="former_addresses")

    def __str__(self) -> str:
        return self.slug
