"""`binhyen doctor` shows what the webhook door sent away today."""

import json
from datetime import timedelta

import pytest

from binhyen.cli.main import main
from binhyen.core import clock
from binhyen.core.counting import count

pytestmark = pytest.mark.django_db


def webhook_findings(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str, bool]]:
    main(["doctor", "--json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    return [(one["state"], one["found"], bool(one["mend"])) for one in findings if one["about"] == "webhook"]


def test_a_mistyped_webhook_address_is_noticed(capsys: pytest.CaptureFixture[str]) -> None:
    count("hooks.dropped.unknown_address", 3)
    count("hooks.refused.method", 2)
    count("hooks.stored", 9)
    assert webhook_findings(capsys) == [
        ("warning", "hooks.dropped.unknown_address: 3 today", True),
        ("ok", "hooks.refused.method: 2 today", False),
    ]


@pytest.mark.parametrize("name", ["hooks.not_stored", "hooks.failed", "hooks.refused.keys_away", "jobs.buried.intake"])
def test_what_was_not_kept_or_not_worked_is_told_with_what_to_do(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    count(name)
    assert webhook_findings(capsys) == [("warning", f"{name}: 1 today", True)]


def test_a_quiet_day_is_said_to_be_one(capsys: pytest.CaptureFixture[str]) -> None:
    with clock.at(clock.now() - timedelta(days=1)):
        count("hooks.dropped.unknown_address", 3)
    assert webhook_findings(capsys) == [("ok", "no call was dropped or refused today", False)]
