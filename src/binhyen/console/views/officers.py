"""Officers of a unit for its administrators: invitations, roles, cutting off, leavers. All behind step-up (G38)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from binhyen.console.access import ConsoleRequest, fresh_second_factor_required
from binhyen.console.texts import ROLE_HINTS, ROLE_NAMES, Words, error_text
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible
from binhyen.units import actions, policy, queries
from binhyen.units.invitations import new_invitation
from binhyen.units.models import Officer, Role, Unit
from binhyen.units.queries import ADMINISTRATOR_ROLES
from binhyen.units.scope import REPLY_ROLES
from binhyen.workflows.leaving import held_by, leave


def _invitation_address(request: HttpRequest, officer: Officer) -> str:
    return request.build_absolute_uri(new_invitation(officer)).replace(
        f"{request.scheme}://{request.get_host()}", configuration().public_url
    )


@fresh_second_factor_required
def officers(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """Who works here with which role; a form to add somebody, which gives an invitation link."""
    unit = queries.access_unit(request.officer_scope, unit_id, ADMINISTRATOR_ROLES)
    if request.method != "POST":
        return _list(request, unit)
    try:
        added = actions.add_officer(
            request.officer_scope,
            unit,
            request.POST.get("username", ""),
            request.POST.get("full_name", ""),
            request.POST.getlist("role"),
        )
    except NotPossible as error:
        return _list(
            request,
            unit,
            error=error_text(error),
            typed=request.POST,
            typed_roles=request.POST.getlist("role"),
            status=422,
        )
    return _list(request, unit, invited=added, invitation=_invitation_address(request, added))


def _role_choices() -> list[tuple[str, Words, Words]]:
    return [(role.value, ROLE_NAMES[role.value], ROLE_HINTS[role.value]) for role in Role]


def _list(request: ConsoleRequest, unit: Unit, status: int = 200, **extra: object) -> HttpResponse:
    people = [
        (officer, [(role, ROLE_NAMES.get(role, role)) for role in sorted(roles)], factors)
        for officer, roles, factors in queries.officers_with_roles_for(request.officer_scope, unit)
    ]
    context = {
        "unit": unit,
        "people": people,
        "roles": _role_choices(),
        "invitation_days": policy.INVITATION_VALID.days,
    }
    return render(request, "console/officers.html", context | extra, status=status)


@fresh_second_factor_required
def officer(request: ConsoleRequest, unit_id: str, officer_id: str) -> HttpResponse:
    """One officer: change roles, invite again, cut off a lost telephone, remove from the unit."""
    unit = queries.access_unit(request.officer_scope, unit_id, ADMINISTRATOR_ROLES)
    person = queries.access_colleague(request.officer_scope, unit, officer_id)
    extra: dict[str, object] = {}
    if request.method == "POST":
        try:
            if _change(request, unit, person, request.POST.get("act", "")):
                return redirect("console:officers", unit.public_id)
        except NotPossible as error:
            extra = {"error": error_text(error)}
        else:
            extra = {"invitation": _invitation_address(request, person)} if "invite" in request.POST["act"] else {}
    scope = request.officer_scope
    held = set(person.memberships.filter(unit=unit).values_list("role", flat=True))
    context = {
        "unit": unit,
        "person": person,
        "roles": _role_choices(),
        "held": held,
        "holds": held_by(request.officer_scope, unit, person),
        "colleagues": [each for each in queries.colleagues_for(scope, unit.pk, REPLY_ROLES) if each != person],
        "invitation_days": policy.INVITATION_VALID.days,
    }
    return render(request, "console/officer.html", context | extra, status=422 if "error" in extra else 200)


def _change(request: ConsoleRequest, unit: Unit, person: Officer, name: str) -> bool:
    """Do it; True when the page of this person makes no sense any more."""
    match name:
        case "roles":
            actions.set_roles(request.officer_scope, unit, person, request.POST.getlist("role"))
            messages.success(request, _("Saved."))
        case "invite" if not _can_sign_in(person):
            return False
        case "cut_off_and_invite":
            actions.cut_off(request.officer_scope, unit, person)
            messages.success(request, _("All devices are cut off."))
        case "remove":
            successor = request.POST.get("successor", "")
            colleague = queries.access_colleague(request.officer_scope, unit, successor) if successor else None
            leave(request.officer_scope, unit, person, colleague)
            messages.success(request, _("%(name)s no longer works in this unit.") % {"name": person.full_name})
            return True
        case _:
            raise NotPossible("unknown_act")
    return False


def _can_sign_in(person: Officer) -> bool:
    from binhyen.console.sign_in import has_second_factor

    return has_second_factor(person)
