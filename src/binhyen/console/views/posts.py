"""Posts and warnings (O5): list, editor with live preview and check, handing over, pictures."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.marking import marked
from binhyen.console.post_forms import (
    CHANNEL_NAMES,
    EMPTY,
    FLAG_NAMES,
    KIND_NAMES,
    PART_NAMES,
    STATE_NAMES,
    areas_in,
    previews,
    typed_in,
    typed_of,
)
from binhyen.console.texts import error_text
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.text import whole_number
from binhyen.language.publication import Finding, file_name_has_secret_mark
from binhyen.outreach import actions, library, queries
from binhyen.outreach.actions import Typed
from binhyen.outreach.fixed_words import LANGUAGES
from binhyen.outreach.models import Post, PostState
from binhyen.outreach.queries import VIEW_ROLES, WRITE_ROLES
from binhyen.units import queries as unit_queries
from binhyen.units.models import Area, Unit
from binhyen.vault import files
from binhyen.vault.faces import count_faces
from binhyen.vault.media_types import recognise
from binhyen.vault.pictures import clean_copy
from binhyen.workflows.publishing import Audience, audience_of, publisher_of

PICTURE_BYTES = 20 * 1024 * 1024


def checked(post: Post) -> tuple[dict[str, str], dict[str, list[Finding]]]:
    """Texts of all variants and what the publication check finds in them."""
    texts = queries.texts_of(post, configuration().public_url)
    return texts, queries.findings_of(post, texts, publisher_of(post.unit))


def flat(found: Mapping[str, list[Finding]]) -> list[Finding]:
    """All findings of a post."""
    return [finding for findings in found.values() for finding in findings]


_WRITING = {"new": "console:new-post", "library": "console:post-library"}


@require_safe
@officer_required
def posts(request: ConsoleRequest) -> HttpResponse:
    """All posts, newest first; with `?go=` on to writing for the chosen unit."""
    units = unit_queries.units_for(request.officer_scope, VIEW_ROLES)
    if not units:
        raise NotAllowed
    if page := _WRITING.get(request.GET.get("go", "")):
        unit = unit_queries.access_unit(request.officer_scope, request.GET.get("unit", ""), WRITE_ROLES)
        return redirect(page, unit.public_id)
    number = max(1, whole_number(request.GET.get("page", "1"), 1, 10_000))
    rows, has_more = queries.posts_for(request.officer_scope, number)
    context = {
        "rows": [(post, KIND_NAMES[post.kind], STATE_NAMES[post.state]) for post in rows],
        "has_more": has_more,
        "number": number,
        "waiting": len(queries.waiting_for(request.officer_scope)),
        "writable": unit_queries.units_for(request.officer_scope, WRITE_ROLES),
        "may_approve": bool(request.officer_scope.units_with(queries.APPROVE_ROLES)),
    }
    return render(request, "console/posts/posts.html", context)


@require_safe
@officer_required
def post_library(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """Starting posts by topic, to take over and adapt."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, WRITE_ROLES)
    return render(request, "console/posts/library.html", {"unit": unit, "topics": library.starters_by_topic().items()})


@officer_required
def new_post(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """A new draft, empty or from the library; the first save gives it its own address."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, WRITE_ROLES)
    if request.method != "POST":
        starter = library.starter(request.GET.get("from", ""))
        return _editor(request, unit, None, _from_library(starter) if starter else EMPTY)
    try:
        post = actions.begin_post(request.officer_scope, unit, typed_in(request.POST), areas_in(request.POST, unit))
    except NotPossible as error:
        return _editor(request, unit, None, _as_typed(request), error_text(error))
    return _after_save(request, post)


def _from_library(starter: library.Starter) -> Typed:
    return Typed(
        kind=starter.kind,
        title=starter.title,
        what=starter.what,
        signs=starter.signs,
        todo=starter.todo,
        channels=EMPTY.channels,
    )


@officer_required
def post(request: ConsoleRequest, post_id: str) -> HttpResponse:
    """The editor of a draft; a post that is out shows where it went instead."""
    found = queries.access_post(request.officer_scope, post_id)
    if found.state not in (PostState.DRAFT, PostState.REVIEW):
        return redirect("console:post-track", found.public_id)
    if found.state == PostState.REVIEW and request.method != "POST" and not request.GET.get("edit"):
        return redirect("console:post-review", found.public_id)
    if request.method != "POST":
        return _editor(request, found.unit, found, typed_of(found))
    try:
        typed = typed_in(request.POST)
        actions.save_draft(request.officer_scope, found, typed, areas_in(request.POST, found.unit))
    except NotPossible as error:
        return _editor(request, found.unit, found, _as_typed(request), error_text(error))
    return _after_save(request, found)


def _as_typed(request: HttpRequest) -> Typed:
    """What was typed, without the fields that could not be read."""
    copy = request.POST.copy()
    for name in ("wanted_on", "wanted_time", "repeat_days", "repeat_until", "expires_on"):
        copy[name] = ""
    return typed_in(copy)


def _after_save(request: ConsoleRequest, found: Post) -> HttpResponse:
    """Take the picture in, then hand over when asked to."""
    found = queries.access_post(request.officer_scope, found.public_id)
    try:
        _take_picture(request, found)
        if request.POST.get("act") == "submit":
            texts, findings = checked(found)
            actions.submit(request.officer_scope, found, texts, flat(findings))
            messages.success(request, _("Handed over. A second officer decides."))
            return redirect("console:post-review", found.public_id)
    except NotPossible as error:
        found = queries.access_post(request.officer_scope, found.public_id)
        return _editor(request, found.unit, found, typed_of(found), error_text(named(error)))
    messages.success(request, _("Saved."))
    return redirect("console:post", found.public_id)


def named(error: NotPossible) -> NotPossible:
    """The error with the flag or variant in words."""
    facts = dict(error.facts)
    if "flag" in facts:
        facts["flag"] = str(FLAG_NAMES.get(str(facts["flag"]), facts["flag"]))
    if "variant" in facts:
        facts["variant"] = str(PART_NAMES.get(str(facts["variant"]), facts["variant"]))
    return NotPossible(error.code, **facts)


def _take_picture(request: ConsoleRequest, found: Post) -> None:
    """Keep a cleaned, smaller copy of the picture sent along; the original is not kept (G10).

    Raises NotPossible: picture_refused, media_too_large, picture_too_large, media_type.
    """
    if request.POST.get("drop_picture"):
        actions.set_picture(request.officer_scope, found, None)
    sent = request.FILES.get("picture")
    if sent is None or not sent.size:
        return
    if sent.size > PICTURE_BYTES:
        raise NotPossible("media_too_large")
    if file_name_has_secret_mark(sent.name or ""):
        raise NotPossible("post_secret")
    content = sent.read()
    if not recognise(content).startswith("image/"):
        raise NotPossible("picture_refused")
    cleaned = clean_copy(content)
    copy = files.store(cleaned, found.unit_id, "image/jpeg", "anh.jpg")
    actions.set_picture(request.officer_scope, found, copy, count_faces(cleaned))


def _editor(request: ConsoleRequest, unit: Unit, found: Post | None, typed: Typed, error: str = "") -> HttpResponse:
    shown = found or Post(unit=unit)
    actions.fill(shown, typed)
    context = _side(shown, saved=found is not None) | {
        "unit": unit,
        "post": found,
        "typed": typed,
        "kinds": KIND_NAMES.items(),
        "languages": LANGUAGES.items(),
        "channels": _channel_choices(found, typed),
        "areas": Area.objects.filter(unit=unit).order_by("sort_key"),
        "chosen_areas": _chosen_areas(request, found),
        "error": error,
    }
    return render(request, "console/posts/editor.html", context, status=422 if error else 200)


def _chosen_areas(request: ConsoleRequest, found: Post | None) -> list[str]:
    if request.method == "POST":
        return request.POST.getlist("area")
    return [area.public_id for area in found.areas.all()] if found else []


def _channel_choices(found: Post | None, typed: Typed) -> list[tuple[str, object, int | None, bool]]:
    """Channel, its words, how many it reaches now (None: not counted) and whether it is ticked."""
    reach: Audience | None = audience_of(found) if found else None
    sizes = {"manual": len(reach.manual), "gmf": len(reach.gmf), "recent": reach.recent_count} if reach else {}
    return [(name, words, sizes.get(name), name in typed.channels) for name, words in CHANNEL_NAMES.items()]


def _side(shown: Post, *, saved: bool) -> dict[str, object]:
    """Preview and check of the words as they stand."""
    texts, found = checked(shown)
    return {
        "previews": previews(texts, shown.variants),
        "found": [
            (PART_NAMES[part], marked(_part(shown, texts, part), findings), [_finding(one) for one in findings])
            for part, findings in found.items()
        ],
        "saved": saved,
        "words_written": bool(shown.title or shown.what),
    }


def _part(shown: Post, texts: Mapping[str, str], part: str) -> str:
    if part == "whole":
        return "\n\n".join(text for text in (shown.title, shown.what, shown.signs, shown.todo) if text)
    return texts[part] if part in texts else str(getattr(shown, part))


def _finding(one: Finding) -> tuple[object, str, str]:
    return FLAG_NAMES[one.flag.value], one.level.value, one.mend


@require_POST
@officer_required
def post_preview(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """Preview and check while typing; keeps nothing."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, WRITE_ROLES)
    shown = Post(unit=unit)
    actions.fill(shown, _as_typed(request))
    return render(request, "console/posts/preview.html", _side(shown, saved=False))


@require_safe
@officer_required
def post_picture(request: ConsoleRequest, post_id: str) -> HttpResponse:
    """The post's cleaned picture."""
    found = queries.access_post(request.officer_scope, post_id)
    if found.picture is None:
        raise NotAllowed
    answer = HttpResponse(files.open(found.picture), content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
