"""Tags that officers put on people (Zalo section 3.5)."""

from typing import Any

from binhyen.simulator.errors import invalid
from binhyen.simulator.events import page_body
from binhyen.simulator.front import Call
from binhyen.simulator.people import known_resident
from binhyen.simulator.people_state import Resident


def _tag_name(body: dict[str, Any]) -> str:
    name = body.get("tag_name")
    if not isinstance(name, str) or not name.strip():
        raise invalid("tag_name")
    return name


def _tell(call: Call, event: str, name: str, resident: Resident | None = None) -> None:
    if call.world.switches.echoes:
        tag = {"user_ids": [resident.user_id], "name": name} if resident else {"name": name}
        call.notices.append(page_body(call.world, call.page, event, tag=tag))


def tag_follower(call: Call) -> None:
    """`POST /v2.0/oa/tag/tagfollower`; a new name makes the tag."""
    body = call.json()
    name, resident = _tag_name(body), known_resident(call, body.get("user_id"))
    if name not in call.page.tags:
        call.page.tags.append(name)
    if name not in resident.tags:
        resident.tags.append(name)
    _tell(call, "add_user_to_tag", name, resident)


def untag_follower(call: Call) -> None:
    """`POST /v2.0/oa/tag/rmfollowerfromtag`."""
    body = call.json()
    name, resident = _tag_name(body), known_resident(call, body.get("user_id"))
    if name not in resident.tags:
        raise invalid("tag_name")
    resident.tags.remove(name)
    _tell(call, "remove_user_from_tag", name, resident)


def remove_tag(call: Call) -> None:
    """`POST /v2.0/oa/tag/rmtag`: the tag goes from everybody."""
    name = _tag_name(call.json())
    if name not in call.page.tags:
        raise invalid("tag_name")
    call.page.tags.remove(name)
    for resident in call.world.residents.values():
        if resident.oa_id == call.page.oa_id and name in resident.tags:
            resident.tags.remove(name)
    _tell(call, "remove_tag", name)


def tags_of_page(call: Call) -> list[str]:
    """`GET /v2.0/oa/tag/gettagsofoa`."""
    return list(call.page.tags)
