"""The units of this server as the portal shows them: read once, kept in the process for half a minute."""

import time
from dataclasses import dataclass
from datetime import datetime

from binhyen.cases.conflicts import is_read_above
from binhyen.channels.models import Account
from binhyen.core.text import fold
from binhyen.outreach.queries import board
from binhyen.units.directory import AreaNumber, directory_now
from binhyen.units.models import Unit, UnitName

FRESH_S = 30.0
LATEST = 3
"""Posts shown on the unit's home."""
MOST_FOUND = 30
"""Units listed for one search; who sees that many types the province as well."""
MOST_REORGANISATIONS = 10
"""Successors followed from an old address."""
_MOST_READ = 600
"""Names compared word by word after the database has narrowed them down."""


@dataclass(frozen=True, slots=True)
class ZaloPage:
    """A page of the unit as residents can check it."""

    name: str
    page_id: str

    @property
    def address(self) -> str:
        """Where the page is found in Zalo."""
        return f"https://zalo.me/{self.page_id}"


@dataclass(frozen=True, slots=True)
class UnitHere:
    """Everything public of one unit."""

    id: int
    parent_id: int | None
    slug: str
    name: str
    short_name: str
    place_name: str
    address_form: str
    """bà con, bạn or quý vị."""
    duty_phone: str
    office_hours: str
    street_address: str
    numbers: tuple[tuple[str, str], ...]
    """Pairs of title and phone, without those of areas."""
    areas: tuple[AreaNumber, ...]
    pages: tuple[ZaloPage, ...]
    is_read_above: bool = False
    """Somebody of the superior unit works here what is about this unit itself (G7)."""
    superior: str = ""
    """Name of the superior unit."""
    superior_phone: str = ""


LatestPosts = tuple[tuple[str, str, datetime | None], ...]
"""Public id, title and time of each."""
_kept: dict[str, tuple[float, UnitHere]] = {}
_kept_posts: dict[int, tuple[float, LatestPosts]] = {}


def unit_at(slug: str) -> UnitHere | None:
    """The unit with this address, at most half a minute old."""
    kept = _kept.get(slug)
    if kept and time.monotonic() - kept[0] < FRESH_S:
        return kept[1]
    unit = unit_for_address(slug)
    if unit is None:
        _kept.pop(slug, None)
        return None
    here = _read(unit)
    _kept[slug] = (time.monotonic(), here)
    return here


def unit_for_address(slug: str) -> Unit | None:
    """The unit that answers at this address: its own, a former one, or the one successor of a closed unit."""
    unit = Unit.objects.filter(slug=slug).first() or Unit.objects.filter(former_addresses__slug=slug).first()
    for _ in range(MOST_REORGANISATIONS):
        if unit is None or unit.closed_on is None:
            return unit
        successors = list(unit.successors.all()[:2])
        if len(successors) != 1:
            return unit
        unit = successors[0]
    return unit


def forget_units() -> None:
    """Drop what is kept; for tests."""
    _kept.clear()
    _kept_posts.clear()


def latest_posts(unit: UnitHere) -> LatestPosts:
    """The newest posts on the board, at most half a minute old; only the unit's home shows them."""
    kept = _kept_posts.get(unit.id)
    if kept is None or time.monotonic() - kept[0] >= FRESH_S:
        rows = board(unit.id).values_list("public_id", "title", "published_at")
        kept = _kept_posts[unit.id] = (time.monotonic(), tuple(rows[:LATEST]))
    return kept[1]


def only_slug() -> str:
    """Address of the unit when the server holds just one, else ""."""
    slugs = list(Unit.objects.values_list("slug", flat=True)[:2])
    return slugs[0] if len(slugs) == 1 else ""


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """One line of the list to choose from."""

    slug: str
    name: str
    place_name: str
    former_name: str
    """The old name that matched, "" when the present one did."""


def units_matching(words: str) -> list[FoundUnit]:
    """Units whose present or former name holds all `words`, marks ignored; present names first. One query.

    Parts of words count only when no name holds the whole words.
    """
    wanted = fold(words).split()[:8]
    rows = UnitName.objects.select_related("unit").order_by("-is_current", "folded")
    if not wanted:
        rows = rows.filter(is_current=True)
    for word in wanted:
        rows = rows.filter(folded__contains=word)
    read = list(rows[:_MOST_READ])
    whole = [row for row in read if set(wanted) <= set(row.folded.split())]
    found: dict[str, FoundUnit] = {}
    for row in whole or read:
        former = "" if row.is_current else row.name
        found.setdefault(row.unit.slug, FoundUnit(row.unit.slug, row.unit.name, row.unit.place_name, former))
    return list(found.values())[:MOST_FOUND]


def _read(unit: Unit) -> UnitHere:
    directory = directory_now(unit)
    pages = Account.objects.filter(unit=unit, connector="zalo_oa").order_by("id")
    return UnitHere(
        id=unit.pk,
        parent_id=unit.parent_id,
        slug=unit.slug,
        name=unit.name,
        short_name=unit.short_name,
        place_name=unit.place_name,
        address_form=unit.address_form,
        duty_phone=unit.duty_phone,
        office_hours=unit.office_hours,
        street_address=unit.street_address,
        numbers=tuple((number.title, number.phone) for number in directory.numbers),
        areas=directory.areas,
        pages=tuple(ZaloPage(page.name or unit.name, page.external_id) for page in pages),
        is_read_above=is_read_above(unit.parent_id),
        superior=unit.parent.name if unit.parent else "",
        superior_phone=unit.parent.duty_phone if unit.parent else "",
    )
