"""The custodians of a unit's identity key: passphrases, a new key, new shares, rehearsals."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from binhyen.cases import custodians as keeping
from binhyen.cases.openings import OpeningPurpose
from binhyen.console.access import ConsoleRequest, fresh_second_factor_required
from binhyen.console.texts import error_text
from binhyen.core.errors import NotPossible
from binhyen.units import queries as unit_queries
from binhyen.units.models import Unit
from binhyen.vault.identities import custodian_key_of, present_identity_key
from binhyen.vault.sharing import NEEDED


@fresh_second_factor_required
def custodians(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """Who holds a share, and what has to be done about the key."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, keeping.KEEPERS)
    error = ""
    if request.method == "POST":
        try:
            return _act(request, unit)
        except NotPossible as refused:
            error = error_text(refused)
    key = present_identity_key(unit.pk)
    people = keeping.custodians_for(unit)
    context = {
        "unit": unit,
        "key": key,
        "older_keys": keeping.older_keys(unit),
        "people": people,
        "ready": sum(one.has_passphrase for one in people),
        "without_share": key is not None and any(one.has_passphrase and not one.holds_share for one in people),
        "rehearsal_is_due": key is not None and keeping.rehearsal_is_due(key),
        "too_few": key is not None and sum(one.holds_share for one in people) < NEEDED,
        "former": keeping.former_holders(unit),
        "is_needed": keeping.is_needed(request.user),
        "is_custodian": bool(request.officer_scope.units_with(keeping.CUSTODIAN)),
        "has_passphrase": custodian_key_of(request.user.pk) is not None,
        "error": error,
    }
    return render(request, "console/cases/custodians.html", context, status=422 if error else 200)


def _act(request: ConsoleRequest, unit: Unit) -> HttpResponse:
    scope = request.officer_scope
    match request.POST.get("act", ""):
        case "passphrase":
            if request.POST.get("passphrase") != request.POST.get("again"):
                raise NotPossible("passphrases_differ")
            keeping.set_passphrase(scope, request.user, request.POST.get("passphrase", ""), request.POST.get("old", ""))
            messages.success(request, _("The passphrase is set. It is kept nowhere: write it down and lock it away."))
        case "key":
            keeping.make_key(scope, unit)
            messages.success(request, _("The key is made and shared. New names are sealed to it from now on."))
        case "rehearsal":
            opening = keeping.ask_together(scope, unit, OpeningPurpose.REHEARSAL)
            return redirect("console:opening", opening.public_id)
        case "share_again":
            opening = keeping.ask_together(scope, unit, OpeningPurpose.SHARE_AGAIN, request.POST.get("older", ""))
            return redirect("console:opening", opening.public_id)
        case _:
            raise NotPossible("case_step")
    return redirect("console:custodians", unit.public_id)
