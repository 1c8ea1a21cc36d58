"""How officers of the units below treat people: sums and words for their superior's commander (G7, G31)."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render

from binhyen.cases import conduct as feedback
from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.core import clock
from binhyen.core.errors import NotAllowed

SHOWN = timedelta(days=90)


@officer_required
def conduct(request: ConsoleRequest) -> HttpResponse:
    """Ninety days: sums over five answers and more, words in no order."""
    if not request.officer_scope.units_with(feedback.READERS):
        raise NotAllowed
    since = clock.today() - SHOWN
    context = {
        "since": since,
        "sums": feedback.sums_for(request.officer_scope, since),
        "words": feedback.words_for(request.officer_scope, since),
        "fewest": feedback.FEWEST_SHOWN,
    }
    return render(request, "console/cases/conduct.html", context)
