"""Control of groups and articles under `/_sim/`: packages, people who ask to join, rejected articles, views."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from binhyen.simulator import residents
from binhyen.simulator.clock import DAY_MS
from binhyen.simulator.control_wire import Body, since_of
from binhyen.simulator.residents import ActionError
from binhyen.simulator.state import World


class OutreachControl:
    """Handlers of the control API for groups, packages and articles."""

    def __init__(self, world: World) -> None:
        self.world = world

    def actions(self) -> dict[str, Callable[[Body], Awaitable[Any]]]:
        """By name under `/_sim/`."""
        return {"asset": self.asset, "ask_to_join": self.ask_to_join, "article": self.article}

    async def asset(self, body: Body) -> Any:
        """Add a package of `product_type` for `days`, or change the end of one (`asset_id`)."""
        page = residents.page_for(self.world, body.get("oa_id"))
        ends_ms = self.world.clock.now_ms() + int(float(body.get("days", 200)) * DAY_MS)
        known = self.world.groups.assets.get(str(body.get("asset_id")))
        if known is not None:
            known.expires_ms = ends_ms
            return {"asset_id": known.asset_id}
        kind = str(body.get("product_type", "gmf100"))
        quota = str(body.get("quota_type", "purchase_quota"))
        return {"asset_id": self.world.groups.add_asset(page.oa_id, kind, quota, ends_ms).asset_id}

    async def ask_to_join(self, body: Body) -> Any:
        """A resident opens the group's link; with approval switched off they are in at once."""
        group = self.world.groups.groups.get(str(body.get("group_id")))
        if group is None:
            raise ActionError("no such group")
        user_id = str(body.get("user_id"))
        waits = group.settings["join_appr"]
        (group.pending if waits else group.members)[user_id] = None
        return {"is_pending": waits}

    async def article(self, body: Body) -> Any:
        """Reject an article by its `title`, or set `views` and `shares`."""
        found = [one for one in self.world.articles.by_token.values() if one.title == body.get("title")]
        if not found:
            raise ActionError("no article with this title")
        for one in found:
            one.is_rejected = bool(body.get("is_rejected", one.is_rejected))
            one.view_count = int(body.get("views", one.view_count))
            one.share_count = int(body.get("shares", one.share_count))
        return {"count": len(found)}

    async def group_messages(self, request: Request) -> Response:
        """What pages posted into groups after number `since`; with `ids` only the group ids, for benchmarks."""
        since = since_of(request)
        rows = [message for message in self.world.groups.outbox if message.n > since]
        if request.query_params.get("ids"):
            return JSONResponse({"ids": [message.group_id for message in rows]})
        told = [
            {"n": one.n, "msg_id": one.msg_id, "group_id": one.group_id, "text": one.text, "kind": one.kind}
            | {"attachments": one.attachments, "sent_at_ms": one.at_ms}
            for one in rows
        ]
        return JSONResponse({"messages": told, "broadcasts": self.world.articles.broadcasts})
