"""Pictures and documents are uploaded first and then named by a handle that lives 7 days (zalo section 3.4)."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from binhyen.channels.connector import Credentials, Later, OutboundFile, Refused
from binhyen.channels.zalo_oa.api import Answer, Deadline, Lost, call
from binhyen.channels.zalo_oa.memory import Memory
from binhyen.channels.zalo_oa.outcomes import outcome_of

HANDLE_LIFE = timedelta(days=6)
"""A day less than Zalo keeps an upload."""
_MIB = 1024 * 1024

_handles = Memory(most=2_000)


@dataclass(frozen=True, slots=True)
class UploadKind:
    """One of Zalo's three upload calls."""

    name: str
    limit_bytes: int
    handle_field: str


_PICTURE = UploadKind("image", _MIB, "attachment_id")
_GIF = UploadKind("gif", 5 * _MIB, "attachment_id")
_DOCUMENT = UploadKind("file", 5 * _MIB, "token")

_KINDS = {
    "image/jpeg": _PICTURE,
    "image/png": _PICTURE,
    "image/gif": _GIF,
    "application/pdf": _DOCUMENT,
    "application/msword": _DOCUMENT,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _DOCUMENT,
}


def kind_of(file: OutboundFile) -> UploadKind | Refused:
    """The call for this file, or why Zalo would not take it."""
    kind = _KINDS.get(file.content_type)
    if kind is None:
        return Refused("file_type", hint="other_way")
    if len(file.content) > kind.limit_bytes:
        return Refused("file_too_large", hint="other_way")
    return kind


def handle_for(file: OutboundFile, kind: UploadKind, keys: Credentials, deadline: Deadline) -> str | Later | Refused:
    """The handle of the uploaded file; the same file is uploaded once a week per page (5,000 calls a month)."""
    key = _key(file, kind, keys)
    handle = _handles.value(key)
    if handle:
        return handle
    reply = call(
        "POST",
        f"{keys['api_url']}/v2.0/oa/upload/{kind.name}",
        deadline,
        headers={"access_token": keys.get("access_token", "")},
        files={"file": (file.name, file.content, file.content_type)},
    )
    if isinstance(reply, Lost):
        return Later(30, reply.why)  # an upload nobody refers to does no harm: it may be repeated
    if not isinstance(reply, Answer) or reply.code:
        outcome = outcome_of(reply)
        return outcome if isinstance(outcome, Later | Refused) else Later(30, "upload")
    handle = str(reply.data.get(kind.handle_field) or "")
    if not handle:
        return Later(60, "upload_without_handle")
    _handles.keep(key, handle, HANDLE_LIFE)
    return handle


def forget(file: OutboundFile, kind: UploadKind, keys: Credentials) -> None:
    """Zalo no longer knows the handle: upload again next time."""
    _handles.forget(_key(file, kind, keys))


def forget_all() -> None:
    """Drop every remembered handle, for tests."""
    _handles.forget_all()


def _key(file: OutboundFile, kind: UploadKind, keys: Credentials) -> tuple[str, ...]:
    content = hashlib.sha256(file.content).hexdigest()
    return (keys.get("app_id", ""), keys.get("account", ""), kind.name, file.name, content)
