"""Keys of other systems and the webhooks they are told by; behind step-up (G38)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from binhyen.console.access import ConsoleRequest, fresh_second_factor_required
from binhyen.console.texts import API_SCOPE_NAMES, NOTICE_EVENT_NAMES, NOTICE_STATE_WORDS, Words, error_text
from binhyen.consumers import actions, queries
from binhyen.consumers.models import Consumer, Notice
from binhyen.consumers.rules import ApiScope, NoticeEvent
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.core.text import whole_number
from binhyen.units.models import Unit
from binhyen.units.queries import ADMINISTRATOR_ROLES, access_unit


@fresh_second_factor_required
def consumers(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """Who may connect; a form for one more, whose key is shown once."""
    unit = access_unit(request.officer_scope, unit_id, ADMINISTRATOR_ROLES)
    if request.method != "POST":
        return _list(request, unit)
    try:
        made, key = actions.create_consumer(
            request.officer_scope,
            unit,
            request.POST.get("name", ""),
            request.POST.getlist("scope"),
            whole_number(request.POST.get("calls_per_minute", "")),
        )
    except NotPossible as error:
        typed = {"typed": request.POST, "typed_scopes": request.POST.getlist("scope")}
        return _list(request, unit, status=422, error=error_text(error), **typed)
    return _list(request, unit, made=made, key=key)


@fresh_second_factor_required
def consumer(request: ConsoleRequest, unit_id: str, consumer_id: str) -> HttpResponse:
    """One consumer: rights and limit, a new key, cutting off, webhooks and what was told to them."""
    found = queries.access_consumer(request.officer_scope, unit_id, consumer_id)
    shown: dict[str, Any] = {}
    if request.method == "POST":
        try:
            shown = _change(request, found)
        except NotPossible as error:
            shown = {"error": error_text(error), "typed": request.POST, "typed_events": request.POST.getlist("event")}
        if not shown:
            return redirect("console:consumer", unit_id, consumer_id)
    subscriptions = list(found.subscriptions.order_by("pk"))
    context = {
        "unit": found.unit,
        "consumer": found,
        "scopes": _scope_choices(),
        "events": [(event.value, NOTICE_EVENT_NAMES[event]) for event in NoticeEvent if event != NoticeEvent.TEST],
        "subscriptions": [
            (each, [NOTICE_EVENT_NAMES.get(name, name) for name in each.events]) for each in subscriptions
        ],
        "notices": [_line(notice) for notice in queries.latest_notices(found)],
        "webhook_hosts": configuration().webhook_hosts,
    }
    return render(request, "console/consumer.html", context | shown, status=422 if "error" in shown else 200)


def _change(request: ConsoleRequest, found: Consumer) -> dict[str, Any]:
    """Do what the button says; what is to be shown once, or nothing."""
    scope, posted = request.officer_scope, request.POST
    match posted.get("act", ""):
        case "save":
            actions.change_consumer(
                scope, found, posted.getlist("scope"), whole_number(posted.get("calls_per_minute", ""))
            )
            messages.success(request, _("Saved."))
        case "renew":
            return {"key": actions.renew_key(scope, found)}
        case "revoke":
            actions.revoke_consumer(scope, found)
            messages.success(request, _("The key opens nothing any more."))
        case "subscribe":
            return {"secret": actions.subscribe(scope, found, posted.get("url", ""), posted.getlist("event"))[1]}
        case "unsubscribe":
            actions.unsubscribe(scope, found, queries.access_subscription(found, posted.get("subscription", "")))
        case "test":
            actions.send_test(scope, found, queries.access_subscription(found, posted.get("subscription", "")))
            messages.success(request, _("A test notice is on its way. Reload this page to see how it went."))
        case "replay":
            actions.replay(scope, found, queries.access_notice(found, posted.get("notice", "")))
            messages.success(request, _("It is sent again, under its old id."))
        case _:
            raise NotAllowed
    return {}


def _list(request: ConsoleRequest, unit: Unit, status: int = 200, **extra: object) -> HttpResponse:
    context = {
        "unit": unit,
        "consumers": [
            (each, [API_SCOPE_NAMES.get(name, name) for name in each.scopes])
            for each in queries.consumers_for(request.officer_scope, unit)
        ],
        "scopes": _scope_choices(),
        "service_address": f"{configuration().public_url}/api/v1/",
    }
    return render(request, "console/consumers.html", context | extra, status=status)


def _scope_choices() -> list[tuple[str, Words]]:
    return [(scope.value, API_SCOPE_NAMES[scope]) for scope in ApiScope]


def _line(notice: Notice) -> tuple[Notice, Words, Words]:
    return notice, NOTICE_EVENT_NAMES.get(notice.event, notice.event), NOTICE_STATE_WORDS[notice.state]
