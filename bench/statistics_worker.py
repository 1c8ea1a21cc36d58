"""Fills a database for the benchmark of figures and does what happens inside: `python -m bench.statistics_worker FULL`.

It invents the nation and prints addresses and a session. Then it reads lines: `messages 5000` stores up to so many
messages of a day and prints how many there are; `roll-up` counts that day.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

COMMUNES = 3_321
SAMPLES = 12
"""Pages of each level that are looked at in turn."""
WATCHER = "do-so-lieu"


def prepare(is_full: int) -> dict[str, Any]:
    """Two years of the nation with every day, or one of sampled months; a commander who is signed in."""
    from bench.tables import make_tables

    _write_fast()
    make_tables()
    from binhyen.core.working_time import add_months
    from binhyen.vault.keyring import create_keyring
    from binhyen.workflows.invented_nation import InventedNation, Size

    create_keyring()
    nation = InventedNation(Size(COMMUNES, 2 if is_full else 1))
    nation.sampled_until = None if is_full else add_months(nation.months[-1], 1)
    for _month in nation.steps():
        pass
    _settle()
    return {
        "cookie": _session(nation.top),
        "pages": _pages(nation.top),
        "period": f"{nation.months[-1]:%Y-%m}",
        "months": len(nation.months),
    }


_FAST = {
    "sqlite": ("PRAGMA synchronous=OFF", "PRAGMA secure_delete=OFF", "PRAGMA cache_size=-262144"),
    "postgresql": (
        *("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off"),
        *("ALTER SYSTEM SET max_wal_size = '4GB'", "ALTER SYSTEM SET autovacuum = off", "SELECT pg_reload_conf()"),
        # Keys are not looked up one by one: the loader takes them from the rows it has just written.
        *("SET session_replication_role = replica", "SET synchronous_commit = off"),
    ),
}
_AS_EVER = {
    "sqlite": (),
    "postgresql": (
        # What autovacuum does within a minute after so many new rows, at once; the loader has looked over them.
        *(f"VACUUM {table}" for table in ("units_unit", "units_unitname", "units_area")),
        *(f"VACUUM statistics_{table}" for table in ("dayfigures", "monthfigures", "areafigures")),
        *("ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()", "CHECKPOINT"),
    ),
}


def _write_fast() -> None:
    """A database need not survive a power cut while it is filled; `_settle` ends that before anything is measured."""
    _set(_FAST)


def _settle() -> None:
    """The settings of the product again, also those of the connection."""
    from django.db import connection

    _set(_AS_EVER)
    connection.close()


def _set(statements: Mapping[str, Sequence[str]]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


def _pages(top: Any) -> dict[str, list[tuple[str, int]]]:
    """Address and rows shown of each page, by level."""
    from django.db.models import Count

    from binhyen.units.models import Area, Unit

    provinces = list(Unit.objects.filter(parent=top).annotate(n=Count("children")).order_by("n"))
    chosen = provinces[:: max(1, len(provinces) // SAMPLES)][:SAMPLES]
    communes = Unit.objects.filter(parent__in=chosen[::4]).annotate(n=Count("areas")).order_by("slug")
    few = list(communes)[:: max(1, communes.count() // SAMPLES)][:SAMPLES]
    hamlets = [Area.objects.filter(unit=unit, household_count__gte=20).order_by("pk")[0] for unit in few]
    return {
        "nation": [(f"?unit={top.public_id}", len(provinces) + COMMUNES)],
        "province": [(f"?unit={unit.public_id}", unit.n) for unit in chosen],
        "commune": [(f"?unit={unit.public_id}", unit.n) for unit in few],
        "hamlet": [(f"{area.unit.public_id}/hamlets/{area.public_id}/?", 12) for area in hamlets],
        "year": [(f"{provinces[-1].public_id}/year.csv?", 0)],
    }


def _session(unit: Any) -> str:
    from django.conf import settings
    from django.test import Client

    from binhyen.console.tests.factories import make_officer, sign_in
    from binhyen.units.models import Role

    client = sign_in(make_officer(unit, WATCHER, Role.COMMANDER), Client(headers={"host": "127.0.0.1"}))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def messages(count: int) -> dict[str, Any]:
    """So many messages in all, one conversation a commune, all on the day that is counted."""
    from binhyen.core.many_rows import insert_rows
    from binhyen.inbox.models import Conversation, Message

    if not Conversation.objects.exists():
        _conversations(_day())
    rooms = list(Conversation.objects.values_list("pk", "unit_id"))
    at, have = _day(), Message.objects.count()
    insert_rows(
        [
            Message(
                conversation_id=rooms[number % len(rooms)][0], unit_id=rooms[number % len(rooms)][1],
                direction="inbound", author="resident", text="Làm căn cước cần gì ạ?", folded="lam can cuoc can gi a",
                sent_at=at, created_at=at,
            )
            for number in range(have, count)
        ],
    )  # fmt: skip
    return {"messages": Message.objects.count()}


def _conversations(at: datetime) -> None:
    from binhyen.channels.models import Account
    from binhyen.core.many_rows import insert_rows
    from binhyen.inbox.models import Contact, Conversation

    accounts = [Account(unit_id=pk, connector="web", external_id=f"w{pk}", name="Cổng") for pk in _units()]
    insert_rows(accounts)
    contacts = [
        Contact(unit_id=one.unit_id, account=one, external_id=f"c{one.pk}", created_at=at, last_interaction_at=at)
        for one in accounts
    ]
    insert_rows(contacts)
    insert_rows(
        [
            Conversation(
                unit_id=one.unit_id, account_id=one.account_id, contact=one, number=1, state="waiting",
                waiting_since=at, last_message_at=at, last_inbound_at=at, changed_at=at, preview="x",
            )
            for one in contacts
        ]
    )  # fmt: skip


def roll_up() -> dict[str, Any]:
    """Seconds of counting one day of all units from their rows, and what the day holds then."""
    from binhyen.core.many_rows import insert_rows
    from binhyen.groups.models import Group
    from binhyen.statistics.models import DayFigures
    from binhyen.statistics.rolling_up import roll_up as count_day
    from binhyen.units.models import Area

    at = _day() - timedelta(days=30)
    insert_rows(
        [
            Group(unit_id=unit, area_id=pk, name="Nhóm", link=f"https://zalo.me/g/{pk}", created_at=at)
            for pk, unit in Area.objects.values_list("pk", "unit_id")
        ],
    )
    day = _day().date()
    started = time.perf_counter()
    count_day(day)
    seconds = time.perf_counter() - started
    top = DayFigures.objects.filter(day=day, unit__slug="mau-ca-nuoc").get().counts
    return {"seconds": seconds, "units": DayFigures.objects.filter(day=day).count(), "messages_in": top["messages_in"]}


def _units() -> list[int]:
    from binhyen.units.models import Unit, UnitKind

    return list(Unit.objects.filter(kind=UnitKind.COMMUNE_POLICE).values_list("pk", flat=True))


def _day() -> datetime:
    """Noon of the last day that was invented."""
    from binhyen.statistics.models import DayFigures

    last = DayFigures.objects.order_by("-day").values_list("day", flat=True)[0]
    return datetime(last.year, last.month, last.day, 5, tzinfo=UTC)


def main() -> None:
    """Prepare, then do what each line says; one line of JSON for each."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "binhyen.settings"
    import django

    django.setup()
    _tell(prepare(int(sys.argv[1])))
    work: dict[str, Callable[..., dict[str, Any]]] = {"messages": messages, "roll-up": roll_up}
    for line in sys.stdin:
        verb, *rest = line.split()
        _tell(work[verb](*map(int, rest)))


def _tell(found: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
