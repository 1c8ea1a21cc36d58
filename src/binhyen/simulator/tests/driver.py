"""Short ways to do what a connector, a resident or a test does with the simulator."""

import hashlib
import json
from collections import deque
from typing import Any

import httpx

HOA = "7000000000000000011"
THUYEN = "7000000000000000012"
BINH = "7000000000000000013"
OA = "2000000000000000001"
OA_2 = "2000000000000000002"
APP = "1000000000000000001"
APP_SECRET = "AppSecretForTests01"
OA_KEY = "OaSecretKeyForTests01"
HOUR_S = 3600
DAY_S = 24 * HOUR_S
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


class Receiver:
    """An ASGI application that notes every webhook and answers as told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.statuses: deque[int] = deque()

    def forget(self) -> None:
        """Start over."""
        self.got.clear()
        self.statuses.clear()

    @property
    def events(self) -> list[dict[str, Any]]:
        """Bodies as JSON."""
        return [json.loads(raw) for _headers, raw in self.got]

    @property
    def names(self) -> list[str]:
        """Event names in the order of arrival."""
        return [event["event_name"] for event in self.events]

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            while (await receive())["type"] != "lifespan.shutdown":
                await send({"type": "lifespan.startup.complete"})
            await send({"type": "lifespan.shutdown.complete"})
            return
        raw, more = b"", True
        while more:
            event = await receive()
            raw, more = raw + event.get("body", b""), event.get("more_body", False)
        self.got.append(({k.decode(): v.decode() for k, v in scope["headers"]}, raw))
        status = self.statuses.popleft() if self.statuses else 200
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})


class Driver:
    """The simulator from outside."""

    def __init__(self, http: httpx.Client, receiver: Receiver) -> None:
        self.http = http
        self.receiver = receiver
        self.token = ""

    def do(self, action: str, **body: Any) -> dict[str, Any]:
        """One call of the control API."""
        answer = self.http.post(f"/_sim/{action}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def say(self, text: str = "Cho hỏi", user_id: str = HOA, **more: Any) -> str:
        """A resident writes; the message id."""
        return self.do("say", user_id=user_id, text=text, **more)["msg_id"]

    def sign_in(self, oa_id: str = OA) -> str:
        """Use a fresh access token; the refresh token."""
        pair = self.do("tokens", oa_id=oa_id)
        self.token = pair["access_token"]
        return pair["refresh_token"]

    def post(self, path: str, body: Any) -> dict[str, Any]:
        """A POST call of the API; the JSON answer, which always comes with 200."""
        answer = self.http.post(path, json=body, headers={"access_token": self.token})
        assert answer.status_code == 200
        return answer.json()

    def get(self, path: str, data: Any = None) -> dict[str, Any]:
        """A GET call with the parameter `data`."""
        params = {} if data is None else {"data": json.dumps(data)}
        answer = self.http.get(path, params=params, headers={"access_token": self.token})
        assert answer.status_code == 200
        return answer.json()

    def send(self, message: Any, user_id: Any = HOA) -> dict[str, Any]:
        """A consultation message."""
        return self.post("/v3.0/oa/message/cs", {"recipient": {"user_id": user_id}, "message": message})

    def send_code(self, message: Any, user_id: Any = HOA) -> tuple[int, str]:
        """Code and text of a consultation message."""
        answer = self.send(message, user_id)
        return answer["error"], answer["message"]

    def upload(self, kind: str, name: str, content: bytes) -> dict[str, Any]:
        """Upload a file."""
        answer = self.http.post(
            f"/v2.0/oa/upload/{kind}", files={"file": (name, content)}, headers={"access_token": self.token}
        )
        assert answer.status_code == 200
        return answer.json()

    def messages(self, since: int = 0) -> list[dict[str, Any]]:
        """What the page sent."""
        return self.http.get("/_sim/messages", params={"since": since}).json()["messages"]

    def advance(self, seconds: float) -> None:
        """Move time."""
        self.do("clock", advance_s=seconds)


def mac(raw: bytes, first: str = APP, secret: str = OA_KEY) -> str:
    """The signature worked out independently of the simulator's code."""
    stamp = str(json.loads(raw)["timestamp"])
    return "mac=" + hashlib.sha256(b"".join([first.encode(), raw, stamp.encode(), secret.encode()])).hexdigest()


def buttons(*items: dict[str, Any], text: str = "Chọn", **payload: Any) -> dict[str, Any]:
    """A message with buttons."""
    return {"text": text, "attachment": {"type": "template", "payload": {"buttons": list(items), **payload}}}


def media(**element: Any) -> dict[str, Any]:
    """A media message."""
    return {"attachment": {"type": "template", "payload": {"template_type": "media", "elements": [element]}}}
