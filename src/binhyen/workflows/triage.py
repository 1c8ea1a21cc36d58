"""From events to changes: what each message means for its conversation, decided for a whole batch at once."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace

from binhyen.channels.connector import (
    Echo,
    Followed,
    Interacted,
    Media,
    MediaItem,
    MediaKind,
    PublicComment,
    Text,
    Unfollowed,
)
from binhyen.inbox.models import ConversationState, DutyAlert
from binhyen.inbox.new_rows import NewMessage
from binhyen.inbox.officer_zalo import written_code
from binhyen.language.understanding import Context, Understander, Understanding
from binhyen.workflows import answering, texts
from binhyen.workflows.arrivals import Arrival, PersonKey
from binhyen.workflows.beside_officer import beside_officer
from binhyen.workflows.changes import Changes, folded_answer
from binhyen.workflows.commands import decide_command
from binhyen.workflows.decision import Decision, PlannedReply, ThreadFacts, UnitFacts, apply_decision, unit_facts
from binhyen.workflows.echoes import settle_echo
from binhyen.workflows.loop_guard import TOLD_ONCE, Said, reason_to_be_silent, was_just_said
from binhyen.workflows.previews import preview_of
from binhyen.workflows.private_path import cut_routes_of, is_stop_word, new_link
from binhyen.workflows.procedure_answers import to_officer
from binhyen.workflows.threads import Thread, Threads

UNDERSTOOD_LIMIT = 4_000
"""Characters of a message that are understood; the rest is stored and read by an officer."""
_NEEDS_NO_ANSWER = frozenset({MediaKind.STICKER})


@dataclass(frozen=True, slots=True)
class _Asked:
    """A message that waits for being understood."""

    thread: Thread
    message: NewMessage
    facts: ThreadFacts
    items: tuple[MediaItem, ...]


class Triage:
    """Works the events of one batch in order, conversation by conversation, understanding them together."""

    def __init__(self, threads: Threads, changes: Changes, understander: Understander) -> None:
        self._threads = threads
        self._changes = changes
        self._understander = understander

    def work(self, arrivals: Iterable[Arrival]) -> None:
        """Each round takes every conversation up to its next message of words; a second one sees what the first did."""
        waiting: dict[PersonKey, deque[Arrival]] = {}
        for arrival in arrivals:
            if arrival.person in self._threads:
                waiting.setdefault(arrival.person, deque()).append(arrival)
        while waiting:
            asked = [one for key, events in waiting.items() if (one := self._up_to_words(self._threads[key], events))]
            self._answer(asked)
            waiting = {key: events for key, events in waiting.items() if events}

    def _up_to_words(self, thread: Thread, events: "deque[Arrival]") -> _Asked | None:
        while events:
            asked = self._take(thread, events.popleft())
            if asked:
                return asked
        return None

    def _take(self, thread: Thread, arrival: Arrival) -> _Asked | None:
        match arrival.event:
            case Text(message_id=message_id, text=text):
                return self._take_message(thread, arrival, message_id, text, ())
            case Media(message_id=message_id, text=text, items=items):
                return self._take_message(thread, arrival, message_id, text, items)
            case PublicComment(message_id=message_id, text=text):
                self._take_comment(thread, arrival, message_id, text)
            case Echo() as echo:
                settle_echo(thread, echo, self._changes)
            case Followed():
                self._take_follow(thread, arrival)
            case Unfollowed():
                thread.contact.is_following = False
                thread.is_changed = True
            case Interacted():
                thread.acted(arrival.acted_at)
                thread.is_changed = True
        return None

    def _take_message(
        self, thread: Thread, arrival: Arrival, message_id: str, text: str, items: tuple[MediaItem, ...]
    ) -> _Asked | None:
        if message_id in thread.known_ids:
            self._changes.counts[thread.account.unit_id, "intake.repeated"] += 1
            return None
        message = self._store(thread, arrival, message_id, text, items)
        facts = self._facts(thread, message, items)
        if not text:
            self._settle(thread, message, self._media_decision(thread, items))
            return None
        command = self._link_decision(thread, facts) or self._stop_decision(thread, facts)
        if command := command or decide_command(self._unit(thread), facts):
            self._settle(thread, message, _looked_at(command, items))
            return None
        return _Asked(thread, message, facts, items)

    def _link_decision(self, thread: Thread, facts: ThreadFacts) -> Decision | None:
        """An officer's one-time code: the chat is linked, and nothing waits for anybody."""
        code = written_code(facts.folded) if thread.account.connector == "zalo_oa" else ""
        if not code:
            return None
        self._changes.officer_codes.append((code, thread.contact))
        return Decision((PlannedReply(texts.CODE_TAKEN),), kind="other", band="answer")

    def _stop_decision(self, thread: Thread, facts: ThreadFacts) -> Decision | None:
        """ "dừng" destroys the way back of what was reported by this chat; who reported nothing hears that it is so."""
        if thread.account.connector != "zalo_oa" or not is_stop_word(facts.folded):
            return None
        was_cut = cut_routes_of(thread.conversation.public_id)
        reply = texts.said(texts.ROUTE_CUT if was_cut else texts.NO_ROUTE, self._unit(thread))
        return Decision((PlannedReply(reply),), kind="other", band="answer")

    def _store(
        self, thread: Thread, arrival: Arrival, message_id: str, text: str, items: tuple[MediaItem, ...]
    ) -> NewMessage:
        message = self._changes.add_inbound(thread, message_id, text, arrival.happened_at, arrival.quoted_id)
        self._changes.add_items(thread, message, items)
        thread.acted(arrival.acted_at)
        thread.is_changed = True
        conversation = thread.conversation
        conversation.last_message_at = conversation.last_inbound_at = conversation.changed_at = self._changes.now
        conversation.unread_count += 1
        conversation.preview = preview_of(text, items)
        return message

    def _facts(self, thread: Thread, message: NewMessage, items: tuple[MediaItem, ...]) -> ThreadFacts:
        now = self._changes.now
        is_whole = len(message.text) <= UNDERSTOOD_LIMIT
        return ThreadFacts(
            text=message.text[:UNDERSTOOD_LIMIT],
            procedure=thread.procedure_at(now),
            talked_about=thread.talked_about(),
            was_welcomed_recently=thread.was_welcomed(now),
            was_hinted_recently=thread.was_hinted(now),
            is_new=thread.is_new,
            has_media_only=bool(items) and not message.text,
            offered=thread.offered,
            known_folded=message.folded if is_whole else None,
        )

    def _media_decision(self, thread: Thread, items: tuple[MediaItem, ...]) -> Decision:
        if all(item.kind in _NEEDS_NO_ANSWER for item in items):
            waits = thread.conversation.state == ConversationState.WAITING
            return Decision(waits_for_officer=waits, kind=thread.conversation.kind or "other")
        decision = answering.media_received(self._unit(thread), preview_of("", items))
        if self._takes_sealed(thread) and thread.was_sealed():
            return answering.seal_words(self._unit(thread), decision, was_told=True)
        return decision

    def _take_comment(self, thread: Thread, arrival: Arrival, message_id: str, text: str) -> None:
        """Something reported in public: into the private path, one hint, nothing in public (G15)."""
        if message_id in thread.known_ids:
            return
        message = self._store(thread, arrival, message_id, text, ())
        decision = answering.hint_privately(self._unit(thread))
        understood = self._understander.understand([text[:UNDERSTOOD_LIMIT]])[0]
        if self._is_clear(thread, message, understood):
            was_told = thread.was_sealed() or thread.was_hinted(self._changes.now)
            decision = answering.seal_words(self._unit(thread), decision, was_told=was_told)
        elif thread.was_hinted(self._changes.now):
            decision = replace(decision, replies=(), hints_privately=False)
        self._settle(thread, message, decision)

    def _take_follow(self, thread: Thread, arrival: Arrival) -> None:
        thread.contact.is_following = True
        thread.acted(arrival.acted_at)
        thread.is_changed = True
        thread.conversation.changed_at = self._changes.now
        if thread.was_welcomed(self._changes.now):
            return
        thread.conversation.last_message_at = self._changes.now
        self._reply(thread, answering.welcome(self._unit(thread)), None, "")

    def _answer(self, asked: list[_Asked]) -> None:
        if not asked:
            return
        told = [one.facts.text for one in asked]
        contexts = [Context(one.facts.procedure or None, self._unit(one.thread).gazetteer) for one in asked]
        for one, understood in zip(asked, self._understander.understand(told, contexts), strict=True):
            thread, unit = one.thread, self._unit(one.thread)
            decision = _looked_at(answering.decide(unit, understood, one.facts), one.items)
            if self._is_clear(thread, one.message, understood):
                decision = answering.seal_words(unit, decision, was_told=thread.was_sealed(), text=one.message.text)
            self._settle(thread, one.message, decision, is_danger=understood.danger != "none")

    def _takes_sealed(self, thread: Thread) -> bool:
        return thread.account.connector == "zalo_oa"

    def _is_clear(self, thread: Thread, message: NewMessage, understood: Understanding) -> bool:
        """Whether the words leave the thread without being asked: they are clear, or go on about what just left."""
        if not self._takes_sealed(thread) or len(message.text) > UNDERSTOOD_LIMIT:
            return False
        goes_on = thread.was_sealed() and answering.goes_on_reporting(understood, message.text)
        return goes_on or answering.is_clearly_report(understood, message.text)

    def _unit(self, thread: Thread) -> UnitFacts:
        return unit_facts(thread.account.unit_id)

    def _settle(self, thread: Thread, message: NewMessage, decision: Decision, *, is_danger: bool = False) -> None:
        now = self._changes.now
        decision = beside_officer(self._unit(thread), thread, decision, message.text, now)
        decision = self._guarded(thread, message, decision)
        message.kind, message.procedure, message.band = decision.kind, decision.procedure, decision.band
        address = self._link(thread, message, decision, is_danger=is_danger)
        self._keep_in_mind(thread, message.folded, is_inbound=True, procedure=decision.procedure)
        apply_decision(thread.conversation, decision, now)
        if decision.alerts_duty and not thread.is_ringing:
            thread.is_ringing = True
            alert = DutyAlert(unit_id=thread.account.unit_id, conversation=thread.conversation, created_at=now)
            self._changes.alerts.append(alert)
        self._reply(thread, decision, message, address)

    def _guarded(self, thread: Thread, message: NewMessage, decision: Decision) -> Decision:
        """The decision with the replies that would make a loop taken out; an officer sees the message instead."""
        reason = reason_to_be_silent(thread.said, message.folded, self._changes.now)
        if reason == "own_words":  # they may name the hotlines, and ring nobody when they come back
            decision = replace(decision, alerts_duty=False)
        first_alarm = decision.alerts_duty and not thread.is_ringing  # hotlines are shown whatever came before (G55)
        if reason and not first_alarm:
            self._changes.counts[thread.account.unit_id, f"intake.silent.{reason}"] += 1
            waits = not decision.seals_words
            told = self._hand_over(thread, decision.kind) if waits and reason in TOLD_ONCE else ()
            return replace(decision, replies=told, waits_for_officer=waits, welcomes=False, hints_privately=False)
        if decision.procedure or decision.alerts_duty:
            return decision
        fresh = tuple(reply for reply in decision.replies if not self._was_just_said(thread, reply))
        if fresh == decision.replies:
            return decision
        if fresh or decision.seals_words:
            return replace(decision, replies=fresh)
        # Somebody who would get nothing new is heard by a person instead, and told so once.
        handed = to_officer(self._unit(thread), decision.kind).replies
        fresh = tuple(reply for reply in handed if not self._was_just_said(thread, reply))
        return replace(decision, replies=fresh, waits_for_officer=True)

    def _hand_over(self, thread: Thread, kind: str) -> tuple[PlannedReply, ...]:
        """That an officer answers from here on; nothing to somebody who waits for one already, lest it loop."""
        if thread.conversation.state == ConversationState.WAITING:
            return ()
        return to_officer(self._unit(thread), kind).replies

    def _was_just_said(self, thread: Thread, reply: PlannedReply) -> bool:
        if reply.form or (reply.buttons and reply.buttons != thread.offered):
            return False
        return was_just_said(thread.said, folded_answer(reply.text), self._changes.now)

    def _link(self, thread: Thread, message: NewMessage, decision: Decision, *, is_danger: bool) -> str:
        """Address of a one-time link, to the sealed form or to what is sealed from now on; "" for no link (G15)."""
        if not self._takes_sealed(thread) or not (decision.hints_privately or decision.seals_words):
            return ""
        draft, token = new_link(thread.account.unit_id, thread.conversation.public_id)
        self._changes.drafts.append(draft)
        if decision.seals_words:
            self._changes.seal_words(thread, message, draft, is_urgent=is_danger)
        return f"{self._unit(thread).portal_address}/g/z/{token}/" if decision.hints_privately else ""

    def _with_link(self, thread: Thread, decision: Decision, address: str) -> tuple[PlannedReply, ...]:
        if not address:
            return decision.replies
        hints = [texts.said(words, self._unit(thread)) for words in (texts.PRIVATE_HINT, texts.SEALED_HINT)]
        sealed = decision.seals_words
        return tuple(
            texts.with_private_link(reply, address, is_sealed=sealed) if reply.text in hints else reply
            for reply in decision.replies
        )

    def _keep_in_mind(self, thread: Thread, folded: str, *, is_inbound: bool, procedure: str = "") -> None:
        thread.said.append(Said(self._changes.now, is_inbound, not is_inbound, folded, procedure))

    def _reply(self, thread: Thread, decision: Decision, answered: NewMessage | None, address: str) -> None:
        for reply in self._with_link(thread, decision, address):
            self._changes.add_reply(thread, reply, answered)
            self._keep_in_mind(thread, folded_answer(reply.text), is_inbound=False, procedure=reply.procedure)
            thread.shown(reply.buttons)
        if decision.welcomes:
            thread.conversation.welcomed_at = self._changes.now
        if decision.hints_privately:
            thread.conversation.hinted_at = self._changes.now


def _looked_at(decision: Decision, items: tuple[MediaItem, ...]) -> Decision:
    """An officer looks at what came along, even when the words could be answered."""
    needs_look = any(item.kind not in _NEEDS_NO_ANSWER for item in items)
    return replace(decision, waits_for_officer=True) if needs_look else decision
