"""Which of the latest questions a draft would answer differently: decided anew from stored messages, nothing sent."""

from dataclasses import dataclass, replace
from datetime import datetime

from binhyen.audit import actions as audit
from binhyen.inbox.models import Direction, Message
from binhyen.language.personal_data import hide_for_reading
from binhyen.language.understanding import Context, Understanding
from binhyen.procedures.catalogue import Catalogue, Procedure
from binhyen.procedures.queries import national_records
from binhyen.units.models import Unit
from binhyen.units.scope import CONVERSATION_ROLES, Scope
from binhyen.workflows.answering import decide, understander
from binhyen.workflows.commands import decide_command
from binhyen.workflows.decision import Decision, ThreadFacts, UnitFacts
from binhyen.workflows.threads import PROCEDURE_LIFE

LATEST = 200
SHOWN_LENGTH = 300
_QUESTION_KINDS = ("procedure", "other", "contact", "greeting", "")


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """One question with the two answers; words are redacted."""

    conversation_id: str
    number: int
    asked_at: datetime
    text: str
    before: str
    after: str
    is_other_words: bool
    """The procedure stays, what is said about it changes."""


@dataclass(frozen=True, slots=True)
class Recheck:
    """What came out."""

    looked_at: int
    changed: tuple[ChangedAnswer, ...]


def with_draft(catalogue: Catalogue, draft: Procedure) -> Catalogue:
    """The unit's catalogue as it would be with the draft."""
    order = {name: place for place, name in enumerate(national_records())}
    others = [procedure for procedure in catalogue.procedures if procedure.id != draft.id]
    procedures = sorted([*others, *([draft] if draft.is_offered else [])], key=lambda one: order[one.id])
    return Catalogue(tuple(procedures), catalogue.forms, catalogue.old_names, catalogue.referrals)


def recheck(scope: Scope, unit: Unit, draft: Procedure) -> Recheck:
    """The unit's latest questions decided with and without the draft. For those who may read them; leaves an audit row.

    Raises NotAllowed.
    """
    scope.check(unit.pk, CONVERSATION_ROLES)
    messages = _latest(unit)
    now = UnitFacts.of(unit)
    then = replace(now, catalogue=with_draft(now.catalogue, draft))
    facts = _thread_facts(messages)
    contexts = [Context(one.procedure or None, now.gazetteer) for one in facts]
    understood = understander().understand([one.text for one in facts], contexts)
    changed = []
    for message, fact, meaning in zip(messages, facts, understood, strict=True):
        before, after = _decided(now, meaning, fact), _decided(then, meaning, fact)
        if before != after:
            changed.append(_changed(message, before, after, now, then))
    audit.record(
        unit.pk,
        "procedure.questions_rechecked",
        actor_key=scope.officer_id,
        subject=draft.id,
        facts={"looked_at": len(messages), "changed": len(changed)},
    )
    return Recheck(len(messages), tuple(reversed(changed)))


def _latest(unit: Unit) -> list[Message]:
    """Oldest first."""
    found = Message.objects.filter(unit=unit, direction=Direction.INBOUND, kind__in=_QUESTION_KINDS).exclude(text="")
    return list(reversed(found.select_related("conversation").order_by("-created_at", "-pk")[:LATEST]))


def _thread_facts(messages: list[Message]) -> list[ThreadFacts]:
    """What each conversation was about when the message came, as far as these messages tell."""
    known: dict[int, tuple[str, datetime]] = {}
    facts = []
    for message in messages:
        procedure, at = known.get(message.conversation_id, ("", message.created_at))
        facts.append(
            ThreadFacts(
                text=message.text,
                procedure=procedure if message.created_at - at < PROCEDURE_LIFE else "",
                was_welcomed_recently=True,
            )
        )
        if message.procedure:
            known[message.conversation_id] = (message.procedure, message.created_at)
    return facts


def _decided(unit: UnitFacts, understood: Understanding, facts: ThreadFacts) -> Decision:
    return decide_command(unit, facts) or decide(unit, understood, facts)


def _changed(message: Message, before: Decision, after: Decision, now: UnitFacts, then: UnitFacts) -> ChangedAnswer:
    return ChangedAnswer(
        conversation_id=message.conversation.public_id,
        number=message.conversation.number,
        asked_at=message.created_at,
        text=hide_for_reading(message.text)[:SHOWN_LENGTH],
        before=_outcome(before, now),
        after=_outcome(after, then),
        is_other_words=before.procedure == after.procedure and before.band == after.band,
    )


def _outcome(decision: Decision, unit: UnitFacts) -> str:
    """Title of the procedure answered, else what the machine does: offer, officer or answer (something else)."""
    procedure = unit.catalogue.procedure(decision.procedure) if decision.procedure else None
    return procedure.title if procedure else decision.band
