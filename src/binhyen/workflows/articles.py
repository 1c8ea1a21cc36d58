"""The life of an article on the Zalo page: handed in, processed, live or failed, taken down; its views."""

from datetime import timedelta

from django.db.models import Q

from binhyen.channels.connector import Credentials, Later, OutcomeUnknown, Refused
from binhyen.channels.models import AccountState
from binhyen.channels.tokens import fresh_credentials
from binhyen.channels.zalo_oa import articles as zalo
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.errors import BinhYenError
from binhyen.outreach.articles import GAVE_UP
from binhyen.outreach.models import Article, ArticleState, Channel, Figure, FigureSource
from binhyen.outreach.queries import texts_of
from binhyen.outreach.variants import cut

MOST_LOOKS = 60
LOOK_AGAIN = timedelta(seconds=30)
VIEWS_FOR = timedelta(days=14)
"""So long after it came out the views of an article are asked for."""
_OPEN = (ArticleState.CREATED, ArticleState.PROCESSING)


def move_articles(limit: int = 20) -> int:
    """Take every article that is due one step on; the number of steps."""
    now = clock.now()
    rows = Article.objects.filter(next_look_at__lte=now, account__state=AccountState.ACTIVE)
    # The stop switch is for what goes out (G44): what has to vanish vanishes all the same (G21).
    rows = rows.filter(Q(account__unit__sending_stopped_at=None) | Q(post__withdrawn_at__isnull=False))
    related = ("account__application", "post__unit", "post__corrects", "post__picture")
    due = list(rows.select_related(*related).order_by("next_look_at")[:limit])
    for article in due:
        try:
            _step(article, fresh_credentials(article.account))
        except BinhYenError as error:
            _wait(article, type(error).__name__)
    return len(due)


def _step(article: Article, keys: Credentials) -> None:
    if article.post.withdrawn_at is not None:
        _take_down(article, keys)
    elif article.state == ArticleState.CREATED:
        _hand_in(article, keys)
    elif article.state == ArticleState.PROCESSING:
        _ask(article, keys)
    else:
        article.next_look_at = None
        article.save(update_fields=["next_look_at"])


def _hand_in(article: Article, keys: Credentials) -> None:
    """Marked before the call: a crash in between leaves it failed for a person, never handed in twice."""
    article.state, article.why = ArticleState.FAILED, "interrupted"
    article.save(update_fields=["state", "why"])
    post = article.post
    url = configuration().public_url
    page = f"{url}/{post.unit.slug}/tin/{post.public_id}"
    text = texts_of(post, url)["article"]
    picture = f"{page}/anh.jpg" if post.picture_id else f"{url}/static/portal/bai-viet.png"
    summary = cut(post.what.replace("\n", " "), zalo.DESCRIPTION_LIMIT)
    found = zalo.create(zalo.Text(post.title, post.unit.name, summary, text, picture), keys)
    if isinstance(found, str):
        article.state, article.token, article.why = ArticleState.PROCESSING, found[:200], ""
        article.next_look_at = clock.now() + timedelta(seconds=5)
        article.save()
        return
    _trouble(article, found, ArticleState.CREATED)


def _ask(article: Article, keys: Credentials) -> None:
    found = zalo.verify(article.token, keys)
    if isinstance(found, str):
        article.state, article.external_id, article.why, article.next_look_at = ArticleState.LIVE, found[:60], "", None
        article.save()
        return
    _trouble(article, found, ArticleState.PROCESSING)


def _take_down(article: Article, keys: Credentials) -> None:
    """Off the page, asked again until it is gone (G21); one still being processed as soon as it has an id."""
    if not article.external_id and article.token:
        found = zalo.verify(article.token, keys)
        if isinstance(found, Later | OutcomeUnknown):
            _wait(article, found.why)
            return
        article.external_id = found[:60] if isinstance(found, str) else ""
    if article.external_id:
        trouble = zalo.remove(article.external_id, keys)
        if trouble is not None:
            _wait(article, trouble.why)
            return
    article.next_look_at = None
    if article.state != ArticleState.FAILED or article.external_id:  # else nothing is known to be there
        article.state, article.why = ArticleState.REMOVED, ""
    article.save()


def _trouble(article: Article, found: zalo.Trouble, back_to: ArticleState) -> None:
    article.looks += 1
    match found:
        case Later(why=why) if article.looks < MOST_LOOKS:
            article.state = back_to
            _wait(article, why)
        case Later(why=why):
            article.state, article.why, article.next_look_at = ArticleState.FAILED, f"{GAVE_UP}{why}"[:100], None
            article.save()
        case Refused(why=why) | OutcomeUnknown(why=why):
            article.state, article.why, article.next_look_at = ArticleState.FAILED, why[:100], None
            article.save()


def _wait(article: Article, why: str) -> None:
    article.why, article.next_look_at = why[:100], clock.now() + LOOK_AGAIN
    article.save()


def count_views() -> int:
    """Views and shares of live articles as the page tells them, kept when they changed; the number of figures."""
    since = clock.now() - VIEWS_FOR
    rows = Article.objects.filter(state=ArticleState.LIVE, post__published_at__gte=since)
    by_page: dict[int, list[Article]] = {}
    for article in rows.filter(account__state=AccountState.ACTIVE).select_related("account__application"):
        by_page.setdefault(article.account_id, []).append(article)
    count = 0
    for articles in by_page.values():
        try:
            told = zalo.newest(fresh_credentials(articles[0].account))
        except BinhYenError:
            continue
        if isinstance(told, list):
            count += sum(_keep(article, {one.article_id: one for one in told}) for article in articles)
    return count


def _keep(article: Article, told: dict[str, zalo.Told]) -> int:
    found = told.get(article.external_id)
    if found is None:
        return 0
    if found.link != article.link:
        article.link = found.link
        article.save(update_fields=["link"])
    count = 0
    for measure, value in (("views", found.views), ("shares", found.shares)):
        rows = Figure.objects.filter(post_id=article.post_id, channel=Channel.ARTICLE, measure=measure)
        last = rows.order_by("-at", "-id").values_list("value", flat=True).first()
        if value is None or value == last:
            continue
        Figure.objects.create(
            post_id=article.post_id,
            channel=Channel.ARTICLE,
            measure=measure,
            value=value,
            at=clock.now(),
            source=FigureSource.API,
        )
        count += 1
    return count
