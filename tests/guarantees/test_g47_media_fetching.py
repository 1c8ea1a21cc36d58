"""G47: attachments are fetched from the connector's media hosts only, never from inside, within size and time."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from binhyen.channels import media_fetch
from binhyen.channels.media_fetch import fetch
from binhyen.core import outgoing_address
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible, TryAgain
from binhyen.core.outgoing_address import is_allowed_host
from binhyen.vault.tests.samples import PDF, SVG, picture

HOSTS = "*.zdn.vn,*.zadn.vn"


class MediaHost(BaseHTTPRequestHandler):
    """Answers by path."""

    def do_GET(self) -> None:
        """One file, one trick."""
        self.server.seen.append((self.path, dict(self.headers)))
        getattr(self, "serve_" + self.path.strip("/").split("/")[0])()

    def content(self, body: bytes, kind: str = "application/octet-stream", length: int | None = None) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        if length != -1:
            self.send_header("content-length", str(length or len(body)))
        self.end_headers()
        self.wfile.write(body)

    def to(self, address: str) -> None:
        self.send_response(302)
        self.send_header("location", address)
        self.end_headers()

    def serve_picture(self) -> None:
        self.content(picture(), "text/html")

    def serve_hop(self) -> None:
        left = int(self.path.rsplit("/", 1)[1])
        self.to(f"/hop/{left - 1}" if left > 1 else "/picture")

    def serve_inside(self) -> None:
        self.to("http://169.254.169.254/latest/meta-data/")

    def serve_elsewhere(self) -> None:
        self.to("https://evil.example/a.jpg")

    def serve_local(self) -> None:
        self.to("file:///etc/passwd")

    def serve_svg(self) -> None:
        self.content(SVG, "image/jpeg")

    def serve_announced(self) -> None:
        self.content(b"\xff\xd8\xff", length=21 * 1024 * 1024)

    def serve_endless(self) -> None:
        self.content(b"", length=-1)
        while True:
            self.wfile.write(bytes(256 * 1024))

    def serve_slow(self) -> None:
        self.content(PDF[:5], length=len(PDF))
        self.server.wait.wait(5)

    def serve_gone(self) -> None:
        self.send_error(404)

    def serve_broken(self) -> None:
        self.send_error(503)

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def handle(self) -> None:
        """A client that hangs up is no news."""
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True


@pytest.fixture
def media(monkeypatch) -> Iterator[ThreadingHTTPServer]:
    """A media host on loopback, allowed by the settings of a test installation."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), MediaHost)
    server.daemon_threads = True
    server.seen, server.wait = [], threading.Event()
    server.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    monkeypatch.setenv("BINHYEN_MEDIA_HOSTS", f"{HOSTS},127.0.0.1")
    configuration.cache_clear()
    yield server
    server.wait.set()
    server.shutdown()
    server.server_close()
    monkeypatch.undo()
    configuration.cache_clear()


def resolve(monkeypatch, *addresses: str) -> None:
    """Every name leads to these machines."""
    entries = [(socket.AF_INET6 if ":" in one else socket.AF_INET, 1, 6, "", (one, 443)) for one in addresses]
    monkeypatch.setattr(outgoing_address.socket, "getaddrinfo", lambda *_, **__: entries)


def code_of(url: str) -> str:
    with pytest.raises(NotPossible) as refusal:
        fetch(url)
    return refusal.value.code


def test_a_file_is_typed_by_content_whatever_the_header_says(media):
    assert fetch(media.url + "/picture").content_type == "image/jpeg"
    assert code_of(media.url + "/svg") == "media_type"


def test_no_header_tells_who_asks(media):
    fetch(media.url + "/picture")
    ((_, headers),) = media.seen
    assert {name.lower() for name in headers} <= {"host", "accept", "accept-encoding", "connection", "user-agent"}


def test_three_redirects_and_no_more(media):
    assert fetch(media.url + "/hop/3").content_type == "image/jpeg"
    assert code_of(media.url + "/hop/4") == "media_redirects"


@pytest.mark.parametrize("path", ["inside", "elsewhere", "local"])
def test_a_redirect_is_checked_like_the_first_address(media, path):
    assert code_of(f"{media.url}/{path}") == "media_address"


@pytest.mark.parametrize("path", ["announced", "endless"])
def test_too_much(media, path):
    assert code_of(f"{media.url}/{path}") == "media_too_large"


def test_too_slow(media, monkeypatch):
    monkeypatch.setattr(media_fetch, "_STEP_LIMIT_S", 0.2)
    with pytest.raises(TryAgain):
        fetch(media.url + "/slow")


def test_gone_and_broken(media):
    assert code_of(media.url + "/gone") == "media_gone"
    with pytest.raises(TryAgain):
        fetch(media.url + "/broken")


@pytest.mark.parametrize(
    "url",
    [
        "", "picture.jpg", "//a.zdn.vn/a", "ftp://a.zdn.vn/a", "file:///etc/passwd", "gopher://a.zdn.vn/", "data:,x",
        "https://evil.example/a.jpg", "https://zdn.vn.evil.example/a", "https://evilzdn.vn/a", "https://zdn.vn/a",
        "https://a.zdn.vn@evil.example/a", "https://user:pass@a.zdn.vn/a", "https://evil.example#.zdn.vn",
        "https://evil.example\\.zdn.vn/a", "https://10.0.0.1/a", "https://[::1]/a", "https://2130706433/a",
        "https://0x7f.1/a", "https://localhost/a", "https://a.zdn.vn:99999/a", "https://[a.zdn.vn/a",
        "https://а.zdn.vn/a",
    ],
)  # fmt: skip
def test_addresses_off_the_list_are_never_resolved(monkeypatch, url):
    def never(*_: object, **__: object) -> None:
        raise AssertionError(url)

    monkeypatch.setattr(outgoing_address.socket, "getaddrinfo", never)
    assert code_of(url) == "media_address"


@pytest.mark.parametrize(
    "machine",
    [
        "10.0.0.5", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b:1::1",
    ],
)  # fmt: skip
def test_an_allowed_name_that_points_inside_is_refused(monkeypatch, machine):
    resolve(monkeypatch, machine)
    assert code_of("https://f1.zdn.vn/a.jpg") == "media_address"
    resolve(monkeypatch, "42.119.139.1", machine)
    assert code_of("https://f1.zdn.vn/a.jpg") == "media_address"


@pytest.fixture
def _production(monkeypatch):
    monkeypatch.setenv("BINHYEN_MODE", "production")
    monkeypatch.setenv("BINHYEN_MEDIA_HOSTS", f"{HOSTS},127.0.0.1")
    configuration.cache_clear()
    yield
    monkeypatch.undo()
    configuration.cache_clear()


@pytest.mark.usefixtures("_production")
@pytest.mark.parametrize(
    "url", ["http://f1.zdn.vn/a.jpg", "https://f1.zdn.vn:8443/a.jpg", "https://127.0.0.1/a", "http://127.0.0.1:8090/a"]
)
def test_in_production_only_https_to_public_machines(monkeypatch, url):
    resolve(monkeypatch, "127.0.0.1")
    assert code_of(url) == "media_address"


def test_an_unknown_host_may_come_back(monkeypatch):
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(outgoing_address.socket, "getaddrinfo", unknown)
    with pytest.raises(TryAgain):
        fetch("https://f1.zdn.vn/a.jpg")


def test_the_name_is_resolved_once_and_that_machine_is_asked(media, monkeypatch):
    asked = []
    real = socket.getaddrinfo

    def once(host: str, *rest: object, **more: object) -> list:
        if "zdn" in host:
            asked.append(host)
        return real("127.0.0.1", media.server_port, type=socket.SOCK_STREAM)

    monkeypatch.setattr(outgoing_address.socket, "getaddrinfo", once)
    fetch(f"http://f1.zdn.vn:{media.server_port}/picture")
    ((_, headers),) = media.seen
    assert headers["host"] == f"f1.zdn.vn:{media.server_port}"
    assert asked == ["f1.zdn.vn"]


@pytest.mark.parametrize(
    ("host", "is_allowed"),
    [("a.zdn.vn", True), ("a.b.zdn.vn", True), ("A.ZDN.VN.", True), ("zdn.vn", False), ("azdn.vn", False), ("", False)],
)
def test_hosts(host, is_allowed):
    assert is_allowed_host(host, ("*.zdn.vn",)) is is_allowed
