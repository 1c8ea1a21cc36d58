"""From a conversation to other rooms: a draft in lost and found, into a group of the page and out of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.texts import error_text
from binhyen.core.errors import NotPossible
from binhyen.groups.queries import EDIT_ROLES, access_group
from binhyen.inbox import queries
from binhyen.lost_found.queries import WORK_ROLES
from binhyen.workflows.lost_found import begin_from_conversation
from binhyen.workflows.page_groups import change_member, groups_of_page


@officer_required
def further(request: ConsoleRequest, conversation_id: str) -> HttpResponse:
    """What can be made of this conversation; bringing in and taking out are done here, nobody is listed (G32)."""
    scope = request.officer_scope
    conversation = queries.access_conversation(scope, conversation_id)
    context: dict[str, object] = {
        "unit": conversation.unit,
        "conversation": conversation,
        "may_begin": scope.holds(conversation.unit_id, WORK_ROLES),
        "groups": groups_of_page(scope, conversation) if scope.holds(conversation.unit_id, EDIT_ROLES) else [],
    }
    if request.method == "POST":
        group = access_group(scope, request.POST.get("group", ""), EDIT_ROLES)
        bring_in = request.POST.get("act") == "bring_in"
        try:
            change_member(scope, group, conversation, bring_in=bring_in)
        except NotPossible as error:
            context["error"] = error_text(error)
        else:
            done = _("Invited: the group opens for this person.") if bring_in else _("Taken out of the group.")
            messages.success(request, done)
            return redirect("console:further", conversation.public_id)
    return render(request, "console/further.html", context, status=422 if "error" in context else 200)


@require_POST
@officer_required
def begin_record(request: ConsoleRequest, conversation_id: str) -> HttpResponse:
    """A draft in the register of lost and found, or the one this conversation has already."""
    conversation = queries.access_conversation(request.officer_scope, conversation_id)
    record = begin_from_conversation(request.officer_scope, conversation)
    return redirect("console:lost-record", record.public_id)
