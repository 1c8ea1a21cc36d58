"""The JSON around a Zalo event, read tolerantly: every number becomes its own literal text."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from binhyen.core import clock

_ID = re.compile(r"[A-Za-z0-9._:-]{1,100}")
_TIME = re.compile(r"[0-9]{1,16}")
_JSON_SPACE = " \t\n\r"
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)

Envelope = Mapping[str, Any]
"""Objects, lists, strings, booleans and None; numbers are strings, since ids pass 2^53 (zalo section 0, point 8)."""


def parse(body: bytes) -> Envelope | None:
    """The object in the body, or None when it is not one JSON object in UTF-8; never raises on bad input."""
    try:
        written = body.decode("utf-8").strip(_JSON_SPACE)
        found, end = _DECODER.raw_decode(written)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and end == len(written) else None


def part(of: Any, name: str) -> Envelope:
    """The object under `name`, or an empty one."""
    found = of.get(name) if isinstance(of, dict) else None
    return found if isinstance(found, dict) else {}


def text(of: Any, name: str) -> str:
    """The string under `name`, or ""."""
    found = of.get(name) if isinstance(of, dict) else None
    return found if isinstance(found, str) else ""


def identifier(of: Any, name: str) -> str:
    """The id under `name`, or "" when it is missing or odd."""
    found = text(of, name)
    return found if found and _ID.fullmatch(found) else ""


def time_of(envelope: Envelope) -> datetime | None:
    """`timestamp`, epoch milliseconds as string or number."""
    found = text(envelope, "timestamp")
    return clock.from_epoch_ms(int(found)) if _TIME.fullmatch(found) else None
