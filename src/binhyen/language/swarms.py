"""Notice many people telling of one event within minutes, message by message; never by what one sender repeats."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re
from collections import deque
from dataclasses import dataclass, field
from functools import cached_property

from binhyen.core.text import fold
from binhyen.language.normalising import matched_part
from binhyen.language.report_events import read_events
from binhyen.language.report_evidence import GRAVE, LASTING, evidence
from binhyen.language.report_facts import Facts
from binhyen.language.report_matching import WITH_TIME, Report, judge, read_report, telling_words
from binhyen.language.report_places import shares_place

WINDOW_S = 600
"""Messages of one event come within ten minutes of each other."""

ENOUGH_SENDERS = 3
"""So many different senders make a swarm."""

_LINK_FROM = 0.7
"""How alike a message must be to the most alike one of those told together."""
_ALL_FROM = 0.6
"""And to all of them on average."""
_NONE_BELOW = 0.3
"""And to each while they are too few for an alert: three small things that happen at three places are no swarm."""
_COMPARED = 6
_SHARED_WORDS = 2
_NO_EVENT = LASTING | {"lost_found"}
_ASKS = re.compile(
    r"\b(?:cho (?:em|toi|minh|chau|e|tui)? ?hoi|xin hoi|muon hoi|hoi (?:ve|cach|thu tuc)|thu tuc|giay to gi|ho so gi|can (?:gi|nhung gi|giay)|"
    r"lam (?:the nao|sao|o dau|thu tuc)|the nao|bao nhieu|bao lau|bao gio|khi nao|may gio|o dau(?: (?:vay|a|the|ha|nhi|v))?$|"
    r"co (?:phai|that|dung) .{0,40}(?:khong|ko|k|ha|a)|nghe (?:noi|don)|phai khong|dung khong|that khong|co sao khong|"
    r"(?:duoc|dc|can|phai|co) .{0,20}(?:khong|ko|hong|k)(?: a| vay| nhi)?$)"
)
_THANKS = re.compile(
    r"^(?:(?:da|a|vang|xin|em|toi|minh|chau|con|gia dinh|ba con|bua nay|nay) )*(?:rat |cung |gui loi |chan thanh )*"
    r"(?:cam on|biet on|thanks?|tks|chuc|hoan ho|khen|tuyen duong|qua hay|hay qua|gioi qua|tuyet voi|mung qua)\b|"
    r"\b(?:mung|gioi|hay|kip thoi|nhiet tinh) (?:qua|lam|ghe|thiet|that)\b|\bbat (?:duoc|dc) (?:bon|tui|thang|ten|no|ke)\b"
)
"""What is told of something past and gone well."""
_URGENT = re.compile(r"\b(?:cuu|gap|nhanh len|den ngay|toi ngay|xin dieu|goi (?:113|114|115))\b")


@dataclass(frozen=True, slots=True)
class Swarm:
    """One event many people tell of: how many different senders so far, and the words of the first."""

    key: str
    count: int
    first_text: str
    keys: tuple[str, ...]
    """Of the messages, in order of arrival."""


@dataclass(slots=True)
class _Heap:
    """Messages taken for one event."""

    members: list["_Told"]
    alerted: bool = False

    @property
    def senders(self) -> set[str]:
        return {member.sender for member in self.members}

    @property
    def swarm(self) -> Swarm:
        """What is told about it."""
        first = self.members[0]
        return Swarm(first.key, len(self.senders), first.text, tuple(member.key for member in self.members))

    @property
    def is_event(self) -> bool:
        """Whether most of them tell of something that happens, or of one place; thanks and finds are no event."""
        reports = [member.report for member in self.members]
        telling = sum(bool(report.events - _NO_EVENT) for report in reports)
        return telling * 2 > len(reports) or _have_one_spot(reports[0].facts, reports[-1].facts)


@dataclass
class _Told:
    at_s: float
    sender: str
    key: str
    text: str
    words: frozenset[str]
    grave: frozenset[str]
    """Kinds of grave event it tells of: people who see one fire may share no other word."""
    heap: _Heap = field(default_factory=lambda: _Heap([]))

    @property
    def signs(self) -> frozenset[str]:
        """What it is found by."""
        return self.words | self.grave

    @cached_property
    def report(self) -> Report:
        return read_report(self.text)


def _alike(told: "_Told", other: "_Told") -> float:
    """As for suggestions; 0 for what shares neither an event that happens, nor a spot and what is told of it.

    A cry for help at one spot need not say what happened.
    """
    found = evidence(other.report, told.report, (told.at_s - other.at_s) / 60)
    event = (told.report.events & other.report.events) - _NO_EVENT
    spot = found["spot"] and (found["rare_words"] or found["same_event"] or found["grave"])
    cry = found["spot"] and found["unsaid"] and _URGENT.search(fold(told.text))
    return judge(found, WITH_TIME) if event or spot or cry else 0.0


def _have_one_spot(first: Facts, last: Facts) -> bool:
    return shares_place(first, last) or bool(first.people & last.people)


class SwarmWatch:
    """Feed it every report of one unit in order of time; it answers with a swarm once, at the deciding message."""

    def __init__(self, window_s: float = WINDOW_S, enough_senders: int = ENOUGH_SENDERS) -> None:
        """Start with nothing seen."""
        self._window_s = window_s
        self._enough = enough_senders
        self._recent: deque[_Told] = deque()
        self._by_sign: dict[str, deque[_Told]] = {}
        """Messages by each of their telling words and grave events."""

    def add(self, at_s: float, sender: str, text: str, key: str = "") -> Swarm | None:
        """Take one message (seconds of any clock, never going back); the swarm it completes, or None."""
        self._forget(at_s - self._window_s)
        folded = fold(matched_part(text))
        if is_no_report(folded):
            return None
        told = _Told(
            at_s, sender, key, text, telling_words(text), frozenset(f"={kind}" for kind in read_events(text, GRAVE)[0])
        )
        if not told.signs:
            return None
        self._place(told)
        self._recent.append(told)
        for sign in told.signs:
            self._by_sign.setdefault(sign, deque()).append(told)
        heap = told.heap
        if heap.alerted or len(heap.senders) < self._enough or not heap.is_event:
            return None
        heap.alerted = True
        return heap.swarm

    def standing(self) -> list[Swarm]:
        """Every swarm noticed so far and not forgotten yet, with all its messages up to now."""
        heaps = {id(told.heap): told.heap for told in self._recent}
        return [heap.swarm for heap in heaps.values() if heap.alerted]

    def _place(self, told: _Told) -> None:
        """Join the heap of the most alike recent message that nothing in its heap contradicts."""
        best, joined = _LINK_FROM, None
        for heap in self._candidates(told):
            scores = [_alike(told, member) for member in heap.members[-_COMPARED:]]
            least = 0.0 if heap.alerted else _NONE_BELOW
            if max(scores) > best and min(scores) > least and sum(scores) / len(scores) > _ALL_FROM:
                best, joined = max(scores), heap
        told.heap = joined or _Heap([])
        told.heap.members.append(told)

    def _candidates(self, told: _Told) -> list[_Heap]:
        """Heaps with a message that shares words enough, or a grave event, to be worth comparing."""
        shared: dict[int, int] = {}
        found: dict[int, _Told] = {}
        for sign in told.signs:
            for other in self._by_sign.get(sign, ()):
                shared[id(other)] = shared.get(id(other), 0) + (_SHARED_WORDS if sign in told.grave else 1)
                found[id(other)] = other
        near = (found[one] for one, n in shared.items() if n >= _SHARED_WORDS)
        return list({id(other.heap): other.heap for other in near}.values())

    def _forget(self, before_s: float) -> None:
        while self._recent and self._recent[0].at_s < before_s:
            old = self._recent.popleft()
            old.heap.members.remove(old)
            for sign in old.signs:
                line = self._by_sign[sign]
                line.popleft()
                if not line:
                    del self._by_sign[sign]


def is_no_report(folded: str) -> bool:
    """Whether folded text asks or thanks rather than tells; a cry for help never does."""
    return bool(_ASKS.search(folded) or _THANKS.search(folded)) and not _URGENT.search(folded)
