"""Articles of a page (`/v2.0/article/`) and broadcasts of them (Zalo sections 3.2 and 3.6)."""

import secrets
from typing import Any

from binhyen.simulator.articles_state import Article
from binhyen.simulator.clock import vietnam_time
from binhyen.simulator.errors import invalid, refusal
from binhyen.simulator.front import Call

LIMITS = {"title": 150, "author": 50, "description": 300}
SLICE_LIMIT = 10
BROADCAST_ARTICLES = 5
MONTHLY_BROADCASTS = {"basic": 1, "standard": 1, "growth": 4, "comprehensive": 6}
"""Broadcasts one follower may get in a month; at most one a day."""
MORNING, NIGHT = 6, 22


def create(call: Call) -> dict[str, str]:
    """`POST create`: takes the article in and answers a token; nothing is published yet."""
    body = call.json()
    article = _read(call, body)
    call.world.articles.by_token[article.token] = article
    return {"token": article.token}


def _read(call: Call, body: dict[str, Any]) -> Article:
    if body.get("type") != "normal":
        raise invalid("type")
    for name, limit in LIMITS.items():
        if not isinstance(body.get(name), str) or not body[name].strip():
            raise invalid(name)
        if len(body[name]) > limit:
            raise refusal(-210)
    cover = body.get("cover")
    if not isinstance(cover, dict) or cover.get("cover_type") not in {"photo", "video"}:
        raise invalid("cover")
    if cover["cover_type"] == "photo" and not str(cover.get("photo_url", "")).startswith(("http://", "https://")):
        raise invalid("photo_url")
    parts = body.get("body")
    if not isinstance(parts, list) or not parts or not all(_is_part(part) for part in parts):
        raise invalid("body")
    if body.get("status", "hide") not in {"show", "hide"} or body.get("comment", "hide") not in {"show", "hide"}:
        raise invalid("status")
    now_ms = call.world.clock.now_ms()
    return Article(
        oa_id=call.page.oa_id,
        token=secrets.token_urlsafe(24),
        title=body["title"],
        description=body["description"],
        body=parts,
        status=body.get("status", "hide"),
        ready_ms=now_ms + int(call.world.switches.article_delay_s * 1000),
        made_ms=now_ms,
        cover=cover,
        comment=body.get("comment", "hide"),
    )


def _is_part(part: Any) -> bool:
    if not isinstance(part, dict):
        return False
    if part.get("type") == "text":
        return isinstance(part.get("content"), str) and bool(part["content"])
    return part.get("type") in {"image", "video", "product"}


def verify(call: Call) -> dict[str, str]:
    """`POST verify`: the article's id; -214 while it is processed, -248 when it was rejected."""
    article = call.world.articles.by_token.get(str(call.json().get("token")))
    if article is None or article.oa_id != call.page.oa_id:
        raise invalid("token")
    if article.ready_ms > call.world.clock.now_ms():
        raise refusal(-214)
    if article.is_rejected:
        raise refusal(-248)
    article.article_id = article.article_id or secrets.token_hex(10)
    return {"id": article.article_id}


def update(call: Call) -> dict[str, str]:
    """`POST update`: as `create` with the id."""
    body = call.json()
    old = _of_id(call, body.get("id"))
    new = _read(call, body)
    new.article_id, new.view_count, new.share_count = old.article_id, old.view_count, old.share_count
    del call.world.articles.by_token[old.token]
    call.world.articles.by_token[new.token] = new
    return {"token": new.token}


def remove(call: Call) -> None:
    """`POST remove`."""
    del call.world.articles.by_token[_of_id(call, call.json().get("id")).token]


def _of_id(call: Call, article_id: Any) -> Article:
    found = call.world.articles.of_id(call.page.oa_id, article_id)
    if found is None:
        raise invalid("id")
    return found


def get_slice(call: Call) -> dict[str, Any]:
    """`GET getslice?offset&limit&type`: finished articles, newest first."""
    asked = call.query()
    offset, limit = asked.get("offset", "0"), asked.get("limit", str(SLICE_LIMIT))
    if not offset.isdigit() or not limit.isdigit() or asked.get("type", "normal") not in {"normal", "video"}:
        raise invalid("offset")
    if int(limit) > SLICE_LIMIT:
        raise refusal(-210)
    own = [one for one in call.world.articles.by_token.values() if one.oa_id == call.page.oa_id and one.article_id]
    own.sort(key=lambda one: -one.made_ms)
    shown = own[int(offset) : int(offset) + int(limit)]
    return {"total": len(own), "medias": [_told(call, one) for one in shown]}


def get_detail(call: Call) -> dict[str, Any]:
    """`GET getdetail?id`."""
    article = _of_id(call, call.query().get("id"))
    more = {"cover": article.cover, "author": call.page.name, "body": article.body, "comment": article.comment}
    return {**_told(call, article), **more}


def _told(call: Call, article: Article) -> dict[str, Any]:
    link = f"https://post.oa.zalo.me/d/{call.page.oa_id}?id={article.article_id}&pageId={call.page.oa_id}"
    return {
        "id": article.article_id,
        "title": article.title,
        "thumb": article.cover.get("photo_url", ""),
        "description": article.description,
        "status": article.status,
        "create_date": article.made_ms,
        "update_date": article.made_ms,
        "total_view": article.view_count,
        "total_share": article.share_count,
        "link_view": link,
    }


def broadcast(call: Call, body: dict[str, Any]) -> dict[str, str]:
    """Send live articles to followers: only by day, one a day and a few a month for each of them."""
    payload = body.get("message", {}).get("attachment", {}).get("payload", {})
    elements = payload.get("elements") if payload.get("template_type") == "media" else None
    if not isinstance(elements, list) or not elements:
        raise refusal(-233)
    if len(elements) > BROADCAST_ARTICLES:
        raise refusal(-210)
    for element in elements:
        if element.get("media_type") != "article":
            raise refusal(-233)
        article = _of_id(call, element.get("attachment_id"))
        if article.status != "show":
            raise invalid("attachment_id")
    here = vietnam_time(call.world.clock.now_ms())
    if not MORNING <= here.hour < NIGHT:
        raise refusal(-234)
    msg_id = secrets.token_hex(10)
    reached = [one.user_id for one in call.world.residents.values() if _may_receive(call, one, here)]
    for user_id in reached:
        for span in (f"{here:%Y-%m-%d}", f"{here:%Y-%m}"):
            key = (user_id, span)
            call.world.articles.received[key] = call.world.articles.received.get(key, 0) + 1
    told = {"msg_id": msg_id, "articles": [one["attachment_id"] for one in elements], "reached": len(reached)}
    call.world.articles.broadcasts.append({"oa_id": call.page.oa_id, **told})
    return {"message_id": msg_id}


def _may_receive(call: Call, person: Any, here: Any) -> bool:
    if person.oa_id != call.page.oa_id or not person.is_follower:
        return False
    received = call.world.articles.received
    monthly = MONTHLY_BROADCASTS[call.page.package]
    return (
        not received.get((person.user_id, f"{here:%Y-%m-%d}"))
        and received.get((person.user_id, f"{here:%Y-%m}"), 0) < monthly
    )
