"""Signed calls for tests, made with plain hashlib, apart from the code under test."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

from binhyen.channels.connector import Call

DATA = Path(__file__).parent / "data"
VECTORS = json.loads((DATA / "signature_vectors.json").read_text(encoding="utf8"))
SAMPLES = json.loads((DATA / "webhook_samples.json").read_text(encoding="utf8"))
APP_ID = "1000000000000000001"
PAGE = "2000000000000000001"
RESIDENT = "7000000000000000011"
KEYS = {"app_id": APP_ID, "oa_secret_key": "OaSecretKeyForTests01", "app_secret": "AppSecretForTests01"}


def body_of(event: object) -> bytes:
    """Compact JSON, as Zalo writes it."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode("utf8", "surrogatepass")


def at_ms(milliseconds: int) -> datetime:
    """Aware time of epoch milliseconds."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def signed(body: bytes, timestamp: str, received_at: datetime | None = None, **headers: str) -> Call:
    """A call with the right signature; received one second after its time stamp unless told otherwise."""
    mac = hashlib.sha256(APP_ID.encode() + body + timestamp.encode() + b"OaSecretKeyForTests01").hexdigest()
    received_at = received_at or at_ms(int(timestamp) + 1000)
    return Call(body, {"x-zevent-signature": f"mac={mac}", **headers}, received_at)


def signed_event(event: dict, received_at: datetime | None = None, **headers: str) -> Call:
    """A signed call of one event."""
    return signed(body_of(event), str(event["timestamp"]), received_at, **headers)


def text_event(**changes: object) -> dict:
    """A resident's text."""
    return {**SAMPLES[0]["body"], **changes}
