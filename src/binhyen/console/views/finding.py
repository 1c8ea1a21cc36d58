"""Finding things: the search box and the palette. What is typed travels in the body, never in an address or log."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from binhyen.cases.conflicts import CASE_ROLES
from binhyen.console import rows
from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.queue_place import place_query, saved_query
from binhyen.console.sections import entries_for
from binhyen.console.texts import VIEW_NAMES
from binhyen.core.errors import NotPossible
from binhyen.core.text import fold
from binhyen.inbox import queue
from binhyen.inbox.filters.queries import filters_for
from binhyen.inbox.filters.rules import View
from binhyen.inbox.models import Conversation
from binhyen.inbox.queries import visible_conversations
from binhyen.units.scope import CONVERSATION_ROLES, REPLY_ROLES, SWITCH_ROLES, Scope
from binhyen.vault import receipts

PALETTE_ROWS = 8
"""Conversations listed for one search."""


@require_POST
@officer_required
def search(request: ConsoleRequest) -> HttpResponse:
    """Words, "#4827" or a topic lead to the queue; a receipt code opens its conversation and stays out of addresses."""
    typed = request.POST.get("q", "")[:100]
    if _looks_like_receipt(typed):
        if conversation := _by_receipt(request, typed):
            return redirect("console:thread", conversation.public_id)
        messages.error(request, _("No question of your units has this code."))
        return redirect(f"{reverse('console:inbox')}?{place_query(request, q='')}")
    return redirect(f"{reverse('console:inbox')}?{place_query(request, q=typed, page='')}")


def _looks_like_receipt(typed: str) -> bool:
    digits = typed.replace(" ", "").replace("-", "").replace(".", "")
    return digits.isascii() and digits.isdecimal() and len(digits) == receipts.CODE_LENGTH


def _by_receipt(request: ConsoleRequest, typed: str) -> Conversation | None:
    """The portal conversation of a receipt read aloud by its owner; the code is kept nowhere."""
    try:
        person = receipts.hashed(receipts.check_code(typed))
    except NotPossible:
        return None
    return (
        visible_conversations(request.officer_scope)
        .filter(account__connector="web", contact__external_id=person)
        .first()
    )


@dataclass(frozen=True, slots=True)
class PaletteLine:
    """One place the palette leads to."""

    title: str
    hint: str
    href: str


@officer_required
def sections(request: ConsoleRequest) -> HttpResponse:
    """Every section the officer has, for the telephone's "More"."""
    return render(request, "console/sections.html")


@officer_required
def palette(request: ConsoleRequest) -> HttpResponse:
    """Everything by typing: sections, views, filters, acts and conversations; a page of its own without script."""
    typed = request.POST.get("q", "")[:100]
    context = {"lines": _lines(request, typed), "palette_search": typed}
    return render(request, "console/palette_lines.html" if request.htmx else "console/palette.html", context)


def _lines(request: ConsoleRequest, typed: str) -> list[PaletteLine]:
    wanted = fold(typed).split()
    places = [line for line in _places(request) if all(word in fold(line.title) for word in wanted)]
    return [*(places[:PALETTE_ROWS] if wanted else places), *_conversations(request, typed)]


def _places(request: ConsoleRequest) -> list[PaletteLine]:
    scope = request.officer_scope
    lines = [PaletteLine(str(entry.title), _("section"), entry.href) for entry in entries_for(scope.roles, None)]
    if scope.units_with(CONVERSATION_ROLES):
        inbox = reverse("console:inbox")
        lines += [PaletteLine(str(VIEW_NAMES[view]), _("view"), f"{inbox}?view={view}") for view in View]
        kept = filters_for(scope)
        lines += [PaletteLine(saved.name, _("filter"), f"{inbox}?{saved_query(saved)}") for saved in kept]
    return lines + [PaletteLine(title, _("act"), reverse(f"console:{name}")) for title, name in _acts(scope)]


def _acts(scope: Scope) -> list[tuple[str, str]]:
    """What begins with a page of its own: words and the name of the page."""
    acts = [
        (REPLY_ROLES, _("Take a question by telephone or at the counter"), "take-question"),
        (CASE_ROLES, _("Take a report by telephone or at the counter"), "take-report"),
        (SWITCH_ROLES, _("Stop everything outgoing"), "stop-switches"),
    ]
    return [(title, name) for roles, title, name in acts if scope.units_with(roles)]


def _conversations(request: ConsoleRequest, typed: str) -> list[PaletteLine]:
    if not fold(typed) or not request.officer_scope.units_with(CONVERSATION_ROLES):
        return []
    if _looks_like_receipt(typed):
        found = [conversation] if (conversation := _by_receipt(request, typed)) else []
    else:
        found = queue.queue_for(request.officer_scope, View.UNIT, search=typed).conversations[:PALETTE_ROWS]
    return [
        PaletteLine(f"#{each.number} {rows.person_name(each)}", each.preview[:80], _address(each)) for each in found
    ]


def _address(conversation: Conversation) -> str:
    return reverse("console:thread", args=[conversation.public_id])
