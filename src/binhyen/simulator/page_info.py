"""`GET /v2.0/oa/getoa`: the page about itself (Zalo section 3.8)."""

from typing import Any

from binhyen.simulator.clock import DAY_MS, vietnam_date
from binhyen.simulator.front import Call


def page_info(call: Call) -> dict[str, Any]:
    """Name, verification, type, followers and package; the id has no underscore here."""
    page, world = call.page, call.world
    followers = sum(1 for r in world.residents.values() if r.oa_id == page.oa_id and r.is_follower)
    until = vietnam_date(world.clock.now_ms() + 200 * DAY_MS)
    return {
        "oaid": page.oa_id,
        "name": page.name,
        "description": "Trang giả lập để chạy thử",
        "oa_alias": "",
        "is_verified": page.is_verified,
        "oa_type": page.oa_type,
        "cate_name": "Cơ quan nhà nước",
        "num_follower": followers,
        "avatar": f"{world.base_url}/media/avatar/{page.oa_id}.png",
        "cover": f"{world.base_url}/media/cover/{page.oa_id}.jpg",
        "package_name": page.package.capitalize(),
        "package_valid_through_date": until,
        "package_auto_renew_date": until,
        world.switches.linked_key: page.cloud_account == "linked",
    }
