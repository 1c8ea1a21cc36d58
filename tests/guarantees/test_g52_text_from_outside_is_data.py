"""G52 on the portal: text from outside is escaped, invisible characters are gone, log lines stay single."""

import logging
from html.parser import HTMLParser

import pytest

from binhyen.core.logs import SingleLineFormatter
from binhyen.jobs.models import JobRow
from binhyen.portal.tests.portal_pages import HOME, QUESTION, TRACK, approve, ask, seed
from binhyen.procedures import record
from binhyen.procedures.effective import catalogue_of
from binhyen.procedures.printing.sheets import procedure_sheet
from binhyen.workflows.procedure_text import whole_answer

pytestmark = pytest.mark.django_db
PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</textarea><svg onload=alert(1)>",
    "{{ 7|add:7 }}{% debug %}",
    "$ai $cq ${Ai} $words",
    "javascript:alert(1)",
    "\u202egnp.exe\u202c \u200b\u2066ẩn\u2069 \ufeff\x00\x1b[31m",
    "=HYPERLINK(1)\r\nSet-Cookie: a=b",
]
INVISIBLE = "\u202e\u202c\u200b\u2066\u2069\ufeff\x00\x1b"


class Dangers(HTMLParser):
    """Elements and attributes no page of the portal has of its own."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.found += [name for name in names if name.startswith("on") or name in ("autofocus", "style", "srcdoc")]
        if (tag == "script" and not (names.get("src") or "").startswith("/static/")) or tag in ("img", "iframe"):
            self.found.append(tag)


def check(html: str) -> None:
    assert Dangers(html).found == []
    assert not [character for character in INVISIBLE if character in html]


@pytest.fixture(autouse=True)
def unit():
    return seed()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_every_field_of_every_page(client, payload):
    answers = [
        client.get("/", {"ten": payload}),
        client.get(f"{HOME}hoi/", {"q": payload}),
        client.get(f"{HOME}so-dien-thoai/", {"thon": payload}),
        client.post(QUESTION, {"act": "open", "text": payload, "procedure": payload}),
        client.post(QUESTION, {"act": "send", "sheet": payload, "text": payload}),
        client.post(TRACK, {"code": payload}),
        client.post(TRACK, {"act": "add", "thread": payload, "sheet": payload, "text": payload}),
        client.post(f"{HOME}mau-don/CT01/dien/", {"ho_ten": payload, "ngay_sinh": payload, "gioi_tinh": payload}),
        client.get(f"{HOME}thu-tuc/tach-ho/", {"xem-truoc": payload}),
        client.post("/ngon-ngu/", {"language": payload, "next": payload}),
        ask(client, payload + " x"),
    ]
    for answer in answers:
        assert answer.status_code in (200, 302, 422)
        check(answer.content.decode())
        assert "Set-Cookie: a=b" not in str(answer.headers)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_unit_writes_about_a_procedure(client, unit, payload):
    """From the record to every place that shows it: the portal, the chat and paper."""
    clean_words = record.canonical({"unit_note_vi": payload})["unit_note_vi"] or "x"
    approve(unit, "tach-ho", unit_note_vi=clean_words, steps=[clean_words], aliases_vi=[clean_words])
    check(client.get(f"{HOME}thu-tuc/tach-ho/").content.decode())
    check(client.get(f"{HOME}hoi/", {"q": payload}).content.decode())
    procedure = catalogue_of(unit.pk).procedure("tach-ho")
    said = whole_answer(procedure, "")
    assert not [character for character in INVISIBLE if character in said]
    assert procedure_sheet(procedure, unit.name, "").startswith(b"%PDF")


def test_words_are_shown_as_they_were_typed(client):
    page = client.get(f"{HOME}hoi/", {"q": "$ai <b>$cq</b>"}).content.decode()
    assert "$ai &lt;b&gt;$cq&lt;/b&gt;" in page


def test_what_is_stored_holds_no_invisible_characters(client):
    assert ask(client, f"Hỏi {INVISIBLE} đáp").status_code == 200
    stored = b"".join(bytes(body) for body in JobRow.objects.values_list("body", flat=True))
    assert b"u202e" not in stored
    assert b"u0000" not in stored
    assert b"u200b" not in stored


def test_addresses_with_odd_characters_are_simply_not_found(client):
    for path in ("/%00/", "/%E2%80%AE/", f"{HOME}thu-tuc/%3Cscript%3E/", f"{HOME}mau-don/%22%3E%3Cimg%3E/"):
        answer = client.get(path)
        assert answer.status_code == 404
        check(answer.content.decode())


def test_what_is_typed_reaches_no_log(client, caplog):
    with caplog.at_level(logging.DEBUG):
        client.get(f"{HOME}hoi/", {"q": "canary-71a\nFORGED line"})
        ask(client, "canary-71a\r\nFORGED line")
        client.post(TRACK, {"code": "canary-71a"})
    lines = [SingleLineFormatter().format(record) for record in caplog.records]
    assert not [line for line in lines if "canary-71a" in line and "binhyen" in line.split(" ")[0]]
    assert not [line for line in lines if "\n" in line]
