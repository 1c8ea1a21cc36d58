"""An article that failed at Zalo: what may be done with it, by a person and never twice (G61)."""

from enum import StrEnum

from django.db import transaction

from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible
from binhyen.outreach.actions import Typed, audit, begin_post, set_picture
from binhyen.outreach.models import Article, ArticleState, Channel, Post, PostKind, PostVersion
from binhyen.outreach.queries import WRITE_ROLES, texts_of
from binhyen.units.scope import Scope

REJECTED = "zalo-248"
"""Zalo looked at the article and does not publish it (zalo section 3.6)."""
GAVE_UP = "gave_up "
"""Begins the reason of an article that Zalo could not be asked about for too long."""
_APPROVED_PARTS = ("article", "portal", "title")
"""Words an article consists of: body, summary and title."""


class WayOn(StrEnum):
    """What a person can do with a failed article."""

    AGAIN = "again"
    """It is surely not there: hand it in once more."""
    ASK = "ask"
    """Zalo took it and did not say what became of it: ask once more, which does no harm."""
    LOOK = "look"
    """Nobody knows whether Zalo took it: it stays parked, since it could stand there twice."""


def way_on(article: Article) -> WayOn | None:
    """What can be done with the article; None unless it failed."""
    if article.state != ArticleState.FAILED:
        return None
    if article.token:
        return WayOn.AGAIN if article.why == REJECTED else WayOn.ASK
    is_refused = article.why.startswith(("zalo-", GAVE_UP))  # Zalo answered no, or was never reached
    return WayOn.AGAIN if is_refused and not article.external_id else WayOn.LOOK


def access_article(scope: Scope, post: Post, key: str) -> Article:
    """One article of the post. Raises NotPossible("sending_gone")."""
    scope.check(post.unit_id, WRITE_ROLES)
    found = Article.objects.filter(post=post, pk=int(key)).first() if key.isascii() and key.isdecimal() else None
    if found is None:
        raise NotPossible("sending_gone")
    return found


@transaction.atomic
def hand_in_again(scope: Scope, article: Article) -> WayOn:
    """Hand a rejected article in once more, or ask Zalo once more about one it took; which of both.

    The second officer's yes holds for the very words it was given for. Raises NotPossible: "sending_gone" when a
    colleague was faster, "article_unknown" when it may stand there already, "article_reworded" when its words are
    not those agreed to, "post_not_out" when the post was taken down, corrected or is over.
    """
    scope.check(article.post.unit_id, WRITE_ROLES)
    post = Post.objects.select_for_update(of=("self",)).select_related("unit", "corrects").get(pk=article.post_id)
    now = Article.objects.select_for_update().get(pk=article.pk)
    way = way_on(now)
    if way is None:
        raise NotPossible("sending_gone")
    if way is WayOn.LOOK:
        raise NotPossible("article_unknown")
    if not _is_out(post):
        raise NotPossible("post_not_out")
    if way is WayOn.AGAIN:
        if not _is_as_agreed(post):
            raise NotPossible("article_reworded")
        now.token = ""
    now.state = ArticleState.CREATED if way is WayOn.AGAIN else ArticleState.PROCESSING
    now.why, now.looks, now.next_look_at = "", 0, clock.now()
    now.save()
    audit(scope, post, "article_again", page=now.account_id, way=way.value)
    return way


def _is_out(post: Post) -> bool:
    is_over = post.expires_at is not None and post.expires_at <= clock.now()
    is_corrected = Post.objects.filter(corrects=post, published_at__isnull=False, withdrawn_at=None).exists()
    return post.published_at is not None and post.withdrawn_at is None and not is_over and not is_corrected


def _is_as_agreed(post: Post) -> bool:
    """Whether the article would carry the words the second officer saw: the unit's number may have changed since."""
    agreed = PostVersion.objects.filter(post=post, version=post.version).values_list("texts", flat=True).first() or {}
    now = texts_of(post, configuration().public_url) | {"title": post.title}
    return all(agreed.get(part) == now[part] for part in _APPROVED_PARTS)


def may_be_reworded(post: Post) -> bool:
    """Not for searches, whose end goes by their record (G21, G24), nor for corrections, which reach everyone anew."""
    kinds = (PostKind.LOST_FOUND, PostKind.MISSING_PERSON)
    return post.corrects_id is None and post.kind not in kinds and _is_out(post)


def begin_rewording(scope: Scope, article: Article) -> Post:
    """A draft of the same post for the Zalo page alone, to be worded anew; a second officer agrees as to any other.

    The picture comes along with its description; whoever agrees answers for it anew (G23).
    Raises NotPossible: "article_unknown" unless the first one is surely not there, "post_not_out".
    """
    post = article.post
    if way_on(article) is not WayOn.AGAIN:
        raise NotPossible("article_unknown")
    if not may_be_reworded(post):
        raise NotPossible("post_not_out")
    typed = Typed(
        kind=post.kind,
        title=post.title,
        what=post.what,
        signs=post.signs,
        todo=post.todo,
        video_link=post.video_link,
        picture_text=post.picture_text,
        channels=[channel for channel in (Channel.ARTICLE, Channel.BROADCAST) if channel in post.channels],
        variants={name: text for name, text in post.variants.items() if name == "article"},
        expires_at=post.expires_at,
        language=post.language,
    )
    draft = begin_post(scope, post.unit, typed, list(post.areas.all()))
    if post.picture is not None:
        set_picture(scope, draft, post.picture, post.picture_faces)
    return draft
