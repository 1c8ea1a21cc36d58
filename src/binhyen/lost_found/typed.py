"""What an officer or a resident typed about a lost or found thing or person, before it becomes a record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from binhyen.lost_found.models import Category
from binhyen.units.models import Area


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed about a record."""

    kind: str
    category: str = Category.OTHER
    description: str = ""
    first_name: str = ""
    age_band: str = ""
    clothing: str = ""
    place: str = ""
    area: Area | None = None
    happened_on: date | None = None
    contact_name: str = ""
    contact_phone: str = ""
    proof: Sequence[tuple[str, str]] = ()
    value_vnd: int | None = None
    storage_cost_vnd: int = 0
    legal_basis: str = ""
    basis_note: str = ""
    picture_is_fit: bool = False
