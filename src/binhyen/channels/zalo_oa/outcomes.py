"""From an answer of Zalo to one outcome; the table of codes is data/errors.json."""

import functools
import json
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from importlib import resources
from typing import Any, Literal, assert_never

from binhyen.channels.connector import Later, OutcomeUnknown, Refused, Sent
from binhyen.channels.zalo_oa.api import Answer, HttpRefusal, Lost, NotSent, Reply
from binhyen.core import clock

Family = Literal["oa", "oauth", "zbs_phone", "social", "mini_app", "bot"]
"""Codes of different families overlap with other meanings: never mix them."""

BUTTONS_REFUSED = -233
UPLOAD_EXPIRED = -100
FIELD_INVALID = -201

_MORNING = time(6, 5)
"""Promotional kinds may go out again from 06:00; a few minutes of slack."""
_MIDNIGHT = time(0, 5)
_NIGHT_CODES = frozenset({-234, -133})
_SHORT_S = {-200: 30.0, -214: 60.0}
_RATE_CODE = -32
_ONE_MESSAGE_ONLY = frozenset({-248, -237})
"""Codes that need a person but leave other messages of the page alone: content refused, one group lapsed."""
_REACH_ANOTHER_WAY = frozenset({-213, -217, -218, -227, -230, -232, -244})


def outcome_of(reply: Reply, family: Family = "oa") -> Sent | Later | Refused | OutcomeUnknown:
    """The outcome of a send. Before the request left: later. After it left without a clear answer: unknown."""
    match reply:
        case Answer(code=0):
            return _sent(reply.data)
        case Answer():
            return outcome_for(family, reply.code, reply.message)
        case NotSent():
            return Later(30, reply.why)
        case Lost():
            return OutcomeUnknown(reply.why)
        case HttpRefusal(status=429):
            return Later(seconds_to_next_minute(), "rate_limit")
        case HttpRefusal():
            return Refused(f"http_{reply.status}", hint="administrator")
        case _:
            assert_never(reply)


def outcome_for(family: Family, code: int, message: str = "") -> Later | Refused:
    """The outcome of one error code; the text decides only where a code has two meanings.

    Hints: "other_way" (portal, telephone, wait for the resident), "administrator" (someone with rights on the page),
    "rewrite" (change the content), "operator" (a fault of ours).
    """
    row = _row(family, code, message)
    if row is None:
        return Refused(_why(family, code), hint="operator")
    match row["retry"]:
        case "after_refresh":
            return Later(0, _why(family, code), needs_new_token=True)
        case "after_fix":
            return Later(0, _why(family, code))
        case "backoff":
            wait_s = seconds_to_next_minute() if code == _RATE_CODE else _SHORT_S.get(code, 60.0)
            return Later(wait_s, _why(family, code))
        case "reschedule":
            return Later(_seconds_until(_MORNING if code in _NIGHT_CODES else _MIDNIGHT), _why(family, code))
        case "human":
            return _for_a_person(family, code)
        case _:
            hint = "other_way" if family == "oa" and code in _REACH_ANOTHER_WAY else "operator"
            return Refused(_why(family, code), hint=hint)


def _for_a_person(family: Family, code: int) -> Refused:
    if code in _ONE_MESSAGE_ONLY:
        return Refused(_why(family, code), hint="rewrite" if code == -248 else "administrator")
    return Refused(_why(family, code), hint="administrator", stops_account=True)


def _why(family: Family, code: int) -> str:
    return f"zalo{code}" if family == "oa" else f"zalo_{family}{code}"


@functools.cache
def error_table() -> Mapping[str, Any]:
    """data/errors.json: families of codes with meaning and retry class."""
    file = resources.files("binhyen.channels.zalo_oa") / "data" / "errors.json"
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf8"))
    return found


def _row(family: Family, code: int, message: str) -> Mapping[str, Any] | None:
    row: Mapping[str, Any] | None = error_table()["families"][family]["codes"].get(str(code))
    if row is None:
        return None
    for other in row.get("also", ()):
        if other["message"] and other["message"].casefold() in message.casefold():
            return {**row, **other}
    return row


def _sent(data: Mapping[str, Any]) -> Sent:
    quota = data.get("quota")
    quota = quota if isinstance(quota, dict) else {}
    left = str(quota.get("remain", ""))
    return Sent(
        message_id=str(data.get("message_id") or ""),
        quota_kind=str(quota.get("quota_type", "")),
        quota_left=int(left) if left.isascii() and left.isdecimal() else None,
    )


def seconds_to_next_minute() -> float:
    """Zalo counts calls by the minute; one second of slack."""
    return 61.0 - clock.now().second


def _seconds_until(moment: time) -> float:
    """Seconds to the next such time of day in Vietnam."""
    here = clock.now().astimezone(clock.VIETNAM)
    due = datetime.combine(here.date(), moment, clock.VIETNAM)
    if due <= here:
        due += timedelta(days=1)
    return (due - here).total_seconds()
