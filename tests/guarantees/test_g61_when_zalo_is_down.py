"""G61: while Zalo is down messages wait in order; what may have been sent is parked for a person, never repeated."""

from datetime import timedelta

import pytest

from binhyen.channels.models import Account, AccountState
from binhyen.core import clock
from binhyen.inbox.models import Delivery, DeliveryState
from binhyen.inbox.sending import send_due
from binhyen.workflows.asking import ask_by_portal, behind_code
from tests.faults.outgoing import plan
from tests.flows.living_page import LivingPage, page, zalo_url

__all__ = ["page", "zalo_url"]

SEND = "/v3.0/oa/message/cs"


def states() -> list[str]:
    return list(Delivery.objects.order_by("id").values_list("state", flat=True))


def send_everything() -> None:
    for _ in range(20):
        if not send_due():
            return


@pytest.mark.parametrize(("when", "arrived"), [("before", 0), ("after", 1)])
@pytest.mark.parametrize("kind", ["drop", "reset", "http", "wrong_json"])
def test_an_answer_that_is_lost_parks_the_message(page: LivingPage, kind: str, when: str, arrived: int) -> None:
    page.zalo.do("settings", auto_residents=True, echoes=False)
    page.zalo.do("faults", path=SEND, kind=kind, when=when)
    plan(page.account, 1)
    send_everything()
    with clock.at(clock.now() + timedelta(days=1)):
        send_everything()
    assert states() == ["unknown"]
    assert len(page.zalo.sent()) == arrived


def test_after_an_unknown_one_the_rest_of_the_conversation_goes_on_in_order(page: LivingPage) -> None:
    page.zalo.do("settings", auto_residents=True, echoes=False)
    page.zalo.do("faults", path=SEND, kind="drop", when="before")
    plan(page.account, 4, per_person=4)
    send_everything()
    assert states() == ["unknown", "sent", "sent", "sent"]
    assert [message["text"] for message in page.zalo.sent()] == ["số 2", "số 3", "số 4"]


def test_the_echo_of_a_parked_message_proves_that_it_arrived(page: LivingPage) -> None:
    page.says("Chào ạ")
    page.zalo.do("faults", path=SEND, kind="drop", when="after")
    page.work()
    page.zalo.do("settle")
    page.work()
    assert states() == ["sent"]


def test_zalo_out_of_reach_means_later_and_in_order(page: LivingPage, monkeypatch: pytest.MonkeyPatch) -> None:
    from binhyen.core.configuration import configuration

    page.zalo.do("settings", auto_residents=True)
    plan(page.account, 12, per_person=3)
    monkeypatch.setenv("BINHYEN_ZALO_API_URL", "http://127.0.0.1:9")
    configuration.cache_clear()
    send_everything()
    assert set(states()) == {"planned"}
    assert Account.objects.get(pk=page.account.pk).held_until is not None
    monkeypatch.setenv("BINHYEN_ZALO_API_URL", page.zalo.url)
    configuration.cache_clear()
    with clock.at(clock.now() + timedelta(minutes=11)):
        send_everything()
    assert set(states()) == {"sent"}
    for person in {message["user_id"] for message in page.zalo.sent()}:
        numbers = [int(message["text"].split()[1]) for message in page.heard(person)]
        assert numbers == sorted(numbers)


def test_a_revoked_token_stops_the_page_and_loses_nothing(page: LivingPage) -> None:
    plan(page.account, 3)
    page.zalo.do("revoke")
    send_everything()
    page.work()
    assert Account.objects.get(pk=page.account.pk).state == AccountState.NEEDS_CONSENT
    assert set(states()) == {"planned"}


def test_an_old_token_is_renewed_once_and_the_message_goes_out(page: LivingPage) -> None:
    page.zalo.do("settings", auto_residents=True)
    page.zalo.do("faults", path=SEND, kind="error", code=-216)
    plan(page.account, 1)
    send_everything()
    assert states() == ["sent"]
    assert len(page.zalo.sent()) == 1


def test_after_seven_days_nothing_is_asked_of_zalo(page: LivingPage) -> None:
    plan(page.account, 1)
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        send_everything()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.why) == (DeliveryState.REFUSED, "window_closed")


def test_the_portal_goes_on_without_zalo(page: LivingPage) -> None:
    from binhyen.workflows.intake import work_intake

    Account.objects.create(unit=page.unit, connector="web", external_id=page.unit.public_id)
    page.zalo.do("faults", path="*", kind="drop", count=1000)
    code = ask_by_portal(page.unit, "Đăng ký tạm trú cho người thuê trọ cần giấy tờ gì?")
    work_intake()
    send_everything()
    thread = behind_code(code)
    page.zalo.http.delete("/_sim/faults")
    assert thread is not None
    assert len(thread.messages) == 2
    assert "tạm trú" in thread.messages[1].text.lower()
