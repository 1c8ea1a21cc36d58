"""Notice many people telling of one event within minutes, message by message; never by what one sender repeats."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re
from collections import deque
from dataclasses import dataclass, field
from functools import cached_property

from binhyen.core.text import fold
from binhyen.language.normalising import matched_part
from binhyen.language.report_facts import Facts
from binhyen.language.report_matching import Report, alike, have_more_than_place, read_report, telling_words
from binhyen.language.report_places import contradicts, shares_place

WINDOW_S = 600
"""Messages of one event come within ten minutes of each other."""

ENOUGH_SENDERS = 3
"""So many different senders make a swarm."""

_LINK_FROM = 0.31
_ALL_FROM = 0.28
_COMPARED = 6
_SHARED_WORDS = 2
_NO_EVENT = frozenset({"lost_found"})
_LASTING = frozenset({
    "land", "stray_cattle", "parking", "bad_road", "noise", "building_noise", "dumping", "pollution", "overload", "games",
    "unpaid_wages", "superstition", "fuel_cheat", "gambling", "prostitution", "loan", "peddling", "sand_mining", "forest",
})  # fmt: skip
"""Nuisances that stand for weeks: several people may tell of one each within minutes, so a common place must join them."""
_ASKS = re.compile(
    r"\b(?:cho (?:em|toi|minh|chau|e|tui)? ?hoi|xin hoi|muon hoi|hoi (?:ve|cach|thu tuc)|thu tuc|giay to gi|ho so gi|can (?:gi|nhung gi|giay)|"
    r"lam (?:the nao|sao|o dau|thu tuc)|the nao|bao nhieu|bao lau|bao gio|khi nao|may gio|o dau(?: (?:vay|a|the|ha|nhi|v))?$|"
    r"co (?:phai|that|dung) .{0,40}(?:khong|ko|k|ha|a)|nghe (?:noi|don)|phai khong|dung khong|that khong|co sao khong|"
    r"(?:duoc|dc|can|phai|co) .{0,20}(?:khong|ko|hong|k)(?: a| vay| nhi)?$)"
)
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
        telling = sum(bool(report.events - _NO_EVENT - _LASTING) for report in reports)
        return telling * 2 > len(reports) or _have_one_spot(reports[0].facts, reports[-1].facts)


@dataclass
class _Told:
    at_s: float
    sender: str
    key: str
    text: str
    words: frozenset[str]
    heap: _Heap = field(default_factory=lambda: _Heap([]))

    @cached_property
    def report(self) -> Report:
        return read_report(self.text)


def _tell_of_one_thing(told: "_Told", member: "_Told") -> bool:
    """A common place is not enough, save for a cry for help that does not say what happened."""
    if have_more_than_place(told.report, member.report):
        return True
    unsaid = not told.report.events or not member.report.events
    return unsaid and bool(_URGENT.search(fold(told.text)))


def _tell_of_one_event(told: "_Told", other: "_Told") -> bool:
    """Of one kind that happens, at one place: "chợ Cày đang cháy", "cháy chợ Cày rồi" share but one telling word."""
    events = (told.report.events & other.report.events) - _NO_EVENT - _LASTING
    return bool(events) and shares_place(told.report.facts, other.report.facts)


def _have_one_spot(first: Facts, last: Facts) -> bool:
    return shares_place(first, last) or bool(first.people & last.people)


class SwarmWatch:
    """Feed it every report of one unit in order of time; it answers with a swarm once, at the deciding message."""

    def __init__(self, window_s: float = WINDOW_S, enough_senders: int = ENOUGH_SENDERS) -> None:
        """Start with nothing seen."""
        self._window_s = window_s
        self._enough = enough_senders
        self._recent: deque[_Told] = deque()
        self._by_word: dict[str, deque[_Told]] = {}

    def add(self, at_s: float, sender: str, text: str, key: str = "") -> Swarm | None:
        """Take one message (seconds of any clock, never going back); the swarm it completes, or None."""
        self._forget(at_s - self._window_s)
        folded = fold(matched_part(text))
        if asks(folded):
            return None
        words = telling_words(text)
        if not words:
            return None
        told = _Told(at_s, sender, key, text, words)
        self._place(told)
        self._recent.append(told)
        for word in words:
            self._by_word.setdefault(word, deque()).append(told)
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
        best, joined = 0.0, None
        for heap in self._candidates(told):
            compared = heap.members[-_COMPARED:]
            if not any(_tell_of_one_thing(told, member) for member in compared):
                continue
            if any(contradicts(told.report.facts, member.report.facts) for member in compared):
                continue
            scores = [alike(told.report, member.report, (told.at_s - member.at_s) / 60) for member in compared]
            if max(scores) > max(best, _LINK_FROM) and sum(scores) / len(scores) > _ALL_FROM:
                best, joined = max(scores), heap
        told.heap = joined or _Heap([])
        told.heap.members.append(told)

    def _candidates(self, told: _Told) -> list[_Heap]:
        """Heaps with a message that shares words enough to be worth comparing."""
        shared: dict[int, int] = {}
        found: dict[int, _Told] = {}
        for word in told.words:
            for other in self._by_word.get(word, ()):
                shared[id(other)] = shared.get(id(other), 0) + 1
                found[id(other)] = other
        near = (found[one] for one, n in shared.items() if n >= _SHARED_WORDS or _tell_of_one_event(told, found[one]))
        return list({id(other.heap): other.heap for other in near}.values())

    def _forget(self, before_s: float) -> None:
        while self._recent and self._recent[0].at_s < before_s:
            old = self._recent.popleft()
            old.heap.members.remove(old)
            for word in old.words:
                line = self._by_word[word]
                line.popleft()
                if not line:
                    del self._by_word[word]


def asks(folded: str) -> bool:
    """Whether folded text asks rather than tells; a cry for help is never a question."""
    return bool(_ASKS.search(folded)) and not _URGENT.search(folded)
