"""Passkeys, code generators and recovery codes of officers: django-allauth's, with secrets sealed and tries guarded."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from binhyen.console.code_steps import use_step
from binhyen.console.sign_in import too_many_tries
from binhyen.units import actions as unit_actions
from binhyen.units.models import Officer, Unit
from binhyen.units.queries import locked_for_s
from binhyen.vault import keyring

_PURPOSE = "officer.second_factor"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Hooks of the second-factor flows."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": gettext_lazy("The code is not right.")}

    def encrypt(self, text: str) -> str:
        """Seal a code generator's secret or a recovery seed under the key ring (G42)."""
        return base64.b64encode(keyring.seal(_PURPOSE, text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed."""
        return keyring.unseal(_PURPOSE, base64.b64decode(encrypted_text)).decode()

    def get_totp_issuer(self) -> str:
        """Name shown in the code app."""
        return "Kết nối bình yên"

    def build_totp_svg(self, url: str) -> str:
        """QR code of the setup address, without any inline style; it fills its box."""
        import segno

        code = segno.make(url, error="m")
        return str(code.svg_inline(scale=5, border=4, light="#fff", svgclass="qr", lineclass=None, omitsize=True))

    def _get_site_name(self) -> str:
        unit = Unit.objects.order_by("pk").first()
        return unit.name if unit and Unit.objects.count() == 1 else "Kết nối bình yên"

    def generate_authenticator_name(self, user: Officer, type: str) -> str:  # noqa: A002, ARG002 - allauth's names
        """What a passkey is called until somebody renames it."""
        return _("Passkey")


class _Guarded:
    """Code forms behind the guard against guessing (G36)."""

    user: Officer
    authenticator: Authenticator
    cleaned_data: dict[str, str]

    def clean_code(self) -> str:
        """Raises ValidationError for a wrong or used code or a locked name; spaces and dashes are allowed in it."""
        if locked_s := locked_for_s(self.user.username):
            raise too_many_tries(locked_s)
        self.cleaned_data["code"] = self.cleaned_data["code"].replace(" ", "").replace("-", "")
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and not use_step(self.authenticator, code):
            self._emit_authentication_failed(self.authenticator)
            raise get_adapter().validation_error("incorrect_code")
        return code

    def _emit_authentication_failed(self, authenticator: object) -> None:
        unit_actions.note_wrong_try(self.user.username)
        super()._emit_authentication_failed(authenticator)  # type: ignore[misc]


class GuardedCodeForm(_Guarded, AuthenticateForm):  # type: ignore[misc]
    """The code at sign-in."""


class GuardedFreshCodeForm(_Guarded, ReauthenticateForm):  # type: ignore[misc]
    """The code before a sensitive act."""

    def save(self) -> None:
        """Remember the proof and forget earlier slips."""
        super().save()
        unit_actions.forget_wrong_tries(self.user.username)
