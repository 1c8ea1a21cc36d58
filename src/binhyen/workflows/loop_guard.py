"""When the machine keeps silent: it never answers an automatic answer and never floods a thread."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_PER_MINUTE = 12
"""Automatic messages to one thread within a minute."""
SAME_WORDS_MOST = 3
"""The same words so often within `MEMORY` are answered; after that they wait for an officer."""
TOLD_ONCE = frozenset({"same_words", "too_many"})
"""Reasons behind which a person may stand: they are told once that an officer answers."""
MEMORY = timedelta(minutes=5)
REPEAT_AFTER = timedelta(minutes=1)
"""An answer that names no procedure is not said twice within this time."""
_MINUTE = timedelta(minutes=1)
_SHORT = 12
_AUTOMATIC = re.compile(
    r"\b(tin (nhan )?(tra loi )?tu dong|(tra loi|phan hoi|hoi dap) tu dong|automatic reply|auto ?reply|auto ?responder"
    r"|out of office|chatbot|tro ly (ao|ai) cua"
    r"|cam on .{0,30}da (lien he|nhan tin|quan tam|de lai (tin|loi) nhan).{0,80}"
    r"(se|de) (phan hoi|tra loi|lien he|ho tro)"
    r"|(chung toi|shop|ben minh|tu van vien) se (phan hoi|tra loi|lien he lai|ho tro).{0,30}(som|ngay khi))\b"
)


@dataclass(frozen=True, slots=True)
class Said:
    """One recent message of a thread."""

    at: datetime
    is_inbound: bool
    is_automatic: bool
    folded: str
    """Search form of its words."""
    procedure: str = ""
    """What it was about, "" for nothing the catalogue knows."""


def reason_to_be_silent(said: Sequence[Said], folded: str, now: datetime) -> str:
    """Code of why nothing may be answered now, or "".

    `said` holds the thread's messages of the last `MEMORY`, the one to be answered (`folded`) left out.
    """
    recent = [one for one in said if now - one.at < MEMORY]
    if _AUTOMATIC.search(folded):
        return "automatic_answer"
    if len(folded) > _SHORT and any(one.is_automatic and one.folded == folded for one in recent):
        return "own_words"
    if folded and sum(one.is_inbound and one.folded == folded for one in recent) >= SAME_WORDS_MOST:
        return "same_words"
    if sum(one.is_automatic and now - one.at < _MINUTE for one in recent) >= MOST_PER_MINUTE:
        return "too_many"
    return ""


def was_just_said(said: Sequence[Said], folded: str, now: datetime) -> bool:
    """Whether the machine said exactly this within `REPEAT_AFTER`."""
    return any(one.is_automatic and now - one.at < REPEAT_AFTER and one.folded == folded for one in said)
