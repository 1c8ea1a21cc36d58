"""Pure decisions about groups: names, links, codes, coverage, when a package has to be renewed."""

import re
import secrets
from dataclasses import dataclass
from datetime import date

from binhyen.core.text import clean, nfc

NAME_LIMIT = 30
"""Characters of a GMF group's name (zalo section 3.7); manual groups follow the same rule so that all look alike."""
PROGRAMME = "Kết nối bình yên"
WARN_DAYS = (60, 30, 7)
"""Days before a package ends on which somebody is told (zalo section 3.7)."""
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without I, O, 0 and 1, which are mistaken for each other on paper."""
CODE_LENGTH = 6
_CODE = re.compile(r"[A-Z0-9]{4,12}")
_LINK = re.compile(r"(?:https?://)?(?:www\.)?(?:chat\.)?zalo\.me/g/([a-z0-9]{5,24})/?", re.IGNORECASE)
LOW_COVERAGE = 40.0
"""Per cent below which the next step is shown: leaflets, a visit; never a rank."""


def name_for(area_name: str) -> str:
    """The name of an area's group by rule, at most `NAME_LIMIT` characters: "Thôn 4 - Kết nối bình yên"."""
    area = clean(area_name)
    full = f"{area} - {PROGRAMME}"
    if len(nfc(full)) <= NAME_LIMIT:
        return full
    return f"{area[: NAME_LIMIT - len(' - Bình yên')].rstrip()} - Bình yên"


def link_in(typed: str) -> str:
    """The group link in its one spelling, "" when the text is no link to a Zalo group."""
    found = _LINK.fullmatch(clean(typed))
    return f"https://zalo.me/g/{found[1].lower()}" if found else ""


def new_code() -> str:
    """A random code of `CODE_LENGTH` characters."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def code_in(typed: str) -> str:
    """The code as it is stored, whatever case it was typed in; "" when it cannot be one."""
    code = typed.strip().upper()
    return code if _CODE.fullmatch(code) else ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Households reached among all, with the age of the figures."""

    households: int
    reached: int
    counted_on: date | None
    """Day of the oldest figure in it; None when nothing was counted."""
    uncounted_areas: int = 0
    """Areas left out because nobody gave their number of households."""

    @property
    def percent(self) -> float | None:
        """Share in per cent with one decimal; None without households."""
        return round(100 * self.reached / self.households, 1) if self.households else None


def coverage_of(households: int | None, counts: list[tuple[int, date]]) -> Coverage:
    """Coverage of one area from the counts of its groups; never above the number of households."""
    if not households:
        return Coverage(0, 0, None, uncounted_areas=1)
    reached = min(households, sum(count for count, _ in counts))
    return Coverage(households, reached, min((day for _, day in counts), default=None))


def together(parts: list[Coverage]) -> Coverage:
    """Coverage of a commune from its areas, of a province from its communes."""
    days = [part.counted_on for part in parts if part.counted_on]
    return Coverage(
        sum(part.households for part in parts),
        sum(part.reached for part in parts),
        min(days, default=None),
        sum(part.uncounted_areas for part in parts),
    )


def days_left(package_until: date | None, today: date) -> int | None:
    """Days until the package ends, negative afterwards; None without a package."""
    return (package_until - today).days if package_until else None


def warning_step(package_until: date | None, today: date) -> int | None:
    """The warning that holds today: 60, 30, 7, or 0 once the package has ended; None while there is time."""
    left = days_left(package_until, today)
    if left is None or left > WARN_DAYS[0]:
        return None
    return 0 if left < 0 else min(step for step in WARN_DAYS if left <= step)
