"""Signed-in browsers for the console's tests; units and conversations come from the inbox's factories."""

from datetime import timedelta

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from binhyen.console.code_steps import LAST_STEP
from binhyen.console.sign_in import ACTED_AT, STARTED_AT
from binhyen.core import clock
from binhyen.inbox.tests.factories import (
    PASSWORD,
    SECRET,
    House,
    make_conversation,
    make_delivery,
    make_house,
    make_officer,
)
from binhyen.units import actions
from binhyen.units.models import Officer

__all__ = [
    "PASSWORD",
    "SECRET",
    "House",
    "age_session",
    "code_now",
    "has_code_generator",
    "make_conversation",
    "make_delivery",
    "make_house",
    "make_officer",
    "shown_code",
    "sign_in",
    "sign_in_on_pages",
    "type_password",
]


def shown_code() -> str:
    """The code a telephone shows now; opens once."""
    return format_hotp_value(hotp_value(SECRET, list(yield_hotp_counters_from_time())[1]))


def code_now() -> str:
    """The code a telephone shows now; may be used again, as after half a minute."""
    cache.clear()
    for authenticator in Authenticator.objects.filter(type="totp", data__has_key=LAST_STEP):
        del authenticator.data[LAST_STEP]
        authenticator.save(update_fields=["data"])
    return shown_code()


def type_password(client: Client, username: str, password: str = PASSWORD) -> object:
    """The first step of signing in."""
    return client.post("/console/sign-in/", {"login": username, "password": password})


def sign_in(officer: Officer, client: Client | None = None) -> Client:
    """A browser as both steps leave it, without walking through their pages; `test_sign_in` compares the two."""
    client = client or Client()
    client.force_login(officer, AuthenticationBackend.__module__ + ".AuthenticationBackend")
    session, now = client.session, clock.now().timestamp()
    code = Authenticator.objects.get(user=officer, type="totp")
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": now, "username": officer.username},
        {"method": "mfa", "at": now, "id": code.pk, "type": code.type},
    ]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(officer.pk)
    session[STARTED_AT] = session[ACTED_AT] = now
    session.set_expiry(0)
    session.save()
    UserSession.objects.create(user=officer, session_key=session.session_key or "", ip="127.0.0.1")
    actions.keep_only_session(officer, session.session_key or "")
    actions.record_for_officer(officer, "officer.signed_in")
    return client


def sign_in_on_pages(officer: Officer, client: Client | None = None) -> Client:
    """A browser that went through both steps."""
    client = client or Client()
    type_password(client, officer.username)
    answer = client.post("/console/sign-in/code/", {"code": code_now()})
    assert answer.status_code == 302, answer.content
    assert answer.headers["Location"] == "/console/"
    return client


def age_session(client: Client, started: timedelta = timedelta(0), acted: timedelta = timedelta(0)) -> None:
    """Make a session look older, second factor included."""
    session = client.session
    session[STARTED_AT] -= started.total_seconds()
    session[ACTED_AT] -= acted.total_seconds()
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= started.total_seconds()
    session.save()


def has_code_generator(officer: Officer) -> bool:
    """Whether the officer still has one."""
    return Authenticator.objects.filter(user=officer, type="totp").exists()
