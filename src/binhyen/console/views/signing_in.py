"""Signing in and out, the demo's one-tap entry, and the fresh second factor before sensitive acts."""

import ipaddress
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.mfa.base.views import ReauthenticateView
from allauth.mfa.models import Authenticator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from binhyen.console.sign_in import end_session
from binhyen.core.configuration import configuration
from binhyen.units.demo_officer import DEMO_PASSPHRASES, DEMO_USERNAME
from binhyen.units.models import Officer, Unit


class SignInView(LoginView):  # type: ignore[misc]
    """Name and password, or a passkey; the code comes on the next page."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Unit names for the heading, and whether the demo's button is shown."""
        units = list(Unit.objects.order_by("name").values_list("name", flat=True)[:2])
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return found | {
            "unit_name": units[0] if len(units) == 1 else "",
            "demo_is_open": demo_is_open(self.request),
            "demo_second": next(name for name in DEMO_PASSPHRASES if name != DEMO_USERNAME),
            "next": get_next_redirect_url(self.request) or "",
        }

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show what is wrong with the status of a refused form."""
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response


sign_in = SignInView.as_view()


class ConfirmView(ReauthenticateView):  # type: ignore[misc]
    """Asks for a code or a passkey again."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which ways the officer has."""
        types = set(Authenticator.objects.filter(user=self.request.user).values_list("type", flat=True))
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return found | {
            "has_passkey": Authenticator.Type.WEBAUTHN in types,
            "has_code": bool(types - {Authenticator.Type.WEBAUTHN}),
            "next": get_next_redirect_url(self.request) or "",
            "demo_is_open": demo_is_open(self.request) and self.request.user.username in DEMO_PASSPHRASES,
        }


confirm_it_is_you = ConfirmView.as_view()


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, or give up a half-finished sign-in."""
    end_session(request, "signed_out")
    return redirect("account_login")


def demo_is_open(request: HttpRequest) -> bool:
    """Whether one tap may sign in: demo mode, and the visitor is this machine. Never in production."""
    if configuration().mode != "demo":
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Sign in the demo officer, or the second custodian (`as`), with one tap, or prove the second factor again.

    Raises Http404 outside the demo.
    """
    wanted = request.user.username if isinstance(request.user, Officer) else request.POST.get("as", DEMO_USERNAME)
    known = wanted if wanted in DEMO_PASSPHRASES else DEMO_USERNAME
    officer = Officer.objects.filter(username=known, is_active=True).first()
    if not demo_is_open(request) or officer is None:
        raise Http404
    record_authentication(request, officer, "mfa", type="demo")
    place = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(place, {request.get_host()}):
        place = ""
    if isinstance(request.user, Officer):
        return redirect(place or "console:inbox")
    adapter = get_adapter(request)
    adapter.login(request, officer)
    response: HttpResponseBase = adapter.post_login(
        request, officer, email_verification="none", signal_kwargs=None, email=None, signup=False, redirect_url=place
    )
    return response
