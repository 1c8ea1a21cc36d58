"""A report being written: found by a random token in an HttpOnly cookie and in every form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from binhyen.cases import drafts, files_of_case
from binhyen.cases.drafts import Fields
from binhyen.cases.models import CaseFile, ReportDraft
from binhyen.portal.file_words import left_out_words
from binhyen.portal.pages import page
from binhyen.portal.units_here import UnitHere
from binhyen.units.models import Unit

COOKIE = "buoc"
STEPS = ("topic", "story", "place", "files", "way", "check")
"""The six pages, in order."""


@dataclass(slots=True)
class Writing:
    """The draft of this request with its answers."""

    draft: ReportDraft
    token: str
    fields: Fields
    files: list[CaseFile] = field(default_factory=list)
    """Files sent with this page, on disk already; their rows are kept with the answers or with the case."""

    def keep(self, step: int) -> None:
        """Write the answers and files down; `step` was sent on."""
        self.fields.seen = max(self.fields.seen, step)
        drafts.fill(self.draft, self.fields)
        self._store(self.draft)

    def keep_files(self) -> None:
        """Write down the files alone."""
        if self.files:
            self._store()

    def _store(self, *filled: ReportDraft) -> None:
        prepared, self.files = self.files, []
        with transaction.atomic():
            try:
                for draft in filled:
                    draft.save()
                files_of_case.keep(prepared, self.draft)
            except BaseException:  # not around the commit: one that broke off may have been done
                files_of_case.discard(prepared)
                raise


def token_of(request: HttpRequest) -> str:
    """The token of the form, or of the cookie when the page was only looked at."""
    return request.POST.get("draft", "") or request.COOKIES.get(COOKIE, "")


def writing_of(request: HttpRequest, unit: UnitHere) -> Writing | None:
    """What the person has written so far; None when it is too old, sent or lost."""
    token = token_of(request)
    draft = drafts.draft_of(unit.id, token) if token else None
    fields = drafts.read(draft) if draft else None
    return Writing(draft, token, fields) if draft and fields and not fields.case else None


def begin(unit: UnitHere) -> Writing:
    """An empty report."""
    draft, token = drafts.new_draft(Unit.objects.get(pk=unit.id))
    return Writing(draft, token, drafts.read(draft))


def step_page(
    request: HttpRequest,
    unit: UnitHere,
    step: int,
    writing: Writing | None,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """One page of the wizard."""
    facts = {
        "step": step,
        "steps": len(STEPS),
        "draft": writing.token if writing else "",
        "fields": writing.fields if writing else Fields(),
        "is_danger": bool(writing and writing.fields.is_danger),
        "left_out": left_out_words(writing.fields.left_out, unit) if writing else [],
        "exit_address": reverse("portal:report_exit", args=[unit.slug]),
        **(context or {}),
    }
    return with_token(page(request, f"report_{STEPS[step - 1]}", unit, facts, status), unit, writing)


def go_to(request: HttpRequest, unit: UnitHere, step: int, writing: Writing) -> HttpResponse | None:
    """To the next page by address; None when the browser keeps no cookie, so that the page has to be shown at once."""
    if request.COOKIES.get(COOKIE) != writing.token and step > 2:
        return None
    target = reverse("portal:report", args=[unit.slug, step])
    return with_token(HttpResponseRedirect(target), unit, writing)


def with_token(response: HttpResponse, unit: UnitHere, writing: Writing | None) -> HttpResponse:
    """Give the token along for this visit."""
    return with_token_value(response, unit, writing.token) if writing is not None else response


def with_token_value(response: HttpResponse, unit: UnitHere, token: str) -> HttpResponse:
    """Set the cookie: for these pages, this visit, no script."""
    response.set_cookie(
        COOKIE,
        token,
        path=cookie_path(unit),
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse, unit: UnitHere) -> HttpResponse:
    """Take the token out of the browser."""
    response.delete_cookie(COOKIE, path=cookie_path(unit), samesite="Lax")
    return response


def cookie_path(unit: UnitHere) -> str:
    """Below which the token is sent."""
    return f"/{unit.slug}/g/"
