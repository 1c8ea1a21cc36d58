"""Setting up units with their areas, numbers, officers and accounts: for `init` and for the demo."""

import json
from dataclasses import dataclass
from importlib import resources
from typing import Any

from django.db import transaction

from binhyen.channels.models import Account, Application
from binhyen.core import clock
from binhyen.core.yaml_text import parsed
from binhyen.units.models import Area, DirectoryEntry, Membership, Officer, Role, Unit, UnitKind, UnitName
from binhyen.units.national import commune_by_code
from binhyen.vault import keyring
from binhyen.workflows.seeding_groups import seed_groups
from binhyen.workflows.seeding_inbox import seed_replies
from binhyen.workflows.seeding_lost_found import seed_lost_found
from binhyen.workflows.seeding_posts import seed_posts

DEMO_APPLICATION = {
    "app_id": "1000000000000000001",
    "app_secret": "AppSecretOfTheDemo01",
    "oa_secret_key": "OaSecretKeyOfDemo01",
}
"""Keys of the simulated app; worthless outside the demo."""


@dataclass(frozen=True, slots=True)
class NewUnit:
    """What `init` asks for."""

    name: str
    short_name: str
    place_name: str
    slug: str
    duty_phone: str
    national_code: str = ""
    kind: str = UnitKind.COMMUNE_POLICE


@transaction.atomic
def set_up_unit(new: NewUnit) -> Unit:
    """Create the unit with every name it is found by, its portal account and its paste-in desk. Idempotent by slug."""
    unit, _ = Unit.objects.update_or_create(
        slug=new.slug,
        defaults={
            "kind": new.kind,
            "name": new.name,
            "short_name": new.short_name,
            "place_name": new.place_name,
            "duty_phone": new.duty_phone,
            "national_code": new.national_code,
        },
    )
    names = {name: True for name in (new.name, new.place_name) if name}
    commune = commune_by_code(new.national_code) if new.national_code else None
    names |= {f"{old}, {commune.province}": False for old in commune.old_names} if commune else {}
    for name, is_current in names.items():
        UnitName.objects.update_or_create(unit=unit, name=name, defaults={"is_current": is_current})
    for connector in ("web", "manual"):
        Account.objects.get_or_create(
            connector=connector, external_id=unit.public_id, defaults={"unit": unit, "name": new.short_name}
        )
    return unit


def add_officer(unit: Unit, username: str, full_name: str, roles: list[Role], password: str | None = None) -> Officer:
    """An officer with roles in one unit; an existing one keeps the password. Idempotent by username."""
    officer = Officer.objects.filter(username=username).first()
    if officer is None:
        officer = Officer.objects.create_user(username, password, full_name=full_name)
    for role in roles:
        Membership.objects.get_or_create(unit=unit, officer=officer, role=role)
    return officer


@transaction.atomic
def seed_demo() -> list[Unit]:
    """The three units of the demo, and what they have after some weeks of work. Idempotent."""
    units = seed_units()
    for unit in units:
        seed_replies(unit)
    seed_groups()
    seed_posts()
    seed_lost_found()
    return units


@transaction.atomic
def seed_units() -> list[Unit]:
    """The three units of the demo with areas, numbers, pages and officers. Idempotent."""
    application, _ = Application.objects.get_or_create(
        connector="zalo_oa",
        external_id=DEMO_APPLICATION["app_id"],
        defaults={"sealed_keys": keyring.seal("channel.keys", json.dumps(DEMO_APPLICATION).encode())},
    )
    return [_seed_unit(row, application) for row in _demo_rows()]


def demo_pages() -> list[tuple[str, str]]:
    """Pairs of page id and page name that the simulator has to know."""
    return [(row["page"]["oa_id"], row["page"]["name"]) for row in _demo_rows() if row.get("page")]


def _demo_rows() -> list[dict[str, Any]]:
    source = resources.files("binhyen.data") / "demo" / "units.yaml"
    rows: list[dict[str, Any]] = parsed(source.read_text(encoding="utf8"))
    return rows


def _seed_unit(row: dict[str, Any], application: Application) -> Unit:
    unit = set_up_unit(
        NewUnit(row["name"], row["short_name"], row["place_name"], row["slug"], row["duty_phone"], row["national_code"])
    )
    for field in ("office_hours", "street_address", "address_form", "has_api"):
        setattr(unit, field, row[field])
    unit.save(update_fields=["office_hours", "street_address", "address_form", "has_api"])
    for position, entry in enumerate(row["directory"]):
        DirectoryEntry.objects.get_or_create(
            unit=unit, title=entry["title"], area=None, defaults={"phone": entry["phone"], "position": position}
        )
    for position, place in enumerate(row["areas"], start=100):
        area, _ = Area.objects.get_or_create(
            unit=unit, name=place["name"], defaults={"household_count": place["households"]}
        )
        DirectoryEntry.objects.get_or_create(
            unit=unit, area=area, title=place["officer"], defaults={"phone": place["phone"], "position": position}
        )
    if page := row.get("page"):
        _seed_page(unit, application, page)
    add_officer(unit, "demo", "Đ/c Hùng (dùng thử)", [Role.DUTY_OFFICER, Role.UNIT_ADMINISTRATOR])
    return unit


def _seed_page(unit: Unit, application: Application, page: dict[str, str]) -> None:
    Account.objects.get_or_create(
        connector="zalo_oa",
        external_id=page["oa_id"],
        defaults={
            "unit": unit,
            "application": application,
            "name": page["name"],
            "token_expires_at": clock.now(),
        },
    )
