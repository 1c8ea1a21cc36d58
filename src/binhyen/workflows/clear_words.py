"""Words of a chat that clearly report something: out of the thread into a sealed case, back when the person says so."""

import logging
from dataclasses import dataclass

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.audit.holds import held_subjects
from binhyen.cases import conflicts, drafts, following, reports, retention, routes
from binhyen.cases.left_out import left_out_of_case
from binhyen.cases.models import Case, CaseChannel, CaseKind, EventKind, ReportDraft
from binhyen.cases.receiving import NewReport, receive_report
from binhyen.cases.reports import TEXT_LIMIT, Report
from binhyen.cases.routes import MOVED, WINDOW
from binhyen.cases.sending import Press, Sent, press
from binhyen.cases.states import DONE_STATES, CaseState
from binhyen.core import clock
from binhyen.core.database import want_log_overwritten
from binhyen.core.errors import BinhYenError, NotPossible
from binhyen.core.text import fold
from binhyen.inbox.models import Conversation, ConversationState, Message
from binhyen.inbox.new_rows import NewMessage
from binhyen.units.models import Unit
from binhyen.workflows.chat_files import COMING, count_coming, move_refused

TOPIC, KIND = "suspicion", CaseKind.CRIME_TIP
"""What the words count as until an officer has read them: the strictest clocks, and it rings."""
MAY_TAKE_BACK = frozenset({CaseState.RECEIVED, CaseState.SEEN})
PREVIEW_AFTER = "Lấy lại từ kênh kín, chờ trả lời"
"""What the queue shows of words that came back; the words themselves stand in the thread."""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class ClearWords:
    """One message on its way out of the thread; sealed when the batch is written."""

    draft: ReportDraft
    message: NewMessage
    words: str
    is_urgent: bool

    def seal(self) -> None:
        """Into the draft, which becomes a case within seconds (`make_due_cases`). The message has its key by now."""
        number, text = self.message.pk, self.words[:TEXT_LIMIT]
        fields = drafts.Fields(TOPIC, text, is_danger=self.is_urgent, moved=[number] if number else [])
        self.draft.is_due = bool(text.strip())
        drafts.fill(self.draft, fields)


def make_due_cases(limit: int = 200) -> int:
    """Make cases of words that wait; the number worked. One that cannot be read holds up no other, and is kept."""
    due = list(ReportDraft.objects.filter(is_due=True).order_by("id").values_list("pk", flat=True)[:limit])
    return sum(_make_one(pk) for pk in due)


def _make_one(pk: int) -> bool:
    try:
        with transaction.atomic():
            rows = ReportDraft.objects.select_for_update(of=("self",), skip_locked=True).select_related("unit")
            draft = rows.filter(pk=pk, is_due=True).first()
            if draft is not None:
                _into_case(draft)
    except BinhYenError as error:
        _log.error("Sealed words %d cannot become a case yet: %s", pk, type(error).__name__)
        return False
    return draft is not None


def _into_case(draft: ReportDraft) -> None:
    """A new case, or a further piece of the one this chat has just begun; the draft goes on as the way to its code."""
    fields = drafts.read(draft)
    conversation_id = routes.conversation_of_draft(drafts.key_of(draft), draft)
    if not Conversation.objects.filter(public_id=conversation_id).exists():
        drafts.erase(draft)  # the person had everything erased meanwhile
        return
    case = case_of_chat(conversation_id)
    if case is None:
        case, _ = receive_report(
            NewReport(
                unit=draft.unit,
                kind=KIND,
                channel=CaseChannel.ZALO,
                report=Report(text=fields.text, topic=TOPIC),
                is_urgent=fields.is_danger,
                submission_key=drafts.hash_of(f"sealed:{draft.token_hash}"),
                wrapped_key=bytes(draft.wrapped_key),
            )
        )
        routes.keep_route(case, conversation_id, clock.now() + WINDOW)
    else:
        following.add(case, fields.text, [])
    drafts.give_new_key(draft)
    draft.sealed_route = routes.sealed_for_draft(drafts.key_of(draft), draft.token_hash, conversation_id)
    draft.is_due = False
    drafts.write(draft, drafts.Fields(case=case.public_id, moved=fields.moved))
    move_refused(case, fields.moved)
    audit.record(case.unit_id, "conversation.moved_to_private", actor_key=None)
    want_log_overwritten()


def case_of_chat(conversation_id: str) -> Case | None:
    """The open case this chat began, which further words and pictures belong to."""
    mine = [case for case in cases_of_chat(conversation_id) if case.state not in DONE_STATES]
    return mine[-1] if mine else None


def cases_of_chat(conversation_id: str) -> list[Case]:
    """Cases this chat began and has a way back from, finished ones too, oldest first."""
    rows = (route.case for route in routes.routes_to(conversation_id) if route.closes_at > clock.now())
    return sorted((case for case in rows if case.wrapped_key), key=lambda case: case.pk)


def draft_of_link(unit: Unit, token: str) -> ReportDraft | None:
    """The draft behind a link to words that are sealed already; None for every other link."""
    _make_the_case_of(token)
    draft = drafts.draft_of(unit.pk, token)
    return draft if draft is not None and draft.sealed_route and drafts.read(draft).case else None


def _make_the_case_of(token: str) -> None:
    """Somebody who is faster than the worker does not wait for it."""
    for pk in ReportDraft.objects.filter(token_hash=drafts.hash_of(token), is_due=True).values_list("pk", flat=True):
        _make_one(pk)


def collect_code(unit: Unit, token: str, *, is_about_unit: bool = False) -> tuple[Sent, str, bool]:
    """The code of what was sealed, the new token of the draft, and whether the words can still be taken back.

    The link in the chat opens once; who holds the new token sees the same code again. The slow hash is made before the
    database is held by a transaction, so that no other writer waits for it. `is_about_unit`: the person says that it is
    about officers of the unit, so it goes up (G7). Raises TryAgain in a flood,
    NotPossible: link_over, code_known (an earlier link has given the code; what was written since was added).
    """
    _, case = _sealed_case(unit, token)
    return _give_code(unit, token, press(token if case.receipt_hash else drafts.new_token()), is_about_unit)


def files_left_out(unit: Unit, token: str) -> dict[str, int]:
    """How many files of words that were sealed by themselves did not come along, by reason (see `chat_files`)."""
    draft, case = _sealed_case(unit, token)
    coming = count_coming(drafts.read(draft).moved)
    return left_out_of_case(case) | ({COMING: coming} if coming else {})


@transaction.atomic
def _give_code(unit: Unit, token: str, pressed: Press, is_about_unit: bool) -> tuple[Sent, str, bool]:
    draft, case = _sealed_case(unit, token, locked=True)
    if case.receipt_hash is None:
        route = routes.conversation_of_draft(drafts.key_of(draft), draft)
        drafts.move_to_new_token(draft, pressed.token)
        draft.sealed_route = routes.sealed_for_draft(drafts.key_of(draft), draft.token_hash, route)
        draft.save(update_fields=["sealed_route"])
        case.receipt_hash = pressed.receipt_hash
        case.save(update_fields=["receipt_hash"])
    if pressed.receipt_hash != case.receipt_hash:
        raise NotPossible("code_known")
    if is_about_unit:
        conflicts.send_up(case)
    may_take_back = bool(drafts.read(draft).moved) and case.state in MAY_TAKE_BACK
    return Sent(case, pressed.code, False), pressed.token, may_take_back


def take_back(unit: Unit, token: str) -> None:
    """The words were no report: they stand in the thread again, an officer answers there, the case is erased.

    Raises TryAgain in a flood, NotPossible: link_over, case_step (somebody works on it already, or it is held by law).
    """
    make_due_cases()  # pieces written a moment ago go back with the rest
    _take_back(unit, token, press(token))


@transaction.atomic
def _take_back(unit: Unit, token: str, pressed: Press) -> None:
    draft, case = _sealed_case(unit, token, locked=True)
    if case.receipt_hash != pressed.receipt_hash:
        raise NotPossible("link_over")
    conversation_id = routes.conversation_of_draft(drafts.key_of(draft), draft)
    moved = Message.objects.filter(pk__in=drafts.read(draft).moved, text=MOVED, conversation__public_id=conversation_id)
    message = moved.select_related("conversation").first()
    if message is None:
        raise NotPossible("link_over")
    if case.state not in MAY_TAKE_BACK or case.public_id in held_subjects():
        raise NotPossible("case_step", state=case.state)
    _put_back(message, _all_words(case))
    retention.erase_case(case, "taken_back")
    drafts.erase(draft)


def _sealed_case(unit: Unit, token: str, *, locked: bool = False) -> tuple[ReportDraft, Case]:
    """The draft behind a link and its case; `locked`: until the transaction ends, so that two presses give one code."""
    if locked:
        ReportDraft.objects.select_for_update().filter(token_hash=drafts.hash_of(token)).first()
    draft = draft_of_link(unit, token)
    case = Case.objects.select_related("unit").filter(public_id=drafts.read(draft).case if draft else "").first()
    if draft is None or case is None or not case.wrapped_key:
        raise NotPossible("link_over")
    return draft, case


def _all_words(case: Case) -> str:
    key = reports.key_of(case)
    added = case.events.filter(kind=EventKind.ADDITION, officer=None).order_by("id")
    pieces = [reports.report_in(case, key).text]
    for event in added:
        event.case = case
        pieces.append(reports.event_text(event, key))
    return "\n".join(piece for piece in pieces if piece)


def _put_back(message: Message, words: str) -> None:
    now = clock.now()
    message.text, message.folded, message.kind = words, fold(words), "other"
    message.save(update_fields=["text", "folded", "kind"])
    conversation = message.conversation
    conversation.kind, conversation.state = "other", ConversationState.WAITING
    conversation.waiting_since = conversation.waiting_since or now
    conversation.changed_at = now
    conversation.preview = PREVIEW_AFTER
    conversation.save(update_fields=["kind", "state", "waiting_since", "changed_at", "preview"])
