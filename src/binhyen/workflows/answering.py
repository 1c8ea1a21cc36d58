"""From what was understood to what is said: three bands, danger first, reports kept private."""

import functools
import re
from dataclasses import replace

from binhyen.cases.accusing import complains_about_unit
from binhyen.core.text import fold, is_in_other_letters
from binhyen.inbox.models import Urgency
from binhyen.language.personal_data import hide_for_reading
from binhyen.language.questions import takes_leave
from binhyen.language.understanding import Question, Understander, Understanding
from binhyen.workflows import texts
from binhyen.workflows.decision import Decision, PlannedReply, ThreadFacts, UnitFacts, merged
from binhyen.workflows.false_police import is_in_name_of_police
from binhyen.workflows.lost_kinds import FOUND, PERSONS, kind_of
from binhyen.workflows.own_words import by_own_words
from binhyen.workflows.procedure_answers import (
    DENUNCIATION,
    asks_for_channels,
    channels,
    other_matter,
    procedure_question,
    to_officer,
)

CLEAR_REPORT = 0.9
"""Probability from which words are clear. On 118 messages never trained on, nothing but reports reaches it (half of the
reports do); the others get the link and leave the thread when the person confirms.
"""
SURELY = 0.85
"""Probability from which words right after sealed ones are something else."""
_ELSE = frozenset({"procedure", "contact", "greeting", "feedback", "lost_found"})
_ACCUSING_KINDS = frozenset({"report", "feedback"})
_REPORT_KINDS = frozenset({"report", "emergency", "lost_found"})
_ASKS_AFTER = re.compile(r"\b(?:hoi am|tra loi|ket qua|khi nao|bao gio|o dau|chung nao|nhan (?:duoc|dc) chua)\b")
_LOST_PERSON = re.compile(
    r"\b(be|chau|tre|em be|con (trai|gai)|cu (ong|ba)|ong cu|ba cu|nguoi gia|di lac|mat tich|bo nha)\b"
)


def decide(unit: UnitFacts, understanding: Understanding, thread: ThreadFacts) -> Decision:
    """What becomes of one message: replies in order, whether an officer has to see it, how urgent it is."""
    understanding = by_own_words(unit.catalogue, understanding, thread.text)
    if is_in_other_letters(thread.text):
        parts = [to_officer(unit, "other")]
    else:
        parts = [_decide_question(unit, understanding, question, thread) for question in understanding.questions]
    decision = merged(parts)
    if understanding.asks_for_person and not decision.waits_for_officer:
        decision = merged([decision, to_officer(unit, decision.kind)])
    if is_in_name_of_police(thread.folded):
        decision = _with_warning(unit, decision)
    if understanding.danger != "none":
        decision = _with_danger(unit, understanding, decision)
    return decision


def _with_warning(unit: UnitFacts, decision: Decision) -> Decision:
    """Not to do what the caller wants, at once; an officer looks, and what was only a guess is left out."""
    is_sure = decision.band == "answer" or decision.kind in _REPORT_KINDS
    kept = decision if is_sure else to_officer(unit, "report")
    warning = PlannedReply(texts.said(texts.FALSE_POLICE, unit))
    urgency = max(decision.urgency, Urgency.URGENT)
    return replace(kept, replies=(warning, *kept.replies), waits_for_officer=True, urgency=urgency)


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
            return _lost_or_found(unit, question.text)
        case "feedback":
            return Decision((PlannedReply(texts.said(texts.FEEDBACK, unit)),), True, Urgency.NORMAL, "feedback")
        case "contact":
            return channels(unit) if asks_for_channels(question.text) else _contact(unit, whole)
        case "greeting":
            return _greeting(unit, thread)
        case "other":
            return other_matter(unit, question)


def _lost_or_found(unit: UnitFacts, text: str) -> Decision:
    """Somebody missing or found: who to call at once; a thing: an officer answers."""
    kind = kind_of(text)
    if kind in PERSONS:
        told = texts.FOUND_PERSON if kind in FOUND else texts.LOST_PERSON
        return Decision((PlannedReply(texts.said(told, unit)),), True, Urgency.URGENT, "lost_found")
    urgency = Urgency.URGENT if _LOST_PERSON.search(fold(text)) else Urgency.NORMAL
    return Decision((PlannedReply(texts.said(texts.LOST_FOUND, unit)),), True, urgency, "lost_found")


def _contact(unit: UnitFacts, whole: Understanding) -> Decision:
    numbers = texts.numbers_text(unit, whole.places)
    if whole.asks_for_person and not whole.places:
        return to_officer(unit, "contact")
    told = Decision((PlannedReply(numbers),) if numbers else (), kind="contact")
    return merged([told, to_officer(unit, "contact")]) if whole.asks_status or not numbers else told


def _greeting(unit: UnitFacts, thread: ThreadFacts) -> Decision:
    """The menu, at most once an hour; thanks and good-byes in between need no answer.

    Who thanks or agrees at the end of a talk is not welcomed like somebody who has just come in.
    """
    if thread.was_welcomed_recently or (not thread.is_new and not thread.folded):
        return Decision(kind="greeting")  # a thumb or folded hands in a talk are a sticker, and no newcomer
    if not thread.is_new and takes_leave(fold(thread.text)):
        reply = PlannedReply(texts.said(texts.LEAVE, unit), texts.MENU_BUTTONS)
        return Decision((reply,), kind="greeting", welcomes=True)
    return welcome(unit)


def welcome(unit: UnitFacts) -> Decision:
    """Hotlines first, then the menu (G55)."""
    reply = PlannedReply(texts.said(texts.WELCOME, unit), texts.MENU_BUTTONS)
    return Decision((reply,), kind="greeting", welcomes=True)


def hint_privately(unit: UnitFacts) -> Decision:
    """One neutral private hint to somebody who wrote in a public place; nothing is quoted (G15)."""
    hint = PlannedReply(texts.said(texts.PRIVATE_HINT, unit))
    return Decision((hint,), True, Urgency.URGENT, "report", hints_privately=True)


def is_reported(understood: Understanding) -> bool:
    """Whether words written in public belong on the private path."""
    return understood.kind in _REPORT_KINDS or understood.danger != "none"


def is_clearly_report(understanding: Understanding, text: str = "") -> bool:
    """Whether the words tell of something to be sealed and of nothing else; danger to life is read at once instead.

    So do words that accuse the police of the place: what stays in the chat is read by the very people accused (G7).
    """
    may_accuse = understanding.kind in _ACCUSING_KINDS or understanding.procedure == DENUNCIATION
    if may_accuse and understanding.danger != "clear" and complains_about_unit(text):
        return True
    is_sure = understanding.kind_probabilities.get("report", 0.0) >= CLEAR_REPORT
    return understanding.kind == "report" and is_sure and understanding.danger != "clear" and _is_one(understanding)


def goes_on_reporting(understanding: Understanding, text: str) -> bool:
    """Whether words that follow sealed ones at once are a further piece of them: people tell in pieces.

    A piece is hard to tell by its words ("cạnh cây đa"), so what counts is that it is not surely something else; a
    name, number or plate is always one.
    """
    if understanding.danger == "clear" or understanding.asks_for_person:
        return False
    is_else = understanding.kind in _ELSE and understanding.kind_probabilities.get(understanding.kind, 0.0) >= SURELY
    return not is_else or hide_for_reading(text) != text


def _is_one(understanding: Understanding) -> bool:
    return len(understanding.questions) == 1


def seal_words(unit: UnitFacts, decision: Decision, *, was_told: bool, text: str = "") -> Decision:
    """The words leave the thread: the person hears that, and how to get code or words back, without a quote.

    `was_told`: the hint has just gone out, and one is enough; who then asks, in `text`, is told where the answer comes.
    Warnings stay first; nobody has to answer in the chat.
    """
    warnings = [texts.said(words, unit) for words in (texts.DANGER_CARD, texts.FALSE_POLICE)]
    kept = tuple(reply for reply in decision.replies if reply.text in warnings)
    hint: tuple[PlannedReply, ...] = ()
    if not was_told or "?" in text or _ASKS_AFTER.search(fold(text)):
        hint = (PlannedReply(texts.said(texts.SEALED_ASKED if was_told else texts.SEALED_HINT, unit)),)
    return replace(
        decision,
        replies=(*kept, *hint),
        kind="report",
        waits_for_officer=False,
        urgency=Urgency.NORMAL,
        hints_privately=not was_told,
        seals_words=True,
    )


def media_received(unit: UnitFacts, what: str) -> Decision:
    """A picture, voice or file without words: an officer looks at it. `what` names it, "Ảnh, Vị trí"."""
    reply = PlannedReply(texts.said(texts.MEDIA_RECEIVED, unit, what=what.lower()))
    return Decision((reply,), True, Urgency.NORMAL, "other")


@functools.cache
def understander() -> Understander:
    """The process's one understander; loading takes well under a second once a model is trained."""
    from binhyen.language.model_cache import load_understander  # a web process that answers nothing loads no model

    return load_understander()
