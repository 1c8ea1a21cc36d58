"""Atom and RSS of a unit's board, made once and kept in the process for half a minute."""

import hashlib
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed

from binhyen.core.configuration import configuration
from binhyen.outreach.cap import KINDS
from binhyen.outreach.fixed_words import KIND_WORDS, fixed_words
from binhyen.outreach.models import Post
from binhyen.outreach.queries import board, texts_of
from binhyen.portal.units_here import UnitHere

Form = Literal["atom", "rss"]
FRESH_S = 30.0
MOST_ITEMS = 50
CORRECTED = "Bài này đã có đính chính hoặc đã được hủy; xem bài mới hơn trên bảng tin."
"""First words of an item that a later one corrects or calls off."""
MEDIA_TYPES: dict[Form, str] = {"atom": "application/atom+xml", "rss": "application/rss+xml"}


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it is sent."""

    content: bytes
    tag: str
    """ETag: the same as long as the content is."""
    changed_at: datetime


_kept: dict[tuple[str, str, Form], tuple[float, Feed]] = {}


def forget_feeds() -> None:
    """Drop what is kept; for tests."""
    _kept.clear()


def feed_of(unit: UnitHere, kind: str, form: Form) -> Feed:
    """The feed, at most half a minute old; a reader that asks a thousand times a minute costs no query."""
    kept = _kept.get((unit.slug, kind, form))
    if kept and time.monotonic() - kept[0] < FRESH_S:
        return kept[1]
    made = _made(unit, kind, form)
    _kept[unit.slug, kind, form] = (time.monotonic(), made)
    return made


def _made(unit: UnitHere, kind: str, form: Form) -> Feed:
    base = configuration().public_url
    home = f"{base}/{unit.slug}/tin/"
    title = f"{unit.name}: {KIND_WORDS[kind]}" if kind else unit.name
    place = f"{home}{kind}/" if kind else home
    made = (Atom1Feed if form == "atom" else Rss201rev2Feed)(
        title=title,
        link=home,
        description=f"Tin và cảnh báo của {unit.name}",
        language="vi",
        feed_url=f"{place}{form}.xml",
        feed_guid=f"{place}{form}.xml",
    )
    posts = list(board(unit.id, kind).select_related("unit")[:MOST_ITEMS])
    for post in posts:
        _add(made, post, base, home)
    content = made.writeString("utf-8").encode()
    changed_at = max((post.changed_at for post in posts), default=datetime(2026, 1, 1, tzinfo=UTC))
    return Feed(content, f'"{hashlib.sha256(content).hexdigest()[:24]}"', changed_at)


def _add(feed: SyndicationFeed, post: Post, base: str, home: str) -> None:
    page = f"{home}{post.public_id}/"
    cap = [Enclosure(f"{page}canh-bao.xml", "0", "application/cap+xml")] if post.kind in KINDS else []
    words = fixed_words(post.language)
    mark = words.called_off if post.is_cancellation else words.correction if post.corrects_id else ""
    is_corrected: bool = getattr(post, "is_corrected", False)
    feed.add_item(
        title=f"{mark}: {post.title}" if mark else post.title,
        link=page,
        description=f"{CORRECTED}\n\n" * is_corrected + texts_of(post, base)["portal"],
        unique_id=page,
        unique_id_is_permalink=True,
        pubdate=post.published_at,
        updateddate=post.changed_at,
        categories=[KIND_WORDS[post.kind]],
        author_name=post.unit.name,
        enclosures=cap,
    )
