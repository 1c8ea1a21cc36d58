"""Uploads of pictures and files (Zalo section 3.4): kinds by content, sizes, 5,000 a month, kept 7 days."""

import hashlib
from collections.abc import AsyncGenerator

from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from binhyen.simulator.clock import vietnam_time
from binhyen.simulator.errors import invalid, refusal
from binhyen.simulator.front import Call, unknown_call
from binhyen.simulator.uploads_state import UPLOAD_LIFE_MS, Upload, UploadStore

LIMIT_BYTES = {"image": 1024 * 1024, "gif": 5 * 1024 * 1024, "file": 5 * 1024 * 1024}
MONTHLY_UPLOADS = 5_000
MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
}
ALLOWED = {"image": {"jpg", "png"}, "gif": {"gif"}, "file": {"pdf", "doc", "docx", "csv"}}


def form_of(content: bytes, name: str) -> str:
    """What the bytes are: an ending of `MEDIA_TYPES`, or an empty string."""
    ending = name.rpartition(".")[2].lower()
    starts = {
        b"\xff\xd8\xff": "jpg",
        b"\x89PNG\r\n\x1a\n": "png",
        b"GIF8": "gif",
        b"%PDF-": "pdf",
        b"\xd0\xcf\x11\xe0": "doc",
    }
    for start, form in starts.items():
        if content.startswith(start):
            return form
    if content.startswith(b"PK\x03\x04"):
        return "docx" if ending == "docx" else ""
    return "csv" if ending == "csv" and b"\x00" not in content else ""


async def upload(call: Call) -> dict[str, str]:
    """Keep one uploaded picture or file; its attachment id or token."""
    switches = call.world.switches
    if call.path.startswith("/v3.0/") and not switches.upload_v3:
        raise unknown_call(call.path)
    kind = call.path.rsplit("/", 1)[1]
    name, content = await read_upload(call)
    if len(content) > LIMIT_BYTES[kind]:
        raise refusal(-210)
    form = form_of(content, name)
    if form not in ALLOWED[kind] or (form == "csv" and not switches.csv_upload):
        raise invalid("file")
    now_ms = call.world.clock.now_ms()
    month = (kind, vietnam_time(now_ms).strftime("%Y-%m"))
    if call.page.upload_counts.get(month, 0) >= MONTHLY_UPLOADS:
        raise refusal(-211)
    call.page.upload_counts[month] = call.page.upload_counts.get(month, 0) + 1
    handle = UploadStore.new_handle()
    call.world.uploads.add(
        Upload(
            handle=handle,
            oa_id=call.page.oa_id,
            kind=kind,
            name=name,
            media_type=MEDIA_TYPES[form],
            size_bytes=len(content),
            checksum=hashlib.md5(content).hexdigest(),  # noqa: S324 - the platform gives MD5
            expires_ms=now_ms + UPLOAD_LIFE_MS,
            content=content,
        )
    )
    return {"token" if kind == "file" else "attachment_id": handle}


async def read_upload(call: Call) -> tuple[str, bytes]:
    """Name and bytes of the multipart field `file`; -201 when there is none."""

    async def stream() -> AsyncGenerator[bytes, None]:
        yield call.body
        yield b""

    headers = Headers(raw=call.scope["headers"])
    if not headers.get("content-type", "").startswith("multipart/form-data"):
        raise invalid("file")
    try:
        form = await MultiPartParser(headers, stream(), max_files=4, max_fields=20).parse()
    except (MultiPartException, KeyError):
        raise invalid("file") from None
    try:
        part = form.get("file")
        if not isinstance(part, UploadFile) or not part.filename:
            raise invalid("file")
        content = await part.read()
    finally:
        await form.close()
    if not content:
        raise invalid("file")
    return part.filename, content
