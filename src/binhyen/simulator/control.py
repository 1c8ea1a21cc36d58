"""The control API under `/_sim/`: what tests and tools use to act as residents, move time and order faults.

Every answer is JSON; a wrong request answers 400 with `{"error": "..."}`. The list of calls is in `docs/simulator.md`.
"""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from binhyen.simulator import residents
from binhyen.simulator.control_delivery import DeliveryControl
from binhyen.simulator.control_outreach import OutreachControl
from binhyen.simulator.control_wire import (
    Action,
    Body,
    PageFacts,
    ResidentFacts,
    change,
    json_action,
    json_read,
    since_of,
)
from binhyen.simulator.errors import error_text
from binhyen.simulator.events import echo_body, page_body
from binhyen.simulator.faults import Fault
from binhyen.simulator.media import MediaHost
from binhyen.simulator.outbox import outbox_row
from binhyen.simulator.people_state import Resident, app_user_id_of
from binhyen.simulator.state import World
from binhyen.simulator.webhooks import Delivery, WebhookSender, checked_url


class Control:
    """Handlers of the control API."""

    def __init__(self, world: World, sender: WebhookSender, media: MediaHost) -> None:
        self.world = world
        self.sender = sender
        self.media = media
        self.delivery = DeliveryControl(world, sender)
        self.outreach = OutreachControl(world)

    def routes(self) -> list[Route]:
        """All routes under `/_sim/`."""
        actions: dict[str, Action] = {
            "say": self.say,
            "tap": self.tap,
            "follow": self.follow,
            "unfollow": self.unfollow,
            "chatnow": self.chatnow,
            "withdraw": self.withdraw,
            "react": self.react,
            "see": self.see,
            "submit_info": self.submit_info,
            "group": self.group,
            "officer": self.officer,
            "revoke": self.revoke,
            "residents": self.residents,
            "pages": self.pages,
            "tokens": self.tokens,
            "faults": self.faults,
            "settings": self.settings,
            "reset": self.reset,
            **self.delivery.actions(),
            **self.outreach.actions(),
        }
        posts = [Route(f"/_sim/{name}", json_action(act), methods=["POST"]) for name, act in actions.items()]
        return [
            *posts,
            Route("/_sim/messages", json_read(self.messages), methods=["GET"]),
            Route("/_sim/group_messages", json_read(self.outreach.group_messages), methods=["GET"]),
            Route("/_sim/state", self.state, methods=["GET"]),
            Route("/_sim/settings", self.read_settings, methods=["GET"]),
            Route("/_sim/faults", self.read_faults, methods=["GET"]),
            Route("/_sim/faults", self.clear_faults, methods=["DELETE"]),
            Route("/_sim/deliveries", json_read(self.delivery.read_deliveries), methods=["GET"]),
        ]

    def _resident(self, body: Body) -> Resident:
        page = residents.page_for(self.world, body.get("oa_id"))
        if "anonymous_id" in body:
            return residents.anonymous_for(self.world, body["anonymous_id"], page, body.get("conversation_id"))
        return residents.resident_for(self.world, body.get("user_id"), page, str(body.get("name") or ""))

    async def say(self, body: Body) -> Any:
        """A resident writes; the signed webhook is delivered before the answer."""
        sent, event = residents.write(self.world, self.media, self._resident(body), body)
        return told(await self.sender.dispatch(event)) | {"msg_id": sent.msg_id}

    async def tap(self, body: Body) -> Any:
        """A resident taps a button of the last message that has some, or of `msg_id`."""
        resident = self._resident(body)
        button, text = residents.tap(resident, body.get("button", 0), body.get("msg_id"))
        if text is None:
            return {"button": button, "msg_id": None, "http_status": None}
        sent, event = residents.write(self.world, self.media, resident, {"text": text})
        sent.is_hidden = button["type"] == "oa.query.hide"
        return told(await self.sender.dispatch(event)) | {"msg_id": sent.msg_id, "button": button}

    async def follow(self, body: Body) -> Any:
        """A resident follows the page."""
        return await self._follows(body, is_follower=True)

    async def unfollow(self, body: Body) -> Any:
        """A resident stops following."""
        return await self._follows(body, is_follower=False)

    async def _follows(self, body: Body, *, is_follower: bool) -> Any:
        source = str(body.get("source", "oa_profile"))
        event = residents.follow(self.world, self._resident(body), is_follower=is_follower, source=source)
        return told(await self.sender.dispatch(event))

    async def chatnow(self, body: Body) -> Any:
        """A resident presses "message" for the first time."""
        return told(await self.sender.dispatch(residents.click_chatnow(self.world, self._resident(body))))

    async def withdraw(self, body: Body) -> Any:
        """A resident withdraws consent."""
        return told(await self.sender.dispatch(residents.withdraw(self.world, self._resident(body))))

    async def react(self, body: Body) -> Any:
        """A resident reacts to a message of the page."""
        icon = str(body.get("react_icon", "/-heart"))
        event = residents.react(self.world, self._resident(body), str(body.get("msg_id")), icon)
        return told(await self.sender.dispatch(event))

    async def see(self, body: Body) -> Any:
        """A resident looks at the chat."""
        event = residents.see(self.world, self._resident(body))
        return told(await self.sender.dispatch(event)) if event else {"http_status": None}

    async def submit_info(self, body: Body) -> Any:
        """A resident fills in the form for contact details."""
        event = residents.submit_info(self.world, self._resident(body), dict(body.get("info") or {}))
        return told(await self.sender.dispatch(event))

    async def group(self, body: Body) -> Any:
        """A resident writes in a group of the page."""
        group_id = str(body.get("group_id", "f0a1b2c3d4e5f6071829"))
        event = residents.write_in_group(self.world, self.media, self._resident(body), group_id, body)
        return told(await self.sender.dispatch(event)) | {"msg_id": event["message"]["msg_id"]}

    async def officer(self, body: Body) -> Any:
        """An officer types in OA Manager; the echo carries `admin_id`."""
        resident = self._resident(body)
        sent = residents.officer_writes(self.world, resident, str(body.get("text", "")))
        admin_id = str(body.get("admin_id", "7000000000000000901"))
        event = echo_body(self.world, resident, sent, admin_id)
        return told(await self.sender.dispatch(event)) | {"msg_id": sent.msg_id}

    async def revoke(self, body: Body) -> Any:
        """The page takes the app's rights back: tokens die, `permission_revoked` is sent."""
        page = residents.page_for(self.world, body.get("oa_id"))
        self.world.tokens.withdraw(page.oa_id)
        return told(await self.sender.dispatch(page_body(self.world, page, "permission_revoked")))

    async def residents(self, body: Body) -> Any:
        """Make `count` residents with consecutive ids from `first_id`, or change one (`user_id`)."""
        page = residents.page_for(self.world, body.get("oa_id"))
        if "user_id" in body:
            resident = self._resident(body)
            change(resident, ResidentFacts, body)
            return {"user_id": resident.user_id}
        first = int(body.get("first_id", 7_000_000_000_001_000_000))
        user_ids = [str(first + step) for step in range(int(body.get("count", 1)))]
        for user_id in user_ids:
            if user_id not in self.world.residents:
                self.world.add_resident(
                    page, user_id, f"Người dân {user_id[-4:]}", app_user_id_of(int(user_id) % 10**9)
                )
            self.world.residents[user_id].has_written = True
            self.world.touch(self.world.residents[user_id])
        return {"user_ids": user_ids}

    async def pages(self, body: Body) -> Any:
        """Change a page: package, verification, type, state, quota."""
        page = residents.page_for(self.world, body.get("oa_id"))
        return {"oa_id": page.oa_id, **msgspec.to_builtins(change(page, PageFacts, body))}

    async def tokens(self, body: Body) -> Any:
        """Issue a token pair without consent, as the API Explorer of the developer site does."""
        page = residents.page_for(self.world, body.get("oa_id"))
        access, refresh = self.world.tokens.issue_pair(page.oa_id, self.world.clock.now_ms())
        return {"access_token": access, "refresh_token": refresh, "oa_id": page.oa_id}

    async def faults(self, body: Body) -> Any:
        """Add one fault, or several as `{"faults": [...]}`."""
        asked = body.get("faults", [body])
        faults = msgspec.convert(asked, list[Fault])
        for fault in faults:
            if fault.kind == "error" and fault.message is None:
                error_text(fault.code, variant=fault.variant)
        self.world.faults.waiting.extend(faults)
        return {"faults": msgspec.to_builtins(self.world.faults.waiting)}

    async def settings(self, body: Body) -> Any:
        """Set switches by name, and `webhook_url`."""
        url = checked_url(body.pop("webhook_url", self.sender.url))
        self.world.switches = self.world.switches.changed(body)
        self.sender.url = url
        return self._settings()

    async def reset(self, _body: Body) -> Any:
        """Forget everything: messages, tokens, faults, deliveries; time and switches start anew."""
        await self.sender.settle()
        self.world.start_over()
        self.sender.start_over()
        return {"ok": True}

    def _settings(self) -> Body:
        settings: Body = msgspec.to_builtins(self.world.switches)
        return settings | {"webhook_url": self.sender.url}

    async def read_settings(self, _request: Request) -> Response:
        """All switches as they are."""
        return JSONResponse(self._settings())

    async def read_faults(self, _request: Request) -> Response:
        """Faults still waiting."""
        return JSONResponse({"faults": msgspec.to_builtins(self.world.faults.waiting)})

    async def clear_faults(self, _request: Request) -> Response:
        """Forget all faults."""
        self.world.faults.waiting.clear()
        return JSONResponse({"faults": []})

    async def messages(self, request: Request) -> Response:
        """What the page sent, after number `since`; at most the newest `outbox_size` are kept."""
        since = since_of(request)
        is_full = request.query_params.get("full") == "1"
        rows = [outbox_row(message, is_full=is_full) for message in self.world.outbox if message.out_n > since]
        return JSONResponse({"messages": rows})

    async def state(self, _request: Request) -> Response:
        """Counts, time, pages and the number of things kept."""
        world = self.world
        return JSONResponse(
            {
                "now_ms": world.clock.now_ms(),
                "counts": world.counts,
                "messages": world.message_n,
                "sent": world.out_n,
                "groups_sent": world.groups.sent_count,
                "residents": len(world.residents),
                "is_subscribed": self.sender.is_subscribed,
                "pages": [{"oa_id": p.oa_id, "name": p.name, "package": p.package} for p in world.pages.values()],
                "people": [
                    {"user_id": r.user_id, "oa_id": r.oa_id, "name": r.name, "is_follower": r.is_follower}
                    for r in list(world.residents.values())[:50]
                ],
            }
        )


def told(delivery: Delivery) -> Body:
    """What became of a webhook, for the answer of the control API."""
    problem = delivery.attempts[-1].problem if delivery.attempts else ""
    facts = {"http_status": delivery.http_status, "delivery": delivery.n, "state": delivery.state}
    return facts | ({"problem": problem} if problem else {})
