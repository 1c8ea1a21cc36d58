"""Groups and QR codes of the demo."""

from datetime import timedelta
from importlib import resources
from typing import Any

from binhyen.core import clock
from binhyen.core.yaml_text import parsed
from binhyen.groups.models import CountSource, Group, GroupCount, GroupKind, JoinCode
from binhyen.groups.rules import name_for
from binhyen.units.models import Area, Unit


def seed_groups() -> None:
    """The register of the demo's units. Idempotent by link."""
    source = resources.files("binhyen.data") / "demo" / "groups.yaml"
    for of_unit in parsed(source.read_text(encoding="utf8")):
        unit = Unit.objects.get(slug=of_unit["unit"])
        for row in of_unit["groups"]:
            _seed_group(unit, row)


def _seed_group(unit: Unit, row: dict[str, Any]) -> None:
    area = Area.objects.filter(unit=unit, name=row["area"]).first()
    group, is_new = Group.objects.get_or_create(
        unit=unit,
        link=f"https://zalo.me/g/{row['link']}",
        defaults={
            "area": area,
            "kind": row.get("kind", GroupKind.MANUAL),
            "name": row.get("name") or name_for(row["area"]),
            "admin_role": row.get("admin_role", ""),
            "created_at": clock.now(),
        },
    )
    if is_new and "households" in row:
        GroupCount.objects.create(
            group=group,
            unit=unit,
            household_count=row["households"],
            member_count=row["members"],
            counted_on=clock.today() - timedelta(days=row["days_ago"]),
            source=CountSource.TYPED,
            created_at=clock.now(),
        )
    if row.get("code"):
        JoinCode.objects.get_or_create(
            code=row["code"],
            defaults={
                "unit": unit,
                "area": area,
                "group": group,
                "batch": "P-2026-001",
                "printed_on": clock.today() - timedelta(days=30),
                "created_at": clock.now(),
            },
        )
