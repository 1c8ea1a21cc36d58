"""A form of a page that was opened before the officer signed in anew, in another tab for instance: nothing was done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from binhyen.console.way_back import place_of, to_sign_in, typed_words
from binhyen.units.models import Officer


def stale_form(request: HttpRequest) -> HttpResponse:
    """Say that nothing was done, show what was typed, lead back to the page; to the sign-in page without a session."""
    if not isinstance(request.user, Officer):
        return to_sign_in(request)
    facts = {"typed": typed_words(request), "place": place_of(request)}
    return render(request, "console/stale_form.html", facts, status=403)
