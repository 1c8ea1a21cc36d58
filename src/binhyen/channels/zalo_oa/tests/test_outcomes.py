"""Every code of Zalo's table has exactly one outcome."""

from datetime import UTC, datetime

import pytest

from binhyen.channels.connector import Later, OutcomeUnknown, Refused, Sent
from binhyen.channels.zalo_oa.api import Answer, HttpRefusal, Lost, NotSent
from binhyen.channels.zalo_oa.outcomes import error_table, outcome_for, outcome_of
from binhyen.core import clock

CODES = [
    (family, int(code), row)
    for family, part in error_table()["families"].items()
    for code, row in part["codes"].items()
    if code != "0"
]
EXPECTED = {
    "never": Refused, "human": Refused, "after_refresh": Later, "after_fix": Later, "backoff": Later,
    "reschedule": Later,
}  # fmt: skip


def test_the_whole_table_is_covered():
    assert len(CODES) == 110


@pytest.mark.parametrize(("family", "code", "row"), CODES, ids=lambda value: str(value)[:12])
def test_code(family, code, row):
    outcome = outcome_for(family, code, row["message"])
    assert type(outcome) is EXPECTED[row["retry"]]
    assert str(code) in outcome.why
    if isinstance(outcome, Later):
        assert outcome.needs_new_token is (row["retry"] == "after_refresh")
        assert 0 <= outcome.after_s <= 86_400
    else:
        assert outcome.hint
        assert outcome.stops_account is (row["retry"] == "human" and code not in {-248, -237})


@pytest.mark.parametrize(("family", "code", "row"), [one for one in CODES if "also" in one[2]])
def test_second_meaning_by_text(family, code, row):
    for other in row["also"]:
        assert type(outcome_for(family, code, other["message"])) is EXPECTED[other["retry"]]


def test_every_code_of_the_page_family_through_an_answer():
    with clock.at(datetime(2026, 11, 24, 2, tzinfo=UTC)):
        for _, code, row in [one for one in CODES if one[0] == "oa"]:
            assert outcome_of(Answer(code, row["message"], {})) == outcome_for("oa", code, row["message"])


def test_a_code_never_seen_waits_for_a_person():
    assert outcome_for("oa", -9999) == Refused("zalo-9999", hint="operator")


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (NotSent("network_ConnectError"), Later),
        (Lost("http_502"), OutcomeUnknown),
        (HttpRefusal(403), Refused),
        (HttpRefusal(302), Refused),
        (HttpRefusal(429), Later),
    ],
)
def test_network_and_gateway(reply, expected):
    assert type(outcome_of(reply)) is expected


@pytest.mark.parametrize(
    ("quota", "kind", "left"),
    [
        ({"quota_type": "sub_quota", "remain": "487", "total": "500"}, "sub_quota", 487),
        ({"quota_type": "reply", "remain": 8}, "reply", 8),
        ({"quota_type": "reply"}, "reply", None),
        ("odd", "", None),
        (None, "", None),
    ],
)
def test_quota(quota, kind, left):
    assert outcome_of(Answer(0, "", {"message_id": "m1", "quota": quota})) == Sent("m1", kind, left)


def test_a_night_refusal_waits_for_the_morning_in_vietnam():
    with clock.at(datetime(2026, 11, 24, 16, 5, tzinfo=UTC)):  # 23:05 in Vietnam
        assert outcome_for("oa", -234).after_s == 7 * 3600


def test_a_spent_quota_waits_for_the_next_day_in_vietnam():
    with clock.at(datetime(2026, 11, 24, 16, 5, tzinfo=UTC)):
        assert outcome_for("oa", -211).after_s == 3600


def test_a_rate_limit_waits_for_the_next_minute():
    with clock.at(datetime(2026, 11, 24, 16, 5, 50, tzinfo=UTC)):
        assert outcome_for("oa", -32).after_s == 11
