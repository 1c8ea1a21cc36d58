"""Facts about a person or the page itself, asked for one at a time (zalo sections 3.5 and 3.8)."""

import json
from dataclasses import dataclass, field

from binhyen.channels.connector import Credentials, Later, OutcomeUnknown, Refused, Sent
from binhyen.channels.zalo_oa.api import Answer, Deadline, call
from binhyen.channels.zalo_oa.outcomes import outcome_of
from binhyen.channels.zalo_oa.routing import ANONYMOUS
from binhyen.core.text import clean

_LIMIT_S = 8.0
_NAME_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Profile:
    """What an officer who opens a conversation sees of a person; nothing else is asked or kept."""

    display_name: str = field(repr=False)
    is_following: bool


@dataclass(frozen=True, slots=True)
class PageInfo:
    """The page as Zalo knows it."""

    external_id: str
    name: str
    is_verified: bool
    is_government: bool
    follower_count: int | None
    package: str


Trouble = Later | Refused
"""Why there is no answer now."""


def profile(person: str, keys: Credentials) -> Profile | Trouble:
    """Name and follow state of a resident; fetched only when an officer opens the conversation."""
    if person.startswith(ANONYMOUS):
        return Refused("anonymous")
    found = _get(keys, "/v3.0/oa/user/detail", {"data": json.dumps({"user_id": person})})
    if not isinstance(found, Answer):
        return found
    name = clean(str(found.data.get("display_name") or ""))[:_NAME_LIMIT]
    return Profile(name, bool(found.data.get("user_is_follower")))


def page_info(keys: Credentials) -> PageInfo | Trouble:
    """The page behind the access token; a health check and the number of followers."""
    found = _get(keys, "/v2.0/oa/getoa", {})
    if not isinstance(found, Answer):
        return found
    data = found.data
    followers = str(data.get("num_follower", ""))
    return PageInfo(
        external_id=str(data.get("oaid") or data.get("oa_id") or ""),
        name=clean(str(data.get("name") or ""))[:120],
        is_verified=bool(data.get("is_verified")),
        is_government=str(data.get("oa_type")) == "4",
        follower_count=int(followers) if followers.isascii() and followers.isdecimal() else None,
        package=str(data.get("package_name") or ""),
    )


def _get(keys: Credentials, path: str, query: dict[str, str]) -> Answer | Trouble:
    headers = {"access_token": keys.get("access_token", "")}
    reply = call("GET", keys["api_url"] + path, Deadline(_LIMIT_S), headers=headers, params=query)
    if isinstance(reply, Answer) and reply.code == 0:
        return reply
    match outcome_of(reply):
        case Later() | Refused() as trouble:
            return trouble
        case Sent() | OutcomeUnknown():
            return Later(60, "no_answer")  # reading twice does no harm
