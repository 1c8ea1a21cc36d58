"""Delivery of webhooks: the retry ladder, duplicates, order, the lost subscription."""

import pytest

from binhyen.simulator.tests.driver import HOA, Driver

LADDER_S = [30, 300, 900, 1800, 3600]


def deliveries(sim: Driver) -> list[dict]:
    """All deliveries as the control API shows them."""
    return sim.http.get("/_sim/deliveries").json()["deliveries"]


def test_say_answers_with_status_and_id(sim: Driver) -> None:
    answer = sim.do("say", user_id=HOA, text="chào")
    assert answer["http_status"] == 200
    assert answer["state"] == "delivered"
    assert sim.receiver.events[0]["message"]["msg_id"] == answer["msg_id"]
    sim.receiver.statuses.append(401)
    assert sim.do("say", user_id=HOA, text="chào")["http_status"] == 401


def test_nothing_listening(sim: Driver) -> None:
    sim.do("settings", webhook_url="http://127.0.0.1:1/nowhere")
    answer = sim.do("say", user_id=HOA, text="chào")
    assert answer["http_status"] is None
    assert answer["problem"] == "connection failed"


def test_ladder_repeats_the_same_bytes_with_num_retry(sim: Driver) -> None:
    sim.receiver.statuses.extend([500] * 5)
    sim.say()
    for number, step_s in enumerate(LADDER_S, start=1):
        sim.advance(step_s - 20)
        assert len(sim.receiver.got) == number
        sim.advance(21)
        assert sim.receiver.got[number][0]["num_retry"] == str(number)
    assert "num_retry" not in sim.receiver.got[0][0]
    assert len({raw for _headers, raw in sim.receiver.got}) == 1
    assert len({headers["x-zevent-signature"] for headers, _raw in sim.receiver.got}) == 1
    assert deliveries(sim)[0]["state"] == "delivered"


def test_whole_ladder_in_one_step_and_the_subscription_is_lost(sim: Driver) -> None:
    sim.receiver.statuses.extend([500] * 6)
    sim.say()
    sim.advance(3 * 3600)
    assert len(sim.receiver.got) == 6
    assert deliveries(sim)[0]["state"] == "given up"
    assert sim.do("say", user_id=HOA, text="nữa")["state"] == "not subscribed"
    assert len(sim.receiver.got) == 6
    sim.do("subscribe")
    assert sim.do("say", user_id=HOA, text="nữa")["http_status"] == 200


def test_retry_only_when_the_connection_fails(sim: Driver) -> None:
    sim.do("settings", retry_on="connection_failure")
    sim.receiver.statuses.append(500)
    sim.say()
    sim.advance(3 * 3600)
    assert len(sim.receiver.got) == 1
    url = sim.http.get("/_sim/settings").json()["webhook_url"]
    sim.do("settings", webhook_url="http://127.0.0.1:1/nowhere")
    sim.say()
    sim.do("settings", webhook_url=url)
    sim.advance(31)
    assert len(sim.receiver.got) == 2


def test_retries_run_by_themselves_in_compressed_time(sim: Driver) -> None:
    sim.do("settings", retry_scale=0.001)
    sim.receiver.statuses.append(500)
    sim.say()
    for _ in range(200):
        if len(sim.receiver.got) == 2:
            break
        sim.do("settle")
    assert sim.receiver.got[1][0]["num_retry"] == "1"


def test_duplicates(sim: Driver) -> None:
    sim.do("settings", duplicates=2)
    sim.say()
    assert len(sim.receiver.got) == 3
    assert len({raw for _headers, raw in sim.receiver.got}) == 1


def test_redelivery_of_one_event(sim: Driver) -> None:
    number = sim.do("say", user_id=HOA, text="a")["delivery"]
    sim.do("redeliver", delivery=number, num_retry=1)
    assert sim.receiver.got[0][1] == sim.receiver.got[1][1]
    assert sim.receiver.got[1][0]["num_retry"] == "1"


@pytest.mark.parametrize("order", ["as_held", "reversed", "shuffled"])
def test_held_events_are_released_once_each(sim: Driver, order: str) -> None:
    sim.do("hold")
    sent = [sim.do("say", user_id=HOA, text=f"tin {number}")["msg_id"] for number in range(6)]
    assert sim.receiver.got == []
    sim.do("release", order=order)
    arrived = [event["message"]["msg_id"] for event in sim.receiver.events]
    assert sorted(arrived) == sorted(sent)
    if order == "as_held":
        assert arrived == sent


def test_released_events_can_be_doubled(sim: Driver) -> None:
    sim.do("hold")
    sim.say()
    sim.do("release", order="reversed", duplicates=1)
    assert len(sim.receiver.got) == 2


def test_echo_of_an_api_send_and_of_an_officer(sim: Driver) -> None:
    sim.do("settings", echoes=True, receipts=True)
    sim.say()
    sim.sign_in()
    msg_id = sim.send({"text": "Chào cô"})["data"]["message_id"]
    sim.do("settle")
    assert sim.receiver.names == ["user_send_text", "oa_send_text", "user_received_message"]
    echo = sim.receiver.events[1]
    assert echo["message"] == {"text": "Chào cô", "msg_id": msg_id}
    assert echo["sender"] == {"id": "2000000000000000001"}
    assert sim.receiver.events[2]["message"] == {"msg_id": msg_id}
    sim.do("officer", user_id=HOA, text="Em gọi lại")
    assert sim.receiver.events[3]["sender"]["admin_id"] == "7000000000000000901"
    assert [row["text"] for row in sim.messages()] == ["Chào cô", "Em gọi lại"]


def test_no_webhook_at_all(sim: Driver) -> None:
    sim.do("settings", webhook_url=None)
    assert sim.do("say", user_id=HOA, text="a")["state"] == "no webhook"
