"""Is a webhook call authentic and fresh? (zalo section 2.2, G48, docs/adr/0004-webhook-age.md)."""

import hashlib
import hmac
import logging
from dataclasses import replace
from datetime import datetime, timedelta

from binhyen.channels.connector import Call, Credentials, Forged, Genuine, Probe, Verdict
from binhyen.channels.zalo_oa.envelope import Envelope, parse, text, time_of
from binhyen.channels.zalo_oa.routing import route

HEADER = "x-zevent-signature"
RETRY_HEADER = "num_retry"
"""Count of repeats, set by Zalo on a repeated delivery; the body keeps its old time stamp."""
FRESH = timedelta(minutes=5)
"""A first delivery may be this old (G48)."""
LADDER = timedelta(hours=2, minutes=30)
"""Zalo's repeats end after 1 h 50 min; beyond this a repeat is accepted with a warning."""
LATEST = timedelta(hours=24)
"""A repeat older than this is refused: well inside the days for which finished keys stay known."""

_log = logging.getLogger(__name__)
_matched_app_secret: set[str] = set()


def verify(call: Call, keys: Credentials) -> Verdict:
    """Judge one call over its raw bytes; never raises on bad input."""
    given = call.headers.get(HEADER)
    if given is None:
        return Probe()
    envelope = parse(call.body)
    found = _route(envelope)
    if envelope is None or found is None:
        return Forged("malformed")
    if not _is_signed(given, call.body, envelope, found.account, keys):
        return Forged("bad_signature")
    sent_at = time_of(envelope)
    if sent_at is None:
        return Forged("malformed")
    is_repeat = call.headers.get(RETRY_HEADER, "").strip().isdecimal()
    if not is_fresh(sent_at, call.received_at, is_repeat=is_repeat):
        return Forged("stale")
    return replace(found, is_late=True) if abs(call.received_at - sent_at) > LADDER else found


def identify(body: bytes) -> Genuine | None:
    """Page, person and identity of a stored or recorded call without judging it; None when it is no event."""
    envelope = parse(body)
    return _route(envelope) if envelope is not None and text(envelope, "event_name") else None


def _route(envelope: Envelope | None) -> Genuine | None:
    """The route; None for what is no event or is nested deeper than can be written again."""
    try:
        return route(envelope) if envelope is not None else None
    except RecursionError:
        return None


def is_fresh(sent_at: datetime, received_at: datetime, *, is_repeat: bool) -> bool:
    """Whether the age is one that an honest delivery can have; a time ahead of ours is not old, our clock may lag."""
    return received_at - sent_at <= (LATEST if is_repeat else FRESH)


def mac_of(first_term: str, body: bytes, timestamp: str, secret: str) -> str:
    """Lower-case hex of SHA-256 over first term, raw body, time stamp and secret: a plain hash, not an HMAC."""
    return hashlib.sha256(
        first_term.encode() + body + timestamp.encode("utf-8", "replace") + secret.encode()
    ).hexdigest()


def _is_signed(given: str, body: bytes, envelope: Envelope, account: str, keys: Credentials) -> bool:
    first_term = account if keys.get("mac_first_term") == "oa_id" else keys.get("app_id", "")
    timestamp = text(envelope, "timestamp")
    mac = given.strip().removeprefix("mac=").encode("utf-8", "replace")
    page_secret = keys.get(f"oa_secret_key:{account}") or keys.get("oa_secret_key", "")
    if _matches(mac, first_term, body, timestamp, page_secret):
        return True
    if keys.get("accepts_app_secret") != "yes":
        return False
    is_match = _matches(mac, first_term, body, timestamp, keys.get("app_secret", ""))
    if is_match and first_term not in _matched_app_secret:
        _matched_app_secret.add(first_term)
        _log.warning("Webhooks are signed with the app secret, not with the OA secret key. Store it as oa_secret_key.")
    return is_match


def _matches(mac: bytes, first_term: str, body: bytes, timestamp: str, secret: str) -> bool:
    if not secret or not first_term:
        return False
    return hmac.compare_digest(mac, mac_of(first_term, body, timestamp, secret).encode())
