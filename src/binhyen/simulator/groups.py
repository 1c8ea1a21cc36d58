"""GMF calls under `/v3.0/oa/group/` (Zalo section 3.7), strict: what the documentation does not promise is refused."""

from typing import Any

from binhyen.simulator.clock import DAY_MS, vietnam_date
from binhyen.simulator.errors import invalid, refusal
from binhyen.simulator.events import page_body
from binhyen.simulator.front import Call
from binhyen.simulator.groups_state import ADMIN_ID, SIZES, Asset, OaGroup
from binhyen.simulator.messages import read_message

NAME_LIMIT = 30
FIRST_MEMBERS = 99
PAGE_COUNT = 50
QUOTA_TYPES = ("sub_quota", "purchase_quota", "reward_quota")
SETTINGS = ("lock_send_msg", "join_appr", "enable_msg_history", "enable_link_join")
RECENT_MS = 7 * DAY_MS


def group_of(call: Call, group_id: Any) -> OaGroup:
    """The page's group; -201 for a wrong id, -403 for another page's or none, gone ones included."""
    if not isinstance(group_id, str) or not group_id:
        raise invalid("group_id")
    store = call.world.groups
    group = store.groups.get(group_id)
    if group is None and call.world.switches.auto_groups:
        group = _new_group(call, group_id)
    if group is None or group.oa_id != call.page.oa_id:
        raise refusal(-403)
    if store.disbands_ms(group) <= call.world.clock.now_ms():
        del store.groups[group_id]
        raise refusal(-403)
    return group


def _new_group(call: Call, group_id: str) -> OaGroup:
    """A group made up on first use, for benchmarks."""
    store = call.world.groups
    if "auto" not in store.assets:
        far_ms = call.world.clock.now_ms() + 365 * DAY_MS
        store.assets["auto"] = Asset("auto", call.page.oa_id, "gmf1000", "purchase_quota", far_ms)
    return store.add_group(call.page.oa_id, "Nhóm thử", "auto", group_id)


def group_quota(call: Call) -> list[dict[str, Any]]:
    """`POST /v3.0/oa/quota/group`: packages of one size and kind."""
    body = call.json()
    if body.get("quota_owner") != "OA":
        raise invalid("quota_owner")
    if body.get("product_type") not in SIZES:
        raise invalid("product_type")
    if body.get("quota_type") not in QUOTA_TYPES:
        raise invalid("quota_type")
    return [
        {
            "product_type": asset.product_type,
            "quota_type": asset.quota_type,
            "asset_id": asset.asset_id,
            "valid_through": vietnam_date(asset.expires_ms),
            "auto_renew": asset.auto_renew,
            "status": "used" if asset.used_id else "available",
            "used_id": asset.used_id,
        }
        for asset in call.world.groups.assets.values()
        if asset.oa_id == call.page.oa_id
        and asset.product_type == body["product_type"]
        and asset.quota_type == body["quota_type"]
    ]


def create(call: Call) -> dict[str, Any]:
    """`POST creategroupwithoa`: at most 99 people, one of them an administrator of the page."""
    body = call.json()
    name = body.get("group_name")
    if not isinstance(name, str) or not 1 <= len(name) <= NAME_LIMIT:
        raise invalid("group_name")
    asset = _free_asset(call, body.get("asset_id"))
    people = people_of(call, body.get("member_user_ids"))
    if len(people) > FIRST_MEMBERS:
        raise refusal(-210)
    if ADMIN_ID not in people:
        raise invalid("member_user_ids")
    if len(people) > SIZES[asset.product_type]:
        raise refusal(-210)
    group = call.world.groups.add_group(call.page.oa_id, name, asset.asset_id)
    group.description = str(body.get("group_description") or "")[:200]
    group.members = dict.fromkeys(people)
    group.admins = {ADMIN_ID: None}
    call.notices.append(life_event(call, "create_group", group, people))
    return {**_summary(call, group), "group_id": group.group_id}


def _free_asset(call: Call, asset_id: Any) -> Asset:
    asset = call.world.groups.assets.get(asset_id) if isinstance(asset_id, str) else None
    if asset is None or asset.oa_id != call.page.oa_id or asset.expires_ms <= call.world.clock.now_ms():
        raise refusal(-238)
    if asset.used_id:
        raise refusal(-241)
    return asset


def people_of(call: Call, given: Any) -> list[str]:
    """People the page may bring into a group: its administrator, followers, those who wrote within 7 days."""
    if not isinstance(given, list) or not given or not all(isinstance(one, str) and one.isdigit() for one in given):
        raise invalid("member_user_ids")
    now_ms = call.world.clock.now_ms()
    for user_id in given:
        person = call.world.residents.get(user_id)
        recent = person is not None and now_ms - (person.last_interaction_ms or 0) <= RECENT_MS
        if user_id != ADMIN_ID and (person is None or not (person.is_follower or recent)):
            raise invalid("member_user_ids")
    return list(dict.fromkeys(given))


def check_room(call: Call, group: OaGroup, people: list[str]) -> None:
    """-210 when the group's package has no room for `people` beside its members."""
    asset = call.world.groups.assets[group.asset_id]
    if len(group.members | dict.fromkeys(people)) > SIZES[asset.product_type]:
        raise refusal(-210)


def writable(call: Call, group_id: Any) -> OaGroup:
    """A group whose package has not ended; -237 otherwise."""
    group = group_of(call, group_id)
    if call.world.groups.is_disabled(group, call.world.clock.now_ms()):
        raise refusal(-237)
    return group


def _summary(call: Call, group: OaGroup) -> dict[str, Any]:
    is_disabled = call.world.groups.is_disabled(group, call.world.clock.now_ms())
    return {
        "name": group.name,
        "avatar": group.avatar,
        "group_id": group.group_id,
        "group_link": group.link,
        "group_description": group.description,
        "total_member": len(group.members),
        "status": "disabled" if is_disabled else "enabled",
    }


def _whole(call: Call, group: OaGroup) -> dict[str, Any]:
    store = call.world.groups
    asset = store.assets.get(group.asset_id)
    info = {**_summary(call, group), "max_member": SIZES[asset.product_type] if asset else 0}
    if store.is_disabled(group, call.world.clock.now_ms()):
        info["auto_delete_date"] = vietnam_date(store.disbands_ms(group))
    told = (
        {}
        if asset is None
        else {
            "asset_type": asset.product_type,
            "asset_id": asset.asset_id,
            "valid_through": vietnam_date(asset.expires_ms),
            "auto_renew": asset.auto_renew,
        }
    )
    return {"group_info": info, "asset_info": told, "group_setting": group.settings}


def list_groups(call: Call) -> dict[str, Any]:
    """`GET getgroupsofoa?offset&count`."""
    offset, count = window(call, 5)
    own = [group for group in call.world.groups.groups.values() if group.oa_id == call.page.oa_id]
    shown = [_summary(call, group) for group in own[offset : offset + count]]
    return {"offset": offset, "count": count, "total": len(own), "group_count": len(shown), "groups": shown}


def window(call: Call, usual: int) -> tuple[int, int]:
    """`offset` and `count` of a list."""
    asked = call.query()
    values = []
    for name, default in (("offset", 0), ("count", usual)):
        text = asked.get(name, str(default))
        if not text.isascii() or not text.isdigit():
            raise invalid(name)
        values.append(int(text))
    if values[1] > PAGE_COUNT:
        raise refusal(-210)
    return values[0], values[1]


def get_group(call: Call) -> dict[str, Any]:
    """`GET getgroup?group_id`."""
    return _whole(call, group_of(call, call.query().get("group_id")))


def update_info(call: Call) -> dict[str, Any]:
    """`POST updateinfo`: name, avatar, description and the four settings."""
    body = call.json()
    group = group_of(call, body.get("group_id"))
    name = body.get("group_name", group.name)
    if not isinstance(name, str) or not 1 <= len(name) <= NAME_LIMIT:
        raise invalid("group_name")
    group.name = name
    group.description = str(body.get("group_description", group.description))
    group.avatar = str(body.get("group_avatar", group.avatar))
    for setting in SETTINGS:
        if setting in body:
            if not isinstance(body[setting], bool):
                raise invalid(setting)
            group.settings[setting] = body[setting]
    call.notices.append(life_event(call, "update_group_info", group, []))
    return _whole(call, group)


def update_asset(call: Call) -> dict[str, Any]:
    """`POST updateasset`: another package for the group."""
    body = call.json()
    group = group_of(call, body.get("group_id"))
    asset = _free_asset(call, body.get("asset_id"))
    if len(group.members) > SIZES[asset.product_type]:
        raise refusal(-210)
    old = call.world.groups.assets.get(group.asset_id)
    if old is not None:
        old.used_id = ""
    asset.used_id, group.asset_id = group.group_id, asset.asset_id
    return _whole(call, group)


def delete(call: Call) -> None:
    """`POST delete`: the group is disbanded, its package is free again."""
    group = group_of(call, call.json().get("group_id"))
    asset = call.world.groups.assets.get(group.asset_id)
    if asset is not None:
        asset.used_id = ""
    del call.world.groups.groups[group.group_id]
    call.notices.append(life_event(call, "delete_group", group, []))


def send(call: Call) -> dict[str, Any]:
    """`POST message`: text, image, file or sticker into the group; free of charge, day and night."""
    body = call.json()
    message, recipient = body.get("message"), body.get("recipient")
    if not isinstance(recipient, dict):
        raise invalid("recipient")
    if not isinstance(message, dict):
        raise invalid("message")
    shape = read_message(call, message)
    if shape.buttons or shape.kind not in {"text", "image", "gif", "file", "sticker"}:
        raise refusal(-233)
    group = writable(call, recipient.get("group_id"))
    world = call.world
    world.message_n += 1
    msg_id = f"{world.id_prefix}9{world.message_n:011x}"
    world.groups.record(group, msg_id, shape.text, shape.kind, shape.attachments, world.clock.now_ms())
    return {"message_id": msg_id, "group_id": group.group_id}


def conversation(call: Call) -> list[dict[str, Any]]:
    """`GET conversation?group_id&offset&count`: what the page posted, newest first."""
    group = group_of(call, call.query().get("group_id"))
    offset, count = window(call, 5)
    return [_row(message) for message in list(reversed(group.messages))[offset : offset + count]]


def recent_chats(call: Call) -> list[dict[str, Any]]:
    """`GET listrecentchat?offset&count`: the last message of each group."""
    offset, count = window(call, 5)
    own = [group for group in call.world.groups.groups.values() if group.oa_id == call.page.oa_id and group.messages]
    newest = sorted((group.messages[-1] for group in own), key=lambda message: -message.n)
    return [_row(message) for message in newest[offset : offset + count]]


def _row(message: Any) -> dict[str, Any]:
    told = {"src": 0, "time": message.at_ms, "type": message.kind, "message": message.text}
    return {**told, "message_id": message.msg_id, "group_id": message.group_id}


def life_event(call: Call, name: str, group: OaGroup, people: list[str]) -> dict[str, Any]:
    """Body of an event about the life of a group."""
    users = [{"id": user_id} for user_id in people]
    return {**page_body(call.world, call.page, name), "group_id": group.group_id, "users": users}
