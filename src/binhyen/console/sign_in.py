"""How django-allauth signs officers in here: no sign-up, no mail, guarded against guessing, never by password alone."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from binhyen.core import clock
from binhyen.units import actions as unit_actions
from binhyen.units import policy
from binhyen.units.models import Officer
from binhyen.units.queries import locked_for_s
from binhyen.units.rules import has_lain_idle

STARTED_AT = "console_started_at"
"""Session key: Unix time of signing in."""
ACTED_AT = "console_acted_at"
"""Session key: Unix time of the officer's last act."""
_SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def display_name(officer: Officer) -> str:
    """Name allauth shows, also on the passkey."""
    return officer.full_name


def has_second_factor(officer: Officer) -> bool:
    """Whether the account has a passkey or a code generator."""
    return bool(Authenticator.objects.filter(user=officer, type__in=_SECOND_FACTORS).exists())


def second_factor_at(request: HttpRequest) -> float | None:
    """Unix time at which this session last proved a second factor; None when it never did."""
    if not isinstance(request.user, Officer):
        return None
    records = get_authentication_records(request, request.user)
    return max((float(record["at"]) for record in records if record.get("method") == "mfa"), default=None)


def too_many_tries(locked_s: int) -> ValidationError:
    """The error of a locked name, with the wait in whole minutes."""
    minutes = max(1, -(-locked_s // 60))
    return ValidationError(
        _("Too many wrong tries. Wait %(minutes)s minutes, then try again.") % {"minutes": minutes}, code="locked"
    )


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Hooks of the account flows."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy("The name or the password is not right."),
        "too_many_login_attempts": gettext_lazy("Too many wrong tries. Wait a while, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Officers are invited; nobody signs up."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002
        """Refuse a locked name before its password is looked at (G36)."""
        if locked_s := locked_for_s(credentials.get("username", "")):
            raise too_many_tries(locked_s)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002
        """Count a wrong password."""
        unit_actions.note_wrong_try(credentials.get("username", ""))

    def _rollback_login_failed_rl_usage(self) -> None:
        """Our own guard is kept by name in the database, so there is nothing to take back."""

    def pre_login(self, request: HttpRequest, user: Officer, **kwargs: Any) -> HttpResponse | None:  # noqa: ARG002
        """Closed and idle accounts, and accounts without a second factor, go no further (G35, G36)."""
        if locked_s := locked_for_s(user.username):
            return self._refuse(request, str(too_many_tries(locked_s).message))
        if not user.is_active or has_lain_idle(user.last_login, user.created_at, clock.now()):
            return self._refuse(request, _("This account is closed. Ask your unit's administrator."))
        if not has_second_factor(user):
            return self._refuse(
                request, _("This account has no second factor yet. Ask your unit's administrator for an invitation.")
            )
        return None

    def _refuse(self, request: HttpRequest, text: str) -> HttpResponse:
        clear_login(request)
        messages.error(request, text)
        return HttpResponseRedirect(reverse("account_login"))

    def respond_user_inactive(self, request: HttpRequest, user: Officer) -> HttpResponse:  # noqa: ARG002
        """Same words as for an idle account."""
        return self._refuse(request, _("This account is closed. Ask your unit's administrator."))

    def login(self, request: HttpRequest, user: Officer) -> None:
        """Open the session. The last gate: without a proven second factor nothing opens (G35)."""
        records = get_authentication_records(request, user)
        if not any(record.get("method") == "mfa" for record in records):
            raise ImmediateHttpResponse(self._refuse(request, _("Signing in needs a second factor.")))
        super().login(request, user)
        now = clock.now().timestamp()
        request.session[STARTED_AT] = request.session[ACTED_AT] = now

    def post_login(self, request: HttpRequest, user: Officer, **kwargs: Any) -> HttpResponse:
        """Forget wrong tries, end the account's older session, write the audit row."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        unit_actions.forget_wrong_tries(user.username)
        unit_actions.keep_only_session(user, request.session.session_key or "")
        unit_actions.record_for_officer(user, "officer.signed_in")
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """The inbox."""
        return reverse("console:inbox")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """The sign-in page."""
        return reverse("account_login")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The flows' own messages are not shown; our pages say what happened."""

    def get_reauthentication_methods(self, user: Officer) -> list[dict[str, Any]]:
        """A fresh second factor, never a password alone (G38)."""
        types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        methods = []
        if types - {Authenticator.Type.WEBAUTHN}:
            methods.append({"id": "mfa_reauthenticate", "url": reverse("mfa_reauthenticate")})
        if Authenticator.Type.WEBAUTHN in types:
            methods.append({"id": "mfa_reauthenticate:webauthn", "url": reverse("mfa_reauthenticate_webauthn")})
        return methods


def session_age_facts(request: HttpRequest) -> tuple[float, float] | None:
    """Unix times of signing in and of the last act; None for a session that was not opened here."""
    started, acted = request.session.get(STARTED_AT), request.session.get(ACTED_AT)
    return (started, acted) if isinstance(started, float) and isinstance(acted, float) else None


def end_session(request: HttpRequest, reason: str) -> None:
    """Sign the officer out and say why in the audit chain: "idle", "limit" or "signed_out"."""
    if isinstance(request.user, Officer):
        unit_actions.record_for_officer(request.user, "officer.session_ended", reason=reason)
    logout(request)


def second_factor_is_fresh(request: HttpRequest) -> bool:
    """Whether a sensitive act may go ahead without asking again (G38)."""
    at = second_factor_at(request)
    return at is not None and clock.now().timestamp() - at <= policy.FRESH_SECOND_FACTOR.total_seconds()
