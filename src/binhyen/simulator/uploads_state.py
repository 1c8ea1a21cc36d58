"""Uploaded pictures and files: what stays known for 7 days, and a bounded store of their bytes."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass

from binhyen.simulator.clock import DAY_MS

UPLOAD_LIFE_MS = 7 * DAY_MS
KEPT_UPLOADS = 20_000
KEPT_BYTES = 64 * 1024 * 1024


@dataclass(slots=True)
class Upload:
    """One upload of a page. `content` is emptied when the store of bytes is full."""

    handle: str
    oa_id: str
    kind: str
    name: str
    media_type: str
    size_bytes: int
    checksum: str
    expires_ms: int
    content: bytes


class UploadStore:
    """Uploads by attachment id or file token."""

    def __init__(self) -> None:
        self.by_handle: OrderedDict[str, Upload] = OrderedDict()
        self._bytes = 0

    def add(self, upload: Upload) -> None:
        """Keep an upload; the oldest bytes go first when there are too many."""
        self.by_handle[upload.handle] = upload
        self._bytes += len(upload.content)
        for old in list(self.by_handle.values()) if self._bytes > KEPT_BYTES else ():
            if self._bytes <= KEPT_BYTES:
                break
            self._bytes -= len(old.content)
            old.content = b""
        while len(self.by_handle) > KEPT_UPLOADS:
            self._bytes -= len(self.by_handle.popitem(last=False)[1].content)

    @staticmethod
    def new_handle() -> str:
        """A fresh attachment id or token."""
        return "sim-up-" + secrets.token_urlsafe(24)
