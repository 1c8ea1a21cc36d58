"""Writes about consumers: keys, subscriptions, and telling what happened."""

import base64
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from binhyen.audit import actions as audit
from binhyen.consumers.models import CallWindow, Consumer, Notice, NoticeState, Subscription
from binhyen.consumers.queries import key_hash
from binhyen.consumers.rules import ApiScope, NoticeEvent, window_start
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible, TryAgain
from binhyen.core.outgoing_address import check_outgoing_address
from binhyen.core.text import clean
from binhyen.units.models import Unit
from binhyen.units.queries import ADMINISTRATOR_ROLES
from binhyen.units.scope import Scope
from binhyen.vault.keyring import seal

SECRET_PURPOSE = "consumers.webhook"  # noqa: S105 - the name of a purpose
MINUTE_S, DAY_S = 60, 86_400


@transaction.atomic
def create_consumer(
    scope: Scope, unit: Unit, name: str, scopes: Iterable[str], calls_per_minute: int = 60
) -> tuple[Consumer, str]:
    """A new consumer and its key, which nobody can read again.

    Raises NotPossible: consumer_name_missing, consumer_scope_missing, consumer_limit(least, most).
    """
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    name = clean(name).strip()[:100]
    if not name:
        raise NotPossible("consumer_name_missing")
    key = _new_key()
    consumer = Consumer(
        unit=unit,
        name=name,
        scopes=_checked_scopes(scopes),
        key_hash=key_hash(key),
        key_end=key[-4:],
        calls_per_minute=_checked_limit(calls_per_minute),
        created_by_id=scope.officer_id,
        created_at=clock.now(),
    )
    consumer.save(force_insert=True)
    _record(scope, consumer, "consumer.created")
    return consumer, key


@transaction.atomic
def change_consumer(scope: Scope, consumer: Consumer, scopes: Iterable[str], calls_per_minute: int) -> None:
    """Set its rights and its limit. Raises NotPossible as `create_consumer`."""
    scope.check(consumer.unit_id, ADMINISTRATOR_ROLES)
    consumer.scopes = _checked_scopes(scopes)
    consumer.calls_per_minute = _checked_limit(calls_per_minute)
    consumer.save(update_fields=["scopes", "calls_per_minute"])
    _record(scope, consumer, "consumer.changed")


@transaction.atomic
def renew_key(scope: Scope, consumer: Consumer) -> str:
    """A new key; the old one is dead at once."""
    scope.check(consumer.unit_id, ADMINISTRATOR_ROLES)
    key = _new_key()
    consumer.key_hash, consumer.key_end, consumer.is_active = key_hash(key), key[-4:], True
    consumer.save(update_fields=["key_hash", "key_end", "is_active"])
    _record(scope, consumer, "consumer.key_renewed")
    return key


@transaction.atomic
def revoke_consumer(scope: Scope, consumer: Consumer) -> None:
    """Cut it off: its key opens nothing and its webhooks are told nothing any more."""
    scope.check(consumer.unit_id, ADMINISTRATOR_ROLES)
    consumer.is_active = False
    consumer.save(update_fields=["is_active"])
    consumer.subscriptions.update(is_active=False)
    _record(scope, consumer, "consumer.revoked")


@transaction.atomic
def subscribe(scope: Scope, consumer: Consumer, url: str, events: Iterable[str]) -> tuple[Subscription, str]:
    """Tell an address about `events`; gives the signing secret (Standard Webhooks, "whsec_..."), shown once.

    Raises NotPossible: webhook_address (not HTTPS, not on the operator's list BINHYEN_WEBHOOK_HOSTS, not a public
    machine), webhook_event_missing.
    """
    scope.check(consumer.unit_id, ADMINISTRATOR_ROLES)
    url = url.strip()[:500]
    try:
        check_outgoing_address(url, configuration().webhook_hosts, "webhook_address")
    except TryAgain:
        raise NotPossible("webhook_address") from None
    wanted = sorted({event for event in events if event in set(NoticeEvent)} - {NoticeEvent.TEST})
    if not wanted:
        raise NotPossible("webhook_event_missing")
    secret = f"whsec_{_base64(secrets.token_bytes(32))}"
    subscription = Subscription.objects.create(
        consumer=consumer,
        url=url,
        events=wanted,
        sealed_secret=seal(SECRET_PURPOSE, secret.encode()),
        created_at=clock.now(),
    )
    _record(scope, consumer, "consumer.subscribed", subscription=subscription.public_id)
    return subscription, secret


@transaction.atomic
def unsubscribe(scope: Scope, consumer: Consumer, subscription: Subscription) -> None:
    """Forget an address and what was told to it."""
    scope.check(consumer.unit_id, ADMINISTRATOR_ROLES)
    _record(scope, consumer, "consumer.unsubscribed", subscription=subscription.public_id)
    subscription.delete()


@transaction.atomic
def send_test(scope: Scope, consumer: Consumer, subscription: Subscription) -> Notice:
    """Plan a notice that says nothing but that the line works."""
    scope.check(consumer.unit_id, ADMINISTRATOR_ROLES)
    return _plan(subscription, NoticeEvent.TEST, {"unit": consumer.unit.slug})


@transaction.atomic
def replay(scope: Scope, consumer: Consumer, notice: Notice) -> None:
    """Send a notice again under its old id, from the first try on."""
    scope.check(consumer.unit_id, ADMINISTRATOR_ROLES)
    notice.state, notice.due_at, notice.attempts, notice.why = NoticeState.PLANNED, clock.now(), 0, ""
    notice.finished_at = None
    notice.save(update_fields=["state", "due_at", "attempts", "why", "finished_at"])
    _record(scope, consumer, "consumer.replayed", notice=notice.public_id)


def announce(unit: Unit, event: NoticeEvent, facts: Mapping[str, str]) -> int:
    """Plan a notice for every active subscription of the unit and of the units above it; the number planned.

    `facts` are ids, codes and addresses, never words of a resident. Joins the caller's transaction.
    """
    above, keys = unit, [unit.pk]
    while above.parent is not None:
        above = above.parent
        keys.append(above.pk)
    rows = Subscription.objects.filter(is_active=True, consumer__is_active=True, consumer__unit_id__in=keys)
    wanted = [row for row in rows.order_by("id") if event in row.events]
    for row in wanted:
        _plan(row, event, {"unit": unit.slug, **facts})
    return len(wanted)


@transaction.atomic
def take_call(consumer: Consumer) -> int:
    """Count one call; 0 when it is within the limits, else the whole seconds until the window that is full ends."""
    now = clock.now()
    for length_s, most in ((MINUTE_S, consumer.calls_per_minute), (DAY_S, consumer.calls_per_day)):
        starts_at = window_start(now, length_s)
        where = {"consumer": consumer, "length_s": length_s, "starts_at": starts_at}
        if not CallWindow.objects.filter(**where, count__lt=most).update(count=F("count") + 1):
            _, is_new = CallWindow.objects.get_or_create(**where, defaults={"count": 1})
            if not is_new:
                return max(1, int((starts_at + timedelta(seconds=length_s) - now).total_seconds()) + 1)
    if consumer.last_used_on != clock.today():
        Consumer.objects.filter(pk=consumer.pk).update(last_used_on=clock.today())
    return 0


def _plan(subscription: Subscription, event: NoticeEvent, facts: Mapping[str, str]) -> Notice:
    now = clock.now()
    body = {"type": event.value, "timestamp": now.isoformat(timespec="seconds"), "data": dict(facts)}
    return Notice.objects.create(
        subscription=subscription,
        event=event.value,
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        created_at=now,
        due_at=now,
    )


def _new_key() -> str:
    return f"by_{secrets.token_urlsafe(32)}"


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _checked_scopes(scopes: Iterable[str]) -> list[str]:
    wanted = sorted({scope for scope in scopes if scope in set(ApiScope)})
    if not wanted:
        raise NotPossible("consumer_scope_missing")
    return wanted


def _checked_limit(calls_per_minute: int) -> int:
    if not 1 <= calls_per_minute <= 6_000:
        raise NotPossible("consumer_limit", least=1, most=6_000)
    return calls_per_minute


def _record(scope: Scope, consumer: Consumer, action: str, **facts: str) -> None:
    audit.record(consumer.unit_id, action, actor_key=scope.officer_id, subject=consumer.public_id, facts=facts)
