"""G59: contrast from the design tokens, size budgets, everything without a script, marks of a well-made page."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from binhyen.portal.tests.portal_pages import ALL, HOME, MORE, TRACK, ask, code_in, seed, values_of
from binhyen.procedures.queries import catalogue

pytestmark = pytest.mark.django_db
CSS = ("binhyen.css", "portal.css")
TEXT_PAIRS = [
    ("--ink", "--bg"), ("--ink2", "--bg"), ("--ink", "--bg2"), ("--ink2", "--bg2"), ("--brand", "--bg"),
    ("--brand", "--bg2"), ("--brandink", "--brand"), ("--ink", "--brandsoft"), ("--barink", "--bar"),
    ("--danger", "--bg"), ("--danger", "--dangersoft"), ("--onsolid", "--danger"), ("--ink", "--dangersoft"),
    ("--ok", "--bg"), ("--ink", "--oksoft"), ("--ink", "--warnsoft"), ("--warn", "--warnsoft"),
    ("--ink", "--secretsoft"), ("--secret", "--secretsoft"), ("--ink2", "--brandsoft"),
]  # fmt: skip
EDGE_PAIRS = [("--line2", "--bg"), ("--line2", "--bg2"), ("--brand", "--bg"), ("--danger", "--bg"), ("--ring", "--bg")]
VOID = {"input", "meta", "link", "br", "img", "path", "hr"}


@pytest.fixture(autouse=True)
def unit():
    return seed()


def static(name: str) -> str:
    return Path(finders.find(f"portal/{name}")).read_text(encoding="utf8")


def themes() -> dict[str, dict[str, str]]:
    """Colours of both themes as the stylesheet gives them."""
    text = static("binhyen.css")
    blocks = {"light": text[text.index(":root {") :], "dark": text[text.index(':root[data-theme="dark"]') :]}
    return {name: dict(re.findall(r"(--\w+): (#[0-9a-f]{6})", block.split("}")[0])) for name, block in blocks.items()}


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast_of_the_design_tokens(theme):
    colours = themes()[theme]
    assert not [pair for pair in TEXT_PAIRS if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]
    assert not [pair for pair in EDGE_PAIRS if contrast(colours[pair[0]], colours[pair[1]]) < 3]


def test_both_ways_to_dark_are_the_same():
    text = static("binhyen.css")
    by_system = text[text.index(':root:not([data-theme="light"])') :].split("}")[0]
    assert dict(re.findall(r"(--\w+): (#[0-9a-f]{6})", by_system)) == themes()["dark"]


class Page(HTMLParser):
    """What a rule checker without a browser can see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements = 0
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.controls: list[dict[str, str | None]] = []
        self.language = ""
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.elements += 1
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if values.get("id"):
            self.ids.append(values["id"] or "")
        if tag == "label":
            self.labelled.add(values.get("for") or "")
        if tag == "html":
            self.language = values.get("lang") or ""
        if tag in ("input", "textarea", "select") and values.get("type") != "hidden":
            self.controls.append(values)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def check(html: str) -> None:
    """Language, one main heading, no skipped level, unique ids, labels, hints that exist, closed elements."""
    page = Page(html)
    assert page.language == "vi"
    assert page.headings.count(1) == 1
    steps = [(before, after) for before, after in zip(page.headings, page.headings[1:], strict=False)]
    assert all(after <= before + 1 for before, after in steps)
    assert len(page.ids) == len(set(page.ids))
    for control in page.controls:
        assert control["id"] in page.labelled
        assert set((control.get("aria-describedby") or "").split()) <= set(page.ids)
    assert page.open == []
    assert "user-scalable" not in html
    assert "maximum-scale" not in html
    assert page.elements <= 600
    assert len(gzip.compress(html.encode(), 9)) <= 12_000


@pytest.mark.parametrize("name", list(ALL | MORE))
def test_every_page(client, name):
    check(client.get((ALL | MORE)[name]).content.decode())


def test_every_procedure_and_form(client):
    for procedure in catalogue().procedures:
        check(client.get(f"{HOME}thu-tuc/{procedure.id}/").content.decode())
    for form in catalogue().forms:
        check(client.get(f"{HOME}mau-don/{form.code}/").content.decode())


def test_every_form_to_fill_in_and_its_list_of_mistakes(client):
    """One question a page without a script: each form is one page whose questions are reached by their anchors."""
    refused = 0
    for form in catalogue().forms:
        if form.kind != "applicant" or not form.fields:
            continue
        address = f"{HOME}mau-don/{form.code}/dien/"
        page = client.get(address).content.decode()
        check(page)
        wrong = dict.fromkeys(re.findall(r'<input[^>]* name="(so_dinh_danh|ngay_sinh)"', page), "x")
        answer = client.post(address, wrong) if wrong else None
        if answer is not None and answer.status_code == 422:
            check(answer.content.decode())
            refused += 1
    assert refused > 15


def test_the_checker_refuses_a_broken_page():
    for broken in (
        '<html lang="vi"><h1>a</h1><h3>b</h3></html>',
        "<html><h1>a</h1></html>",
        '<html lang="vi"><h1>a</h1><input id="x" name="x"></html>',
        '<html lang="vi"><h1 id="a">a</h1><p id="a"></p></html>',
        '<html lang="vi"><h1>a</h1><p></html>',
    ):
        with pytest.raises((AssertionError, KeyError)):
            check(broken)


def test_budgets_of_the_static_files():
    assert sum(len(gzip.compress(static(name).encode(), 9)) for name in CSS) <= 8_000
    assert len(gzip.compress(static("portal.js").encode(), 9)) <= 8_000
    assert not re.search(r"@font-face|url\(", "".join(static(name) for name in CSS))


def test_old_webviews_understand_the_styles_and_the_script():
    """Chrome 80 and iOS 13: what came later may not be needed to see or reach anything."""
    for name in CSS:
        text = static(name)
        assert not re.search(
            r":has\(|:is\(|:where\(|light-dark\(|@container|@layer|color-mix\(|\binset:|&[ .:]", text
        ), name
        assert "100vh" not in text
    assert re.search(r"\n:focus \{ outline: 3px", static("binhyen.css")), "focus is seen without :focus-visible"
    assert not re.search(r"\?\.|\?\?|\bawait\b|replaceAll|#[a-z]+\s*=", static("portal.js"))


def test_errors_are_said_in_the_title_on_top_and_at_the_field(client):
    for answer in (ask(client, "  "), ask(client, "a" * 2_001), client.post(TRACK, {"code": "482 719"})):
        html = answer.content.decode()
        assert answer.status_code == 422
        assert re.search(r"<title>\s*Lỗi: ", html)
        assert "Có 1 chỗ cần sửa" in html
        assert 'aria-invalid="true"' in html
        check(html)
    assert "a" * 2_001 in ask(client, "a" * 2_001).content.decode()


def test_from_question_to_receipt_without_a_script(client):
    home = client.get(HOME).content.decode()
    assert f'href="{HOME}g/"' in home
    receipt = ask(client, "Tôi muốn hỏi về tạm trú")
    html = receipt.content.decode()
    check(html)
    assert re.fullmatch(r"(\d{3} ){5}\d{3}", code_in(html))
    look = client.post(TRACK, {"code": code_in(html)})
    assert "chờ 1 phút rồi xem lại" in look.content.decode()
    assert values_of(client.get(f"{HOME}g/").content.decode())
