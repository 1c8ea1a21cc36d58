"""What is said to a question about a procedure: the answer, a choice, a referral, or an officer."""

import re
from dataclasses import replace
from datetime import date

from binhyen.channels.connector import Button, ButtonKind
from binhyen.core import clock
from binhyen.core.text import fold
from binhyen.inbox.models import Urgency
from binhyen.language.kinds import Aspect
from binhyen.language.questions import names_matter
from binhyen.language.understanding import Question, Understanding
from binhyen.procedures.catalogue import Confidence, OldName, Procedure
from binhyen.procedures.form_names import forms_of_old, gone_paper
from binhyen.procedures.rules import always_needs_officer, by_age, is_other_addiction, officer_needed, worded
from binhyen.workflows import texts
from binhyen.workflows.decision import Decision, PlannedReply, ThreadFacts, UnitFacts
from binhyen.workflows.form_answers import form_buttons
from binhyen.workflows.procedure_text import CHAT_LIMIT, aspect_answer, further_answer, whole_answer

OFFERED = 3
"""Procedures offered as buttons; "Khác" and "Gặp cán bộ" follow, five is Zalo's limit."""
SURELY_ELSEWHERE = 0.9
"""Probability from which other procedures are no choice for what another agency does."""
_FEW_WORDS = 3
_FIRST = re.compile(r"\b(?:dau tien|luc dau|ban dau|(?:cai|viec|chuyen|thu tuc) dau)\b")
_BACK = re.compile(
    rf"{_FIRST.pattern}|\b(?:quay lai|tro lai|(?:luc|hoi|khi|ban) nay|(?:chuyen|viec|cai|thu tuc) (?:kia|truoc))\b"
)
"""Words that go back in a talk, folded."""
_SECOND = re.compile(r"\b(?:cai|viec|chuyen|thu tuc|cau) (?:(?:thu )?(?:hai|2)|sau|cuoi(?: cung)?|con lai)\b")
DENUNCIATION = "to-cao-can-bo"
_POWER_TOPIC = "ngoai-dien-nuoc"
_OPEN = re.compile(
    r"\bgio (?:lam viec|hanh chinh|mo cua|tiep dan|nghi)\b"
    r"|\b(?:may gio|gio nao|thu (?:7|bay)|chu nhat|cn|cuoi tuan|ngay le|trua|chieu|toi|ngoai gio)\b.{0,20}"
    r"\b(?:lam viec|lam khong|lam ko|lam k|mo cua|nghi khong|nghi ko|nghi k|tiep dan|co lam|co nghi|co mo|truc)\b"
    r"|\b(?:lam viec|mo cua|tiep dan|dong cua)\b.{0,25}\b(?:may gio|gio nao|khi nao|khong|ko|k|ngay nao)\b"
)
"""Asking when the office is open, folded."""
_CHANNEL = re.compile(
    r"\b(?:vao|xin|link|tham gia|cho)\b.{0,20}\bnhom (?:zalo|thon|xom|to|ap|dan cu|cua|cong an|khu)\b"
    r"|\b(?:vao|tham gia|link) nhom\b|\bnhom (?:zalo|thon|xom|to|ap|dan cu)\b.{0,20}\b(?:nao|dau|link|vao)\b"
    r"|\b(?:trang|kenh|page|zalo|nick) nay\b.{0,30}\b(?:that|chinh thuc|chinh chu|gia|cua cong an)\b"
)
_NO_POWER = re.compile(r"\b(?:mat|cup|cat|ngat) (?:dien|nuoc|mang|internet|wifi)\b(?! thoai)")
_WHERE_IS_FORM = re.compile(
    r"\b(?:mau|to khai|don)(?: (?:don|nay|do|the|thi|a|lay|tai|in|xin|kiem|tim|duoc|co))* (?:o )?dau\b"
)
_MUST_BY = re.compile(r"\btrong (?:bao|may)\b.{0,20}\bphai\b|\bphai\b.{0,20}\btrong (?:bao|may)\b")
_BEFORE = re.compile(r"\btruoc (?:may|bao)\b")
_WHO = re.compile(r"\b(?:ai|doi tuong|dieu kien|tuoi|tre em|nguoi gia)\b")
_WITH_PROXY = frozenset({"proxy", "who", "steps"})
"""What a question about going instead also sounds like."""


def procedure_question(unit: UnitFacts, whole: Understanding, question: Question, thread: ThreadFacts) -> Decision:
    """The decision by the question's band: answer, offer, or hand over. A paper that is gone is said to be."""
    decision = _by_band(unit, whole, question, thread)
    gone = gone_paper(question.text, unit.catalogue)
    if gone is None or not decision.replies:
        return decision
    if decision.band == "offer":
        decision = _offer_instead(unit, gone, decision)
    first, *others = decision.replies
    told = texts.said(texts.GONE_PAPER, unit, paper=gone.old, why=worded(gone.note), now=gone.now)
    both = f"{told}\n\n{first.text}"
    if len(both) > CHAT_LIMIT:
        return replace(decision, replies=(PlannedReply(told), first, *others))
    return replace(decision, replies=(replace(first, text=both), *others))


def _by_band(unit: UnitFacts, whole: Understanding, question: Question, thread: ThreadFacts) -> Decision:
    if not question.procedures or (question.band == "officer" and not _names_little_else(question)):
        return to_officer(unit, "procedure")
    best = question.procedures[0]
    if question.band == "offer" and best.out_of_scope and best.score >= SURELY_ELSEWHERE:
        return _refer(unit, best.topic)
    goes_on = _goes_on(question, thread)
    is_sure = question.band == "answer" or (goes_on and question.aspects and not whole.asks_status)
    if not is_sure or not unit.answers_automatically:
        return to_officer(unit, "procedure") if whole.asks_status else _offer(unit, question, thread)
    if best.out_of_scope:
        return _refer(unit, best.topic)
    if whole.is_follow_up and _SECOND.search(thread.folded) and len(set(thread.talked_about)) == 1:
        return to_officer(unit, "procedure")
    topic = _gone_back_to(question, thread) if whole.is_follow_up else ""
    procedure = unit.catalogue.procedure(topic or by_age(best.topic, thread.text))
    if procedure is None or is_other_addiction(procedure.id, question.text):
        return to_officer(unit, "procedure")
    if (whole.is_follow_up or goes_on) and question.aspects and not procedure.is_abolished:
        return _follow_up(unit, procedure, question)
    if goes_on and procedure.id == thread.procedure and not procedure.is_abolished:
        return _further(unit, procedure, question)
    return procedure_decision(unit, procedure, question.text)


def _names_little_else(question: Question) -> bool:
    """Whether it is little more than the name of the matter: "căn cước"; a choice helps more than to wait."""
    return len(question.text.split()) <= _FEW_WORDS and names_matter(fold(question.text))


def _goes_on(question: Question, thread: ThreadFacts) -> bool:
    """Whether it is about what was answered in the last minutes, so that nobody gets the same page of words again."""
    topic = question.procedures[0].topic
    return topic == thread.procedure and topic in thread.talked_about


def _gone_back_to(question: Question, thread: ThreadFacts) -> str:
    """The procedure talked about before the last one, where the words go back to it: "quay lại chuyện xe máy, phí?"."""
    if not thread.talked_about or not (_BACK.search(thread.folded) or _SECOND.search(thread.folded)):
        return ""
    in_order = list(dict.fromkeys(thread.talked_about))
    if _SECOND.search(thread.folded):
        return in_order[1] if len(in_order) == 2 else ""
    if _FIRST.search(thread.folded):
        return in_order[0]
    others = [one for one in reversed(thread.talked_about) if one != thread.procedure]
    named = (candidate.topic for candidate in question.procedures if candidate.topic in others)
    return next(named, others[0] if others else "")


def procedure_decision(unit: UnitFacts, procedure: Procedure, text: str = "") -> Decision:
    """The whole answer; a person looks too when the case needs one or the facts are unverified.

    Who asks how to denounce is shown the way up: officers of this very unit read the chat (G7).
    """
    reply = _whole_reply(procedure, _page(unit, procedure))
    replies = [reply]
    if procedure.id == DENUNCIATION:
        replies.append(PlannedReply(texts.said(texts.DENOUNCED_HERE, unit)))
    told = Decision(tuple(replies), kind="procedure", procedure=procedure.id, band="answer")
    return _with_person(unit, procedure, text, told)


def _with_person(unit: UnitFacts, procedure: Procedure, text: str, decision: Decision) -> Decision:
    """The answer, and an officer where the case or the procedure needs one."""
    replies = list(decision.replies)
    if condition := officer_needed(procedure, text):
        replies.append(PlannedReply(texts.said(texts.NEEDS_PERSON, unit, why=condition)))
    waits = bool(condition) or procedure.confidence is Confidence.MEMORY or always_needs_officer(procedure)
    return replace(decision, replies=tuple(replies), waits_for_officer=decision.waits_for_officer or waits)


_whole_replies: dict[tuple[str, str, str, date], PlannedReply] = {}
_MOST_KEPT = 2_000


def _whole_reply(procedure: Procedure, address: str) -> PlannedReply:
    """The answer of one version on one unit's portal; written again when the day changes, since fees run out."""
    key = (procedure.id, procedure.revision, address, clock.today())
    reply = _whole_replies.get(key)
    if reply is None:
        if len(_whole_replies) >= _MOST_KEPT:
            _whole_replies.clear()
        reply = PlannedReply(
            whole_answer(procedure, address), _answer_buttons(procedure, address), procedure=procedure.id
        )
        _whole_replies[key] = reply
    return reply


def _follow_up(unit: UnitFacts, procedure: Procedure, question: Question) -> Decision:
    """What was asked about the procedure just discussed; whether another may go instead, only a person can say."""
    if "proxy" in question.aspects:
        asked: tuple[Aspect, ...] = tuple(aspect for aspect in question.aspects if aspect not in _WITH_PROXY)
        told = aspect_answer(procedure, asked, _page(unit, procedure))
        replies = (*((PlannedReply(told),) if told else ()), PlannedReply(texts.said(texts.BY_PROXY, unit)))
        return Decision(replies, True, Urgency.NORMAL, "procedure", procedure.id, "answer" if told else "officer")
    text = aspect_answer(procedure, _asked(question), _page(unit, procedure), fold(question.text))
    if not text and "hours" in question.aspects and unit.office_hours:
        return Decision(
            (PlannedReply(texts.numbers_text(unit)),), kind="procedure", procedure=procedure.id, band="answer"
        )
    if not text:
        reply = PlannedReply(texts.said(texts.NOT_SAID, unit))
        return Decision((reply,), True, Urgency.NORMAL, "procedure", procedure.id, "officer")
    reply = PlannedReply(text, form_buttons(procedure) if "form" in question.aspects else (), procedure=procedure.id)
    answer = Decision((reply,), kind="procedure", procedure=procedure.id, band="answer")
    return _with_person(unit, procedure, question.text, answer)


def _further(unit: UnitFacts, procedure: Procedure, question: Question) -> Decision:
    """What was not told yet of the procedure just answered, and a person in reach."""
    text = f"{further_answer(procedure, _page(unit, procedure))}\n\n{texts.said(texts.FURTHER, unit)}"
    reply = PlannedReply(text, (texts.PERSON_BUTTON,), procedure=procedure.id)
    told = Decision((reply,), kind="procedure", procedure=procedure.id, band="answer")
    return _with_person(unit, procedure, question.text, told)


def _asked(question: Question) -> tuple[Aspect, ...]:
    """The aspects, without the place where only the form is looked for ("mẫu đâu ạ"), and without the time it takes
    where somebody asks how long before ("trước mấy ngày"). By when it must be done is no time it takes either.

    Whether something is needed ("có phải khám sức khỏe không") is read off the papers.
    """
    folded = fold(question.text)
    if question.aspects == ("who",) and not _WHO.search(folded):
        return ("documents",)
    if _MUST_BY.search(folded):
        return ("deadline",)
    left_out = {"place"} if "form" in question.aspects and _WHERE_IS_FORM.search(folded) else set()
    left_out |= {"time"} if "deadline" in question.aspects and _BEFORE.search(folded) else set()
    return tuple(one for one in question.aspects if one not in left_out)


def _offer(unit: UnitFacts, question: Question, thread: ThreadFacts) -> Decision:
    topics = (candidate.topic for candidate in question.procedures if not candidate.out_of_scope)
    offered = [procedure for topic in topics if (procedure := unit.catalogue.procedure(topic))][:OFFERED]
    if not offered:
        return to_officer(unit, "procedure")
    buttons = tuple(texts.say(procedure.title[:100], f"#thu-tuc:{procedure.id}") for procedure in offered)
    choices = (*buttons, texts.OTHER_BUTTON, texts.PERSON_BUTTON)
    if choices == thread.offered:
        return to_officer(unit, "procedure")  # the same choice again helps nobody
    reply = PlannedReply(texts.said(texts.OFFER, unit), choices)
    return Decision((reply,), False, Urgency.NORMAL, "procedure", "", "offer")


def _offer_instead(unit: UnitFacts, gone: OldName, offer: Decision) -> Decision:
    """The choice for somebody who named a paper that is gone: what is used now first, then what is near to that."""
    users = (name for form in forms_of_old(gone, unit.catalogue) for name in form.used_by)
    now = [procedure for name in users if (procedure := unit.catalogue.procedure(name))]
    if not now or not offer.replies[0].buttons:
        return offer
    first = [texts.say(procedure.title[:100], f"#thu-tuc:{procedure.id}") for procedure in now]
    near = {procedure.category for procedure in now}
    others = [
        button
        for button in offer.replies[0].buttons[:-2]
        if (found := unit.catalogue.procedure(button.value.removeprefix("#thu-tuc:"))) and found.category in near
    ]
    buttons = list(dict.fromkeys([*first, *others]))[:OFFERED]
    choice = replace(offer.replies[0], buttons=(*buttons, texts.OTHER_BUTTON, texts.PERSON_BUTTON))
    return replace(offer, replies=(choice, *offer.replies[1:]))


def other_matter(unit: UnitFacts, question: Question) -> Decision:
    """What asks for no procedure: when the office is open, no power or water, the rest for an officer."""
    if asks_for_channels(question.text):
        return channels(unit)
    if unit.office_hours and _OPEN.search(fold(question.text)):
        return Decision((PlannedReply(texts.numbers_text(unit)),), kind="contact", band="answer")
    topic = question.procedures[0].topic if question.procedures else ""
    if unit.answers_automatically and topic == _POWER_TOPIC and _NO_POWER.search(fold(question.text)):
        return replace(_refer(unit, topic), kind="other")
    return to_officer(unit, "other")


def asks_for_channels(text: str) -> bool:
    """Whether somebody wants into a group, or asks whether this page is really the police."""
    return _CHANNEL.search(fold(text)) is not None


def channels(unit: UnitFacts) -> Decision:
    """The page that proves the unit's channels and lists its groups (G45)."""
    return Decision((PlannedReply(texts.said(texts.CHANNELS, unit)),), kind="contact", band="answer")


def _refer(unit: UnitFacts, topic: str) -> Decision:
    referral = unit.catalogue.referral(topic)
    if referral is None:
        return to_officer(unit, "procedure")
    doubt = texts.said(texts.REFERRAL_DOUBT, unit) if referral.confidence is Confidence.MEMORY else ""
    text = texts.said(texts.REFERRAL, unit, go_to=referral.go_to, doubt=doubt)
    return Decision((PlannedReply(text, (texts.PERSON_BUTTON,)),), False, Urgency.NORMAL, "procedure", "", "answer")


def _answer_buttons(procedure: Procedure, address: str) -> tuple[Button, ...]:
    """The page, the forms as files, a person; five is Zalo's limit."""
    open_page = (Button("Xem đầy đủ, in ra", ButtonKind.OPEN, address),) if address.startswith("https://") else ()
    return (*open_page, *form_buttons(procedure), texts.PERSON_BUTTON)


def _page(unit: UnitFacts, procedure: Procedure) -> str:
    return f"{unit.portal_address}/thu-tuc/{procedure.id}/" if unit.portal_address else ""


def to_officer(unit: UnitFacts, kind: str, procedure: str = "") -> Decision:
    """An officer answers; the resident is told so."""
    reply = PlannedReply(texts.said(texts.TO_OFFICER, unit))
    return Decision((reply,), True, Urgency.NORMAL, kind, procedure)
