"""An administrator makes keys for other systems."""

import re

import pytest
from django.test import Client

from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.consumers.models import Consumer
from binhyen.units.models import Role

pytestmark = pytest.mark.django_db


def opened() -> tuple[Client, str]:
    unit = make_house().unit
    return sign_in(make_officer(unit, "qt", Role.UNIT_ADMINISTRATOR)), f"/console/settings/{unit.public_id}/systems/"


def test_a_key_is_shown_once_and_opens_what_was_ticked():
    client, path = opened()
    made = client.post(path, {"name": "Cổng xã", "scope": ["directory:read"], "calls_per_minute": "30"})
    key = re.search(r"by_[\w-]{40,}", made.content.decode()).group()
    caller = Client(headers={"authorization": f"Bearer {key}"})
    assert caller.get("/api/v1/units/thach-binh/directory").status_code == 200
    assert caller.get("/api/v1/units/thach-binh/procedures").status_code == 404
    assert key not in client.get(path).content.decode()
    assert "Đọc số điện thoại" in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"name": " ", "scope": ["directory:read"], "calls_per_minute": "30"}, "Hãy ghi khóa này"),
        ({"name": "A", "calls_per_minute": "30"}, "Chọn ít nhất một việc"),
        ({"name": "A", "scope": ["everything"], "calls_per_minute": "30"}, "Chọn ít nhất một việc"),
        ({"name": "A", "scope": ["directory:read"], "calls_per_minute": "nhiều"}, "lần gọi mỗi phút"),
    ],
)
def test_wrong_input_is_named_and_kept(form: dict[str, object], words: str):
    client, path = opened()
    answer = client.post(path, form)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert f'value="{form["name"]}"' in answer.content.decode()
    assert Consumer.objects.count() == 0


def test_a_lost_key_is_renewed_and_a_needless_one_cut_off():
    client, path = opened()
    first = re.search(
        r"by_[\w-]{40,}",
        client.post(path, {"name": "A", "scope": ["directory:read"], "calls_per_minute": "30"}).content.decode(),
    ).group()
    page = f"{path}{Consumer.objects.get().public_id}/"
    second = re.search(r"by_[\w-]{40,}", client.post(page, {"act": "renew"}).content.decode()).group()
    statuses = [
        Client(headers={"authorization": f"Bearer {key}"}).get("/api/v1/units").status_code for key in (first, second)
    ]
    assert statuses == [401, 200]
    assert client.post(page, {"act": "revoke"}).status_code == 302
    assert Client(headers={"authorization": f"Bearer {second}"}).get("/api/v1/units").status_code == 401
    assert "đã cắt" in client.get(path).content.decode()


def test_without_allowed_hosts_the_page_says_why_no_webhook_can_be_added():
    client, path = opened()
    client.post(path, {"name": "A", "scope": ["posts:read"], "calls_per_minute": "30"})
    page = f"{path}{Consumer.objects.get().public_id}/"
    assert "BINHYEN_WEBHOOK_HOSTS" in client.get(page).content.decode()
    answer = client.post(page, {"act": "subscribe", "url": "https://example.vn/x", "event": ["post.published"]})
    assert answer.status_code == 422
    assert "Không báo được tới địa chỉ này" in answer.content.decode()
