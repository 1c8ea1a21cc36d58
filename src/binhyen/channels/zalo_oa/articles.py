"""Articles of the page and broadcasts of them (zalo sections 3.2 and 3.6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from binhyen.channels.connector import Credentials, Later, Outbound, Outcome, OutcomeUnknown, Refused, Sent
from binhyen.channels.zalo_oa import rate
from binhyen.channels.zalo_oa.api import Answer, Deadline, HttpRefusal, Reply, call
from binhyen.channels.zalo_oa.outcomes import FIELD_INVALID, outcome_of
from binhyen.core.text import nfc

TITLE_LIMIT, AUTHOR_LIMIT, DESCRIPTION_LIMIT = 150, 50, 300
SLICE = 10
_LIMIT_S = 9.0
_PROCESSING = -214

Trouble = Later | Refused | OutcomeUnknown
"""Why it is not done."""


@dataclass(frozen=True, slots=True)
class Text:
    """An article as it goes to Zalo; the picture is a public address of at most 1 MB."""

    title: str
    author: str
    description: str
    body: str
    picture_url: str


@dataclass(frozen=True, slots=True)
class Told:
    """A finished article as the page tells it."""

    article_id: str
    link: str
    views: int | None
    shares: int | None


def create(text: Text, keys: Credentials) -> str | Trouble:
    """Hand an article in; the token by which it is asked for. Nothing is published by this alone."""
    body = {
        "type": "normal",
        "title": nfc(text.title)[:TITLE_LIMIT],
        "author": nfc(text.author)[:AUTHOR_LIMIT],
        "cover": {"cover_type": "photo", "photo_url": text.picture_url, "status": "show"},
        "description": nfc(text.description)[:DESCRIPTION_LIMIT],
        "body": [{"type": "text", "content": nfc(text.body)}],
        "status": "show",
        "comment": "hide",
    }
    reply = _post("create", body, keys)
    if isinstance(reply, Answer) and reply.code == 0 and reply.data.get("token"):
        return str(reply.data["token"])
    return _trouble(reply)


def verify(token: str, keys: Credentials) -> str | Trouble:
    """The article's id once Zalo is through with it; Later while it works."""
    reply = _post("verify", {"token": token}, keys)
    if isinstance(reply, Answer) and reply.code == _PROCESSING:
        return Later(30, "article_processing")
    if isinstance(reply, Answer) and reply.code == 0 and reply.data.get("id"):
        return str(reply.data["id"])
    found = _trouble(reply)
    return Later(60, found.why) if isinstance(found, OutcomeUnknown) else found  # asking twice does no harm


def remove(article_id: str, keys: Credentials) -> Trouble | None:
    """Take an article down; None when it is gone, also when an earlier call whose answer was lost removed it."""
    reply = _post("remove", {"id": article_id}, keys)
    is_gone = isinstance(reply, Answer) and reply.code in (0, FIELD_INVALID)  # Zalo gave this id itself
    return None if is_gone else _trouble(reply)


def newest(keys: Credentials) -> list[Told] | Trouble:
    """The ten newest articles with their views."""
    url = f"{keys['api_url']}/v2.0/article/getslice"
    query = {"offset": "0", "limit": str(SLICE), "type": "normal"}
    reply = call("GET", url, Deadline(_LIMIT_S), headers=_headers(keys), params=query)
    if not isinstance(reply, Answer) or reply.code:
        return _trouble(reply)
    return [_told(row) for row in reply.data.get("medias", []) if isinstance(row, dict)]


def _told(row: Mapping[str, Any]) -> Told:
    return Told(
        article_id=str(row.get("id", "")),
        link=str(row.get("link_view", ""))[:300],
        views=_count(row.get("total_view")),
        shares=_count(row.get("total_share")),
    )


def _count(value: Any) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() else None


class Broadcasts:
    """The way out to all followers: `Outbound.person` is the id of a live article. No choice by age or sex."""

    def send(self, outbound: Outbound, keys: Credentials) -> Outcome:
        """One broadcast; Zalo reviews it for about half an hour and leaves out who had one today."""
        app = keys.get("app_id", "")
        minute = rate.take(app)
        if minute is None:
            return outcome_of(HttpRefusal(429))
        element = {"media_type": "article", "attachment_id": outbound.person}
        payload = {"template_type": "media", "elements": [element]}
        body = {
            "recipient": {"target": {}},
            "message": {"attachment": {"type": "template", "payload": payload}},
        }
        url = f"{keys['api_url']}/v2.0/oa/message"
        reply = call("POST", url, Deadline(_LIMIT_S), headers=_headers(keys), json=body)
        rate.told(app, minute, reply if isinstance(reply, Answer) else None)
        return outcome_of(reply)


def _post(name: str, body: dict[str, Any], keys: Credentials) -> Reply:
    url = f"{keys['api_url']}/v2.0/article/{name}"
    return call("POST", url, Deadline(_LIMIT_S), headers=_headers(keys), json=body)


def _headers(keys: Credentials) -> dict[str, str]:
    return {"access_token": keys.get("access_token", "")}


def _trouble(reply: Reply) -> Trouble:
    found = outcome_of(reply)
    return Refused("odd_answer", hint="operator") if isinstance(found, Sent) else found
