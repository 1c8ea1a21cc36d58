"""What a hot card was made of: keyed hashes lead from a report or message to its cards, and none leads back."""

from collections.abc import Iterable

from binhyen.cases.incidents.models import ReportSwarm
from binhyen.vault.keyring import keyed_hash


def key_of_case(pk: int) -> str:
    """What a report is called here."""
    return f"case:{pk}"


def key_of_message(pk: int) -> str:
    """What a message is called here."""
    return f"message:{pk}"


def hash_of(key: str) -> str:
    """What is kept of a key."""
    return keyed_hash("case.swarm", key)


def cards_with(unit_id: int, keys: Iterable[str]) -> list[ReportSwarm]:
    """The unit's cards that were made of one of these."""
    rows = list(ReportSwarm.objects.filter(unit_id=unit_id))
    told = {hash_of(key) for key in keys} if rows else set()
    return [row for row in rows if not told.isdisjoint(row.told_hashes)]


def forget_told(unit_id: int, keys: Iterable[str]) -> None:
    """What was told under these keys is erased: cards that may hold its first words go at once."""
    ReportSwarm.objects.filter(pk__in=[row.pk for row in cards_with(unit_id, keys)]).delete()
