"""G11: public pages load nothing from third parties and set no tracking."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from binhyen.portal.tests.portal_pages import MORE, ask, seed

pytestmark = [pytest.mark.django_db, pytest.mark.allow_hosts(["127.0.0.1", "::1", "localhost"])]
LOADING = {"src", "srcset", "action", "formaction", "data", "poster", "background", "ping", "manifest"}
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
FILES = (".pdf", ".docx", ".xml", ".jpg", ".pem", ".csv")
"""Links that save a file instead of opening a page."""
MAY_BE_LINKED = ("https://zalo.me/", "https://dichvucong.gov.vn/", "https://nchmf.gov.vn/")


class Addresses(HTMLParser):
    """Everything a page loads, links to, or would run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.linked: list[str] = []
        self.inline: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.loaded += [value or "" for name, value in attrs if name in LOADING]
        if tag == "link":
            self.loaded.append(values.get("href") or "")
        elif tag in ("a", "area") and values.get("href"):
            self.linked.append(values["href"] or "")
        self.inline += [f"{tag} {name}" for name in values if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in values):
            self.inline.append(tag)


def crawled(client: Client) -> dict[str, str]:
    """Address -> HTML of every page that can be reached from the start, by reading alone."""
    found: dict[str, str] = {}
    waiting = ["/", *MORE.values()]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        answer = client.get(path, follow=True)
        assert answer.headers["Content-Security-Policy"] == POLICY, path
        assert not answer.cookies, path
        found[path] = answer.content.decode()
        links = Addresses(found[path]).linked
        pages = (link.split("#")[0] for link in links if link.startswith("/") and not link.endswith(FILES))
        waiting += [link for link in pages if link not in found]
    return found


def check(path: str, html: str) -> None:
    parsed = Addresses(html)
    assert all(address.startswith("/") and not address.startswith("//") for address in parsed.loaded), path
    assert parsed.inline == [], path
    assert all('rel="noreferrer"' in link for link in re.findall(r"<a [^>]*href=\"https://[^>]*>", html)), path
    for link in parsed.linked:
        assert link.startswith(("/", "#", "tel:", *MAY_BE_LINKED)), (path, link)


def test_every_page_loads_from_its_own_server_alone(client):
    seed()
    pages = crawled(client)
    assert len(pages) > 200
    for path, html in pages.items():
        check(path, html)
    check("receipt", ask(client, "Cho hỏi giờ làm việc").content.decode())


@pytest.mark.parametrize("name", ["binhyen.css", "portal.css", "portal.js", "mark.svg"])
def test_static_files_call_nobody(name):
    text = Path(finders.find(f"portal/{name}")).read_text(encoding="utf8").replace("http://www.w3.org/2000/svg", "")
    text = text.replace('fetch(field.getAttribute("data-pieces"),', "")  # an address the page gives, checked below
    assert not re.search(r"//[a-z]|@import|sendBeacon|fetch\(|XMLHttpRequest|localStorage", text)


def test_files_in_pieces_go_to_the_same_house():
    page = (Path(finders.find("portal/portal.js")).parents[2] / "templates/portal/file_field.html").read_text("utf8")
    assert re.findall(r'data-pieces="([^"]+)"', page) == ["{% url 'portal:report_piece' unit.slug %}"]


def test_the_check_notices_a_stranger():
    with pytest.raises(AssertionError):
        check("broken", '<img src="https://example.com/pixel.gif">')
    with pytest.raises(AssertionError):
        check("broken", '<p style="color:red" onclick="x()">')
