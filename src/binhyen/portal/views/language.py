"""Choosing the language of the interface."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

KEPT_S = 365 * 24 * 3600


@csrf_exempt  # changes nothing but words on the screen
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie that holds nothing else, and go back to the page."""
    place = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(place, allowed_hosts=None):
        place = "/"
    response = HttpResponseRedirect(place)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=KEPT_S,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
