"""Groups and their packages over the API: create, look, approve joins, invite, remove (zalo section 3.7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from binhyen.channels.connector import Credentials, Later, OutcomeUnknown, Refused, Sent
from binhyen.channels.zalo_oa.api import Answer, Deadline, Reply, call
from binhyen.channels.zalo_oa.outcomes import outcome_of
from binhyen.core.text import clean, nfc

SIZES = {"gmf10": 10, "gmf50": 50, "gmf100": 100, "gmf1000": 1_000}
QUOTA_TYPES = ("sub_quota", "purchase_quota", "reward_quota")
NAME_LIMIT = 30
FIRST_MEMBERS = 99
PAGE_COUNT = 50
_LIMIT_S = 9.0

Trouble = Later | Refused
"""Why there is no answer now."""


@dataclass(frozen=True, slots=True)
class Package:
    """Room for one group."""

    asset_id: str
    product_type: str
    most_members: int
    valid_until: date | None
    is_used: bool
    used_by: str


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group as Zalo tells it: numbers and dates, no member."""

    group_id: str
    name: str
    link: str
    member_count: int
    is_enabled: bool
    most_members: int | None = None
    asset_id: str = ""
    package_until: date | None = None
    disbands_on: date | None = None


def packages(keys: Credentials) -> list[Package] | Trouble:
    """Every package of the page, used or free."""
    found: list[Package] = []
    for product in SIZES:
        for quota in QUOTA_TYPES:
            body = {"quota_owner": "OA", "product_type": product, "quota_type": quota}
            rows = _rows("/v3.0/oa/quota/group", body, keys)
            if not isinstance(rows, list):
                return rows
            found += [_package(row) for row in rows if isinstance(row, dict)]
    return found


def _package(row: dict[str, Any]) -> Package:
    product = str(row.get("product_type", ""))
    return Package(
        asset_id=str(row.get("asset_id", "")),
        product_type=product,
        most_members=SIZES.get(product, 0),
        valid_until=day_of(row.get("valid_through")),
        is_used=row.get("status") == "used",
        used_by=str(row.get("used_id") or ""),
    )


def create(
    name: str, description: str, asset_id: str, people: Sequence[str], keys: Credentials
) -> GroupFacts | Trouble:
    """A new group; `people` holds at least one administrator of the page and at most 99.

    A lost answer is Refused("unknown"): the group may exist, so a person looks before trying again.
    """
    body = {
        "group_name": nfc(name)[:NAME_LIMIT],
        "group_description": description,
        "asset_id": asset_id,
        "member_user_ids": list(people)[:FIRST_MEMBERS],
    }
    reply = _post("creategroupwithoa", body, keys)
    if isinstance(reply, Answer) and reply.code == 0:
        return _facts(reply.data, {})
    return _trouble(reply, acts=True)


def look(group_id: str, keys: Credentials) -> GroupFacts | Trouble:
    """Members, state and package of one group."""
    reply = _get("getgroup", {"group_id": group_id}, keys)
    if isinstance(reply, Answer) and reply.code == 0:
        return _facts(_part(reply.data, "group_info"), _part(reply.data, "asset_info"))
    return _trouble(reply)


def all_groups(keys: Credentials) -> list[GroupFacts] | Trouble:
    """Every group of the page, for linking one that exists already."""
    found: list[GroupFacts] = []
    while True:
        reply = _get("getgroupsofoa", {"offset": str(len(found)), "count": str(PAGE_COUNT)}, keys)
        if not isinstance(reply, Answer) or reply.code:
            return _trouble(reply)
        rows = [_facts(row, {}) for row in reply.data.get("groups", []) if isinstance(row, dict)]
        found += rows
        if not rows or len(found) >= int(reply.data.get("total", 0)):
            return found


def waiting(group_id: str, keys: Credentials) -> list[str] | Trouble:
    """Ids of people who asked to join, at most 50; used at once and not kept (G14, G32)."""
    query = {"group_id": group_id, "offset": "0", "count": str(PAGE_COUNT)}
    reply = _get("listpendinginvite", query, keys)
    if not isinstance(reply, Answer) or reply.code:
        return _trouble(reply)
    return [
        str(row["user_id"]) for row in reply.data.get("members", []) if isinstance(row, dict) and row.get("user_id")
    ]


def approve(group_id: str, people: Sequence[str], keys: Credentials) -> Trouble | None:
    """Let people in who asked; None when it is done."""
    return _act("acceptpendinginvite", group_id, people, keys)


def reject(group_id: str, people: Sequence[str], keys: Credentials) -> Trouble | None:
    """Turn people away who asked; None when it is done."""
    return _act("rejectpendinginvite", group_id, people, keys)


def invite(group_id: str, people: Sequence[str], keys: Credentials) -> Trouble | None:
    """Bring in followers or people who wrote within 7 days; None when it is done."""
    return _act("invite", group_id, people, keys)


def remove(group_id: str, people: Sequence[str], keys: Credentials) -> Trouble | None:
    """Take people out; None when it is done."""
    return _act("removemembers", group_id, people, keys)


def _act(name: str, group_id: str, people: Sequence[str], keys: Credentials) -> Trouble | None:
    reply = _post(name, {"group_id": group_id, "member_user_ids": list(people)}, keys)
    return None if isinstance(reply, Answer) and reply.code == 0 else _trouble(reply, acts=True)


def _facts(info: Mapping[str, Any], asset: Mapping[str, Any]) -> GroupFacts:
    most = str(info.get("max_member", ""))
    members = str(info.get("total_member", ""))
    return GroupFacts(
        group_id=str(info.get("group_id", "")),
        name=clean(str(info.get("name", "")))[:100],
        link=str(info.get("group_link", "")),
        member_count=int(members) if members.isdecimal() else 0,
        is_enabled=info.get("status") != "disabled",
        most_members=int(most) if most.isdecimal() else None,
        asset_id=str(asset.get("asset_id", "")),
        package_until=day_of(asset.get("valid_through")),
        disbands_on=day_of(info.get("auto_delete_date")),
    )


def day_of(value: Any) -> date | None:
    """A day as Zalo writes it: DD/MM/YYYY."""
    try:
        return datetime.strptime(str(value)[:10], "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _part(data: Any, name: str) -> dict[str, Any]:
    found = data.get(name)
    return found if isinstance(found, dict) else {}


def _rows(path: str, body: dict[str, Any], keys: Credentials) -> list[Any] | Trouble:
    reply = call("POST", keys["api_url"] + path, Deadline(_LIMIT_S), headers=_headers(keys), json=body)
    if isinstance(reply, Answer) and reply.code == 0:
        return list(reply.rows)
    return _trouble(reply)


def _post(name: str, body: dict[str, Any], keys: Credentials) -> Reply:
    url = f"{keys['api_url']}/v3.0/oa/group/{name}"
    return call("POST", url, Deadline(_LIMIT_S), headers=_headers(keys), json=body)


def _get(name: str, query: dict[str, str], keys: Credentials) -> Reply:
    url = f"{keys['api_url']}/v3.0/oa/group/{name}"
    return call("GET", url, Deadline(_LIMIT_S), headers=_headers(keys), params=query)


def _headers(keys: Credentials) -> dict[str, str]:
    return {"access_token": keys.get("access_token", "")}


def _trouble(reply: Reply, *, acts: bool = False) -> Trouble:
    match outcome_of(reply):
        case Later() | Refused() as trouble:
            return trouble
        case OutcomeUnknown(why=why) if acts:
            return Refused("unknown", hint=why)
        case Sent() | OutcomeUnknown():
            return Later(60, "no_answer")  # reading twice does no harm
