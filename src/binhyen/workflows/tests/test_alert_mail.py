"""Alerts by mail: to a real mail server over a socket, outside any transaction, a dead server holding nothing back."""

from collections.abc import Iterator

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.db import transaction

from binhyen.core import clock
from binhyen.core.mail import mail_settings
from binhyen.core.tests.post_office import PostOffice, open_post_office
from binhyen.inbox.models import AlertNotice, DutyAlert, NoticeState, OfficerZalo
from binhyen.inbox.tests.factories import make_conversation, make_house, make_officer
from binhyen.workflows.alerting import NEUTRAL, SUBJECT, climb_ladders, send_notices

pytestmark = pytest.mark.django_db(transaction=True)


class Watched(EmailBackend):
    """Django's own, which also notes whether the database was held meanwhile."""

    was_held: list[bool] = []

    def send_messages(self, email_messages: list[object]) -> int:
        self.was_held.append(transaction.get_connection().in_atomic_block)
        return super().send_messages(email_messages)


@pytest.fixture
def post_office(settings) -> Iterator[PostOffice]:
    with open_post_office() as office:
        _, server = mail_settings(f"smtp://127.0.0.1:{office.server_address[1]}")
        Watched.was_held.clear()
        settings.EMAIL_BACKEND = f"{__name__}.Watched"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        yield office


def ring(*addresses: str) -> None:
    house = make_house()
    for number, address in enumerate(addresses):
        officer = make_officer(house.unit, f"can-bo-{number}")
        officer.email = address
        officer.save()
    DutyAlert.objects.create(unit=house.unit, conversation=make_conversation(house.web), created_at=clock.now())
    climb_ladders()


def test_a_neutral_letter_reaches_the_officer_while_nothing_is_held(post_office):
    ring("hung@binhyen.test")
    assert send_notices() == 1
    (letter,) = post_office.letters
    assert (letter["To"], letter["Subject"].strip()) == ("hung@binhyen.test", SUBJECT)
    assert NEUTRAL.split("{", maxsplit=1)[0] in letter.get_content()
    assert Watched.was_held == [False]
    assert AlertNotice.objects.get().state == NoticeState.SENT
    assert send_notices() == 0


def test_an_address_that_is_refused_keeps_nobody_else_waiting(post_office):
    ring("xa@refused.test", "may@binhyen.test")
    assert [send_notices(), send_notices()].count(1) == 1
    assert [letter["To"] for letter in post_office.letters] == ["may@binhyen.test"]
    waiting = AlertNotice.objects.get(state=NoticeState.PLANNED)
    assert (waiting.officer.email, waiting.why, waiting.attempts) == ("xa@refused.test", "SMTPRecipientsRefused", 1)


def test_a_dead_mail_server_holds_back_neither_zalo_nor_the_next_look(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = f"{__name__}.Watched", "127.0.0.1", 9
    Watched.was_held.clear()
    house = make_house()
    for number in range(3):
        officer = make_officer(house.unit, f"can-bo-{number}")
        officer.email = f"{number}@binhyen.test"
        officer.save()
    chat = make_conversation(house.zalo, "TRUC", at=clock.now())
    OfficerZalo.objects.create(officer=officer, contact=chat.contact)
    DutyAlert.objects.create(unit=house.unit, conversation=make_conversation(house.web), created_at=clock.now())
    climb_ladders()
    assert send_notices() == 1
    assert chat.deliveries.count() == 1
    assert len(Watched.was_held) == 1
