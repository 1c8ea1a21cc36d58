"""Each step of a code generator opens once, whichever process looks at the code (RFC 6238 section 5.2)."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction

LAST_STEP = "last_step"
"""Key in the authenticator's data: number of the last half minute whose code was accepted."""


@transaction.atomic
def use_step(authenticator: Authenticator, code: str) -> bool:
    """Whether the code belongs to a later step than every one used before; remembers it."""
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    step = _step_of(decrypt(row.data["secret"]), code)
    if step is None or step <= row.data.get(LAST_STEP, 0):
        return False
    row.data[LAST_STEP] = step
    row.save(update_fields=["data"])
    return True


def _step_of(secret: str, code: str) -> int | None:
    steps = [int(step) for step in yield_hotp_counters_from_time()]
    fits = (s for s in steps if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, s))))
    return next(fits, None)
