"""First sign-in by a one-time invitation: name, then a passkey or a password with a code generator, recovery codes."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.forms import SignupWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.contrib.auth import logout, password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from binhyen.console.code_steps import use_step
from binhyen.core.text import clean
from binhyen.units.actions import record_for_officer
from binhyen.units.invitations import access_invitation
from binhyen.units.models import Officer


class NameForm(forms.Form):
    """The name colleagues see."""

    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=100)

    def clean_full_name(self) -> str:
        """Without invisible characters."""
        return clean(self.cleaned_data["full_name"])


class CodeForm(NameForm):
    """Password twice, and one code to prove that the generator works."""

    password = forms.CharField(
        label=gettext_lazy("Choose a password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least 10 characters. A short sentence is easiest to remember."),
    )
    repeated = forms.CharField(
        label=gettext_lazy("The password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    code = forms.CharField(
        label=gettext_lazy("6-digit code"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, officer: Officer, secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer, self.secret = officer, secret

    def clean_password(self) -> str:
        """Raises ValidationError for a weak one."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.officer)
        return password

    def clean_repeated(self) -> str:
        """Raises ValidationError when the two differ."""
        if self.cleaned_data["repeated"] != self.cleaned_data.get("password"):
            raise ValidationError(_("The two passwords differ."))
        return str(self.cleaned_data["repeated"])

    def clean_code(self) -> str:
        """Raises ValidationError for a wrong code."""
        code: str = self.cleaned_data["code"].replace(" ", "")
        if not totp.validate_totp_code(self.secret, code):
            raise ValidationError(_("The code is not right. Is the clock of the telephone right?"))
        return code


@sensitive_post_parameters("password", "repeated", "code", "credential")
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The whole first sign-in on one page. Raises NotAllowed for a link that is used, forged or too old."""
    officer = access_invitation(token)
    if request.user.is_authenticated:
        logout(request)
    secret = totp.get_totp_secret(regenerate=request.method != "POST")
    name_form = NameForm(request.POST or None, initial={"full_name": officer.full_name})
    code_form = CodeForm(
        request.POST if "code" in request.POST else None,
        officer=officer,
        secret=secret,
        initial={"full_name": officer.full_name},
    )
    key_form = SignupWebAuthnForm(request.POST if "credential" in request.POST else None, user=officer)
    if "code" in request.POST and code_form.is_valid():
        return _finish_with_code(request, officer, code_form)
    if "credential" in request.POST and name_form.is_valid() and key_form.is_valid():
        return _finish_with_passkey(request, officer, name_form.cleaned_data["full_name"], key_form)
    return _page(request, officer, secret, code_form, key_form)


def _page(
    request: HttpRequest, officer: Officer, secret: str, code_form: CodeForm, key_form: SignupWebAuthnForm
) -> HttpResponse:
    adapter = get_mfa_adapter()
    refused = request.method == "POST"
    context = {
        "officer": officer,
        "unit_names": sorted(set(officer.memberships.values_list("unit__name", flat=True))),
        "code_form": code_form,
        "key_form": key_form,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "qr": adapter.build_totp_svg(adapter.build_totp_url(officer, secret)),
        "js_data": {"creation_options": webauthn.begin_registration(officer, True)},
        "refused": refused,
    }
    return render(request, "console/invitation.html", context, status=422 if refused else 200)


def _finish_with_code(request: HttpRequest, officer: Officer, form: CodeForm) -> HttpResponse:
    with transaction.atomic():
        _start_afresh(officer, form.cleaned_data["full_name"])
        officer.set_password(form.cleaned_data["password"])
        officer.save()
        use_step(totp.TOTP.activate(officer, form.secret).instance, form.cleaned_data["code"])
        codes = RecoveryCodes.activate(officer).get_unused_codes()
        totp.clear_totp_secret(request)
    return _welcome(request, officer, "totp", codes)


def _finish_with_passkey(
    request: HttpRequest, officer: Officer, full_name: str, form: SignupWebAuthnForm
) -> HttpResponse:
    with transaction.atomic():
        _start_afresh(officer, full_name)
        officer.set_unusable_password()
        officer.save()
        webauthn.WebAuthn.add(officer, form.cleaned_data["name"], form.cleaned_data["credential"])
        codes = RecoveryCodes.activate(officer).get_unused_codes()
    return _welcome(request, officer, "webauthn", codes)


def _start_afresh(officer: Officer, full_name: str) -> None:
    Authenticator.objects.filter(user=officer).delete()
    officer.full_name = full_name


def _welcome(request: HttpRequest, officer: Officer, kind: str, codes: list[str]) -> HttpResponse:
    """Signed in, with the recovery codes shown this once."""
    record_authentication(request, officer, "mfa", type=kind)
    adapter = get_adapter(request)
    adapter.login(request, officer)
    adapter.post_login(
        request, officer, email_verification="none", signal_kwargs=None, email=None, signup=False, redirect_url=None
    )
    record_for_officer(officer, "officer.invitation_used", kind=kind)
    return render(request, "console/recovery_codes.html", {"codes": [f"{code[:4]} {code[4:]}" for code in codes]})
