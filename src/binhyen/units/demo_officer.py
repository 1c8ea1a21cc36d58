"""The demo's officer: a known password and code generator, on this machine only."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from binhyen.core.configuration import configuration
from binhyen.core.errors import Misconfigured
from binhyen.units.models import Officer

DEMO_USERNAME = "demo"
DEMO_PASSPHRASES = {DEMO_USERNAME: "gió mát trăng thanh đầu làng", "demo-giu-khoa": "bến nước con đò cây đa"}
"""Of the demo's two custodians, who open a name together; shown to whoever tries the demo, worthless outside it."""


@transaction.atomic
def set_up_demo_officer(username: str, password: str, totp_secret: str) -> None:
    """Give the existing officer that password and a code generator with that base32 secret. Idempotent.

    Raises Misconfigured outside mode "demo".
    """
    if configuration().mode != "demo":
        raise Misconfigured("The demo officer exists in mode demo only. Unset BINHYEN_MODE or set it to demo.")
    officer = Officer.objects.get(username=username)
    if not officer.check_password(password):
        officer.set_password(password)
        officer.save(update_fields=["password"])
    Authenticator.objects.filter(user=officer, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(officer, totp_secret)
