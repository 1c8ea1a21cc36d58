"""Taking a question by telephone or at the counter, and what the procedures' votes show."""

from datetime import date

import pytest

from binhyen.console.tests.factories import House, make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.core.models import DailyCount
from binhyen.inbox.models import Conversation
from binhyen.units.models import Role
from binhyen.vault.tests.light_hashes import hash_lightly

pytestmark = pytest.mark.django_db
PATH = "/console/desk/question/"


def token_of(html: str) -> str:
    """The token the form carries, which makes a double press one question."""
    return html.partition('name="token" value="')[2].partition('"')[0]


@pytest.fixture
def house(monkeypatch) -> House:
    hash_lightly(monkeypatch)
    return make_house()


def test_what_is_wrong_is_said_and_what_was_typed_stays(house: House):
    client = sign_in(make_officer(house.unit, "may"))
    token = token_of(client.get(PATH).content.decode())

    empty = client.post(PATH, {"token": token, "text": "  "})
    long = client.post(PATH, {"token": token, "text": "ă" * 2001})
    stale = client.post(PATH, {"token": "short", "text": "làm căn cước"})

    assert [answer.status_code for answer in (empty, long, stale)] == [422, 422, 422]
    assert "2000" in long.content.decode()
    assert "làm căn cước</textarea>" in stale.content.decode()
    assert token_of(empty.content.decode()) == token
    assert not Conversation.objects.exists()


def test_a_double_press_is_one_question_with_one_code(house: House):
    client = sign_in(make_officer(house.unit, "may"))
    form = {"token": token_of(client.get(PATH).content.decode()), "text": "Tách hộ cần giấy tờ gì?"}

    first, second = client.post(PATH, form).content.decode(), client.post(PATH, form).content.decode()

    code = first[first.index("spoken-code") : first.index("spoken-code") + 200]
    assert code in second
    assert Conversation.objects.count() == 1


def test_votes_are_shown_by_whole_quarter_and_small_ones_are_hidden(house: House):
    client = sign_in(make_officer(house.unit, "soan", Role.PAGE_EDITOR))
    path = f"/console/procedures/{house.unit.public_id}/helped/"
    for day, name, count in (
        (date(2026, 8, 3), "yes.dang-ky-tam-tru", 12),
        (date(2026, 9, 1), "no.dang-ky-tam-tru", 4),
        (date(2026, 9, 2), "no.tach-ho", 7),
        (date(2026, 11, 2), "no.cap-the-can-cuoc", 33),
    ):
        DailyCount.objects.create(day=day, unit_key=house.unit.pk, name=f"procedure.helped.{name}", count=count)

    with clock.at(clock.now().replace(year=2026, month=11, day=28)):
        page = client.get(path).content.decode()
        gone = client.get(f"{path}?quarter=2026-Q4")

    assert "<td>12</td><td>&lt;5</td>" in page
    assert page.index("Tách hộ") < page.index("<td>12</td>")
    assert ">33<" not in page
    assert "/of/cap-the-can-cuoc/" not in page
    assert gone.status_code == 404
