"""Posts, their versions, what went to whom, and figures; no row names a resident."""

from django.db import models

from binhyen.channels.models import Account
from binhyen.core.ids import new_public_id
from binhyen.inbox.models import DeliveryState
from binhyen.units.models import Area, Officer, Unit
from binhyen.vault.models import StoredFile


class PostKind(models.TextChoices):
    """What a post is; the publication check judges by it too."""

    NEWS = "news"
    LAW = "law"
    CRIME_METHOD = "crime_method"
    WARNING = "warning"
    LOST_FOUND = "lost_found"
    MISSING_PERSON = "missing_person"
    PROCEDURE_CHANGE = "procedure_change"


class Channel(models.TextChoices):
    """A way out."""

    PORTAL = "portal"
    """The unit's board and its feeds."""
    MANUAL = "manual"
    """Ordinary groups: officers copy, paste and tick."""
    GMF = "gmf"
    """Groups of the page, by its API."""
    ARTICLE = "article"
    """An article of the Zalo page."""
    BROADCAST = "broadcast"
    """The live article to all followers; reviewed by Zalo for about half an hour."""
    RECENT = "recent"
    """People who wrote within the last 48 hours; free of charge (zalo section 4)."""


class PostState(models.TextChoices):
    """Life of a post."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    """Two people agreed; waits for its time, and can be cancelled."""
    SENDING = "sending"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


class Post(models.Model):
    """One post in one language, with the variants somebody edited."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=PostKind, default=PostKind.NEWS)
    language = models.CharField(max_length=10, default="vi")
    title = models.CharField(max_length=150, default="")
    what = models.TextField(default="")
    """What happened."""
    signs = models.TextField(default="")
    """How to recognise it."""
    todo = models.TextField(default="")
    """What to do at once."""
    video_link = models.CharField(max_length=300, default="")
    picture = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    picture_text = models.CharField(max_length=300, default="")
    """Description for those who do not see it; needed to publish (UI section 15, point 11)."""
    picture_faces = models.IntegerField(null=True)
    """Faces the machine saw in it; None where no machine looked (ADR 19)."""
    areas = models.ManyToManyField(Area, related_name="+")
    """None: the whole unit."""
    channels = models.JSONField(default=list)
    variants = models.JSONField(default=dict)
    """Texts edited by hand, by name of the variant; all others follow the draft."""
    is_urgent = models.BooleanField(default=False)
    """Danger to life: no waiting time, no night, still two people (G43)."""
    state = models.CharField(max_length=10, choices=PostState, default=PostState.DRAFT)
    version = models.IntegerField(default=0)
    """Grows with every hand-over for approval; 0 was never handed over."""
    author = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    approver = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField(null=True)
    grounds = models.JSONField(default=dict)
    """Flag of the publication check -> listed ground the second officer gave (G22)."""
    return_reason = models.CharField(max_length=500, default="")
    wanted_at = models.DateTimeField(null=True)
    """Time asked for; None is as soon as possible."""
    send_at = models.DateTimeField(null=True)
    """Time it goes out, after waiting time, night and calm."""
    repeat_days = models.IntegerField(null=True)
    repeat_until = models.DateField(null=True)
    round = models.IntegerField(default=1)
    """Grows with every repetition."""
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    """The post this one corrects or cancels: it reaches everyone that one reached."""
    is_cancellation = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    """A warning holds until then."""
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-id"], name="post_of_unit"),
            models.Index(fields=["state", "send_at"], name="post_due"),
            models.Index(fields=["unit", "-published_at"], name="post_board"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class PostVersion(models.Model):
    """What was handed over for approval, so that the second officer sees the difference."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    version = models.IntegerField()
    texts = models.JSONField()
    officer = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "version"], name="one_post_version")]

    def __str__(self) -> str:
        return f"version {self.version}"


SendingState = DeliveryState
"""A post on its way lives as a reply does: the same states, the same sender (`inbox.outcomes`)."""


class Sending(models.Model):
    """The promise to bring one post to one group, article or board."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="sendings")
    round = models.IntegerField(default=1)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel)
    target_key = models.BigIntegerField(default=0)
    """Key of the group, or of the page; 0 for the board."""
    target_name = models.CharField(max_length=120, default="")
    target_address = models.CharField(max_length=200, default="")
    """Link of an ordinary group, group_id of a GMF group."""
    state = models.CharField(max_length=10, choices=SendingState, default=SendingState.PLANNED)
    due_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    attempted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    """None while it is planned, attempted or on the hand list: the small indexes of open rows go by it."""
    why = models.CharField(max_length=100, default="")
    external_id = models.CharField(max_length=128, default="")
    officer = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    """Who ticked it off on the hand list."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "round", "channel", "target_key"], name="one_sending_per_target")
        ]
        indexes = [
            models.Index(
                fields=["account", "id"],
                condition=models.Q(finished_at=None),
                name="sending_open",
            ),
            models.Index(
                fields=["target_key", "id"],
                condition=models.Q(finished_at=None),
                name="sending_lane",
            ),
            models.Index(fields=["post", "state"], name="sending_of_post"),
        ]

    def __str__(self) -> str:
        return f"sending {self.pk} {self.state}"


class ArticleState(models.TextChoices):
    """Life of an article on the Zalo page (zalo section 3.6): created is not yet published."""

    CREATED = "created"
    PROCESSING = "processing"
    LIVE = "live"
    FAILED = "failed"
    REMOVED = "removed"


class Article(models.Model):
    """The article of a post on one page."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="articles")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=ArticleState, default=ArticleState.CREATED)
    token = models.CharField(max_length=200, default="")
    """What `create` answered; asked about until the article has an id."""
    external_id = models.CharField(max_length=60, default="")
    link = models.CharField(max_length=300, default="")
    why = models.CharField(max_length=100, default="")
    next_look_at = models.DateTimeField(null=True)
    looks = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "account"], name="one_article_per_page")]

    def __str__(self) -> str:
        return f"article {self.pk} {self.state}"


class PostMessage(models.Model):
    """One message of a post to somebody who wrote lately; the message itself lives in the inbox."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    round = models.IntegerField(default=1)
    message_key = models.BigIntegerField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["post", "round"], name="message_of_post")]

    def __str__(self) -> str:
        return f"message {self.message_key}"


class FigureSource(models.TextChoices):
    """Where a figure comes from."""

    API = "api"
    TYPED = "typed"


class Figure(models.Model):
    """Views, shares and the like of one channel at one time; a number about the post, never about a person."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="figures")
    channel = models.CharField(max_length=10, choices=Channel)
    measure = models.CharField(max_length=10)
    """views, shares or seen."""
    value = models.IntegerField()
    at = models.DateTimeField()
    source = models.CharField(max_length=10, choices=FigureSource)
    officer = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["post", "channel", "measure", "-at"], name="figure_latest")]

    def __str__(self) -> str:
        return f"{self.measure} {self.value}"
