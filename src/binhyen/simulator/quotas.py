"""Message quotas: what a send costs, and the three shapes in which Zalo tells them (Zalo sections 3.5 and 4)."""

from typing import Any

from binhyen.simulator.clock import DAY_MS, HOUR_MS, vietnam_date, vietnam_time
from binhyen.simulator.errors import invalid, refusal
from binhyen.simulator.front import Call
from binhyen.simulator.people_state import Page, Resident
from binhyen.simulator.state import World

FREE_WINDOW_MS = 48 * HOUR_MS
FREE_REPLIES = 8
WELCOME_MESSAGES = 3
QUOTA_TYPES = ("sub_quota", "purchase_quota", "reward_quota")


def spend_quota(world: World, page: Page, resident: Resident, now_ms: int) -> dict[str, str] | None:
    """Take one send from the right quota; the `quota` of the answer, `None` when the send is charged.

    Raises -211, -320 or -321 when nothing is left to take from.
    """
    last_ms = resident.last_interaction_ms
    if last_ms is not None and now_ms - last_ms <= FREE_WINDOW_MS:
        if resident.has_written:
            if world.switches.free_replies == "unlimited":
                return {"quota_type": "reply"}
            if resident.free_replies_used < FREE_REPLIES:
                resident.free_replies_used += 1
                return _told("reply", FREE_REPLIES - resident.free_replies_used, FREE_REPLIES)
        elif resident.welcome_used < WELCOME_MESSAGES:
            resident.welcome_used += 1
            return _told("welcome_msg", WELCOME_MESSAGES - resident.welcome_used, WELCOME_MESSAGES)
    if page.quota_used < page.quota_total:
        page.quota_used += 1
        told = _told("sub_quota", page.quota_total - page.quota_used, page.quota_total)
        return told | {"expired_date": month_end(now_ms), "owner_type": "OA", "owner_id": page.oa_id}
    if page.cloud_account == "linked":
        return None
    raise refusal({"none": -320, "empty": -321}.get(page.cloud_account, -211))


def _told(kind: str, remain: int, total: int) -> dict[str, str]:
    return {"quota_type": kind, "remain": str(remain), "total": str(total)}


def month_end(now_ms: int) -> str:
    """Last day of the month in Viet Nam, `DD/MM/YYYY`: package quotas start anew each month."""
    first = vietnam_time(now_ms).replace(day=1)
    later_ms = int(first.timestamp() * 1000) + 32 * DAY_MS
    next_first = vietnam_time(later_ms).replace(day=1)
    return vietnam_date(int(next_first.timestamp() * 1000) - DAY_MS)


def message_quota(call: Call) -> Any:
    """`POST /v3.0/oa/quota/message`: of one person (`user_id`) or of the page (`quota_owner`)."""
    body = call.json()
    if "quota_owner" in body:
        return _page_quota(call, body)
    user_id = body.get("user_id")
    resident = call.world.residents.get(user_id) if isinstance(user_id, str) else None
    if resident is None or resident.oa_id != call.page.oa_id:
        raise invalid("user_id")
    told: dict[str, Any] = {
        "cs_reply": free_left(call.world, resident),
        "promotion": {"daily_remain": 1, "daily_total": 1, "monthly_remain": 4, "monthly_total": 4},
    }
    if resident.last_interaction_ms is not None:
        told["last_interaction"] = str(resident.last_interaction_ms)
    return told


def free_left(world: World, resident: Resident) -> dict[str, int]:
    """Free replies left to this person within the 48 hours."""
    last_ms = resident.last_interaction_ms
    is_open = last_ms is not None and world.clock.now_ms() - last_ms <= FREE_WINDOW_MS
    return {"remain": FREE_REPLIES - resident.free_replies_used if is_open else 0, "total": FREE_REPLIES}


def _page_quota(call: Call, body: dict[str, Any]) -> list[dict[str, Any]]:
    if body["quota_owner"] not in {"OA", "App"}:
        raise invalid("quota_owner")
    product = body.get("product_type", "cs")
    if product not in {"cs", "transaction", "promotion"}:
        raise invalid("product_type")
    wanted = body.get("quota_type")
    if wanted is not None and wanted not in QUOTA_TYPES:
        raise invalid("quota_type")
    page, valid_through = call.page, month_end(call.world.clock.now_ms())
    totals = {"sub_quota": (page.quota_total, page.quota_total - page.quota_used)} if product == "cs" else {}
    return [
        {
            "asset_id": f"asset-{page.number}-{kind}",
            "product_type": product,
            "quota_type": kind,
            "valid_through": valid_through,
            "total": totals.get(kind, (0, 0))[0],
            "remain": totals.get(kind, (0, 0))[1],
        }
        for kind in QUOTA_TYPES
        if wanted in {None, kind}
    ]


def older_message_quota(call: Call) -> dict[str, Any]:
    """`POST /v2.0/oa/quota/message`: of one message's free replies, or of the page."""
    msg_id = call.json().get("message_id")
    if msg_id is None:
        return {
            "type": "sub_quota",
            "remain": call.page.quota_total - call.page.quota_used,
            "total": call.page.quota_total,
        }
    message = call.world.messages.get(msg_id) if isinstance(msg_id, str) else None
    if message is None or message.oa_id != call.page.oa_id:
        raise invalid("message_id")
    is_open = call.world.clock.now_ms() - message.at_ms <= FREE_WINDOW_MS
    return {"type": "reply", "remain": FREE_REPLIES - message.reply_count if is_open else 0, "total": FREE_REPLIES}
