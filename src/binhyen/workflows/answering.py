"""From what was understood to what is said: three bands, danger first, reports kept private."""

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from binhyen.channels.connector import Button, ButtonKind
from binhyen.core import clock
from binhyen.core.text import clean, fold
from binhyen.inbox.models import Urgency
from binhyen.language import Context, Question, Understander, Understanding, load_understander
from binhyen.procedures.catalogue import Confidence, Procedure
from binhyen.procedures.rules import by_age, officer_needed
from binhyen.workflows import texts
from binhyen.workflows.decision import Decision, PlannedReply, ThreadFacts, UnitFacts
from binhyen.workflows.own_words import by_own_words
from binhyen.workflows.procedure_text import aspect_answer, whole_answer

OFFERED = 3
"""Procedures offered as buttons; "Khác" and "Gặp cán bộ" follow, five is Zalo's limit."""
_PROCEDURE_PAYLOAD = re.compile(r"#thu-tuc:([a-z0-9-]{1,60})")
_LOST_PERSON = re.compile(
    r"\b(be|chau|tre|em be|con (trai|gai)|cu (ong|ba)|ong cu|ba cu|nguoi gia|di lac|mat tich|bo nha)\b"
)


def decide(unit: UnitFacts, understanding: Understanding, thread: ThreadFacts) -> Decision:
    """What becomes of one message: replies in order, whether an officer has to see it, how urgent it is."""
    understanding = by_own_words(unit.catalogue, understanding, thread.text)
    parts = [_decide_question(unit, understanding, question, thread) for question in understanding.questions]
    decision = _merged(parts)
    if understanding.asks_for_person and not decision.waits_for_officer:
        decision = _merged([decision, _to_officer(unit, decision.kind)])
    if understanding.danger != "none":
        decision = _with_danger(unit, understanding, decision)
    return decision


def _with_danger(unit: UnitFacts, understanding: Understanding, decision: Decision) -> Decision:
    """The 113 card first, whatever else is said; it only ever adds (G55)."""
    is_clear = understanding.danger == "clear" or understanding.kind == "emergency"
    card = PlannedReply(texts.said(texts.DANGER_CARD, unit), texts.emergency_buttons(unit))
    return _replace(
        decision,
        replies=(card, *decision.replies),
        waits_for_officer=True,
        urgency=max(decision.urgency, Urgency.DANGER if is_clear else Urgency.URGENT),
        alerts_duty=is_clear,
    )


def _decide_question(unit: UnitFacts, whole: Understanding, question: Question, thread: ThreadFacts) -> Decision:
    match question.kind:
        case "procedure":
            return _procedure_question(unit, whole, question, thread)
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
            return _to_officer(unit, "other")


def _contact(unit: UnitFacts, whole: Understanding) -> Decision:
    numbers = PlannedReply(texts.numbers_text(unit, whole.places))
    if whole.asks_status:
        return _merged([Decision((numbers,), kind="contact"), _to_officer(unit, "contact")])
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


def _to_officer(unit: UnitFacts, kind: str, procedure: str = "") -> Decision:
    reply = PlannedReply(texts.said(texts.TO_OFFICER, unit))
    return Decision((reply,), True, Urgency.NORMAL, kind, procedure)


def _procedure_question(unit: UnitFacts, whole: Understanding, question: Question, thread: ThreadFacts) -> Decision:
    if not question.procedures or question.band == "officer":
        return _to_officer(unit, "procedure")
    best = question.procedures[0]
    if question.band == "offer" or not unit.answers_automatically:
        return _offer(unit, question, thread)
    if best.out_of_scope:
        return _refer(unit, best.topic)
    procedure = unit.catalogue.procedure(by_age(best.topic, thread.text))
    if procedure is None:
        return _to_officer(unit, "procedure")
    if whole.is_follow_up and question.aspects:
        return _follow_up(unit, procedure, question)
    return procedure_decision(unit, procedure, question.text)


def procedure_decision(unit: UnitFacts, procedure: Procedure, text: str = "") -> Decision:
    """The whole answer; a person looks too when the case needs one or the facts are unverified."""
    address = _page(unit, procedure)
    replies = [_whole_reply(procedure, address)]
    condition = officer_needed(procedure, text)
    if condition:
        replies.append(PlannedReply(texts.said(texts.NEEDS_PERSON, unit, why=condition)))
    waits = bool(condition) or procedure.confidence is Confidence.MEMORY
    return Decision(tuple(replies), waits, Urgency.NORMAL, "procedure", procedure.id, "answer")


_whole_replies: dict[tuple[str, str, str, date], PlannedReply] = {}
_MOST_KEPT = 2_000


def _whole_reply(procedure: Procedure, address: str) -> PlannedReply:
    """The answer of one version on one unit's portal; written again when the day changes, since fees run out."""
    key = (procedure.id, procedure.revision, address, clock.today())
    reply = _whole_replies.get(key)
    if reply is None:
        if len(_whole_replies) >= _MOST_KEPT:
            _whole_replies.clear()
        reply = PlannedReply(whole_answer(procedure, address), _answer_buttons(address))
        _whole_replies[key] = reply
    return reply


def _follow_up(unit: UnitFacts, procedure: Procedure, question: Question) -> Decision:
    text = aspect_answer(procedure, question.aspects, _page(unit, procedure))
    if not text and "hours" in question.aspects and unit.office_hours:
        return Decision(
            (PlannedReply(texts.numbers_text(unit)),), kind="procedure", procedure=procedure.id, band="answer"
        )
    if not text:
        reply = PlannedReply(texts.said(texts.NOT_SAID, unit))
        return Decision((reply,), True, Urgency.NORMAL, "procedure", procedure.id, "officer")
    waits = procedure.confidence is Confidence.MEMORY
    return Decision((PlannedReply(text),), waits, Urgency.NORMAL, "procedure", procedure.id, "answer")


def _offer(unit: UnitFacts, question: Question, thread: ThreadFacts) -> Decision:
    topics = (candidate.topic for candidate in question.procedures if not candidate.out_of_scope)
    offered = [procedure for topic in topics if (procedure := unit.catalogue.procedure(topic))][:OFFERED]
    if not offered:
        return _to_officer(unit, "procedure")
    buttons = tuple(texts.say(procedure.title[:100], f"#thu-tuc:{procedure.id}") for procedure in offered)
    choices = (*buttons, texts.OTHER_BUTTON, texts.PERSON_BUTTON)
    if choices == thread.offered:
        return _to_officer(unit, "procedure")  # the same choice again helps nobody
    reply = PlannedReply(texts.said(texts.OFFER, unit), choices)
    return Decision((reply,), False, Urgency.NORMAL, "procedure", "", "offer")


def _refer(unit: UnitFacts, topic: str) -> Decision:
    referral = unit.catalogue.referral(topic)
    if referral is None:
        return _to_officer(unit, "procedure")
    doubt = texts.said(texts.REFERRAL_DOUBT, unit) if referral.confidence is Confidence.MEMORY else ""
    text = texts.said(texts.REFERRAL, unit, go_to=referral.go_to, doubt=doubt)
    return Decision((PlannedReply(text, (texts.PERSON_BUTTON,)),), False, Urgency.NORMAL, "procedure", "", "answer")


def _answer_buttons(address: str) -> tuple[Button, ...]:
    open_page = (Button("Xem đầy đủ, in ra", ButtonKind.OPEN, address),) if address.startswith("https://") else ()
    return (*open_page, texts.PERSON_BUTTON)


def _page(unit: UnitFacts, procedure: Procedure) -> str:
    return f"{unit.portal_address}/thu-tuc/{procedure.id}/" if unit.portal_address else ""


def _merged(parts: Sequence[Decision]) -> Decision:
    """Several decisions as one: replies once each, the strictest of the rest, the first kind that names a procedure."""
    first = next((part for part in parts if part.procedure), parts[0])
    return Decision(
        replies=tuple(dict.fromkeys(reply for part in parts for reply in part.replies)),
        waits_for_officer=any(part.waits_for_officer for part in parts),
        urgency=max(part.urgency for part in parts),
        kind=first.kind,
        procedure=first.procedure,
        band=first.band,
        alerts_duty=any(part.alerts_duty for part in parts),
        welcomes=any(part.welcomes for part in parts),
        hints_privately=any(part.hints_privately for part in parts),
    )


def _replace(decision: Decision, **changes: object) -> Decision:
    fields = {name: getattr(decision, name) for name in Decision.__dataclass_fields__}
    merged = Decision(**(fields | changes))
    return merged if len(set(merged.replies)) == len(merged.replies) else _merged([merged])


def command_of(thread: ThreadFacts) -> str:
    """The payload a person chose: tapped ("#...") or typed as the number of an offered button; "" is ordinary words."""
    text = clean(thread.text)
    if text.startswith("#"):
        return text
    number = text.strip(" .)")
    choices = [button for button in thread.offered if button.kind is ButtonKind.SAY]
    if len(number) == 1 and number.isdecimal() and 1 <= int(number) <= len(choices):
        return choices[int(number) - 1].value
    titles = {fold(button.title): button.value for button in choices}
    return titles.get(fold(text), "") if len(text) <= 100 else ""


def decide_command(unit: UnitFacts, thread: ThreadFacts) -> Decision | None:
    """The decision for a chosen payload; None when it is no payload of ours and has to be understood as words."""
    command = command_of(thread)
    chosen = _PROCEDURE_PAYLOAD.fullmatch(command)
    procedure = unit.catalogue.procedure(chosen[1]) if chosen else None
    if procedure:
        return procedure_decision(unit, procedure)
    answer = _COMMANDS.get(command)
    return answer(unit) if answer else None


def _ask(template: str, buttons: tuple[Button, ...] = ()) -> Callable[[UnitFacts], Decision]:
    return lambda unit: Decision((PlannedReply(texts.said(template, unit), buttons),), kind="procedure", band="offer")


_COMMANDS: dict[str, Callable[[UnitFacts], Decision]] = {
    texts.PERSON: lambda unit: _to_officer(unit, "contact"),
    texts.OTHER: _ask(texts.ASK_AGAIN, (texts.PERSON_BUTTON,)),
    texts.MENU: welcome,
    texts.PROCEDURES: _ask(texts.ASK_PROCEDURE),
    texts.REPORT: _ask(texts.ASK_REPORT),
    texts.NUMBERS: lambda unit: Decision((PlannedReply(texts.numbers_text(unit)),), kind="contact", band="answer"),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a resident would get, for the command line and the console."""

    kind: str
    band: str
    danger: str
    procedure: str
    waits_for_officer: bool
    replies: tuple[PlannedReply, ...]

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        replies = [
            {"text": reply.text, "buttons": [[button.title, button.kind, button.value] for button in reply.buttons]}
            for reply in self.replies
        ]
        return {
            "kind": self.kind,
            "band": self.band,
            "danger": self.danger,
            "procedure": self.procedure,
            "waits_for_officer": self.waits_for_officer,
            "replies": replies,
        }


@functools.cache
def understander() -> Understander:
    """The process's one understander; loading takes well under a second once a model is trained."""
    return load_understander()


def preview(text: str, unit: UnitFacts, procedure: str = "") -> Preview:
    """What a resident of `unit` would get for `text`; nothing is stored. `procedure` was just discussed."""
    thread = ThreadFacts(text=clean(text), procedure=procedure)
    context = Context(procedure_id=procedure or None, gazetteer=unit.gazetteer)
    understood = understander().understand([thread.text], [context])[0]
    decision = decide_command(unit, thread) or decide(unit, understood, thread)
    return Preview(
        kind=decision.kind,
        band=decision.band,
        danger=understood.danger,
        procedure=decision.procedure,
        waits_for_officer=decision.waits_for_officer,
        replies=decision.replies,
    )
