"""Members of a page's groups: asking, coming, going, administrators (Zalo section 3.7)."""

from typing import Any

from binhyen.simulator.errors import invalid
from binhyen.simulator.front import Call
from binhyen.simulator.groups import check_room, group_of, life_event, people_of, window, writable
from binhyen.simulator.groups_state import OaGroup


def list_members(call: Call) -> dict[str, Any]:
    """`GET listmember?group_id&offset&count`."""
    group = group_of(call, call.query().get("group_id"))
    offset, count = window(call, 5)
    shown = [_member(call, user_id) for user_id in list(group.members)[offset : offset + count]]
    told = {"offset": offset, "count": count, "total": len(group.members)}
    return {**told, "member_count": len(shown), "members": shown}


def _member(call: Call, user_id: str) -> dict[str, str]:
    person = call.world.residents.get(user_id)
    name = person.name if person else "Quản trị trang"
    return {"user_id": user_id, "name": name, "avatar": f"{call.world.base_url}/media/avatar/{user_id}.png"}


def invite(call: Call) -> None:
    """`POST invite`: followers, or people who interacted within 7 days."""
    body = call.json()
    group = writable(call, body.get("group_id"))
    people = people_of(call, body.get("member_user_ids"))
    check_room(call, group, people)
    group.members |= dict.fromkeys(people)
    call.notices.append(life_event(call, "user_join_group", group, people))


def list_pending(call: Call) -> dict[str, Any]:
    """`GET listpendinginvite?group_id&offset&count`: people who asked to join."""
    group = group_of(call, call.query().get("group_id"))
    offset, count = window(call, 5)
    shown = [_member(call, user_id) for user_id in list(group.pending)[offset : offset + count]]
    return {"offset": offset, "count": count, "total": len(group.pending), "members": shown}


def accept_pending(call: Call) -> None:
    """`POST acceptpendinginvite`."""
    group, people = _pending(call)
    check_room(call, group, people)
    _no_longer_pending(group, people)
    group.members |= dict.fromkeys(people)
    call.notices.append(life_event(call, "accept_request_join_group", group, people))


def reject_pending(call: Call) -> None:
    """`POST rejectpendinginvite`."""
    group, people = _pending(call)
    _no_longer_pending(group, people)
    call.notices.append(life_event(call, "reject_request_join_group", group, people))


def _pending(call: Call) -> tuple[OaGroup, list[str]]:
    body = call.json()
    group = writable(call, body.get("group_id"))
    given = body.get("member_user_ids")
    if not isinstance(given, list) or not given or not all(one in group.pending for one in given):
        raise invalid("member_user_ids")
    return group, list(dict.fromkeys(given))


def _no_longer_pending(group: OaGroup, people: list[str]) -> None:
    for user_id in people:
        del group.pending[user_id]


def remove_members(call: Call) -> None:
    """`POST removemembers`; the administrator stays."""
    group, people = _members(call)
    if any(user_id in group.admins for user_id in people):
        raise invalid("member_user_ids")
    for user_id in people:
        del group.members[user_id]
    call.notices.append(life_event(call, "user_out_group", group, people))


def add_admins(call: Call) -> None:
    """`POST addadmins`."""
    group, people = _members(call)
    group.admins |= dict.fromkeys(people)
    call.notices.append(life_event(call, "add_group_admin", group, people))


def remove_admins(call: Call) -> None:
    """`POST removeadmins`; one always stays."""
    group, people = _members(call)
    if not set(group.admins) - set(people):
        raise invalid("member_user_ids")
    for user_id in people:
        group.admins.pop(user_id, None)
    call.notices.append(life_event(call, "remove_group_admin", group, people))


def _members(call: Call) -> tuple[OaGroup, list[str]]:
    body = call.json()
    group = group_of(call, body.get("group_id"))
    given = body.get("member_user_ids")
    if not isinstance(given, list) or not given or not all(one in group.members for one in given):
        raise invalid("member_user_ids")
    return group, given
