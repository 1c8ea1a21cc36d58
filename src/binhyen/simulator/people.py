"""People of a page: detail, list, update (Zalo section 3.5)."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from binhyen.simulator.clock import VIETNAM, vietnam_date, vietnam_time
from binhyen.simulator.errors import invalid, refusal
from binhyen.simulator.front import Call
from binhyen.simulator.people_state import Resident

COUNT_LIMIT = 50
OFFSET_LIMIT = 9_951
DATE_RANGE = re.compile(r"(\d{4}_\d{2}_\d{2}):(\d{4}_\d{2}_\d{2})")
SHARED_FIELDS = ("address", "city", "district", "phone", "name")


def known_resident(call: Call, user_id: Any) -> Resident:
    """The resident of this page with this id; -201 otherwise."""
    resident = call.world.residents.get(user_id) if isinstance(user_id, str) else None
    if resident is None or resident.oa_id != call.page.oa_id or resident.conversation_id is not None:
        raise invalid("user_id")
    return resident


def user_detail(call: Call) -> dict[str, Any]:
    """`GET /v3.0/oa/user/detail`."""
    resident = known_resident(call, call.data().get("user_id"))
    base = f"{call.world.base_url}/media/avatar/{resident.user_id}"
    last_ms = resident.last_interaction_ms
    return {
        "user_id": resident.user_id,
        "user_id_by_app": resident.user_id_by_app,
        "user_external_id": "",
        "display_name": resident.name,
        "user_alias": resident.alias or resident.name,
        "is_sensitive": False,
        "user_last_interaction_date": vietnam_date(last_ms) if last_ms is not None else "",
        "user_is_follower": resident.is_follower,
        "avatar": f"{base}.png",
        "avatars": {"120": f"{base}-120.png", "240": f"{base}-240.png"},
        "dynamic_param": "",
        "tags_and_notes_info": {"notes": resident.notes, "tag_names": resident.tags},
        "shared_info": {name: resident.shared_info.get(name, "") for name in SHARED_FIELDS},
    }


def user_list(call: Call) -> dict[str, Any]:
    """`GET /v3.0/oa/user/getlist`."""
    asked = call.data()
    offset, count = _number(asked, "offset", 0, OFFSET_LIMIT), _number(asked, "count", 1, COUNT_LIMIT)
    is_wanted = _filter(call, asked)
    people = [r for r in call.world.residents.values() if r.oa_id == call.page.oa_id and is_wanted(r)]
    shown = [{"user_id": resident.user_id} for resident in people[offset : offset + count]]
    return {"total": len(people), "count": len(shown), "offset": offset, "users": shown}


def _number(asked: dict[str, Any], name: str, least: int, most: int) -> int:
    value = asked.get(name, least)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise invalid(name)
    if value > most:
        raise refusal(-210)
    return value


def _filter(call: Call, asked: dict[str, Any]) -> Callable[[Resident], bool]:
    tag, follower, period = asked.get("tag_name"), asked.get("is_follower"), asked.get("last_interaction_period")
    if follower is not None and str(follower).lower() not in {"true", "false"}:
        raise invalid("is_follower")
    first, last = _period(call, period) if period is not None else ("", "")

    def is_wanted(resident: Resident) -> bool:
        if resident.conversation_id is not None or (tag and tag not in resident.tags):
            return False
        if follower is not None and resident.is_follower != (str(follower).lower() == "true"):
            return False
        if not first:
            return True
        if resident.last_interaction_ms is None:
            return False
        return first <= f"{vietnam_time(resident.last_interaction_ms):%Y_%m_%d}" <= last

    return is_wanted


def _period(call: Call, period: Any) -> tuple[str, str]:
    today = vietnam_time(call.world.clock.now_ms())
    days = {"TODAY": (0, 0), "YESTERDAY": (1, 1), "L7D": (7, 0), "L30D": (30, 0)}.get(str(period))
    if days:
        return f"{today - timedelta(days=days[0]):%Y_%m_%d}", f"{today - timedelta(days=days[1]):%Y_%m_%d}"
    found = DATE_RANGE.fullmatch(str(period))
    if found is None:
        raise invalid("last_interaction_period")
    for part in found.groups():
        try:
            datetime.strptime(part, "%Y_%m_%d").replace(tzinfo=VIETNAM)
        except ValueError:
            raise invalid("last_interaction_period") from None
    return found[1], found[2]


def user_update(call: Call) -> None:
    """`POST /v3.0/oa/user/update`: alias, notes, shared details."""
    body = call.json()
    resident = known_resident(call, body.get("user_id"))
    if "alias" in body:
        resident.alias = str(body["alias"])
    if isinstance(body.get("notes"), list):
        resident.notes = [str(note) for note in body["notes"]][:50]
    shared = body.get("shared_info")
    if isinstance(shared, dict):
        resident.shared_info |= {name: str(shared[name]) for name in SHARED_FIELDS if name in shared}
