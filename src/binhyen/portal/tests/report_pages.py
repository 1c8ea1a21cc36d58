"""Writing and sending a report as a browser does, for tests of the portal and of what is promised."""

import hashlib
from collections.abc import Iterator

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from binhyen.cases.pieces import PIECE_BYTES
from binhyen.portal.tests.portal_pages import TRACK, code_in, values_of
from binhyen.vault.tests.samples import jpeg_with_everything

STEP = "/thach-ha/g/{}/"
PIECES = "/thach-ha/g/manh/"
STORY = "Nhóm thanh niên tụ tập đánh bạc sau chợ mỗi tối"


def post(client: Client, step: int, data: dict | None = None, follow: bool = True):
    """Send one page on."""
    html = client.get(STEP.format(step)).content.decode()
    hidden = {"draft": values_of(html, "draft")}
    if 'name="sheet"' in html:
        hidden["sheet"] = values_of(html, "sheet")
    return client.post(STEP.format(step), {**hidden, **(data or {})}, follow=follow)


def picture(name: str = "anh.jpg") -> SimpleUploadedFile:
    """A photograph with a place in it."""
    return SimpleUploadedFile(name, jpeg_with_everything(), content_type="image/jpeg")


def write_report(client: Client, *, topic: str = "crime", text: str = STORY, files=(), **way: str) -> None:
    """Answer the first five pages."""
    post(client, 1, {"topic": topic})
    post(client, 2, {"text": text})
    post(client, 3, {"place": "sau chợ", "day": "today"})
    post(client, 4, {"files": list(files), "act": "next"} if files else {"act": "next"})
    post(client, 5, way or {"way": "anonymous"})


def send_report(client: Client, **report) -> str:
    """Write and send; the code."""
    write_report(client, **report)
    return code_in(post(client, 6).content.decode())


def pages_of_a_report(client: Client) -> Iterator[str]:
    """Each page of the wizard as shown."""
    write_report(client)
    for step in range(1, 7):
        yield client.get(STEP.format(step)).content.decode()


def report_behind(client: Client, code: str) -> str:
    """The page behind the code."""
    return client.post(TRACK, {"code": code}).content.decode()


def act_on(client: Client, code: str, act: str, **data):
    """Add, contest, reread with the open page."""
    html = report_behind(client, code)
    hidden = {"thread": values_of(html, "thread"), "sheet": values_of(html, "sheet")}
    return client.post(TRACK, {**hidden, "act": act, **data})


def send_piece(
    client: Client,
    hidden: dict[str, str],
    content: bytes,
    offset: int,
    wrong: dict | None = None,
    *,
    size: int = PIECE_BYTES,
):
    """One piece of a file, as the script of the page sends it with the form's hidden values."""
    upload = hashlib.sha256(content).hexdigest()[:32]
    data: dict[str, object] = {**hidden, "upload": upload, "offset": offset, "total": len(content)}
    if piece := content[offset : offset + size]:
        data["piece"] = SimpleUploadedFile("anh.jpg", piece)
    return client.post(PIECES, {**data, **(wrong or {})})


def send_pieces(client: Client, hidden: dict[str, str], content: bytes, start: int = 0) -> int:
    """The whole file from `start` on."""
    while start < len(content):
        start = send_piece(client, hidden, content, start).json()["received"]
    return start
