"""Forms of pages from before the present session: a calm page in Vietnamese, nothing done, nothing typed lost."""

from urllib.parse import quote

import pytest
from django.test import Client

from binhyen.console.tests.factories import make_conversation, make_house, make_officer, sign_in
from binhyen.inbox.models import Direction, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation():
    return make_conversation(make_house().zalo)


def strict(client: Client) -> Client:
    client.handler.enforce_csrf_checks = True
    return client


def test_what_was_typed_is_shown_and_the_way_back(conversation):
    client = strict(sign_in(make_officer(conversation.unit, "may")))
    page = f"/console/c/{conversation.public_id}/"

    answer = client.post(
        f"{page}reply/", {"text": "Mời <b>bác</b> ra"}, headers={"Referer": f"http://testserver{page}"}
    )

    shown = answer.content.decode()
    assert answer.status_code == 403
    assert "Chưa gửi được" in shown
    assert "Mời &lt;b&gt;bác&lt;/b&gt; ra" in shown
    assert f'href="{page}"' in shown
    assert not Message.objects.filter(direction=Direction.OUTBOUND).exists()


def test_another_site_cannot_put_words_on_the_page(conversation):
    client = strict(sign_in(make_officer(conversation.unit, "may")))
    headers = {"Referer": "http://elsewhere.example/"}
    answer = client.post(f"/console/c/{conversation.public_id}/reply/", {"text": "Chuyển tiền"}, headers=headers)
    assert answer.status_code == 403
    assert "Chuyển tiền" not in answer.content.decode()


@pytest.mark.parametrize("checks_csrf", [True, False])
def test_who_has_no_session_any_more_sees_the_words_and_signs_in_and_comes_back(conversation, checks_csrf: bool):
    client = Client(enforce_csrf_checks=checks_csrf)
    page = f"/console/c/{conversation.public_id}/"
    answer = client.post(f"{page}reply/", {"text": "Chào bác"}, headers={"Referer": f"http://testserver{page}"})
    shown = answer.content.decode()
    assert answer.status_code == 401
    assert "Chào bác" in shown
    assert f'href="/console/sign-in/?next={quote(page, safe="")}"' in shown


def test_a_draft_that_cannot_be_kept_does_not_take_the_page_away(conversation):
    page = f"/console/c/{conversation.public_id}/"
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
    answer = Client().post(f"{page}draft/", {"text": "Chào b"}, headers=headers)
    assert answer.status_code == 401
    assert "HX-Redirect" not in answer.headers


def test_elsewhere_the_page_is_calm_too(conversation):
    answer = strict(Client()).post(f"/{conversation.unit.slug}/hoi/", {"q": "tạm trú"})
    assert answer.status_code in (400, 405)
    assert "CSRF" not in answer.content.decode()
