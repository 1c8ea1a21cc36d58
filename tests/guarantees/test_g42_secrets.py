"""G42: connector secrets are sealed at rest, never shown again, can be changed, and stay out of logs and errors.

That a race of two processes keeps one valid token is in src/binhyen/channels/tests/test_tokens_killed.py.
"""

import logging
from collections.abc import Iterator

import pytest
from django.db import connection

from binhyen.channels import consent, tokens
from binhyen.channels.accounts import credentials_for, keys_for_application
from binhyen.channels.applications import AppKeys, change_key, register_application, shown_keys
from binhyen.channels.connector import Genuine, Outbound
from binhyen.channels.models import Account, Application
from binhyen.channels.registry import connector_for
from binhyen.channels.tests.live import HOA, PAGE, Zalo, running_zalo
from binhyen.channels.tests.pages import KEYS, new_page, new_unit
from binhyen.channels.zalo_oa import api, oauth, sending
from binhyen.channels.zalo_oa.tests.calls import signed_event, text_event
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible
from binhyen.core.logs import SingleLineFormatter

WORDS = "CANARY-WORDS nhà số 12"
zalo_oa = connector_for("zalo_oa")


@pytest.fixture(scope="module")
def zalo_url() -> Iterator[str]:
    with running_zalo() as url:
        yield url


@pytest.fixture
def zalo(zalo_url, monkeypatch) -> Iterator[Zalo]:
    monkeypatch.setenv("BINHYEN_ZALO_API_URL", zalo_url)
    monkeypatch.setenv("BINHYEN_ZALO_OAUTH_URL", zalo_url)
    configuration.cache_clear()
    driver = Zalo(zalo_url)
    driver.do("reset")
    driver.do("say", user_id=HOA, text=WORDS)
    sending.forget_all()
    yield driver
    driver.http.close()
    monkeypatch.undo()
    configuration.cache_clear()


@pytest.fixture
def page(db, zalo) -> Account:
    pair = zalo.do("tokens", oa_id=PAGE)
    return new_page(new_unit(), pair["access_token"], pair["refresh_token"])


def secrets_of(account: Account) -> list[str]:
    keys = credentials_for(account)
    return [keys[name] for name in ("access_token", "refresh_token", "app_secret", "oa_secret_key")]


def database() -> bytes:
    """Every value of every row, as the database gives it."""
    found = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # a name from the database itself
            for row in cursor.fetchall():
                found += b" ".join(
                    bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in row
                )
    return found


def test_sealed_at_rest(page):
    secrets = secrets_of(page)
    consent.begin_consent(page.application, page.unit, "https://x.example/back", officer_key=1)
    tokens.fresh_credentials(page)
    stored = database()
    assert page.external_id.encode() in stored
    for secret in [*secrets, *secrets_of(Account.objects.get(pk=page.pk))]:
        assert secret.encode() not in stored


def test_a_settings_page_gets_four_characters_at_most(page):
    shown = str(shown_keys(page.application))
    for secret in secrets_of(page)[2:]:
        assert secret not in shown
        assert secret[-5:] not in shown
    assert "ts01" in shown


def test_values_that_hold_secrets_do_not_print_them():
    pair = oauth.TokenPair("CANARY-AT", "CANARY-RT", 1)
    app = AppKeys("1", "CANARY-APP", "CANARY-OA", "CANARY-V")
    answer = api.Answer(0, "", {"text": "CANARY"})
    assert "CANARY" not in f"{pair!r} {app!r} {answer!r}"


def test_changed_secrets_are_in_force_at_once(page):
    call = signed_event(text_event())
    assert isinstance(zalo_oa.verify(call, keys_for_application(page.application)), Genuine)
    change_key(page.unit_id, page.application, "oa_secret_key", "another-secret-key", actor_key=1)
    changed = keys_for_application(Application.objects.get(pk=page.application_id))
    assert not isinstance(zalo_oa.verify(call, changed), Genuine)
    register_application(page.unit_id, KEYS, actor_key=1)
    restored = keys_for_application(Application.objects.get(pk=page.application_id))
    assert isinstance(zalo_oa.verify(call, restored), Genuine)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("api_url", "http://evil.example"),
        ("app_id", "2"),
        ("oa_secret_key:x", "a"),
        ("mac_first_term", "any"),
        ("app_secret", ""),
    ],
)
def test_only_known_keys_can_be_set(page, name, value):
    with pytest.raises(NotPossible):
        change_key(page.unit_id, page.application, name, value, actor_key=1)


FAULTS = [
    None,
    *({"kind": kind, "when": "after"} for kind in ("drop", "reset", "wrong_json")),
    {"kind": "http", "status": 502},
    {"kind": "error", "code": -216},
    {"kind": "error", "code": -201, "message": "text is invalid!"},
]


@pytest.mark.parametrize("path", ["/v3.0/oa/message/cs", "/v4/oa/access_token"])
@pytest.mark.parametrize("fault", FAULTS)
def test_logs_and_errors_show_nothing(page, zalo, caplog, path, fault):
    caplog.set_level(logging.DEBUG)
    secrets = secrets_of(page)
    if fault:
        zalo.do("faults", path=path, **fault)
    found = [str(zalo_oa.send(Outbound(HOA, WORDS), credentials_for(page)))]
    try:
        tokens.fresh_credentials(page)
    except NotPossible as error:
        logging.getLogger("binhyen").exception("renewal failed")
        found.append(repr(error))
    found += [SingleLineFormatter().format(record) for record in caplog.records]
    found.append(database().decode("utf8", "replace"))
    for secret in [*secrets, *secrets_of(Account.objects.get(pk=page.pk)), WORDS]:
        assert secret not in "\n".join(found)


def test_redaction_of_a_whole_call():
    line = zalo_oa.redact(
        '{"sender":{"id":"7000000000000000011"},"message":{"text":"CANARY \\"nhà\\" số 12","msg_id":"a1"}} '
        "mac=6a481669a12b59872c864780766bd9cb563f1d9e access_token: sim-at-CANARY 0912345678 +84912345678 "
        'refresh_token="CANARY" X-ZEvent-Signature'
    )
    for secret in ("CANARY", "7000000000000000011", "6a481669", "912345678", "số 12"):
        assert secret not in line
    assert '"msg_id":"a1"' in line
