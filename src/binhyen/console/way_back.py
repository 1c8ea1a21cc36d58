"""Where somebody without a session is sent, and back to the same place after signing in; nothing typed is lost."""

from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

_SIGN_IN = "/console/sign-in/"


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page with the way back; a fragment asks the whole page to go there, unless somebody still types.

    Words that came with a form are shown once more, since there is nobody whose draft they could be.
    """
    place = place_of(request)
    sign_in = f"{reverse('account_login')}?{urlencode({'next': place})}"
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=401)
        if not request.path.endswith("/draft/"):
            answer.headers["HX-Redirect"] = sign_in
        return answer
    if typed := typed_words(request):
        return render(request, "console/stale_form.html", {"typed": typed, "sign_in": sign_in}, status=401)
    return redirect_to_login(place)


def typed_words(request: HttpRequest) -> str:
    """Words of a form of ours; "" when another site sent it, which must not put words on our page."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return request.POST.get("text", "").strip() if request.method == "POST" and is_ours else ""


def place_of(request: HttpRequest) -> str:
    """The page the officer looked at: this one, or the one whose form or fragment asked."""
    is_fragment = bool(request.headers.get("HX-Request"))
    if request.method == "GET" and not is_fragment:
        return request.get_full_path()
    page = request.headers.get("HX-Current-URL" if is_fragment else "Referer", "")
    inbox = reverse("console:inbox")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return inbox
    parts = urlsplit(page)
    if not parts.path.startswith(inbox) or parts.path.startswith(_SIGN_IN):
        return inbox
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
