"""Figures of the demo: a year of invented totals, marked as such, and everything seeded so far counted at once."""

from datetime import date, timedelta

from binhyen.core import clock
from binhyen.reviews import actions
from binhyen.reviews.models import Review
from binhyen.statistics.models import BroughtIn
from binhyen.statistics.periods import Grain, Span, period_around
from binhyen.statistics.rolling_up import roll_up, roll_up_due
from binhyen.units.models import Officer, Role, Unit
from binhyen.units.scope import scope_of

SOURCE = "Số liệu minh họa của bản dùng thử"
MONTHS = 12
_SEASON = (80, 74, 96, 104, 110, 121, 118, 126, 140, 133, 150, 162)
"""Messages a month of the first unit; the others have a part of it."""
_SHARES = {"messages_in": 100, "questions_answered": 88, "reports_received": 14, "views": 930, "qr_scans": 41}
"""Of each hundred messages."""


def seed_figures(units: list[Unit]) -> None:
    """Twelve months of totals for each unit, the roll-ups, and a review of the last quarter. Idempotent."""
    days = sorted({_middle(step) for step in range(1, MONTHS + 1)})
    for place, unit in enumerate(units):
        _seed_totals(unit, days, percent=100 - 22 * place)
    for day in days:
        roll_up(day)
    roll_up_due()
    if units:
        _seed_review(units[0])


def _middle(months_ago: int) -> date:
    """The 15th of a month, counted back."""
    span = period_around(clock.today(), Grain.MONTH).span
    for _ in range(months_ago):
        span = span.before()
    return span.start + timedelta(days=14)


def _seed_totals(unit: Unit, days: list[date], percent: int) -> None:
    rows = [
        BroughtIn(
            unit=unit,
            day=day,
            code=code,
            count=max(5, _SEASON[at] * share * percent // 10_000),
            source=SOURCE,
            created_at=clock.now(),
        )
        for at, day in enumerate(days)
        for code, share in _SHARES.items()
    ]
    BroughtIn.objects.bulk_create(rows, ignore_conflicts=True)


def _seed_review(unit: Unit) -> None:
    """The review of the quarter before this one, by the invented commander, with tasks that come back."""
    chief = Officer.objects.filter(memberships__unit=unit, memberships__role=Role.COMMANDER).first()
    if chief is None or Review.objects.filter(unit=unit).exists():
        return
    here = period_around(clock.today(), Grain.QUARTER).span
    last: Span = here.before()
    scope = scope_of(chief)
    review = actions.start_review(scope, unit, last)
    for what, owner, days in (
        ("Tập huấn trưởng thôn dùng nhóm Zalo an toàn", "Đ/c Mây", 30),
        ("Dán lại mã QR ở nhà văn hóa các thôn", "Cảnh sát khu vực", 45),
    ):
        actions.hand_out(scope, review, actions.TaskEntry(what, owner, last.last_day + timedelta(days=days)))
    actions.close_review(scope, review, has_looked=True)
