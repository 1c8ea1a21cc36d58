"""Reports over a real socket: an upload cut at 90 %, a full disk at every step; nothing half stored."""

import contextlib
import http.client
import re
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from bench.installation import Installation

from binhyen.vault.tests.samples import noisy_picture
from tests.faults.test_hooks_trouble import full_disk

pytestmark = pytest.mark.slow
BOUNDARY = "----giua-cac-phan"
STORY = "Nhóm lạ mặt tụ tập đánh bạc ở lò gạch cũ"
FORM = "application/x-www-form-urlencoded"
STEPS = ({"topic": "crime"}, {"text": STORY}, {"place": "sau chợ"}, {"act": "next"}, {"way": "anonymous"}, {})


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, subprocess.Popen[bytes]]]:
    made = Installation(tmp_path_factory.mktemp("trouble"), "sqlite")
    made.prepare()
    with made.web() as process:
        yield made, process


@pytest.fixture
def running(installation) -> "Portal":
    return Portal(*installation)


class Portal:
    """A browser without script and without patience."""

    def __init__(self, installation: Installation, process) -> None:
        self.installation, self.process, self.draft, self.sheet = installation, process, "", ""

    def post(self, step: int, fields: dict[str, str], photo: bytes = b"") -> tuple[int, str]:
        """Status and page of one sent page."""
        body, kind = self.body_of(fields, photo)
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.installation.port, timeout=30)) as call:
            call.request("POST", f"/thach-binh/g/{step}/", body, {"Content-Type": kind})
            answer = call.getresponse()
            cookie = re.search(r"buoc=([\w-]{43})", str(answer.headers))
            page = answer.read().decode()
        self.draft = cookie[1] if cookie else self.draft
        if sheet := re.search(r'name="sheet" value="([^"]+)"', page):
            self.sheet = sheet[1]
        return answer.status, page

    def body_of(self, fields: dict[str, str], photo: bytes) -> tuple[bytes, str]:
        """The form as a browser writes it."""
        fields = {"draft": self.draft, "sheet": self.sheet} | fields
        if not photo:
            return urlencode(fields).encode(), FORM
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'.encode()
        body = b"".join(parts) + head + photo + f"\r\n--{BOUNDARY}--\r\n".encode()
        return body, f"multipart/form-data; boundary={BOUNDARY}"

    def cut(self, path: str, fields: dict[str, str], photo: bytes) -> None:
        """Send nine tenths of the form, then the line is gone."""
        body, kind = self.body_of(fields, photo)
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", self.installation.port), timeout=20) as line:
            line.sendall(head.encode() + body[: len(body) * 9 // 10])

    def rows(self, table: str) -> int:
        with contextlib.closing(sqlite3.connect(self.installation.data_dir / "binhyen.sqlite3")) as connection:
            return int(connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])

    def files(self) -> list[Path]:
        folder = self.installation.data_dir / "files"
        return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []

    def everything(self) -> bytes:
        """All bytes of the installation, temporary folders of uploads too."""
        places = [self.installation.data_dir, *Path("/tmp").glob("*.upload*")]
        found = [path for place in places for path in ([place] if place.is_file() else place.rglob("*"))]
        return b"".join(path.read_bytes() for path in found if path.is_file())


def settled(portal: Portal) -> None:
    """Another whole request, so that the server has noticed the cut one."""
    until = time.monotonic() + 10
    while portal.post(1, {"topic": "crime"})[0] not in (200, 302) and time.monotonic() < until:
        pass


@pytest.mark.parametrize("sent_at_once", [False, True])
def test_an_upload_cut_at_nine_tenths_leaves_nothing_and_goes_on(running: Portal, sent_at_once: bool) -> None:
    photo = noisy_picture((900, 900))
    assert len(photo) > 500_000
    for step in (1, 2, 3):
        assert running.post(step, STEPS[step - 1])[0] in (200, 302)
    kept = (running.rows("cases_casefile"), running.rows("cases_case"), running.files())
    drafts = running.rows("cases_reportdraft")
    fields = {"act": "next"}
    if sent_at_once:
        fields = {"topic": "crime", "text": STORY, "way": "anonymous", "draft": "n" * 43}
    path = "/thach-binh/g/nhanh/" if sent_at_once else "/thach-binh/g/4/"
    for _ in range(2):
        running.cut(path, fields, photo)
    other = Portal(running.installation, running.process)
    settled(other)
    assert (running.rows("cases_casefile"), running.rows("cases_case"), running.files()) == kept
    assert running.rows("cases_reportdraft") == drafts + 1  # the other person's
    middle = photo[len(photo) // 2 : len(photo) // 2 + 64]
    assert middle not in running.everything()
    assert STORY.encode() not in running.everything()
    assert running.post(4, {"act": "next"}, photo)[0] in (200, 302)
    assert running.rows("cases_casefile") == kept[0] + 1
    assert running.post(5, {"way": "anonymous"})[0] in (200, 302)
    status, page = running.post(6, {})
    if status == 422:  # the sheet of the last page was not looked at yet
        status, page = running.post(6, {})
    assert status == 200
    assert 'class="code"' in page
    assert middle not in running.everything()


def test_a_full_disk_at_every_step_stores_nothing_half_and_each_step_goes_on_after(running: Portal) -> None:
    photo = noisy_picture((300, 300))
    begun = (running.rows("cases_case"), running.rows("cases_casefile"))
    for step, fields in enumerate(STEPS, start=1):
        sent = photo if step == 4 else b""
        before = [running.rows(table) for table in ("cases_reportdraft", "cases_casefile", "cases_case")]
        files = running.files()
        with full_disk(running.process, 4096):
            status, page = running.post(step, fields, sent)
        assert status == 503, step
        assert all(str(typed) in page for typed in fields.values() if typed in (STORY, "sau chợ")), step
        assert "113" in page, step
        assert "tel:" in page or "gọi" in page, step
        after = [running.rows(table) for table in ("cases_reportdraft", "cases_casefile", "cases_case")]
        assert (after, running.files()) == (before, files), step
        status, page = running.post(step, fields, sent)
        assert status in (200, 302), (step, status)
    assert 'class="code"' in page
    assert (running.rows("cases_case"), running.rows("cases_casefile")) == (begun[0] + 1, begun[1] + 1)
    assert STORY.encode() not in running.everything()
