"""One-time invitations: an officer's first sign-in, or the way back after being cut off."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from binhyen.core.errors import NotAllowed
from binhyen.units import policy
from binhyen.units.models import Officer

INVITATION_PATH = "/console/invitation/"
"""Where the console takes an invitation."""
_SALT = "binhyen.units.invitation"


def new_invitation(officer: Officer) -> str:
    """Address path of a signed link, valid seven days and once.

    It carries a digest of how the account can be signed in to; the first use changes that, so the link dies with it.
    """
    token = signing.dumps({"officer": officer.public_id, "state": _state(officer)}, salt=_SALT, compress=True)
    return f"{INVITATION_PATH}{token}/"


def access_invitation(token: str) -> Officer:
    """The invited officer. Raises NotAllowed when the link is forged, used, too old or the account is closed."""
    try:
        value: Any = signing.loads(token, salt=_SALT, max_age=policy.INVITATION_VALID)
    except signing.BadSignature as error:
        raise NotAllowed from error
    officer = Officer.objects.filter(public_id=value["officer"], is_active=True).first()
    if officer is None or not constant_time_compare(value["state"], _state(officer)):
        raise NotAllowed
    return officer


def _state(officer: Officer) -> str:
    factors = sorted(Authenticator.objects.filter(user=officer).values_list("pk", flat=True))
    last = officer.last_login.isoformat() if officer.last_login else ""
    return salted_hmac(_SALT, f"{officer.pk} {officer.password} {last} {factors}", algorithm="sha256").hexdigest()[:32]
