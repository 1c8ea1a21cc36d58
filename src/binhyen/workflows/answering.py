"""From what was understood to what is said: three bands, danger first, reports kept private."""

import functools
import re
from dataclasses import replace

from binhyen.core.text import fold
from binhyen.inbox.models import Urgency
from binhyen.language.understanding import Question, Understander, Understanding
from binhyen.workflows import texts
from binhyen.workflows.decision import Decision, PlannedReply, ThreadFacts, UnitFacts, merged
from binhyen.workflows.own_words import by_own_words
from binhyen.workflows.procedure_answers import procedure_question, to_officer

_LOST_PERSON = re.compile(
    r"\b(be|chau|tre|em be|con (trai|gai)|cu (ong|ba)|ong cu|ba cu|nguoi gia|di lac|mat tich|bo nha)\b"
)


def decide(unit: UnitFacts, understanding: Understanding, thread: ThreadFacts) -> Decision:
    """What becomes of one message: replies in order, whether an officer has to see it, how urgent it is."""
    understanding = by_own_words(unit.catalogue, understanding, thread.text)
    parts = [_decide_question(unit, understanding, question, thread) for question in understanding.questions]
    decision = merged(parts)
    if understanding.asks_for_person and not decision.waits_for_officer:
        decision = merged([decision, to_officer(unit, decision.kind)])
    if understanding.danger != "none":
        decision = _with_danger(unit, understanding, decision)
    return decision


def _with_danger(unit: UnitFacts, understanding: Understanding, decision: Decision) -> Decision:
    """The 113 card first, whatever else is said; it only ever adds (G55)."""
    is_clear = understanding.danger == "clear" or understanding.kind == "emergency"
    card = PlannedReply(texts.said(texts.DANGER_CARD, unit), texts.emergency_buttons(unit))
    return replace(
        decision,
        replies=tuple(dict.fromkeys((card, *decision.replies))),
        waits_for_officer=True,
        urgency=max(decision.urgency, Urgency.DANGER if is_clear else Urgency.URGENT),
        alerts_duty=is_clear,
    )


def _decide_question(unit: UnitFacts, whole: Understanding, question: Question, thread: ThreadFacts) -> Decision:
    match question.kind:
        case "procedure":
            return procedure_question(unit, whole, question, thread)
        case "emergency":
            card = PlannedReply(texts.said(texts.DANGER_CARD, unit), texts.emergency_buttons(unit))
            return Decision((card,), True, Urgency.DANGER, "emergency", alerts_duty=True)
        case "report":
            hint = () if thread.was_hinted_recently else (PlannedReply(texts.said(texts.PRIVATE_HINT, unit)),)
            return Decision(hint, True, Urgency.URGENT, "report", hints_privately=bool(hint))
        case "lost_found":
            urgency = Urgency.URGENT if _LOST_PERSON.search(fold(question.text)) else Urgency.NORMAL
            return Decision((PlannedReply(texts.said(texts.LOST_FOUND, unit)),), True, urgency, "lost_found")
        case "feedback":
            return Decision((PlannedReply(texts.said(texts.FEEDBACK, unit)),), True, Urgency.NORMAL, "feedback")
        case "contact":
            return _contact(unit, whole)
        case "greeting":
            return _greeting(unit, thread)
        case "other":
            return to_officer(unit, "other")


def _contact(unit: UnitFacts, whole: Understanding) -> Decision:
    numbers = PlannedReply(texts.numbers_text(unit, whole.places))
    if whole.asks_status:
        return merged([Decision((numbers,), kind="contact"), to_officer(unit, "contact")])
    return Decision((numbers,), not numbers.text, Urgency.NORMAL, "contact")


def _greeting(unit: UnitFacts, thread: ThreadFacts) -> Decision:
    """The menu, at most once an hour; thanks and good-byes in between need no answer."""
    if thread.was_welcomed_recently:
        return Decision(kind="greeting")
    return welcome(unit)


def welcome(unit: UnitFacts) -> Decision:
    """Hotlines first, then the menu (G55)."""
    reply = PlannedReply(texts.said(texts.WELCOME, unit), texts.MENU_BUTTONS)
    return Decision((reply,), kind="greeting", welcomes=True)


def hint_privately(unit: UnitFacts) -> Decision:
    """One neutral private hint to somebody who wrote in a public place; nothing is quoted (G15)."""
    hint = PlannedReply(texts.said(texts.PRIVATE_HINT, unit))
    return Decision((hint,), True, Urgency.URGENT, "report", hints_privately=True)


def media_received(unit: UnitFacts) -> Decision:
    """A picture, voice or file without words: an officer looks at it."""
    return Decision((PlannedReply(texts.said(texts.MEDIA_RECEIVED, unit)),), True, Urgency.NORMAL, "other")


@functools.cache
def understander() -> Understander:
    """The process's one understander; loading takes well under a second once a model is trained."""
    from binhyen.language.model_cache import load_understander  # a web process that answers nothing loads no model

    return load_understander()
