"""Opening an identity: asked, agreed by custodians, shown for 30 minutes in the asking browser alone (O4b)."""

import base64
import binascii
from datetime import date, datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from nacl.public import PrivateKey

from binhyen.cases import custodians, queries, unsealing
from binhyen.cases.grounds import DELAY_GROUNDS, GROUNDS
from binhyen.cases.openings import Opening, OpeningState
from binhyen.cases.reports import Identity
from binhyen.console import case_words
from binhyen.console.access import ConsoleRequest, fresh_second_factor_required, officer_required
from binhyen.console.sections import OPENING_ROLES
from binhyen.console.texts import error_text
from binhyen.console.views.signing_in import demo_is_open
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.units import queries as unit_queries
from binhyen.units.demo_officer import DEMO_PASSPHRASES

_KEY_LASTS_S = int((unsealing.ASK_LASTS + unsealing.OPEN_LASTS).total_seconds())


@fresh_second_factor_required
def ask_opening(request: ConsoleRequest, case_id: str) -> HttpResponse:
    """Ask: ground, reason, and if need be until when the reporter is not told."""
    case = queries.access_case(request.officer_scope, case_id)
    error = ""
    if request.method == "POST":
        private = PrivateKey.generate()
        try:
            opening = unsealing.ask(
                request.officer_scope,
                case,
                request.POST.get("ground", ""),
                request.POST.get("reason", ""),
                bytes(private.public_key),
                request.POST.get("delay_ground", ""),
                _day(request.POST.get("delayed_until", "")),
            )
        except NotPossible as refused:
            error = error_text(refused)
        else:
            return _with_key(redirect("console:opening", opening.public_id), opening, bytes(private))
    context = {
        "case": case,
        "unit": case.unit,
        "grounds": [(key, ground.words, ground.source) for key, ground in GROUNDS.items()],
        "delay_grounds": [(key, ground.words) for key, ground in DELAY_GROUNDS.items()],
        "typed": request.POST,
        "error": error,
    }
    return render(request, "console/cases/ask_opening.html", context, status=422 if error else 200)


def _day(typed: str) -> date | None:
    """The day typed; None for an empty box, the first of all days for what is none, so that it is refused."""
    if not typed.strip():
        return None
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(typed.strip(), form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    return date.min


def _with_key(response: HttpResponse, opening: Opening, private: bytes) -> HttpResponse:
    """The private half of the viewing key lives in this browser, for this page, and nowhere else."""
    response.set_cookie(
        _cookie(opening),
        base64.urlsafe_b64encode(private).decode(),
        max_age=_KEY_LASTS_S,
        path=reverse("console:opening", args=[opening.public_id]),
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Strict",
    )
    return response


def _cookie(opening: Opening) -> str:
    return f"xem-{opening.pk}"


def _private_key(request: ConsoleRequest, opening: Opening) -> bytes:
    try:
        return base64.urlsafe_b64decode(request.COOKIES.get(_cookie(opening), "").encode())
    except (binascii.Error, ValueError):
        return b""


@officer_required
def opening_list(request: ConsoleRequest) -> HttpResponse:
    """What waits for this custodian, what was asked, and the units whose key one looks after."""
    if not request.officer_scope.units_with(OPENING_ROLES):
        raise NotAllowed
    rows = unsealing.openings_for(request.officer_scope)
    context = {
        "rows": [
            (row, case_words.OPENING_PURPOSES[row.purpose], case_words.opening_state(row.purpose, row.state))
            for row in rows
        ],
        "units": unit_queries.units_for(request.officer_scope, custodians.KEEPERS),
    }
    return render(request, "console/cases/openings.html", context)


@fresh_second_factor_required
def opening(request: ConsoleRequest, opening_id: str) -> HttpResponse:
    """One opening: reason and state for custodians, the name for who asked."""
    found = unsealing.access_opening(request.officer_scope, opening_id)
    if request.method != "POST":
        return _show(request, found)
    try:
        return _act(request, found)
    except NotPossible as refused:
        found = unsealing.access_opening(request.officer_scope, opening_id)
        return _show(request, found, error_text(refused))


def _act(request: ConsoleRequest, found: Opening) -> HttpResponse:
    scope, officer = request.officer_scope, request.user
    match request.POST.get("act", ""):
        case "agree":
            unsealing.give_share(scope, found, officer, request.POST.get("passphrase", ""))
            messages.success(request, _("Your agreement is recorded."))
        case "refuse":
            unsealing.refuse(scope, found, officer)
            messages.success(request, _("The request is over."))
        case "show":
            return _name_shown(request, found, unsealing.show(scope, found, _private_key(request, found)))
        case _:
            raise NotPossible("opening_over")
    return redirect("console:opening", found.public_id)


def _name_shown(request: ConsoleRequest, found: Opening, identity: Identity) -> HttpResponse:
    """The name, gone from the screen by itself when the time is over, without script too."""
    response = _show(request, found, identity=identity)
    left_s = (found.closes_at - clock.now()).total_seconds() if found.closes_at else 0
    response.headers["Refresh"] = f"{max(1, round(left_s))};url={request.path}"
    return response


def _show(request: ConsoleRequest, found: Opening, error: str = "", identity: Identity | None = None) -> HttpResponse:
    is_mine = found.requester_id == request.user.pk
    has_given = found.given.filter(officer=request.user).exists()
    holds_share = found.identity_key.shares.filter(
        custodian_key__officer_key=request.user.pk, custodian_key__retired_at=None
    ).exists()
    context = {
        "opening": found,
        "unit": found.unit,
        "purpose": case_words.OPENING_PURPOSES[found.purpose],
        "state": case_words.opening_state(found.purpose, found.state),
        "ground": GROUNDS[found.ground].words if found.ground else "",
        "reason": unsealing.reason_of(found),
        "is_mine": is_mine,
        "waits": found.state == OpeningState.ASKED,
        "may_agree": found.state == OpeningState.ASKED and holds_share and not has_given,
        "has_given": has_given,
        "given": found.given.count(),
        "awaited": ", ".join(one.full_name for one in unsealing.awaited(found)),
        "may_show": is_mine and found.state == OpeningState.OPEN,
        "identity": identity,
        "demo_passphrase": DEMO_PASSPHRASES.get(request.user.username, "") if demo_is_open(request) else "",
        "error": error,
    }
    return render(request, "console/cases/opening.html", context, status=422 if error else 200)
