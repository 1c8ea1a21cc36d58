"""Lost and found across rooms: drafts from the chat, notices to page and groups, the end of a notice everywhere."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from binhyen.channels.models import Account, AccountState
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible
from binhyen.inbox.models import Conversation
from binhyen.inbox.new_rows import NewMessage
from binhyen.inbox.queries import last_inbound
from binhyen.language.publication import Finding, Publisher
from binhyen.lost_found import actions
from binhyen.lost_found.models import Record, RecordState, TakeDown
from binhyen.lost_found.queries import OPEN_STATES, WORK_ROLES, notice_of_record
from binhyen.lost_found.rules import closing_of
from binhyen.lost_found.typed import Typed
from binhyen.outreach import actions as posts
from binhyen.outreach.articles import GAVE_UP
from binhyen.outreach.models import Article, ArticleState, Channel, Post, PostKind, PostState, Sending, SendingState
from binhyen.outreach.queries import findings_of, texts_of
from binhyen.outreach.rules import FACE, PICTURE, open_flags
from binhyen.outreach.stopping import cancel
from binhyen.units.models import Area, Officer, Role
from binhyen.units.scope import Scope, scope_of
from binhyen.workflows.correcting import begin_correction
from binhyen.workflows.lost_kinds import kind_of
from binhyen.workflows.publishing import publisher_of
from binhyen.workflows.publishing import take_down as take_post_down

KIND = "lost_found"
"""Kind of a message as the understanding names it."""


def begin_drafts(messages: Iterable[NewMessage]) -> int:
    """One draft for each conversation that speaks of something lost or found and has no open one; the number made.

    The words stay in the conversation: the draft holds its key alone. Joins the caller's transaction.
    """
    told: dict[int, tuple[int, int, str]] = {}
    for message in messages:
        told.setdefault(message.conversation_id, (message.unit_id, message.conversation_id, kind_of(message.text)))
    return actions.begin_from_chat(list(told.values()))


def begin_from_conversation(scope: Scope, conversation: Conversation) -> Record:
    """The open draft of a conversation, made now if there is none; its kind is guessed from the last message."""
    scope.check(conversation.unit_id, WORK_ROLES)
    with transaction.atomic():
        list(Conversation.objects.select_for_update().filter(pk=conversation.pk).values_list("pk"))
        open_one = (
            Record.objects.filter(conversation_key=conversation.pk, state__in=OPEN_STATES).order_by("-id").first()
        )
        if open_one is not None:
            return open_one
        inbound = last_inbound(conversation)
        typed = Typed(kind=kind_of(inbound.text if inbound else ""))
        return actions.begin(scope, conversation.unit, typed, conversation.pk)


def publish(scope: Scope, record: Record, *, picture_seen: bool, areas: Sequence[Area] = ()) -> None:
    """The second officer's yes: on the board at once, and as a post to the page and to the groups of `areas`, or of the
    whole unit when none is chosen. Raises as `actions.approve`.
    """
    publisher = publisher_of(record.unit)
    with transaction.atomic():
        actions.approve(scope, record, publisher, picture_seen=picture_seen)
        author = Officer.objects.get(pk=record.author_id or 0)
        post = _approved_post(scope_of(author), scope, record, publisher, areas)
        record.post_key = post.public_id
        record.save(update_fields=["post_key"])


def _short(title: str) -> str:
    """As long as a title may be, cut between words: the text says all of it."""
    most = posts.LIMITS["title"]
    return title if len(title) <= most else title[: most + 1].rpartition(" ")[0]


def _approved_post(writer: Scope, second: Scope, record: Record, publisher: Publisher, areas: Sequence[Area]) -> Post:
    """Through the same two hands as every post, so that every rule of posts holds (G43)."""
    notice = notice_of_record(record, record.unit)
    kind = PostKind.MISSING_PERSON if record.is_person else PostKind.LOST_FOUND
    typed = posts.Typed(
        kind=kind,
        title=_short(notice.title),
        what=notice.text,
        picture_text=notice.title if record.picture_id else "",
        channels=_channels(record.unit_id),
        is_urgent=record.is_person,
    )
    post = posts.begin_post(writer, record.unit, typed, areas)
    if record.picture is not None:
        posts.set_picture(writer, post, record.picture, record.picture_faces)
    texts = texts_of(post, configuration().public_url)
    findings = _all(findings_of(post, texts, publisher))
    posts.submit(writer, post, texts, findings)
    flags = open_flags(findings, has_picture=post.picture_id is not None, faces=post.picture_faces)
    grounds = {flag: _ground(flag, record) for flag in flags}
    posts.approve(second, post, post.version, findings, grounds)
    return post


def _all(findings: dict[str, list[Finding]]) -> list[Finding]:
    return [one for group in findings.values() for one in group]


def _ground(flag: str, record: Record) -> str:
    """What the second officer answered for by their ticks on the page of the notice."""
    if record.is_person:
        is_of_picture = flag in (PICTURE, FACE) and not record.is_child
        return "family_search" if is_of_picture else "guardian_child_search"
    return "picture_clean" if flag == PICTURE else "false_alarm"


def _channels(unit_id: int) -> list[str]:
    """Board and every group; the Zalo page too where it is connected."""
    pages = Account.objects.filter(unit_id=unit_id, connector="zalo_oa", state=AccountState.ACTIVE)
    connected = pages.exclude(sealed_tokens=b"").exists()
    return [Channel.PORTAL, Channel.MANUAL, Channel.GMF, *([Channel.ARTICLE] if connected else [])]


def resolve(scope: Scope, record: Record) -> Post | None:
    """Found: off the board this moment, nothing more goes out, groups get on the list to be cleaned by hand; the
    closing notice, without name and picture, waits for a second officer. Raises as `actions.resolve`.
    """
    with transaction.atomic():
        actions.resolve(scope, record)
        post = _withdraw(scope, record)
        return _closing(scope, record, post) if post is not None and post.published_at is not None else None


def take_down(scope: Scope, record: Record) -> None:
    """End a notice without a result. Raises as `actions.take_down`."""
    with transaction.atomic():
        actions.take_down(scope, record)
        _withdraw(scope, record)


def _withdraw(scope: Scope, record: Record) -> Post | None:
    post = Post.objects.filter(unit_id=record.unit_id, public_id=record.post_key).first() if record.post_key else None
    if post is None:
        return None
    if post.state == PostState.APPROVED and post.published_at is None:
        cancel(scope, post)
        return None
    if post.state in (PostState.SENDING, PostState.SENT):
        take_post_down(scope, post)
    _list_groups(record, post)
    return post


def _list_groups(record: Record, post: Post) -> None:
    """Groups where it stands, and pages where it may; a send whose outcome nobody knows counts as standing there."""
    stands = (SendingState.SENT, SendingState.UNKNOWN, SendingState.ATTEMPTING)
    rows = Sending.objects.filter(post=post, state__in=stands, channel__in=(Channel.MANUAL, Channel.GMF))
    now = clock.now()
    TakeDown.objects.bulk_create(
        [
            TakeDown(record=record, target_key=row.target_key, target_name=row.target_name,
                     target_link=row.target_address if row.channel == Channel.MANUAL else "", created_at=now)
            for row in rows
        ]
        + [
            TakeDown(record=record, target_key=-article.account_id, target_name=article.account.name[:120],
                     created_at=now)
            for article in _unclear_articles(post)
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _unclear_articles(post: Post) -> list[Article]:
    """Articles that Zalo may have taken without an answer: no call can remove them, so a person looks at the page."""
    rows = Article.objects.filter(post=post, state=ArticleState.FAILED, external_id="", token="")
    return list(rows.exclude(why__startswith="zalo-").exclude(why__startswith=GAVE_UP).select_related("account"))


def _closing(scope: Scope, record: Record, post: Post) -> Post | None:
    """The closing notice, handed to a second officer."""
    notice = closing_of(record.kind)
    try:
        draft = begin_correction(scope, post, is_cancellation=False)
        typed = posts.Typed(post.kind, notice.title, notice.text, channels=post.channels, is_urgent=record.is_person)
        posts.save_draft(scope, draft, typed, list(post.areas.all()))
        texts = texts_of(draft, configuration().public_url)
        posts.submit(scope, draft, texts, _all(findings_of(draft, texts, publisher_of(record.unit))))
    except NotPossible:
        return None
    return draft


def end_due_notices(limit: int = 50) -> int:
    """Notices whose time is over leave board, page and hand list by themselves; the number ended. Worker's chore."""
    due = Record.objects.filter(state=RecordState.PUBLISHED, public_until__lte=clock.now()).order_by("public_until")
    count = 0
    for key in list(due.values_list("pk", flat=True)[:limit]):
        with transaction.atomic(durable=True):
            record = Record.objects.select_for_update().get(pk=key)
            if (
                record.state != RecordState.PUBLISHED
                or record.public_until is None
                or record.public_until > clock.now()
            ):
                continue
            actions.end_notice(record, None, "ended")
            _withdraw(_for_the_clock(record), record)
            count += 1
    return count


def _for_the_clock(record: Record) -> Scope:
    """Whoever published it let it stand until now and no longer."""
    return Scope.of(record.approver_id or 0, [(record.unit_id, Role.COMMANDER.value)])


def confirm_take_downs(limit: int = 50) -> int:
    """Note when a notice is gone from everywhere; asked again until it is (G21). Worker's chore."""
    ended = Record.objects.filter(notice_at__isnull=False, taken_down_at=None).exclude(state=RecordState.PUBLISHED)
    ended = ended.exclude(take_downs__done_at=None, take_downs__isnull=False)
    live = Article.objects.exclude(state__in=(ArticleState.REMOVED, ArticleState.FAILED))
    live = live.exclude(external_id="", token="")  # never handed in
    standing = set(live.filter(post__public_id__in=ended.values("post_key")).values_list("post__public_id", flat=True))
    gone = [record.pk for record in ended[:limit] if record.post_key not in standing]
    return Record.objects.filter(pk__in=gone).update(taken_down_at=clock.now())
