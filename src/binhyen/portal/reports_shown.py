"""What the receipt and the tracking page say about a report: states, clocks and openings in a resident's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _

from binhyen.cases.following import FollowedCase, FollowedLine
from binhyen.cases.models import CaseChannel, CaseClock
from binhyen.cases.sending import Sent
from binhyen.core import clock
from binhyen.core.law import rules_for
from binhyen.core.prepared import Prepared
from binhyen.core.text import nfc
from binhyen.portal.file_words import left_out_words
from binhyen.portal.kept_pages import Values, kept_page
from binhyen.portal.units_here import UnitHere
from binhyen.vault.receipts import grouped

_ENDS = {
    "look_by": ("crime.first_look", "feedback.first_look"),
    "answer_by": ("feedback.answer",),
    "transfer_by": ("crime.transfer",),
}
"""Names of the template, and the clocks they stand for."""
_CLOCKS = Prepared(
    lambda case_id: CaseClock.objects.filter(case=case_id, is_information=False).values_list("rule_id", "due_at"), int
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the time line."""

    words: str
    text: str
    at: datetime
    is_mine: bool
    is_answer: bool
    advice: str
    """What to do about it, in the language of the page."""


def receipt_page(
    unit: UnitHere, sent: Sent, *, taken_back_under: str = "", left_out: Sequence[str] = ()
) -> HttpResponse:
    """The receipt: code in groups of three, and until when what happens.

    `taken_back_under`: token under which words that were sealed unasked may be taken back; "" for other reports.
    `left_out`: what became of files of the chat that did not come along.
    """
    facts = {
        "is_danger": sent.case.is_urgent,
        "is_named": bool(sent.case.sealed_identity),
        "goes_up": sent.case.goes_up,
        "is_from_zalo": sent.case.channel == CaseChannel.ZALO,
        "may_take_back": bool(taken_back_under),
    }
    due = dict(_CLOCKS.rows(sent.case.pk))
    ends = {name: next((due[rule] for rule in rules if rule in due), None) for name, rules in _ENDS.items()}
    moments: Values = {name: _moment(at) for name, at in {"received_at": sent.case.received_at, **ends}.items() if at}
    values: Values = {
        "groups": tuple(grouped(sent.code).split()),
        "draft": taken_back_under,
        "left_out": tuple(left_out),
        **moments,
    }
    return kept_page("report_receipt", unit, facts, values)


def _moment(at: datetime) -> tuple[str, str]:
    """For the machine and for people."""
    local = at.astimezone(clock.VIETNAM)
    return local.isoformat(), f"{local:%H:%M %d/%m/%Y}"


def state_words(state: str) -> str:
    """A state as residents read it."""
    return {
        "received": _("Received"),
        "seen": _("An officer has read it"),
        "verifying": _("Being checked"),
        "transferred": _("Passed on to the place in charge"),
        "answered": _("Answered"),
        "closed": _("Finished"),
        "closed_without_result": _("Finished without a result"),
        "contested": _("You said it is not done: the commander looks at it"),
    }.get(state, "")


def clock_words(rule_id: str) -> str:
    """What a clock promises."""
    return {
        "crime.first_look": _("An officer reads it"),
        "feedback.first_look": _("An officer reads it"),
        "crime.transfer": _("It is passed on to the place in charge"),
        "feedback.forward": _("It is passed on to the place in charge"),
        "feedback.answer": _("You get an answer"),
        "crime.followup_ping": _("We ask the other place how far it is"),
        "crime.urgent_call": _("The investigation body is called"),
        "contest.first_look": _("The commander takes it up"),
    }.get(rule_id, "")


def lines_of(followed: FollowedCase, unit: UnitHere) -> list[Line]:
    """The time line, oldest first."""
    found = [_line(line, unit) for line in followed.lines]
    return [line for line in found if line.words]


def _line(line: FollowedLine, unit: UnitHere) -> Line:
    words = {
        "state": state_words(line.state),
        "answer": _("Answer of the unit"),
        "question": _("The unit asks you"),
        "addition": _("You added something"),
        "left_out": _("Files from your chat"),
        "contest": _("You said it is not done"),
        "kind": _("The unit filed it as another kind. Reason:"),
        "clock": _("The unit changed a date. Reason:") if line.text else _("The investigation body was called"),
        "transfer": _("The other place has it") if line.facts.get("acknowledged") else _("Passed on to:"),
        "route": _("The way back through Zalo was destroyed, as you wished"),
    }.get(line.kind, "")
    left_out = {str(line.facts["why"]): int(line.facts["files"])} if line.kind == "left_out" else {}
    advice = " ".join(left_out_words(left_out, unit))
    return Line(words, nfc(line.text), line.at, line.is_mine, line.kind in ("answer", "question"), advice)


@dataclass(frozen=True, slots=True)
class FormalClock:
    """A limit of the formal channels."""

    words: str
    length: str


def formal_clocks() -> list[FormalClock]:
    """Limits of denunciations and complaints that a resident should know, from the law file."""
    wanted = {
        "denunciation.initial": _("Denunciation: looked at and decided whether it is taken up"),
        "denunciation.resolve": _("Denunciation: decided, from when it is taken up"),
        "complaint.accept": _("Complaint: taken up or refused in writing"),
        "complaint.resolve_first": _("Complaint: first decision, from when it is taken up"),
    }
    rules = {rule.id: rule for kind in ("denunciation", "complaint") for rule in rules_for(kind, clock.today())}
    units = {"working_days": _("working days"), "calendar_days": _("days")}
    return [
        FormalClock(words, f"{rules[rule].due.value} {units[rules[rule].due.unit]}")
        for rule, words in wanted.items()
        if rule in rules
    ]
