"""The second officer's side (O6) and what became of a post: decide, cancel, hand list, where it went."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binhyen.console.access import ConsoleRequest, fresh_second_factor_required, officer_required
from binhyen.console.marking import compared
from binhyen.console.post_forms import CHANNEL_NAMES, FLAG_NAMES, KIND_NAMES, PART_NAMES, STATE_NAMES, previews
from binhyen.console.texts import error_text
from binhyen.console.views.posts import checked, flat, named
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.text import whole_number
from binhyen.groups.actions import count_in
from binhyen.outreach import actions, articles, queries
from binhyen.outreach.models import Post, PostState, SendingState
from binhyen.outreach.queries import APPROVE_ROLES, WRITE_ROLES
from binhyen.outreach.rules import GROUNDS, grounds_for, open_flags
from binhyen.outreach.stopping import cancel
from binhyen.outreach.troubles import note_dead_link
from binhyen.workflows.correcting import begin_correction
from binhyen.workflows.forecast import A_MONTH, forecast_of
from binhyen.workflows.publishing import audience_of, resolve_trouble, take_down

BEFORE = ("title", "group", "article", "portal", "poster", "sms", "cap", "channels")
"""Parts compared with the last version, in this order."""


@require_safe
@officer_required
def approvals(request: ConsoleRequest) -> HttpResponse:
    """What waits for this officer as the second person."""
    if not request.officer_scope.units_with(APPROVE_ROLES):
        raise NotAllowed
    rows = [(post, KIND_NAMES[post.kind]) for post in queries.waiting_for(request.officer_scope)]
    return render(request, "console/posts/approvals.html", {"rows": rows})


@officer_required
def post_review(request: ConsoleRequest, post_id: str) -> HttpResponse:
    """Exact text, exact audience, findings and what changed; the decision itself is asked for on its own page."""
    found = queries.access_post(request.officer_scope, post_id)
    if found.state != PostState.REVIEW:
        return redirect("console:post", found.public_id)
    error = ""
    if request.method == "POST":
        try:
            actions.give_back(request.officer_scope, found, request.POST.get("reason", ""))
        except NotPossible as refused:
            error = error_text(named(refused))
        else:
            messages.success(request, _("Given back to its writer."))
            return redirect("console:approvals")
    return render(request, "console/posts/review.html", _review(request, found) | {"error": error})


def _review(request: ConsoleRequest, found: Post) -> dict[str, object]:
    texts, findings = checked(found)
    before = queries.last_version(found)
    now = {**texts, "title": found.title, "channels": ", ".join(found.channels)}
    differences = [
        (PART_NAMES.get(part, part), compared(before.texts.get(part, ""), now[part]))
        for part in BEFORE
        if before is not None and before.texts.get(part, "") != now[part]
    ]
    flags = open_flags(flat(findings), has_picture=found.picture_id is not None, faces=found.picture_faces)
    may_decide = request.officer_scope.holds(found.unit_id, APPROVE_ROLES)
    audience = audience_of(found)
    return {
        "unit": found.unit,
        "post": found,
        "kind": KIND_NAMES[found.kind],
        "previews": previews(texts, found.variants),
        "found": [(FLAG_NAMES[one.flag.value], one.level.value, one.mend) for one in flat(findings)],
        "flags": [(flag, FLAG_NAMES.get(flag, flag), grounds_for(flag).items()) for flag in flags],
        "differences": differences,
        "audience": audience,
        "forecast": forecast_of(found, audience),
        "a_month": A_MONTH,
        "channels": [CHANNEL_NAMES[channel] for channel in found.channels],
        "names": found.channels,
        "is_own": found.author_id == request.officer_scope.officer_id,
        "may_decide": may_decide,
    }


@fresh_second_factor_required
def post_approve(request: ConsoleRequest, post_id: str) -> HttpResponse:
    """The second yes, behind a fresh second factor (G38, G43)."""
    found = queries.access_post(request.officer_scope, post_id, APPROVE_ROLES)
    if found.state != PostState.REVIEW:
        return redirect("console:post", found.public_id)
    context = _review(request, found)
    if request.method == "POST":
        grounds = {name.removeprefix("ground_"): str(value) for name, value in request.POST.items()}
        version = request.POST.get("version", "")
        try:
            _texts, findings = checked(found)
            seen = whole_number(version, -1)
            actions.approve(request.officer_scope, found, seen, flat(findings), grounds)
        except NotPossible as refused:
            context |= {"error": error_text(named(refused)), "given": grounds}
        else:
            messages.success(request, _("Approved."))
            return redirect("console:post-track", found.public_id)
    return render(request, "console/posts/approve.html", context, status=422 if "error" in context else 200)


@officer_required
def post_track(request: ConsoleRequest, post_id: str) -> HttpResponse:
    """Where the post went: by channel, with time and source; the countdown while it can be cancelled."""
    found = queries.access_post(request.officer_scope, post_id)
    error = ""
    if request.method == "POST":
        try:
            answer = _act(request, found)
        except NotPossible as refused:
            error = error_text(refused)
            found = queries.access_post(request.officer_scope, post_id)
        else:
            return answer
    if found.state in (PostState.DRAFT, PostState.REVIEW):
        return redirect("console:post", found.public_id)
    scope = request.officer_scope
    left_s = int((found.send_at - clock.now()).total_seconds()) if found.send_at else 0
    context = {
        "unit": found.unit,
        "post": found,
        "kind": KIND_NAMES[found.kind],
        "state": STATE_NAMES[found.state],
        "left_s": max(0, left_s),
        "tracks": [(CHANNEL_NAMES[track.channel], track) for track in queries.tracks_for(scope, found)],
        "figures": [(CHANNEL_NAMES[row.channel], row) for row in queries.figures_for(scope, found)],
        "articles": [(one, articles.way_on(one)) for one in queries.articles_for(scope, found)],
        "may_reword": articles.may_be_reworded(found),
        "parked": [(CHANNEL_NAMES[row.channel], row) for row in queries.troubles_for(scope, found)],
        "corrections": list(found.corrections.order_by("id")),
        "channels": [(name, CHANNEL_NAMES[name]) for name in found.channels],
        "may_write": scope.holds(found.unit_id, WRITE_ROLES),
        "error": error,
        "grounds": [(FLAG_NAMES.get(flag, flag), GROUNDS.get(why, why)) for flag, why in found.grounds.items()],
    }
    return render(request, "console/posts/track.html", context, status=422 if error else 200)


def _act(request: ConsoleRequest, found: Post) -> HttpResponse:
    scope, post = request.officer_scope, request.POST
    match post.get("act", ""):
        case "cancel":
            cancel(scope, found)
            if found.published_at is None:
                messages.success(request, _("Cancelled: nothing went out. It is a draft again."))
                return redirect("console:post", found.public_id)
            messages.success(request, _("It will not be repeated. What is out stays."))
        case "withdraw":
            take_down(scope, found)
            messages.success(request, _("Taken down here. What groups already have needs a correction."))
        case "correct" | "call_off":
            draft = begin_correction(scope, found, is_cancellation=post.get("act") == "call_off")
            return redirect("console:post", draft.public_id)
        case "figure":
            value = count_in(post.get("value", ""))
            actions.type_figure(
                scope, found, post.get("channel", ""), post.get("measure", ""), -1 if value is None else value
            )
            messages.success(request, _("The figure is kept with the time it was entered."))
        case "again" | "leave":
            row = queries.access_sending(scope, found, post.get("sending", ""))
            resolve_trouble(scope, row, send_again=post.get("act") == "again")
        case "article_again":
            way = articles.hand_in_again(scope, articles.access_article(scope, found, post.get("article", "")))
            told = _("Asked again.") if way is articles.WayOn.ASK else _("Handed in again, in the words agreed to.")
            messages.success(request, told)
        case "article_reword":
            article = articles.access_article(scope, found, post.get("article", ""))
            return redirect("console:post", articles.begin_rewording(scope, article).public_id)
        case _:
            raise NotPossible("unknown_act")
    return redirect("console:post-track", found.public_id)


@officer_required
def hand_list(request: ConsoleRequest, post_id: str) -> HttpResponse:
    """Ordinary groups one by one: copy, open, tick; shared by several officers at once."""
    found = queries.access_post(request.officer_scope, post_id)
    if request.method == "POST":
        _tick(request, found)
        if not request.htmx:
            return redirect("console:hand-list", found.public_id)
    rows = queries.hand_list_for(request.officer_scope, found)
    done = sum(row.state == SendingState.SENT for row in rows)
    times = [row.finished_at for row in rows if row.finished_at and row.state == SendingState.SENT]
    minutes = -(-int((max(times) - found.published_at).total_seconds()) // 60) if times and found.published_at else 0
    context = {
        "unit": found.unit,
        "post": found,
        "rows": rows,
        "done": done,
        "minutes": max(1, minutes),
        "text": queries.texts_of(found, configuration().public_url)["group"],
        "may_write": request.officer_scope.holds(found.unit_id, WRITE_ROLES),
    }
    template = "hand_rows" if request.htmx else "hand_list"
    return render(request, f"console/posts/{template}.html", context)


def _tick(request: ConsoleRequest, found: Post) -> None:
    try:
        row = queries.access_sending(request.officer_scope, found, request.POST.get("sending", ""))
        if request.POST.get("act") == "dead":
            note_dead_link(request.officer_scope, row)
            messages.info(request, _("Noted. Give the group its new link, then send again from “Where it went”."))
            return
    except NotPossible as error:
        messages.error(request, error_text(error))
        return
    if request.POST.get("act") == "untick":
        actions.untick(request.officer_scope, row)
    elif not actions.tick(request.officer_scope, row):
        messages.info(request, _("A colleague had already ticked this group."))
