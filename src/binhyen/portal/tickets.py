"""Hidden values of forms: which sheet this is, since when it waits, and the sealed code of an open thread.

Residents' pages hold no session, so a form carries what the server has to know, signed or sealed.
"""

import base64
import binascii
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec
from django.core import signing
from django.http import HttpRequest

from binhyen.core import clock
from binhyen.core.errors import KeysAway, Misconfigured
from binhyen.vault.keyring import seal, unseal

SHEET_LASTS = timedelta(hours=24)
"""How long a form may stay open; who comes later presses send once more, with the text kept (SC 2.2.1)."""
THREAD_STAYS_OPEN = timedelta(minutes=60)
_SALT = "portal.sheet"
_PURPOSE = "portal.thread"
_PIECES_PURPOSE = "portal.pieces"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One opened form: sent twice, it counts once."""

    token: str
    """128 random bits; the receipt code is derived from it."""
    opened_at: int
    """Unix seconds."""
    waits_since: int = 0
    """Unix seconds of the first time it was asked to wait, 0 when it never was."""


def new_sheet() -> Sheet:
    """A form nobody has seen yet."""
    return Sheet(secrets.token_urlsafe(16), _now_s())


def queued(sheet: Sheet) -> Sheet:
    """The same form, waiting from now on; who already waits keeps the place."""
    return Sheet(sheet.token, sheet.opened_at, sheet.waits_since or _now_s())


def waited_s(sheet: Sheet) -> int:
    """Seconds since the form was first asked to wait, 0 when it never was."""
    return _now_s() - sheet.waits_since if sheet.waits_since else 0


def signed(sheet: Sheet) -> str:
    """Value of the hidden field."""
    return signing.Signer(salt=_SALT).sign_object([sheet.token, sheet.opened_at, sheet.waits_since])


def sheet_of(request: HttpRequest) -> Sheet | None:
    """The form this request sends; None when it is forged, too old or comes from another site."""
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        return None
    try:
        token, opened_at, waits_since = signing.Signer(salt=_SALT).unsign_object(request.POST.get("sheet", ""))
    except (signing.BadSignature, ValueError, TypeError, binascii.Error):
        return None
    sheet = Sheet(token, opened_at, waits_since)
    return sheet if _now_s() - sheet.opened_at <= SHEET_LASTS.total_seconds() else None


def sealed_code(code: str) -> str:
    """A receipt code for the hidden field of an open thread: unreadable, and of no use after an hour."""
    return _sealed(_PURPOSE, code)


def opened_code(value: str) -> str:
    """The code in the hidden field, "" when it is missing, altered or too old."""
    return _opened(_PURPOSE, value)


def sealed_case(public_id: str) -> str:
    """A case for the hidden field under which files come in pieces, so that no piece costs a slow hash."""
    return _sealed(_PIECES_PURPOSE, public_id)


def opened_case(value: str) -> str:
    """The public id in that field, "" when it is missing, altered or too old."""
    return _opened(_PIECES_PURPOSE, value)


def _sealed(purpose: str, value: str) -> str:
    until = (clock.now() + THREAD_STAYS_OPEN).timestamp()
    return base64.urlsafe_b64encode(seal(purpose, json.dumps([value, until]).encode())).decode()


def _opened(purpose: str, value: str) -> str:
    if not value or len(value) > 400:
        return ""
    try:
        plain = unseal(purpose, base64.urlsafe_b64decode(value.encode()))
        found, until = msgspec.json.decode(plain, type=tuple[str, float])
    except KeysAway:
        raise  # the value may be a good one
    except (Misconfigured, ValueError, binascii.Error, msgspec.DecodeError):
        return ""
    return found if datetime.fromtimestamp(until, tz=UTC) >= clock.now() else ""


def _now_s() -> int:
    return int(clock.now().timestamp())
