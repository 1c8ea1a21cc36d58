"""While an officer talks with somebody the machine keeps out of it, and what is answered reaches the officer."""

from dataclasses import replace
from datetime import datetime

from binhyen.core.text import fold
from binhyen.inbox.models import Urgency
from binhyen.language.questions import aspects_of, takes_leave
from binhyen.workflows.decision import Decision, UnitFacts
from binhyen.workflows.loop_guard import MEMORY
from binhyen.workflows.procedure_answers import to_officer
from binhyen.workflows.threads import Thread


def beside_officer(unit: UnitFacts, thread: Thread, decision: Decision, text: str, now: datetime) -> Decision:
    """The decision where an officer spoke last: no guesses, menus and thanks; buttons, danger and reports as ever.

    What asks nothing is an answer to the officer, whatever it names ("dạ chủ hộ là Bình"). Who answers an officer
    within minutes hears nothing from the machine; later, that an officer will answer.
    """
    is_silent = not decision.replies and not fold(text)  # a thumb, a sticker
    is_own_way = is_silent or decision.urgency > Urgency.NORMAL or decision.hints_privately or decision.seals_words
    if not thread.is_with_officer or is_own_way or decision.kind == "lost_found" or text.startswith("#"):
        return decision
    is_lively = any(not one.is_inbound and not one.is_automatic and now - one.at < MEMORY for one in thread.said)
    if decision.kind == "greeting" and takes_leave(fold(text)):
        return replace(decision, replies=(), welcomes=False) if is_lively else decision
    if decision.band == "answer" and decision.kind != "procedure":
        return decision
    if decision.band == "answer" and ("?" in text or aspects_of(fold(text))):
        return replace(decision, waits_for_officer=True)
    replies = () if is_lively else to_officer(unit, decision.kind).replies
    return replace(decision, replies=replies, waits_for_officer=True)
