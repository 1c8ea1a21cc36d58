"""What the editor of posts sends, read into typed values; and the words around a post."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from binhyen.console.dates import day_in
from binhyen.core.clock import VIETNAM
from binhyen.core.errors import NotPossible
from binhyen.core.text import whole_number
from binhyen.outreach.actions import Typed
from binhyen.outreach.models import Post
from binhyen.outreach.sms import SmsSize, size_of
from binhyen.outreach.variants import EDITABLE, LIMITS
from binhyen.units.models import Area, Unit

KIND_NAMES: dict[str, str | Promise] = {
    "news": _("News"),
    "law": _("Law"),
    "crime_method": _("Trick of criminals"),
    "warning": _("Warning"),
    "lost_found": _("Found or lost thing"),
    "missing_person": _("Missing person"),
    "procedure_change": _("Change of a procedure"),
}
CHANNEL_NAMES: dict[str, str | Promise] = {
    "portal": _("Portal board and feeds"),
    "manual": _("Ordinary Zalo groups, by hand"),
    "gmf": _("Groups of the page (GMF)"),
    "article": _("Article of the Zalo page"),
    "broadcast": _("Broadcast to followers"),
    "recent": _("People who wrote within 48 hours"),
}
STATE_NAMES: dict[str, str | Promise] = {
    "draft": _("draft"),
    "review": _("waits for approval"),
    "approved": _("goes out soon"),
    "sending": _("going out"),
    "sent": _("out"),
    "withdrawn": _("taken down"),
}
VARIANT_NAMES: dict[str, str | Promise] = {
    "group": _("Group text"),
    "article": _("Article"),
    "portal": _("Portal page"),
    "poster": _("Poster text"),
    "sms": _("SMS"),
    "cap": _("Warning message (CAP)"),
}
FLAG_NAMES: dict[str, str | Promise] = {
    "phone": _("telephone number"),
    "id_number": _("number of papers"),
    "bank_account": _("bank account"),
    "plate": _("number plate"),
    "exact_address": _("exact address"),
    "suspect_named": _("name of a suspect"),
    "victim_identifiable": _("victim can be recognised"),
    "child_details": _("details of a child"),
    "debtor_shaming": _("name of a debtor"),
    "state_secret_mark": _("mark of a state secret"),
    "asks_money_or_code": _("asks for money or a code"),
    "link_not_allowed": _("link that is not allowed"),
    "picture": _("picture"),
    "face": _("face in the picture"),
}
PART_NAMES: dict[str, str | Promise] = {
    "title": _("Title"),
    "what": _("What happened"),
    "signs": _("How to recognise it"),
    "todo": _("What to do now"),
    "video_link": _("Video link"),
    "picture_text": _("Description of the picture"),
    "whole": _("The post as a whole"),
    **VARIANT_NAMES,
}
EMPTY = Typed(kind="news", title="", what="", channels=("portal", "manual"))


def typed_in(post: QueryDict) -> Typed:
    """The editor's fields. Raises NotPossible: import_date, post_time, post_repeat."""
    variants = {name: post.get(f"variant_{name}", "") for name in EDITABLE if post.get(f"own_{name}")}
    return Typed(
        kind=post.get("kind", ""),
        title=post.get("title", ""),
        what=post.get("what", ""),
        signs=post.get("signs", ""),
        todo=post.get("todo", ""),
        video_link=post.get("video_link", ""),
        picture_text=post.get("picture_text", ""),
        channels=tuple(post.getlist("channel")),
        variants=variants,
        is_urgent=bool(post.get("is_urgent")),
        wanted_at=_moment(post.get("wanted_on", ""), post.get("wanted_time", "")),
        repeat_days=_days(post.get("repeat_days", "")),
        repeat_until=day_in(post.get("repeat_until", "")),
        expires_at=_end(post.get("expires_on", "")),
        language=post.get("language", "vi"),
    )


def _moment(day: str, at: str) -> datetime | None:
    on = day_in(day)
    if on is None:
        return None
    try:
        return datetime.combine(on, time.fromisoformat(at.strip() or "08:00"), VIETNAM)
    except ValueError:
        raise NotPossible("post_time", typed=at.strip()[:10]) from None


def _end(day: str) -> datetime | None:
    on: date | None = day_in(day)
    return datetime.combine(on, time(23, 59), VIETNAM) if on else None


def _days(typed: str) -> int | None:
    if not typed.strip():
        return None
    days = whole_number(typed, 0, 90)
    if not days:
        raise NotPossible("post_repeat")
    return days


def areas_in(post: QueryDict, unit: Unit) -> list[Area]:
    """The areas ticked; none means the whole unit."""
    return list(Area.objects.filter(unit=unit, public_id__in=post.getlist("area")))


def typed_of(post: Post) -> Typed:
    """A post as the editor shows it."""
    return Typed(
        kind=post.kind,
        title=post.title,
        what=post.what,
        signs=post.signs,
        todo=post.todo,
        video_link=post.video_link,
        picture_text=post.picture_text,
        channels=tuple(post.channels),
        variants=post.variants,
        is_urgent=post.is_urgent,
        wanted_at=post.wanted_at,
        repeat_days=post.repeat_days,
        repeat_until=post.repeat_until,
        expires_at=post.expires_at,
        language=post.language,
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """One variant as the page shows it; `limit` is 0 for none, `sms` tells the messages an SMS takes."""

    name: str
    words: str | Promise
    text: str
    length: int
    limit: int
    own: bool
    """Worded by hand."""
    sms: SmsSize | None = None


def previews(texts: Mapping[str, str], own: Mapping[str, str]) -> list[Preview]:
    """Every variant with its length and limit."""
    return [_preview(name, texts[name], is_own=name in own) for name in EDITABLE]


def _preview(name: str, text: str, *, is_own: bool) -> Preview:
    if name == "sms":
        size = size_of(text)
        return Preview(name, VARIANT_NAMES[name], text, size.used, size.limit, is_own, size)
    return Preview(name, VARIANT_NAMES[name], text, len(text), LIMITS.get(name, 0), is_own)
