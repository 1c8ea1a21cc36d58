"""The pages of the inbox without any script: every act is a form, everything typed survives."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from binhyen.console.tests.factories import House, make_conversation, make_delivery, make_officer, sign_in
from binhyen.core import clock
from binhyen.inbox.models import Conversation, Delivery, Draft, DutyAlert, LabelledExample
from binhyen.units.calendars import forget_calendars
from binhyen.units.models import Role, Unit

pytestmark = pytest.mark.django_db


def test_reply_note_and_finish_by_plain_forms(house: House, signed_in: Client):
    conversation = make_conversation(house.zalo)
    path = f"/console/c/{conversation.public_id}/"

    assert "Đăng ký tạm trú cần gì?" in signed_in.get(path).content.decode()
    assert signed_in.post(f"{path}note/", {"text": "gọi lại sau"}).status_code == 302
    assert signed_in.post(f"{path}reply/", {"text": "Chào chị"}).status_code == 302
    page = signed_in.get(path).content.decode()
    assert "gọi lại sau" in page
    assert "Chờ gửi" in page
    assert signed_in.post(f"{path}act/", {"act": "close"}).headers["Location"] == "/console/"
    assert Conversation.objects.get().state == "closed"


def test_a_refused_reply_keeps_the_text_and_says_why(house: House, signed_in: Client):
    conversation = make_conversation(house.zalo)

    answer = signed_in.post(f"/console/c/{conversation.public_id}/reply/", {"text": "y" * 2001})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Lỗi: " in page
    assert "y" * 2001 in page
    assert "2001" in page.partition("y" * 2001)[0]


def test_a_conflict_shows_both_texts(house: House, signed_in: Client):
    conversation = make_conversation(house.zalo)
    path = f"/console/c/{conversation.public_id}/reply/"
    seen_at = clock.now().isoformat()
    sign_in(make_officer(house.unit, "hung")).post(path, {"text": "Hùng trả lời", "seen_at": seen_at})

    page = signed_in.post(path, {"text": "Mây trả lời", "seen_at": seen_at})

    assert page.status_code == 422
    assert "Hùng trả lời" in page.content.decode()
    assert "Mây trả lời" in page.content.decode()
    assert Delivery.objects.count() == 1


def test_drafts_survive_signing_out(house: House, signed_in: Client):
    conversation = make_conversation(house.zalo)
    path = f"/console/c/{conversation.public_id}/"
    signed_in.post(f"{path}draft/", {"text": "nửa chừng"}, headers={"HX-Request": "true"})
    signed_in.post(f"{path}draft/", {"text": "ghi dở", "is_note": "yes"}, headers={"HX-Request": "true"})

    signed_in.post("/console/sign-out/")
    page = sign_in(Draft.objects.first().officer).get(path).content.decode()

    assert "nửa chừng</textarea>" in page
    assert "ghi dở</textarea>" in page


def test_a_ready_answer_goes_to_the_end_of_the_draft(house: House, signed_in: Client):
    conversation = make_conversation(house.zalo)
    path = f"/console/c/{conversation.public_id}/answers/"

    assert "Đăng ký tạm trú" in signed_in.get(f"{path}?answer=tam+tru").content.decode()
    signed_in.post(path, {"text": "Chào chị.\n/", "answer": "dang-ky-tam-tru"})

    draft = Draft.objects.get().text
    assert draft.startswith("Chào chị.\n\nĐăng ký tạm trú")
    assert len(draft) <= 2000


def test_this_is_about_something_else(house: House, signed_in: Client):
    conversation = make_conversation(house.zalo)

    signed_in.post(f"/console/c/{conversation.public_id}/act/", {"act": "label", "kind": "lost_found"})

    assert LabelledExample.objects.get().kind == "lost_found"


def test_deliveries_by_hand_and_unknown_are_shown_and_decided(house: House, signed_in: Client):
    conversation = make_conversation(house.manual)
    make_delivery(conversation, "by_hand", "Mang căn cước")
    path = f"/console/c/{conversation.public_id}/"
    page = signed_in.get(path).content.decode()
    key = page.partition('name="delivery" value="')[2].partition('"')[0]

    assert 'data-copies="Mang căn cước"' in page
    signed_in.post(f"{path}delivery/", {"delivery": key, "act": "edit"})

    assert Delivery.objects.get().state == "cancelled"
    assert Draft.objects.get().text == "Mang căn cước"


def test_the_stop_switch_asks_first_and_shows_a_bar(house: House, signed_in: Client):
    path = f"/console/stop/{house.unit.public_id}/"

    assert "10 giây" in signed_in.get(path).content.decode()
    assert Unit.objects.get().sending_stopped_at is None
    signed_in.post(path, {"act": "stop"})
    assert "đang dừng gửi" in signed_in.get("/console/").content.decode()
    signed_in.post(path, {"act": "allow"})
    assert Unit.objects.get().sending_stopped_at is None


def test_an_alert_rings_until_somebody_takes_it(house: House, signed_in: Client):
    conversation = make_conversation(house.zalo, urgency=2)
    alert = DutyAlert.objects.create(unit=house.unit, conversation=conversation, created_at=clock.now())

    assert 'role="alert" data-ringing' in signed_in.get("/console/").content.decode()
    answer = signed_in.post(f"/console/alert/{alert.public_id}/accept/")

    assert answer.headers["Location"] == f"/console/c/{conversation.public_id}/"
    assert "data-ringing" not in signed_in.get("/console/").content.decode()


def test_polling_answers_304_until_something_changes(house: House, signed_in: Client):
    first = signed_in.get("/console/pulse/")
    tag = {"If-None-Match": first.headers["ETag"]}

    assert signed_in.get("/console/pulse/", headers=tag).status_code == 304
    make_conversation(house.zalo)
    assert signed_in.get("/console/pulse/", headers=tag).status_code == 200


def test_text_from_outside_is_data(house: House, signed_in: Client):
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7 }}"
    conversation = make_conversation(house.zalo, nasty)

    page = signed_in.get(f"/console/c/{conversation.public_id}/").content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_every_page_carries_the_policy_and_nothing_inline(house: House, signed_in: Client):
    conversation = make_conversation(house.zalo)
    paths = ["", f"c/{conversation.public_id}/", "desk/", "settings/", f"stop/{house.unit.public_id}/", "stop/"]

    for path in paths:
        answer = signed_in.get(f"/console/{path}")
        page = answer.content.decode()
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'; script-src 'self';")
        assert " style=" not in page
        assert "hx-on" not in page
        assert "<style" not in page


def test_two_hundred_conversations_cost_no_more_queries_than_one(house: House, signed_in: Client):
    make_conversation(house.zalo)
    forget_calendars()
    with CaptureQueriesContext(connection) as few:
        signed_in.get("/console/?view=unit")
    for number in range(200):
        make_conversation(house.zalo, f"Câu hỏi số {number}")

    forget_calendars()
    with CaptureQueriesContext(connection) as many:
        answer = signed_in.get("/console/?view=unit")

    assert len(many) == len(few)
    assert answer.content.count(b'class="row ') + answer.content.count(b'class="row"') == 50
    assert len(gzip.compress(answer.content, 9)) <= 30_000


def test_style_and_script_stay_within_the_budget():
    def size(*names: str) -> int:
        return sum(len(gzip.compress(Path(finders.find(name)).read_bytes(), 9)) for name in names)

    assert size("portal/binhyen.css", "console/console.css") <= 14_000
    assert size("django_htmx/htmx-2.min.js", "console/console.js") <= 50_000


def test_roles_that_do_not_read_get_no_inbox(house: House):
    editor = sign_in(make_officer(house.unit, "bien-tap", Role.PAGE_EDITOR))

    assert editor.get("/console/").headers["Location"] == "/console/settings/"
