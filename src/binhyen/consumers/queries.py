"""Reads about consumers; those of officers take the scope, those of the API take the consumer."""

from binhyen.consumers.models import Consumer, Notice, Subscription
from binhyen.consumers.rules import ApiScope
from binhyen.core.errors import NotAllowed
from binhyen.units.models import Unit
from binhyen.units.queries import ADMINISTRATOR_ROLES, access_unit
from binhyen.units.scope import Scope
from binhyen.vault.keyring import keyed_hash

NOTICES_SHOWN = 50


def key_hash(key: str) -> str:
    """What is stored of a key: it holds 256 random bits, so that a fast keyed hash is enough."""
    return keyed_hash("consumers.key", key)


def consumer_with_key(key: str) -> Consumer | None:
    """The active consumer of a key, None for a wrong or revoked one."""
    if not 20 <= len(key) <= 100:
        return None
    return Consumer.objects.select_related("unit").filter(key_hash=key_hash(key), is_active=True).first()


def units_of(consumer: Consumer) -> list[Unit]:
    """The consumer's unit and all units below it, by name."""
    found = [consumer.unit]
    level = [consumer.unit_id]
    while level:
        below = list(Unit.objects.filter(parent_id__in=level))
        found += below
        level = [unit.pk for unit in below]
    return sorted(found, key=lambda unit: unit.name)


def access_unit_of(consumer: Consumer, slug: str, wanted: ApiScope) -> Unit:
    """The unit with this address, when the key covers it and holds the right. Raises NotAllowed."""
    unit = Unit.objects.filter(slug=slug).first()
    if unit is None or wanted not in consumer.scopes:
        raise NotAllowed
    above: Unit | None = unit
    while above is not None and above.pk != consumer.unit_id:
        above = above.parent
    if above is None:
        raise NotAllowed
    return unit


def consumers_for(scope: Scope, unit: Unit) -> list[Consumer]:
    """All consumers of the unit, active ones first."""
    scope.check(unit.pk, ADMINISTRATOR_ROLES)
    return list(Consumer.objects.filter(unit=unit).order_by("-is_active", "name"))


def access_consumer(scope: Scope, unit_id: str, consumer_id: str) -> Consumer:
    """A consumer of a unit the officer administers. Raises NotAllowed."""
    unit = access_unit(scope, unit_id, ADMINISTRATOR_ROLES)
    found = Consumer.objects.select_related("unit").filter(unit=unit, public_id=consumer_id).first()
    if found is None:
        raise NotAllowed
    return found


def access_subscription(consumer: Consumer, subscription_id: str) -> Subscription:
    """A subscription of that consumer. Raises NotAllowed."""
    found = consumer.subscriptions.filter(public_id=subscription_id).first()
    if found is None:
        raise NotAllowed
    return found


def access_notice(consumer: Consumer, notice_id: str) -> Notice:
    """A notice to that consumer. Raises NotAllowed."""
    found = Notice.objects.filter(subscription__consumer=consumer, public_id=notice_id).first()
    if found is None:
        raise NotAllowed
    return found


def latest_notices(consumer: Consumer) -> list[Notice]:
    """The newest notices of a consumer, newest first."""
    rows = Notice.objects.filter(subscription__consumer=consumer).select_related("subscription").order_by("-id")
    return list(rows[:NOTICES_SHOWN])
