"""Records of what and who was lost or found, claims on them, and the hand-over in person."""

from django.db import models

from binhyen.core.ids import new_public_id
from binhyen.units.models import Area, Officer, Unit
from binhyen.vault.models import StoredFile


class RecordKind(models.TextChoices):
    """What the record is about; clocks of the law file go by it (`kinds` of deadlines.yaml)."""

    FOUND_ITEM = "found_item"
    LOST_ITEM = "lost_item"
    FOUND_CHILD = "found_child"
    MISSING_CHILD = "missing_child"
    FOUND_PERSON = "found_person"
    MISSING_PERSON = "missing_person"


class Category(models.TextChoices):
    """Rough kind of a thing, as a notice names it."""

    MONEY = "money"
    WALLET = "wallet"
    PHONE = "phone"
    PAPERS = "papers"
    KEYS = "keys"
    BAG = "bag"
    JEWELRY = "jewelry"
    VEHICLE = "vehicle"
    LIVESTOCK = "livestock"
    POULTRY = "poultry"
    OTHER = "other"
    PERSON = "person"


class RecordState(models.TextChoices):
    """Life of a record."""

    DRAFT = "draft"
    """Not looked at or not complete; nothing of it is public."""
    REVIEW = "review"
    """Handed to a second officer for publication."""
    PUBLISHED = "published"
    KEPT = "kept"
    """In the register without a notice: lost items, things that need none, notices that ended."""
    RESOLVED = "resolved"
    """Found: the notice is down, the hand-over is still to come or not needed."""
    HANDED_OVER = "handed_over"
    CLOSED = "closed"
    """Ended otherwise: the finder or the State became owner, or the report ran out."""
    JOINED = "joined"
    """Another report of the same thing or person; it ends with the record it was joined to."""


class Source(models.TextChoices):
    """The way it came."""

    CHAT = "chat"
    PORTAL = "portal"
    COUNTER = "counter"


class LegalBasis(models.TextChoices):
    """Why a child may be published (law section 7; PDPL Art. 16.2, 19.1.b)."""

    GUARDIAN_CONSENT = "guardian_consent"
    EMERGENCY_CRIME_PREVENTION = "emergency_crime_prevention"
    LAW_PROVIDES = "law_provides"


class Record(models.Model):
    """One thing or person lost or found. What proves ownership and who reported are sealed."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    number = models.IntegerField()
    """Counts from 1 within the unit: F-12, M-7."""
    kind = models.CharField(max_length=16, choices=RecordKind)
    category = models.CharField(max_length=12, choices=Category, default=Category.OTHER)
    state = models.CharField(max_length=12, choices=RecordState, default=RecordState.DRAFT)
    source = models.CharField(max_length=8, choices=Source)
    conversation_key = models.BigIntegerField(null=True)
    """The conversation it came from; its words stay there."""
    description = models.CharField(max_length=200, default="")
    """What the notice says of a thing: category and colour, nothing that proves ownership."""
    first_name = models.CharField(max_length=20, default="")
    """First name or pet name of a person; for adults the name the family agreed to."""
    age_band = models.CharField(max_length=30, default="")
    """"khoảng 5 tuổi"."""
    clothing = models.CharField(max_length=120, default="")
    place = models.CharField(max_length=120, default="")
    area = models.ForeignKey(Area, null=True, on_delete=models.SET_NULL, related_name="+")
    happened_on = models.DateField(null=True)
    picture = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    """Cleaned copy; found things and people only."""
    picture_is_fit = models.BooleanField(default=False)
    """The writer looked: no papers, no other faces. The second officer looks again."""
    picture_faces = models.IntegerField(null=True)
    """Faces the machine saw in it; None where no machine looked (ADR 19)."""
    sealed_proof = models.BinaryField(default=b"")
    """Questions and answers that prove ownership (G24); open to the unit's officers alone."""
    proof_count = models.IntegerField(default=0)
    sealed_contact = models.BinaryField(default=b"")
    """Name and telephone number of who reported."""
    value_vnd = models.BigIntegerField(null=True)
    """Estimated value or amount; never part of a notice."""
    storage_cost_vnd = models.BigIntegerField(default=0)
    legal_basis = models.CharField(max_length=30, choices=LegalBasis, default="")
    basis_note = models.CharField(max_length=300, default="")
    author = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    """Who handed it over for publication."""
    approver = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    post_key = models.CharField(max_length=16, default="")
    """Public id of the post that carries it to page and groups."""
    received_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    notice_at = models.DateTimeField(null=True)
    """First publication: the waiting year counts from it."""
    public_until = models.DateTimeField(null=True)
    """The notice ends by itself then; children after 72 hours."""
    taken_down_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    finder_told_at = models.DateTimeField(null=True)
    joined_to = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="joined")
    """The record of the same thing; who reported here stays known, to be told the result as well."""
    is_same_reporter = models.BooleanField(default=False)
    """A joined report of the very person who made the first one: one finder, told once."""
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="one_lost_found_number")]
        indexes = [
            models.Index(fields=["unit", "state", "-id"], name="lost_found_of_unit"),
            models.Index(fields=["state", "public_until"], name="lost_found_ending"),
            models.Index(fields=["unit", "conversation_key"], name="lost_found_of_chat"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """ "F-12" for found, "M-7" for missing and lost."""
        return f"{'F' if self.kind.startswith('found') else 'M'}-{self.number}"

    @property
    def is_child(self) -> bool:
        """Whether a person under 16 is meant."""
        return self.kind in (RecordKind.FOUND_CHILD, RecordKind.MISSING_CHILD)

    @property
    def is_person(self) -> bool:
        """Whether a person is meant, not a thing."""
        return self.kind not in (RecordKind.FOUND_ITEM, RecordKind.LOST_ITEM)


class ClaimState(models.TextChoices):
    """What became of a claim."""

    OPEN = "open"
    INVITED = "invited"
    """Enough answers fit: the claimant is asked to come in person."""
    REFUSED = "refused"
    SET_ASIDE = "aside"
    """It fits as well as another one, and an officer decided for the other, with a listed reason."""
    DONE = "done"
    PASSED = "passed"
    """The thing went to somebody else meanwhile; this claimant is still to be told."""


class SetAside(models.TextChoices):
    """Why one of several fitting claims steps back."""

    WITHDREW = "withdrew"
    ONE_FAMILY = "one_family"
    """Husband and wife, parent and child: one of them receives."""
    FURTHER_PROOF = "further_proof"
    """Asked again in person, with papers and bills, the other one proved more."""
    COURT = "court"
    """A court or an agreement in writing decided."""


class Claim(models.Model):
    """Somebody says the thing is theirs; answers and contact are sealed."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="claims")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    sealed_answers = models.BinaryField()
    sealed_contact = models.BinaryField()
    state = models.CharField(max_length=8, choices=ClaimState, default=ClaimState.OPEN)
    matched = models.JSONField(default=list)
    """What an officer judged, answer by answer: true fits, false does not."""
    set_aside_for = models.CharField(max_length=14, choices=SetAside, default="")
    told_at = models.DateTimeField(null=True)
    """When a claimant who does not get the thing was told."""
    judged_by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["record", "-id"], name="claim_of_record")]

    def __str__(self) -> str:
        return f"claim {self.public_id} {self.state}"


class HandOver(models.Model):
    """A hand-over in person: two officers, papers looked at, a record drafted and signed on paper."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="hand_over")
    claim = models.ForeignKey(Claim, null=True, on_delete=models.SET_NULL, related_name="+")
    sealed_receiver = models.BinaryField(default=b"")
    """Name of who received, and how the papers were called; no copy of a paper is kept."""
    papers_seen = models.BooleanField(default=False)
    first_officer = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    second_officer = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    prepared_at = models.DateTimeField()
    record_printed_at = models.DateTimeField(null=True)
    """Set when the draft of form 155 was made."""
    record_signed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"hand-over of {self.record_id}"


class TakeDown(models.Model):
    """A group where the notice stands and only a person can remove it; open until somebody ticks it off (G21).

    A page where it may stand has the negative key of its account.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="take_downs")
    target_key = models.BigIntegerField()
    target_name = models.CharField(max_length=120)
    target_link = models.CharField(max_length=200, default="")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    officer = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "target_key"], name="one_take_down_per_group")]

    def __str__(self) -> str:
        return f"take down in {self.target_name}"
