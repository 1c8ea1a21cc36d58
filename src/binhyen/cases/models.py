"""Cases, their append-only history, files, clocks, and who must not see them. No row knows a contact."""

from django.db import models

from binhyen.cases import piece_rows  # noqa: F401 - their tables belong to this room
from binhyen.cases.conduct_rows import ConductFeedback  # noqa: F401 - its table belongs to this room
from binhyen.cases.incidents import models as incident_rows  # noqa: F401 - and theirs
from binhyen.cases.openings import Opening, OpeningShare  # noqa: F401 - their tables belong to this room
from binhyen.cases.states import CaseState
from binhyen.core.ids import new_public_id
from binhyen.units.models import Officer, Unit
from binhyen.vault.models import IdentityKey, StoredFile


class CaseKind(models.TextChoices):
    """What kind of report it is; names and routes stand in the law data (`case_kinds` of deadlines.yaml)."""

    CRIME_ACCUSATION = "crime_accusation"
    CRIME_TIP = "crime_tip"
    FEEDBACK = "feedback"
    PETITION = "petition"


class CaseChannel(models.TextChoices):
    """The way a report came."""

    WEB = "web"
    ZALO = "zalo"
    PHONE = "phone"
    COUNTER = "counter"
    TRANSFER = "transfer"
    API = "api"
    """By another system, in the open."""


class Case(models.Model):
    """One report and what becomes of it. Everything told is sealed under the case's own key."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.BigIntegerField()
    """Counts from 1 within the unit, for people to say aloud: #4827."""
    kind = models.CharField(max_length=20, choices=CaseKind)
    channel = models.CharField(max_length=10, choices=CaseChannel)
    state = models.CharField(max_length=24, choices=CaseState, default=CaseState.RECEIVED)
    is_urgent = models.BooleanField(default=False)
    receipt_hash = models.CharField(max_length=64, unique=True, null=True)
    """Argon2id of the receipt code (G9); None on a part of a split case and on one transferred in."""
    second_secret_hash = models.CharField(max_length=64, default="")
    """Argon2id of the word that shows the reporter the own text again; "" when none was chosen."""
    submission_key = models.CharField(max_length=64, unique=True, null=True)
    """Keyed hash of the form that was sent, so that sending it twice makes one case."""
    wrapped_key = models.BinaryField()
    """The content key, wrapped by the unit's key in the ring. Empty: the case is erased for good."""
    sealed_report = models.BinaryField()
    sealed_identity = models.BinaryField(default=b"")
    """Envelope of the reporter's name and telephone number; empty for a report without a name."""
    identity_key = models.ForeignKey(IdentityKey, null=True, on_delete=models.PROTECT, related_name="+")
    assigned_to = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    goes_up = models.BooleanField(default=False)
    """The unit has nobody without a conflict: the superior unit works it (G7)."""
    split_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    """The case this one is a part of; one answer stands on the whole."""
    transferred_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="onward")
    received_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    waits_for_reporter_since = models.DateTimeField(null=True)
    """Set while a question to the reporter is open: service clocks pause."""
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="one_case_number")]
        indexes = [
            models.Index(fields=["unit", "state", "-is_urgent", "received_at"], name="case_queue"),
            models.Index(fields=["unit", "-received_at"], name="case_recent"),
        ]

    def __str__(self) -> str:
        return f"case #{self.number}"


class CaseCounter(models.Model):
    """The last number given in a unit; its row is the lock that keeps numbers apart."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="+")
    last_number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.last_number}"


class EventKind(models.TextChoices):
    """What happened in a case."""

    STATE = "state"
    ANSWER = "answer"
    """Words of the unit to the reporter."""
    QUESTION = "question"
    """The unit asks the reporter; the service clock pauses."""
    ADDITION = "addition"
    """The reporter adds words or files."""
    LEFT_OUT = "left_out"
    """Files of the chat the report began in did not come along; the facts say why and how many."""
    CONTEST = "contest"
    NOTE = "note"
    ASSIGNED = "assigned"
    CONFLICT = "conflict"
    TRANSFER = "transfer"
    SPLIT = "split"
    KIND = "kind"
    CLOCK = "clock"
    IDENTITY = "identity"
    ROUTE = "route"
    TASK = "task"
    INCIDENT = "incident"


class CaseEvent(models.Model):
    """One line of a case's history. Rows are never changed: triggers in the database refuse it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=EventKind)
    at = models.DateTimeField()
    officer = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")
    """None: the reporter or the system."""
    state = models.CharField(max_length=24, choices=CaseState, default="")
    """State of the case from here on; "" when it did not change."""
    sealed_text = models.BinaryField(default=b"")
    facts = models.JSONField(default=dict)
    """Codes, ids and times only."""
    is_for_reporter = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="case_history")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class FileState(models.TextChoices):
    """What became of a file."""

    WAITING = "waiting"
    """Sealed; the copy for officers is being made."""
    READY = "ready"
    NO_COPY = "no_copy"
    """A type without a cleaned form: it opens with the identity procedure only."""
    REFUSED = "refused"


class CaseFile(models.Model):
    """A file of a case: the untouched original sealed, a clean copy for officers (G10)."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="files")
    draft = models.ForeignKey("ReportDraft", null=True, on_delete=models.CASCADE, related_name="files")
    original = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    shown = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=FileState, default=FileState.WAITING)
    reason = models.CharField(max_length=60, default="")
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state"], condition=models.Q(state="waiting"), name="case_file_to_clean")]

    def __str__(self) -> str:
        return f"file {self.public_id}"


class CaseClock(models.Model):
    """One time limit of a case, by the rule and version it was opened under (G57, G58)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks")
    rule_id = models.CharField(max_length=60)
    rule_version = models.CharField(max_length=20)
    """First day of validity of the rule."""
    is_law = models.BooleanField()
    """True: law, never paused. False: a promise of the unit."""
    is_information = models.BooleanField(default=False)
    """A duty of somebody else, shown only."""
    starts_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    """As computed at the start; never changed."""
    due_at = models.DateTimeField()
    waited_due_at = models.DateTimeField(null=True)
    """The first end, as much later as the reporter was waited for; figures count by it. None: no waiting."""
    met_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    """Set when the limit no longer applies; the history says why."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "rule_id", "starts_at"], name="one_case_clock")]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(met_at=None, stopped_at=None), name="case_clock_running")
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.pk}"


class CaseConflict(models.Model):
    """An officer who never sees the case: named in it, involved, or the one whose closing is contested (G7)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="conflicts")
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20)
    """named, involved or contested."""
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "officer"], name="one_conflict")]

    def __str__(self) -> str:
        return f"{self.officer_id} not {self.case_id}"


class CaseTask(models.Model):
    """Something to do in a case."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    sealed_text = models.BinaryField()
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"task {self.public_id}"


class CaseRoute(models.Model):
    """How a reporter of Zalo is reached; its key is destroyed when the window closes or the person writes "dừng"."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="route")
    wrapped_key = models.BinaryField()
    sealed_route = models.BinaryField()
    lookup_hash = models.CharField(max_length=64, default="", db_index=True)
    """Keyed hash of the conversation, so that "dừng" finds it; destroyed with the route."""
    closes_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["closes_at"], name="case_route_ageing")]

    def __str__(self) -> str:
        return f"route {self.pk}"


class TransferPackage(models.Model):
    """What left for another body: text and clean copies without the reporter (G8)."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="packages")
    to_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    body_name = models.CharField(max_length=200, default="")
    sealed_package = models.BinaryField()
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    opening = models.ForeignKey(Opening, null=True, on_delete=models.PROTECT, related_name="+")
    """The opening that allows an original to go along."""
    acknowledged_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"package {self.public_id}"


class ReportDraft(models.Model):
    """A report that is being written on the portal; gone after a day."""

    token_hash = models.CharField(max_length=64, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    wrapped_key = models.BinaryField()
    sealed_fields = models.BinaryField()
    sealed_identity = models.BinaryField(default=b"")
    identity_key = models.ForeignKey(IdentityKey, null=True, on_delete=models.CASCADE, related_name="+")
    sealed_route = models.BinaryField(default=b"")
    """For a report that began in Zalo: under the draft's key, the conversation it came from."""
    is_due = models.BooleanField(default=False)
    """Holds words of a chat that become a case within seconds, without the person doing anything."""
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["changed_at"], name="draft_ageing"),
            models.Index(fields=["id"], condition=models.Q(is_due=True), name="draft_due"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"
