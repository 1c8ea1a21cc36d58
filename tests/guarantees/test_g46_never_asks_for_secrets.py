"""G46: the product never asks a resident for money, OTP, passwords, card numbers, ID-card photos or app installs."""

import re
from html.parser import HTMLParser

import pytest

from binhyen.console.tests.factories import sign_in
from binhyen.core.errors import NotPossible
from binhyen.inbox import actions
from binhyen.inbox.models import Delivery
from binhyen.inbox.tests.factories import make_conversation, make_house, make_officer
from binhyen.language.publication import Flag, Level, Publisher, check_publication
from binhyen.language.publication.meaning import load_meaning
from binhyen.lost_found import actions as lost_actions
from binhyen.lost_found.tests.factories import PUBLISHER, make_record
from binhyen.outreach import actions as post_actions
from binhyen.outreach.actions import Typed
from binhyen.outreach.models import Post, PostState
from binhyen.portal.tests.portal_pages import ALL, HOME, MORE, TRACK, ask, seed
from binhyen.portal.tests.report_pages import pages_of_a_report, report_behind, send_report
from binhyen.portal.units_here import forget_units
from binhyen.procedures.queries import catalogue
from binhyen.units.models import Role
from binhyen.units.scope import scope_of
from binhyen.units.tree import place
from binhyen.workflows import texts

pytestmark = pytest.mark.django_db

VISIBLE = {
    "q": "search",
    "ten": "search",
    "thon": "search",
    "text": "textarea",
    "code": "text",
    "answer_by": "radio",
    "topic": "radio select",
    "about_unit": "checkbox",
    "area": "select",
    "place": "text",
    "day": "radio",
    "happened": "text",
    "files": "file",
    "way": "radio",
    "name": "text",
    "phone": "text",
    "secret": "text",
    "guidance": "radio",
    "words": "textarea",
    "kind": "radio",
    "loai": "select",
    "answer_1": "text",
    "answer_2": "text",
    "answer_3": "text",
}
"""Everything a resident can fill in, in all of the portal, and the kinds of control it may be."""
HIDDEN = {"act", "case", "sheet", "text", "procedure", "thread", "next", "draft"}
ASKS = re.compile(
    r"(?:nhập|cho biết|gửi|cung cấp|đọc|chụp|xin)\s+(?:\S+\s+){0,3}(?:otp|mật khẩu|số thẻ|mã pin|ảnh căn cước|ảnh cccd)"
    r"|(?:chuyển|nộp|gửi) tiền (?:vào|qua|cho)|tải (?:ứng dụng|app)|cài (?:ứng dụng|app)|\.apk\b",
    re.IGNORECASE,
)
REFUSALS = re.compile(r"(?:không|đừng) (?:xin|ghi|bảo|nhận|đọc|đưa|cần cho biết)[^.]*", re.IGNORECASE)


class Fields(HTMLParser):
    """Names of all controls with their type."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in ("input", "textarea", "select"):
            self.found.append((values.get("name") or "", values.get("type") or ("text" if tag == "input" else tag)))


def asks(text: str) -> bool:
    """Whether a text asks for what nobody here needs, refusals and warnings left out."""
    return bool(ASKS.search(REFUSALS.sub("", text)))


def check_fields(html: str) -> set[str]:
    """The names of the fields that are there, each of which may be."""
    found = Fields(html).found
    for name, kind in found:
        assert (kind == "hidden" and name in HIDDEN) or kind in VISIBLE.get(name, "").split(), (name, kind)
    return {name for name, _ in found}


@pytest.fixture(autouse=True)
def unit():
    return seed()


def test_inventory_of_all_form_fields(client, unit):
    place(unit, make_house("tinh", "Công an tỉnh").unit)  # words about conduct are for the superior unit alone
    forget_units()
    pages = [client.get(path, follow=True).content.decode() for name, path in (ALL | MORE).items() if name != "fill"]
    pages += [ask(client, text).content.decode() for text in ("Hỏi", "")]
    pages += [client.post(TRACK, {"code": "1"}).content.decode()]
    pages += [*pages_of_a_report(client), report_behind(client, send_report(client))]
    found = set().union(*map(check_fields, pages))
    assert set(VISIBLE) <= found, "every field of the inventory was met, so every page with one was looked at"


def test_a_form_that_is_filled_in_asks_what_the_official_form_asks_and_nothing_else(client):
    asked = {name for name, kind in Fields(client.get(ALL["fill"]).content.decode()).found if kind != "hidden"}
    official = {field.name for field in catalogue().form("CT01").fields}
    assert {re.sub(r"\W.*", "", name) for name in asked} <= official
    assert not any(re.search(r"otp|mat_khau|so_the_|ma_pin|anh_can_cuoc|anh_cccd", name) for name in official)


def test_no_page_asks(client):
    paths = [*(ALL | MORE).values(), *(f"{HOME}thu-tuc/{procedure.id}/" for procedure in catalogue().procedures)]
    for path in paths:
        words = re.sub(r"<[^>]+>", " ", client.get(path, follow=True).content.decode())
        assert not asks(words), (path, ASKS.search(REFUSALS.sub("", words)))


def test_no_sentence_of_the_machine_asks():
    sentences = [value for value in vars(texts).values() if isinstance(value, str)]
    assert len(sentences) > 15
    assert not [sentence for sentence in sentences if asks(sentence)]


@pytest.mark.parametrize(
    "text",
    [
        "Bà con nhập mã OTP vào đây",
        "Vui lòng cung cấp số thẻ ngân hàng",
        "Gửi ảnh căn cước hai mặt cho cán bộ",
        "Chuyển tiền vào tài khoản sau",
        "Bà con cài ứng dụng theo đường dẫn",
    ],
)
def test_the_check_finds_such_words(text):
    assert asks(text)


def test_the_check_finds_such_fields():
    with pytest.raises(AssertionError):
        check_fields('<input name="otp" type="text">')
    with pytest.raises(AssertionError):
        check_fields('<input name="text" type="password">')


def test_the_rule_is_said_where_residents_check_the_channel(client):
    page = client.get(f"{HOME}kenh-that/").content.decode()
    assert "Công an không xin mã OTP, không bảo cài ứng dụng, không nhận tiền qua điện thoại." in page
    assert "2000000000000000001" in page
    assert "0239 3 000 000" in page


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Chị đọc mã OTP vừa nhận để cán bộ làm giúp", "reply_asks_secret"),
        ("Anh chuyển tiền vào tài khoản này", "reply_asks_secret"),
        ("Chụp căn cước gửi qua đây", "reply_asks_secret"),
        ("Chị đọc giúp em mấy con số vừa nhảy về máy nha", "reply_asks_secret"),
        ("Xem hướng dẫn ở https://bit.ly/cccd", "reply_link_not_allowed"),
    ],
)
def test_an_officer_cannot_send_it_either_and_nothing_is_stored(text, code):
    assert load_meaning() is not None  # as in every worker, which trains it when it starts
    house = make_house()
    conversation = make_conversation(house.zalo)
    with pytest.raises(NotPossible) as error:
        actions.reply(scope_of(make_officer(house.unit, "may")), conversation, text)
    assert error.value.code == code
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize(
    "text",
    [
        "Bà con gửi mã OTP cho công an để xác minh trước ngày 30/11.",
        "Để tránh bị lừa đảo, bà con nhập mật khẩu và mã xác thực vào biểu mẫu.",
        "Phí làm nhanh 500.000 đồng, chuyển khoản cho cán bộ tiếp nhận.",
        "Tải app bảo vệ rồi nhập số thẻ ngân hàng.",
    ],
)
def test_a_post_that_asks_is_never_published(text):
    findings = check_publication(text, "warning", Publisher())
    assert (Flag.ASKS_MONEY_OR_CODE, Level.NEVER) in {(finding.flag, finding.level) for finding in findings}


@pytest.mark.parametrize(
    "text",
    [
        "Đừng đọc mã OTP cho ai, kể cả người tự xưng công an.",
        "Kẻ gian gọi điện, yêu cầu bà con chuyển tiền vào tài khoản lạ.",
        "Lệ phí 20.000 đồng nộp tại quầy hoặc qua Cổng Dịch vụ công quốc gia.",
    ],
)
def test_a_warning_that_quotes_the_trick_passes(text):
    assert check_publication(text, "warning", Publisher()) == []


def test_the_composer_hands_no_such_post_over_and_keeps_what_was_typed():
    unit = make_house().unit
    writer = sign_in(make_officer(unit, "bien", Role.PAGE_EDITOR))
    words = {
        "kind": "news",
        "title": "Cập nhật dữ liệu",
        "what": "Bà con gửi mã OTP cho cán bộ.",
        "channel": ["portal"],
    }
    answer = writer.post(f"/console/posts/new/{unit.public_id}/", words | {"act": "submit"})
    assert answer.status_code == 422
    assert "Bà con gửi mã OTP cho cán bộ." in answer.content.decode()
    assert Post.objects.get(unit=unit).state == PostState.DRAFT


def test_no_second_officer_can_let_it_pass():
    unit = make_house().unit
    writer, second = scope_of(make_officer(unit, "bien")), scope_of(make_officer(unit, "duyet"))
    post = post_actions.begin_post(writer, unit, Typed("news", "Tin", "Bình thường.", channels=["portal"]))
    post_actions.submit(writer, post, {}, [])
    findings = check_publication("Chuyển tiền vào tài khoản của cán bộ.", "news", Publisher())
    with pytest.raises(NotPossible, match="post_never"):
        post_actions.approve(second, post, post.version, findings, {"asks_money_or_code": "false_alarm"})


def test_a_notice_of_a_find_asks_for_nothing_either():
    unit = make_house().unit
    scope = scope_of(make_officer(unit, "may"))
    record = make_record(scope, unit, description="ví da, ai mất chuyển khoản 50.000 đồng vào tài khoản cán bộ để nhận")
    with pytest.raises(NotPossible, match="lost_words"):
        lost_actions.submit(scope, record, PUBLISHER)
