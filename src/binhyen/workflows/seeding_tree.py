"""What stands above the demo's units: their provinces and the nation, so that every level has its page of figures."""

from binhyen.units.demo_officer import DEMO_USERNAME
from binhyen.units.models import Role, Unit, UnitKind
from binhyen.units.national import commune_by_code
from binhyen.units.tree import place
from binhyen.workflows.seeding import add_officer

NATION_SLUG = "ca-nuoc"
DUTY_PHONE = "0900000000"
"""Invented; every unit has a number, as `binhyen doctor` asks."""


def seed_tree(units: list[Unit]) -> Unit:
    """The nation, with a province over each unit; the demo's officer sees their figures. Idempotent.

    The units above have no page and no door of their own: residents never meet them.
    """
    nation, _ = Unit.objects.get_or_create(
        slug=NATION_SLUG,
        defaults={
            "name": "Bộ Công an (dùng thử)",
            "short_name": "Bộ Công an",
            "kind": UnitKind.MINISTRY,
            "duty_phone": DUTY_PHONE,
        },
    )
    for unit in units:
        commune = commune_by_code(unit.national_code)
        if commune is None:
            continue
        name = f"Công an {commune.province[0].lower()}{commune.province[1:]}"
        defaults = {"name": name, "short_name": "Công an tỉnh", "national_code": commune.province_code}
        province, _ = Unit.objects.get_or_create(
            slug=f"tinh-{commune.province_code}",
            defaults={**defaults, "kind": UnitKind.PROVINCE_POLICE, "duty_phone": DUTY_PHONE},
        )
        place(province, nation)
        place(unit, province)
    add_officer(
        nation, DEMO_USERNAME, "", [Role.PAGE_EDITOR]
    )  # sees figures; the work of the day stays in the communes
    return nation
