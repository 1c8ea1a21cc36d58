"""The media host: pictures, sound and files that residents send, served from the simulator's own address."""

import hashlib
import io
import json
import zlib
from collections import OrderedDict
from functools import lru_cache
from typing import Any

from PIL import Image, ImageDraw
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from binhyen.simulator.state import World

AMR = b"#!AMR\n" + bytes([0x3C]) + bytes(31) + bytes([0x3C]) + bytes(31)
HTML = b"<!doctype html><script>document.title='not a picture'</script>"
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
PDF_WITH_MACRO = PDF.replace(b"/Pages 2 0 R>>", b"/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>")
HUGE_SIDE_PX = 12_000
OVERSIZE_BYTES = 30 * 1024 * 1024
KEPT_BYTES = 64 * 1024 * 1024

FAULTY = {
    "wrong_type": ("photo.jpg", "image/jpeg"),
    "huge": ("huge.png", "image/png"),
    "oversize": ("oversize.jpg", "image/jpeg"),
    "expired": ("expired.jpg", "image/jpeg"),
    "missing": ("missing.jpg", "image/jpeg"),
    "redirect": ("redirect.jpg", "image/jpeg"),
}
"""Pictures with something wrong: their file name and content type."""
VARIANTS = {"image": ("true", *FAULTY), "file": ("true", "macro")}


class MediaHost:
    """Serves `/media/<variant>/<name>` and makes the attachments that point there."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._kept: OrderedDict[str, tuple[bytes, str]] = OrderedDict()
        self._kept_bytes = 0
        self._serial = 0

    def keep(self, content: bytes, media_type: str, ending: str) -> str:
        """Keep a picture that somebody sent from the phone page; its URL. The oldest are forgotten past a bound."""
        self._serial += 1
        name = f"{hashlib.sha256(content).hexdigest()[:16]}-{self._serial}.{ending}"
        self._kept[name] = (content, media_type)
        self._kept_bytes += len(content)
        while self._kept_bytes > KEPT_BYTES:
            self._kept_bytes -= len(self._kept.popitem(last=False)[1][0])
        return self._url("kept", name)

    def _url(self, variant: str, name: str) -> str:
        return f"{self.world.base_url}/media/{variant}/{name}"

    def attachment(self, kind: str, wanted: Any) -> dict[str, Any]:
        """The attachment of an event: `wanted` is `true`, a faulty variant, a URL, or the payload itself.

        Raises ValueError for anything else.
        """
        if isinstance(wanted, dict):
            return {"type": "link" if kind == "business_card" else kind, "payload": wanted}
        if isinstance(wanted, str) and wanted.startswith(("http://", "https://")):
            return {"type": kind, "payload": self._payload(kind, wanted, "true")}
        if wanted is not True and wanted not in VARIANTS.get(kind, ()):
            known = ", ".join(VARIANTS.get(kind, ()))
            raise ValueError(f"{kind} must be true, an address or a payload{f', or one of: {known}' if known else ''}")
        variant = "true" if wanted is True else str(wanted)
        if kind == "business_card":
            card = json.dumps({"phone": "84900000001", "qrCodeUrl": self._url("ok", "qr.png")}, separators=(",", ":"))
            payload = {"thumbnail": self._url("thumb", "card.jpg"), "description": card}
            return {"type": "link", "payload": payload | {"url": "https://zalo.me/84900000001"}}
        return {"type": kind, "payload": self._payload(kind, self._sample_url(kind, variant), variant)}

    def _sample_url(self, kind: str, variant: str) -> str:
        self._serial += 1
        name = {
            "image": f"photo-{self._serial}.jpg",
            "gif": f"move-{self._serial}.gif",
            "audio": "voice.amr",
            "video": "clip.mp4",
            "file": "to-khai-CT01.pdf",
            "link": "bai-viet.html",
        }.get(kind, "item")
        return self._url(variant if variant != "true" else "ok", FAULTY[variant][0] if variant in FAULTY else name)

    def _payload(self, kind: str, url: str, variant: str) -> dict[str, Any]:
        if kind in {"image", "gif"}:
            return {"thumbnail": url.replace("/media/ok/", "/media/thumb/"), "url": url}
        if kind == "video":
            return {"url": url, "thumbnail": self._url("thumb", "clip.jpg"), "description": "Đoạn phim từ điện thoại"}
        if kind == "sticker":
            return {"id": "46981", "url": self._url("sticker", "46981.png")}
        if kind == "location":
            return {"coordinates": {"latitude": "17.468900", "longitude": "106.622500"}}
        if kind == "link":
            return {"thumbnail": self._url("thumb", "link.jpg"), "description": "Bài cảnh báo được chia sẻ", "url": url}
        if kind == "file":
            content = PDF_WITH_MACRO if variant == "macro" else PDF
            checksum = hashlib.md5(content).hexdigest()  # noqa: S324
            name = url.rsplit("/", 1)[1]
            facts = {"url": url, "size": str(len(content)), "name": name, "checksum": checksum}
            return facts | {"type": name.rpartition(".")[2]}
        return {"url": url}

    async def serve(self, request: Request) -> Response:
        """`GET /media/{variant}/{name}`."""
        variant, name = request.path_params["variant"], request.path_params["name"]
        if variant == "kept":
            content, media_type = self._kept.get(name, (b"", ""))
            return Response(content, media_type=media_type) if content else Response("gone", status_code=404)
        if variant == "upload":
            upload = self.world.uploads.by_handle.get(name)
            if upload is None or not upload.content:
                return Response("gone", status_code=404)
            return Response(upload.content, media_type=upload.media_type)
        if variant == "expired":
            return Response("URL signature expired", status_code=403)
        if variant == "missing":
            return Response("not found", status_code=404)
        if variant == "redirect":
            return RedirectResponse(request.query_params.get("to", "http://169.254.169.254/latest/"), status_code=302)
        content, media_type = made(variant, name)
        return Response(content, media_type=media_type)


@lru_cache(maxsize=64)
def made(variant: str, name: str) -> tuple[bytes, str]:
    """Content and content type of a sample file."""
    if variant == "wrong_type":
        return HTML, "image/jpeg"
    if variant == "oversize":
        return picture(name, 640, 480, "JPEG") + bytes(OVERSIZE_BYTES), "image/jpeg"
    if variant == "huge":
        return flat_png(HUGE_SIDE_PX), "image/png"
    ending = name.rpartition(".")[2]
    if ending == "amr":
        return AMR, "audio/amr"
    if ending == "pdf":
        return (PDF_WITH_MACRO if variant == "macro" else PDF), "application/pdf"
    if ending == "mp4":
        return b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "video/mp4"
    if ending == "gif":
        return picture(name, 320, 180, "GIF"), "image/gif"
    if ending == "png":
        return picture(name, 120, 120, "PNG"), "image/png"
    return picture(name, *((160, 120) if variant == "thumb" else (960, 720)), "JPEG"), "image/jpeg"


def picture(name: str, width_px: int, height_px: int, form: str) -> bytes:
    """An invented picture whose colours follow its name, so that two pictures differ."""
    seed = zlib.crc32(name.encode())
    image = Image.new("RGB", (width_px, height_px), (seed & 0x7F, seed >> 8 & 0x7F, 128 + (seed >> 16 & 0x7F)))
    draw = ImageDraw.Draw(image)
    draw.rectangle((width_px // 8, height_px // 2, width_px * 7 // 8, height_px * 7 // 8), fill=(90, 90, 90))
    draw.ellipse((width_px // 4, height_px // 6, width_px // 2, height_px // 2), fill=(240, 200, 80))
    draw.text((8, 8), name, fill=(255, 255, 255))
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


def flat_png(side_px: int) -> bytes:
    """A one-bit PNG of `side_px` squared: few bytes, many pixels."""
    out = io.BytesIO()
    Image.new("1", (side_px, side_px)).save(out, "PNG")
    return out.getvalue()
