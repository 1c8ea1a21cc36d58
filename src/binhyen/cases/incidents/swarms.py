"""Many people telling of one event within minutes, in reports and in messages alike: a card and a ringing alert.

The words stay sealed: the row holds a count, keyed hashes that lead back to no report, and place and first words under
a key of their own (ADR 17).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.cases import reports
from binhyen.cases.conflicts import CASE_ROLES
from binhyen.cases.incidents.models import ReportSwarm
from binhyen.cases.incidents.told import hash_of, key_of_case, key_of_message
from binhyen.cases.models import Case, CaseConflict
from binhyen.cases.queries import cases_for
from binhyen.cases.reports import Report, content_purpose
from binhyen.cases.routes import MOVED, lookup_hash
from binhyen.cases.rules import officers_named
from binhyen.core import clock
from binhyen.core.text import fold
from binhyen.inbox.alerts import keep_from, ring
from binhyen.inbox.models import Direction, Message
from binhyen.language.personal_data import hide_for_reading
from binhyen.language.places import Gazetteer
from binhyen.language.report_places import commonest_place
from binhyen.language.swarms import WINDOW_S, Swarm, SwarmWatch
from binhyen.units.models import Area, Officer
from binhyen.units.scope import Scope
from binhyen.vault.content_keys import new_wrapped_key, open_under, seal_under, unwrapped
from binhyen.vault.keyring import keyed_hash

RULE = "swarm.first_look"
"""Clock whose length sets the ladder of the alert (deadlines.yaml)."""
WINDOW = timedelta(seconds=WINDOW_S)
MOST_LOOKED_AT = 200
"""Reports and messages of a unit that are compared, the newest of the last ten minutes."""
SHOWN_FOR = timedelta(hours=24)
REPORTED_KINDS = ("report", "emergency")
_WORDS = 160


class Card(msgspec.Struct, frozen=True):
    """What is sealed of a swarm."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class HotCard:
    """A swarm as an officer reads it."""

    swarm: ReportSwarm
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class _Told:
    """One report or message of the last minutes, opened."""

    at: datetime
    sender: str
    key: str
    text: str
    place: str = ""
    case_pk: int = 0
    words: str = ""
    """What was told, without the place, which the card shows by itself."""


def look_for_swarms(unit_id: int) -> int:
    """Compare what reached the unit within ten minutes; the number of swarms that are new. Each rings once."""
    told = _told(unit_id)
    watch = SwarmWatch()
    for one in told:
        watch.add(one.at.timestamp(), one.sender, one.text, one.key)
    by_key = {one.key: one for one in told}
    return sum(_note(unit_id, swarm, [by_key[key] for key in swarm.keys]) for swarm in watch.standing())


def units_with_messages(since: datetime) -> set[int]:
    """Units that got a report-like message since then."""
    rows = Message.objects.filter(created_at__gt=since, direction=Direction.INBOUND, kind__in=REPORTED_KINDS)
    return set(rows.values_list("unit_id", flat=True).distinct())


def hot_cards_for(scope: Scope) -> list[HotCard]:
    """Cards of the last day for whoever works cases, newest first; the first look of each officer is recorded."""
    units, since = scope.units_with(CASE_ROLES), clock.now() - SHOWN_FOR
    rows = list(ReportSwarm.objects.filter(unit_id__in=units, made_at__gt=since).order_by("-made_at")[:20])
    hidden = _hidden_from(scope, units, since - WINDOW) if rows else set()
    found = [
        row for row in rows if scope.officer_id not in row.excluded_officer_ids and hidden.isdisjoint(row.told_hashes)
    ]
    for row in found:
        if scope.officer_id not in row.shown_to:
            _note_look(row.pk, row.unit_id, scope.officer_id)
    return [_opened(row) for row in found]


def _hidden_from(scope: Scope, units: Collection[int], since: datetime) -> set[str]:
    """Hashes of cases the officer may not see, set aside since or gone up: a card with one of them is none (G7)."""
    cases = Case.objects.filter(unit_id__in=units, received_at__gt=since).exclude(pk__in=cases_for(scope).values("pk"))
    return {hash_of(key_of_case(pk)) for pk in cases.values_list("pk", flat=True)}


@transaction.atomic
def _note_look(pk: int, unit_id: int, officer_id: int) -> None:
    row = ReportSwarm.objects.select_for_update().get(pk=pk)
    row.shown_to = sorted({*row.shown_to, officer_id})
    row.save(update_fields=["shown_to"])
    audit.record(unit_id, "swarm.read", actor_key=officer_id, subject=row.public_id)


def forget_old() -> int:
    """Cards older than a day go; the number."""
    return ReportSwarm.objects.filter(made_at__lte=clock.now() - SHOWN_FOR).delete()[0]


def _told(unit_id: int) -> list[_Told]:
    since = clock.now() - WINDOW
    cases = Case.objects.filter(unit_id=unit_id, received_at__gt=since, goes_up=False, split_from=None)
    cases = cases.exclude(wrapped_key=b"").select_related("route").order_by("-received_at")[:MOST_LOOKED_AT]
    messages = Message.objects.filter(unit_id=unit_id, created_at__gt=since, direction=Direction.INBOUND)
    messages = (
        messages.filter(kind__in=REPORTED_KINDS)
        .exclude(text__in=("", MOVED))
        .select_related("conversation")
        .order_by("-created_at")
    )
    told = [_of_case(case, report) for case in cases if (report := reports.readable_report(case))]
    told += [_of_message(one) for one in messages[:MOST_LOOKED_AT]]
    return sorted(told, key=lambda one: (one.at, one.key))[-MOST_LOOKED_AT:]


def _of_case(case: Case, report: Report) -> _Told:
    """Nobody knows who sent it: the same words count once, and so does a chat that also wrote."""
    route = getattr(case, "route", None)
    sender = route.lookup_hash if route else keyed_hash("case.swarm", fold(report.text))
    place = ", ".join(part for part in (report.area, report.place) if part)
    return _Told(case.received_at, sender, key_of_case(case.pk), f"{report.text}\n{place}", place, case.pk, report.text)


def _of_message(message: Message) -> _Told:
    sender = lookup_hash(message.conversation.public_id)
    return _Told(message.created_at, sender, key_of_message(message.pk), message.text, words=message.text)


def _note(unit_id: int, swarm: Swarm, told: Sequence[_Told]) -> bool:
    """Keep the swarm's count; whether it is new and rings now."""
    hashes = [hash_of(one.key) for one in told]
    excluded = _excluded(unit_id, told)
    with transaction.atomic():
        known = ReportSwarm.objects.select_for_update().filter(unit_id=unit_id, changed_at__gt=clock.now() - WINDOW)
        row = next((one for one in known if set(one.told_hashes) & set(hashes)), None)
        if row is None:
            row, is_new = _made(unit_id, swarm, told, hashes)
            if is_new:
                row.excluded_officer_ids = sorted(excluded)
                row.save(update_fields=["excluded_officer_ids"])
                ring(unit_id, RULE, row.public_id, "/console/today/", excluded)
                audit.record(unit_id, "swarm.noticed", actor_key=None, subject=row.public_id)
            return is_new
        if set(hashes) - set(row.told_hashes):
            row.count = max(row.count, swarm.count)
            row.told_hashes = list(dict.fromkeys([*row.told_hashes, *hashes]))[-MOST_LOOKED_AT * 2 :]
            row.excluded_officer_ids = sorted(excluded | set(row.excluded_officer_ids))
            row.changed_at = clock.now()
            row.save()
            keep_from(row.public_id, row.excluded_officer_ids)
    return False


def _made(unit_id: int, swarm: Swarm, told: Sequence[_Told], hashes: list[str]) -> tuple[ReportSwarm, bool]:
    """The row, and whether this worker was the first to make it."""
    now, wrapped = clock.now(), new_wrapped_key(content_purpose(unit_id))
    first = min(told, key=lambda one: (one.at, one.key))
    card = Card(_place_of(unit_id, told), hide_for_reading(" ".join(first.words.split()))[:_WORDS])
    sealed = seal_under(unwrapped(content_purpose(unit_id), wrapped), "swarm", msgspec.json.encode(card))
    return ReportSwarm.objects.get_or_create(
        unit_id=unit_id,
        first_hash=hashes[0],
        defaults={
            "count": swarm.count,
            "wrapped_key": wrapped,
            "sealed_card": sealed,
            "told_hashes": hashes,
            "made_at": now,
            "changed_at": now,
        },
    )


def _place_of(unit_id: int, told: Sequence[_Told]) -> str:
    """As a reporter wrote it, a hamlet of the unit that one of them names, or the place most of them speak of."""
    if written := next((one.place for one in told if one.place), ""):
        return hide_for_reading(written)
    hamlets = Gazetteer(Area.objects.filter(unit_id=unit_id).values_list("name", flat=True))
    hamlet = next((name for one in told for name in hamlets.find(one.text)), "")
    return hamlet or commonest_place([one.text for one in told])


def _excluded(unit_id: int, told: Sequence[_Told]) -> set[int]:
    """Officers whose name one of them tells, or who are set aside in one of the cases (G7)."""
    members = Officer.objects.filter(memberships__unit=unit_id).distinct()
    named = officers_named("\n".join(one.text for one in told), dict(members.values_list("pk", "full_name")))
    cases: Collection[int] = [one.case_pk for one in told if one.case_pk]
    return named | set(CaseConflict.objects.filter(case__in=cases).values_list("officer_id", flat=True))


def _opened(row: ReportSwarm) -> HotCard:
    key = unwrapped(content_purpose(row.unit_id), bytes(row.wrapped_key))
    card = msgspec.json.decode(open_under(key, "swarm", bytes(row.sealed_card)), type=Card)
    return HotCard(row, card.place, card.words)
