"""The part of the control API that handles webhooks and time: clock, holding, releasing, repeating, raw events."""

import base64
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from binhyen.simulator.clock import LONGEST_MOVE_S, SECOND_MS
from binhyen.simulator.control_wire import Body, since_of
from binhyen.simulator.events import event_name_for, timestamp
from binhyen.simulator.residents import ActionError
from binhyen.simulator.state import World
from binhyen.simulator.webhooks import Delivery, WebhookSender


class DeliveryControl:
    """Handlers for the clock and for deliveries."""

    def __init__(self, world: World, sender: WebhookSender) -> None:
        self.world = world
        self.sender = sender

    def actions(self) -> dict[str, Callable[[Body], Awaitable[Any]]]:
        """Handlers by the last part of their path."""
        return {
            "clock": self.clock,
            "event": self.event,
            "raw": self.raw,
            "hold": self.hold,
            "release": self.release,
            "redeliver": self.redeliver,
            "settle": self.settle,
            "subscribe": self.subscribe,
        }

    async def clock(self, body: Body) -> Any:
        """Move the time by `advance_s` seconds; retries that fall due on the way are made before the answer."""
        by_s = float(body.get("advance_s", 0))
        if not abs(by_s) <= LONGEST_MOVE_S:
            raise ActionError(f"advance_s must be within {LONGEST_MOVE_S} seconds either way")
        await self.sender.advance(int(by_s * SECOND_MS))
        return {"now_ms": self.world.clock.now_ms()}

    async def event(self, body: Body) -> Any:
        """Deliver any event `body`, signed; `app_id`, `event_name`, `timestamp` are filled in when missing.

        `signature` replaces the header (`""` leaves it out).
        """
        event = dict(body.get("body") or {})
        event.setdefault("app_id", self.world.config.app_id)
        if "event_name" in body:
            event["event_name"] = event_name_for(self.world, str(body["event_name"]))
        event.setdefault("timestamp", timestamp(self.world))
        delivery = self.sender.prepare(event, signed_as=body.get("signature"))
        await self.sender.send_now(delivery)
        return delivery_row(delivery)

    async def raw(self, body: Body) -> Any:
        """POST exactly the bytes of `base64` with `headers`: for bodies that are not even JSON."""
        headers = {str(name): str(value) for name, value in dict(body.get("headers") or {}).items()}
        delivery = self.sender.prepare_raw(base64.b64decode(str(body["base64"])), headers, "raw")
        await self.sender.send_now(delivery)
        return delivery_row(delivery)

    async def hold(self, _body: Body) -> Any:
        """Keep new events back until `release`."""
        self.sender.is_holding = True
        return {"held": len(self.sender.held)}

    async def release(self, body: Body) -> Any:
        """Send what was held: `order` is `as_held`, `reversed` or `shuffled` (with `seed`), `duplicates` each."""
        order = str(body.get("order", "as_held"))
        if order not in {"as_held", "reversed", "shuffled"}:
            raise ActionError(f"unknown order: {order}")
        sent = await self.sender.release(order, int(body.get("duplicates", 0)), int(body.get("seed", 1)))
        return {"deliveries": [delivery_row(delivery) for delivery in sent]}

    async def redeliver(self, body: Body) -> Any:
        """Send delivery `n` once more, byte for byte, with `num_retry` as given."""
        wanted = int(body["delivery"])
        for delivery in self.sender.deliveries:
            if delivery.n == wanted:
                await self.sender.post(delivery, int(body.get("num_retry", 0)))
                return delivery_row(delivery)
        raise ActionError(f"no such delivery: {wanted}")

    async def settle(self, _body: Body) -> Any:
        """Wait until all events in the background (echoes, receipts) were tried once."""
        await self.sender.settle()
        return {"ok": True}

    async def subscribe(self, _body: Body) -> Any:
        """Switch the subscription on again after the ladder ended, as in the console."""
        self.sender.is_subscribed = True
        return {"is_subscribed": True}

    async def read_deliveries(self, request: Request) -> Response:
        """Deliveries after number `since`, with their attempts."""
        since = since_of(request)
        return JSONResponse(
            {
                "is_subscribed": self.sender.is_subscribed,
                "deliveries": [delivery_row(item) for item in self.sender.deliveries if item.n > since],
            }
        )


def delivery_row(delivery: Delivery) -> Body:
    """One delivery as the control API shows it."""
    return {
        "delivery": delivery.n,
        "event_name": delivery.event_name,
        "state": delivery.state,
        "http_status": delivery.http_status,
        "body": delivery.raw.decode("utf-8", "replace"),
        "headers": delivery.headers,
        "attempts": [
            {"at_ms": a.at_ms, "num_retry": a.num_retry, "status": a.status, "problem": a.problem, "took_ms": a.took_ms}
            for a in delivery.attempts
        ],
    }
